"""催办、抄送、传阅、拒签 and 批量办理: who is told, who may see, and only what was ticked."""

from datetime import date, timedelta
from typing import Any

import pytest

from audit.models import Entry
from permissions.policy import may
from tests.rehearsal.making import Rehearsing
from tests.rehearsal.models import Rehearsal
from tests.rehearsal.permissions import Verb
from workflows import operations
from workflows.models.notices import Notice
from workflows.models.operations import Copy, Urging
from workflows.models.tasks import Task, TaskState
from workflows.operations.urging import URGE_EVERY
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace, RefusedByState

TODAY = date(2025, 9, 26)


def test_urging_is_limited_and_answered(rehearsal: Any, clock: Any) -> None:
    """催办: once in some hours; the holder sees who and how often, and answers until when."""
    rehearsal.to_check()
    people = rehearsal.people
    operations.claim(rehearsal.task("check"), by=people.reviewer)
    operations.urge(rehearsal.task("check"), by=people.chief, reason="请尽快审查")
    with pytest.raises(RefusedByLaw, match="云所长已于10:00催办"):
        operations.urge(rehearsal.task("check"), by=people.deputy, reason="快")
    clock.forward(hours=URGE_EVERY.default)
    clock.forward(minutes=1)
    operations.urge(rehearsal.task("check"), by=people.deputy, reason="已催两次")
    assert "第2次" in Notice.objects.filter(user=people.reviewer).latest("pk").text
    urging = Urging.objects.latest("pk")
    with pytest.raises(RefusedByPerson):
        operations.answer_urging(urging, by=people.second_reviewer, answer="好")
    operations.answer_urging(
        urging, by=people.reviewer, answer="正在核对", expected_on=TODAY + timedelta(days=3)
    )
    assert "2025年09月29日" in Notice.objects.filter(user=people.deputy).latest("pk").text


def test_who_has_no_part_in_it_does_not_urge(rehearsal: Any) -> None:
    """Not oneself, not a neighbour who merely sees the case."""
    rehearsal.to_check()
    people = rehearsal.people
    operations.claim(rehearsal.task("check"), by=people.reviewer)
    for person in (people.reviewer, people.officer):
        with pytest.raises(RefusedByPerson):
            operations.urge(rehearsal.task("check"), by=person, reason="快")


def test_a_copy_opens_this_case_only(rehearsal: Any, tree: Any) -> None:
    """抄送: steedos#510, cc'd persons saw too much; unread copies outlive the case (#426)."""
    people = rehearsal.people
    other = Rehearsing(people, tree)
    rehearsal.to_check()
    operations.copy(
        rehearsal.task("check"), by=people.reviewer, reason="请阅", people=[people.other_chief]
    )
    assert list(Rehearsal.objects.visible_to(people.other_chief)) == [rehearsal.case]
    assert not may(people.other_chief, Verb.VIEW, other.case)
    assert not may(people.other_chief, Verb.SUBMIT, rehearsal.case)
    with pytest.raises(RefusedByState, match="不重复抄送"):
        operations.copy(
            rehearsal.task("check"), by=people.reviewer, reason="再阅", people=[people.other_chief]
        )
    rehearsal.do("opine", people.reviewer)
    rehearsal.do("opine", people.reviewer)
    for person in rehearsal.panel[:2]:
        rehearsal.do("support", person)
    rehearsal.do("conclude", people.deputy)
    copy = Copy.objects.for_reader(people.other_chief).unread().get()
    operations.read_copy(copy, by=people.other_chief)
    assert not Copy.objects.for_reader(people.other_chief).unread().exists()


def test_an_unread_copy_is_withdrawn_with_its_right(rehearsal: Any) -> None:
    """Withdrawn while unread: the case is out of sight again; once read it stays."""
    people = rehearsal.people
    rehearsal.to_check()
    operations.copy(
        rehearsal.task("check"), by=people.reviewer, reason="请阅",
        people=[people.other_chief, people.third_chief],
    )  # fmt: skip
    copy = Copy.objects.get(reader=people.other_chief)
    with pytest.raises(RefusedByPerson):
        operations.withdraw_copy(copy, by=people.deputy)
    operations.withdraw_copy(copy, by=people.reviewer)
    assert not Rehearsal.objects.visible_to(people.other_chief).exists()
    read = operations.read_copy(Copy.objects.get(reader=people.third_chief), by=people.third_chief)
    with pytest.raises(RefusedByState, match="已经阅知"):
        operations.withdraw_copy(read, by=people.reviewer)


def test_a_circulated_opinion_is_not_overwritten(rehearsal: Any) -> None:
    """传阅: steedos#1635; the case does not wait for it."""
    people = rehearsal.people
    rehearsal.to_check()
    operations.circulate(
        rehearsal.task("check"), by=people.reviewer, reason="请提意见", people=[people.director]
    )
    copy = Copy.objects.get()
    operations.write_on_copy(copy, by=people.director, opinion="注意付款条款。")
    with pytest.raises(RefusedByState, match="不能改写"):
        operations.write_on_copy(copy, by=people.director, opinion="改一下")
    rehearsal.do("opine", people.reviewer)


def test_who_declines_is_not_offered_it_again(rehearsal: Any) -> None:
    """拒签 (y9 refuseClaimRollback): the last one tells chief and sender, all are offered it."""
    rehearsal.to_check()
    people = rehearsal.people
    operations.decline(rehearsal.task("check"), by=people.reviewer, reason="不熟悉")
    assert not Task.objects.awaiting(people.reviewer, TODAY).exists()
    assert Task.objects.awaiting(people.second_reviewer, TODAY).exists()
    operations.decline(rehearsal.task("check"), by=people.second_reviewer, reason="出差")
    assert Task.objects.awaiting(people.reviewer, TODAY).exists()
    told = set(Notice.objects.filter(text__contains="均已拒签").values_list("user", flat=True))
    assert {people.deputy.pk, people.chief.pk} <= told


def test_a_claim_has_one_winner_and_a_release_frees_it(rehearsal: Any) -> None:
    """签收 and 退签: the other is told who has it; a personal task is not given back."""
    rehearsal.to_branches()
    people = rehearsal.people
    operations.claim(rehearsal.task("review"), by=people.reviewer)
    with pytest.raises(RefusedByRace, match="乐审核签收"):
        operations.claim(rehearsal.task("review"), by=people.second_reviewer)
    with pytest.raises(RefusedByLaw, match="退签原因"):
        operations.release(rehearsal.task("review"), by=people.reviewer, reason="")
    operations.release(rehearsal.task("review"), by=people.reviewer, reason="另有任务")
    operations.claim(rehearsal.task("review"), by=people.second_reviewer)
    with pytest.raises(RefusedByLaw, match="指定由您本人"):
        operations.release(
            rehearsal.task("vote", people.assessor_a), by=people.assessor_a, reason="忙"
        )


def test_a_batch_does_only_the_ticked_ones_each_by_itself(rehearsal: Any, tree: Any) -> None:
    """批量办理: steedos-platform#5061, the button approved all; one refused stops no other."""
    people = rehearsal.people
    cases = [rehearsal, Rehearsing(people, tree), Rehearsing(people, tree)]
    for each in cases:
        each.to_check()
    operations.claim(cases[1].task("check"), by=people.second_reviewer)
    results = operations.perform_batch(
        [cases[0].task("check"), cases[1].task("check")], "opine", by=people.reviewer,
        opinion="同意。",
    )  # fmt: skip
    assert [result.done for result in results] == [True, False]
    assert "乐复核" in results[1].message
    assert cases[2].open_nodes() == ["check"]
    assert Entry.objects.filter(act=Verb.OPINE, outcome="done").count() == 1
    with pytest.raises(RefusedByLaw, match="同一环节"):
        operations.perform_batch(
            [cases[0].task("review"), cases[2].task("check")], "opine", by=people.reviewer,
            opinion="",
        )  # fmt: skip
    with pytest.raises(RefusedByLaw, match="不能批量"):
        operations.perform_batch([cases[0].task("review")], "opine", by=people.reviewer, opinion="")


def test_every_operation_of_a_step_is_offered_or_has_its_reason(rehearsal: Any) -> None:
    """The page offers only what the step allows, and gives the reason for the others."""
    rehearsal.to_check()
    people = rehearsal.people
    mine = {
        found.operation: found
        for found in operations.offered(rehearsal.task("check"), people.reviewer)
    }
    assert mine["send_back"] and mine["transfer"] and mine["claim"]
    strangers = operations.offered(rehearsal.task("check"), people.officer)
    assert not any(found.allowed for found in strangers if found.operation != "withdraw_copy")
    assert all(found.reason for found in strangers if not found.allowed)
    operations.claim(rehearsal.task("check"), by=people.reviewer)
    assert rehearsal.tasks("check")[0].state == TaskState.CLAIMED
