"""Goal 10: `kill -9` between any two statements leaves nothing half-done, and the case goes on."""

from typing import Any

import pytest

# The suite's database is set up only where a test says that it uses it.
pytestmark = pytest.mark.django_db

ACTS = {
    "opens_a_case": 31,
    "submits_the_self_assessment": 40,
    "claims_a_task": 13,
    "accepts_within_the_term": 20,
    "submits_the_last_sheet": 29,
    "names_the_station": 89,
    "reminds": 20,
    "escalates": 30,
}
"""Each operation with how many points it has at least: fewer, and something is not counted."""


@pytest.mark.parametrize("operation", ACTS)
def test_death_at_any_statement_leaves_all_or_nothing(stage: Any, operation: str) -> None:
    report = stage.sweep(operation=operation)
    assert report["faults"] == []
    assert report["kills"] >= ACTS[operation]
    assert report["committed"] >= 1


@pytest.mark.parametrize(
    ("operation", "planted", "caught"),
    [
        ("accepts_within_the_term", "answers first", "acknowledged, but not stored"),
        ("accepts_within_the_term", "case", "留痕为 applied"),
        ("opens_a_case", "number", "文号"),
        ("claims_a_task", "task", "签收没有留痕"),
        ("reminds", "notice", "half-done"),
    ],
)
def test_a_planted_half_is_caught(stage: Any, operation: str, planted: str, caught: str) -> None:
    report = stage.sweep(operation=operation, planted=planted, until=caught)
    assert [fault for fault in report["faults"] if caught in fault]
