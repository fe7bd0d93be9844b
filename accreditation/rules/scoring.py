"""Score items, categories and whole sheets (FQ-14, FQ-15, FQ-17, FQ-18): exact, never rounded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any, Protocol

from django.db.models import TextChoices

from indicators.reading import Reading
from indicators.rules import plain
from workflows.wording import quoted

ZERO = Decimal(0)


class Mode(TextChoices):
    """Scoring modes of an item (FQ-14)."""

    ALL_OR_NOTHING = "all_or_nothing", "全得全扣"
    DEDUCT_PER_UNIT = "deduct_per_unit", "按数扣分"
    TIERED = "tiered", "分档计分"
    BONUS = "bonus", "加分"


OBSERVED: dict[str, str] = {
    Mode.ALL_OR_NOTHING: "达标填1，不达标填0",
    Mode.DEDUCT_PER_UNIT: "填发现的缺项（起）数",
    Mode.TIERED: "填实测数值",
    Mode.BONUS: "填申请加分值",
}
"""What an assessor writes down, by mode."""


class ScoredItem(Protocol):
    """What scoring must know of an item."""

    mode: str
    max_points: Decimal
    per_unit: Decimal
    floor: Decimal
    thresholds: Sequence[Sequence[str]]


def item_points(item: ScoredItem, quantity: Decimal | Fraction | int) -> Decimal:
    """Return the points of an item for what was observed; never below 0 nor above its maximum.

    FQ-14. `quantity` is, by mode: 1 or 0; the number of faults; the measured value; the bonus
    points asked for.
    """
    points = {
        Mode.ALL_OR_NOTHING: _all_or_nothing,
        Mode.DEDUCT_PER_UNIT: _deducted,
        Mode.TIERED: _tiered,
        Mode.BONUS: _bonus,
    }[Mode(item.mode)](item, Fraction(quantity))
    return min(max(points, ZERO), item.max_points)


def _all_or_nothing(item: ScoredItem, quantity: Fraction) -> Decimal:
    return item.max_points if quantity >= 1 else ZERO


def _deducted(item: ScoredItem, quantity: Fraction) -> Decimal:
    """Take points for each fault begun, down to the item's floor."""
    return max(item.max_points - item.per_unit * ceil(max(quantity, Fraction(0))), item.floor)


def _tiered(item: ScoredItem, quantity: Fraction) -> Decimal:
    """Give the points of the highest threshold that was reached, unrounded (FQ-18)."""
    reached = [
        Decimal(points) for threshold, points in item.thresholds if quantity >= Fraction(threshold)
    ]
    return max(reached, default=ZERO)


def _bonus(item: ScoredItem, quantity: Fraction) -> Decimal:
    """Give what is asked, cut off at the cap (the item's maximum)."""
    asked = min(quantity, Fraction(item.max_points))
    return Decimal(asked.numerator) / Decimal(asked.denominator)


def proposed_points(item: ScoredItem, reading: Reading) -> Decimal:
    """Return the points the system proposes for an item from its indicator (FQ-16).

    A figure that nobody supplied earns nothing. Where there was nothing to count (RH-14, 不适用)
    nothing is taken off; the assessors look at it. A shortfall counts each point (percent) or
    piece begun below the target as one fault.
    """
    if reading.value is None:
        return item.max_points if not reading.is_applicable else ZERO
    if item.mode == Mode.TIERED:
        return item_points(item, reading.value)
    if item.mode == Mode.DEDUCT_PER_UNIT:
        short = ZERO if reading.met else abs(Fraction(reading.target) - reading.value)
        return item_points(item, Fraction(short))
    return item_points(item, 1 if reading.met else 0)


@dataclass(frozen=True)
class CategoryScore:
    """The points of a category against its maximum."""

    category: Any
    points: Decimal

    @property
    def percent(self) -> Fraction:
        """Return the exact share of the maximum in percent."""
        return Fraction(self.points) / Fraction(self.category.points) * 100

    def reaches(self, floor_percent: Decimal) -> bool:
        """Tell whether the category reaches the floor of the standard (FQ-15), unrounded."""
        return self.percent >= Fraction(floor_percent)


@dataclass(frozen=True)
class Result:
    """A whole sheet as added up against its standard."""

    standard: Any
    categories: tuple[CategoryScore, ...]
    bonus: Decimal
    vetoes: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        """Return the points out of the standard's 100; the bonus stands outside (FQ-14)."""
        return sum((category.points for category in self.categories), ZERO)

    @property
    def shortfalls(self) -> list[str]:
        """Say in Chinese everything that keeps the sheet from passing (FQ-15, FQ-17)."""
        found = [f"存在一票否决情形：{veto}。" for veto in self.vetoes]
        if self.total < self.standard.pass_line:
            line = plain(self.standard.pass_line)
            found.append(f"总分{plain(self.total)}分，低于合格线{line}分。")
        floor = plain(self.standard.category_floor_percent)
        found += [
            f"{quoted(score.category.title)}得{plain(score.points)}分，"
            f"低于该类{plain(score.category.points)}分的{floor}%。"
            for score in self.categories
            if not score.reaches(self.standard.category_floor_percent)
        ]
        return found

    @property
    def passes(self) -> bool:
        """Tell whether the sheet passes: a veto fails a sheet of 98 points (FQ-17)."""
        return not self.shortfalls


def add_up(
    standard: Any,
    categories: Iterable[Any],
    points: Mapping[int, Decimal],
    vetoes: Iterable[str] = (),
) -> Result:
    """Add up a sheet: `categories` with their `item_list`, `points` by the item's key.

    An item without points counts 0. Bonus items are summed apart and never lift the 100 points.
    """
    scores, bonus = [], ZERO
    for category in categories:
        within = ZERO
        for item in category.item_list:
            earned = min(max(points.get(item.pk, ZERO), ZERO), item.max_points)
            if item.mode == Mode.BONUS:
                bonus += earned
            else:
                within += earned
        scores.append(CategoryScore(category, min(within, category.points)))
    return Result(standard, tuple(scores), bonus, tuple(vetoes))


@dataclass(frozen=True)
class Deviation:
    """An item on which the assessors differ, with what each gave."""

    item: Any
    given: tuple[tuple[str, Decimal], ...]

    @property
    def lowest(self) -> Decimal:
        """Return the least points given."""
        return min(points for _, points in self.given)

    @property
    def highest(self) -> Decimal:
        """Return the most points given."""
        return max(points for _, points in self.given)

    @property
    def spread(self) -> Decimal:
        """Return how far apart the assessors are."""
        return self.highest - self.lowest


def deviations(
    items: Iterable[Any], sheets: Mapping[str, Mapping[int, Decimal]]
) -> list[Deviation]:
    """Return the items on which the assessors' sheets differ, the widest first (FQ-6)."""
    found = []
    for item in items:
        given = tuple((name, points.get(item.pk, ZERO)) for name, points in sheets.items())
        if len({points for _, points in given}) > 1:
            found.append(Deviation(item, given))
    return sorted(found, key=lambda deviation: -deviation.spread)


def losses(items: Iterable[Any], points: Mapping[int, Decimal]) -> list[tuple[Any, Decimal]]:
    """Return the items with points lost, the largest loss first: where improvement pays most."""
    lost = [
        (item, item.max_points - points.get(item.pk, ZERO))
        for item in items
        if item.mode != Mode.BONUS
    ]
    return sorted((pair for pair in lost if pair[1] > 0), key=lambda pair: -pair[1])
