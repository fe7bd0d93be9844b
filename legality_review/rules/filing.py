"""Say with whom a document is filed, what goes with it, and what follows (LR-34, LR-35)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import TextChoices

from legality_review.rules.matters import Issuer
from workflows import terms
from workflows.conditions import MET, Unmet, Verdict, met_if
from workflows.parameters import Parameter
from workflows.reckoning import Kind, Length, Unit
from workflows.terms import TermRule


class Body(TextChoices):
    """With whom a document is filed (LR-34)."""

    COUNTY_GOVERNMENT = "county_government", "县（市、区）人民政府（司法局承办）"
    HIGHER_GOVERNMENT = "higher_government", "上一级人民政府"
    STANDING_COMMITTEE = "standing_committee", "本级人民代表大会常务委员会"
    COUNTY_COMMITTEE = "county_committee", "县（市、区）人民代表大会常务委员会"


class Outcome(TextChoices):
    """What the review of a filing comes to (LR-35)."""

    REGISTERED = "registered", "予以备案登记"
    SUPPLEMENT = "supplement", "补充备案材料"
    NOT_FOR_FILING = "not_for_filing", "不予备案"
    CORRECT = "correct", "限期纠正"


class Correction(TextChoices):
    """What an issuer reports that was asked to correct a document (LR-35)."""

    AMENDED = "amended", "已修改"
    REPEALED = "repealed", "已自行废止"
    REFUSED = "refused", "不予纠正"


class Decision(TextChoices):
    """What the government decides on the proposal of its bureau (LR-35)."""

    ANNUL = "annul", "撤销"
    ALTER = "alter", "改变"
    UPHOLD = "uphold", "不予改变或者撤销"


TEXT, NOTE, BASES, OPINION = "规范性文件正式文本", "起草说明", "制定依据", "合法性审查意见书"
MATERIALS = (TEXT, NOTE, BASES, OPINION)
"""What goes with the filing report, which the system writes itself (LR-34)."""

FROM_REVIEW = (NOTE, BASES)
"""What lies with the review already, so that nobody uploads it again."""

ALSO_TO_COUNTY_COMMITTEE = Parameter(
    "legality_review.also_to_county_committee", "乡镇文件同时报县级人大常委会备案", False,
    "LR-34", "memory-M",
)  # fmt: skip


def _term(code: str, title: str, default: Length, law: str, mark: str, starts: str) -> TermRule:
    setting = Parameter(f"legality_review.{code}", title, default, law, mark)
    return TermRule(code, title, setting, Kind.DEADLINE, law, starts)


FILING = _term("filing", "报送备案期限", Length(15, Unit.DAY), "LR-34", "memory-M", "自公布之日起")
FILING_REVIEW = _term(
    "filing_review", "备案审查期限", Length(30, Unit.DAY), "LR-35（内部时限）", "design",
    "自收到备案材料之日起",
)  # fmt: skip
FILING_SUPPLEMENT = _term(
    "filing_supplement", "补充备案材料期限", Length(5, Unit.WORKING_DAY), "LR-35", "design",
    "自要求补充之日起",
)  # fmt: skip
CORRECTION = _term(
    "correction",
    "纠正期限",
    Length(30, Unit.DAY),
    "LR-35",
    "memory-L",
    "自备案审查意见书作出之日起",
)


def bodies_for(issuer: str, on: date) -> tuple[Body, ...]:
    """Return with whom a document of this issuer is filed; a township has no standing committee."""
    if issuer == Issuer.COUNTY_GOVERNMENT:
        return (Body.HIGHER_GOVERNMENT, Body.STANDING_COMMITTEE)
    if issuer in {Issuer.TOWNSHIP_GOVERNMENT, Issuer.STREET_OFFICE}:
        more = (Body.COUNTY_COMMITTEE,) if ALSO_TO_COUNTY_COMMITTEE.on(on) else ()
        return (Body.COUNTY_GOVERNMENT, *more)
    return (Body.COUNTY_GOVERNMENT,)


def material_defects(present: Collection[str]) -> list[str]:
    """Return what lacks of the materials, all at once (LR-34)."""
    lacking = [name for name in MATERIALS if name not in present]
    return [f"报送备案缺少：{'、'.join(lacking)}（LR-34）。"] if lacking else []


def correction_defects(how: str, has_text: bool) -> list[str]:
    """Return what lacks of a report on a correction: an amended text is handed in (LR-35)."""
    if how == Correction.AMENDED and not has_text:
        return ["已修改的，须上传修改后的文本（LR-35）。"]
    return []


def decision_defects(decision: str, has_text: bool) -> list[str]:
    """Return what lacks of the government's decision: a changed document has a changed text."""
    if decision == Decision.ALTER and not has_text:
        return ["改变文件的，须上传改变后的文本（LR-35）。"]
    return []


def correction_term_has_run_out(case: Any, on: date) -> Verdict:
    """Without a report the county goes on only when the term is over (LR-35)."""
    term = terms.latest(case, CORRECTION)
    if term is None or term.due_on is None or on <= term.due_on:
        return Unmet("纠正期限尚未届满（LR-35）。")
    return MET


def correction_was_made(case: Any, on: date) -> Verdict:
    """A refusal to correct cannot be confirmed as a correction (LR-35)."""
    return met_if(
        case.correction in {Correction.AMENDED, Correction.REPEALED},
        "制定机关不予纠正，应认定未予纠正并提请改变或者撤销（LR-35）。",
    )
