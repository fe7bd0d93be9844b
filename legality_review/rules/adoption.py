"""State what binds the drafter and the meeting after the review (LR-16 to LR-29)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices

from legality_review.rules import materials
from legality_review.rules import terms as t
from legality_review.rules.matters import Conclusion, Matter
from workflows.conditions import MET, Verdict, met_if


class Adopted(TextChoices):
    """What the drafter does with a piece of advice (LR-21)."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT = "not", "不采纳"


def answer_defects(answers: Sequence[tuple[str, str, str]], has_reasons_file: bool) -> list[str]:
    """Say what lacks in the answers to the advice (LR-21).

    In: for each piece of advice its clause, what is done with it, and why; whether the file that
    gives reasons and bases in detail is there.
    """
    found = [f"“{clause}”的意见尚未答复。" for clause, done, _ in answers if not done]
    declined = [(clause, why) for clause, done, why in answers if done in DECLINED]
    found += [
        f"“{clause}”没有完全采纳，须说明理由。" for clause, why in declined if not why.strip()
    ]
    if declined and not has_reasons_file:
        found.append(f"没有完全采纳意见的，须附“{materials.REASONS}”（LR-21）。")
    return found


DECLINED = frozenset({Adopted.PARTLY, Adopted.NOT})


def has_written_opinion(case: Any, on: date) -> Verdict:
    """Nothing stands in for the written opinion: no countersigning, no e-mail (LR-16)."""
    return met_if(
        case.has_opinion_paper,
        "没有合法性审查意见书。征求意见、会签、参加会议不能代替合法性审查（LR-16）。",
    )


def is_cleared_for_meeting(case: Any, on: date) -> Verdict:
    """Not reviewed or found unlawful: it does not go to the meeting (LR-17)."""
    if case.conclusion == Conclusion.UNLAWFUL:
        return met_if(
            case.matter == Matter.DECISION and case.is_exploratory and case.risk_note,
            "经审查不合法的，不得提交集体讨论（LR-17）。",
        )
    cleared = case.conclusion in {Conclusion.LAWFUL, Conclusion.NEEDS_AMENDMENT}
    return met_if(cleared, "未经合法性审查的，不得提交集体讨论（LR-17）。")


def may_go_with_risk(case: Any, on: date) -> Verdict:
    """Only an exploratory reform without a national rule, and only as a decision (LR-17)."""
    if case.matter != Matter.DECISION:
        return met_if(False, "只有重大行政决策适用改革探索的例外（LR-17）。")
    return met_if(
        case.is_exploratory, "不属于国家尚无明确规定的探索性改革决策，不适用例外（LR-17）。"
    )


def needs_deliberation(case: Any, on: date) -> bool:
    """Tell whether a meeting decides: documents, decisions, large contracts (LR-28)."""
    if case.matter in {Matter.NORMATIVE, Matter.DECISION}:
        return True
    amount: Decimal = case.amount or Decimal(0)
    return case.matter == Matter.CONTRACT and amount >= t.DELIBERATION_AMOUNT.on(on)


def has_been_deliberated(case: Any, on: date) -> Verdict:
    """What the meeting must decide was adopted by it before it is signed (LR-28)."""
    if not needs_deliberation(case, on):
        return MET
    return met_if(case.adopted_on is not None, "尚未经集体讨论通过，不得签发（LR-28）。")


def has_reported_to_party(case: Any, on: date) -> Verdict:
    """A decision is reported to the party committee of the same level before issue (LR-29)."""
    if case.matter != Matter.DECISION:
        return MET
    return met_if(case.party_reported_on, "重大行政决策出台前应当向同级党委请示报告（LR-29）。")


def has_dossier(case: Any, on: date) -> Verdict:
    """The meeting has every part of the dossier before it (LR-29)."""
    if case.matter != Matter.DECISION:
        return MET
    lacking = materials.missing(case, on)
    return met_if(not lacking, f"提交集体讨论的材料不齐（LR-29）：{'、'.join(lacking)}。")


class Stance(TextChoices):
    """What a member of the meeting says to the draft (LR-28)."""

    AGREE = "agree", "同意"
    DISAGREE = "disagree", "不同意"
    RESERVE = "reserve", "保留意见"


@dataclass(frozen=True)
class Spoken:
    """What one member said in the meeting, and when."""

    name: str
    stance: str
    words: str
    at: time
    is_head: bool = False


class Outcome(TextChoices):
    """What the meeting decides."""

    ADOPT = "adopt", "通过"
    DEFER = "defer", "暂缓"
    REJECT = "reject", "不予通过"


def meeting_defects(views: Sequence[Spoken], outcome: str, explanation: str) -> list[str]:
    """Say what lacks in the record of a deliberation (LR-28).

    The head speaks last; where he goes against the majority he explains why; whoever disagrees
    or reserves his opinion has his words on record.
    """
    found = []
    heads = [view for view in views if view.is_head]
    others = [view for view in views if not view.is_head]
    if len(heads) != 1:
        found.append("须记录且只记录一名主要负责人的意见。")
    if not others:
        found.append("须记录出席人员及其意见。")
    if heads and others and heads[0].at <= max(view.at for view in others):
        found.append("主要负责人应当最后发表意见（国令第713号第三十条，LR-28）。")
    found += [
        f"{view.name}有不同意见，须记录其内容。"
        for view in views
        if view.stance != Stance.AGREE and not view.words.strip()
    ]
    if others and not explanation.strip() and _goes_against(others, outcome):
        found.append("决定与多数人的意见不一致的，主要负责人应当在会上说明理由（LR-28）。")
    return found


def _goes_against(others: Sequence[Spoken], outcome: str) -> bool:
    """Tell whether the outcome is not what the majority of the others wanted."""
    agreeing = sum(view.stance == Stance.AGREE for view in others)
    disagreeing = sum(view.stance == Stance.DISAGREE for view in others)
    if outcome == Outcome.ADOPT:
        return disagreeing > agreeing
    return agreeing > len(others) - agreeing


class EvaluationGround(TextChoices):
    """Why a decision is evaluated after it was carried out (LR-39)."""

    MISSED = "missed", "实施后明显未达到预期效果"
    OBJECTIONS = "objections", "公民、法人或者其他组织提出较多意见"
    DEEMED = "deemed", "决策机关认为有必要"


def is_decision(case: Any, on: date) -> Verdict:
    """Only decisions are evaluated or suspended in this way (LR-39)."""
    return met_if(case.matter == Matter.DECISION, "只有重大行政决策适用决策后评估（LR-39）。")
