"""LR-1, LR-11, LR-21, LR-23, LR-26, FQ-16, FQ-18: what reviews tell of a station, by themselves."""

from decimal import Decimal

from indicators import registry
from indicators.models import report
from indicators.reading import Source, read, sheet
from legality_review.rules.findings import Verdicts
from legality_review.rules.matters import Matter
from tests.legality_review.steps import Walk

CODES = ("review_participation_rate", "review_timeliness_rate", "review_adoption_rate")


def conclude_late(walk: Walk) -> None:
    """Have the walk's matter found lawful after its term has run out."""
    walk.clock.forward(days=30)
    walk.examine()
    walk.do("find_lawful", walk.people.chief, reasoning="合法。")


def test_the_three_figures_are_declared_with_target_basis_and_query(db):
    for code in CODES:
        declared = registry.indicator(code)
        assert declared.is_rate and "LR-" in declared.basis
        assert registry.query(code) is not None
    assert registry.indicator("review_adoption_rate").target(2025) == 90


def test_before_the_first_matter_what_was_reported_by_hand_counts(walk: Walk):
    station, chief = walk.tree.station, walk.people.chief
    for code in CODES:
        report(
            station, code, 2024, by=chief, numerator=Decimal(9), denominator=Decimal(10), note=""
        )
    walk.lawful()
    assert {read(code, station, 2024).source for code in CODES} == {Source.REPORTED}
    assert {read(code, station, 2025).source for code in CODES} == {Source.SYSTEM}


def test_lr_11_the_station_takes_part_where_it_examines_itself_or_first(walk: Walk):
    walk.lawful(Matter.NORMATIVE, urgent_ground="emergency", no_consultation_because="应急")
    found = read(CODES[0], walk.tree.station, 2025)
    assert (found.numerator, found.denominator, found.met) == (1, 1, True)
    assert found.rows[0].url == walk.case.get_absolute_url()
    assert walk.case.number in found.rows[0].label


def test_lr_11_what_the_county_reviews_at_once_is_no_participation(walk: Walk):
    walk.lawful()
    county = Walk(walk.people, walk.tree, walk.clock)
    county.submitted(issuer_type="county_department")
    county.do("accept", walk.people.reviewer)
    county.examine(walk.people.reviewer)
    county.do("find_lawful", walk.people.reviewer, reasoning="合法。")
    found = read(CODES[0], walk.tree.station, 2025)
    assert (found.numerator, found.denominator, found.met) == (1, 2, False)
    assert [row.label.endswith("：县级直接审查") for row in found.rows] == [False, True]


def test_lr_23_lr_26_what_was_concluded_late_counts_against_timeliness(walk: Walk):
    walk.accepted()
    conclude_late(walk)
    found = read(CODES[1], walk.tree.station, 2025)
    assert (found.numerator, found.denominator, found.met) == (0, 1, False)
    assert "逾期" in found.rows[0].label


def test_lr_21_partly_adopted_advice_counts_as_adopted_and_declined_does_not(walk: Walk):
    walk.accepted()
    walk.examine(c3=Verdicts.AMEND)
    kept = [walk.advise("第一条"), walk.advise("第二条"), walk.advise("第三条")]
    walk.do("find_needing_amendment", walk.people.chief, reasoning="请修改。")
    done = dict(zip(kept, ("adopted", "partly", "not"), strict=True))
    walk.do(
        "submit_revision", walk.people.township_clerk,
        answers={advice.pk: (how, "条件不具备") for advice, how in done.items()},
        text=walk.text(walk.people.township_clerk),
        reasons=walk.text(walk.people.township_clerk),
    )  # fmt: skip
    found = read(CODES[2], walk.tree.station, 2025)
    assert (found.numerator, found.denominator, found.met) == (2, 3, False)
    assert found.shown == "66.67%"
    assert [row.label.rpartition("：")[2] for row in found.rows] == ["采纳", "部分采纳", "不采纳"]


def test_rh14_a_year_without_an_opinion_is_not_applicable_and_no_failure(walk: Walk):
    walk.accepted()
    found = read(CODES[1], walk.tree.station, 2025)
    assert (found.source, found.value, found.met) == (Source.SYSTEM, None, True)
    assert found.shown == "不适用"


def test_another_station_is_told_nothing_of_it(walk: Walk):
    walk.lawful()
    assert read(CODES[1], walk.tree.other_station, 2025).source is Source.NONE


def test_the_sheet_of_a_station_shows_them_with_their_rows(walk: Walk, signed_in):
    walk.lawful()
    assert {r.source for r in sheet(walk.tree.station, 2025) if r.indicator.code in CODES} == {
        Source.SYSTEM
    }
    address = f"/indicators/{walk.tree.station.uuid}/2025/"
    shown = signed_in(walk.people.chief).get(address).content.decode()
    assert "合法性审查按期办结率" in shown
    assert walk.case.get_absolute_url() in shown
