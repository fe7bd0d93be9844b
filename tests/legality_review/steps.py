"""Lead a matter through its review: every state is reached by performing acts."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from functools import wraps
from types import SimpleNamespace
from typing import Any

from audit import clock as office_clock
from documents import texts, uploads
from documents.models import StoredFile
from documents.reading.paragraphs import Paragraph, Reading
from legality_review.models import Advice, Qualification, Review
from legality_review.rules import materials
from legality_review.rules.adoption import Spoken
from legality_review.rules.findings import Verdicts, items_of
from legality_review.rules.intake import NORMATIVE_TESTS
from legality_review.rules.matters import Issuer, Matter
from tests import replaying
from workflows.door import open_case, perform
from workflows.models.terms import Term
from workflows.refusals import Refusal
from workflows.signatures import prove

TEXT = (
    "云红街道公共停车场管理办法",
    "第一条 为规范公共停车场管理，根据《中华人民共和国道路交通安全法》，制定本办法。",
    "第二条 公共停车场应当二十四小时开放。",
    "第三条 本办法自2025年10月1日起施行，有效期5年。",
)
"""The text of the tests' document."""


def remembered(step: Callable[..., Any]) -> Callable[..., Any]:
    """Take a step of a walk in full once in a process, and put back what it left after that."""

    @wraps(step)
    def taken(walk: "Walk", *args: Any, **facts: Any) -> Any:
        people = {name: person.pk for name, person in vars(walk.people).items() if name != "all"}
        place = walk.case.pk if walk.case else f"unit {walk.tree.station.pk}"
        name = f"{step.__name__} {args} {facts} of {place} by {people}"

        def build() -> tuple[Any, Any, Any]:
            return step(walk, *args, **facts), walk.case, walk.clock.now()

        try:
            given, walk.case, moment = replaying.once(name, build)
        except Refusal:
            replaying.watch.is_free = True
            raise
        walk.clock.stand_at(moment)
        return given

    return taken


def text_file(by: Any, lines: Sequence[str] = TEXT, name: str = "文本.docx") -> StoredFile:
    """Stage a text file as if it had been uploaded, checked and read."""
    place = StoredFile.objects.count()
    stored: StoredFile = StoredFile.objects.create(
        original_name=name, kind="docx", size=1,
        sha256=hashlib.sha256(f"{place} {lines}".encode()).hexdigest(),
        stored_name=f"text{place}{by.pk}", uploaded_by=by, uploaded_by_name=by.full_name,
    )  # fmt: skip
    texts.keep(stored, Reading([Paragraph(line) for line in lines]), "")
    return stored


FACTS: dict[str, dict[str, Any]] = {
    Matter.NORMATIVE: {**dict.fromkeys(NORMATIVE_TESTS, True), "title": TEXT[0]},
    Matter.DECISION: {"title": "云红街道旧街改造决策"},
    Matter.ENFORCEMENT: {"title": "对某违法建设的处罚决定"},
    Matter.CONTRACT: {
        "title": "街道保洁服务合同", "contract_kind": "procurement", "counterparty": "乐陵保洁公司",
        "amount": Decimal(3),
    },
}  # fmt: skip
"""What the drafter tells of the plain matter of each type."""


class Walk:
    """Walks one matter of 云红街道 forward with the people of the small bureau."""

    def __init__(self, people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> None:
        self.people, self.tree, self.clock = people, tree, clock
        self.case: Any = None

    @remembered
    def text(self, by: Any, lines: Sequence[str] = TEXT, name: str = "文本.docx") -> StoredFile:
        """Stage a text file of a person."""
        return text_file(by, lines, name)

    @remembered
    def qualify(self, person: Any = None) -> None:
        """Record that the station's chief is qualified for a legal profession (LR-12)."""
        Qualification.objects.create(
            user=person or self.people.chief, kind="bar", certificate="A20153714810001",
            obtained_on=date(2015, 1, 1), recorded_by=self.people.reviewer,
        )  # fmt: skip

    @remembered
    def open(self, matter: str = Matter.CONTRACT, **facts: Any) -> Any:
        """Open a matter and upload what it needs."""
        told = {**FACTS[matter], **facts}
        issuer = {
            "issuer_type": Issuer.STREET_OFFICE, "issuer_name": "云红街道办事处",
            "drafter": self.tree.yunhong_government,
        }  # fmt: skip
        self.case = open_case(
            Review, by=self.people.township_clerk, unit=self.tree.station, matter=matter,
            **{**issuer, **told},
        )  # fmt: skip
        self.supply(materials.ALWAYS[matter])
        return self.case

    @remembered
    def supply(self, names: Iterable[str], lines: Sequence[str] = TEXT) -> None:
        """Upload a file for each material; the draft has a text."""
        for name in names:
            stored = text_file(self.people.township_clerk, lines, f"{name}.docx")
            uploads.attach(stored, subject=self.case, by=self.people.township_clerk, slot=name)
            if name == materials.DRAFT:
                Review.objects.filter(pk=self.case.pk).update(draft_file=stored)

    @remembered
    def do(self, act: str, by: Any, on: date | None = None, **facts: Any) -> Any:
        """Perform one act and keep the case as it then is."""
        proof = prove(self.case, act, by=by, factors="口令")
        self.case = perform(self.case, act, by=by, on=on, proof=proof, **facts)
        return self.case

    def consult(self, days: int = 40) -> None:
        """Ask the public for long enough."""
        since = office_clock.today()
        self.do("open_consultation", self.people.township_clerk, since=since, place="政府网站")
        self.clock.forward(days=days)
        self.do("close_consultation", self.people.township_clerk, result="没有收到意见。")
        self.supply([materials.CONSULTED])

    def submitted(self, matter: str = Matter.CONTRACT, **facts: Any) -> Any:
        """Hand a matter in."""
        self.open(matter, **facts)
        if matter in {Matter.NORMATIVE, Matter.DECISION} and not facts.get(
            "no_consultation_because"
        ):
            self.consult()
        return self.do("submit", self.people.township_clerk)

    def accepted(self, matter: str = Matter.CONTRACT, **facts: Any) -> Any:
        """Take a matter up at the station, which has somebody qualified."""
        self.qualify()
        self.submitted(matter, **facts)
        counsel = self.people.counsel if matter == Matter.DECISION else None
        return self.do("accept", self.people.chief, counsel=counsel)

    @remembered
    def examine(self, by: Any = None, **found: str) -> None:
        """Find on every item; `found` names what differs from 未发现问题."""
        for item in items_of(self.case.matter):
            verdict = found.get(item.code, Verdicts.FINE)
            note = "" if verdict == Verdicts.FINE else "见修改意见"
            self.case.keep_finding(by or self.people.chief, item.code, verdict, note)

    @remembered
    def advise(self, clause: str = "第二条", by: Any = None) -> Advice:
        """Give one piece of advice."""
        return Advice.objects.create(
            review=self.case, round=self.case.round, level=self.case.level, clause=clause,
            problem="表述不准确", basis="《规范性文件管理办法》", suggestion="改为“全天开放”",
            given_by=by or self.people.chief,
        )  # fmt: skip

    def lawful(self, matter: str = Matter.CONTRACT, **facts: Any) -> Any:
        """Have a matter found lawful: at the station, or by the county where it must go up."""
        self.accepted(matter, **facts)
        self.examine()
        if matter == Matter.DECISION:
            self.do("give_counsel_opinion", self.people.counsel, counsel_opinion="未发现问题。")
            self.do("complete_examination", self.people.chief)
        if self.case.second_review_grounds():
            self.escalate()
            return self.do("find_lawful", self.people.reviewer, reasoning="合法。")
        return self.do("find_lawful", self.people.chief, reasoning="合法。")

    def escalate(self) -> None:
        """Send the matter up, and let the county examine it."""
        self.do("escalate", self.people.chief, first_opinion="拟同意。")
        self.examine(self.people.reviewer)

    def to_amend(self) -> Any:
        """Have a contract sent back with one piece of advice."""
        self.accepted()
        self.examine(c3=Verdicts.AMEND)
        self.advise()
        return self.do("find_needing_amendment", self.people.chief, reasoning="请修改。")

    def revise(self, adopted: str = "adopted", answer: str = "", **more: Any) -> Any:
        """Answer the advice and hand in the revised text."""
        answers = {advice.pk: (adopted, answer) for advice in self.case.advice}
        text = self.text(self.people.township_clerk, (*TEXT[:2], "第二条 全天开放。", TEXT[3]))
        return self.do(
            "submit_revision", self.people.township_clerk, answers=answers, text=text, **more
        )

    def adopted(self, matter: str = Matter.NORMATIVE, **facts: Any) -> Any:
        """Have a matter adopted by the meeting."""
        self.lawful(matter, **facts)
        self.do(
            "table_for_deliberation", self.people.township_clerk,
            text=self.text(self.people.township_clerk),
        )  # fmt: skip
        return self.meet()

    def meet(self, outcome: str = "adopt", views: Sequence[Spoken] = (), **more: Any) -> Any:
        """Record the meeting's decision."""
        return self.do(
            "deliberate", self.people.township_leader, meeting="第9次镇长办公会",
            held_on=office_clock.today(), views=views or AGREED, outcome=outcome, **more,
        )  # fmt: skip


AGREED = (
    Spoken("甲副镇长", "agree", "", time(9, 0)),
    Spoken("乙委员", "agree", "", time(9, 10)),
    Spoken("丙镇长", "agree", "同意。", time(9, 30), is_head=True),
)
"""A meeting in which all agree and the head speaks last."""


def term_of(case: Any, code: str) -> Any:
    """Return the newest term of a case by its rule's code."""
    return Term.objects.of_case(case).filter(code=code).last()
