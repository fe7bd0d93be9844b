"""FQ-8: the floor of publicity, real-name objections, the clock, and naming the day after."""

from datetime import date

import pytest

from accreditation.models import Objection
from documents.models import Paper
from permissions.roles import Role
from tests import factories
from tests.accreditation.steps import term_of
from workflows import parameters, reminders
from workflows.diagram import drawing
from workflows.models.tasks import Task
from workflows.models.terms import Term
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByState

OBJECTION = {"objector": "王某", "contact": "1390000", "content": "台账不实"}
INVESTIGATION = {"proposal": "dismiss", "finding": "查无实据"}
DECISION = {"decision": "按核查情况决定"}


def objected(walk):
    """Register an objection to the county's publicity."""
    walk.to("publish_county")
    return walk.do("record_objection", walk.people.reviewer, **OBJECTION)


def investigated(walk):
    """Let the reviewer who did not confirm the score investigate."""
    return walk.do("investigate_objection", walk.people.second_reviewer, **INVESTIGATION)


def investigated_at_city(walk):
    """Let the reviewer who did not inspect the station investigate."""
    return walk.do("investigate_at_city", walk.people.second_city_reviewer, **INVESTIGATION)


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
    with pytest.raises(RefusedByState, match="县级异议核查"):
        walk.do("report_to_city", walk.people.reviewer)


def test_fq8_a_dismissed_objection_leaves_the_clock_as_it_was(walk):
    walk.to("publish_county")
    walk.clock.stand_at(date(2025, 9, 29))
    walk.do("record_objection", walk.people.reviewer, **OBJECTION)
    walk.clock.stand_at(date(2025, 10, 10))
    investigated(walk)
    case = walk.do("dismiss_objection", walk.people.secretary, **DECISION)
    assert case.state == "county_publicity"
    assert term_of(case, "county_publicity").due_on == date(2025, 10, 10)
    assert Term.objects.of_case(case).filter(code="county_publicity").count() == 1
    objection = case.objections.get()
    assert (objection.is_upheld, objection.finding) == (False, "查无实据")
    assert (objection.investigated_by, objection.concluded_by) == (
        walk.people.second_reviewer, walk.people.secretary,
    )  # fmt: skip
    walk.clock.stand_at(date(2025, 10, 11))
    assert walk.do("report_to_city", walk.people.reviewer).state == "city_review"


def test_fq8_a_changed_list_is_published_again_and_the_clock_starts_anew(walk):
    walk.to("publish_county")
    walk.do("record_objection", walk.people.reviewer, **OBJECTION)
    walk.clock.stand_at(date(2025, 9, 30))
    investigated(walk)
    case = walk.do("correct_and_republish", walk.people.secretary, decision="更正批次")
    first, second = Term.objects.of_case(case).filter(code="county_publicity")
    assert (first.state, first.end_reason) == ("cancelled", "公示内容更正，重新公示")
    assert (second.started_on, second.due_on) == (date(2025, 9, 30), date(2025, 10, 14))
    assert Paper.objects.of(case).filter(kind="accreditation.publicity_notice").count() == 2
    walk.clock.stand_at(date(2025, 10, 11))
    with pytest.raises(RefusedByLaw, match="2025-10-15起"):
        walk.do("report_to_city", walk.people.reviewer)


def test_fq8_the_party_group_takes_the_station_off_the_countys_list(walk):
    objected(walk)
    investigated(walk)
    case = walk.do("uphold_objection", walk.people.secretary, decision="撤回推荐")
    assert (case.state, case.end_reason) == (
        "not_recommended", "公示期内异议经查属实。撤回推荐",
    )  # fmt: skip
    paper = Paper.objects.of(case).get(kind="accreditation.recommendation_end")
    assert "终止推荐" in paper.words and "撤回推荐" in paper.words


def test_fq8_the_citys_leader_takes_the_station_off_the_citys_list(walk):
    to_city_publicity(walk)
    walk.do("record_objection_at_city", walk.people.city_reviewer, **OBJECTION)
    investigated_at_city(walk)
    case = walk.do("uphold_at_city", walk.people.city_leader, decision="不予命名")
    assert (case.state, case.end_reason) == ("failed", "公示期内异议经查属实。不予命名")
    assert Paper.objects.of(case).filter(kind="accreditation.failure_notice").exists()


def test_fq8_a_dismissed_objection_at_the_city_leads_back_to_its_publicity(walk):
    to_city_publicity(walk)
    walk.do("record_objection_at_city", walk.people.city_reviewer, **OBJECTION)
    investigated_at_city(walk)
    case = walk.do("dismiss_at_city", walk.people.city_leader, **DECISION)
    assert case.state == "publicity"
    assert Task.objects.of_case(case).open().get().node == "name"
    walk.do("record_objection_at_city", walk.people.city_reviewer, **OBJECTION)
    investigated_at_city(walk)
    walk.clock.stand_at(date(2025, 9, 28))
    case = walk.do("republish_at_city", walk.people.city_leader, decision="更正")
    assert term_of(case, "city_publicity").due_on == date(2025, 10, 11)


def test_fq8_a_county_reviewer_cannot_touch_what_the_city_publishes(walk):
    to_city_publicity(walk)
    case = walk.do("record_objection_at_city", walk.people.reviewer, **OBJECTION)
    assert case.state == "city_objection"
    for person in (walk.people.reviewer, walk.people.second_reviewer):
        with pytest.raises(RefusedByPerson):
            walk.do("investigate_at_city", person, **INVESTIGATION)
        with pytest.raises(RefusedByState):
            walk.do("investigate_objection", person, **INVESTIGATION)
        with pytest.raises(RefusedByPerson):
            walk.do("uphold_at_city", person, **DECISION)
    with pytest.raises(RefusedByState):
        walk.do("uphold_objection", walk.people.secretary, **DECISION)


def test_fq8_who_confirmed_the_score_does_not_investigate_an_objection_to_it(walk):
    objected(walk)
    with pytest.raises(RefusedByPerson, match="得分确认人"):
        walk.do("investigate_objection", walk.people.reviewer, **INVESTIGATION)
    assert investigated(walk).is_objection_investigated


def test_fq8_who_inspected_does_not_investigate_an_objection_to_it(walk):
    to_city_publicity(walk)
    walk.do("record_objection_at_city", walk.people.city_reviewer, **OBJECTION)
    with pytest.raises(RefusedByPerson, match="验收审核人"):
        walk.do("investigate_at_city", walk.people.city_reviewer, **INVESTIGATION)
    assert investigated_at_city(walk).is_objection_investigated


@pytest.mark.parametrize("act", ["dismiss_objection", "correct_and_republish", "uphold_objection"])
def test_fq8_a_reviewer_alone_undoes_no_decision_of_the_party_group(walk, act):
    objected(walk)
    with pytest.raises((RefusedByLaw, RefusedByState)):
        walk.do(act, walk.people.secretary, **DECISION)
    investigated(walk)
    with pytest.raises(RefusedByPerson):
        walk.do(act, walk.people.second_reviewer, **DECISION)
    factories.make_post(walk.people.second_reviewer, Role.PARTY_SECRETARY, walk.tree.bureau)
    with pytest.raises(RefusedByPerson, match="异议核查人"):
        walk.do(act, walk.people.second_reviewer, **DECISION)


def test_fq8_an_objection_waits_in_an_in_box_and_has_its_term(walk, signed_in):
    case = objected(walk)
    task = Task.objects.of_case(case).open().get()
    assert (task.node, task.role, task.unit, task.due_on) == (
        "investigate", Role.COUNTY_REVIEWER, walk.tree.section, date(2025, 10, 16),
    )  # fmt: skip
    marks = {box.name: box.mark for box in drawing(case).boxes}
    assert (marks["apply"], marks["investigate"], marks["inspect"]) == (
        "done", "current", "future",
    )  # fmt: skip
    superseded = Task.objects.of_case(case).get(node="report")
    assert (superseded.state, superseded.close_reason) == ("cancelled", "登记异议，先行核查")
    page = signed_in(walk.people.second_reviewer).get(case.get_absolute_url()).content.decode()
    assert "异议核查期限" in page and "核查中" in page
    case = investigated(walk)
    task = Task.objects.of_case(case).open().get()
    assert (task.node, task.role, task.due_on) == (
        "conclude_objection", Role.PARTY_SECRETARY, date(2025, 10, 16),
    )  # fmt: skip
    page = signed_in(walk.people.secretary).get(case.get_absolute_url()).content.decode()
    assert "查无实据" in page and "建议：异议不成立" in page
    case = walk.do("dismiss_objection", walk.people.secretary, **DECISION)
    assert term_of(case, "objection_check").state == "met"
    assert Task.objects.of_case(case).open().get().node == "report"


def test_fq8_the_office_may_set_the_time_for_an_investigation(walk):
    parameters.record(
        parameters.parameter("accreditation.objection_check"), "5wd", date(2025, 9, 1),
        by=walk.people.system_admin, source="局文件",
    )  # fmt: skip
    assert term_of(objected(walk), "objection_check").due_on == date(2025, 10, 10)


def test_fq8_an_investigation_that_came_late_is_noted_as_late(walk):
    objected(walk)
    walk.clock.stand_at(date(2025, 10, 17))
    investigated(walk)
    case = walk.do("dismiss_objection", walk.people.secretary, **DECISION)
    assert term_of(case, "objection_check").state == "met_late"


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
