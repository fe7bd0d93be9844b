"""Keep the declared indicators and the queries that later apps bring for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.rules import PERCENT, Direction
from permissions.models import Unit
from workflows.parameters import Parameter


@dataclass(frozen=True)
class Row:
    """One record behind a figure, as people find it again."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """What a query counted: only concluded matters of the period (FQ-18)."""

    numerator: Decimal | int
    denominator: Decimal | int | None = None
    rows: Sequence[Row] = ()


Query = Callable[[Unit, int], Figure | None]


@dataclass(frozen=True)
class Indicator:
    """A declared figure with its target and its basis (FQ-16).

    `targets` holds pairs (first year, parameter): the law raised some targets, so the year asked
    for picks the parameter.
    """

    code: str
    title: str
    unit: str
    targets: tuple[tuple[int, Parameter[Decimal]], ...]
    basis: str
    task: int
    counts: str
    over: str = ""
    direction: Direction = Direction.AT_LEAST

    @property
    def is_rate(self) -> bool:
        """Tell whether the figure is a share of something."""
        return self.unit == PERCENT

    def target(self, year: int) -> Decimal:
        """Return the target that holds for that year."""
        past = [parameter for first, parameter in self.targets if first <= year]
        parameter = past[-1] if past else self.targets[0][1]
        return parameter.on(date(year, 12, 31))


_declared: dict[str, Indicator] = {}
_queries: dict[str, Query] = {}


def declare(indicator: Indicator) -> Indicator:
    """Take an indicator up; a code is declared once."""
    if indicator.code in _declared:
        raise ValueError(f"indicator declared twice: {indicator.code}")
    _declared[indicator.code] = indicator
    return indicator


def indicator(code: str) -> Indicator:
    """Return the indicator of that code; KeyError where there is none."""
    return _declared[code]


def indicators() -> list[Indicator]:
    """Return all declared indicators in the order of the plan's tasks."""
    return sorted(_declared.values(), key=lambda declared: (declared.task, declared.code))


def register_query(code: str, query: Query) -> None:
    """Let an app supply an indicator from its own records instead of 手工填报."""
    if code not in _declared:
        raise ValueError(f"no such indicator: {code}")
    if code in _queries:
        raise ValueError(f"indicator supplied twice: {code}")
    _queries[code] = query


def withdraw_query(code: str) -> None:
    """Take a supplied query back; the figure is 手工填报 again."""
    del _queries[code]


def query(code: str) -> Query | None:
    """Return the query that supplies an indicator, if an app brought one."""
    return _queries.get(code)
