"""WD-20: reminded before the due date, reported after it to somebody in post, never decided."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from audit.models import Entry
from permissions.models import Post
from permissions.roles import Role
from tests.accreditation.steps import Walk
from workflows import operations, reminders, tasks
from workflows.models.notices import Notice
from workflows.models.tasks import Task
from workflows.models.terms import Term

LATE = date(2025, 12, 1)


@pytest.fixture
def walk(people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> Walk:
    """An application of 云红司法所."""
    return Walk(people, tree, clock)


def vacate(*roles: Role) -> None:
    """End every post of these roles."""
    Post.objects.filter(role__in=roles).update(ends_on=date(2025, 9, 1))


def told() -> dict[str, str]:
    """Return what each person was told."""
    return {notice.user.username: notice.text for notice in Notice.objects.exclude(user=None)}


def check_of(walk: Walk) -> Task:
    """Return the formal check, which falls due on 2025-10-10 (WD-7)."""
    case = walk.to("apply")
    Notice.objects.all().delete()
    return Task.objects.of_case(case).open().get()


def test_an_overdue_task_is_reported_to_the_superior_once(walk: Walk) -> None:
    task = check_of(walk)
    assert reminders.escalate(date(2025, 10, 10)) == 0
    assert reminders.escalate(LATE) == 1
    assert reminders.escalate(LATE) == 0
    assert set(told()) == {"deputy"}
    task.refresh_from_db()
    assert task.escalated_on == LATE
    assert Entry.objects.of_act("workflows.escalate").count() == 1


def test_a_report_climbs_over_a_vacant_post(walk: Walk) -> None:
    check_of(walk)
    vacate(Role.COUNTY_DEPUTY)
    assert reminders.escalate(LATE) == 1
    assert set(told()) == {"director"}


def test_with_nobody_above_the_security_administrator_is_told_the_number_alone(
    walk: Walk,
) -> None:
    task = check_of(walk)
    vacate(Role.COUNTY_DEPUTY, Role.COUNTY_DIRECTOR)
    assert reminders.escalate(LATE) == 1
    assert set(told()) == {"security_admin"}
    text = told()["security_admin"]
    assert task.case_number in text
    assert task.case_title not in text and "云红" not in text
    assert Notice.objects.get(user=walk.people.security_admin).content_type is None


def test_a_task_of_the_highest_role_is_reported_to_the_administrator_too(walk: Walk) -> None:
    walk.to("propose_acceptance")
    Notice.objects.all().delete()
    assert Task.objects.open().get().role == Role.CITY_LEADER
    assert reminders.escalate(date(2026, 6, 1)) == 1
    assert set(told()) == {"security_admin"}


def test_nothing_is_marked_where_nobody_was_told(walk: Walk) -> None:
    task = check_of(walk)
    vacate(Role.COUNTY_DEPUTY, Role.COUNTY_DIRECTOR, Role.SECURITY_ADMIN)
    assert reminders.escalate(LATE) == 0
    task.refresh_from_db()
    assert task.escalated_on is None
    assert not Entry.objects.of_act("workflows.escalate").exists()
    Post.objects.filter(role=Role.COUNTY_DEPUTY).update(ends_on=None)
    assert reminders.escalate(LATE) == 1
    assert set(told()) == {"deputy"}


def test_whoever_holds_the_task_does_not_report_to_himself(walk: Walk) -> None:
    task = check_of(walk)
    Post.objects.create(
        user=walk.people.reviewer, role=Role.COUNTY_DEPUTY, unit=walk.tree.bureau,
        starts_on=date(2025, 1, 1),
    )  # fmt: skip
    operations.claim(task, by=walk.people.reviewer)
    reminders.escalate(LATE)
    assert set(told()) == {"deputy"}


def test_a_moved_due_date_is_reminded_of_and_reported_anew(walk: Walk) -> None:
    task = check_of(walk)
    reminders.remind(date(2025, 10, 9))
    reminders.escalate(LATE)
    task.refresh_from_db()
    assert (task.reminded_on, task.escalated_on) == (date(2025, 10, 9), LATE)
    tasks.refresh_due_dates(walk.case)
    task.refresh_from_db()
    assert task.escalated_on == LATE
    Term.objects.of_case(walk.case).open().update(due_on=LATE + timedelta(days=5))
    tasks.refresh_due_dates(walk.case)
    task.refresh_from_db()
    assert (task.reminded_on, task.escalated_on) == (None, None)
    assert reminders.remind(LATE + timedelta(days=4)) == 1
    assert reminders.escalate(LATE + timedelta(days=6)) == 1
