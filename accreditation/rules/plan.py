"""Follow the three-year plan: targets as exact shares, and who is behind (FQ-1, FQ-2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

STATIONS: dict[int, tuple[str, ...]] = {
    2021: ("云红", "铁营", "花园", "杨安镇", "丁坞", "胡家", "市中"),
    2022: ("郑店", "化楼", "孔镇", "黄夹", "西段", "朱集"),
    2023: ("寨头堡", "大孙", "郭家"),
}
"""The three-year plan as published: sixteen stations by the year they are to be named (FQ-1)."""

TARGETS: dict[int, int] = {2021: 40, 2022: 80, 2023: 100}
"""The cumulative share of named stations, in percent, by the end of each year (FQ-1)."""


@dataclass(frozen=True)
class Progress:
    """How far the plan is at the end of a year: so many of so many named, against a target."""

    year: int
    named: int
    planned: int
    stations: int
    target: Decimal

    @property
    def percent(self) -> Fraction:
        """Return the exact share of named stations in percent."""
        return Fraction(self.named, self.stations) * 100 if self.stations else Fraction(0)

    @property
    def on_target(self) -> bool:
        """Tell whether the share reaches the target: 7/16 reaches 40 %, 6/16 does not (FQ-1)."""
        return self.percent >= Fraction(self.target)


def targets_until(targets: Mapping[int, Decimal], year: int) -> dict[int, Decimal]:
    """Carry the last target on to the years after the plan: what is late stays to be done."""
    last = max(targets, default=year)
    return {**targets, **{late: targets[last] for late in range(last + 1, year + 1)}}


def progress(
    targets: Mapping[int, Decimal], planned: Mapping[Any, int], named_on: Mapping[Any, date]
) -> list[Progress]:
    """Return the progress of each target year, cumulative (FQ-1).

    In: the targets by year; the planned year of each station; the naming date of each named one.
    A station that is not listed and was named early counts as well (FQ-2).
    """
    stations = set(planned) | set(named_on)
    return [
        Progress(
            year=year,
            named=sum(1 for day in named_on.values() if day.year <= year),
            planned=sum(1 for due in planned.values() if due <= year),
            stations=len(stations),
            target=target,
        )
        for year, target in sorted(targets.items())
    ]


def is_behind_plan(planned_year: int, named_on: date | None, on: date) -> bool:
    """Tell whether a listed station is late: its plan year is over and it is not named (FQ-2)."""
    return named_on is None and on.year > planned_year


def behind_plan(
    planned: Mapping[Any, int], named_on: Mapping[Any, date], on: date
) -> list[tuple[Any, int]]:
    """Return the late stations with their plan year, the longest late first (FQ-2)."""
    late = [
        (station, year)
        for station, year in planned.items()
        if is_behind_plan(year, named_on.get(station), on)
    ]
    return sorted(late, key=lambda pair: pair[1])


def years_early(planned_year: int | None, on: date) -> Iterable[str]:
    """Say what is unusual about applying now: unlisted or early is allowed, only told (FQ-2)."""
    if planned_year is None:
        yield "该所未列入创建计划，属自行提前申报。"
    elif on.year < planned_year:
        yield f"该所计划{planned_year}年建成，属提前申报。"
    elif on.year > planned_year:
        yield f"该所计划{planned_year}年建成，已滞后于计划。"
