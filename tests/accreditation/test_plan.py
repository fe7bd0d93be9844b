"""FQ-1, FQ-2: the three-year plan, its targets as exact shares, and who is late."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.apps import apps

from accreditation.models import PlanEntry, PlanTarget
from accreditation.models.loading import load_plan
from accreditation.rules.plan import (
    STATIONS,
    TARGETS,
    behind_plan,
    is_behind_plan,
    progress,
    targets_until,
    years_early,
)
from permissions.models import UnitKind
from tests import factories

PLANNED = {name: year for year, names in STATIONS.items() for name in names}
PERCENTS = {year: Decimal(percent) for year, percent in TARGETS.items()}


def named(count, on=date(2021, 12, 20)):
    """Return the naming dates of the first so many stations of the plan."""
    return dict.fromkeys(list(PLANNED)[:count], on)


def test_fq1_the_plan_lists_sixteen_stations_seven_six_three():
    assert [len(names) for names in STATIONS.values()] == [7, 6, 3]
    assert len(PLANNED) == 16


def test_fq1_seven_of_sixteen_reach_40_percent_and_six_do_not():
    reached = progress(PERCENTS, PLANNED, named(7))[0]
    assert reached.percent == Fraction("43.75")
    assert reached.on_target
    missed = progress(PERCENTS, PLANNED, named(6))[0]
    assert missed.percent == Fraction("37.5")
    assert not missed.on_target


def test_fq1_thirteen_of_sixteen_reach_80_percent_in_the_second_year():
    days = {**named(13, date(2022, 6, 1)), **named(7)}
    first, second, third = progress(PERCENTS, PLANNED, days)
    assert (first.named, second.named, third.named) == (7, 13, 13)
    assert second.percent == Fraction("81.25")
    assert (first.on_target, second.on_target, third.on_target) == (True, True, False)
    assert (first.planned, second.planned, third.planned) == (7, 13, 16)


def test_fq1_the_share_is_compared_unrounded():
    planned = dict.fromkeys(range(100_000), 2021)
    almost = dict.fromkeys(range(39_999), date(2021, 1, 1))
    assert not progress({2021: Decimal(40)}, planned, almost)[0].on_target


def test_fq1_a_plan_without_stations_has_reached_nothing():
    assert progress({2021: Decimal(40)}, {}, {})[0].percent == 0


def test_fq2_an_unlisted_station_named_early_counts_among_all():
    days = {"外加": date(2021, 5, 1)}
    first = progress(PERCENTS, {"云红": 2021}, days)[0]
    assert (first.named, first.stations) == (1, 2)


@pytest.mark.parametrize(
    ("named_on", "on", "late"),
    [
        (None, date(2021, 12, 31), False),
        (None, date(2022, 1, 1), True),
        (date(2022, 3, 1), date(2022, 4, 1), False),
        (date(2021, 3, 1), date(2022, 4, 1), False),
    ],
)
def test_fq2_a_listed_station_is_behind_plan_once_its_year_is_over(named_on, on, late):
    assert is_behind_plan(2021, named_on, on) is late


def test_fq2_late_stations_are_listed_by_plan_year():
    late = behind_plan({"郑店": 2022, "云红": 2021, "大孙": 2023}, {}, date(2023, 6, 1))
    assert late == [("云红", 2021), ("郑店", 2022)]


def test_fq2_applying_unlisted_or_early_is_allowed_and_only_told():
    assert "未列入" in next(iter(years_early(None, date(2021, 5, 1))))
    assert "提前" in next(iter(years_early(2023, date(2021, 5, 1))))
    assert "滞后" in next(iter(years_early(2021, date(2022, 5, 1))))
    assert not list(years_early(2021, date(2021, 5, 1)))


def test_fq1_what_is_late_stays_measured_by_the_last_target():
    assert targets_until(PERCENTS, 2025) == {**PERCENTS, 2024: 100, 2025: 100}
    assert targets_until(PERCENTS, 2022) == PERCENTS
    assert targets_until({}, 2022) == {}


def test_fq1_the_targets_come_with_the_migration(db):
    rows = PlanTarget.objects.order_by("year")
    assert [(row.year, int(row.percent)) for row in rows] == [(2021, 40), (2022, 80), (2023, 100)]


def test_fq1_the_plan_of_the_stations_is_loaded_once(tree):
    stations = dict.fromkeys(PLANNED)
    for number, name in enumerate(PLANNED):
        stations[name] = tree.station if number == 0 else add_station(tree, number, name)
    load_plan(apps.get_model, stations)
    load_plan(apps.get_model, stations)
    assert PlanEntry.objects.count() == 16
    assert PlanEntry.objects.filter(year=2022).count() == 6


def add_station(tree, number, name):
    """Add a station with its township to the county."""
    place = factories.make_unit(f"P{number}", f"{name}镇", UnitKind.TOWNSHIP, tree.county)
    return factories.make_unit(f"S{number}", f"{name}司法所", UnitKind.STATION, place)
