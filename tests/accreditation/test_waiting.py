"""FQ-8, FQ-12: a floor, and a term of somebody else, is no due date of who must wait for it."""

from datetime import date

import pytest
from django.urls import reverse

from tests.access.world import enter
from tests.accreditation.test_title import Register
from workflows import reminders
from workflows.models.notices import Notice
from workflows.models.tasks import NO_DUE_DATE, Task

OPENS = date(2025, 10, 11)


@pytest.fixture
def register(walk):
    """A title that was conferred; the clock stands at 2026-09-01."""
    return Register(walk)


def waiting(case):
    """Return the one open task of the case."""
    return Task.objects.of_case(case).open().get()


def inbox(person, **asked):
    """Return the in-box as the person sees it."""
    return enter(person).get(reverse("workflows:inbox_tab", args=["todo"]), asked)


def test_fq8_a_task_under_publicity_carries_the_first_day_on_which_it_is_allowed(walk):
    task = waiting(walk.to("publish_county"))
    assert (task.due_on, task.opens_on, task.sorts_on) == (None, OPENS, OPENS)


def test_fq8_the_in_box_and_the_case_say_from_which_day(walk):
    case = walk.to("publish_county")
    for day in (date(2025, 10, 10), OPENS, date(2025, 10, 20)):
        walk.clock.stand_at(day)
        answer = inbox(walk.people.reviewer)
        page = answer.content.decode()
        assert "2025年10月11日起方可办理" in page
        assert "light-red" not in page and "今日到期" not in page
        counts = answer.context["counts"]
        assert (counts["todo"], counts["overdue"], counts["soon"]) == (1, 0, 0)
        shown = enter(walk.people.reviewer).get(case.get_absolute_url()).content.decode()
        assert "2025年10月11日起方可办理" in shown
        assert "日前办结" not in shown


def test_fq8_no_filter_but_green_finds_it(walk):
    walk.to("publish_county")
    walk.clock.stand_at(date(2025, 10, 20))
    found = {
        light: len(inbox(walk.people.reviewer, light=light).context["page"].rows)
        for light in ("red", "yellow", "green")
    }
    assert found == {"red": 0, "yellow": 0, "green": 1}


def test_fq8_nobody_is_reminded_of_it_and_nobody_told_that_it_is_late(walk):
    walk.to("publish_county")
    Notice.objects.all().delete()
    assert reminders.remind(date(2025, 10, 10)) == 0
    assert reminders.escalate(date(2026, 6, 1)) == 0
    assert not Notice.objects.exists()


def test_a_deadline_is_still_one(walk):
    task = waiting(walk.to("apply"))
    assert (task.due_on, task.opens_on) == (date(2025, 10, 10), None)
    walk.clock.stand_at(OPENS)
    assert inbox(walk.people.reviewer).context["counts"]["overdue"] == 1


def test_fq12_the_leader_waits_for_the_statement_and_is_not_late(register):
    title = register.proposed()
    task = waiting(title)
    assert (task.role, task.due_on) == ("city_leader", None)
    assert task.opens_on is not None
    assert reminders.escalate(date(2030, 1, 1)) == 0


def test_fq12_once_the_station_was_heard_the_leader_may_decide_at_once(register):
    title = register.proposed()
    register.do("state_defence", register.people.chief, statement="困难")
    task = waiting(title)
    assert (task.due_on, task.opens_on, task.sorts_on) == (None, None, NO_DUE_DATE)
