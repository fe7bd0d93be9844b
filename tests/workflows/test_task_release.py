"""Design 6: a claimed task goes back to its post (退签) by its holder alone, with a reason."""

from typing import Any

import pytest
from django.urls import reverse

from audit.models import Entry
from tests.accreditation.steps import Walk
from workflows import operations
from workflows.models.tasks import Task
from workflows.refusals import RefusedByLaw, RefusedByPerson


@pytest.fixture
def task(people: Any, tree: Any, clock: Any) -> Task:
    """The formal check, claimed by the reviewer."""
    case = Walk(people, tree, clock).to("apply")
    return operations.claim(Task.objects.of_case(case).open().get(), by=people.reviewer)


def stored(task: Task) -> tuple[str, Any, Any]:
    """Return state, holder and moment of the claim as they are stored."""
    found = Task.objects.get(pk=task.pk)
    return found.state, found.holder, found.claimed_at


def test_the_holder_gives_back_and_the_reason_is_recorded(task: Task, people: Any) -> None:
    operations.release(task, by=people.reviewer, reason="出差")
    assert stored(task) == ("ready", None, None)
    entry = Entry.objects.of_subject(task.case).get(act="workflows.release")
    assert (entry.actor_name, entry.reason, entry.outcome) == ("乐审核", "出差", "done")
    assert operations.claim(task, by=people.second_reviewer).holder == people.second_reviewer


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_reason_nothing_is_given_back(task: Task, people: Any, reason: str) -> None:
    with pytest.raises(RefusedByLaw, match="退签原因"):
        operations.release(task, by=people.reviewer, reason=reason)
    assert stored(task)[1] == people.reviewer


@pytest.mark.parametrize("who", ["second_reviewer", "deputy", "chief"])
def test_nobody_else_gives_it_back(task: Task, people: Any, who: str) -> None:
    with pytest.raises(RefusedByPerson):
        operations.release(task, by=getattr(people, who), reason="代为退签")
    assert stored(task)[1] == people.reviewer


def test_what_was_given_by_name_stays(people: Any, tree: Any, clock: Any) -> None:
    case = Walk(people, tree, clock).to("appoint_assessors")
    task = Task.objects.of_case(case).open().get(holder=people.assessor_a)
    with pytest.raises(RefusedByLaw, match="本人办理"):
        operations.release(task, by=people.assessor_a, reason="太忙")
    assert stored(task)[1] == people.assessor_a


def test_what_is_done_is_not_given_back(task: Task, people: Any, signed_in: Any) -> None:
    browser = signed_in(people.reviewer)
    assert browser.post(reverse("workflows:act", args=["application", task.case_uuid, "accept"]))
    release = reverse("workflows:release", args=[task.uuid])
    assert browser.post(release, {"reason": "反悔"}).status_code == 403
    assert stored(task)[0] == "done"
