"""Say who reviews, and what must go up to the county (LR-11, LR-12)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from legality_review.rules import terms as t
from legality_review.rules.intake import ContractKind
from legality_review.rules.matters import Issuer, Matter
from workflows.conditions import Verdict, met_if

COUNTY_ISSUERS = frozenset({Issuer.COUNTY_GOVERNMENT, Issuer.COUNTY_DEPARTMENT})


def goes_to_county_at_once(case: Any) -> bool:
    """Tell whether the county reviews from the beginning (LR-11).

    A text of the county, and one of a township that has no reviewer of its own.
    """
    return case.issuer_type in COUNTY_ISSUERS or not case.has_designated_reviewer


@dataclass(frozen=True)
class Trigger:
    """One ground on which the county reviews after the station (LR-12)."""

    label: str
    holds: Callable[[Any, date], bool]


def _is_large(case: Any, on: date) -> bool:
    amount: Decimal = case.amount or Decimal(0)
    return case.matter == Matter.CONTRACT and amount >= t.SECOND_REVIEW_AMOUNT.on(on)


def _touches_land(case: Any, on: date) -> bool:
    return bool(case.touches_land or case.contract_kind == ContractKind.LAND)


TRIGGERS = (
    Trigger("行政规范性文件（须报备案）", lambda case, on: case.matter == Matter.NORMATIVE),
    Trigger("列入重大行政决策目录", lambda case, on: case.is_in_catalogue),
    Trigger("合同金额达到县级复审标准", _is_large),
    Trigger("涉及土地、征收、拆迁", _touches_land),
    Trigger(
        "涉及户数达到县级复审标准",
        lambda case, on: (case.households or 0) >= t.SECOND_REVIEW_HOUSEHOLDS.on(on),
    ),
    Trigger("司法所与起草单位意见分歧", lambda case, on: case.is_disputed),
    Trigger("司法所无具有法律职业资格的人员", lambda case, on: not case.has_qualified_reviewer),
    Trigger("司法所审查人员回避", lambda case, on: case.are_reviewers_recused),
)
"""The default grounds; each alone sends the matter up (LR-12)."""


def grounds(case: Any, on: date) -> list[str]:
    """Return the grounds on which the matter must go up (LR-12)."""
    return [trigger.label for trigger in TRIGGERS if trigger.holds(case, on)]


def is_final_here(case: Any, on: date) -> Verdict:
    """The station's opinion is final where no ground sends the matter up (LR-12)."""
    found = [] if case.is_at_county else grounds(case, on)
    return met_if(not found, f"须提请县级复审（LR-12）：{'、'.join(found)}。")
