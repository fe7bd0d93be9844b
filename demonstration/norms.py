"""Tell the life of an adopted normative document, from its number to its end (LR-30 to LR-37)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from audit import clock
from demonstration import texts
from demonstration.life import Life, Script
from demonstration.matter_life import COUNTY, MatterLife
from demonstration.matters.old import OLD
from demonstration.matters.plans import Published
from demonstration.places import STREETS
from legality_review.models import NormativeDocument
from legality_review.rules import materials
from legality_review.rules.matters import Issuer
from legality_review.rules.registration import number_of, unit_code
from workflows.door import open_case
from workflows.models.tasks import Link

DELAY = timedelta(days=30)
MEDIA = ["website", "notice_board"]


def live(life: MatterLife) -> Script:
    """Lead the document that came of a review to its end, or to where it rests."""
    told: Published = life.told.published
    link = Link.objects.get(from_type=life.case.content_type(), from_id=life.case.pk)
    paper = {slot: life.paper(slot) for slot in (materials.NOTE, materials.BASES)}
    life.case = NormativeDocument.objects.get(pk=link.to_id)
    life.rest_after("listed")
    yield 3
    yield from _announce(life, told, told.number)
    _file(life, paper)
    yield 7
    yield from FILINGS[told.filing](life, told)
    if told.is_being_amended:
        yield life.latest - timedelta(days=21)
        life.do("amend", "leader", reason="停车收费政策调整，需要修改（示例）。")
    else:
        yield from _age(life, told, told.evaluated)


def _announce(life: MatterLife, told: Published, number: str) -> Script:
    """Register, number and print the document, then publish it (LR-30)."""
    life.do(
        "register", "clerk", document_number=number, printed_on=clock.today(),
        validity_years=told.years,
    )  # fmt: skip
    yield 2
    day = clock.today()
    life.do(
        "publish", "clerk", media=MEDIA, place=f"{life.government.name}网站、公开栏",
        effective_on=day if told.early_because else day + DELAY, early_reason=told.early_because,
    )  # fmt: skip
    yield 5


def _file(life: MatterLife, paper: dict[str, str]) -> None:
    """File the document with its note and its bases (LR-34)."""
    note, bases = (life.word(slot, text) for slot, text in paper.items())
    life.do("file", "clerk", note=note, bases=bases)


def _register_filing(life: MatterLife, told: Published) -> Script:
    """Nothing is found against the document."""
    life.do("register_filing", COUNTY, finding=told.finding)
    yield from ()


def _ask_for_more(life: MatterLife, told: Published) -> Script:
    """The filing lacks something, which is supplied."""
    life.do("ask_filing_supplement", COUNTY, finding="备案报告缺少起草说明盖章页（示例）。")
    yield 3
    life.do("supply_filing", "clerk", account="已补交盖章页（示例）。")
    yield 2
    yield from _register_filing(life, told)


def _correct(life: MatterLife, told: Published) -> Script:
    """The filing review finds what the review had passed; the issuer amends it (LR-35)."""
    life.do("order_correction", COUNTY, finding=told.finding)
    yield 9
    life.text = texts.changed(life.text, told.corrections)
    life.do(
        "report_correction", "clerk", correction="amended", account="已删除该条（示例）。",
        text=life.word(f"纠正后的文本：{life.case.title}", life.text),
    )  # fmt: skip
    yield 2
    life.do("accept_correction", COUNTY, finding="已纠正，予以备案登记（示例）。")


def _leave_uncorrected(life: MatterLife, told: Published) -> Script:
    """The issuer lets the term pass; the deputy is to decide whether to go to the government."""
    life.do("order_correction", COUNTY, finding=told.finding)
    yield "correction"
    life.do("note_uncorrected", COUNTY)


FILINGS: dict[str, Callable[[MatterLife, Published], Script]] = {
    "register_filing": _register_filing,
    "ask_filing_supplement": _ask_for_more,
    "order_correction": _correct,
    "note_uncorrected": _leave_uncorrected,
}
"""What the review of the filing comes to."""


def _age(life: Any, told: Any, evaluated: str) -> Script:
    """Let the document grow old: its evaluation, what is decided on it, and its end (LR-32)."""
    opens_on = life.case.evaluation_on
    if opens_on > life.latest:
        return
    yield opens_on
    life.befall("open_evaluation")
    if evaluated:
        yield from _evaluate(life, told, evaluated)
    last = life.case.expires_on
    if not life.case.is_closed and last < life.latest:
        yield last + timedelta(days=1)
        life.befall("lapse")


def _evaluate(life: Any, told: Any, evaluated: str) -> Script:
    """Report on the document, and decide what becomes of it."""
    yield 12
    life.do(
        "evaluate", "clerk", lawfulness="与现行上位法不抵触（示例）。",
        effect="实施以来有关投诉明显减少（示例）。", opinions="召开座谈会2次，意见6条（示例）。",
        proposal=PROPOSALS[evaluated],
    )  # fmt: skip
    yield 6
    facts = {"validity_years": told.years} if evaluated == "renew" else {}
    life.do(evaluated, "leader", reason="经评估研究决定（示例）。", **facts)
    if evaluated == "renew":
        yield from _renew(life, told)


def _renew(life: MatterLife, told: Published) -> Script:
    """Register, number, publish and file the document anew; its term runs anew (LR-32)."""
    yield 3
    yield from _announce(life, told, told.anew)
    life.do("file", "clerk")
    yield 6
    yield from _register_filing(life, told)
    yield from _age(life, told, "")


@dataclass
class OldLife(Life):
    """A document from before the system."""

    told: Any = None


def old_lives(yesterday: date) -> list[OldLife]:
    """Return the lives of the documents that were there before the system."""
    return [
        OldLife(old.station, _day(old.begins, yesterday), old.rests_after, told=old) for old in OLD
    ]


def _day(begins: date | int, yesterday: date) -> date:
    """Return the day on which it begins, perhaps so many days before yesterday."""
    return begins if isinstance(begins, date) else yesterday - timedelta(days=begins)


def enter(life: OldLife) -> Script:
    """Enter an old document as it stands, then lead it to its end (LR-30, LR-36)."""
    told = life.told
    street = told.station in STREETS
    life.case = open_case(
        NormativeDocument, by=life.who(COUNTY), unit=life.unit, title=told.title,
        issuer_unit=life.units[f"{told.station}政府"], adopted_on=None,
        issuer_type=Issuer.STREET_OFFICE if street else Issuer.TOWNSHIP_GOVERNMENT,
        validity_years=told.years, is_from_before=True,
    )  # fmt: skip
    life.rest_after("listed")
    yield 1
    life.do(
        "enter_existing", COUNTY, document_number=told.document_number,
        registration_number=_known_number(life), published_on=told.published_on,
        effective_on=told.published_on + DELAY, validity_years=told.years,
    )  # fmt: skip
    if told.repealed:
        yield 420
        life.do("repeal", "leader", reason=told.repealed)
    elif told.rests_after == "start_evaluation":
        yield life.latest - timedelta(days=6)
        life.do("start_evaluation", "clerk", occasion="上位法修改，提前评估（示例）。")
    else:
        yield from _age(life, told, told.evaluated)


def _known_number(life: OldLife) -> str:
    """Return the registration number that the document already has."""
    unit = unit_code(life.units[f"{life.station}政府"], clock.today())
    return number_of(life.told.published_on.year, unit, life.told.serial, clock.today())


PROPOSALS = {
    "renew": "continue",
    "let_lapse": "lapse",
    "decide_repeal": "repeal",
    "decide_amendment": "amend",
}
"""What the evaluation proposes where that is then decided."""
