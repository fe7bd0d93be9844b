"""FQ-5, FQ-6, FQ-12: formal check, one supplement with the clock stopped, deferral, withdrawal."""

from datetime import date

import pytest

from accreditation.models import Application, Standard
from accreditation.rules.applications import MATERIALS
from documents.models import Paper
from tests.accreditation.steps import term_of
from workflows.door import open_acts, open_case
from workflows.models.tasks import Task
from workflows.refusals import RefusedByLaw, RefusedByState


def ask_supplement(walk, on=None):
    """Ask for the one supplement."""
    walk.before("accept")
    return walk.do("return_for_supplement", walk.people.reviewer, on=on, defects="缺照片、缺目录")


def test_fq6_accepting_meets_the_term(walk):
    case = walk.to("accept")
    assert term_of(case, "formal_check").state == "met"
    assert case.accepted_on == date(2025, 9, 26)


def test_fq5_an_incomplete_file_is_not_accepted(walk):
    case = walk.before("accept")
    case.materials().filter(slot=MATERIALS[1]).update(withdrawn_at=walk.clock.now())
    with pytest.raises(RefusedByLaw, match=MATERIALS[1]):
        walk.do("accept", walk.people.reviewer)


def test_fq5_the_clock_stands_while_the_station_supplements(walk):
    walk.before("accept")
    walk.clock.stand_at(date(2025, 9, 28))
    case = ask_supplement(walk)
    check, supplement = term_of(case, "formal_check"), term_of(case, "supplement")
    assert check.open_stop.from_on == date(2025, 9, 28)
    assert check.due_on is None
    assert supplement.due_on == date(2025, 10, 11)
    assert case.due_on == date(2025, 10, 11)
    walk.clock.stand_at(date(2025, 10, 11))
    case = walk.do("submit_supplement", walk.people.chief, supplement="已补")
    check = term_of(case, "formal_check")
    assert check.stops.get().to_on == date(2025, 10, 11)
    # One working day (09-28) of five is used; four remain after 10-11.
    assert check.due_on == date(2025, 10, 16)
    assert term_of(case, "supplement").state == "met"


def test_fq5_supplement_is_asked_once_only(walk):
    ask_supplement(walk)
    walk.do("submit_supplement", walk.people.chief, supplement="已补")
    with pytest.raises(RefusedByLaw, match="只能要求一次"):
        walk.do("return_for_supplement", walk.people.reviewer, defects="再补")


def test_fq5_a_late_supplement_is_refused_and_the_case_waits_for_the_next_batch(walk):
    case = ask_supplement(walk)
    assert term_of(case, "supplement").due_on == date(2025, 10, 10)
    walk.clock.stand_at(date(2025, 10, 10))
    with pytest.raises(RefusedByLaw, match="尚未届满"):
        walk.do("defer", walk.people.reviewer)
    walk.clock.stand_at(date(2025, 10, 11))
    with pytest.raises(RefusedByLaw, match="转入下一批次"):
        walk.do("submit_supplement", walk.people.chief, supplement="已补")
    case = walk.do("defer", walk.people.reviewer)
    assert case.state == "deferred"
    assert not Task.objects.of_case(case).open().exists()
    assert term_of(case, "formal_check").state == "cancelled"
    assert term_of(case, "supplement").state == "missed"


def test_fq6_a_late_notice_of_defects_is_given_and_the_check_is_noted_as_late(walk):
    case = walk.before("accept")
    assert term_of(case, "formal_check").due_on == date(2025, 10, 10)
    walk.clock.stand_at(date(2025, 10, 13))
    shown = {act.name: act for act in open_acts(case, walk.people.reviewer)}
    assert shown["return_for_supplement"].allowed and shown["accept"].allowed
    case = walk.do("return_for_supplement", walk.people.reviewer, defects="缺照片")
    check = term_of(case, "formal_check")
    assert (check.state, check.met_on, check.stops.count()) == ("met_late", date(2025, 10, 13), 0)
    notice = Paper.objects.of(case).get(kind="accreditation.supplement_notice")
    assert "形式审查期限已届满" in notice.words
    case = walk.do("submit_supplement", walk.people.chief, supplement="已补")
    again = term_of(case, "formal_check")
    assert (again.state, again.started_on) == ("open", date(2025, 10, 13))
    assert walk.do("accept", walk.people.reviewer).state == "county_check"
    assert term_of(walk.case, "formal_check").state == "met"


def test_fq5_wd17_the_notice_names_all_defects_and_the_last_day_in_writing(walk):
    case = ask_supplement(walk)
    notice = Paper.objects.of(case).get(kind="accreditation.supplement_notice")
    assert str(notice.number) == "乐司枫补〔2025〕1号"
    assert "缺照片、缺目录" in notice.words and "2025年10月10日（含当日）前补正" in notice.words
    assert "补正期间不计入形式审查期限" in notice.words


def test_fq5_a_supplement_that_does_not_do_ends_the_check_in_time(walk):
    ask_supplement(walk)
    walk.do("submit_supplement", walk.people.chief, supplement="已补")
    case = walk.do("defer", walk.people.reviewer)
    assert term_of(case, "formal_check").state == "met"
    assert term_of(case, "supplement").state == "met"


def test_fq5_nothing_is_deferred_without_a_supplement(walk):
    walk.before("accept")
    with pytest.raises(RefusedByLaw, match="未要求过补正"):
        walk.do("defer", walk.people.reviewer)


def test_fq5_a_deferred_station_applies_again_in_the_next_batch(walk):
    ask_supplement(walk)
    walk.clock.stand_at(date(2025, 10, 11))
    walk.do("defer", walk.people.reviewer)
    again = open_case(
        Application, by=walk.people.chief, unit=walk.tree.station, title="再次创建",
        standard=Standard.objects.get(), batch_year=2026,
    )  # fmt: skip
    assert again.number == "乐司枫申〔2025〕2号"


@pytest.mark.parametrize("act", ["start_self_assessment", "apply", "accept", "recommend"])
def test_the_station_withdraws_until_the_party_group_decides(walk, act):
    walk.before(act)
    case = walk.do("withdraw", walk.people.chief, reason="明年再报")
    assert (case.state, case.end_reason) == ("withdrawn", "明年再报")
    assert case.closed_on == walk.clock.today()
    assert not Task.objects.of_case(case).open().exists()


def test_after_the_decision_there_is_no_withdrawal(walk):
    walk.to("recommend")
    with pytest.raises(RefusedByState):
        walk.do("withdraw", walk.people.chief, reason="后悔")


def test_the_supplement_is_a_task_of_the_chief_with_its_due_date(walk):
    case = ask_supplement(walk)
    task = Task.objects.of_case(case).open().get()
    assert (task.node, task.unit, task.due_on) == (
        "supplement",
        walk.tree.station,
        date(2025, 10, 10),
    )
