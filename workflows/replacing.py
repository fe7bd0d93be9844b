"""Give the part of one named person in a step to another (更换办理人)."""

from audit import clock
from permissions.models import User
from workflows import tasks
from workflows.models.tasks import Task, TaskState
from workflows.refusals import RefusedByLaw


def replace_holder(case: object, node: str, *, leaving: User, successor: User, reason: str) -> Task:
    """Cancel a person's own open task of a step with reason, open one for his successor.

    The caller is an act on the case, so the case is locked and the act leaves the entry. Both rows
    belong to the same run of the step: it goes on when the successor, not the person who left, is
    done. Raises `RefusedByLaw` where the person has no open task of his own there.
    """
    found = Task.objects.of_case(case).open().filter(node=node, holder=leaving, is_personal=True)
    task = found.select_related("unit", "engine_task").first()
    if task is None:
        raise RefusedByLaw(f"{leaving.full_name}在该环节没有待办理的事项。")
    to = tasks.Routing(
        node=task.node,
        title=task.title,
        role=task.role,
        unit=task.unit,
        term_code=task.term_code,
        holders=(successor,),
    )
    [successor_task] = tasks.route(case, to, engine_task=task.engine_task)
    task.state, task.closed_at = TaskState.CANCELLED, clock.now()
    task.close_reason, task.superseded_by = reason[:200], successor_task
    task.save(update_fields=["state", "closed_at", "close_reason", "superseded_by"])
    return successor_task
