"""Reckon a second time, written from the law without looking at the first.

Sets of days instead of a walk, dateutil instead of own month arithmetic, the libraries' own
questions instead of rows: what both implementations agree on is not one author's slip.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import count, islice, takewhile

import chinese_calendar
import holidays
from dateutil.relativedelta import relativedelta

Interval = tuple[date, date | None]


@cache
def works(day: date) -> bool:
    """Tell a working day: announced to 2026, statutory after."""
    if day.year <= 2026:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day not in holidays.country_holidays("CN", years=day.year)


def stopped(stops: Sequence[Interval]) -> set[date]:
    """List the days lost to closed stops: after the day of stopping, to the day of resuming."""
    return {
        first + timedelta(days=n)
        for first, last in stops
        if last is not None
        for n in range(1, (last - first).days + 1)
    }


def horizon(stops: Sequence[Interval]) -> date:
    """Return the last day that can count: that of the earliest open stop."""
    return min((first for first, last in stops if last is None), default=date(2060, 1, 1))


def raw_end(
    start: date, amount: int, unit: str, stops: Sequence[Interval], first_counts: bool
) -> date | None:
    """Take the n-th day that counts."""
    begin = 0 if first_counts else 1
    lost, edge = stopped(stops), horizon(stops)
    if unit in ("mo", "y"):
        step = relativedelta(months=amount) if unit == "mo" else relativedelta(years=amount)
        end = start + step
        if first_counts and end.day == start.day:
            end -= timedelta(days=1)
        amount, unit = (end - start).days + 1 - begin, "cd"
    days = takewhile(edge.__ge__, (start + timedelta(days=n) for n in count(begin)))
    counted = (day for day in days if day not in lost and (unit == "cd" or works(day)))
    return next(islice(counted, amount - 1, None), None)


def rolled(raw: date, stops: Sequence[Interval]) -> date | None:
    """Take the first day from the raw one on that works and is free of every stop."""
    if any(last is None and first <= raw for first, last in stops):
        return None
    closed = [
        {first + timedelta(days=n) for n in range((last - first).days + 1)}
        for first, last in stops
        if last is not None and last > first
    ]
    pause = set().union(*closed)
    later = (raw + timedelta(days=n) for n in count())
    end = next(day for day in later if works(day) and day not in pause)
    return None if any(last is None and first <= end for first, last in stops) else end


def due(
    start: date,
    amount: int,
    unit: str,
    stops: Sequence[Interval] = (),
    extensions: Sequence[tuple[int, str]] = (),
    *,
    rolls: bool = True,
    first_counts: bool = False,
) -> date | None:
    """Return the last day, after every extension."""
    end = raw_end(start, amount, unit, stops, first_counts)
    end = rolled(end, stops) if end and rolls else end
    for more, of in extensions:
        if end is None:
            return None
        begin = end + timedelta(days=1) if first_counts else end
        end = raw_end(begin, more, of, stops, first_counts)
        end = rolled(end, stops) if end and rolls else end
    return end


def latest_before(event: date, amount: int, unit: str) -> date:
    """Return the last working day at least so long before an event."""
    if unit == "wd":
        back = (event - timedelta(days=n) for n in count(1))
        return next(islice(filter(works, back), amount - 1, None))
    step = {"cd": "days", "mo": "months", "y": "years"}[unit]
    day = event - relativedelta(**{step: amount})
    while not works(day):
        day -= timedelta(days=1)
    return day
