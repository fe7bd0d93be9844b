"""Goal 10: `kill -9` between any two statements leaves nothing half-done, and the case goes on."""

from typing import Any

import pytest
from django.db import connection

# The suite's database is set up only where a test says that it uses it.
pytestmark = pytest.mark.django_db

LEAST = 8
"""No operation has fewer points: a case is locked, read, asked about, changed and recorded."""
ACTS = (
    "opens_a_case", "submits_the_self_assessment", "claims_a_task", "accepts_within_the_term",
    "submits_the_last_sheet", "names_the_station", "reminds", "escalates",
)  # fmt: skip
"""Acts of the procedure, the last of them signed, and the duties of the clock."""
ON_TASKS = (
    "releases_a_task", "asks_for_an_opinion", "adds_alongside", "votes_as_the_last",
    "takes_a_decision_back", "sends_back_directly", "sends_back_to_the_draft", "stays_a_case",
    "confirms_the_termination", "confirms_the_voiding", "circulates", "hands_over",
)  # fmt: skip
"""Operations on tasks and cases, one of each kind."""
ALSO_ON_TASKS = (
    "does_a_batch", "declines_a_task", "transfers_a_task", "takes_a_question_back",
    "answers_a_question", "adds_before", "adds_after", "agrees_after", "removes_a_signer",
    "votes", "takes_a_vote_back", "sends_back_stepwise", "comes_straight_back",
    "suspends_a_case", "resumes_a_case", "resumes_a_stayed_case",
    "proposes_the_termination", "confirms_the_reopening", "confirms_the_repositioning",
    "rejects_a_proposal", "urges", "answers_an_urging", "copies", "reads_a_copy",
    "writes_on_a_copy", "withdraws_a_copy",
)  # fmt: skip
"""The others of these kinds, killed on SQLite only: what they do otherwise is no other SQL."""
WHERE_KILLED = (*ACTS, *ON_TASKS, *(ALSO_ON_TASKS if connection.vendor == "sqlite" else ()))


@pytest.mark.parametrize("operation", WHERE_KILLED)
def test_death_at_any_statement_leaves_all_or_nothing(stage: Any, operation: str) -> None:
    report = stage.sweep(operation=operation)
    assert report["faults"] == []
    assert report["kills"] == report["points"] > LEAST
    assert report["committed"] >= 1


def test_every_declared_operation_is_killed(stage: Any) -> None:
    """Nothing is declared and then forgotten."""
    assert set(stage.declared()) == {*ACTS, *ON_TASKS, *ALSO_ON_TASKS}


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
