"""批量办理: one act for several ticked tasks, each by itself, each with its own result."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from permissions.models import User
from workflows import flows
from workflows.door import perform
from workflows.models.tasks import Task
from workflows.operations.guard import all_or_refused, demand
from workflows.refusals import Refusal, RefusedByLaw
from workflows.vocabulary import Operation

MOST = 100
"""So many tasks at once at the most (operations.md 2.5)."""


@dataclass(frozen=True)
class Result:
    """What became of one task of a batch."""

    task: Task
    done: bool
    message: str


def perform_batch(
    chosen: Sequence[Task], act: str, *, by: User, opinion: str, **facts: Any
) -> list[Result]:
    """批量办理: perform one act for each ticked task and return a result for each.

    All must be of one step that declares the act for batches; each is its own transaction and
    entry, and one that is refused stops no other. Only the chosen ones are touched. What was
    decided so is not taken back (收回) one by one: the list was read before, not after.
    """
    subject = chosen[0].case if chosen else None
    with all_or_refused("workflows.batch", Operation.BATCH.label, by, lambda: subject):
        _refuse_mixed(chosen, act)
    return [_one(task, act, by, opinion, facts) for task in chosen]


def _refuse_mixed(chosen: Sequence[Task], act: str) -> None:
    """Refuse an empty batch, too many, and tasks of different steps."""
    if not chosen:
        raise RefusedByLaw("请勾选要办理的待办。")
    if len(chosen) > MOST:
        raise RefusedByLaw(f"一次最多办理{MOST}件。")
    if len({(task.case_kind, task.node) for task in chosen}) > 1:
        raise RefusedByLaw("批量办理只能选择同一类事项、同一环节的待办。")
    step = flows.step_of(chosen[0].case, chosen[0].node)
    if step is None or act not in step.batch:
        raise RefusedByLaw(f"“{chosen[0].title}”环节不能批量办理。")


def _one(task: Task, act: str, by: User, opinion: str, facts: dict[str, Any]) -> Result:
    """Do one of the batch and tell what became of it."""
    try:
        with all_or_refused("workflows.batch", Operation.BATCH.label, by, lambda: task.case):
            demand(Operation.BATCH, task, by)
        case = perform(task.case, act, by=by, opinion=opinion, in_batch=True, **facts)
    except Refusal as refusal:
        return Result(task, False, refusal.message)
    return Result(task, True, f"已办理，现为“{case.state_label}”。")
