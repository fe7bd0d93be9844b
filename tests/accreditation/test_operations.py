"""What suits accreditation of the operations: returns in both modes, stand-in, closing early."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accreditation.lifecycle.states import State
from accreditation.models import Application
from accreditation.rules import terms as t
from documents.models import Number, Paper
from permissions import standing_in
from permissions.standing_in import Arrangement
from tests.accreditation.steps import Walk
from workflows import operations, terms
from workflows.models.tasks import Task
from workflows.operations.proposing import Wanted
from workflows.refusals import RefusedByPerson, RefusedByRace, RefusedByState
from workflows.vocabulary import Operation

TODAY = date(2025, 9, 26)


@pytest.fixture
def walk(people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> Walk:
    """Lead an application through the procedure."""
    return Walk(people, tree, clock)


def task_of(case: Any, node: str) -> Task:
    """Return the open task of a step."""
    return Task.objects.of_case(case).open().get(node=node)


def fresh(case: Any) -> Application:
    """Return the case as it now is."""
    return Application.objects.get(pk=case.pk)


def test_stepwise_the_station_goes_through_township_and_application_again(
    walk: Walk, people: SimpleNamespace
) -> None:
    """逐级重走 by "return_for_rework" (FQ-3): township and check begin anew."""
    case = walk.to("apply")
    operations.send_back(
        task_of(case, "check"), by=people.reviewer, reason="自评与台账不符", to="assess"
    )
    assert fresh(case).state == State.SELF_ASSESSING
    assert not terms.Term.objects.of_case(case).open().filter(code=t.FORMAL_CHECK.code).exists()
    walk.do("submit_self_assessment", people.chief, summary="重新自评。")
    assert fresh(case).state == State.TOWNSHIP_OPINION
    assert fresh(case).township_agrees is None
    walk.do("give_township_opinion", people.township_leader, township_opinion="同意。")
    walk.do("apply", people.chief)
    assert task_of(case, "check")


def test_directly_it_comes_back_to_the_county_and_gains_no_time(
    walk: Walk, people: SimpleNamespace
) -> None:
    """改后直达: the township's opinion stands, and the formal check's term runs on (FQ-6)."""
    case = walk.to("apply")
    due = terms.latest(case, t.FORMAL_CHECK).due_on  # type: ignore[union-attr]
    operations.send_back(
        task_of(case, "check"), by=people.reviewer, reason="补充说明", to="assess", direct=True
    )
    walk.do("submit_self_assessment", people.chief, summary="已补充。")
    assert fresh(case).state == State.APPLIED
    assert fresh(case).township_agrees
    assert task_of(case, "check").due_on == due
    assert task_of(case, "check").holder in {None, people.reviewer}
    walk.do("accept", people.reviewer)
    assert fresh(case).state == State.COUNTY_CHECK


def test_the_party_group_asks_for_the_score_again(walk: Walk, people: SimpleNamespace) -> None:
    """By "return_county_score" (FQ-6): confirmed anew, the earlier sheet is superseded."""
    case = walk.to("confirm_county_score")
    operations.send_back(
        task_of(case, "decide"), by=people.secretary, reason="差异说明不足", to="confirm"
    )
    assert fresh(case).state == State.COUNTY_CHECK
    walk.do("confirm_county_score", people.reviewer, settled={}, vetoes=())
    assert fresh(case).state == State.COUNTY_SCORED
    sheets = Paper.objects.of(case).filter(kind="accreditation.on_site_sheet")
    assert sorted(sheets.values_list("state", flat=True)).count(Paper.State.SUPERSEDED) == 1


def test_a_stand_in_of_the_leader_decides_in_his_name(walk: Walk, people: SimpleNamespace) -> None:
    """请假代理: the deputy appoints the assessors for the director who is away, ××代××."""
    case = walk.to("accept")
    wanted = Arrangement(people.deputy, people.director, TODAY, TODAY + timedelta(days=60), "学习")
    standing_in.arrange(wanted, by=people.deputy)
    walk.do("appoint_assessors", people.director, assessors=[people.assessor_a, people.assessor_b])
    done = Task.objects.of_case(case).get(node="appoint", state=Task.State.DONE)
    assert done.closed_by_name == "乐局长代乐副局"


def test_an_assessor_scores_himself(walk: Walk, people: SimpleNamespace) -> None:
    """FQ-6: the on-site sheet is reserved to the assessor; no substitute scores for him."""
    case = walk.to("appoint_assessors")
    wanted = Arrangement(
        people.assessor_a, people.assessor_c, TODAY, TODAY + timedelta(days=60), "病假",
        includes_waiting=True,
    )  # fmt: skip
    standing_in.arrange(wanted, by=people.assessor_a)
    with pytest.raises((RefusedByPerson, RefusedByRace)):
        walk.do("submit_sheet", people.assessor_c, observations={}, remarks={}, vetoes={})
    assert fresh(case).state == State.COUNTY_CHECK


@pytest.mark.parametrize(("operation", "state"), [("terminate", "terminated"), ("void", "voided")])
def test_an_application_is_ended_by_two_persons(
    walk: Walk, people: SimpleNamespace, operation: str, state: str
) -> None:
    """Both "terminate" and "void": the reviewer proposes, the deputy confirms; number kept."""
    case = walk.to("apply")
    with pytest.raises(RefusedByState):
        walk.do(operation, people.deputy)
    proposal = operations.propose(
        case, Wanted(Operation(operation), "重复申报"), by=people.reviewer
    )
    operations.confirm(proposal, by=people.deputy)
    assert fresh(case).state == state
    assert not Task.objects.of_case(case).open().exists()
    number = Number.objects.get(text=case.number)
    assert (number.state == Number.State.VOID) == (operation == "void")


def test_a_terminated_application_goes_on_where_it_was(walk: Walk, people: SimpleNamespace) -> None:
    """By "reopen" the formal check waits again and its term starts anew."""
    case = walk.to("apply")
    for operation in (Operation.TERMINATE, Operation.REOPEN):
        proposal = operations.propose(case, Wanted(operation, "误操作"), by=people.reviewer)
        operations.confirm(proposal, by=people.deputy)
    assert fresh(case).state == State.APPLIED
    assert task_of(case, "check").due_on
    walk.do("accept", people.reviewer)
    assert fresh(case).state == State.COUNTY_CHECK
