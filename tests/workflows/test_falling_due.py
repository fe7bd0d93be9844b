"""LR-32: what the law itself brings about comes on its day, by nobody, once, and says so."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from audit.models import Entry
from audit.verification import verify
from legality_review.models import NormativeDocument
from tests.at_once import at_once
from tests.legality_review.norm_steps import NormWalk
from workflows.door import befall, open_acts, perform
from workflows.falling_due import befall_due
from workflows.operations import holding
from workflows.refusals import RefusedByLaw, RefusedByState

EXPIRES, AFTER = date(2030, 10, 19), date(2030, 10, 20)
EVALUATED = date(2030, 4, 20)


@pytest.fixture
def norm(people, tree, clock):
    """A document in force until 2030-10-19."""
    walk = NormWalk(people, tree, clock)
    walk.to("register_filing")
    return walk


def state_of(case):
    """Return the state of a case as it is stored."""
    return NormativeDocument.objects.get(pk=case.pk).state


def test_it_comes_about_by_nobody_and_the_entry_says_so(norm):
    norm.clock.stand_at(AFTER)
    assert befall_due(AFTER) == 1
    entry = Entry.objects.of_subject(norm.case).newest_first().first()
    assert (entry.label, entry.actor_name, entry.post_text) == ("失效", "系统", "")
    assert (entry.reason, entry.outcome) == (
        "参照《山东省司法厅规范性文件制定管理办法》第二十三条",
        "done",
    )
    assert (entry.values_before["state"], entry.values_after["state"]) == ("in_force", "lapsed")
    assert not verify().faults


def test_the_clock_of_the_house_does_it(norm):
    norm.clock.stand_at(AFTER)
    for number in (1, 0):
        out = StringIO()
        call_command("tick", stdout=out)
        assert f"到期自动办理：{number}" in out.getvalue()
    assert state_of(norm.case) == "lapsed"


@pytest.mark.parametrize("hold", ["suspend", "stay"])
def test_lr32_what_the_office_holds_up_lapses_on_its_day(norm, hold):
    """Suspended or stayed: neither lengthens a validity, and the entry tells that it ended."""
    if hold == "suspend":
        holding.suspend(norm.case, by=norm.people.reviewer, reason="等待上级答复")
    else:
        law = "省政府令第337号"
        holding.stay(norm.case, by=norm.people.reviewer, reason="等待上级答复", law=law)
    norm.clock.stand_at(AFTER)
    assert befall_due(AFTER) == 1
    case = NormativeDocument.objects.get(pk=norm.case.pk)
    assert (case.state, case.is_held) == ("lapsed", False)
    entry = Entry.objects.of_subject(case).newest_first().first()
    assert entry.values_before["held_because"] and not entry.values_after["held_because"]
    assert not verify().faults


def test_what_is_held_up_is_not_evaluated_before_it_goes_on(norm):
    holding.suspend(norm.case, by=norm.people.reviewer, reason="等待上级答复")
    norm.clock.stand_at(EVALUATED)
    assert befall_due(EVALUATED) == 0
    holding.resume(norm.case, by=norm.people.reviewer, reason="已经答复")
    assert befall_due(EVALUATED) == 1
    assert state_of(norm.case) == "evaluating"


def test_done_twice_it_does_no_harm(norm):
    norm.clock.stand_at(AFTER)
    befall(norm.case, "lapse", on=AFTER)
    number = Entry.objects.count()
    with pytest.raises(RefusedByState, match="已办结"):
        befall(norm.case, "lapse", on=AFTER)
    assert befall_due(AFTER) == 0
    assert Entry.objects.count() == number


def test_before_its_day_nothing_is_written(norm):
    number, stored = Entry.objects.count(), NormativeDocument.objects.values().get()
    with pytest.raises(RefusedByLaw, match="尚未届满"):
        befall(norm.case, "lapse", on=EXPIRES)
    assert Entry.objects.count() == number
    assert NormativeDocument.objects.values().get() == stored


def test_a_person_is_refused_and_is_not_offered_it(norm):
    norm.clock.stand_at(AFTER)
    leader = norm.people.township_leader
    with pytest.raises(RefusedByState, match="“失效”到期依法自动发生，无须办理"):
        perform(norm.case, "lapse", by=leader)
    assert "lapse" not in {act.name for act in open_acts(norm.case, leader)}
    assert state_of(norm.case) == "in_force"


def test_what_a_person_performs_does_not_come_about_by_itself(norm):
    with pytest.raises(LookupError, match="repeal is performed by a person"):
        befall(norm.case, "repeal", on=AFTER)
    assert state_of(norm.case) == "in_force"


def test_one_that_does_not_fit_keeps_no_other_back(norm):
    other = NormWalk(norm.people, norm.tree, norm.clock)
    other.to("open")
    other.register("云政发〔2025〕4号")
    other._publish()
    other._file()
    other._register_filing()
    holding.suspend(norm.case, by=norm.people.reviewer, reason="等待上级答复")
    norm.clock.stand_at(EVALUATED)
    assert befall_due(EVALUATED) == 1
    assert (state_of(norm.case), state_of(other.case)) == ("in_force", "evaluating")


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_let_it_come_about_once(norm):
    norm.clock.stand_at(AFTER)
    assert sorted(at_once(lambda: befall_due(AFTER), lambda: befall_due(AFTER))) == [0, 1]
    assert Entry.objects.of_subject(norm.case).filter(label="失效").count() == 1
    assert state_of(norm.case) == "lapsed"
