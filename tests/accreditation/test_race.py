"""FQ-2, design 4: of two who act at the same moment one wins, the other is told why."""

from threading import Barrier, Thread

import pytest
from django.apps import apps
from django.db import close_old_connections, connection

from accreditation.models import Application, AssessorSheet, Standard
from accreditation.models.loading import load_standard
from tests.accreditation.steps import Walk
from workflows.door import open_case, perform
from workflows.refusals import Refusal, RefusedByLaw, RefusedByRace, RefusedByState

pytestmark = [pytest.mark.row_locks, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def standard(transactional_db):
    """Load the default again: the flush of another transactional test took it away."""
    return Standard.objects.first() or load_standard(apps.get_model)


def at_once(*calls):
    """Run the calls in threads that start together; return what each gave or raised."""
    answers, start = [None] * len(calls), Barrier(len(calls))

    def run(place, call):
        close_old_connections()
        start.wait()
        try:
            answers[place] = call()
        except Refusal as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


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
