"""Reckon how long a document is valid, and from when it has effect (LR-31 to LR-33)."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from workflows.calendar import current
from workflows.conditions import Verdict, met_if
from workflows.parameters import Parameter
from workflows.reckoning import Kind, Length, Unit, reckon
from workflows.terms import TermRule

TRIAL_WORDS = re.compile("试行|暂行")

MAX_YEARS = Parameter(
    "legality_review.max_years", "规范性文件最长有效期（年）", 5, "LR-31", "memory-M"
)
TRIAL_MAX_YEARS = Parameter(
    "legality_review.trial_max_years", "试行、暂行文件最长有效期（年）", 2, "LR-31", "memory-M"
)
EVALUATION_LEAD = Parameter(
    "legality_review.evaluation_lead", "期满前评估的提前量", Length(6, Unit.MONTH), "LR-32",
    "found S16",
)  # fmt: skip
EFFECT_DELAY = Parameter(
    "legality_review.effect_delay", "自公布至施行的间隔", Length(30, Unit.DAY), "LR-33",
    "memory-L",
)  # fmt: skip
VALIDITY = TermRule(
    "validity", "有效期", Length(5, Unit.YEAR), Kind.DEADLINE, "LR-31、LR-32",
    "自施行（重新公布）之日起", rolls=False, first_day_counts=True,
)  # fmt: skip
"""The rule by which every validity is found again; how long one is, its document states."""


def validity_of(years: int) -> TermRule:
    """Return the rule of a validity of so many years; its first day counts, its last is fixed."""
    return replace(VALIDITY, length=Length(years, Unit.YEAR))


def is_trial_title(title: str) -> bool:
    """Tell whether the title says 试行 or 暂行 (LR-31)."""
    return bool(TRIAL_WORDS.search(title))


def years_defects(title: str, years: int | None, is_trial: bool, on: date) -> list[str]:
    """Return what is wrong with a validity: the text states it, and it has its longest (LR-31)."""
    if not years:
        return ["文件须载明有效期（LR-31）。"]
    trial = is_trial or is_trial_title(title)
    most = (TRIAL_MAX_YEARS if trial else MAX_YEARS).on(on)
    if years <= most:
        return []
    kind = "标题冠以“试行”“暂行”的文件" if trial else "规范性文件"
    return [f"{kind}有效期不得超过{most}年，现为{years}年（LR-31）。"]


def last_valid_day(starts_on: date, years: int) -> date:
    """Return the last day of a validity that starts on a day: the day before the anniversary."""
    rule = validity_of(years)
    found = reckon(
        starts_on, rule.length_on(starts_on), calendar=current(), rolls=rule.rolls,
        first_day_counts=rule.first_day_counts,
    )  # fmt: skip
    if found.due_on is None:
        raise LookupError("a validity never stands still")
    return found.due_on


def evaluation_opens_on(expires_on: date) -> date:
    """Return the day from which the evaluation before expiry is due (LR-32)."""
    lead = EVALUATION_LEAD.on(expires_on)
    found = reckon(expires_on, lead, calendar=current(), kind=Kind.LEAD, rolls=False)
    return found.due_on or expires_on


def is_within_evaluation_period(case: Any, on: date) -> Verdict:
    """The evaluation opens by itself six months before expiry, once for each validity (LR-32)."""
    opens_on = case.evaluation_on
    return met_if(
        opens_on is not None and on >= opens_on and not case.is_evaluated,
        f"期满前评估自{opens_on}起开展，且每个有效期只自动开展一次（LR-32）。",
    )


def has_taken_effect(case: Any, on: date) -> Verdict:
    """What has no effect yet cannot be evaluated."""
    return met_if(
        case.effective_on is not None and on >= case.effective_on,
        f"文件{case.effective_on}起施行，尚不能评估。",
    )


def has_expired(case: Any, on: date) -> Verdict:
    """A document lapses by itself the day after its last valid day (LR-32)."""
    return met_if(
        case.expires_on is not None and on > case.expires_on,
        f"有效期至{case.expires_on}，尚未届满（LR-32）。",
    )


def has_not_expired(case: Any, on: date) -> Verdict:
    """What has lapsed is not prolonged; what has not is registered and published anew (LR-32)."""
    return met_if(
        case.expires_on is None or on <= case.expires_on,
        f"有效期已于{case.expires_on}届满，文件自动失效，不能再延续（LR-32）。",
    )
