"""Know working days: the State Council's arrangements, and for later years the statutory rule.

Rows of the database rule. A year without rows between 2004 and 2026 falls back to the tables
that were seeded; any other year is computed from 全国年节及纪念日放假办法 and marked 暂定. The
seeded tables end at a fixed year on purpose: a newer library must not move a running term.
"""

import calendar as months
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar.constants as announced
import holidays
from django.db.models import Subquery

from audit.prepared import Prepared
from workflows.models.calendar import CalendarDay, CalendarYear

SEEDED_YEARS = range(2004, 2027)
SEED_SOURCE = "chinesecalendar 1.11.0（据国务院办公厅历年通知）"
RULE_SOURCE = "全国年节及纪念日放假办法推算（暂定）"
WEEKDAY_SOURCE = "国务院关于职工工作时间的规定（周六、周日休息）"
KNOWN_NOTICES = {2025: "国办发明电〔2024〕12号", 2026: "国办发明电〔2025〕7号"}
TURN_OF_YEAR = (12, 25)
"""From this day the next year's notice may move days (2018-12-29 worked for 2019)."""

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
STATUTORY = {**{name: name for name in NAMES.values()}, "农历除夕": "春节"}


@dataclass(frozen=True, slots=True)
class Day:
    """A special day of the calendar, or a day as a page shows it."""

    date: date
    is_working: bool
    name: str
    source: str
    notice_year: int
    notice_no: str = ""
    is_provisional: bool = False


@cache
def seeded(year: int) -> tuple[Day, ...]:
    """Return the special days that the announced arrangement of a seeded year names."""
    days = []
    for table, works in ((announced.holidays, False), (announced.workdays, True)):
        for day, name in table.items():
            if _arranged_for(day, name) == year:
                number = KNOWN_NOTICES.get(year, "")
                days.append(Day(day, works, NAMES[name], SEED_SOURCE, year, number))
    return tuple(sorted(days, key=lambda day: day.date))


def _arranged_for(day: date, name: str) -> int:
    """Return the year whose notice moved a day: New Year's begins in December."""
    return day.year + 1 if day.month == 12 and NAMES[name] == "元旦" else day.year


@cache
def statutory(year: int) -> tuple[Day, ...]:
    """Return the days off by the statutory rule alone (全国年节及纪念日放假办法, WD-18).

    Thirteen days; one that falls on a weekend, or on another festival, is made up on the next
    working day. No weekend is made to work: only a notice can do that.
    """
    days: dict[date, str] = {}
    for day, name in _festival_days(year):
        given = day
        while given in days or given.weekday() >= 5:
            given += timedelta(days=1)
        days[given] = name
        days.setdefault(day, name)
    return tuple(
        Day(day, False, name, RULE_SOURCE, year, is_provisional=True)
        for day, name in sorted(days.items())
    )


def _festival_days(year: int) -> list[tuple[date, str]]:
    """Return the statutory festival days of a year in order, one for each of the thirteen."""
    found = holidays.country_holidays("CN", years=year, observed=False, language="zh_CN")
    return [
        (day, STATUTORY[name])
        for day, names in sorted(found.items())
        for name in sorted(names.split("; "), reverse=True)
        if name in STATUTORY and day.year == year
    ]


class Calendar:
    """Answer for any day whether offices work; made once, never changed."""

    def __init__(
        self, days: Iterable[Day], years: Collection[int], edition: uuid.UUID | None = None
    ) -> None:
        """Take the special days of the announced years; other years follow the rule."""
        self.edition = edition
        self._years = frozenset(years)
        self._days: Mapping[date, Day] = {day.date: day for day in days}

    def _special(self, day: date) -> Day | None:
        """Return the row that names the day, or the rule's answer for a year without one."""
        row = self._days.get(day)
        if row is not None or day.year in self._years:
            return row
        return _by_rule(day.year).get(day)

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on that day (WD-6)."""
        special = self._special(day)
        return day.weekday() < 5 if special is None else special.is_working

    def is_provisional(self, day: date) -> bool:
        """Tell whether a notice still to come may change the answer for that day (WD-18)."""
        if day.year not in self._years:
            return True
        return (day.month, day.day) >= TURN_OF_YEAR and day.year + 1 not in self._years

    def name(self, day: date) -> str:
        """Return the festival the day belongs to, or nothing."""
        special = self._special(day)
        return special.name if special else ""

    def source(self, day: date) -> str:
        """Return on what the answer for that day rests."""
        special = self._special(day)
        if special is None:
            return WEEKDAY_SOURCE
        return special.notice_no or special.source

    def day(self, day: date) -> Day:
        """Return a day as a page shows it."""
        special = self._special(day)
        return Day(
            date=day,
            is_working=self.is_working(day),
            name=self.name(day),
            source=self.source(day),
            notice_year=special.notice_year if special else day.year,
            notice_no=special.notice_no if special else "",
            is_provisional=self.is_provisional(day),
        )

    def month(self, year: int, month: int) -> list[list[Day | None]]:
        """Return the weeks of a month, Monday first; None stands beside the month."""
        return [
            [self.day(date(year, month, number)) if number else None for number in week]
            for week in months.Calendar().monthdayscalendar(year, month)
        ]

    def rearranged(self, days: Iterable[Day], years: Collection[int]) -> "Calendar":
        """Return this calendar with the arrangements of some years put in, or replaced."""
        kept = [day for day in self._days.values() if day.notice_year not in years]
        return Calendar([*kept, *days], self._years | set(years))

    def working_days_between(self, after: date, until: date) -> int:
        """Count the working days after one day up to and with another."""
        span = (until - after).days
        return sum(self.is_working(after + timedelta(days=n)) for n in range(1, span + 1))


@cache
def _by_rule(year: int) -> dict[date, Day]:
    """Return the statutory days of a year by date."""
    return {day.date: day for day in statutory(year)}


def seeded_calendar() -> Calendar:
    """Return the calendar as it was seeded, without the database."""
    days = [day for year in SEEDED_YEARS for day in seeded(year)]
    return Calendar(days, SEEDED_YEARS)


_remembered: Calendar | None = None


def current() -> Calendar:
    """Return the calendar in force in this transaction.

    One statement reads the edition of the latest arrangement; only where it differs from the
    one remembered are the rows read again. Asking each time instead of once per process keeps
    several processes right without any message between them, and costs one look-up by key;
    whoever shows many terms asks once and passes the calendar on. Arrangements are written
    one after another under a lock, so the latest row always stands for the whole table.
    """
    return of_edition(next((year.edition for year in _newest_year()), None))


_newest_year: Prepared[CalendarYear] = Prepared(lambda: CalendarYear.objects.order_by("-pk")[:1])


def edition_in_force() -> Subquery:
    """Return the edition of the calendar as a part of another statement."""
    return Subquery(CalendarYear.objects.order_by("-pk").values("edition")[:1])


def of_edition(edition: uuid.UUID | None) -> Calendar:
    """Return the calendar of an edition just read in this transaction."""
    global _remembered
    known = _remembered
    if known is None or known.edition != edition:
        known = _remembered = _read(edition)
    return known


def _read(edition: uuid.UUID | None) -> Calendar:
    """Read the whole table; seeded years that have no row fall back to the seed."""
    in_force = dict(CalendarYear.objects.order_by("pk").values_list("year", "announced"))
    missing = [year for year in SEEDED_YEARS if year not in in_force]
    days = [day for year in missing for day in seeded(year)]
    for row in CalendarDay.objects.all():
        days.append(
            Day(row.date, row.is_working, row.name, row.source, row.notice_year, row.notice_no)
        )
    years = {year for year, is_announced in in_force.items() if is_announced} | set(missing)
    return Calendar(days, years, edition)
