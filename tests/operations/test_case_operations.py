"""挂起、中止、终止、作废、恢复办理、重定位: two persons, both clocks, nothing deleted."""

from datetime import date, timedelta
from typing import Any

import pytest

from audit.models import Entry
from documents.models import Number, Paper
from tests.rehearsal.models import State
from workflows import operations
from workflows.models.operations import Proposal
from workflows.models.tasks import Task, TaskKind, TaskState
from workflows.models.terms import Term
from workflows.operations.proposing import Wanted
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace, RefusedByState
from workflows.vocabulary import Operation

MONDAY = date(2025, 10, 13)


def wanted(operation: Operation, **more: Any) -> Wanted:
    """Say what is proposed, with a reason."""
    return Wanted(operation, "误报，属重复申请", **more)


def test_nothing_can_be_done_while_suspended_and_the_clock_runs(rehearsal: Any) -> None:
    """挂起: open-zaak's flag has no effect at all; here every act and operation is refused."""
    rehearsal.to_check()
    people = rehearsal.people
    due = rehearsal.task("check").due_on
    operations.suspend(rehearsal.case, by=people.reviewer, reason="等待会议纪要")
    for attempt in (
        lambda: rehearsal.do("opine", people.reviewer),
        lambda: operations.claim(rehearsal.task("check"), by=people.reviewer),
        lambda: operations.send_back(
            rehearsal.task("check"), by=people.reviewer, reason="退", to="draft"
        ),
    ):
        with pytest.raises(RefusedByState, match="恢复后方可"):
            attempt()
    operations.resume(rehearsal.case, by=people.reviewer, reason="纪要已到")
    assert rehearsal.task("check").due_on == due
    rehearsal.do("opine", people.reviewer)


def test_a_stay_by_law_stops_the_clock_and_issues_a_paper(rehearsal: Any, clock: Any) -> None:
    """中止 (Caluma leaves the deadline): article, paper, a later end of the term (WD-15, WD-17)."""
    rehearsal.to_check()
    people = rehearsal.people
    due = rehearsal.task("check").due_on
    with pytest.raises(RefusedByLaw, match="依据"):
        operations.stay(rehearsal.case, by=people.reviewer, reason="等待法院判决", law="")
    operations.stay(rehearsal.case, by=people.reviewer, reason="等待法院判决", law="演练规定第八条")
    assert Term.objects.of_case(rehearsal.case).get().due_on is None
    assert Paper.objects.filter(kind="workflows.stay_notice").count() == 1
    clock.stand_at(MONDAY)
    operations.resume(rehearsal.case, by=people.reviewer, reason="判决已到")
    assert rehearsal.task("check").due_on > due
    assert Paper.objects.filter(kind="workflows.resumption_notice").count() == 1


def test_a_stranger_cannot_hold_a_case(rehearsal: Any) -> None:
    """Neither the station nor an assessor; the refusal is on record."""
    rehearsal.to_check()
    with pytest.raises(RefusedByPerson):
        operations.suspend(rehearsal.case, by=rehearsal.people.chief, reason="慢点")
    assert Entry.objects.filter(act="workflows.suspend", outcome="refused").count() == 1


def test_terminating_needs_a_second_person(rehearsal: Any) -> None:
    """终止: nothing happens before another confirms; the case has no result, its number stays."""
    rehearsal.to_branches()
    people = rehearsal.people
    proposal = operations.propose(rehearsal.case, wanted(Operation.TERMINATE), by=people.reviewer)
    assert rehearsal.fresh().state == State.RUNNING
    assert proposal.consent_task.kind in TaskKind.values
    assert Task.objects.get(pk=proposal.consent_task_id).kind == TaskKind.CONSENT
    assert Task.objects.awaiting(people.deputy, date(2025, 9, 26)).exists()
    for person in (people.reviewer, people.second_reviewer):
        with pytest.raises(RefusedByPerson):
            operations.confirm(proposal, by=person)
    operations.confirm(proposal, by=people.deputy, answer="同意。")
    assert rehearsal.fresh().state == State.TERMINATED
    assert rehearsal.open_nodes() == []
    assert Number.objects.get(text=rehearsal.case.number).state != Number.State.VOID
    entry = Entry.objects.filter(label="终止", outcome="done").get()
    assert (entry.actor_name, "乐审核" in entry.reason) == ("乐副局", True)
    with pytest.raises(RefusedByRace, match="乐副局"):
        operations.confirm(proposal, by=people.director)


def test_the_act_alone_does_not_terminate(rehearsal: Any) -> None:
    """The door knows the act only through its operation: one person is not enough."""
    rehearsal.to_branches()
    with pytest.raises(RefusedByState, match="须通过“终止”办理"):
        rehearsal.do("terminate", rehearsal.people.deputy)


def test_a_terminated_case_goes_on_where_it_was(rehearsal: Any, clock: Any) -> None:
    """恢复办理 (y9, Caluma): the same steps wait again, the terms start anew, counted once."""
    rehearsal.to_branches()
    people = rehearsal.people
    operations.confirm(
        operations.propose(rehearsal.case, wanted(Operation.TERMINATE), by=people.reviewer),
        by=people.deputy,
    )
    clock.stand_at(MONDAY)
    proposal = operations.propose(rehearsal.case, wanted(Operation.REOPEN), by=people.reviewer)
    operations.confirm(proposal, by=people.deputy)
    assert rehearsal.fresh().state == State.RUNNING
    assert sorted(rehearsal.open_nodes()) == ["review", "vote", "vote", "vote"]
    running = Term.objects.of_case(rehearsal.case).open().get()
    assert running.started_on == MONDAY
    rehearsal.do("opine", people.reviewer)
    for person in rehearsal.panel[:2]:
        rehearsal.do("support", person)
    rehearsal.do("conclude", people.deputy)
    assert rehearsal.fresh().state == State.DECIDED


def test_a_void_number_is_kept_and_marked(rehearsal: Any) -> None:
    """作废: the number is never used again, and a void case is not reopened."""
    rehearsal.to_check()
    people = rehearsal.people
    proposal = operations.propose(rehearsal.case, wanted(Operation.VOID), by=people.reviewer)
    operations.confirm(proposal, by=people.deputy)
    assert rehearsal.fresh().state == State.VOIDED
    assert Number.objects.get(text=rehearsal.case.number).state == Number.State.VOID
    with pytest.raises(RefusedByState, match="不能恢复办理"):
        operations.propose(rehearsal.case, wanted(Operation.REOPEN), by=people.reviewer)


def test_a_rejected_proposal_changes_nothing(rehearsal: Any) -> None:
    """A reason is needed; afterwards another may be proposed."""
    rehearsal.to_check()
    people = rehearsal.people
    proposal = operations.propose(rehearsal.case, wanted(Operation.VOID), by=people.reviewer)
    with pytest.raises(RefusedByRace, match="待确认"):
        operations.propose(rehearsal.case, wanted(Operation.VOID), by=people.second_reviewer)
    with pytest.raises(RefusedByLaw, match="理由"):
        operations.reject(proposal, by=people.deputy, answer="")
    operations.reject(proposal, by=people.deputy, answer="并非重复。")
    assert rehearsal.fresh().state == State.RUNNING
    assert rehearsal.open_nodes() == ["check"]
    assert Proposal.objects.get().state == Proposal.State.REJECTED


def test_repositioning_marks_what_was_skipped(rehearsal: Any) -> None:
    """重定位 (steedos#1632, abused there): a second person confirms; the step is marked skipped."""
    rehearsal.to_check()
    people = rehearsal.people
    task = rehearsal.task("check")
    proposal = operations.propose(
        rehearsal.case, wanted(Operation.REPOSITION, task=task, target="decide"),
        by=people.reviewer,
    )  # fmt: skip
    assert "check" in rehearsal.open_nodes()
    operations.confirm(proposal, by=people.deputy)
    assert rehearsal.open_nodes() == ["decide"]
    assert Task.objects.get(pk=task.pk).state == TaskState.SKIPPED
    rehearsal.do("refuse", people.director)


def test_repositioning_does_not_leap_over_the_law(rehearsal: Any) -> None:
    """Not to a step whose acts the legal state does not know."""
    rehearsal.to_check()
    with pytest.raises(RefusedByLaw, match="没有可以办理的行为"):
        operations.propose(
            rehearsal.case,
            wanted(Operation.REPOSITION, task=rehearsal.task("check"), target="draft"),
            by=rehearsal.people.reviewer,
        )


def test_a_held_case_ends_no_clock_twice(rehearsal: Any, clock: Any) -> None:
    """A term that ran out before the stay stays overdue: a stay gives no time back."""
    rehearsal.to_check()
    due = rehearsal.task("check").due_on
    clock.stand_at(due + timedelta(days=3))
    operations.stay(
        rehearsal.case, by=rehearsal.people.reviewer, reason="等待判决", law="演练规定第八条"
    )
    assert Term.objects.of_case(rehearsal.case).get().due_on == due
