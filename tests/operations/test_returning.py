"""退回 and 收回: across branches and countersigning, in both modes, and never more than allowed."""

from typing import Any

import pytest

from audit.models import Entry
from tests.rehearsal.models import State
from workflows import operations
from workflows.models.tasks import Draft, Task, TaskState
from workflows.models.terms import Term
from workflows.operations.returning import MOST_RETURNS
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace, RefusedByState


def test_a_branch_goes_back_before_the_split_and_its_sister_is_cancelled(rehearsal: Any) -> None:
    """yudao#668, #727, #867, #1018, flowable#3944: tokens between are removed, sisters' too."""
    rehearsal.to_branches()
    reviewer = rehearsal.people.reviewer
    sent = operations.send_back(
        rehearsal.task("review"), by=reviewer, reason="初审意见不完整", to="check"
    )
    assert sent.state == TaskState.RETURNED
    assert rehearsal.open_nodes() == ["check"]
    assert {row.state for row in rehearsal.tasks("vote")} == {TaskState.CANCELLED}
    assert all("退回" in row.close_reason for row in rehearsal.tasks("vote"))
    assert rehearsal.tasks("check")[0].is_void


def test_stepwise_goes_through_every_step_again(rehearsal: Any) -> None:
    """逐级重走: check, then both branches anew, with a new vote of all three."""
    rehearsal.to_branches()
    rehearsal.do("support", rehearsal.people.assessor_a)
    operations.send_back(
        rehearsal.task("review"), by=rehearsal.people.reviewer, reason="重审", to="check"
    )
    rehearsal.do("opine", rehearsal.people.reviewer)
    assert sorted(rehearsal.open_nodes()) == ["review", "vote", "vote", "vote"]
    first = rehearsal.tasks("vote", state=TaskState.DONE)[0]
    assert first.is_void
    assert first.verdict == "agree"


def test_directly_comes_back_to_who_returned_it_with_its_sisters(rehearsal: Any) -> None:
    """改后直达 (y9 sendToSender): from check straight back to both branches as they were."""
    rehearsal.to_branches()
    operations.send_back(
        rehearsal.task("review"), by=rehearsal.people.second_reviewer, reason="补充", to="check",
        direct=True,
    )  # fmt: skip
    rehearsal.do("opine", rehearsal.people.reviewer)
    assert sorted(rehearsal.open_nodes()) == ["review", "vote", "vote", "vote"]


def test_directly_from_the_decision_skips_the_steps_between(rehearsal: Any) -> None:
    """From the decision back to check and straight to the decision: the branches stay valid."""
    rehearsal.to_decision()
    operations.send_back(
        rehearsal.task("decide"), by=rehearsal.people.deputy, reason="补材料", to="check",
        direct=True,
    )  # fmt: skip
    assert rehearsal.open_nodes() == ["check"]
    rehearsal.do("opine", rehearsal.people.reviewer)
    assert rehearsal.open_nodes() == ["decide"]
    assert not any(row.is_void for row in rehearsal.tasks("vote", state=TaskState.DONE))
    rehearsal.do("conclude", rehearsal.people.deputy)
    assert rehearsal.fresh().state == State.DECIDED


def test_into_one_branch_leaves_the_other_as_it_is(rehearsal: Any) -> None:
    """From after the join back into one branch: the other branch is not asked again."""
    rehearsal.to_decision()
    operations.send_back(
        rehearsal.task("decide"), by=rehearsal.people.deputy, reason="复审不足", to="review"
    )
    assert rehearsal.open_nodes() == ["review"]
    rehearsal.do("opine", rehearsal.people.reviewer)
    assert rehearsal.open_nodes() == ["decide"]


def test_the_former_holder_gets_it_back_if_he_is_still_in_post(rehearsal: Any) -> None:
    """RuoYi-Plus asks history: the former holder gets it back; if he left, the post does."""
    rehearsal.to_branches()
    rehearsal.people.reviewer.posts.update(ends_on=rehearsal.case.opened_on.replace(day=1))
    operations.send_back(
        rehearsal.task("review"), by=rehearsal.people.second_reviewer, reason="重审", to="check"
    )
    assert rehearsal.task("check").holder is None
    rehearsal.do("opine", rehearsal.people.second_reviewer)
    operations.send_back(
        rehearsal.task("review"), by=rehearsal.people.second_reviewer, reason="再审", to="check"
    )
    assert rehearsal.task("check").holder == rehearsal.people.second_reviewer


def test_one_member_of_a_vote_returns_the_whole_step(rehearsal: Any) -> None:
    """会签 as source (steedos#1466, not y9's 减签): the whole step goes back, sisters cancelled."""
    rehearsal.to_branches()
    rehearsal.do("oppose", rehearsal.people.assessor_b)
    operations.send_back(
        rehearsal.task("vote", rehearsal.people.assessor_a), by=rehearsal.people.assessor_a,
        reason="材料不足", to="check",
    )  # fmt: skip
    assert rehearsal.open_nodes() == ["check"]


def test_the_law_goes_back_with_the_flow(rehearsal: Any) -> None:
    """Where the target lies in another legal state, the declared act is performed."""
    rehearsal.to_branches()
    operations.send_back(
        rehearsal.task("review"), by=rehearsal.people.reviewer, reason="重新起草", to="draft"
    )
    assert rehearsal.fresh().state == State.DRAFT
    assert rehearsal.open_nodes() == ["draft"]
    rehearsal.do("submit", rehearsal.people.chief)
    assert rehearsal.open_nodes() == ["check"]


def test_a_return_gives_the_office_no_more_time(rehearsal: Any) -> None:
    """The case clock runs on over a return (operations.md 2.5)."""
    rehearsal.to_branches()
    due = Term.objects.of_case(rehearsal.case).get().due_on
    operations.send_back(
        rehearsal.task("review"), by=rehearsal.people.reviewer, reason="重审", to="check"
    )
    assert Term.objects.of_case(rehearsal.case).get().due_on == due
    assert rehearsal.task("check").due_on == due


def test_only_what_was_really_done_is_offered(rehearsal: Any) -> None:
    """简道云 50041, 50070, 50073, yudao#982: not undone, not running now, not another branch's."""
    rehearsal.to_check()
    assert [target.node for target in operations.targets(rehearsal.task("check"))] == ["draft"]
    rehearsal.do("opine", rehearsal.people.reviewer)
    nodes = [target.node for target in operations.targets(rehearsal.task("review"))]
    assert nodes == ["check", "draft"]
    with pytest.raises(RefusedByState, match="确已办结"):
        operations.send_back(
            rehearsal.task("review"), by=rehearsal.people.reviewer, reason="跳", to="vote"
        )


def test_a_stranger_and_a_late_one_are_refused(rehearsal: Any) -> None:
    """Somebody of another post may not; who comes after the decision is told who was first."""
    rehearsal.to_branches()
    task = rehearsal.task("review")
    with pytest.raises(RefusedByPerson):
        operations.send_back(task, by=rehearsal.people.deputy, reason="不行", to="check")
    rehearsal.do("opine", rehearsal.people.reviewer)
    with pytest.raises(RefusedByRace, match="乐审核"):
        operations.send_back(task, by=rehearsal.people.second_reviewer, reason="晚了", to="check")
    assert Entry.objects.filter(act="workflows.send_back", outcome="refused").count() == 2


def test_a_reason_is_needed_and_returns_are_counted(rehearsal: Any) -> None:
    """No return without a reason, and not more often than the parameter allows."""
    rehearsal.to_branches()
    reviewer = rehearsal.people.reviewer
    with pytest.raises(RefusedByLaw, match="退回原因"):
        operations.send_back(rehearsal.task("review"), by=reviewer, reason=" ", to="check")
    for _ in range(MOST_RETURNS.default):
        operations.send_back(rehearsal.task("review"), by=reviewer, reason="再改", to="check")
        rehearsal.do("opine", reviewer)
    with pytest.raises(RefusedByLaw, match="已退回3次"):
        operations.send_back(rehearsal.task("review"), by=reviewer, reason="再改", to="check")


def test_an_act_of_returning_cannot_be_performed_alone(rehearsal: Any) -> None:
    """The law does not go back without the flow."""
    rehearsal.to_branches()
    with pytest.raises(RefusedByState, match="须通过“退回”办理"):
        rehearsal.do("return_to_draft", rehearsal.people.reviewer, direct=False)


def test_a_return_leaves_one_entry_with_its_effect_on_the_clocks(rehearsal: Any) -> None:
    """Every operation writes one entry; nothing is deleted."""
    rehearsal.to_branches()
    rows = Task.objects.count()
    operations.send_back(
        rehearsal.task("review"), by=rehearsal.people.reviewer, reason="重审", to="check"
    )
    entry = Entry.objects.filter(act="workflows.send_back").get()
    assert entry.reason == "重审"
    assert "继续计算" in entry.values_after["案件期限"]
    assert Task.objects.count() == rows + 1


def test_who_sent_takes_back_while_nobody_has_begun(rehearsal: Any) -> None:
    """收回: successors end as taken back; the former opinion is a draft again."""
    rehearsal.to_branches()
    done = rehearsal.tasks("check")[0]
    operations.take_back(done, by=rehearsal.people.reviewer, reason="漏写意见")
    assert rehearsal.open_nodes() == ["check"]
    assert rehearsal.task("check").holder == rehearsal.people.reviewer
    assert rehearsal.tasks("check")[0].is_void
    assert "收回" in rehearsal.tasks("review")[0].close_reason
    draft = Draft.objects.get(user=rehearsal.people.reviewer, act="opine")
    assert draft.fields == {"opinion": "初审同意。"}
    rehearsal.do("opine", rehearsal.people.reviewer)
    assert sorted(rehearsal.open_nodes()) == ["review", "vote", "vote", "vote"]


def test_what_was_claimed_or_decided_is_not_taken_back(rehearsal: Any) -> None:
    """warm-flow checks nothing: an approver could pull back what others had approved since."""
    rehearsal.to_branches()
    done = rehearsal.tasks("check")[0]
    operations.claim(rehearsal.task("review"), by=rehearsal.people.second_reviewer)
    with pytest.raises(RefusedByState, match="乐复核打开或者办理"):
        operations.take_back(done, by=rehearsal.people.reviewer, reason="反悔")


def test_nobody_takes_back_what_another_did(rehearsal: Any) -> None:
    """y9's takeBack jumps the task to the caller's post with no check."""
    rehearsal.to_branches()
    with pytest.raises(RefusedByPerson, match="本人办结"):
        operations.take_back(
            rehearsal.tasks("check")[0], by=rehearsal.people.second_reviewer, reason="抢"
        )


def test_what_changed_the_law_is_not_taken_back(rehearsal: Any) -> None:
    """Submitting changed the legal state; the step does not declare 收回 either."""
    rehearsal.to_check()
    with pytest.raises(RefusedByState):
        operations.take_back(
            rehearsal.tasks("draft")[0], by=rehearsal.people.chief, reason="再改改"
        )


def test_a_vote_is_taken_back_while_the_step_is_open(rehearsal: Any) -> None:
    """会签: only one's own vote, while the step is open."""
    rehearsal.to_branches()
    rehearsal.do("oppose", rehearsal.people.assessor_a)
    vote = rehearsal.tasks("vote", state=TaskState.DONE)[0]
    operations.take_back(vote, by=rehearsal.people.assessor_a, reason="改主意")
    assert rehearsal.task("vote", rehearsal.people.assessor_a).round == 2
    for person in rehearsal.panel[:2]:
        rehearsal.do("support", person)
    assert rehearsal.open_nodes() == ["review"]
