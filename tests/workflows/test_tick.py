"""WD-20: reminders and reports reach whom they concern, once; nothing is decided by silence."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from accreditation.models import Application
from audit.models import Entry
from permissions import exceptions, posts
from permissions import people as accounts
from tests.accreditation.steps import Walk
from workflows import operations, reminders, tasks
from workflows.management.commands import tick
from workflows.models.notices import Notice
from workflows.models.tasks import Task

DUE = date(2025, 10, 10)
NEAR, OVERDUE = date(2025, 10, 9), date(2025, 10, 11)


@pytest.fixture
def task(people: Any, tree: Any, clock: Any) -> Task:
    """The formal check of 云红's application, due on 2025-10-10."""
    case = Walk(people, tree, clock).to("apply")
    Notice.objects.all().delete()
    found: Task = Task.objects.of_case(case).open().get()
    assert found.due_on == DUE
    return found


@pytest.fixture
def ticked(clock: Any) -> Callable[[date], str]:
    """Let the clock stand at a day and do every duty; give what the command told."""

    def run(day: date) -> str:
        clock.stand_at(day)
        out = StringIO()
        call_command("tick", stdout=out)
        return out.getvalue()

    return run


def told(task: Task) -> list[tuple[Any, str, Any]]:
    """Return the addressees of the notices about the task's case: person, or role and unit."""
    rows = Notice.objects.filter(object_id=task.object_id).order_by("pk")
    return [(row.user, row.role, row.unit) for row in rows]


def test_far_from_its_day_nobody_is_reminded(task: Task, ticked: Any) -> None:
    assert "到期提醒：0" in ticked(date(2025, 9, 29))
    assert told(task) == []


def test_an_unclaimed_task_is_told_to_its_post_once(task: Task, ticked: Any, tree: Any) -> None:
    assert "到期提醒：1" in ticked(NEAR)
    assert told(task) == [(None, "county_reviewer", tree.section)]
    assert "“云红司法所创建”（形式审查）将于2025年10月10日到期" in Notice.objects.get().text
    assert "到期提醒：0" in ticked(NEAR)
    assert "到期提醒：0" in ticked(DUE)
    assert len(told(task)) == 1


def test_a_claimed_task_is_told_to_its_holder(task: Task, ticked: Any, people: Any) -> None:
    operations.claim(task, by=people.reviewer)
    ticked(NEAR)
    assert told(task) == [(people.reviewer, "", None)]


def test_a_task_whose_holder_left_is_told_to_the_post(
    task: Task, ticked: Any, people: Any, tree: Any
) -> None:
    operations.claim(task, by=people.reviewer)
    accounts.close_account(people.reviewer, reason="调离", by=people.system_admin)
    ticked(NEAR)
    assert told(task) == [(None, "county_reviewer", tree.section)]


def test_an_overdue_task_is_reported_to_the_chief_once_and_recorded(
    task: Task, ticked: Any, people: Any
) -> None:
    before = Application.objects.values().get()
    assert "超期上报：0" in ticked(DUE)
    assert "超期上报：1" in ticked(OVERDUE)
    assert (people.deputy, "", None) in told(task)
    entry = Entry.objects.of_subject(task.case).get(act="workflows.escalate")
    assert (entry.outcome, entry.actor_name) == ("done", "系统")
    number = len(told(task))
    assert "超期上报：0" in ticked(OVERDUE)
    assert "超期上报：0" in ticked(date(2025, 12, 1))
    assert len(told(task)) == number
    assert Application.objects.values().get() == before
    assert Task.objects.get(pk=task.pk).is_open


def test_only_the_chief_of_the_cases_place_is_told(task: Task, ticked: Any, people: Any) -> None:
    """A task of a station goes to the county's deputy, never to another station's chief."""
    Task.objects.filter(pk=task.pk).update(role="station_officer", unit=task.case_unit)
    ticked(OVERDUE)
    assert told(task) == [(people.chief, "", None)]


@pytest.mark.parametrize("why", ["recused", "no post", "closed account"])
def test_where_the_chief_may_not_be_told_the_next_above_him_is(
    task: Task, ticked: Any, people: Any, why: str
) -> None:
    if why == "recused":
        exceptions.recuse(task.case, people.deputy, reason="近亲属", by=people.security_admin)
    elif why == "no post":
        posts.end_post(
            people.deputy.posts.get(), date(2025, 9, 25), reason="免职", by=people.security_admin
        )
    else:
        accounts.close_account(people.deputy, reason="退休", by=people.system_admin)
    ticked(OVERDUE)
    assert told(task) == [(people.director, "", None)]


def test_a_closed_task_is_neither_reminded_nor_reported(
    task: Task, ticked: Any, people: Any, clock: Any
) -> None:
    tasks.cancel_open(task.case, reason="撤回")
    ticked(NEAR)
    ticked(OVERDUE)
    assert told(task) == []


def test_one_failing_duty_is_told_and_keeps_no_other_from_being_done(
    task: Task, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> int:
        raise OSError("磁盘已满")

    monkeypatch.setattr(tick, "DUTIES", (("清理", fails), *tick.DUTIES))
    clock.stand_at(NEAR)
    out, wrong = StringIO(), StringIO()
    with pytest.raises(SystemExit):
        call_command("tick", stdout=out, stderr=wrong)
    assert "清理：失败" in wrong.getvalue()
    assert "到期提醒：1" in out.getvalue()
    assert "每日封存：完成" in out.getvalue()


def test_a_task_that_was_done_meanwhile_is_left_alone(task: Task, clock: Any) -> None:
    """Both look again under the lock."""
    clock.stand_at(NEAR)
    Task.objects.filter(pk=task.pk).update(reminded_on=NEAR)
    assert reminders._remind(task.pk, NEAR) is False
    tasks.cancel_open(task.case, reason="撤回")
    assert reminders._escalate(task.pk, OVERDUE) is False
    assert told(task) == []
