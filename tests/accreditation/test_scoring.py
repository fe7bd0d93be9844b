"""FQ-13 to FQ-18: items, categories, vetoes and differences are scored exactly."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from accreditation.rules import scoring
from accreditation.rules.scoring import Mode, add_up, deviations, item_points, losses
from accreditation.rules.template import CATEGORIES


@dataclass
class Item:
    """An item without a database."""

    pk: int = 1
    mode: str = Mode.ALL_OR_NOTHING
    max_points: Decimal = Decimal(4)
    per_unit: Decimal = Decimal(0)
    floor: Decimal = Decimal(0)
    thresholds: list = field(default_factory=list)


def standard(pass_line="90", floor="60"):
    """Return a standard's head."""
    return SimpleNamespace(pass_line=Decimal(pass_line), category_floor_percent=Decimal(floor))


def categories(*points):
    """Return categories of these points with one all-or-nothing item each."""
    return [
        SimpleNamespace(
            title=f"第{number}类",
            points=Decimal(maximum),
            item_list=[Item(pk=number, max_points=Decimal(maximum))],
        )
        for number, maximum in enumerate(points, start=1)
    ]


@pytest.mark.parametrize(("quantity", "points"), [(1, 4), (0, 0), (2, 4)])
def test_fq14_all_or_nothing_gives_all_or_nothing(quantity, points):
    assert item_points(Item(), quantity) == points


@pytest.mark.parametrize(
    ("faults", "points"),
    [("0", "4"), ("1", "2"), ("1.5", "0"), ("2", "0"), ("9", "0"), ("-3", "4")],
)
def test_fq14_deduction_takes_points_for_each_fault_begun_and_never_goes_below_zero(faults, points):
    item = Item(mode=Mode.DEDUCT_PER_UNIT, per_unit=Decimal(2))
    assert item_points(item, Decimal(faults)) == Decimal(points)


def test_fq14_deduction_stops_at_the_floor_of_the_item():
    item = Item(mode=Mode.DEDUCT_PER_UNIT, per_unit=Decimal(1), floor=Decimal("1.5"))
    assert item_points(item, 9) == Decimal("1.5")


@pytest.mark.parametrize(
    ("value", "points"),
    [("79.99", "0"), ("80", "1"), ("89.996", "2"), ("90", "4"), ("100", "4")],
)
def test_fq18_tiers_compare_unrounded(value, points):
    item = Item(mode=Mode.TIERED, thresholds=[["80", "1"], ["85", "2"], ["90", "4"]])
    assert item_points(item, Decimal(value)) == Decimal(points)


@pytest.mark.parametrize(("asked", "points"), [("2.5", "2.5"), ("9", "3"), ("-1", "0")])
def test_fq14_bonus_is_cut_off_at_its_cap(asked, points):
    item = Item(mode=Mode.BONUS, max_points=Decimal(3))
    assert item_points(item, Decimal(asked)) == Decimal(points)


def test_fq14_no_item_scores_more_than_its_maximum_even_where_its_tiers_say_so():
    item = Item(mode=Mode.TIERED, thresholds=[["1", "9"]])
    assert item_points(item, 1) == 4


def reading(value, target, *, met, applicable=True):
    """Return what scoring asks of a reading."""
    return SimpleNamespace(
        value=None if value is None else Fraction(value),
        target=Decimal(target),
        met=met,
        is_applicable=applicable,
    )


def test_fq16_shortfall_of_an_indicator_counts_each_percent_begun_as_a_fault():
    item = Item(mode=Mode.DEDUCT_PER_UNIT, per_unit=Decimal("0.5"))
    assert scoring.proposed_points(item, reading("100", 100, met=True)) == 4
    assert scoring.proposed_points(item, reading("98.5", 100, met=False)) == 3
    assert scoring.proposed_points(item, reading("99.996", 100, met=False)) == Decimal("3.5")


def test_fq16_an_indicator_nobody_supplied_earns_nothing_but_nothing_to_count_loses_nothing():
    assert scoring.proposed_points(Item(), reading(None, 90, met=False)) == 0
    absent = reading(None, 90, met=True, applicable=False)
    assert scoring.proposed_points(Item(), absent) == 4


def test_fq16_all_or_nothing_follows_whether_the_indicator_is_met():
    assert scoring.proposed_points(Item(), reading("89.996", 90, met=False)) == 0
    assert scoring.proposed_points(Item(), reading("90", 90, met=True)) == 4


def test_fq15_the_default_template_has_the_points_of_the_thirteen_tasks():
    expected = [8, 10, 10, 8, 6, 12, 6, 8, 6, 5, 12, 5, 4]
    assert [int(points) for _, points, _ in CATEGORIES] == expected
    for title, points, items in CATEGORIES:
        scored = [Decimal(item.points) for item in items if item.mode != Mode.BONUS]
        assert sum(scored) == Decimal(points), title
        assert 2 <= len(items) <= 5, title


def test_fq15_ninety_passes_and_89_99_does_not():
    parts = categories("90", "10")
    passing = add_up(standard(floor="0"), parts, {1: Decimal(90)})
    assert passing.total == 90
    assert passing.passes
    failing = add_up(standard(floor="0"), parts, {1: Decimal("89.99")})
    assert not failing.passes
    assert "89.99" in failing.shortfalls[0]


def test_fq15_a_category_below_sixty_percent_fails_a_sheet_of_95_points():
    parts = categories("90", "10")
    result = add_up(standard(), parts, {1: Decimal(90), 2: Decimal(5)})
    assert result.total == 95
    assert not result.passes
    assert result.shortfalls == ["“第2类”得5分，低于该类10分的60%。"]


def test_fq15_exactly_sixty_percent_of_a_category_is_enough():
    parts = categories("90", "10")
    assert add_up(standard(), parts, {1: Decimal(90), 2: Decimal(6)}).passes


def test_fq17_a_veto_fails_a_sheet_of_98_points():
    parts = categories("90", "10")
    points = {1: Decimal(90), 2: Decimal(8)}
    assert add_up(standard(), parts, points).passes
    vetoed = add_up(standard(), parts, points, ["申报材料弄虚作假"])
    assert vetoed.total == 98
    assert not vetoed.passes
    assert vetoed.shortfalls == ["存在一票否决情形：申报材料弄虚作假。"]


def test_fq14_a_bonus_stands_outside_the_hundred_and_lifts_nothing():
    parts = categories("90", "10")
    parts[1].item_list.append(Item(pk=9, mode=Mode.BONUS, max_points=Decimal(3)))
    points = {1: Decimal(82), 2: Decimal(7), 9: Decimal(3)}
    result = add_up(standard(), parts, points)
    assert (result.total, result.bonus) == (89, 3)
    assert not result.passes
    vetoed = add_up(standard(), parts, {**points, 1: Decimal(90)}, ["失泄密"])
    assert vetoed.bonus == 3
    assert not vetoed.passes


def test_fq14_points_written_beyond_an_item_do_not_count():
    result = add_up(standard(), categories("90", "10"), {1: Decimal(120), 2: Decimal(-5)})
    assert result.total == 90


def test_fq6_differences_of_assessors_are_shown_the_widest_first():
    items = [Item(pk=1), Item(pk=2), Item(pk=3)]
    sheets = {
        "甲": {1: Decimal(4), 2: Decimal(4), 3: Decimal(1)},
        "乙": {1: Decimal(3), 2: Decimal(4), 3: Decimal(4)},
    }
    found = deviations(items, sheets)
    assert [deviation.item.pk for deviation in found] == [3, 1]
    assert (found[0].lowest, found[0].highest, found[0].spread) == (1, 4, 3)
    assert found[1].given == (("甲", Decimal(4)), ("乙", Decimal(3)))


def test_lost_points_are_listed_the_largest_first_and_without_the_bonus():
    items = [Item(pk=1), Item(pk=2), Item(pk=3), Item(pk=4, mode=Mode.BONUS)]
    found = losses(items, {1: Decimal(3), 2: Decimal(0), 3: Decimal(4)})
    assert [(item.pk, lost) for item, lost in found] == [(2, 4), (1, 1)]


FOUND = [
    # Shaoxing 2021: 4 points for the rooms, 2 less for each missing room, floor 0.
    (Item(mode=Mode.DEDUCT_PER_UNIT, max_points=Decimal(4), per_unit=Decimal(2)), 1, "2"),
    (Item(mode=Mode.DEDUCT_PER_UNIT, max_points=Decimal(4), per_unit=Decimal(2)), 3, "0"),
    # Shaoxing 2021: head in post and not seconded 4; no head, all lost.
    (Item(max_points=Decimal(4)), 0, "0"),
    # Shangcheng 2022: 25 points, each procedural fault takes 0.5.
    (Item(mode=Mode.DEDUCT_PER_UNIT, max_points=Decimal(25), per_unit=Decimal("0.5")), 3, "23.5"),
    # Ningxia: enterprises of more than 200 staff with a committee, at least 60 percent.
    (Item(mode=Mode.TIERED, max_points=Decimal(2), thresholds=[["60", "2"]]), "59.99", "0"),
    # Hainan: training at least once a year, half a point.
    (Item(mode=Mode.TIERED, max_points=Decimal("0.5"), thresholds=[["1", "0.5"]]), 1, "0.5"),
]


@pytest.mark.parametrize(("item", "observed", "points"), FOUND)
def test_fq13_items_found_in_other_places_can_be_expressed(item, observed, points):
    assert item_points(item, Decimal(observed)) == Decimal(points)
