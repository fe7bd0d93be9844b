"""FQ-8: the floor of publicity, real-name objections, the clock, and naming the day after."""

from datetime import date

import pytest

from accreditation.models import Objection
from documents.models import Paper
from tests.accreditation.steps import term_of
from workflows import parameters, reminders
from workflows.models.tasks import Task
from workflows.models.terms import Term
from workflows.refusals import RefusedByLaw, RefusedByState

OBJECTION = {"objector": "王某", "contact": "1390000", "content": "台账不实"}


def to_city_publicity(walk):
    """Publish the naming on 2025-09-26, as the example of FQ-8 does."""
    walk.clock.stand_at(date(2025, 9, 1))
    walk.to("pass_acceptance")
    walk.clock.stand_at(date(2025, 9, 26))
    return walk.do("publish_city", walk.people.city_reviewer, place="市局网站")


def test_fq8_county_publicity_of_2025_09_26_refuses_on_10_10_and_allows_on_10_11(walk):
    case = walk.to("publish_county")
    term = term_of(case, "county_publicity")
    assert (term.kind, term.due_on) == ("floor", date(2025, 10, 10))
    for day in (date(2025, 9, 26), date(2025, 10, 9), date(2025, 10, 10)):
        walk.clock.stand_at(day)
        with pytest.raises(RefusedByLaw, match="2025-10-11起方可办理"):
            walk.do("report_to_city", walk.people.reviewer)
    walk.clock.stand_at(date(2025, 10, 11))
    case = walk.do("report_to_city", walk.people.reviewer)
    assert case.state == "city_review"
    assert term_of(case, "county_publicity").state == "met"


def test_fq8_naming_after_publicity_of_2025_09_26_is_refused_on_10_10_and_allowed_on_10_11(walk):
    to_city_publicity(walk)
    walk.clock.stand_at(date(2025, 10, 10))
    with pytest.raises(RefusedByLaw, match="2025-10-11起方可办理"):
        walk.do("name_station", walk.people.city_leader)
    walk.clock.stand_at(date(2025, 10, 11))
    assert walk.do("name_station", walk.people.city_leader).state == "named"


def test_fq8_the_office_may_lengthen_the_publicity(walk):
    walk.before("publish_county")
    parameters.record(
        parameters.parameter("accreditation.county_publicity"), "7wd", date(2025, 9, 1),
        by=walk.people.system_admin, source="局文件",
    )  # fmt: skip
    case = walk.to("publish_county")
    assert term_of(case, "county_publicity").due_on == date(2025, 10, 13)


def test_fq8_a_longer_publicity_set_later_does_not_move_one_that_runs(walk):
    case = walk.to("publish_county")
    parameters.record(
        parameters.parameter("accreditation.county_publicity"), "7wd", date(2025, 9, 27),
        by=walk.people.system_admin, source="局文件",
    )  # fmt: skip
    assert term_of(case, "county_publicity").due_on == date(2025, 10, 10)


@pytest.mark.parametrize("missing", ["objector", "contact"])
def test_fq8_an_anonymous_objection_is_not_recorded(walk, missing):
    walk.to("publish_county")
    with pytest.raises(RefusedByLaw, match="实名"):
        walk.do("record_objection", walk.people.reviewer, **{**OBJECTION, missing: " "})
    assert not Objection.objects.exists()


def test_fq8_nothing_goes_on_while_an_objection_is_investigated(walk):
    walk.to("publish_county")
    walk.do("record_objection", walk.people.reviewer, **OBJECTION)
    walk.clock.stand_at(date(2025, 10, 11))
    with pytest.raises(RefusedByState, match="异议核查"):
        walk.do("report_to_city", walk.people.reviewer)


def test_fq8_a_dismissed_objection_leaves_the_clock_as_it_was(walk):
    walk.to("publish_county")
    walk.clock.stand_at(date(2025, 9, 29))
    walk.do("record_objection", walk.people.reviewer, **OBJECTION)
    walk.clock.stand_at(date(2025, 10, 10))
    case = walk.do("dismiss_objection", walk.people.reviewer, finding="查无实据")
    assert case.state == "county_publicity"
    assert term_of(case, "county_publicity").due_on == date(2025, 10, 10)
    assert Term.objects.of_case(case).filter(code="county_publicity").count() == 1
    objection = case.objections.get()
    assert (objection.is_upheld, objection.finding) == (False, "查无实据")
    walk.clock.stand_at(date(2025, 10, 11))
    assert walk.do("report_to_city", walk.people.reviewer).state == "city_review"


def test_fq8_a_changed_list_is_published_again_and_the_clock_starts_anew(walk):
    walk.to("publish_county")
    walk.do("record_objection", walk.people.reviewer, **OBJECTION)
    walk.clock.stand_at(date(2025, 9, 30))
    case = walk.do("correct_and_republish", walk.people.reviewer, finding="更正批次")
    first, second = Term.objects.of_case(case).filter(code="county_publicity")
    assert (first.state, first.end_reason) == ("cancelled", "公示内容更正，重新公示")
    assert (second.started_on, second.due_on) == (date(2025, 9, 30), date(2025, 10, 14))
    assert Paper.objects.of(case).filter(kind="accreditation.publicity_notice").count() == 2
    walk.clock.stand_at(date(2025, 10, 11))
    with pytest.raises(RefusedByLaw, match="2025-10-15起"):
        walk.do("report_to_city", walk.people.reviewer)


@pytest.mark.parametrize("level", ["county", "city"])
def test_fq8_an_upheld_objection_ends_the_application_at_either_level(walk, level):
    if level == "county":
        walk.to("publish_county")
        investigator, ended = walk.people.reviewer, "not_recommended"
    else:
        to_city_publicity(walk)
        investigator, ended = walk.people.city_reviewer, "failed"
    walk.do("record_objection", investigator, **OBJECTION)
    case = walk.do("uphold_objection", investigator, finding="属实")
    assert (case.state, case.end_reason) == (ended, "公示期内异议经查属实")


def test_fq8_a_dismissed_objection_at_the_city_leads_back_to_its_publicity(walk):
    to_city_publicity(walk)
    walk.do("record_objection", walk.people.city_reviewer, **OBJECTION)
    case = walk.do("dismiss_objection", walk.people.city_reviewer, finding="不实")
    assert case.state == "publicity"
    walk.do("record_objection", walk.people.city_reviewer, **OBJECTION)
    walk.clock.stand_at(date(2025, 9, 28))
    case = walk.do("correct_and_republish", walk.people.city_reviewer, finding="更正")
    assert term_of(case, "city_publicity").due_on == date(2025, 10, 11)


def test_fq8_the_notice_says_until_when_and_how_to_object(walk):
    case = walk.to("publish_county")
    words = Paper.objects.of(case).get(kind="accreditation.publicity_notice").words
    assert "至2025年10月10日止" in words
    assert "真实姓名" in words
    assert "乐陵市司法局" in words


def test_fq8_nobody_is_late_while_or_after_a_floor_runs(walk):
    """The task that waits for the publicity has no due date, so nothing is reported overdue."""
    case = walk.to("publish_county")
    task = Task.objects.of_case(case).open().get()
    assert (task.node, task.due_on) == ("report", None)
    walk.clock.stand_at(date(2025, 10, 20))
    assert reminders.escalate(date(2025, 10, 20)) == 0
