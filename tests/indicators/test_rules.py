"""FQ-18, RH-14: figures are compared exactly and shown so that nobody is misled."""

from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.rules import Direction, is_met, plain, rounded, shown, success_rate, value_of


def test_fq18_89_996_percent_is_not_90_percent():
    value = value_of("%", Decimal("22499"), Decimal("25000"))
    assert value == Fraction("89.996")
    assert not is_met(value, Decimal(90), Direction.AT_LEAST)


def test_fq18_exactly_90_percent_is_met():
    assert is_met(success_rate(18, 2), 90, Direction.AT_LEAST)


def test_fq18_only_concluded_cases_count():
    assert success_rate(9, 1) == 90
    assert success_rate(0, 3) == 0


def test_rh14_a_rate_over_nothing_is_neither_0_nor_100_percent():
    assert success_rate(0, 0) is None
    assert shown(None, "%", 90) == "不适用"


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (18, 20, "90.00%"),
        (22499, 25000, "89.996%"),
        (8999999, 10000000, "89.99999%"),
        (89, 99, "89.90%"),
        (2, 3, "66.67%"),
        (22501, 25000, "90.004%"),
    ],
)
def test_fq18_a_rate_shows_two_decimals_or_as_many_as_tell_it_from_its_target(
    numerator, denominator, text
):
    assert shown(value_of("%", numerator, denominator), "%", Decimal(90)) == text


def test_a_count_shows_without_decimals():
    assert shown(value_of("名", Decimal("2.0000"), None), "名", 2) == "2名"


def test_at_most_is_met_by_the_target_itself():
    assert is_met(Fraction(0), 0, Direction.AT_MOST)
    assert not is_met(Fraction(1), 0, Direction.AT_MOST)


@pytest.mark.parametrize(("value", "text"), [("2.345", "2.35"), ("-2.345", "-2.35"), ("0", "0.00")])
def test_rounding_is_half_up_and_exact(value, text):
    assert str(rounded(Fraction(value), 2)) == text


@pytest.mark.parametrize(("number", "text"), [("18.0000", "18"), ("2.50", "2.5"), ("100", "100")])
def test_numbers_are_written_plainly(number, text):
    assert plain(Decimal(number)) == text
