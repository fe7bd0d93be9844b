"""Faults that random sequences of operations found (tests/walks), each by its shortest way."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from viewflow import this
from viewflow.workflow import flow

from audit.models import Entry, Outcome
from permissions import standing_in
from permissions.roles import Role
from permissions.standing_in import Arrangement
from tests.rehearsal.flows import RehearsalFlow
from tests.rehearsal.models import Rehearsal
from tests.rehearsal.unsound import declared, draft
from workflows import operations
from workflows.door import open_case, perform
from workflows.flows import End, If, Join, Parallel, Step
from workflows.models.operations import Copy, Decline, Proposal, Urging
from workflows.models.tasks import Task, TaskKind, TaskState, Verdict
from workflows.operations.proposing import Wanted
from workflows.refusals import Refusal, RefusedByLaw, RefusedByRace, RefusedByState
from workflows.signing import Rule, Signing
from workflows.vocabulary import Operation


def child_of(rehearsal: Any, person: Any) -> Any:
    """Return the open row below another one that waits for this person."""
    return next(
        row for row in rehearsal.tasks(closed_at=None) if row.parent_id and row.holder == person
    )


def test_a_question_comes_back_although_another_signs_alongside(rehearsal: Any) -> None:
    """委派 beside 并加签: the asker waited for the signer, whom nobody's answer wakes him from."""
    people, vote = rehearsal.to_branches().people, "vote"
    mine = rehearsal.task(vote, people.assessor_a)
    operations.add_alongside(mine, by=people.assessor_a, reason="一并", person=people.director)
    operations.consult(mine, by=people.assessor_a, reason="请提意见", person=people.secretary)
    operations.answer(
        child_of(rehearsal, people.secretary), by=people.secretary, opinion="无意见。"
    )
    assert rehearsal.task(vote, people.assessor_a).state == TaskState.CLAIMED
    rehearsal.do("support", people.assessor_a)


def test_what_a_removed_signer_asked_is_closed_with_him(rehearsal: Any) -> None:
    """减签: the child is cancelled with its own children (operations.md 2.3)."""
    people = rehearsal.to_branches().people
    operations.add_alongside(
        rehearsal.task("vote", people.assessor_a), by=people.assessor_a, reason="一并",
        person=people.director,
    )  # fmt: skip
    added = rehearsal.task("vote", people.director)
    operations.consult(added, by=people.director, reason="请提意见", person=people.secretary)
    operations.remove_signer(added, by=people.assessor_a, reason="误加")
    asked = next(row for row in rehearsal.tasks("vote") if row.kind == TaskKind.CONSULT)
    assert (asked.state, asked.close_reason) == (TaskState.CANCELLED, "因减签取消：误加")


def test_who_would_sign_after_a_silent_holder_holds_up_no_result(rehearsal: Any) -> None:
    """后加签 takes effect after its holder has spoken; others reach the result without him."""
    people = rehearsal.to_branches().people
    operations.add_after(
        rehearsal.task("vote", people.assessor_c), by=people.assessor_c, reason="后签",
        people=[people.director],
    )  # fmt: skip
    for person in (people.assessor_a, people.assessor_b):
        rehearsal.do("support", person)
    assert rehearsal.open_nodes() == ["review"]


def test_who_signs_after_a_vote_is_let_go_when_the_vote_is_taken_back(rehearsal: Any) -> None:
    """收回 of a vote: whoever signed after it would otherwise open it a second time."""
    people = rehearsal.to_branches().people
    mine = rehearsal.task("vote", people.assessor_a)
    operations.add_after(mine, by=people.assessor_a, reason="后签", people=[people.director])
    rehearsal.do("support", people.assessor_a)
    operations.take_back(mine, by=people.assessor_a, reason="改主意")
    held = [row for row in rehearsal.tasks("vote", closed_at=None) if row.parent_id]
    assert held == []
    assert rehearsal.task("vote", people.assessor_a).round == 2


def under(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the vote of a rehearsal be counted by this rule."""
    signing = Signing(rule, agree=("support",), disagree=("oppose",), abstain=("abstain",))
    monkeypatch.setattr(RehearsalFlow.step("vote"), "signing", signing)


def test_who_signs_alongside_keeps_his_turn_when_who_added_him_votes_and_takes_it_back(
    rehearsal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """收回 of a vote: the added signer was recalled but still counted, and the step hung."""
    under(Rule.ALL, monkeypatch)
    people = rehearsal.to_branches().people
    rehearsal.do("opine", people.reviewer)
    mine = rehearsal.task("vote", people.assessor_a)
    operations.add_alongside(mine, by=people.assessor_a, reason="一并", person=people.director)
    rehearsal.do("support", people.assessor_a)
    assert rehearsal.task("vote", people.director).state == TaskState.CLAIMED
    operations.take_back(mine, by=people.assessor_a, reason="改主意")
    added = rehearsal.task("vote", people.director)
    assert added.parent == rehearsal.task("vote", people.assessor_a)
    for person in (*rehearsal.panel, people.director):
        assert rehearsal.open_nodes() != ["decide"]
        rehearsal.do("support", person)
    assert rehearsal.open_nodes() == ["decide"]


def test_who_was_removed_or_has_voted_alongside_stays_where_he_was_when_it_is_taken_back(
    rehearsal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that is over was hung below the new one: what had ended was changed afterwards."""
    under(Rule.ALL, monkeypatch)
    people = rehearsal.to_branches().people
    mine = rehearsal.task("vote", people.assessor_a)
    for person in (people.director, people.secretary):
        operations.add_alongside(mine, by=people.assessor_a, reason="一并", person=person)
    operations.remove_signer(
        rehearsal.task("vote", people.director), by=people.assessor_a, reason="误加"
    )
    rehearsal.do("support", people.secretary)
    rehearsal.do("support", people.assessor_a)
    operations.take_back(mine, by=people.assessor_a, reason="改主意")
    over = [row for row in rehearsal.tasks("vote", kind=TaskKind.ALONGSIDE) if row.closed_at]
    assert [row.state for row in over] == [TaskState.CANCELLED, TaskState.DONE]
    assert {row.parent for row in over} == {mine}
    for person in rehearsal.panel:
        assert "vote" in rehearsal.open_nodes()
        rehearsal.do("support", person)
    assert "vote" not in rehearsal.open_nodes()


def test_who_signs_alongside_keeps_his_turn_when_one_who_signs_after_disagrees(
    rehearsal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """后加签 refused: only those who sign after go with it, not one more vote of the round."""
    under(Rule.ALL, monkeypatch)
    people = rehearsal.to_branches().people
    mine = rehearsal.task("vote", people.assessor_a)
    operations.add_alongside(mine, by=people.assessor_a, reason="一并", person=people.director)
    operations.add_after(mine, by=people.assessor_a, reason="后签", people=[people.secretary])
    rehearsal.do("support", people.assessor_a)
    operations.answer(
        child_of(rehearsal, people.secretary), by=people.secretary, opinion="不妥。",
        verdict=Verdict.DISAGREE,
    )  # fmt: skip
    assert rehearsal.task("vote", people.director).state == TaskState.CLAIMED


def test_who_signs_alongside_is_let_go_when_the_step_has_its_result(rehearsal: Any) -> None:
    """并加签 in a vote of 60 per cent: three of four pass, and the fourth is told so."""
    people = rehearsal.to_branches().people
    mine = rehearsal.task("vote", people.assessor_a)
    operations.add_alongside(mine, by=people.assessor_a, reason="一并", person=people.director)
    for person in rehearsal.panel:
        rehearsal.do("support", person)
    added = next(row for row in rehearsal.tasks("vote") if row.holder == people.director)
    assert (added.state, added.close_reason) == (TaskState.CANCELLED, "票决已有结果")
    with pytest.raises(RefusedByState, match="该件已结束：票决已有结果"):
        rehearsal.do("support", people.director)


def test_the_vote_of_a_step_that_has_its_result_is_not_taken_back(rehearsal: Any) -> None:
    """收回 in countersigning only while the step is open: it would ask everybody again."""
    people = rehearsal.to_branches().people
    for person in rehearsal.panel[:2]:
        rehearsal.do("support", person)
    assert rehearsal.open_nodes() == ["review"]
    with pytest.raises(RefusedByState, match="已有结果，不能再收回本人的表态"):
        operations.take_back(rehearsal.tasks("vote")[0], by=people.assessor_a, reason="反悔")


def test_a_step_is_not_taken_back_once_one_branch_after_it_is_done(rehearsal: Any) -> None:
    """收回 into a split: the branch that was done stays at its join, and the case would fork."""
    rehearsal.to_branches()
    people, done = rehearsal.people, rehearsal.tasks("check")[0]
    rehearsal.do("opine", people.second_reviewer)
    with pytest.raises(RefusedByState, match="“复审”已由乐复核打开或者办理"):
        operations.take_back(done, by=people.reviewer, reason="反悔")
    assert set(rehearsal.open_nodes()) == {"vote"}


def test_a_second_decision_is_told_who_made_the_first(rehearsal: Any) -> None:
    """Where the legal state stays the same too: who and when, not that nothing waits."""
    rehearsal.to_decision()
    with pytest.raises(RefusedByRace, match="该件已由乐审核于2025年09月26日 10:00办理"):
        rehearsal.do("opine", rehearsal.people.second_reviewer)


def test_a_proposal_lapses_with_its_case(rehearsal: Any) -> None:
    """A decided case leaves no proposal open that nobody is asked about any more."""
    people = rehearsal.to_decision().people
    wanted = Wanted(Operation.REPOSITION, "走错环节", rehearsal.task("decide"), "check")
    proposal = operations.propose(rehearsal.case, wanted, by=people.reviewer)
    rehearsal.do("conclude", people.director)
    assert Proposal.objects.get().state == Proposal.State.LAPSED
    with pytest.raises(RefusedByState, match="该提请已失效：因同意办结"):
        operations.confirm(proposal, by=people.deputy)


def test_a_substitute_declines_once_for_whom_he_stands_in(rehearsal: Any) -> None:
    """拒签 twice by a substitute was a fault of the database, not a refusal."""
    people, today = rehearsal.to_check().people, rehearsal.case.today()
    standing_in.arrange(
        Arrangement(people.reviewer, people.director, today, today + timedelta(days=3), "出差"),
        by=people.reviewer,
    )
    operations.decline(rehearsal.task("check"), by=people.director, reason="不熟")
    with pytest.raises(RefusedByState, match="乐审核已经拒签"):
        operations.decline(rehearsal.task("check"), by=people.director, reason="不熟")
    assert Decline.objects.get().by == people.reviewer


def test_the_task_of_ones_own_post_is_done_first(people: Any, tree: Any) -> None:
    """The same act waits in two branches: the deputy does his own step, not the reviewer's."""
    law = {"law": "演练"}
    nodes = {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.split),
        "split": Parallel().Annotation(title="并行").Next(this.section).Next(this.leader),
        "section": Step("opine", role=Role.COUNTY_REVIEWER, at="section", title="科室", **law).Next(
            this.join
        ),
        "leader": Step("opine", role=Role.COUNTY_DEPUTY, at="bureau", title="分管", **law).Next(
            this.join
        ),
        "join": Join().Annotation(title="汇合").Next(this.decide),
        "decide": Step("conclude", role=Role.COUNTY_DEPUTY, at="bureau", title="决定", **law).Next(
            this.end
        ),
        "end": End().Annotation(title="结束"),
    }
    with declared("TwoPostsFlow", nodes, version=99):
        case = open_case(Rehearsal, by=people.chief, unit=tree.station, title="演练")
        perform(case, "submit", by=people.chief)
        perform(case, "opine", by=people.deputy)
        assert [row.node for row in Task.objects.of_case(case).open()] == ["section"]


@pytest.fixture
def parted(people: Any, tree: Any) -> Iterator[tuple[Any, list[bool]]]:
    """A case with two branches, of which one meets the other or ends by itself: as it is told."""
    meets: list[bool] = []
    section = {"role": Role.COUNTY_REVIEWER, "at": "section", "law": "演练"}
    nodes = {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.split),
        "split": Parallel().Annotation(title="并行").Next(this.left).Next(this.right),
        "left": Step("opine", title="左", **section).Next(this.join),
        "right": Step("abstain", title="右", recall=True, **section).Next(this.is_met),
        "is_met": If(lambda _: meets.pop()).Annotation(title="汇合？").Then(this.join)
        .Else(this.over),
        "over": End().Annotation(title="分支结束"),
        "join": Join().Annotation(title="汇合").Next(this.decide),
        "decide": Step(
            "conclude", role=Role.COUNTY_DEPUTY, at="bureau", title="决定", law="演练"
        ).Next(this.end),
        "end": End().Annotation(title="结束"),
    }  # fmt: skip
    with declared("PartingFlow", nodes, version=99):
        case = open_case(Rehearsal, by=people.chief, unit=tree.station, title="演练")
        yield perform(perform(case, "submit", by=people.chief), "opine", by=people.reviewer), meets


def waiting(case: Any) -> list[str]:
    """Return the steps at which a case waits."""
    return [row.node for row in Task.objects.of_case(case).open()]


def test_a_reopened_case_remembers_which_branches_had_arrived(parted: Any, people: Any) -> None:
    """恢复办理: the join waited; forgotten, the case ended without a decision (seed 6027)."""
    case, meets = parted
    for operation in (Operation.TERMINATE, Operation.REOPEN):
        proposal = operations.propose(case, Wanted(operation, "误报"), by=people.reviewer)
        operations.confirm(proposal, by=people.deputy)
    meets.append(False)
    perform(case, "abstain", by=people.reviewer)
    assert waiting(case) == ["decide"]


@pytest.mark.parametrize("again", [True, False])
def test_a_branch_taken_back_behind_its_join_leaves_the_other_arrived(
    parted: Any, people: Any, again: bool
) -> None:
    """收回: whichever way the branch goes the second time, the case reaches the decision."""
    case, meets = parted
    meets.append(True)
    perform(case, "abstain", by=people.reviewer)
    assert waiting(case) == ["decide"]
    done = Task.objects.of_case(case).get(node="right")
    operations.take_back(done, by=people.reviewer, reason="漏写")
    assert waiting(case) == ["right"]
    meets.append(again)
    perform(case, "abstain", by=people.reviewer)
    assert waiting(case) == ["decide"]


def refused_entries() -> int:
    """Return how many refusals are on record."""
    return Entry.objects.filter(outcome=Outcome.REFUSED).count()


def test_every_refused_operation_leaves_one_entry(rehearsal: Any) -> None:
    """抄送、催办、提请、移交、批量: what was tried in vain is on record as well."""
    people = rehearsal.to_check().people
    task = rehearsal.task("check")
    operations.copy(task, by=people.reviewer, reason="请阅", people=[people.director])
    operations.urge(task, by=people.chief, reason="请抓紧")
    wanted = Wanted(Operation.TERMINATE, "误报")
    proposal = operations.propose(rehearsal.case, wanted, by=people.reviewer)
    copied, urging = Copy.objects.get(), Urging.objects.get()
    stranger = people.assessor_a
    for place, attempt in enumerate(
        (
            lambda: operations.withdraw_copy(copied, by=stranger),
            lambda: operations.read_copy(copied, by=stranger),
            lambda: operations.write_on_copy(copied, by=people.director, opinion="好"),
            lambda: operations.answer_urging(urging, by=stranger, answer="好"),
            lambda: operations.reject(proposal, by=people.deputy, answer=""),
            lambda: operations.hand_over(
                people.reviewer, people.director, by=stranger, reason="调离"
            ),
            lambda: operations.perform_batch([task], "submit", by=stranger, opinion="同意。"),
        ),
        start=1,
    ):
        with pytest.raises(Refusal):
            attempt()
        assert refused_entries() == place
    (result,) = operations.perform_batch([task], "opine", by=people.chief, opinion="同意。")
    assert (result.done, refused_entries()) == (False, 8)
    with pytest.raises(RefusedByLaw):
        operations.perform_batch([], "opine", by=stranger, opinion="同意。")
