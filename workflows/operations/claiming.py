"""签收、退签、拒签: take a task of one's post, give it back, or say that one will not take it."""

from typing import Any

from audit import clock
from permissions.models import Post
from workflows.models.operations import Decline
from workflows.models.tasks import Task, TaskState
from workflows.operations.guard import Scene, guarded
from workflows.refusals import RefusedByLaw
from workflows.reminders import chiefs_of
from workflows.telling import tell
from workflows.vocabulary import Operation


@guarded(Operation.CLAIM)
def claim(scene: Scene, *, reason: str) -> dict[str, Any]:
    """签收: take an open task of one's own post, or of whom one stands in for.

    Of two who try, one wins and the other is told; a task whose holder has left is free again.
    """
    task = scene.task
    if task.holder_id == scene.by.pk:
        return {}
    task.holder, task.state = scene.principal or scene.by, TaskState.CLAIMED
    task.claimed_at = clock.now()
    task.save(update_fields=["holder", "state", "claimed_at"])
    return {}


@guarded(Operation.RELEASE)
def release(scene: Scene, *, reason: str) -> dict[str, Any]:
    """退签: give a claimed task back to its post, with a reason."""
    if not reason:
        raise RefusedByLaw("请填写退签原因。")
    free(scene.task)
    return {}


@guarded(Operation.DECLINE)
def decline(scene: Scene, *, reason: str) -> dict[str, Any]:
    """拒签: a candidate says that he will not take the task; it is no longer offered to him.

    When the last candidate declines, the task is offered to all of them again and the chief is
    told, because a task that nobody is offered would be lost.
    """
    if not reason:
        raise RefusedByLaw("请填写拒签原因。")
    task = scene.task
    Decline.objects.create(task=task, by=scene.principal or scene.by, reason=reason[:200])
    held = Post.objects.on(clock.today()).filter(unit=task.unit, role=task.role)
    declined = Decline.objects.filter(task=task, is_over=False).values("by")
    if held.exclude(user__in=declined).exists():
        return {"仍有候选人": True}
    Decline.objects.filter(task=task, is_over=False).update(is_over=True)
    told = _tell_of_refusal(task, reason)
    return {"仍有候选人": False, "已告知": told}


def _tell_of_refusal(task: Task, reason: str) -> list[str]:
    """Tell the chief and who sent the task that nobody wants to take it; return their names."""
    people = {chief.pk: chief for chief in chiefs_of(task, clock.today())}
    earlier = Task.objects.of_case(task.case).filter(state=TaskState.DONE, closed_by__isnull=False)
    sender = earlier.select_related("closed_by").order_by("-closed_at", "-pk").first()
    if sender is not None and sender.closed_by is not None:
        people[sender.closed_by.pk] = sender.closed_by
    text = f"“{task.case_title}”（{task.title}）无人签收，候选人均已拒签：{reason}。请协调。"
    for person in people.values():
        tell(task, text, person)
    return [person.full_name for person in people.values()]


def free(task: Task) -> None:
    """Put a task back to its post."""
    task.holder, task.state, task.claimed_at = None, TaskState.READY, None
    task.save(update_fields=["holder", "state", "claimed_at"])
