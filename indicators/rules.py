"""Compare and show figures exactly; nothing here is rounded before it is compared."""

from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction

from workflows.sources import declare

# What the plan itself says stands beside them wherever they are cited (方案五6).
declare(dict.fromkeys(("FQ-16", "FQ-18", "PM-5", "PM-23", "RH-13", "RH-14", "VL-9", "VL-21"), ""))

PERCENT = "%"
SHOWN_PLACES = 2
MOST_PLACES = 40


class Direction(Enum):
    """Say on which side of its target a figure is good."""

    AT_LEAST = "不低于"
    AT_MOST = "不超过"


def value_of(
    unit: str, numerator: Decimal | int, denominator: Decimal | int | None
) -> Fraction | None:
    """Return the exact figure in its unit, or None where there was nothing to count.

    FQ-18: a rate is settled / (settled + failed) of the cases concluded in the period.
    RH-14: a rate over nothing is 不适用, neither 0 nor 100 percent.
    """
    if denominator is None:
        return Fraction(numerator)
    if denominator == 0:
        return None
    ratio = Fraction(numerator) / Fraction(denominator)
    return ratio * 100 if unit == PERCENT else ratio


def success_rate(settled: int, failed: int) -> Fraction | None:
    """Return the success rate in percent; only concluded cases count (FQ-18)."""
    return value_of(PERCENT, settled, settled + failed)


def is_met(value: Fraction, target: Decimal | int, direction: Direction) -> bool:
    """Compare unrounded: 89.996 percent is not 90 percent (FQ-18)."""
    if direction is Direction.AT_LEAST:
        return value >= Fraction(target)
    return value <= Fraction(target)


def rounded(value: Fraction, places: int) -> Decimal:
    """Round half up to so many places, exactly (no float on the way)."""
    step = Decimal(1).scaleb(-places)
    scaled = value * 10**places
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    number = Decimal(whole).scaleb(-places).quantize(step, rounding=ROUND_HALF_UP)
    return -number if value < 0 else number


def shown(value: Fraction | None, unit: str, target: Decimal | int | None = None) -> str:
    """Show a figure: two decimals for a rate, more where two would look like the target (FQ-18)."""
    if value is None:
        return "不适用"
    if unit != PERCENT and value.denominator == 1:
        return f"{value.numerator}{unit}"
    places = SHOWN_PLACES
    goal = None if target is None else Fraction(target)
    while places < MOST_PLACES and goal is not None and value != goal:
        if Fraction(rounded(value, places)) != goal:
            break
        places += 1
    return f"{rounded(value, places)}{unit}"


def plain(number: Decimal | int) -> str:
    """Write a number without trailing zeros or exponent: 18, 2.5."""
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
