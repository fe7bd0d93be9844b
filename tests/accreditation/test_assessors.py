"""FQ-6, FQ-17: assessors from elsewhere, separate sheets, differences settled, vetoes confirmed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accreditation.models import AssessorSheet, CountyScore
from accreditation.rules.applications import has_all_sheets
from documents.models import Paper
from permissions.roles import Role
from tests import factories
from tests.accreditation.steps import observations
from workflows import parameters
from workflows.door import perform
from workflows.models.tasks import Task
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace, RefusedByState
from workflows.replacing import replace_holder


def appoint(walk, *people):
    """Appoint these people."""
    return walk.do("appoint_assessors", walk.people.deputy, assessors=people)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_fq6_fewer_than_two_or_more_than_three_assessors_are_refused(walk, count):
    walk.before("appoint_assessors")
    people = [walk.people.assessor_a, walk.people.assessor_b, walk.people.assessor_c]
    people.append(factories.make_person("assessor_d", "评丁"))
    factories.make_post(people[3], Role.COUNTY_ASSESSOR, walk.tree.bureau)
    with pytest.raises(RefusedByLaw, match="评审员应为2至3人"):
        appoint(walk, *people[:count])


def test_fq6_the_office_may_ask_for_three(walk):
    walk.before("appoint_assessors")
    parameters.record(
        parameters.parameter("accreditation.fewest_assessors"), "3", walk.clock.today(),
        by=walk.people.system_admin, source="局文件",
    )  # fmt: skip
    with pytest.raises(RefusedByLaw, match="3至3人"):
        appoint(walk, walk.people.assessor_a, walk.people.assessor_b)
    people = (walk.people.assessor_a, walk.people.assessor_b, walk.people.assessor_c)
    assert len(appoint(walk, *people).assessor_list) == 3


def test_fq6_who_belongs_or_belonged_to_the_station_is_recused(walk):
    walk.before("appoint_assessors")
    factories.make_post(
        walk.people.assessor_a, Role.STATION_OFFICER, walk.tree.station,
        ends_on=walk.clock.today().replace(year=2024),
    )  # fmt: skip
    with pytest.raises(RefusedByLaw, match="评甲在云红司法所任职"):
        appoint(walk, walk.people.assessor_a, walk.people.assessor_b)


def test_fq6_a_person_without_the_post_is_no_assessor(walk):
    walk.before("appoint_assessors")
    with pytest.raises(RefusedByLaw, match="乐局长不能担任该件评审员"):
        appoint(walk, walk.people.director, walk.people.assessor_b)


def test_fq6_the_form_offers_only_who_may(walk, signed_in):
    case = walk.before("appoint_assessors")
    factories.make_post(walk.people.assessor_c, Role.STATION_OFFICER, walk.tree.station)
    address = reverse("workflows:act", args=["application", case.uuid, "appoint_assessors"])
    page = signed_in(walk.people.deputy).get(address).content.decode()
    assert "评甲" in page and "评乙" in page
    assert "评丙" not in page


def test_fq6_each_assessor_gets_a_task_of_his_own(walk):
    case = walk.to("appoint_assessors")
    holders = Task.objects.of_case(case).open().values_list("holder__full_name", flat=True)
    assert set(holders) == {"评甲", "评乙"}


def test_fq6_the_flow_goes_on_only_when_all_sheets_are_in(walk):
    case = walk.before("submit_sheet")
    walk.sheet(walk.people.assessor_a)
    with pytest.raises(RefusedByState):
        walk.do("confirm_county_score", walk.people.reviewer, settled={})
    assert "尚有评审员未提交评分：评乙" in has_all_sheets(case, walk.clock.today()).reason
    assert Task.objects.of_case(case).open().get().holder == walk.people.assessor_b
    walk.sheet(walk.people.assessor_b)
    assert Task.objects.of_case(case).open().get().node == "confirm"


def test_fq6_nobody_hands_in_twice_and_no_stranger_at_all(walk):
    walk.before("submit_sheet")
    walk.sheet(walk.people.assessor_a)
    for person in (walk.people.assessor_a, walk.people.assessor_c):
        with pytest.raises(RefusedByPerson, match="评乙本人"):
            walk.sheet(person)
    walk.sheet(walk.people.assessor_b)
    for person in (walk.people.assessor_b, walk.people.assessor_c):
        with pytest.raises((RefusedByState, RefusedByRace)):
            walk.sheet(person)
    assert AssessorSheet.objects.count() == 2


def test_fq6_no_assessor_sees_the_others_sheet_before_his_own_is_in(walk, signed_in):
    case = walk.before("submit_sheet")
    walk.do(
        "submit_sheet", walk.people.assessor_a, observations=observations(case),
        remarks={case.standard.items.first().pk: "独家印记甲"}, vetoes={}, note="独家印记乙",
    )  # fmt: skip
    for person in (walk.people.assessor_b, walk.people.reviewer, walk.people.deputy):
        page = signed_in(person).get(case.get_absolute_url()).content.decode()
        assert "独家印记甲" not in page, person.full_name
        assert "独家印记乙" not in page, person.full_name
    own = signed_in(walk.people.assessor_a).get(case.get_absolute_url()).content.decode()
    assert "独家印记甲" in own
    walk.sheet(walk.people.assessor_b)
    page = signed_in(walk.people.assessor_b).get(case.get_absolute_url()).content.decode()
    assert "独家印记甲" in page


def differing(walk):
    """Hand in two sheets that differ in 3.2 (4 and 2 points) and 1.1 (2 and 0)."""
    walk.before("submit_sheet")
    walk.sheet(walk.people.assessor_a)
    return walk.sheet(walk.people.assessor_b, i3_2=2, i1_1=0)


def settle(case, **points):
    """Return settled points by item key, with a reason."""
    keys = {f"i{item.code.replace('.', '_')}": item.pk for item in case.standard.items}
    return {keys[key]: (Decimal(value), "复核照片后确定") for key, value in points.items()}


def test_fq6_every_difference_is_settled_with_a_reason(walk):
    case = differing(walk)
    reviewer = walk.people.reviewer
    with pytest.raises(RefusedByLaw, match=r"3\.2评审员评分不一致"):
        walk.do("confirm_county_score", reviewer, settled=settle(case, i1_1=2))
    silent = {key: (points, " ") for key, (points, _) in settle(case, i1_1=2, i3_2=3).items()}
    with pytest.raises(RefusedByLaw, match="说明理由"):
        walk.do("confirm_county_score", reviewer, settled=silent)
    with pytest.raises(RefusedByLaw, match="2至4分之间"):
        walk.do("confirm_county_score", reviewer, settled=settle(case, i1_1=2, i3_2="1.5"))
    case = walk.do("confirm_county_score", reviewer, settled=settle(case, i1_1=2, i3_2=3))
    assert case.county_total == 99
    assert CountyScore.objects.get(application=case, item__code="3.2").reason == "复核照片后确定"
    paper = Paper.objects.of(case).get(kind="accreditation.on_site_sheet")
    assert "评甲" in paper.words and "复核照片后确定" in paper.words


def test_fq6_who_scored_does_not_confirm(walk):
    case = walk.before("confirm_county_score")
    factories.make_post(walk.people.assessor_a, Role.COUNTY_REVIEWER, walk.tree.section)
    with pytest.raises(RefusedByPerson, match="您是该件的评审员"):
        perform(case, "confirm_county_score", by=walk.people.assessor_a, settled={})


def test_fq15_89_points_are_not_recommended(walk):
    walk.changes = {"i1_2": 8, "i2_2": 2, "i3_2": 2, "i4_3": 0}
    case = walk.to("confirm_county_score")
    assert case.county_total == 88
    with pytest.raises(RefusedByLaw, match=r"88.*低于合格线90"):
        walk.to("recommend")
    case = walk.do(
        "decline_recommendation", walk.people.secretary, meeting="第9次", decision="未达标"
    )
    assert case.state == "not_recommended"


def test_fq15_a_category_below_sixty_percent_is_not_recommended(walk):
    walk.changes = {"i13_1": 0, "i13_3": 0}
    case = walk.to("confirm_county_score")
    assert case.county_total == 98
    with pytest.raises(RefusedByLaw, match=r"基层法治建设.*低于该类4分的60"):
        walk.to("recommend")


def test_fq17_a_veto_fails_98_points(walk):
    case = walk.before("submit_sheet")
    veto = case.standard.veto_items.get(number=2)
    walk.vetoes = {veto.pk: "2025年3月在矫对象王某案"}
    walk.changes = {"i1_3": 0}
    case = walk.to("confirm_county_score")
    assert case.county_total == 98
    with pytest.raises(RefusedByLaw, match="一票否决"):
        walk.to("recommend")
    opinion = walk.do(
        "decline_recommendation", walk.people.secretary, meeting="第9次", decision="一票否决"
    )
    assert opinion.state == "not_recommended"
    paper = Paper.objects.of(opinion).get(kind="accreditation.county_opinion")
    assert "不予推荐" in paper.words and "恶性犯罪" in paper.words


def test_fq17_a_reported_veto_that_is_not_confirmed_does_not_fail(walk):
    case = walk.before("submit_sheet")
    walk.vetoes = {case.standard.veto_items.get(number=2).pk: "传言，未证实"}
    walk.to("submit_sheet")
    walk.vetoes = {}
    case = walk.to("recommend")
    assert case.state == "recommended"
    assert "传言" in case.veto_checks.get(veto__number=2).reported


def test_fq14_an_incomplete_sheet_is_told_field_by_field(walk, signed_in):
    case = walk.before("submit_sheet")
    address = reverse("workflows:act", args=["application", case.uuid, "submit_sheet"])
    answer = signed_in(walk.people.assessor_a).post(address, {"observed_1_1": "1"})
    assert answer.status_code == 422
    assert not AssessorSheet.objects.exists()


def replace(walk, leaving, successor, reason="调离本局"):
    """Let another take the place of an assessor."""
    return walk.do(
        "replace_assessor", walk.people.deputy, leaving=leaving, successor=successor, reason=reason
    )


def test_fq6_an_assessor_who_leaves_is_replaced_and_the_case_goes_on(walk):
    case = walk.before("submit_sheet")
    walk.sheet(walk.people.assessor_a)
    case = replace(walk, walk.people.assessor_b, walk.people.assessor_c)
    assert [each.full_name for each in case.assessor_list] == ["评甲", "评丙"]
    left = case.appointments.get(assessor=walk.people.assessor_b)
    assert (left.end_reason, left.successor) == ("调离本局", walk.people.assessor_c)
    old = Task.objects.of_case(case).get(node="score", holder=walk.people.assessor_b)
    new = Task.objects.of_case(case).open().get()
    assert (old.state, old.close_reason, old.superseded_by) == ("cancelled", "调离本局", new)
    assert (new.holder, new.is_personal, new.due_on) == (
        walk.people.assessor_c, True, old.due_on,
    )  # fmt: skip
    with pytest.raises(RefusedByPerson):
        walk.sheet(walk.people.assessor_b)
    walk.sheet(walk.people.assessor_c)
    assert Task.objects.of_case(case).open().get().node == "confirm"
    case = walk.do("confirm_county_score", walk.people.reviewer, settled={})
    assert case.state == "county_scored"


def test_fq6_the_replaced_assessor_finds_no_task_and_the_new_one_does(walk, signed_in):
    walk.before("submit_sheet")
    case = replace(walk, walk.people.assessor_b, walk.people.assessor_c)
    inbox = reverse("workflows:inbox")
    assert case.title in signed_in(walk.people.assessor_c).get(inbox).content.decode()
    assert case.title not in signed_in(walk.people.assessor_b).get(inbox).content.decode()
    page = signed_in(walk.people.deputy).get(case.get_absolute_url()).content.decode()
    assert "评乙由评丙接替，原因：调离本局" in page


def test_fq6_who_has_scored_is_not_replaced(walk):
    walk.before("submit_sheet")
    walk.sheet(walk.people.assessor_a)
    with pytest.raises(RefusedByLaw, match="评甲不是尚未提交评分的评审员"):
        replace(walk, walk.people.assessor_a, walk.people.assessor_c)
    walk.sheet(walk.people.assessor_b)
    with pytest.raises(RefusedByLaw, match="均已提交评分"):
        replace(walk, walk.people.assessor_b, walk.people.assessor_c)


def test_fq6_a_replacement_meets_the_conditions_of_an_appointment(walk):
    walk.before("submit_sheet")
    people = walk.people
    with pytest.raises(RefusedByLaw, match="评甲已是或曾是该件评审员"):
        replace(walk, people.assessor_b, people.assessor_a)
    with pytest.raises(RefusedByLaw, match="乐局长不能担任"):
        replace(walk, people.assessor_b, people.director)
    with pytest.raises(RefusedByLaw, match="说明原因"):
        replace(walk, people.assessor_b, people.assessor_c, reason=" ")
    factories.make_post(people.assessor_c, Role.STATION_OFFICER, walk.tree.station)
    with pytest.raises(RefusedByLaw, match="评丙在云红司法所任职"):
        replace(walk, people.assessor_b, people.assessor_c)
    assert [each.full_name for each in walk.case.assessor_list] == ["评甲", "评乙"]


def test_fq6_the_form_of_a_replacement_offers_who_may_leave_and_who_may_come(walk, signed_in):
    case = walk.before("submit_sheet")
    walk.sheet(walk.people.assessor_a)
    address = reverse("workflows:act", args=["application", case.uuid, "replace_assessor"])
    browser = signed_in(walk.people.deputy)
    page = browser.get(address)
    form = page.context["form"]
    assert list(form.fields["leaving"].queryset) == [walk.people.assessor_b]
    assert list(form.fields["successor"].queryset) == [walk.people.assessor_c]
    typed = {
        "leaving": walk.people.assessor_b.pk, "successor": walk.people.assessor_c.pk,
        "reason": "住院",
    }  # fmt: skip
    assert browser.post(address, typed).status_code == 302


def test_nobody_is_replaced_in_a_step_in_which_he_has_no_task(walk):
    case = walk.before("submit_sheet")
    with pytest.raises(RefusedByLaw, match="没有待办理的事项"):
        replace_holder(
            case, "score", leaving=walk.people.assessor_c, successor=walk.people.assessor_a,
            reason="调离",
        )  # fmt: skip
