"""Set the terms of legality review and the values the bureau may change (LR-15, LR-23 to LR-27)."""

from decimal import Decimal
from typing import Any

from legality_review.rules.matters import Matter
from workflows.parameters import Parameter
from workflows.reckoning import Kind, Length, Unit
from workflows.terms import TermRule


def _days(amount: int) -> Length:
    return Length(amount, Unit.WORKING_DAY)


def _setting(key: str, label: str, default: Length, law: str, mark: str) -> Parameter[Length]:
    return Parameter(f"legality_review.{key}", label, default, law, mark)


CHECK = TermRule(
    "check",
    "送审材料审核期限",
    _setting("check", "送审材料审核内部期限", _days(3), "LR-9（内部时限）", "design"),
    Kind.DEADLINE,
    "LR-9（内部时限）",
    "自收到送审材料之日起",
)
SUPPLEMENT = TermRule(
    "supplement",
    "补正期限",
    _setting("supplement", "送审材料补正期限", _days(5), "LR-9", "memory-H，日数 design"),
    Kind.DEADLINE,
    "LR-9",
    "自要求补正之日起",
)
REVISION = TermRule(
    "revision",
    "修改和反馈期限",
    _setting("revision", "按意见修改的内部期限", _days(10), "LR-21（内部时限）", "design"),
    Kind.DEADLINE,
    "LR-21（内部时限）",
    "自收到审查意见之日起",
)
CONFIRMATION = TermRule(
    "confirmation",
    "复核修改稿期限",
    _setting("confirmation", "复核修改稿的内部期限", _days(3), "LR-22（内部时限）", "design"),
    Kind.DEADLINE,
    "LR-22（内部时限）",
    "自收到修改稿之日起",
)


def _review(matter: Matter, default: Length, law: str, mark: str) -> TermRule:
    """Declare how long the review of a type of matter may take; it is extended once (LR-26)."""
    return TermRule(
        "review",
        f"{matter.label}审查期限",
        _setting(f"review_{matter.value}", f"{matter.label}审查期限", default, law, mark),
        Kind.DEADLINE,
        law,
        "自受理之日起",
        most_extensions=1,
    )


def _floor(matter: Matter, default: Length, law: str, mark: str) -> TermRule:
    """Declare how long the drafter must leave the reviewer at least (LR-23, LR-24)."""
    return TermRule(
        "review_floor",
        f"{matter.label}最短审查时间",
        _setting(f"floor_{matter.value}", f"{matter.label}最短审查时间", default, law, mark),
        Kind.FLOOR,
        law,
        "自受理之日起",
    )


REVIEW: dict[str, TermRule] = {
    Matter.NORMATIVE: _review(
        Matter.NORMATIVE, _days(15), "LR-23（国办发〔2018〕115号）", "memory-H"
    ),
    Matter.DECISION: _review(Matter.DECISION, _days(15), "LR-24（内部预警）", "design"),
    Matter.ENFORCEMENT: _review(Matter.ENFORCEMENT, _days(5), "LR-26", "found* S20"),
    Matter.CONTRACT: _review(Matter.CONTRACT, _days(5), "LR-26", "design"),
}
"""The longest time by matter. For a decision no national ceiling stands: an internal alarm only."""

REVIEW_SHOWN = REVIEW[Matter.NORMATIVE]
"""What a step of review names as its term: all types share the code under which it runs."""

FLOOR: dict[str, TermRule] = {
    Matter.NORMATIVE: _floor(
        Matter.NORMATIVE, _days(5), "LR-23（国办发〔2018〕115号）", "memory-H"
    ),
    Matter.DECISION: _floor(
        Matter.DECISION, _days(7), "LR-24（国令第713号第二十六条）", "found S2 art. 26"
    ),
}
"""The shortest time by matter, which protects the reviewer; the other types have none."""

EXTENSION = _setting(
    "extension", "延长审查期限的长度", _days(5), "LR-26", "found* S20，一次为限 design"
)


def _consultation(key: str, label: str, default: Length, law: str, mark: str) -> TermRule:
    return TermRule(
        "consultation",
        label,
        _setting(key, label, default, law, mark),
        Kind.FLOOR,
        law,
        "自公开征求意见之日起",
    )


CONSULTATION_ON_DECISION = _consultation(
    "consultation_decision",
    "重大行政决策公开征求意见期",
    Length(30, Unit.DAY),
    "LR-15（国令第713号第十五条）",
    "found S2 art. 15",
)
CONSULTATION_ON_MARKET = _consultation(
    "consultation_market",
    "与市场主体密切相关文件征求意见期",
    Length(30, Unit.DAY),
    "LR-15（国令第722号第六十二条）",
    "memory-H",
)
CONSULTATION = _consultation(
    "consultation_other",
    "规范性文件公开征求意见期",
    _days(7),
    "LR-15（省政府令第353号，条文未见）",
    "memory-L",
)


def consultation_rule(case: Any) -> TermRule:
    """Return how long the public is asked about this matter (LR-15)."""
    if case.matter == Matter.DECISION:
        return CONSULTATION_ON_DECISION
    return CONSULTATION_ON_MARKET if case.is_market_related else CONSULTATION


HEARING_LEAD_DAYS = Parameter(
    "legality_review.hearing_lead", "听证材料提前送达日数", 7, "LR-15（国令第713号第十六条）",
    "found S2 art. 16",
)  # fmt: skip
SECOND_REVIEW_AMOUNT = Parameter(
    "legality_review.second_review_amount", "合同提请县级复审的金额（万元）", Decimal(100),
    "LR-12", "design",
)  # fmt: skip
SECOND_REVIEW_HOUSEHOLDS = Parameter(
    "legality_review.second_review_households", "提请县级复审的涉及户数", 30, "LR-12", "design"
)
DELIBERATION_AMOUNT = Parameter(
    "legality_review.deliberation_amount", "合同须集体讨论的金额（万元）", Decimal(50), "LR-28",
    "design",
)  # fmt: skip
PARTY_PAPERS_AMOUNT = Parameter(
    "legality_review.party_papers_amount", "合同须附对方主体资格材料的金额（万元）", Decimal(5),
    "LR-7、LR-19", "design",
)  # fmt: skip
NEEDS_FAIR_COMPETITION = Parameter(
    "legality_review.needs_fair_competition", "乡镇文件涉及经营者的须附公平竞争审查结论", True,
    "LR-13", "design",
)  # fmt: skip
