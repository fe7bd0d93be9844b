"""Faults that were seen in public systems, each with what ours does instead (operations.md 2).

Those that another test of this folder names in its first line are not repeated here.
"""

from typing import Any

import pytest
from django.urls import reverse

from audit.models import Entry, Outcome
from tests.rehearsal.making import Rehearsing
from workflows import operations
from workflows.models.operations import Copy
from workflows.models.tasks import Task, TaskState, Verdict
from workflows.operations.batch import MOST
from workflows.operations.proposing import Wanted
from workflows.operations.returning import MOST_RETURNS
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace, RefusedByState
from workflows.signing import Rule, Signing
from workflows.vocabulary import Operation


def test_no_operation_deletes_a_task(rehearsal: Any) -> None:
    """warm-flow's oneVoteVeto and RuoYi-Plus delete them; here each ends with its reason."""
    people = rehearsal.to_branches().people
    known = {row.pk for row in rehearsal.tasks()}
    mine = rehearsal.task("vote", people.assessor_a)
    operations.add_alongside(mine, by=people.assessor_a, reason="一并", person=people.director)
    known |= {row.pk for row in rehearsal.tasks()}
    operations.remove_signer(
        rehearsal.task("vote", people.director), by=people.assessor_a, reason="误加"
    )
    operations.send_back(rehearsal.task("review"), by=people.reviewer, reason="重审", to="check")
    wanted = Wanted(Operation.TERMINATE, "重复")
    proposal = operations.propose(rehearsal.case, wanted, by=people.reviewer)
    operations.confirm(proposal, by=people.deputy)
    rows = {row.pk: row for row in rehearsal.tasks()}
    assert known < set(rows)
    assert all(rows[key].closed_at for key in known)
    cancelled = [row for row in rows.values() if row.state == TaskState.CANCELLED]
    assert cancelled and all(row.close_reason for row in cancelled)


def test_nobody_ends_a_case_that_he_merely_knows_the_key_of(rehearsal: Any) -> None:
    """RuoYi-Plus' terminationTask loads by id only; here proposing and confirming ask who it is."""
    people = rehearsal.to_check().people
    wanted = Wanted(Operation.TERMINATE, "重复")
    for stranger in (people.other_chief, people.officer, people.assessor_a):
        with pytest.raises(RefusedByPerson):
            operations.propose(rehearsal.case, wanted, by=stranger)
    proposal = operations.propose(rehearsal.case, wanted, by=people.reviewer)
    for stranger in (people.other_chief, people.second_reviewer, people.reviewer):
        with pytest.raises(RefusedByPerson):
            operations.confirm(proposal, by=stranger)
    assert rehearsal.open_nodes()[0] == "check"


@pytest.mark.parametrize("verdict", [Verdict.AGREE, Verdict.DISAGREE])
def test_an_opinion_is_asked_for_whether_one_agrees_or_not(rehearsal: Any, verdict: str) -> None:
    """yudao checks it only on approval."""
    people = rehearsal.to_check().people
    operations.consult(
        rehearsal.task("check"), by=people.reviewer, reason="请答", person=people.director
    )
    asked = next(row for row in rehearsal.tasks(closed_at=None) if row.holder == people.director)
    with pytest.raises(RefusedByLaw, match="请填写意见"):
        operations.answer(asked, by=people.director, opinion=" ", verdict=verdict)


def test_what_an_act_does_not_name_stays_as_it_was(rehearsal: Any) -> None:
    """yudao: an empty form otherwise wipes what was told before."""
    people = rehearsal.to_check().people
    operations.send_back(rehearsal.task("check"), by=people.reviewer, reason="重来", to="draft")
    rehearsal.do("submit", people.chief)
    assert set(rehearsal.fresh().panel_list) == set(rehearsal.panel)


def test_the_second_click_changes_nothing_and_says_who_did_it(rehearsal: Any) -> None:
    """Double click: one row, one entry; the second is told that it is done."""
    people = rehearsal.to_decision().people
    rehearsal.do("conclude", people.deputy)
    entries, rows = Entry.objects.filter(outcome=Outcome.DONE).count(), Task.objects.count()
    with pytest.raises(RefusedByRace, match=r"该件已由乐副局于.*办理"):
        rehearsal.do("conclude", people.deputy)
    assert Entry.objects.filter(outcome=Outcome.DONE).count() == entries
    assert Task.objects.count() == rows


def test_a_ratio_counts_those_who_agreed_and_not_those_who_spoke() -> None:
    """yudao's ratio is of completed instances; warm-flow fails early above 100 − p as we do."""
    rule = Signing(Rule.VOTES, agree=("support",), percent=60)
    assert rule.result([Verdict.DISAGREE, Verdict.DISAGREE], 5) is None
    assert rule.result([Verdict.DISAGREE] * 3, 5) is False
    assert rule.result([Verdict.AGREE] * 3, 5) is True


def test_a_holder_of_the_step_itself_is_not_removed(rehearsal: Any) -> None:
    """warm-flow: at least one holder must remain; 减签 takes away only who was added."""
    people = rehearsal.to_branches().people
    for by in (people.assessor_b, people.deputy):
        with pytest.raises(RefusedByState, match="只能减去加签的人"):
            operations.remove_signer(
                rehearsal.task("vote", people.assessor_a), by=by, reason="多余"
            )


def test_nobody_who_was_added_before_adds_others(rehearsal: Any) -> None:
    """简道云 50054: no nesting; who only gives an opinion asks nobody else."""
    people = rehearsal.to_check().people
    operations.add_before(
        rehearsal.task("check"), by=people.reviewer, reason="先看", people=[people.director]
    )
    added = next(row for row in rehearsal.tasks(closed_at=None) if row.holder == people.director)
    with pytest.raises(RefusedByState, match="只提出意见，不能前加签"):
        operations.add_before(added, by=people.director, reason="你看", people=[people.secretary])


def test_the_first_owner_stays_over_every_hop(rehearsal: Any) -> None:
    """yudao ICJ153: the owner is set once; the hops are counted."""
    people = rehearsal.to_check().people
    for by, person in (
        (people.reviewer, people.second_reviewer), (people.second_reviewer, people.reviewer),
    ):  # fmt: skip
        operations.transfer(rehearsal.task("check"), by=by, reason="转", person=person)
    task = rehearsal.task("check")
    assert (task.holder, task.owner, task.hops) == (people.reviewer, people.reviewer, 2)
    operations.transfer(task, by=people.reviewer, reason="再转", person=people.second_reviewer)
    assert rehearsal.task("check").owner == people.reviewer


def test_a_hand_over_takes_what_is_on_hold_along(rehearsal: Any) -> None:
    """steedos#1073, steedos-platform#7151; caseflow#7496, where the on-hold ones stayed behind."""
    people = rehearsal.to_check().people
    operations.claim(rehearsal.task("check"), by=people.reviewer)
    operations.suspend(rehearsal.case, by=people.deputy, reason="等待答复")
    done = operations.hand_over(
        people.reviewer, people.second_reviewer, by=people.deputy, reason="调离"
    )
    assert [task.node for task in done.moved] == ["check"]
    operations.resume(rehearsal.case, by=people.deputy, reason="已答复")
    rehearsal.do("opine", people.second_reviewer)


def test_a_step_sent_back_is_done_by_a_person_again(rehearsal: Any) -> None:
    """yudao's RETURN_FLAG: the same person did it before, and yet nothing skips it for him."""
    people = rehearsal.to_branches().people
    operations.send_back(rehearsal.task("review"), by=people.reviewer, reason="重审", to="check")
    assert rehearsal.open_nodes() == ["check"]
    assert rehearsal.task("check").state == TaskState.CLAIMED


def test_who_was_sent_a_copy_urges_nobody(rehearsal: Any) -> None:
    """steedos#1531: urging is no right of a reader; nor does he take part in the case."""
    people = rehearsal.to_check().people
    operations.copy(
        rehearsal.task("check"), by=people.reviewer, reason="请阅", people=[people.other_chief]
    )
    with pytest.raises(RefusedByPerson, match="催办由发起人"):
        operations.urge(rehearsal.task("check"), by=people.other_chief, reason="快")


def test_what_circulates_is_marked_until_it_is_read(rehearsal: Any, signed_in: Any) -> None:
    """steedos-platform#4951: the case says 传阅中; the reader's look ends it."""
    people = rehearsal.to_check().people
    operations.circulate(
        rehearsal.task("check"), by=people.reviewer, reason="请阅", people=[people.director]
    )
    page = signed_in(people.reviewer)
    assert "（传阅中）" in page.get(rehearsal.case.get_absolute_url()).content.decode()
    operations.read_copy(Copy.objects.get(reader=people.director), by=people.director)
    assert "（传阅中）" not in page.get(rehearsal.case.get_absolute_url()).content.decode()


def test_a_batch_is_of_one_step_and_leaves_out_what_waits_for_others(
    rehearsal: Any, tree: Any
) -> None:
    """steedos#1385: filtered by one step, a hundred at most; 简道云 50063: no 加签-ed task."""
    people = rehearsal.to_check().people
    other = Rehearsing(people, tree).to_branches()
    check = rehearsal.task("check")
    for chosen, why in (
        ([check, other.task("review")], "同一环节"), ([check] * (MOST + 1), f"最多办理{MOST}件"),
    ):  # fmt: skip
        with pytest.raises(RefusedByLaw, match=why):
            operations.perform_batch(chosen, "opine", by=people.reviewer, opinion="同意。")
    operations.add_after(check, by=people.reviewer, reason="后签", people=[people.director])
    (result,) = operations.perform_batch([check], "opine", by=people.reviewer, opinion="同意。")
    assert (result.done, result.message) == (False, "该件有加签，请单独办理。")


def test_what_was_decided_in_a_batch_is_not_taken_back(
    rehearsal: Any, tree: Any, signed_in: Any
) -> None:
    """steedos#1890, 一键核准; the same step decided by itself is, and the page tells both."""
    people = rehearsal.to_check().people
    alone = Rehearsing(people, tree).to_branches()
    (result,) = operations.perform_batch(
        [rehearsal.task("check")], "opine", by=people.reviewer, opinion="同意。"
    )
    (done,) = rehearsal.tasks("check")
    assert (result.done, done.state, done.in_batch) == (True, TaskState.DONE, True)
    with pytest.raises(RefusedByState, match="“初审”是批量办理的，不能收回"):
        operations.take_back(done, by=people.reviewer, reason="漏看一条")
    assert rehearsal.open_nodes() == ["review", "vote", "vote", "vote"]
    page = signed_in(people.reviewer)
    told = page.get(rehearsal.case.get_absolute_url()).content.decode()
    assert "“初审”是批量办理的，不能收回；需要更正的，请下一环节退回。" in told
    other = alone.tasks("check")[0]
    taking_back = [
        reverse("workflows:operation", args=[row.uuid, "take_back"]) for row in (done, other)
    ]
    assert taking_back[0] not in told
    told = page.get(alone.case.get_absolute_url()).content.decode()
    assert taking_back[1] in told
    assert "是批量办理的" not in told


def test_who_typed_the_address_of_taking_back_is_told_why(rehearsal: Any, signed_in: Any) -> None:
    """steedos#1890 through the pages: the batch of the in-box bars as the function does."""
    people = rehearsal.to_check().people
    page = signed_in(people.reviewer)
    ticked = {"task": [rehearsal.task("check").uuid], "act": "opine", "opinion": "同意。"}
    assert page.post(reverse("workflows:batch"), ticked).status_code == 200
    (done,) = rehearsal.tasks("check")
    where = reverse("workflows:operation", args=[done.uuid, "take_back"])
    answer = page.post(where, {"reason": "漏看"}, follow=True)
    assert "是批量办理的，不能收回" in answer.content.decode()
    assert rehearsal.open_nodes() == ["review", "vote", "vote", "vote"]


def test_a_later_round_decided_by_itself_is_taken_back(rehearsal: Any) -> None:
    """steedos#1890: what was decided in the batch is barred, not the step for ever."""
    people = rehearsal.to_check().people
    check = rehearsal.task("check")
    operations.perform_batch([check], "opine", by=people.reviewer, opinion="同意。")
    operations.send_back(rehearsal.task("review"), by=people.reviewer, reason="漏看", to="check")
    rehearsal.do("opine", people.reviewer)
    first, second = rehearsal.tasks("check")
    assert (first.in_batch, second.in_batch) == (True, False)
    operations.take_back(second, by=people.reviewer, reason="再看")
    assert rehearsal.open_nodes() == ["check"]


def test_a_batch_treats_each_item_as_its_holder_would(rehearsal: Any, tree: Any) -> None:
    """y9 forbids 退回 of a batch while something in it is unclaimed; here each has its result.

    What is free is claimed with the act, what another claimed is refused with his name.
    """
    people = rehearsal.people
    cases = [rehearsal, Rehearsing(people, tree), Rehearsing(people, tree)]
    free, mine, other = [each.to_check().task("check") for each in cases]
    operations.claim(mine, by=people.reviewer)
    operations.claim(other, by=people.second_reviewer)
    results = operations.perform_batch(
        [free, mine, other], "opine", by=people.reviewer, opinion="同意。"
    )
    assert [result.done for result in results] == [True, True, False]
    assert results[2].message == "该件已由乐复核签收，正在办理。"
    free, mine, other = [Task.objects.get(pk=row.pk) for row in (free, mine, other)]
    assert (free.holder, free.state, free.in_batch) == (people.reviewer, TaskState.DONE, True)
    assert (mine.holder, mine.state) == (people.reviewer, TaskState.DONE)
    assert (other.holder, other.state) == (people.second_reviewer, TaskState.CLAIMED)
    assert not other.in_batch


def test_two_do_not_return_a_case_to_each_other_for_ever(rehearsal: Any, signed_in: Any) -> None:
    """y9 hides 退回 after ROLLBACK, TAKEBACK, REPOSITION; here it is counted and then refused.

    The fourth time the page tells why, and what he typed stays.
    """
    people = rehearsal.to_branches().people
    reviewer = people.reviewer
    for _ in range(MOST_RETURNS.default):
        operations.send_back(rehearsal.task("review"), by=reviewer, reason="再改", to="check")
        rehearsal.do("opine", reviewer)
    where = reverse("workflows:operation", args=[rehearsal.task("review").uuid, "send_back"])
    typed = {"to": "check", "mode": "stepwise", "reason": "第四次退回"}
    answer = signed_in(reviewer).post(where, typed)
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "本环节已退回3次，不能再退回，请作出决定。" in told
    assert "第四次退回" in told
    assert "review" in rehearsal.open_nodes()


def test_who_got_a_case_back_may_send_it_further(rehearsal: Any) -> None:
    """y9 after ROLLBACK: the fault lies before him, so the case goes on to where it was made."""
    people = rehearsal.to_branches().people
    operations.send_back(rehearsal.task("review"), by=people.reviewer, reason="重审", to="check")
    operations.send_back(rehearsal.task("check"), by=people.reviewer, reason="重写", to="draft")
    assert rehearsal.open_nodes() == ["draft"]
    states = [row.state for row in rehearsal.tasks(state=TaskState.RETURNED)]
    assert len(states) == 2


def test_who_took_back_may_send_back_and_it_counts(rehearsal: Any) -> None:
    """y9 after TAKEBACK: nobody had begun, so he decides anew, even 退回; the limit stays."""
    people = rehearsal.to_check().people
    reviewer = people.reviewer
    for _ in range(MOST_RETURNS.default):
        rehearsal.do("opine", reviewer)
        done = rehearsal.tasks("check", state=TaskState.DONE)[-1]
        operations.take_back(done, by=reviewer, reason="应当退回")
        operations.send_back(rehearsal.task("check"), by=reviewer, reason="重写", to="draft")
        assert rehearsal.open_nodes() == ["draft"]
        rehearsal.do("submit", people.chief)
    rehearsal.do("opine", reviewer)
    done = rehearsal.tasks("check", state=TaskState.DONE)[-1]
    operations.take_back(done, by=reviewer, reason="应当退回")
    with pytest.raises(RefusedByLaw, match="本环节已退回3次，不能再退回，请作出决定"):
        operations.send_back(rehearsal.task("check"), by=reviewer, reason="重写", to="draft")
    assert rehearsal.open_nodes() == ["check"]


def test_what_was_returned_is_not_taken_back_to_return_it_again(rehearsal: Any) -> None:
    """y9 after TAKEBACK: 退回 itself is nothing that one takes back; the receiver has it."""
    people = rehearsal.to_branches().people
    sent = operations.send_back(
        rehearsal.task("review"), by=people.reviewer, reason="重审", to="check"
    )
    with pytest.raises(RefusedByState, match="已经办结且仍然有效"):
        operations.take_back(sent, by=people.reviewer, reason="反悔")
    assert rehearsal.open_nodes() == ["check"]


def test_after_repositioning_the_case_may_be_sent_back(rehearsal: Any) -> None:
    """y9 after REPOSITION: two persons put it there, yet its holder sees what is missing."""
    people = rehearsal.to_check().people
    wanted = Wanted(Operation.REPOSITION, "误送", rehearsal.task("check"), "decide")
    proposal = operations.propose(rehearsal.case, wanted, by=people.reviewer)
    operations.confirm(proposal, by=people.deputy)
    assert rehearsal.open_nodes() == ["decide"]
    operations.send_back(rehearsal.task("decide"), by=people.deputy, reason="缺材料", to="draft")
    assert rehearsal.open_nodes() == ["draft"]
