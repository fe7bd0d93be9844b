"""转办, 移交 and 请假代理: the post keeps its work, and both names stay on record."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import Entry
from permissions import standing_in
from permissions.models import Recusal, StandIn
from permissions.policy import may, who_may
from permissions.refusals import Impossible
from permissions.standing_in import Arrangement
from tests.rehearsal.models import Rehearsal
from tests.rehearsal.permissions import Verb
from workflows import operations
from workflows.models.tasks import Draft, Task
from workflows.operations.handing import MOST_HOPS
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace

TODAY = date(2025, 9, 26)
WEEK = timedelta(days=7)


def stand_in(principal: Any, substitute: Any, **more: Any) -> StandIn:
    """Arrange that one stands in for another for a week."""
    wanted = Arrangement(principal, substitute, TODAY, TODAY + WEEK, "外出学习", **more)
    return standing_in.arrange(wanted, by=principal)


def test_the_same_task_goes_to_another_and_its_clock_runs_on(rehearsal: Any) -> None:
    """转办: no new period by passing the parcel; the first owner stays on record."""
    rehearsal.to_check()
    people = rehearsal.people
    before = rehearsal.task("check")
    operations.transfer(
        before, by=people.reviewer, reason="另有任务", person=people.second_reviewer
    )
    after = rehearsal.task("check")
    assert (after.pk, after.due_on) == (before.pk, before.due_on)
    assert (after.holder, after.owner, after.hops) == (people.second_reviewer, people.reviewer, 1)
    with pytest.raises(RefusedByRace, match="乐复核"):
        rehearsal.do("opine", people.reviewer)
    rehearsal.do("opine", people.second_reviewer)


def test_it_goes_only_to_who_may_do_it(rehearsal: Any) -> None:
    """The target must satisfy the step's right and the recusal rule; not oneself."""
    rehearsal.to_decision()
    people, task = rehearsal.people, rehearsal.task("decide")
    for person, why in (
        (people.chief, "不能办理"),
        (people.deputy, "本人"),
        (people.system_admin, "没有业务岗位"),
    ):
        with pytest.raises(RefusedByPerson, match=why):
            operations.transfer(task, by=people.deputy, reason="转", person=person)
    Recusal.objects.create(
        user=people.director, content_type=Rehearsal.content_type(), object_id=rehearsal.case.pk,
        reason="近亲属", recorded_by=people.security_admin,
    )  # fmt: skip
    with pytest.raises(RefusedByPerson, match="回避"):
        operations.transfer(task, by=people.deputy, reason="转", person=people.director)


def test_hops_are_limited(rehearsal: Any) -> None:
    """A task is not passed on for ever."""
    rehearsal.to_check()
    people = [rehearsal.people.reviewer, rehearsal.people.second_reviewer]
    for hop in range(MOST_HOPS.default):
        operations.transfer(
            rehearsal.task("check"), by=people[hop % 2], reason="转", person=people[(hop + 1) % 2]
        )
    with pytest.raises(RefusedByLaw, match="最多3次"):
        operations.transfer(
            rehearsal.task("check"), by=people[MOST_HOPS.default % 2], reason="转",
            person=people[(MOST_HOPS.default + 1) % 2],
        )  # fmt: skip


def test_a_substitute_acts_in_the_name_of_who_is_away(rehearsal: Any) -> None:
    """请假代理: BlizD/BPS#15, who signed can be proven; entry and task say ××代××."""
    people = rehearsal.people
    stand_in(people.deputy, people.secretary)
    rehearsal.to_decision()
    task = rehearsal.task("decide")
    assert task in Task.objects.awaiting(people.secretary, TODAY)
    rehearsal.do("conclude", people.secretary, opinion="同意。")
    done = rehearsal.tasks("decide")[0]
    assert done.closed_by_name == "乐书记代乐副局"
    entry = Entry.objects.filter(act=Verb.DECIDE).latest("sequence")
    assert (entry.actor_name, entry.on_behalf_of_name) == ("乐书记", "乐副局")


def test_a_stand_in_holds_only_inside_its_window(rehearsal: Any, clock: Any) -> None:
    """objectstack#3235: when the window ends, open items return and finished ones stay."""
    people = rehearsal.people
    stand_in(people.deputy, people.secretary)
    rehearsal.to_decision()
    assert may(people.secretary, Verb.DECIDE, rehearsal.case, TODAY + WEEK)
    clock.stand_at(TODAY + WEEK + timedelta(days=1))
    assert not may(people.secretary, Verb.DECIDE, rehearsal.case)
    assert not Task.objects.awaiting(people.secretary, clock.today()).exists()
    with pytest.raises(RefusedByPerson):
        rehearsal.do("conclude", people.secretary)


def test_what_lay_there_before_is_covered_only_if_said_so(rehearsal: Any, clock: Any) -> None:
    """steedos#2065: optionally including what already lies in the in-box."""
    people = rehearsal.people
    rehearsal.to_check()
    operations.claim(rehearsal.task("check"), by=people.reviewer)
    clock.stand_at(TODAY + timedelta(days=1))
    tomorrow = TODAY + timedelta(days=1)
    row = standing_in.arrange(
        Arrangement(people.reviewer, people.director, tomorrow, tomorrow + WEEK, "出差"),
        by=people.reviewer,
    )
    assert not Task.objects.awaiting(people.director, tomorrow).exists()
    with pytest.raises(RefusedByRace):
        rehearsal.do("opine", people.director)
    standing_in.withdraw(row, reason="重设", by=people.reviewer)
    standing_in.arrange(
        Arrangement(
            people.reviewer, people.director, tomorrow, tomorrow + WEEK, "出差",
            includes_waiting=True,
        ),
        by=people.reviewer,
    )  # fmt: skip
    assert Task.objects.awaiting(people.director, tomorrow).exists()
    rehearsal.do("opine", people.director)
    assert rehearsal.tasks("check")[0].closed_by_name == "乐局长代乐审核"


def test_only_the_named_kinds_are_covered(rehearsal: Any) -> None:
    """A stand-in for other matters gives nothing here."""
    people = rehearsal.people
    stand_in(people.deputy, people.secretary, kinds=("application",))
    rehearsal.to_decision()
    assert not may(people.secretary, Verb.DECIDE, rehearsal.case)
    assert not Task.objects.awaiting(people.secretary, TODAY).exists()


def test_the_drafter_decides_neither_himself_nor_through_a_stand_in(rehearsal: Any) -> None:
    """Four eyes hold for the substitute and for the principal."""
    people = rehearsal.people
    stand_in(people.deputy, people.chief)
    rehearsal.to_decision()
    with pytest.raises(RefusedByPerson, match="发起人"):
        rehearsal.do("conclude", people.chief)


def test_nobody_gets_a_second_vote(rehearsal: Any) -> None:
    """A substitute who votes himself cannot vote for another in the same step."""
    people = rehearsal.people
    stand_in(people.assessor_b, people.assessor_a)
    rehearsal.to_branches()
    rehearsal.do("support", people.assessor_a)
    with pytest.raises(RefusedByPerson, match="本人的一票"):
        rehearsal.do("support", people.assessor_a)


def test_what_the_law_reserves_to_a_person_has_no_substitute(rehearsal: Any) -> None:
    """Reserved matters are excluded."""
    people = rehearsal.people
    stand_in(people.deputy, people.secretary)
    rehearsal.to_decision()
    with pytest.raises(RefusedByPerson, match="本人办理，不得代理"):
        rehearsal.do("seal", people.secretary)


def test_a_chain_is_followed_and_a_circle_is_refused(rehearsal: Any) -> None:
    """objectstack#3235: A by B by C works; A for B and B for A cannot both be."""
    people = rehearsal.people
    stand_in(people.deputy, people.secretary)
    stand_in(people.secretary, people.assessor_c)
    rehearsal.to_decision()
    assert may(people.assessor_c, Verb.DECIDE, rehearsal.case).on_behalf_of == people.deputy
    holders = {post.user for post in who_may(Verb.DECIDE, rehearsal.case)}
    assert {people.deputy, people.secretary, people.assessor_c} <= holders
    with pytest.raises(Impossible, match="不能互为代理"):
        stand_in(people.assessor_c, people.deputy)
    with pytest.raises(Impossible, match="本人"):
        stand_in(people.deputy, people.deputy)


def test_only_oneself_or_his_superior_arranges(rehearsal: Any) -> None:
    """Nobody arranges it for a colleague, and nobody for the past."""
    people = rehearsal.people
    wanted = Arrangement(people.reviewer, people.second_reviewer, TODAY, TODAY + WEEK, "病假")
    with pytest.raises(PermissionDenied, match="本人设定"):
        standing_in.arrange(wanted, by=people.second_reviewer)
    assert standing_in.arrange(wanted, by=people.deputy).arranged_by == people.deputy
    past = Arrangement(people.deputy, people.director, TODAY - WEEK, TODAY, "补")
    with pytest.raises(Impossible, match="不能追溯"):
        standing_in.arrange(past, by=people.deputy)


def test_a_leaving_persons_work_goes_to_his_successor_in_one_batch(rehearsal: Any) -> None:
    """移交: tasks, drafts and stand-ins; one entry lists before and after."""
    people = rehearsal.people
    rehearsal.to_check()
    operations.claim(rehearsal.task("check"), by=people.reviewer)
    Draft.objects.create(
        user=people.reviewer, content_type=Rehearsal.content_type(),
        object_id=rehearsal.case.pk, act="opine", fields={"opinion": "草稿"},
    )  # fmt: skip
    stand_in(people.reviewer, people.director)
    done = operations.hand_over(
        people.reviewer, people.second_reviewer, by=people.deputy, reason="调离"
    )
    assert [task.node for task in done.moved] == ["check"]
    assert (done.drafts, done.stand_ins, done.stayed) == (1, 1, [])
    assert rehearsal.task("check").holder == people.second_reviewer
    assert Draft.objects.get().user == people.second_reviewer
    entry = Entry.objects.get(act="workflows.hand_over")
    assert entry.values_before["待办"] == entry.values_after["已移交"]
    rehearsal.do("opine", people.second_reviewer)


def test_what_the_successor_must_not_do_stays_and_is_named(rehearsal: Any) -> None:
    """Four eyes and recusal hold for a hand-over too; only superiors hand over."""
    people = rehearsal.people
    rehearsal.to_decision()
    operations.claim(rehearsal.task("decide"), by=people.deputy)
    with pytest.raises(RefusedByPerson):
        operations.hand_over(people.deputy, people.chief, by=people.second_reviewer, reason="调离")
    done = operations.hand_over(people.deputy, people.chief, by=people.director, reason="调离")
    assert [why for _, why in done.stayed] and not done.moved
    assert rehearsal.task("decide").holder == people.deputy
