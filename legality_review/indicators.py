"""Declare what legality review tells of a station: participation, timeliness, adoption.

None of the figures that the three-year plan sets is one of these, so that they stand beside them.
All three come from the records of the reviews; nobody reports them by hand.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from audit import clock
from indicators.registry import Figure, Indicator, Row, declare, register_query
from indicators.rules import PERCENT
from legality_review.models import Finding, Level, Review
from legality_review.models.statistics import Period, events_between
from legality_review.rules.adoption import Adopted
from legality_review.rules.statistics import Event, adoption
from legality_review.rules.statistics import Figure as Counted
from permissions.models import Unit
from workflows.parameters import Parameter

TASK = 13
"""The plan's task of grassroots rule of law."""
FIRST_YEAR = 2021


def _declared(code: str, title: str, goal: int, law: str, counts: str, over: str) -> Indicator:
    """Declare a rate of legality review with its target."""
    target = Parameter(f"indicators.{code}", f"{title}目标值", Decimal(goal), law, "design")
    return declare(
        Indicator(
            code=code, title=title, unit=PERCENT, targets=((FIRST_YEAR, target),), basis=law,
            task=TASK, counts=counts, over=over,
        )
    )  # fmt: skip


PARTICIPATION_RATE = _declared(
    "review_participation_rate", "司法所参与合法性审查率", 100, "LR-1、LR-11",
    "司法所审查（初审）的意见件数", "辖区乡镇（街道）送审并出具意见的件数",
)  # fmt: skip
TIMELINESS_RATE = _declared(
    "review_timeliness_rate", "合法性审查按期办结率", 100, "LR-23、LR-24、LR-26",
    "在审查期限内出具意见的件数", "出具意见的件数",
)  # fmt: skip
ADOPTION_RATE = _declared(
    "review_adoption_rate", "合法性审查意见采纳率", 90, "LR-21",
    "采纳和部分采纳的意见条数", "已答复的意见条数",
)  # fmt: skip


def _events(
    station: Unit, year: int, counted: Counted
) -> tuple[list[Event], dict[int, Any]] | None:
    """Return what happened in a year with the matters of it; None before the first matter.

    A year of which the records know nothing stays open to manual reports.
    """
    cases = Review.objects.filter(unit=station)
    until = date(year, 12, 31)
    if not cases.filter(opened_on__lte=until).exists():
        return None
    happened = events_between(cases, Period(date(year, 1, 1), until, clock.today()))
    found = [event for event in happened if event.figure == counted]
    return found, Review.objects.in_bulk({event.case for event in found})


def _row(case: Any, remark: str = "") -> Row:
    """Return a matter as a row behind a figure."""
    return Row(f"{case}{f'：{remark}' if remark else ''}", case.get_absolute_url())


def participation(station: Unit, year: int) -> Figure | None:
    """Count the matters with an opinion, and among them those the station examined (LR-11)."""
    found = _events(station, year, Counted.OPINION)
    if found is None:
        return None
    cases = found[1]
    examined = set(
        Finding.objects.filter(review__in=cases, level=Level.STATION)
        .order_by()
        .values_list("review_id", flat=True)
        .distinct()
    )
    rows = [
        _row(case, "" if pk in examined else "县级直接审查") for pk, case in sorted(cases.items())
    ]
    return Figure(len(examined), len(cases), rows)


def timeliness(station: Unit, year: int) -> Figure | None:
    """Count the opinions, and among them those given in time (LR-23, LR-24, LR-26)."""
    found = _events(station, year, Counted.OPINION)
    if found is None:
        return None
    opinions, cases = found
    rows = [
        _row(cases[event.case], f"用时{event.used}个工作日，{'逾期' if event.is_late else '按期'}")
        for event in opinions
    ]
    return Figure(sum(not event.is_late for event in opinions), len(opinions), rows)


def adoption_rate(station: Unit, year: int) -> Figure | None:
    """Count the advice that was answered, and what of it was adopted in full or in part (LR-21)."""
    found = _events(station, year, Counted.ANSWERED)
    if found is None:
        return None
    answers, cases = found
    rows = [_row(cases[event.case], str(Adopted(event.detail).label)) for event in answers]
    counted = adoption(answers)
    return Figure(counted.adopted + counted.partly, counted.answered, rows)


register_query(PARTICIPATION_RATE.code, participation)
register_query(TIMELINESS_RATE.code, timeliness)
register_query(ADOPTION_RATE.code, adoption_rate)
