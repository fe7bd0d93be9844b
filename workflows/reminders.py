"""Remind before a due date and report to the chief after it; never decide by silence (WD-20).

A report climbs from superior to superior until somebody is in post. Where nobody is, the security
administrator, who fills posts, is told the number of the case and nothing of its content. A task
that waits for a floor has no due date and is neither reminded of nor reported.

Both are idempotent: the task's row says on which day it was done, and is asked under a lock, so
that two clocks running at once send one notice.
"""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from audit import clock
from audit.recording import record
from permissions.models import Post, Recusal, User
from permissions.roles import SUPERIORS, Role
from workflows import calendar
from workflows.models.notices import Notice
from workflows.models.tasks import Task
from workflows.reckoning import reckon
from workflows.terms.light import REMIND_BEFORE
from workflows.wording import quoted


def remind(today: date) -> int:
    """Send a notice for every open task that falls due soon; return how many were sent."""
    soon = reckon(today, REMIND_BEFORE.on(today), calendar=calendar.current()).due
    near = Task.objects.open().filter(due_on__gte=today, due_on__lte=soon, reminded_on__isnull=True)
    return _each(near.values_list("pk", flat=True), lambda pk: _remind(pk, today))


def escalate(today: date) -> int:
    """Report every open task that is overdue to the chief; return how many were reported."""
    overdue = Task.objects.open().filter(due_on__lt=today, escalated_on__isnull=True)
    return _each(overdue.values_list("pk", flat=True), lambda pk: _escalate(pk, today))


def _each(keys: object, work: Callable[[int], bool]) -> int:
    """Do the work for each key, one transaction each, so that one failure stops no other."""
    return sum(work(pk) for pk in list(keys))  # type: ignore[call-overload]


@transaction.atomic
def _remind(pk: int, today: date) -> bool:
    task = _still(pk, reminded_on=None)
    if task is None:
        return False
    text = (
        f"{quoted(task.case_title)}（{task.title}）将于{task.due_on:%Y年%m月%d日}到期，请及时办理。"
    )
    is_left = Task.objects.left(today).filter(pk=pk).exists()
    _tell(task, text, user=None if is_left else task.holder)
    Task.objects.filter(pk=pk).update(reminded_on=today)
    return True


@transaction.atomic
def _escalate(pk: int, today: date) -> bool:
    task = _still(pk, escalated_on=None)
    if task is None or not _report(task, today):
        return False
    Task.objects.filter(pk=pk).update(escalated_on=today)
    record(
        "workflows.escalate",
        "超期上报",
        subject=task.case,
        subject_title=task.case_title,
        after={"环节": task.title, "期限": task.due_on},
    )
    return True


def _report(task: Task, today: date) -> bool:
    """Tell the chiefs, or whoever fills posts where there is no chief; say whether anybody was."""
    text = (
        f"{quoted(task.case_title)}（{task.title}）已于{task.due_on:%Y年%m月%d日}到期，"
        f"{task.addressee}尚未办理，请督促。"
    )
    chiefs = chiefs_of(task, today)
    for chief in chiefs:
        _tell(task, text, user=chief)
    if chiefs:
        return True
    number = (
        f"案号{task.case_number}有事项超期，经办岗位以上无人在任，不能上报。"
        "请按任免决定及时任命，或者告知有关负责人。"
    )
    administrators = _appointing(today)
    for administrator in administrators:
        Notice.objects.create(user=administrator, text=number, created_at=clock.now())
    return bool(administrators)


def _still(pk: int, **unset: None) -> Task | None:
    """Lock the task and return it if it is open and the mark is still unset."""
    rows = Task.objects.open().select_for_update(of=("self",)).select_related("holder", "unit")
    return rows.filter(pk=pk, **{f"{name}__isnull": True for name in unset}).first()


def chiefs_of(task: Task, today: date) -> list[User]:
    """Return the people to whom an overdue task is reported.

    They are the nearest superiors in post who are not recused from the case.
    """
    superior = SUPERIORS.get(Role(task.role)) if task.role else None
    recused = Recusal.objects.open().filter(
        content_type_id=task.content_type_id, object_id=task.object_id
    )
    while superior is not None:
        posts = Post.objects.on(today).filter(role=superior).reaching(task.case_unit.path)
        posts = posts.exclude(user_id__in=recused.values("user_id")).select_related("user")
        people = {post.user_id: post.user for post in posts}
        people.pop(task.holder_id or 0, None)
        if people:
            return list(people.values())
        superior = SUPERIORS.get(superior)
    return []


def _appointing(today: date) -> list[User]:
    """Return the security administrators: they put people into posts."""
    posts = Post.objects.on(today).filter(role=Role.SECURITY_ADMIN).select_related("user")
    return [post.user for post in posts]


def _tell(task: Task, text: str, user: User | None = None) -> None:
    """Send one notice to a person, or to the post the task is addressed to."""
    Notice.objects.create(
        user=user,
        role="" if user else task.role,
        unit=None if user else task.unit,
        content_type_id=task.content_type_id,
        object_id=task.object_id,
        text=text,
        created_at=clock.now(),
    )
