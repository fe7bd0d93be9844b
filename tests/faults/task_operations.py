"""The operations on tasks and cases (流程操作) that are killed at every statement.

They are done on rehearsals: two cases at the first check, held by nobody, a panel of two.
"""

from typing import Any

from tests.faults.office import Office
from tests.faults.operations import Work, operation
from tests.rehearsal.models import Rehearsal
from workflows import operations
from workflows.door import perform
from workflows.models.operations import Copy, Proposal, Urging
from workflows.models.tasks import Task, TaskKind, TaskState
from workflows.operations.proposing import Wanted
from workflows.vocabulary import Operation


def case(place: int = 0) -> Rehearsal:
    """Return the first rehearsal, or the second."""
    return Rehearsal.objects.order_by("pk")[place]


def row(node: str = "check", **wanted: Any) -> Task:
    """Return the open row of a step of the first rehearsal."""
    rows = Task.objects.of_case(case()).open().filter(node=node, **wanted)
    return rows.order_by("pk")[0]


def by(name: str, act: str, **facts: Any) -> Work:
    """Let a person perform an act of the first rehearsal."""
    return lambda office: perform(case(), act, by=getattr(office.people, name), **facts)


def then(*works: Work) -> Work:
    """Let one thing be done after another."""

    def all_of_them(office: Office) -> None:
        for work in works:
            work(office)

    return all_of_them


def answered(name: str, kind: str = TaskKind.BEFORE) -> Work:
    """Let a person answer what he was asked."""
    return lambda office: operations.answer(
        row(kind=kind, holder=getattr(office.people, name)), by=getattr(office.people, name),
        opinion="同意。",
    )  # fmt: skip


checked = by("reviewer", "opine")
checked_by_the_other = by("second_reviewer", "opine")


def claims(office: Office) -> Any:
    """签收, for what follows it."""
    return operations.claim(row(), by=office.people.reviewer)


@operation("check", prepare=claims, go_on=checked_by_the_other)
def releases_a_task(office: Office) -> Any:
    """退签: give a claimed task back to its post."""
    return operations.release(row(), by=office.people.reviewer, reason="外出开会")


@operation("check", go_on=checked_by_the_other)
def declines_a_task(office: Office) -> Any:
    """拒签: the task is no longer offered to this candidate."""
    return operations.decline(row(), by=office.people.reviewer, reason="另有任务")


@operation("check", go_on=checked_by_the_other)
def transfers_a_task(office: Office) -> Any:
    """转办: the task goes to another person for good."""
    people = office.people
    return operations.transfer(
        row(), by=people.reviewer, reason="分工调整", person=people.second_reviewer
    )


@operation("check", go_on=then(answered("assessor_a", TaskKind.CONSULT), checked))
def asks_for_an_opinion(office: Office) -> Any:
    """委派（征求意见）: another is asked, the task waits for him."""
    people = office.people
    return operations.consult(row(), by=people.reviewer, reason="请核", person=people.assessor_a)


@operation("check", prepare=asks_for_an_opinion, go_on=checked)
def takes_a_question_back(office: Office) -> Any:
    """收回委派: the question ends, the task comes back."""
    return operations.recall_consult(row(kind=TaskKind.WORK), by=office.people.reviewer)


@operation("check", prepare=asks_for_an_opinion, go_on=checked)
def answers_a_question(office: Office) -> Any:
    """答复: the task goes back to who asked."""
    return answered("assessor_a", TaskKind.CONSULT)(office)


@operation("check", go_on=then(answered("assessor_a"), answered("assessor_b"), checked))
def adds_before(office: Office) -> Any:
    """前加签: two are asked first."""
    people = office.people
    return operations.add_before(
        row(), by=people.reviewer, reason="先看", people=[people.assessor_a, people.assessor_b]
    )


@operation("check", go_on=then(checked, answered("assessor_a", TaskKind.AFTER)))
def adds_after(office: Office) -> Any:
    """后加签: one more must agree before it takes effect."""
    people = office.people
    return operations.add_after(
        row(), by=people.reviewer, reason="后签", people=[people.assessor_a]
    )


@operation(
    "check", prepare=then(adds_after, checked), go_on=by("second_reviewer", "opine")
)  # fmt: skip
def agrees_after(office: Office) -> Any:
    """答复 of who signs after: the flow goes on, into both branches."""
    return answered("assessor_a", TaskKind.AFTER)(office)


@operation("branches", go_on=then(by("assessor_a", "support"), by("assessor_c", "support")))
def adds_alongside(office: Office) -> Any:
    """并加签: one more signs in the same round."""
    people = office.people
    return operations.add_alongside(
        row("vote", holder=people.assessor_a), by=people.assessor_a, reason="一并",
        person=people.assessor_c,
    )  # fmt: skip


@operation(
    "branches", prepare=adds_alongside,
    go_on=then(by("assessor_a", "support"), by("assessor_b", "support")),
)  # fmt: skip
def removes_a_signer(office: Office) -> Any:
    """减签: who was added signs no more."""
    people = office.people
    return operations.remove_signer(
        row("vote", holder=people.assessor_c), by=people.assessor_a, reason="不必"
    )


@operation("branches", go_on=by("assessor_b", "support"))
def votes(office: Office) -> Any:
    """会签: a first vote, of which nothing follows yet."""
    return by("assessor_a", "support")(office)


@operation("last_vote", go_on=by("deputy", "conclude"))
def votes_as_the_last(office: Office) -> Any:
    """会签: the last vote decides, the branches meet, the deputy is asked."""
    return by("assessor_b", "support")(office)


@operation("last_vote", go_on=then(by("assessor_b", "support"), by("assessor_a", "support")))
def takes_a_vote_back(office: Office) -> Any:
    """收回: one's own vote while the step is open."""
    people = office.people
    voted = Task.objects.of_case(case()).get(node="vote", closed_by=people.assessor_a)
    return operations.take_back(voted, by=people.assessor_a, reason="漏写")


@operation("branches", go_on=checked)
def takes_a_decision_back(office: Office) -> Any:
    """收回: both branches that were opened are closed again."""
    done = Task.objects.of_case(case()).get(node="check", state=TaskState.DONE)
    return operations.take_back(done, by=office.people.reviewer, reason="漏写")


def sent_back(node: str, to: str, *, direct: bool) -> Work:
    """Send the first rehearsal back."""
    return lambda office: operations.send_back(
        row(node), by=office.people.reviewer, reason="补充", to=to, direct=direct
    )


@operation("branches", go_on=checked)
def sends_back_stepwise(office: Office) -> Any:
    """退回，逐级重走: out of one of two branches."""
    return sent_back("review", "check", direct=False)(office)


@operation("branches", go_on=checked)
def sends_back_directly(office: Office) -> Any:
    """退回，改后直达: it will come straight back."""
    return sent_back("review", "check", direct=True)(office)


@operation(
    "branches", prepare=sent_back("review", "check", direct=True), go_on=by("reviewer", "opine")
)
def comes_straight_back(office: Office) -> Any:
    """改后直达: who had sent it back has it again."""
    return checked(office)


@operation("check", go_on=by("chief", "submit"))
def sends_back_to_the_draft(office: Office) -> Any:
    """退回 with the act by which the law follows."""
    return sent_back("check", "draft", direct=True)(office)


def resumes_case(office: Office) -> Any:
    """恢复, for what follows it."""
    return operations.resume(case(), by=office.people.reviewer, reason="继续办理")


@operation("branches", go_on=then(resumes_case, by("assessor_a", "support")))
def suspends_a_case(office: Office) -> Any:
    """挂起: nothing can be done, the terms run on."""
    return operations.suspend(case(), by=office.people.reviewer, reason="等待补件")


@operation("branches", prepare=suspends_a_case, go_on=by("assessor_a", "support"))
def resumes_a_case(office: Office) -> Any:
    """恢复 of what was suspended."""
    return resumes_case(office)


@operation("branches", go_on=then(resumes_case, by("assessor_a", "support")))
def stays_a_case(office: Office) -> Any:
    """中止: the terms stop, a notice is issued."""
    return operations.stay(
        case(), by=office.people.reviewer, reason="等待判决", law="行政处罚法第六十七条"
    )


@operation("branches", prepare=stays_a_case, go_on=by("assessor_a", "support"))
def resumes_a_stayed_case(office: Office) -> Any:
    """恢复 of what was stayed: the terms run on, a notice is issued."""
    return resumes_case(office)


def proposed(wanted: Operation, target: str = "") -> Work:
    """Propose what another must confirm."""

    def work(office: Office) -> Proposal:
        task = row("decide") if target else None
        return operations.propose(
            case(), Wanted(wanted, "确有必要", task, target), by=office.people.reviewer
        )

    return work


def confirmed(office: Office) -> Proposal:
    """Confirm it."""
    proposal = Proposal.objects.get(state=Proposal.State.OPEN)
    return operations.confirm(proposal, by=office.people.deputy)


@operation("branches", go_on=confirmed)
def proposes_the_termination(office: Office) -> Any:
    """提请终止: nothing happens yet; the leader is asked."""
    return proposed(Operation.TERMINATE)(office)


@operation("branches", prepare=proposed(Operation.TERMINATE), go_on=proposed(Operation.REOPEN))
def confirms_the_termination(office: Office) -> Any:
    """确认终止: every open task ends with the case."""
    return confirmed(office)


@operation(
    "branches", prepare=then(proposed(Operation.TERMINATE), confirmed, proposed(Operation.REOPEN)),
    go_on=by("assessor_a", "support"),
)  # fmt: skip
def confirms_the_reopening(office: Office) -> Any:
    """确认恢复办理: the case goes on where it stood."""
    return confirmed(office)


@operation("branches", prepare=proposed(Operation.VOID), go_on=lambda office: None)
def confirms_the_voiding(office: Office) -> Any:
    """确认作废: the number is voided with the case."""
    return confirmed(office)


@operation(
    "last_vote",
    prepare=then(by("assessor_b", "support"), proposed(Operation.REPOSITION, "check")),
    go_on=checked,
)  # fmt: skip
def confirms_the_repositioning(office: Office) -> Any:
    """确认重定位: the token moves to another step."""
    return confirmed(office)


@operation("branches", prepare=proposed(Operation.TERMINATE), go_on=by("assessor_a", "support"))
def rejects_a_proposal(office: Office) -> Any:
    """不同意: nothing else happens."""
    proposal = Proposal.objects.get(state=Proposal.State.OPEN)
    return operations.reject(proposal, by=office.people.deputy, answer="不必")


@operation("check", prepare=claims, go_on=checked)
def urges(office: Office) -> Any:
    """催办: the holder is told."""
    return operations.urge(row(), by=office.people.chief, reason="请尽快")


@operation("check", prepare=then(claims, urges), go_on=checked)
def answers_an_urging(office: Office) -> Any:
    """答复催办: who urged is told."""
    return operations.answer_urging(Urging.objects.get(), by=office.people.reviewer, answer="明日")


@operation("check", go_on=checked)
def copies(office: Office) -> Any:
    """抄送: two readers, each with a narrow right to see."""
    people = office.people
    return operations.copy(
        row(), by=people.reviewer, reason="请阅", people=[people.assessor_c, people.secretary]
    )


def writes(office: Office) -> Any:
    """Write an opinion on a copy."""
    return operations.write_on_copy(
        Copy.objects.get(), by=office.people.secretary, opinion="已阅。"
    )


@operation("check", go_on=writes)
def circulates(office: Office) -> Any:
    """传阅: the reader may write an opinion."""
    people = office.people
    return operations.circulate(row(), by=people.reviewer, reason="请阅", people=[people.secretary])


@operation("check", prepare=circulates, go_on=writes)
def reads_a_copy(office: Office) -> Any:
    """已阅: noted once."""
    return operations.read_copy(Copy.objects.get(), by=office.people.secretary)


@operation("check", prepare=circulates, go_on=checked)
def writes_on_a_copy(office: Office) -> Any:
    """填写传阅意见: the case does not wait for it."""
    return writes(office)


@operation("check", prepare=circulates, go_on=checked)
def withdraws_a_copy(office: Office) -> Any:
    """撤回抄送: the right to see goes with it."""
    return operations.withdraw_copy(Copy.objects.get(), by=office.people.reviewer)


def does_the_rest(office: Office) -> None:
    """Do in a batch what a death has left of it."""
    left = list(Task.objects.open().filter(node="check").order_by("pk"))
    if left:
        operations.perform_batch(left, "opine", by=office.people.reviewer, opinion="同意。")


@operation("check", go_on=does_the_rest, in_one=False)
def does_a_batch(office: Office) -> None:
    """批量办理: two tasks, each a transaction of its own."""
    does_the_rest(office)


def holds_both(office: Office) -> None:
    """Let one person hold the tasks of both rehearsals."""
    for task in Task.objects.open().filter(node="check").order_by("pk"):
        operations.claim(task, by=office.people.reviewer)


@operation("check", prepare=holds_both, go_on=checked_by_the_other)
def hands_over(office: Office) -> Any:
    """移交: two tasks go to the successor in one batch."""
    people = office.people
    return operations.hand_over(
        people.reviewer, people.second_reviewer, by=people.director, reason="调离"
    )
