"""加签、减签、委派 and 答复: nobody decides for another, and nobody stays forgotten."""

from datetime import timedelta
from typing import Any

import pytest

from workflows import operations, tasks
from workflows.models.tasks import TaskState, Verdict
from workflows.operations.adding import answer
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace, RefusedByState

ASKED = "请就合同主体资格提出意见"


@pytest.fixture
def checked(rehearsal: Any) -> Any:
    """A rehearsal at its first review, held by the reviewer."""
    rehearsal.to_check()
    operations.claim(rehearsal.task("check"), by=rehearsal.people.reviewer)
    return rehearsal


def child_of(rehearsal: Any, person: Any) -> Any:
    """Return the open task that was added for this person."""
    return next(row for row in rehearsal.tasks(closed_at=None) if row.holder == person)


def test_a_question_comes_back_to_who_asked(checked: Any) -> None:
    """委派: the token does not move, the asker sees the opinion and must decide himself."""
    people = checked.people
    operations.consult(
        checked.task("check"), by=people.reviewer, reason=ASKED, person=people.director
    )
    assert checked.tasks("check")[0].state == TaskState.DELEGATED
    with pytest.raises(RefusedByState, match="乐局长尚未答复"):
        checked.do("opine", people.reviewer)
    answer(child_of(checked, people.director), by=people.director, opinion="主体适格。")
    assert checked.tasks("check")[0].state == TaskState.CLAIMED
    assert checked.open_nodes() == ["check"]
    checked.do("opine", people.reviewer)
    assert sorted(set(checked.open_nodes())) == ["review", "vote"]


def test_a_question_can_be_recalled_before_it_is_answered(checked: Any) -> None:
    """收回委派: the other no longer has it, and may not answer any more."""
    people = checked.people
    operations.consult(
        checked.task("check"), by=people.reviewer, reason=ASKED, person=people.director
    )
    child = child_of(checked, people.director)
    operations.recall_consult(checked.task("check"), by=people.reviewer, reason="已另行了解")
    assert checked.tasks("check")[1].state == TaskState.RECALLED
    with pytest.raises(RefusedByRace, match="收回委派"):
        answer(child, by=people.director, opinion="晚了。")
    checked.do("opine", people.reviewer)


def test_the_asked_can_neither_pass_on_nor_decide(checked: Any) -> None:
    """B cannot 转办 or 再委派; he only answers."""
    people = checked.people
    operations.consult(
        checked.task("check"), by=people.reviewer, reason=ASKED, person=people.director
    )
    child = child_of(checked, people.director)
    with pytest.raises(RefusedByState, match="只提出意见"):
        operations.transfer(child, by=people.director, reason="不熟", person=people.deputy)
    with pytest.raises(RefusedByState, match="只提出意见"):
        operations.consult(child, by=people.director, reason="你看", person=people.deputy)


def test_the_answer_is_not_due_later_than_the_task(checked: Any) -> None:
    """Due date of B is not later than A's."""
    task = checked.task("check")
    with pytest.raises(RefusedByLaw, match="不能晚于"):
        operations.consult(
            task, by=checked.people.reviewer, reason=ASKED, person=checked.people.director,
            due_on=task.due_on + timedelta(days=1),
        )  # fmt: skip


def test_the_day_by_which_an_answer_is_asked_for_stays(checked: Any) -> None:
    """A shorter day of the asker's own is not overwritten when terms are carried to tasks."""
    task, people = checked.task("check"), checked.people
    early = task.due_on - timedelta(days=3)
    operations.consult(task, by=people.reviewer, reason=ASKED, person=people.director, due_on=early)
    tasks.refresh_due_dates(checked.fresh())
    assert child_of(checked, people.director).due_on == early


def test_before_signing_the_holder_still_decides(checked: Any) -> None:
    """前加签: both are asked at once; a disagreement is advice and does not decide."""
    people = checked.people
    operations.add_before(
        checked.task("check"), by=people.reviewer, reason=ASKED,
        people=[people.director, people.secretary],
    )  # fmt: skip
    answer(
        child_of(checked, people.director),
        by=people.director,
        opinion="不妥。",
        verdict=Verdict.DISAGREE,
    )
    assert checked.tasks("check")[0].state == TaskState.WAITING
    answer(child_of(checked, people.secretary), by=people.secretary, opinion="可以。")
    assert checked.tasks("check")[0].state == TaskState.CLAIMED
    assert checked.open_nodes() == ["check"]
    checked.do("opine", people.reviewer)


def test_nobody_is_asked_twice_and_kinds_are_not_mixed(checked: Any) -> None:
    """An added person may not hold a task at this node already; before and after not at once."""
    people = checked.people
    with pytest.raises(RefusedByLaw, match="不能选择两次"):
        operations.add_before(
            checked.task("check"), by=people.reviewer, reason=ASKED, people=[people.director] * 2
        )
    with pytest.raises(RefusedByPerson, match="不能选择本人"):
        operations.add_before(
            checked.task("check"), by=people.reviewer, reason=ASKED, people=[people.reviewer]
        )
    operations.add_after(
        checked.task("check"), by=people.reviewer, reason=ASKED, people=[people.director]
    )
    with pytest.raises(RefusedByState, match="未答复的加签"):
        operations.add_before(
            checked.task("check"), by=people.reviewer, reason=ASKED, people=[people.secretary]
        )


def test_after_signing_takes_effect_when_all_agreed(checked: Any) -> None:
    """后加签: the holder agrees first, the flow waits until the others agreed."""
    people = checked.people
    operations.add_after(
        checked.task("check"), by=people.reviewer, reason=ASKED, people=[people.director]
    )
    child = child_of(checked, people.director)
    with pytest.raises(RefusedByState, match="尚未轮到"):
        answer(child, by=people.director, opinion="先说。")
    checked.do("opine", people.reviewer, opinion="同意。")
    assert checked.open_nodes() == ["check"]
    answer(child_of(checked, people.director), by=people.director, opinion="同意。")
    assert sorted(set(checked.open_nodes())) == ["review", "vote"]


def test_after_signing_refused_gives_it_back_to_the_holder(checked: Any) -> None:
    """One who does not agree: what the holder said is void, he decides anew."""
    people = checked.people
    operations.add_after(
        checked.task("check"), by=people.reviewer, reason=ASKED,
        people=[people.director, people.secretary],
    )  # fmt: skip
    checked.do("opine", people.reviewer)
    answer(
        child_of(checked, people.director),
        by=people.director,
        opinion="不同意。",
        verdict=Verdict.DISAGREE,
    )
    assert [row.holder for row in checked.tasks(closed_at=None)] == [people.reviewer]
    assert checked.tasks("check")[0].is_void
    checked.do("opine", people.reviewer)
    assert sorted(set(checked.open_nodes())) == ["review", "vote"]


def test_removing_all_who_sign_after_does_not_decide_for_the_holder(checked: Any) -> None:
    """yudao's handleParentTaskIfSign: the parent must not complete by itself."""
    people = checked.people
    operations.add_after(
        checked.task("check"), by=people.reviewer, reason=ASKED, people=[people.director]
    )
    operations.remove_signer(
        child_of(checked, people.director), by=people.reviewer, reason="不必了"
    )
    assert [row.holder for row in checked.tasks(closed_at=None)] == [people.reviewer]
    assert checked.tasks("check")[0].state == TaskState.CLAIMED


def test_removing_the_last_after_the_holder_decided_goes_on(checked: Any) -> None:
    """Once he has decided, nothing is waited for any more."""
    people = checked.people
    operations.add_after(
        checked.task("check"), by=people.reviewer, reason=ASKED, people=[people.director]
    )
    checked.do("opine", people.reviewer)
    operations.remove_signer(child_of(checked, people.director), by=people.reviewer, reason="出差")
    assert sorted(set(checked.open_nodes())) == ["review", "vote"]


def test_only_who_added_or_his_superior_removes(checked: Any) -> None:
    """yudao's deleteSignTask never compares the caller; the removed never removes himself."""
    people = checked.people
    operations.add_before(
        checked.task("check"), by=people.reviewer, reason=ASKED,
        people=[people.director, people.secretary],
    )  # fmt: skip
    child = child_of(checked, people.director)
    for stranger in (people.director, people.secretary, people.second_reviewer):
        with pytest.raises(RefusedByPerson):
            operations.remove_signer(child, by=stranger, reason="撤")
    operations.remove_signer(child, by=people.deputy, reason="局长出差")
    answer(child_of(checked, people.secretary), by=people.secretary, opinion="同意。")
    with pytest.raises(RefusedByRace, match="前加签：同意"):
        operations.remove_signer(
            checked.tasks("check")[2], by=people.reviewer, reason="已经表态的不能撤"
        )


def test_one_more_signs_alongside_and_the_number_is_counted_anew(rehearsal: Any) -> None:
    """并加签 in a vote of 60 per cent: two of three pass, two of four do not yet."""
    rehearsal.to_branches()
    people = rehearsal.people
    operations.add_alongside(
        rehearsal.task("vote", people.assessor_a), by=people.assessor_a, reason="请一并表决",
        person=people.director,
    )  # fmt: skip
    for person in (people.assessor_a, people.assessor_b):
        rehearsal.do("support", person)
    assert "vote" in rehearsal.open_nodes()
    rehearsal.do("support", people.director)
    assert rehearsal.open_nodes() == ["review"]


def test_taking_one_away_counts_anew_at_once(rehearsal: Any) -> None:
    """减签 in a vote: with one less, what was cast is enough."""
    rehearsal.to_branches()
    people = rehearsal.people
    operations.add_alongside(
        rehearsal.task("vote", people.assessor_a), by=people.assessor_a, reason="一并表决",
        person=people.director,
    )  # fmt: skip
    for person in (people.assessor_a, people.assessor_b):
        rehearsal.do("support", person)
    added = rehearsal.task("vote", people.director)
    operations.remove_signer(added, by=people.deputy, reason="误加")
    assert rehearsal.open_nodes() == ["review"]


def test_who_opened_the_case_cannot_be_added_to_decide(rehearsal: Any) -> None:
    """Four eyes hold for added signers as well."""
    rehearsal.to_branches()
    people = rehearsal.people
    with pytest.raises(RefusedByPerson):
        operations.add_alongside(
            rehearsal.task("vote", people.assessor_a), by=people.assessor_a, reason="加",
            person=people.assessor_b,
        )  # fmt: skip
