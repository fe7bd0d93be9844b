"""Lead a normative document through its life: every state is reached by performing acts."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from audit import clock as office_clock
from documents.models import StoredFile
from legality_review.models import NormativeDocument
from legality_review.rules import filing
from legality_review.rules.matters import Issuer
from permissions.models import Unit
from workflows.door import befall, open_case, perform
from workflows.models.terms import Term

TITLE = "云红街道农村公益性公墓管理办法"
PUBLISHED, EFFECTIVE = date(2025, 9, 20), date(2025, 10, 20)
EXPIRES = date(2030, 10, 19)
"""The last day of five years from the day of effect."""

PATH = ("open", "register", "publish", "file", "register_filing")


def staged(by: Any, name: str = "文本") -> StoredFile:
    """Leave a file as if it had been uploaded and checked, not attached to anything yet."""
    return StoredFile.objects.create(
        original_name=f"{name}.docx", kind="docx", size=1, sha256="0" * 64,
        stored_name=f"{StoredFile.objects.count():032x}", uploaded_by=by,
        uploaded_by_name=by.full_name, uploaded_at=office_clock.now(),
    )  # fmt: skip


def adopted(
    by: Any, station: Unit, government: Unit, title: str = TITLE, **facts: Any
) -> NormativeDocument:
    """Take in an adopted text with the opinion of its review, as signing the text does."""
    told = {
        "issuer_unit": government, "issuer_type": Issuer.TOWNSHIP_GOVERNMENT,
        "adopted_on": date(2025, 9, 10),
        "validity_years": 5, "opinion_number": "乐司合审〔2025〕1号", **facts,
    }  # fmt: skip
    return open_case(NormativeDocument, by=by, unit=station, title=title, **told)


class NormWalk:
    """Walks a document forward with the people of the small bureau."""

    def __init__(self, people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> None:
        self.people, self.tree, self.clock = people, tree, clock
        self.case: Any = None
        self.step = -1
        self.facts: dict[str, Any] = {}

    def to(self, act: str) -> Any:
        """Perform every act of the path up to and with this one; return the case."""
        for place in range(self.step + 1, PATH.index(act) + 1):
            getattr(self, f"_{PATH[place]}")()
            self.step = place
        return self.case

    def do(self, act: str, by: Any, on: date | None = None, **facts: Any) -> Any:
        """Perform one act and keep the case as it then is."""
        self.case = perform(self.case, act, by=by, on=on, **facts)
        return self.case

    def befall(self, act: str, on: date | None = None) -> Any:
        """Let an act come about that nobody performs."""
        self.case = befall(self.case, act, on=on)
        return self.case

    def _open(self) -> None:
        self.clock.stand_at(date(2025, 9, 15))
        self.case = adopted(
            self.people.reviewer, self.tree.station, self.tree.yunhong_government, **self.facts
        )

    def _register(self) -> None:
        self.register()

    def register(self, number: str = "云政发〔2025〕3号", **facts: Any) -> Any:
        """Register the document on the day at which the clock stands."""
        told = {
            "document_number": number, "printed_on": self.clock.today(), "validity_years": 5,
            **facts,
        }  # fmt: skip
        return self.do("register", self.people.township_clerk, **told)

    def _publish(self) -> None:
        self.clock.stand_at(PUBLISHED)
        self.publish()

    def publish(self, **facts: Any) -> Any:
        """Publish on the day at which the clock stands."""
        told = {
            "media": ["website", "notice_board"], "place": "云红街道办事处网站",
            "effective_on": EFFECTIVE, **facts,
        }  # fmt: skip
        return self.do("publish", self.people.township_clerk, **told)

    def _file(self) -> None:
        self.clock.stand_at(date(2025, 9, 28))
        self.file()

    def file(self) -> Any:
        """File with every material."""
        by = self.people.township_clerk
        return self.do(
            "file", by, text=staged(by, "正式文本"), note=staged(by, "说明"),
            bases=staged(by, "依据"),
        )  # fmt: skip

    def _register_filing(self) -> None:
        self.clock.stand_at(date(2025, 10, 9))
        self.do("register_filing", self.people.reviewer, finding="内容合法，程序完备。")

    def asked_for_supplement(self) -> Any:
        """Let the county ask for what lacks in the filing."""
        self.to("file")
        return self.do(
            "ask_filing_supplement", self.people.reviewer, finding="缺少起草说明盖章页。"
        )

    def ordered(self) -> Any:
        """Let the county order a correction on 2025-10-09; its term ends on 2025-11-10."""
        self.to("file")
        self.clock.stand_at(date(2025, 10, 9))
        return self.do(
            "order_correction", self.people.reviewer, finding="第五条设定罚款，没有依据。"
        )

    def reported(self, correction: str = filing.Correction.AMENDED) -> Any:
        """Let the township report on the correction."""
        self.ordered()
        by = self.people.township_clerk
        text = staged(by, "修改后文本") if correction == filing.Correction.AMENDED else None
        return self.do(
            "report_correction", by, correction=correction, account="已删除第五条。", text=text
        )

    def uncorrected(self) -> Any:
        """Let the township refuse and the county find so."""
        self.reported(filing.Correction.REFUSED)
        return self.do("find_uncorrected", self.people.reviewer, finding="未予纠正。")

    def refused(self) -> Any:
        """Let the township refuse a correction that was ordered already."""
        self.do(
            "report_correction", self.people.township_clerk, correction=filing.Correction.REFUSED,
            account="认为合法。",
        )  # fmt: skip
        return self.do("find_uncorrected", self.people.reviewer, finding="未予纠正。")

    def dismissed(self) -> Any:
        """Let the deputy not follow the reviewer: the document is in force."""
        self.do("dismiss_alteration", self.people.deputy, reason="理由不足。")
        self.step = PATH.index("register_filing")
        return self.case

    def repealed(self) -> Any:
        """Let the township's leader repeal the document after its evaluation."""
        return self.do("decide_repeal", self.people.township_leader, reason="不再需要。")

    def proposed(self) -> Any:
        """Let the deputy propose to the government to annul."""
        self.uncorrected()
        return self.do("propose_alteration", self.people.deputy, grounds="违法设定罚款。")

    def evaluating(self) -> Any:
        """Let six months before expiry come: the evaluation opens by itself on 2030-04-19."""
        self.to("register_filing")
        self.clock.stand_at(date(2030, 4, 19))
        return self.befall("open_evaluation")

    def evaluated(self, proposal: str = "continue") -> Any:
        """Let the township's clerk report on the evaluation."""
        self.evaluating()
        return self.do(
            "evaluate", self.people.township_clerk, lawfulness="与上位法一致。",
            effect="效果良好。", opinions="已听取各村意见。", proposal=proposal,
        )  # fmt: skip

    def renewing(self) -> Any:
        """Let the township's leader continue the document for three years."""
        self.evaluated()
        return self.do("renew", self.people.township_leader, reason="仍需执行。", validity_years=3)

    def amending(self) -> Any:
        """Let the township's leader begin to amend a document in force."""
        self.to("register_filing")
        return self.do("amend", self.people.township_leader, reason="上位法修改。")

    def from_before(self) -> Any:
        """Take in a document from before the system, whose numbers are still to be entered."""
        self.clock.stand_at(date(2025, 9, 15))
        self.case = adopted(
            self.people.reviewer, self.tree.station, self.tree.yunhong_government,
            opinion_number="", is_from_before=True,
        )  # fmt: skip
        return self.case

    def successor(self) -> NormativeDocument:
        """Return another document of the same issuer that is published."""
        other = NormWalk(self.people, self.tree, self.clock)
        other.facts = {"title": f"{TITLE}（修订）"}
        other._open()
        other.register("云政发〔2025〕9号")
        other._publish()
        return other.case  # type: ignore[no-any-return]


def term_of(case: Any, code: str) -> Any:
    """Return the newest term of a case by its rule's code."""
    return Term.objects.of_case(case).filter(code=code).last()
