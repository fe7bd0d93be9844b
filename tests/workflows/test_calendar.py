"""The calendar: announced years, the statutory rule, and what a process remembers."""

from collections import Counter
from datetime import date, timedelta
from importlib import import_module

import chinese_calendar
import holidays
import pytest
from django.apps import apps
from django.db import transaction

from workflows import calendar
from workflows.calendar import Calendar, Day, seeded, seeded_calendar, statutory
from workflows.models import CalendarDay, CalendarYear

SEEDED = seeded_calendar()


def days(first: date, last: date) -> list[date]:
    """List the days from one to another."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def span(text: str) -> set[date]:
    """Read "2025: 01-01, 01-28..02-04"."""
    year, rest = text.split(":")
    found: set[date] = set()
    for part in rest.replace(" ", "").split(","):
        first, _, last = part.partition("..")
        found |= set(
            days(
                date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last or first}")
            )
        )
    return found


@pytest.mark.parametrize(
    ("off", "work"),
    [
        (
            "2025:01-01,01-28..02-04,04-04..04-06,05-01..05-05,05-31..06-02,10-01..10-08",
            "2025:01-26,02-08,04-27,09-28,10-11",
        ),
        (
            "2026:01-01..01-03,02-15..02-23,04-04..04-06,05-01..05-05,06-19..06-21,"
            "09-25..09-27,10-01..10-07",
            "2026:01-04,02-14,02-28,05-09,09-20,10-10",
        ),
    ],
)
def test_wd_18_announced_days_of_2025_and_2026(off: str, work: str) -> None:
    year = int(off[:4])
    named = seeded(year)
    assert {day.date for day in named if not day.is_working} == span(off)
    assert {day.date for day in named if day.is_working} == span(work)
    assert {day.notice_no for day in named} == {calendar.KNOWN_NOTICES[year]}


@pytest.mark.django_db
def test_wd_06_every_day_of_the_seeded_table_is_as_announced() -> None:
    current = calendar.current()
    for day in days(date(2004, 1, 1), date(2026, 12, 31)):
        announced = chinese_calendar.is_workday(day)
        assert (current.is_working(day), SEEDED.is_working(day)) == (announced, announced), day
    assert CalendarYear.objects.count() == 23
    assert CalendarDay.objects.count() < 800


def test_wd_18_the_turn_of_the_year_belongs_to_the_next_notice() -> None:
    assert [day.date for day in seeded(2019)][:3] == days(date(2018, 12, 29), date(2018, 12, 31))
    assert SEEDED.is_working(date(2018, 12, 29))
    assert SEEDED.day(date(2018, 12, 29)).notice_year == 2019


@pytest.mark.parametrize("year", range(2027, 2061))
def test_wd_18_thirteen_statutory_days_each_cost_a_working_day(year: int) -> None:
    named = statutory(year)
    assert sum(day.date.weekday() < 5 for day in named) == 13
    assert {day.name for day in named} == {
        "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"
    }  # fmt: skip
    assert all(day.is_provisional and not day.is_working for day in named)


@pytest.mark.parametrize("year", [2027, 2029, 2030])
def test_wd_18_the_statutory_rule_agrees_with_the_library(year: int) -> None:
    observed = holidays.country_holidays("CN", years=year, observed=True)
    assert {day.date for day in statutory(year)} == set(observed)


def test_wd_18_two_festivals_on_one_day_are_two_days_off() -> None:
    """2020 is the precedent: with both on 10-01, four working days were given."""
    october = [day.date for day in statutory(2028) if day.date.month == 10]
    assert october == days(date(2028, 10, 1), date(2028, 10, 5))


def test_wd_18_no_weekend_works_by_the_rule_alone() -> None:
    weekends = [day for day in days(date(2027, 1, 1), date(2027, 12, 31)) if day.weekday() > 4]
    assert not any(SEEDED.is_working(day) for day in weekends)


@pytest.mark.parametrize(
    ("day", "is_provisional"),
    [
        ("2025-12-31", False),
        ("2026-12-24", False),
        ("2026-12-25", True),
        ("2027-01-01", True),
        ("2003-12-31", True),
        ("2004-01-01", False),
    ],
)
def test_wd_18_what_is_provisional(day: str, is_provisional: bool) -> None:
    assert SEEDED.is_provisional(date.fromisoformat(day)) is is_provisional


def test_a_day_tells_its_name_and_source() -> None:
    assert SEEDED.name(date(2025, 10, 6)) == "中秋节"
    assert SEEDED.name(date(2025, 9, 28)) == "国庆节"
    assert SEEDED.name(date(2025, 10, 16)) == ""
    assert SEEDED.source(date(2025, 10, 6)) == "国办发明电〔2024〕12号"
    assert SEEDED.source(date(2012, 10, 1)) == calendar.SEED_SOURCE
    assert SEEDED.source(date(2027, 10, 1)) == calendar.RULE_SOURCE
    assert SEEDED.source(date(2027, 10, 20)) == calendar.WEEKDAY_SOURCE


def test_month_lays_out_weeks_from_monday() -> None:
    weeks = SEEDED.month(2025, 10)
    assert [len(week) for week in weeks] == [7] * 5
    assert [day and day.date.day for day in weeks[0]] == [None, None, 1, 2, 3, 4, 5]
    saturday = weeks[1][5]
    assert saturday == Day(
        date(2025, 10, 11), True, "国庆节", "国办发明电〔2024〕12号", 2025, "国办发明电〔2024〕12号"
    )
    counted = Counter(day.is_working for week in weeks for day in week if day)
    assert counted == {True: 18, False: 13}


def test_working_days_between_leaves_out_the_first_and_counts_the_last() -> None:
    assert SEEDED.working_days_between(date(2025, 9, 26), date(2025, 10, 10)) == 5
    assert SEEDED.working_days_between(date(2025, 10, 10), date(2025, 10, 10)) == 0
    assert SEEDED.working_days_between(date(2025, 10, 10), date(2025, 10, 9)) == 0


def test_rearranged_replaces_a_year_and_keeps_the_others() -> None:
    saturday = date(2027, 2, 20)
    changed = SEEDED.rearranged([Day(saturday, True, "春节", "x", 2027)], [2027])
    assert changed.is_working(saturday)
    assert changed.is_working(date(2027, 10, 1))
    assert not changed.is_provisional(date(2026, 12, 31))
    assert not changed.is_working(date(2026, 10, 1))
    assert not SEEDED.is_working(saturday)


@pytest.mark.django_db
def test_current_is_remembered_until_another_edition_is_written(
    django_assert_num_queries: object,
) -> None:
    first = calendar.current()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert calendar.current() is first
    CalendarDay.objects.create(
        date=date(2026, 10, 17), is_working=True, name="x", notice_year=2026, source="x"
    )
    CalendarYear.objects.create(year=2026, source="x")
    assert calendar.current() is not first
    assert calendar.current().is_working(date(2026, 10, 17))


@pytest.mark.django_db
def test_current_forgets_what_was_rolled_back() -> None:
    """A number given twice would not be noticed; an edition never comes again."""
    friday = date(2026, 10, 16)
    for is_working in (False, True, False):
        with transaction.atomic():
            CalendarDay.objects.create(
                date=friday, is_working=is_working, name="x", notice_year=2026, source="x"
            )
            CalendarYear.objects.create(year=2026, source="x")
            assert calendar.current().is_working(friday) is is_working
            transaction.set_rollback(True)
        assert calendar.current().is_working(friday)


@pytest.mark.django_db
def test_an_empty_table_falls_back_to_the_seed() -> None:
    CalendarDay.objects.all().delete()
    CalendarYear.objects.all().delete()
    current = calendar.current()
    assert current.edition is None
    for day in days(date(2024, 1, 1), date(2027, 12, 31)):
        assert current.is_working(day) is SEEDED.is_working(day)
        assert current.is_provisional(day) is SEEDED.is_provisional(day)


@pytest.mark.django_db
def test_a_year_taken_back_is_provisional_again() -> None:
    CalendarYear.objects.create(year=2026, announced=False, source="x")
    assert calendar.current().is_provisional(date(2026, 5, 20))
    assert not calendar.current().is_provisional(date(2025, 5, 20))


@pytest.mark.django_db
def test_rows_read_as_officials_write_them() -> None:
    assert str(CalendarDay.objects.get(date=date(2025, 10, 11))) == "2025-10-11 国庆节上班"
    assert str(CalendarDay.objects.get(date=date(2025, 10, 1))) == "2025-10-01 国庆节放假"
    assert str(CalendarYear.objects.get(year=2025)) == "2025年放假安排 国办发明电〔2024〕12号"
    assert str(CalendarYear.objects.get(year=2004)) == "2004年放假安排"


@pytest.mark.django_db
def test_the_seed_can_be_taken_back_and_brought_again() -> None:
    migration = import_module("workflows.migrations.0002_seed_calendar")
    migration.unseed(apps, None)
    assert not CalendarYear.objects.exists() and not CalendarDay.objects.exists()
    migration.seed(apps, None)
    assert CalendarYear.objects.count() == 23
    assert CalendarDay.objects.get(date=date(2025, 10, 11)).is_working


def test_a_calendar_of_no_year_is_all_provisional() -> None:
    assert Calendar([], []).is_provisional(date(2025, 5, 20))
    assert not Calendar([], []).is_working(date(2025, 10, 1))
