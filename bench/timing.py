"""Measure durations in milliseconds and condense them."""

import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

LEAST_ROUNDS = 3


def milliseconds(work: Callable[[], Any]) -> float:
    """Return how long the work took."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def p50(values: Sequence[float]) -> float:
    """Return the middle value."""
    return median(values)


def p95(values: Sequence[float]) -> float:
    """Return the value that nineteen of twenty do not exceed."""
    return percentile(values, 0.95)


def alternating(
    seconds: float, works: dict[str, Callable[[], list[float]]]
) -> dict[str, list[float]]:
    """Let every work run once in each round, so that a busy minute burdens all alike.

    Rounds go on for so many seconds; there are at least three.
    """
    found: dict[str, list[float]] = {name: [] for name in works}
    ends = time.monotonic() + seconds
    rounds = 0
    while rounds < LEAST_ROUNDS or time.monotonic() < ends:
        for name, work in works.items():
            found[name] += work()
        rounds += 1
    return found
