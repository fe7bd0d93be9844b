"""Name what must be handed in with each type of matter (LR-8, LR-13, LR-15, LR-29)."""

from datetime import date
from decimal import Decimal
from typing import Any

from legality_review.rules import terms as t
from legality_review.rules.matters import Matter

DRAFT = "送审稿"
NOTE = "起草说明"
BASES = "制定依据"
CONSULTED = "征求意见及采纳情况"
OWN_OPINION = "起草单位合法性审核意见"
STEPS_DONE = "履行法定程序情况说明"
CASE_FILE = "案件调查终结材料"
FAIR_COMPETITION = "公平竞争审查结论"
HEARING = "听证材料"
EXPERTS = "专家论证意见"
RISKS = "风险评估报告"
PARTY_PAPERS = "对方主体资格材料"
CONSENT = "有关机关事先同意材料"
REASONS = "不采纳（部分采纳）意见的说明材料"
REVISION = "修改稿"
SIGNING = "签发稿"
OTHER = "其他材料"

ALWAYS: dict[str, tuple[str, ...]] = {
    Matter.NORMATIVE: (DRAFT, NOTE, BASES, OWN_OPINION),
    Matter.DECISION: (DRAFT, BASES, STEPS_DONE),
    Matter.ENFORCEMENT: (DRAFT, BASES, CASE_FILE),
    Matter.CONTRACT: (DRAFT,),
}
"""What every matter of a type needs; for decisions by 国令第713号第二十六条 (LR-8)."""

KNOWN = (
    DRAFT, NOTE, BASES, OWN_OPINION, STEPS_DONE, CASE_FILE, CONSULTED, FAIR_COMPETITION, HEARING,
    EXPERTS, RISKS, PARTY_PAPERS, CONSENT, OTHER,
)  # fmt: skip
"""The materials a drafter may hand in; what comes later (修改稿、签发稿) has its own acts."""


def needs_party_papers(case: Any, on: date) -> bool:
    """Tell whether the other party's papers are due: not for a small contract (LR-7, LR-19)."""
    amount: Decimal = case.amount or Decimal(0)
    return case.matter == Matter.CONTRACT and amount >= t.PARTY_PAPERS_AMOUNT.on(on)


def required(case: Any, on: date) -> tuple[str, ...]:
    """Return the materials this matter needs, by type and content (LR-8)."""
    conditional = {
        CONSULTED: case.consulted_until is not None,
        FAIR_COMPETITION: case.touches_operators and t.NEEDS_FAIR_COMPETITION.on(on),
        HEARING: case.is_hearing_due,
        EXPERTS: case.is_expert_review_due,
        RISKS: case.is_risk_assessment_due,
        PARTY_PAPERS: needs_party_papers(case, on),
        CONSENT: case.is_consent_due,
    }
    return (*ALWAYS[case.matter], *(name for name, due in conditional.items() if due))


def missing(case: Any, on: date) -> list[str]:
    """Return the materials that lack, in the order of the list."""
    present = case.material_slots()
    return [name for name in required(case, on) if name not in present]
