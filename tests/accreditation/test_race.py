"""FQ-2, design 4: of two who act at the same moment one wins, the other is told why."""

from datetime import date
from threading import Barrier

import pytest
from django.apps import apps
from viewflow.workflow.models import Task as EngineTask

from accreditation.models import Application, AssessorSheet, Standard
from accreditation.models.loading import load_standard
from audit.models import Entry
from audit.verification import verify
from documents.models import Paper
from permissions.roles import Role
from tests import factories
from tests.accreditation.steps import Walk
from tests.at_once import at_once
from workflows import operations, reminders
from workflows.door import open_case, perform
from workflows.models.notices import Notice
from workflows.models.tasks import Task
from workflows.operations import guard
from workflows.refusals import Refusal, RefusedByLaw, RefusedByRace, RefusedByState
from workflows.signatures import prove

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def standard(transactional_db):
    """Load the default again: the flush of another transactional test took it away."""
    return Standard.objects.first() or load_standard(apps.get_model)


def test_fq2_two_openings_at_once_give_one_application(standard, people, tree):
    def opening():
        return open_case(
            Application, by=type(people.chief).objects.get(pk=people.chief.pk),
            unit=tree.station, title="创建", standard=standard, batch_year=2025,
        )  # fmt: skip

    answers = at_once(opening, opening)
    assert {type(answer) for answer in answers} == {Application, RefusedByLaw}
    assert Application.objects.count() == 1


def test_two_reviewers_at_once_accept_one_application_once(standard, people, tree, clock):
    case = Walk(people, tree, clock).before("accept")
    answers = at_once(
        lambda: perform(case, "accept", by=people.reviewer),
        lambda: perform(case, "accept", by=people.second_reviewer),
    )
    won = [answer for answer in answers if isinstance(answer, Application)]
    lost = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(won) == len(lost) == 1
    assert isinstance(lost[0], RefusedByRace | RefusedByState)
    assert "受理" in lost[0].message


def test_fq6_two_assessors_at_once_both_stay(standard, people, tree, clock):
    walk = Walk(people, tree, clock)
    case = walk.before("submit_sheet")
    walks = [Walk(people, tree, clock) for _ in range(2)]
    for each in walks:
        each.case = case
    answers = at_once(
        lambda: walks[0].sheet(people.assessor_a), lambda: walks[1].sheet(people.assessor_b)
    )
    assert all(isinstance(answer, Application) for answer in answers)
    assert AssessorSheet.objects.count() == 2
    assert Application.objects.get().assessors_without_sheet() == []


def test_fq6_of_two_decisions_at_once_one_stands_and_the_other_is_told_whose(
    standard, people, tree, clock
):
    """Two who may decide press at the same moment, one for and one against: nothing twice."""
    case = Walk(people, tree, clock).before("recommend")
    factories.make_post(people.director, Role.PARTY_SECRETARY, tree.bureau)
    decision = {"meeting": "第9次局党组会议", "decision": "经研究决定。"}
    answers = at_once(
        lambda: perform(
            case,
            "recommend",
            by=people.secretary,
            **decision,
            proof=prove(case, "recommend", by=people.secretary, factors="口令"),
        ),
        lambda: perform(
            case,
            "decline_recommendation",
            by=people.director,
            **decision,
            proof=prove(case, "decline_recommendation", by=people.director, factors="口令"),
        ),
    )
    (lost,) = [answer for answer in answers if isinstance(answer, Refusal)]
    (won,) = [answer for answer in answers if isinstance(answer, Application)]
    winner = (people.secretary, people.director)[answers.index(won)]
    stored = Application.objects.get()
    assert isinstance(lost, RefusedByRace)
    assert winner.full_name in lost.message
    assert stored.state == won.state in {"recommended", "not_recommended"}
    (done,) = Task.objects.of_case(case).filter(node="decide")
    assert (done.state, done.closed_by) == ("done", winner)
    assert (
        EngineTask.objects.filter(process=stored.process, flow_task__contains="decide").count() == 1
    )
    assert Paper.objects.of(case).filter(kind="accreditation.county_opinion").count() == 1
    assert outcomes(case, "推荐", "不予推荐") == ["done", "refused"]
    assert verify().faults == []


def outcomes(case, *labels):
    """Return the outcomes of the entries with these labels, in order."""
    found = Entry.objects.of_subject(case).filter(label__in=labels)
    return sorted(found.values_list("outcome", flat=True))


def race_to_claim(people, case):
    """Let both reviewers claim the case's task at the same moment."""
    task = Task.objects.of_case(case).open().get()
    return task, at_once(
        lambda: operations.claim(task, by=people.reviewer),
        lambda: operations.claim(task, by=people.second_reviewer),
    )


def test_of_two_who_claim_at_once_one_has_the_task_and_the_other_is_told_who(
    standard, people, tree, clock
):
    case = Walk(people, tree, clock).before("accept")
    for number in range(1, 4):
        task, answers = race_to_claim(people, case)
        (lost,) = [answer for answer in answers if isinstance(answer, RefusedByRace)]
        holder = Task.objects.get(pk=task.pk).holder
        assert holder == (people.second_reviewer, people.reviewer)[answers.index(lost)]
        assert lost.message == f"该件已由{holder.full_name}签收。"
        assert outcomes(case, "签收") == ["done"] * number + ["refused"] * number
        operations.release(task, by=holder, reason="重来")


@pytest.mark.parametrize(
    ("day", "duty"), [(date(2025, 10, 9), "remind"), (date(2025, 10, 11), "escalate")]
)
def test_two_clocks_at_once_send_one_notice(standard, people, tree, clock, day, duty):
    Walk(people, tree, clock).to("apply")
    clock.stand_at(day)
    send = getattr(reminders, duty)
    assert sorted(at_once(lambda: send(day), lambda: send(day))) == [0, 1]
    assert Notice.objects.count() == 1


@pytest.mark.row_locks
def test_without_the_lock_both_would_have_the_task(standard, people, tree, clock, monkeypatch):
    case = Walk(people, tree, clock).before("accept")
    ask, both_have_asked = guard._ask, Barrier(2)

    def ask_and_wait(scene):
        ask(scene)
        both_have_asked.wait(10)

    monkeypatch.setattr(guard, "locked", lambda case: type(case).objects.get(pk=case.pk))
    monkeypatch.setattr(guard, "_ask", ask_and_wait)
    _, answers = race_to_claim(people, case)
    assert [type(answer) for answer in answers] == [Task, Task]
