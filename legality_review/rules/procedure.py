"""State which compulsory steps a draft must have gone through (LR-10, LR-13 to LR-16)."""

from datetime import date
from typing import Any

from django.db.models import TextChoices

from legality_review.rules import materials
from legality_review.rules import terms as t
from legality_review.rules.matters import Matter
from workflows import terms
from workflows.conditions import MET, Unmet, Verdict, met_if
from workflows.sources import cited


class FairCompetition(TextChoices):
    """What the fair-competition review concluded (LR-13)."""

    NONE = "", "未审查"
    PASSED = "passed", "经审查，不具有排除、限制竞争效果"
    EXCEPTION = "exception", "具有排除、限制竞争效果，适用例外规定"
    FAILED = "failed", "不符合公平竞争审查标准"


class ExceptionGround(TextChoices):
    """The four grounds of an exception (公平竞争审查条例第十二条, LR-13)."""

    NONE = "", "无"
    SECURITY = "security", "维护国家安全和发展利益"
    INNOVATION = "innovation", "促进科学技术进步、增强国家自主创新能力"
    PUBLIC_INTEREST = "public_interest", "实现节约能源、保护环境、救灾救助等社会公共利益"
    BY_LAW = "by_law", "法律、行政法规规定的其他情形"


def consultation_defect(case: Any) -> str:
    """Say what lacks in the public consultation; "" where nothing does (LR-15)."""
    if case.matter not in {Matter.NORMATIVE, Matter.DECISION} or case.consulted_until is not None:
        return ""
    if case.no_consultation_because and not case.is_consultation_due:
        return ""
    return "未公开征求意见（LR-15）"


def fair_competition_defect(case: Any, on: date) -> str:
    """Say what lacks in the fair-competition review; "" where nothing does (LR-13)."""
    if not case.touches_operators or not t.NEEDS_FAIR_COMPETITION.on(on):
        return ""
    if case.fair_competition == FairCompetition.PASSED:
        return ""
    if case.fair_competition == FairCompetition.EXCEPTION:
        whole = case.exception_ground and case.has_no_milder_way and case.exception_until
        return "" if whole else "公平竞争审查例外规定的理由、替代方案或者期限不完整（LR-13）"
    if case.fair_competition == FairCompetition.FAILED:
        return "公平竞争审查不符合标准，不得出台（LR-13）"
    return "涉及经营者，未作公平竞争审查（LR-13）"


def hearing_defect(case: Any, on: date) -> str:
    """Say what lacks in the hearing: materials reach participants seven days before (LR-15)."""
    if not case.is_hearing_due:
        return ""
    if case.hearing_held_on is None or case.hearing_told_on is None:
        return "应当听证而未听证（LR-15）"
    lead = t.HEARING_LEAD_DAYS.on(case.hearing_held_on)
    ahead = (case.hearing_held_on - case.hearing_told_on).days
    return "" if ahead >= lead else f"听证材料仅提前{ahead}日送达，应当提前{lead}日（LR-15）"


def defects(case: Any, on: date) -> list[str]:
    """Return what the compulsory procedure lacks, each with its law in words (LR-10)."""
    present = case.material_slots()
    experts = case.is_expert_review_due and materials.EXPERTS not in present
    risks = case.is_risk_assessment_due and materials.RISKS not in present
    consent = case.is_consent_due and materials.CONSENT not in present
    found = (
        consultation_defect(case),
        fair_competition_defect(case, on),
        hearing_defect(case, on),
        "应当组织专家论证而未论证（LR-10）" if experts else "",
        "应当进行风险评估而未评估（LR-10）" if risks else "",
        "应当事先征得有关机关同意而未征得（LR-20）" if consent else "",
    )
    return [cited(defect) for defect in found if defect]


def has_due_procedure(case: Any, on: date) -> Verdict:
    """Nothing compulsory lacks as far as the drafter tells it (LR-10, LR-13, LR-15)."""
    found = defects(case, on)
    return met_if(not found, f"程序欠缺：{'、'.join(found)}。")


def has_procedural_defect(case: Any, on: date) -> Verdict:
    """Something compulsory lacks, so that the matter goes back to make it up (LR-10)."""
    found = defects(case, on) or case.findings_of_procedure()
    return met_if(found, "没有发现程序欠缺，不适用退回补正程序（LR-10）。")


def is_not_consulting(case: Any, on: date) -> Verdict:
    """The consultation is over before the matter is handed in (LR-15)."""
    return met_if(case.consulted_until or not case.consulted_from, "公开征求意见尚未结束。")


def is_not_consulted_yet(case: Any, on: date) -> Verdict:
    """The public is asked once for one draft."""
    return met_if(case.consulted_from is None, "本轮已经公开征求意见。")


def consults_public(case: Any, on: date) -> Verdict:
    """Documents and decisions are opened to the public, contracts are not (LR-15)."""
    fits = case.matter in {Matter.NORMATIVE, Matter.DECISION}
    return met_if(fits, "该类事项不公开征求意见。")


def refusal_of_closing(case: Any, on: date, explanation: str) -> str:
    """Say why the consultation cannot be closed yet; shorter only with an explanation (LR-15)."""
    rule = t.consultation_rule(case)
    verdict: Verdict = terms.floor_has_run(case, rule, on)
    if verdict or explanation.strip():
        return ""
    return f"{verdict.reason}缩短期限的，须公开说明理由。" if isinstance(verdict, Unmet) else ""


def has_counsel_opinion(case: Any, on: date) -> Verdict:
    """A decision is not concluded without the opinion of counsel (LR-14)."""
    if case.matter != Matter.DECISION:
        return MET
    return met_if(
        case.has_counsel_opinion,
        "重大行政决策的审查应当有法律顾问或者公职律师的意见（国令第713号第二十八条，LR-14）。",
    )


def has_no_open_inquiry(case: Any, on: date) -> Verdict:
    """Experts, a hearing or an inquiry have come to an end (LR-27)."""
    return met_if(case.inquiry_since is None, "专家论证、听证或者调查尚未结束。")


def has_open_inquiry(case: Any, on: date) -> Verdict:
    """Experts, a hearing or an inquiry go on (LR-27)."""
    return met_if(case.inquiry_since is not None, "没有正在进行的专家论证、听证或者调查。")
