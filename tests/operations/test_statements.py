"""How many statements acts and pages take: what costs each official's click is not to creep up."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from viewflow.workflow import STATUS
from viewflow.workflow.models import Task as EngineTask

from tests.rehearsal.making import Rehearsing
from workflows import tasks
from workflows.flows import runs

MOVE, VOTE, PAGE = 19, 9, 6


def statements(asked: CaptureQueriesContext) -> list[str]:
    """Return what was asked, savepoints of the test's own transaction left out."""
    told = [query["sql"] for query in asked.captured_queries]
    return [sql for sql in told if "SAVEPOINT" not in sql]


def test_an_act_that_moves_the_case_on(rehearsal: Rehearsing) -> None:
    rehearsal.to_check()
    with CaptureQueriesContext(connection) as asked:
        rehearsal.do("opine", rehearsal.people.reviewer, opinion="同意。")
    assert len(statements(asked)) <= MOVE  # through a split, to one person and to three


def test_an_act_after_which_others_must_still_speak(rehearsal: Rehearsing) -> None:
    rehearsal.to_branches()
    with CaptureQueriesContext(connection) as asked:
        rehearsal.do("support", rehearsal.panel[0])
    assert len(statements(asked)) <= VOTE


def test_the_first_page_of_the_in_box(rehearsal: Rehearsing, signed_in: Any) -> None:
    rehearsal.to_check()
    client, address = signed_in(rehearsal.people.reviewer), reverse("workflows:inbox")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert "演练合同审查" in client.get(address).content.decode()
    assert len(statements(asked)) <= PAGE


def test_what_a_move_passes_is_stored_as_it_ended_and_knows_where_it_came_from(
    rehearsal: Rehearsing,
) -> None:
    rehearsal.to_branches()
    process = rehearsal.fresh().process_id
    found = {run.flow_task.name: run for run in EngineTask.objects.filter(process_id=process)}
    assert (found["start"].status, found["split"].status) == (STATUS.DONE, STATUS.DONE)
    assert found["split"].finished is not None
    assert [run.pk for run in runs.before(found["review"])] == [found["check"].pk]
    assert [run.pk for run in runs.before(found["vote"])] == [found["check"].pk]
    assert runs.before(found["start"]) == []


def test_a_join_knows_every_branch(rehearsal: Rehearsing) -> None:
    rehearsal.to_decision()
    process = rehearsal.fresh().process_id
    found = {run.flow_task.name: run for run in EngineTask.objects.filter(process_id=process)}
    before = {run.flow_task.name for run in runs.before(found["join"])}
    assert before == {"review", "vote"}
    assert [run.pk for run in runs.before(found["decide"])] == [found["join"].pk]


def test_a_docket_tells_what_holds_at_that_moment(rehearsal: Rehearsing) -> None:
    rehearsal.to_check()
    reviewer, chief = rehearsal.people.reviewer, rehearsal.people.chief
    case = rehearsal.fresh()
    docket = tasks.docket(case, reviewer)
    assert [row.node for row in docket.rows] == ["check"]
    assert (docket.took_part, tasks.docket(case, chief).took_part) == (False, True)
    assert docket.has_terms is bool(case.due_on)
