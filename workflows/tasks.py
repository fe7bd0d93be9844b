"""Route and close tasks (待办): each operation is one guarded function that leaves an entry."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from audit import clock
from audit.recording import record
from permissions.models import Participation, Post, Unit, User
from permissions.policy import may
from workflows.models.tasks import NO_DUE_DATE, Task, TaskState
from workflows.models.terms import Term
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace


def route(
    case: Any,
    *,
    node: str,
    title: str,
    role: str,
    unit: Unit,
    term_code: str = "",
    holders: Iterable[User] = (),
    engine_task: Any = None,
) -> list[Task]:
    """Write the routing rows of a step: one for the post, or one for each named holder."""
    due_on = _due_on(case, term_code)
    people: list[User | None] = list(holders) or [None]
    return Task.objects.bulk_create(
        Task(
            **_about(case),
            node=node,
            title=title,
            role=role,
            unit=unit,
            term_code=term_code,
            due_on=due_on,
            sorts_on=due_on or NO_DUE_DATE,
            engine_task=engine_task,
            holder=person,
            is_personal=person is not None,
            created_at=clock.now(),
            state=TaskState.CLAIMED if person else TaskState.READY,
        )
        for person in people
    )


def note_opening(case: Any, *, by: User, post: Post | None) -> Task:
    """Write the finished first row of a case, by which its opener finds it again."""
    now = clock.now()
    return Task.objects.create(
        **_about(case),
        node=Task.START,
        title=case.OPENING.label,
        role=post.role if post else "",
        unit=post.unit if post else case.unit,
        state=TaskState.DONE,
        created_at=now,
        closed_at=now,
        closed_by=by,
        closed_post=str(post or ""),
        outcome=case.OPENING.label,
    )


def _about(case: Any) -> dict[str, Any]:
    """Return what every row says of its case, so that a list needs no other table."""
    return {
        "content_type": case.content_type(),
        "object_id": case.pk,
        "case_kind": case.KIND,
        "case_uuid": case.uuid,
        "case_number": case.number,
        "case_title": case.title,
        "case_unit": case.unit,
    }


def _due_on(case: Any, term_code: str) -> Any:
    """Return the due date of the case's open term with this code, if there is one."""
    if not term_code:
        return None
    term = Term.objects.of_case(case).open().filter(code=term_code).first()
    return term.due_on if term else None


def refresh_due_dates(case: Any) -> None:
    """Carry the due dates of the case's terms to its open tasks."""
    for task in Task.objects.of_case(case).open().exclude(term_code=""):
        due_on = _due_on(case, task.term_code)
        if due_on != task.due_on:
            Task.objects.filter(pk=task.pk).update(due_on=due_on, sorts_on=due_on or NO_DUE_DATE)


def participate(case: Any, user: User) -> None:
    """Remember that the user took part in the case, so that he keeps seeing it."""
    Participation.objects.get_or_create(
        user=user, content_type=case.content_type(), object_id=case.pk
    )


@transaction.atomic
def claim(task: Task, *, by: User) -> Task:
    """签收: take an open task of one's own post; of two who try, one wins and the other is told.

    A task whose holder has left the post is free again. Raises `RefusedByRace` with the winner's
    name, `RefusedByPerson` for a stranger.
    """
    task = _locked(task)
    if not task.is_open:
        raise RefusedByRace(already_done(task))
    if task.holder_id == by.pk:
        return task
    if task.holder and not _is_left(task):
        raise RefusedByRace(f"该件已由{task.holder.full_name}签收。")
    post = _own_post(task, by)
    task.holder, task.state, task.claimed_at = by, TaskState.CLAIMED, clock.now()
    task.save(update_fields=["holder", "state", "claimed_at"])
    participate(task.case, by)
    _record("workflows.claim", "签收", task, by, post)
    return task


@transaction.atomic
def release(task: Task, *, by: User, reason: str) -> Task:
    """退签: give a claimed task back to its post, with a reason."""
    task = _locked(task)
    if not task.is_open or task.holder_id != by.pk:
        raise RefusedByPerson("只能退签本人已签收且尚未办结的事项。")
    if task.is_personal:
        raise RefusedByLaw("该环节指定由您本人办理，不能退签。")
    if not reason.strip():
        raise RefusedByLaw("请填写退签原因。")
    task.holder, task.state, task.claimed_at = None, TaskState.READY, None
    task.save(update_fields=["holder", "state", "claimed_at"])
    _record("workflows.release", "退签", task, by, None, reason=reason)
    return task


def _locked(task: Task) -> Task:
    """Lock the task's case, then read the task again: every operation begins here."""
    model: Any = task.content_type.model_class()
    model._default_manager.select_for_update().filter(pk=task.object_id).first()
    return Task.objects.select_related("holder", "closed_by", "unit", "content_type").get(
        pk=task.pk
    )


def _is_left(task: Task) -> bool:
    """Tell whether the holder of a claimed task no longer holds the post he claimed it by."""
    return Task.objects.left(clock.today()).filter(pk=task.pk).exists()


def _own_post(task: Task, by: User) -> Post:
    """Return the post by which the task is the user's, or refuse."""
    by.forget_posts()
    for post in by.posts_on(clock.today()):
        if (post.unit_id, post.role) == (task.unit_id, task.role):
            case: Any = task.case
            if not may(by, case.VIEW_VERB, case):
                break
            return post
    raise RefusedByPerson(f"该件由{task.unit}{task.get_role_display()}签收，您没有这一岗位。")


def already_done(task: Task) -> str:
    """Say who was first."""
    if task.closed_by and task.closed_at:
        moment = task.closed_at.astimezone(clock.PLACE)
        return (
            f"该件已由{task.closed_by.full_name}于{moment:%Y年%m月%d日 %H:%M}办理"
            f"（{task.outcome}），无需重复办理。"
        )
    return f"该件已结束：{task.close_reason or task.get_state_display()}。"


def task_for(case: Any, nodes: Iterable[str], by: User) -> Task | None:
    """Return the open task of the case that the user is about to do, or None if there is none.

    Raises `RefusedByRace` when somebody else has claimed it, `RefusedByPerson` when it was given
    to others by name.
    """
    found = list(
        Task.objects.of_case(case).open().filter(node__in=list(nodes)).select_related("holder")
    )
    own = [task for task in found if task.holder_id == by.pk]
    if own:
        return own[0]
    free = [task for task in found if task.holder_id is None or _is_left(task)]
    if free:
        return free[0]
    if found:
        names = "、".join(task.holder.full_name for task in found if task.holder)
        if all(task.is_personal for task in found):
            raise RefusedByPerson(f"该环节由{names}本人办理。")
        raise RefusedByRace(f"该件已由{names}签收，正在办理。")
    return None


def finish(task: Task, *, by: User, post: Post | None, outcome: str, opinion: str) -> None:
    """Close a task as done by this person."""
    task.holder, task.state = by, TaskState.DONE
    task.closed_at, task.closed_by, task.closed_post = clock.now(), by, str(post or "")
    task.outcome, task.opinion = outcome, opinion
    task.save()


def cancel_open(case: Any, *, reason: str) -> int:
    """Close every open task of the case as cancelled; return how many there were."""
    return (
        Task.objects.of_case(case)
        .open()
        .update(state=TaskState.CANCELLED, closed_at=clock.now(), close_reason=reason)
    )


def _record(
    act: str, label: str, task: Task, by: User, post: Post | None, reason: str = ""
) -> None:
    record(
        act,
        label,
        subject=task.case,
        subject_title=task.case_title,
        by=by,
        post=post,
        reason=reason,
        after={"环节": task.title},
    )
