"""The chain under several writers at once and under sudden death, on a database of its own."""

from collections import Counter
from collections.abc import Callable
from typing import Any

THREADS, EACH = 8, 25


def test_eight_writers_at_once_leave_one_chain_without_gaps(outcome: Callable[..., Any]) -> None:
    report = outcome("migrate", f"write {THREADS} {EACH}", "report")
    assert report["faults"] == []
    assert report["sequences"] == list(range(1, THREADS * EACH + 1))
    assert report["head"] == THREADS * EACH
    assert set(Counter(report["labels"]).values()) == {1}


def test_two_processes_at_once_leave_one_chain(
    outcome: Callable[..., Any], alone: Callable[..., Any]
) -> None:
    outcome("migrate")
    writers = [alone("write 2 25") for _ in range(2)]
    for writer in writers:
        writer.communicate(timeout=60)
    assert [writer.returncode for writer in writers] == [0, 0]
    report = outcome("report")
    assert report["sequences"] == list(range(1, 101))
    assert report["faults"] == []


def test_sealing_at_once_makes_one_seal(outcome: Callable[..., Any]) -> None:
    seals = outcome("migrate", "write 1 1", "seal 4")
    assert len(seals) == 4
    assert len(set(seals)) == 1


def test_death_in_mid_act_leaves_no_entry_and_the_chain_goes_on(
    outcome: Callable[..., Any], alone: Callable[..., Any]
) -> None:
    outcome("migrate")
    for _ in range(2):
        with alone("write 1 2", "die") as victim:
            assert [victim.stdout.readline() for _ in range(2)] == ["null\n", '"recorded"\n']
            victim.kill()
    report = outcome("write 1 1", "report")
    assert report["sequences"] == [1, 2, 3, 4, 5]
    assert "未完成" not in report["labels"]
    assert report["faults"] == []
