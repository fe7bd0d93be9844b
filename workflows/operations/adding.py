"""委派、前加签、后加签、并加签、减签 and 答复: ask others before, after or beside deciding."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from audit import clock
from permissions.models import User
from workflows import flows, tasks
from workflows.models.tasks import Task, TaskKind, TaskState, Verdict
from workflows.operations.guard import Scene, eligible, guarded
from workflows.refusals import RefusedByLaw, RefusedByState
from workflows.telling import tell, tell_holder
from workflows.vocabulary import Operation

ASKED_BEFORE = (TaskKind.CONSULT, TaskKind.BEFORE)
"""Kinds of opinion for which the holder waits before he decides."""


@guarded(Operation.CONSULT)
def consult(
    scene: Scene, *, reason: str, person: User, due_on: date | None = None
) -> dict[str, Any]:
    """委派（征求意见）: let another say what he thinks; the task comes back, the token stays.

    His due date is not later than that of who asks.
    """
    eligible(scene, person, decides=False)
    _refuse_mixed(scene.task)
    task = _hold(scene)
    if due_on and task.due_on and due_on > task.due_on:
        raise RefusedByLaw(f"答复期限不能晚于本待办的期限{task.due_on}。")
    child = tasks.add_child(task, person, TaskKind.CONSULT, request=reason)
    if due_on:
        # Its own date, which the term of the asker's task must not overwrite.
        child.due_on = child.sorts_on = due_on
        child.term_code = ""
        child.save(update_fields=["due_on", "sorts_on", "term_code"])
    _set(task, TaskState.DELEGATED)
    tell(task, f"{scene.by.full_name}就“{task.case_title}”征求您的意见：{reason}", person)
    return {"被委派人": person.full_name}


@guarded(Operation.RECALL_CONSULT)
def recall_consult(scene: Scene, *, reason: str) -> dict[str, Any]:
    """收回委派: take a question back before it is answered."""
    for child in scene.task.children.open().filter(kind=TaskKind.CONSULT).select_related("holder"):
        tasks.close(
            child,
            TaskState.RECALLED,
            by=scene.by,
            outcome="收回委派",
            reason=reason or "委派人收回",
        )
        tell(child, f"“{child.case_title}”征求意见已由委派人收回。", child.holder)
    _set(scene.task, TaskState.CLAIMED)
    return {}


@guarded(Operation.ADD_BEFORE)
def add_before(scene: Scene, *, reason: str, people: Sequence[User]) -> dict[str, Any]:
    """前加签: ask others first; when all have answered the holder still decides himself.

    What they say is advice, shown to them as such; a disagreement does not decide.
    """
    _refuse_mixed(scene.task)
    task = _hold(scene)
    for person in _several(scene, people):
        child = tasks.add_child(task, person, TaskKind.BEFORE, request=reason)
        tell(child, f"{scene.by.full_name}请您对“{task.case_title}”先行提出意见：{reason}", person)
    _set(task, TaskState.WAITING)
    return {"加签人": [person.full_name for person in people]}


@guarded(Operation.ADD_AFTER)
def add_after(scene: Scene, *, reason: str, people: Sequence[User]) -> dict[str, Any]:
    """后加签: after the holder has agreed, others must agree before it takes effect."""
    _refuse_mixed(scene.task)
    task = _hold(scene)
    for person in _several(scene, people):
        tasks.add_child(task, person, TaskKind.AFTER, request=reason, waits=True)
    return {"加签人": [person.full_name for person in people]}


@guarded(Operation.ADD_ALONGSIDE)
def add_alongside(scene: Scene, *, reason: str, person: User) -> dict[str, Any]:
    """并加签: one more who signs in the same round; the number grows and is counted anew."""
    eligible(scene, person, decides=True)
    child = tasks.add_child(scene.task, person, TaskKind.ALONGSIDE, request=reason)
    tell(child, f"{scene.by.full_name}请您一并签署“{child.case_title}”：{reason}", person)
    return {"加签人": person.full_name}


@guarded(Operation.REMOVE_SIGNER)
def remove_signer(scene: Scene, *, reason: str) -> dict[str, Any]:
    """减签: remove an added signer who has not spoken; never by himself.

    The last one removed gives the task back to its holder; it does not decide for him.
    """
    child = scene.task
    if not reason:
        raise RefusedByLaw("请填写减签原因。")
    tasks.close(child, TaskState.CANCELLED, by=scene.by, outcome="减签", reason=reason)
    tasks.close_children(child, TaskState.CANCELLED, reason=f"因减签取消：{reason}")
    tell(child, f"您在“{child.case_title}”的加签已撤去：{reason}", child.holder)
    _go_on(scene, child)
    return {"减去": child.holder.full_name if child.holder else ""}


@guarded(Operation.ANSWER)
def answer(
    scene: Scene, *, reason: str, opinion: str, verdict: str = Verdict.AGREE
) -> dict[str, Any]:
    """答复: say what one thinks; the task goes back to who asked, or on where all agreed after."""
    if not opinion.strip():
        raise RefusedByLaw("请填写意见。")
    child = scene.task
    tasks.finish(
        child,
        by=scene.by,
        post=scene.post,
        outcome=f"{child.get_kind_display()}：{Verdict(verdict).label}",
        opinion=opinion.strip(),
        verdict=verdict,
    )
    if child.parent and child.parent.is_open:
        tell_holder(child.parent, f"{scene.by.full_name}已就“{child.case_title}”答复。")
    _go_on(scene, child)
    return {"意见": Verdict(verdict).label}


def _go_on(scene: Scene, child: Task) -> None:
    """Let what waited for this child go on, if nothing else holds it back."""
    if child.kind == TaskKind.ALONGSIDE:
        flows.advance(scene.case, child, tasks.open_of(scene.case))
        return
    parent = Task.objects.select_related("holder", "closed_by").get(children=child)
    if parent.state in {TaskState.WAITING, TaskState.DELEGATED}:
        # Not for who signs alongside: he decides for himself, and nobody wakes the parent then.
        if not parent.children.open().filter(kind__in=ASKED_BEFORE).exists():
            _set(parent, TaskState.CLAIMED)
            tell_holder(parent, f"“{parent.case_title}”的意见已经齐备，请您办理。")
    elif parent.state == TaskState.DONE and child.kind == TaskKind.AFTER:
        _after_parent(scene, parent, child)


def _after_parent(scene: Scene, parent: Task, child: Task) -> None:
    """Go on once all who sign after agreed; one who does not gives the task back to its holder."""
    if child.verdict != Verdict.DISAGREE:
        flows.advance(scene.case, parent, tasks.open_of(scene.case))
        return
    tasks.close_children(
        parent, TaskState.CANCELLED, reason="后加签有人不同意", spare=[TaskKind.ALONGSIDE]
    )
    tasks.again(parent)
    tell(parent, f"“{parent.case_title}”后加签未获同意：{child.opinion}", parent.closed_by)


def _several(scene: Scene, people: Sequence[User]) -> Sequence[User]:
    """Refuse an empty list, a person twice, and people to whom the task must not go."""
    if not people:
        raise RefusedByLaw("请至少选择一人。")
    if len({person.pk for person in people}) != len(people):
        raise RefusedByLaw("同一人不能选择两次。")
    for person in people:
        eligible(scene, person, decides=False)
    return people


def _refuse_mixed(task: Task) -> None:
    """Refuse to ask before and after on one task, or again while somebody still has to answer."""
    if task.children.open().exclude(kind=TaskKind.ALONGSIDE).exists():
        raise RefusedByState("该件已有未答复的加签或者委派，答复或者撤去后方可再办。")


def _hold(scene: Scene) -> Task:
    """Make sure the task is held, as it must come back to somebody; claim it if it is free."""
    task = scene.task
    holder = scene.principal or scene.by
    if task.holder_id != holder.pk:
        task.holder, task.claimed_at = holder, clock.now()
    task.state = TaskState.CLAIMED
    task.save(update_fields=["holder", "state", "claimed_at"])
    return task


def _set(task: Task, state: str) -> None:
    """Write the state of an open task."""
    task.state = state
    task.save(update_fields=["state"])
