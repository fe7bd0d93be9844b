"""Let several processes reach for the same task at the same moment."""

import multiprocessing
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections

from bench.timing import milliseconds, p50, p95

Racer = Callable[[int], str]
"""Reaches for the task of a case and says "won", or how it was refused."""


def race(keys: Sequence[int], make: Callable[[int], Racer], racers: int) -> dict[str, Any]:
    """Run the race for every key; return winners, outcomes and times of all and of losers.

    `make` gives each process its racer, made after the fork with a connection of its own.
    """
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    gate, results = fork.Barrier(racers), fork.Queue()
    running = [
        fork.Process(target=_run, args=(make, place, keys, gate, results))
        for place in range(racers)
    ]
    for process in running:
        process.start()
    found = [results.get(timeout=300) for _ in running]
    for process in running:
        process.join()
    winners = [sum(each[n][0] == "won" for each in found) for n in range(len(keys))]
    times = [spent for each in found for _, spent in each]
    lost = [spent for each in found for outcome, spent in each if outcome != "won"]
    return {
        "rounds": len(keys),
        "one_winner": sum(number == 1 for number in winners),
        "outcomes": dict(Counter(outcome for each in found for outcome, _ in each)),
        "p50": p50(times),
        "p95": p95(times),
        "lost_p95": p95(lost),
    }


def _run(
    make: Callable[[int], Racer], place: int, keys: Sequence[int], gate: Any, results: Any
) -> None:
    """Race for every key, all processes starting each round together."""
    racer = make(place)
    found = []
    for key in keys:
        outcome: list[str] = []
        gate.wait(timeout=120)
        spent = milliseconds(lambda key=key, outcome=outcome: outcome.append(racer(key)))
        found.append((outcome[0], spent))
    results.put(found)
