"""FQ-16, FQ-18: an indicator is read from what was reported until an app supplies it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from indicators import registry
from indicators.models import Reported, report
from indicators.reading import Source, read, sheet
from workflows import parameters

SUCCESS = "mediation_success_rate"


@pytest.fixture
def supplied():
    """Let a test register a query, and take it back afterwards."""
    codes = []

    def supply(code, query):
        registry.register_query(code, query)
        codes.append(code)

    yield supply
    for code in codes:
        registry.withdraw_query(code)


def test_fq16_all_hard_inputs_of_the_plan_are_declared(db):
    of_plan = [known for known in registry.indicators() if registry.query(known.code) is None]
    targets = {known.code: int(known.target(2021)) for known in of_plan}
    assert targets == {
        "five_implementations_six_unifications": 11,
        "handover_rate": 90,
        "key_handover_rate": 100,
        "law_culture_sites": 1,
        "law_minded_villagers": 1,
        "major_incidents": 0,
        "mediation_success_rate": 90,
        "rule_of_law_leaders": 1,
        "township_fulltime_mediators": 2,
        "township_screening_rate": 100,
        "village_committee_coverage": 100,
        "village_counsel_coverage": 100,
        "village_screening_rate": 100,
    }


def test_fq16_law_minded_villagers_rise_from_one_to_three_with_the_year(db):
    villagers = registry.indicator("law_minded_villagers")
    assert [int(villagers.target(year)) for year in (2020, 2021, 2022, 2025)] == [1, 1, 3, 3]


def test_fq16_a_target_the_bureau_changes_holds_from_its_year(people, tree):
    chosen = parameters.parameter(f"indicators.{SUCCESS}")
    parameters.record(chosen, "92.5", date(2024, 7, 1), by=people.system_admin, source="局文件")
    rate = registry.indicator(SUCCESS)
    assert rate.target(2023) == 90
    assert rate.target(2024) == Decimal("92.5")


def test_nobody_reported_is_neither_met_nor_a_number(people, tree):
    found = read(SUCCESS, tree.station, 2025)
    assert (found.source, found.value, found.met) == (Source.NONE, None, False)
    assert found.shown == "未填报"


def test_fq18_a_reported_rate_of_89_996_percent_is_not_met_and_says_so(people, tree):
    report(
        tree.station, SUCCESS, 2025, by=people.chief,
        numerator=Decimal(22499), denominator=Decimal(25000), note="",
    )  # fmt: skip
    found = read(SUCCESS, tree.station, 2025)
    assert found.source is Source.REPORTED
    assert not found.met
    assert (found.shown, found.counted) == ("89.996%", "22499/25000")


def test_the_newest_version_counts_and_the_older_is_kept(people, tree):
    for settled in (10, 19):
        report(
            tree.station, SUCCESS, 2025, by=people.officer,
            numerator=Decimal(settled), denominator=Decimal(20), note="",
        )  # fmt: skip
    assert read(SUCCESS, tree.station, 2025).value == 95
    versions = Reported.objects.of(tree.station, 2025).order_by("version")
    assert [row.version for row in versions] == [1, 2]
    assert [row.numerator for row in versions] == [10, 19]


def test_a_reported_row_cannot_be_changed_behind_the_models_back(people, tree):
    row = report(
        tree.station, SUCCESS, 2025, by=people.chief,
        numerator=Decimal(1), denominator=Decimal(2), note="",
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="不得修改"), transaction.atomic():
        Reported.objects.filter(pk=row.pk).update(numerator=2)
    row.refresh_from_db()
    assert row.numerator == 1


def test_figures_of_one_station_and_year_do_not_count_for_another(people, tree):
    report(
        tree.station, SUCCESS, 2025, by=people.chief,
        numerator=Decimal(19), denominator=Decimal(20), note="",
    )  # fmt: skip
    assert read(SUCCESS, tree.other_station, 2025).source is Source.NONE
    assert read(SUCCESS, tree.station, 2024).source is Source.NONE


def test_fq16_a_later_app_replaces_the_source_without_touching_what_was_reported(
    people, tree, supplied
):
    report(
        tree.station, SUCCESS, 2025, by=people.chief,
        numerator=Decimal(1), denominator=Decimal(2), note="",
    )  # fmt: skip
    rows = (registry.Row("调解案件1", "/case/1/"),)
    supplied(SUCCESS, lambda unit, year: registry.Figure(9, 10, rows))
    found = read(SUCCESS, tree.station, 2025)
    assert (found.source, found.value, found.met) == (Source.SYSTEM, 90, True)
    assert [row.url for row in found.rows] == ["/case/1/"]
    assert Reported.objects.count() == 1


def test_a_query_without_records_leaves_the_reported_figure(people, tree, supplied):
    report(
        tree.station, SUCCESS, 2025, by=people.chief,
        numerator=Decimal(1), denominator=Decimal(2), note="",
    )  # fmt: skip
    supplied(SUCCESS, lambda unit, year: None)
    assert read(SUCCESS, tree.station, 2025).source is Source.REPORTED


def test_rh14_a_rate_over_nothing_is_not_applicable_and_no_failure(people, tree):
    report(
        tree.station, "key_handover_rate", 2025, by=people.chief,
        numerator=Decimal(0), denominator=Decimal(0), note="全年无重点对象",
    )  # fmt: skip
    found = read("key_handover_rate", tree.station, 2025)
    assert (found.value, found.is_applicable, found.met) == (None, False, True)
    assert found.shown == "不适用"


def test_at_most_zero_incidents(people, tree):
    for count, met in ((1, False), (0, True)):
        report(
            tree.station, "major_incidents", 2025, by=people.chief, numerator=Decimal(count),
            note="",
        )  # fmt: skip
        assert read("major_incidents", tree.station, 2025).met is met


def test_a_sheet_reads_all_indicators_in_a_fixed_number_of_statements(
    people, tree, django_assert_max_num_queries
):
    for code in (SUCCESS, "handover_rate"):
        report(
            tree.station, code, 2025, by=people.chief,
            numerator=Decimal(19), denominator=Decimal(20), note="",
        )  # fmt: skip
    supplied = [known for known in registry.indicators() if registry.query(known.code)]
    with django_assert_max_num_queries(2 + len(supplied)):
        found = sheet(tree.station, 2025)
    assert len(found) == len(registry.indicators())
    assert {reading.indicator.code for reading in found if reading.value} == {
        SUCCESS,
        "handover_rate",
    }


def test_a_code_is_declared_and_supplied_once(supplied):
    with pytest.raises(ValueError, match="declared twice"):
        registry.declare(registry.indicator(SUCCESS))
    supplied(SUCCESS, lambda unit, year: None)
    with pytest.raises(ValueError, match="supplied twice"):
        registry.register_query(SUCCESS, lambda unit, year: None)
    with pytest.raises(ValueError, match="no such indicator"):
        registry.register_query("unknown", lambda unit, year: None)
