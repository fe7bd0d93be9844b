"""Tell on a case's page which operations are open to whom, and why the others are not."""

from dataclasses import dataclass, field
from typing import Any

from audit import clock
from audit.prepared import Prepared
from permissions.policy import may
from workflows.door import unmet
from workflows.flows import step_of
from workflows.models.operations import Copy, Urging
from workflows.models.tasks import Task
from workflows.operations.guard import Answered, can, offered
from workflows.operations.holding import can_hold
from workflows.operations.proposing import ACTS, open_proposal, reachable
from workflows.permissions import CaseVerb
from workflows.sheets import opinions_among
from workflows.vocabulary import Operation

WITHOUT_PAGE = frozenset(
    {
        Operation.CLAIM,
        Operation.RELEASE,
        Operation.BATCH,
        Operation.HAND_OVER,
        Operation.WITHDRAW_COPY,
    }
)
"""Operations of a step that are done elsewhere than on the common page of operations."""

ALWAYS_TOLD = frozenset(
    {
        Operation.TRANSFER,
        Operation.CONSULT,
        Operation.ADD_BEFORE,
        Operation.ADD_AFTER,
        Operation.ADD_ALONGSIDE,
        Operation.SEND_BACK,
        Operation.COPY,
        Operation.CIRCULATE,
    }
)
"""Operations whose reason is told to the holder of a task when they are closed."""

ON_OTHERS = (Operation.URGE, Operation.REMOVE_SIGNER, Operation.REPOSITION)
"""Operations that are done on a task that waits for somebody else."""


@dataclass
class TaskPanel:
    """The operations on one task as the case page shows them."""

    task: Task
    open: list[Operation] = field(default_factory=list)
    closed: list[Answered] = field(default_factory=list)


def operation_context(shown: Any, user: Any, rows: list[Task], mine: list[Task]) -> dict[str, Any]:
    """Return which operations are open to the user on the case's page, and why others are not.

    In: the case, the person, all tasks of the case, and which of them wait for him.
    """
    key = (shown.content_type().pk, shown.pk)
    waiting = [row for row in rows if row.is_open]
    panels = [_panel(shown, task, user) for task in waiting if task in mine]
    others = [task for task in waiting if task not in mine]
    panels += [_only(shown, task, user, *ON_OTHERS) for task in others]
    done = [row for row in opinions_among(rows) if row.closed_by_id == user.pk and not row.is_void]
    done = [row for row in done if row.node != Task.START]
    if done:
        panels.append(_taking_back(shown, done[-1], user))
    return {
        "panels": [panel for panel in panels if panel.open or panel.closed],
        "urgings": _urgings_of(*key) if waiting else [],
        "copies": _copies_of(*key),
        "case_operations": _on_case(shown, user),
        # What was proposed waits for somebody's consent, which is a task.
        "open_proposal": open_proposal(shown) if waiting else None,
        "may_confirm": bool(may(user, CaseVerb.CONFIRM, shown)),
    }


_urgings_of: Prepared[Urging] = Prepared(
    lambda kind, key: Urging.objects.filter(
        task__content_type=kind, task__object_id=key, task__closed_at=None
    ).select_related("by", "answered_by", "task"),
    int,
    int,
)
_copies_of: Prepared[Copy] = Prepared(
    lambda kind, key: (
        Copy.objects.in_force()
        .filter(content_type=kind, object_id=key)
        .select_related("reader", "sent_by")
    ),
    int,
    int,
)


def _panel(shown: Any, task: Task, user: Any) -> TaskPanel:
    """Return all operations on a task that waits for the user."""
    task.case = shown
    panel = TaskPanel(task)
    for answer in offered(task, user):
        if answer.operation in WITHOUT_PAGE or _leads_nowhere(answer.operation, task):
            continue
        if answer:
            panel.open.append(answer.operation)
        elif answer.operation in ALWAYS_TOLD:
            panel.closed.append(answer)
    return panel


def _only(shown: Any, task: Task, user: Any, *wanted: Operation) -> TaskPanel:
    """Return these operations on a task, as far as they are open to the user."""
    task.case = shown
    found = [operation for operation in wanted if can(operation, task, user)]
    return TaskPanel(task, [each for each in found if not _leads_nowhere(each, task)])


def _taking_back(shown: Any, task: Task, user: Any) -> TaskPanel:
    """Return 收回 of what the user did, open or with its reason, where the step declares it."""
    step = step_of(shown, task.node)
    if step is None or not step.recall or not task.decides or shown.is_closed:
        return TaskPanel(task)
    task.case = shown
    answer = can(Operation.TAKE_BACK, task, user)
    return TaskPanel(task, [answer.operation]) if answer else TaskPanel(task, closed=[answer])


def _leads_nowhere(operation: Operation, task: Task) -> bool:
    """Tell whether a repositioning has no step to go to: its form would offer no choice."""
    return operation == Operation.REPOSITION and not reachable(task)


def _on_case(shown: Any, user: Any) -> list[tuple[str, str, str]]:
    """Return the operations on the case itself: name of the page, name, word on the button."""
    found = []
    if not shown.is_closed and can_hold(shown, user):
        names = [Operation.RESUME] if shown.is_held else [Operation.SUSPEND, Operation.STAY]
        found += [("hold", operation.value, operation.label) for operation in names]
    if may(user, CaseVerb.PROPOSE, shown):
        acts = shown.acts()
        found += [
            ("propose", operation.value, f"提请{operation.label}")
            for operation, act in ACTS.items()
            if act in acts
            and shown.state in acts[act].sources
            and not any(unmet(shown, acts[act], clock.today()))
        ]
    return found
