"""FQ-17: a veto circumstance that comes to light after the score stops the case and can end it."""

import pytest
from django.urls import reverse

from accreditation.models import Title
from documents.models import Paper
from permissions.roles import Role
from tests import factories
from tests.accreditation.test_acts import DECISION, a_veto, with_city_veto, with_veto
from workflows.door import open_acts
from workflows.models.notices import Notice
from workflows.models.tasks import Task
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByState


def test_fq17_a_veto_found_before_the_decision_bars_the_recommendation(walk):
    case = walk.before("recommend")
    walk.do("record_veto", walk.people.reviewer, **a_veto(case))
    with pytest.raises(RefusedByLaw, match="恶性犯罪"):
        walk.to("recommend")


def test_fq17_a_veto_found_during_the_countys_publicity_bars_the_report(walk):
    case = with_veto(walk)
    check = case.veto_checks.get(veto__number=2)
    assert (check.is_confirmed, check.recorded_by, check.recorded_on) == (
        True, walk.people.reviewer, walk.clock.today(),
    )  # fmt: skip
    with pytest.raises(RefusedByLaw, match="存在一票否决情形"):
        walk.to("report_to_city")
    shown = {act.name: act for act in open_acts(case, walk.people.reviewer)}
    assert "一票否决" in shown["report_to_city"].reason


def test_fq17_a_veto_found_at_the_city_bars_the_naming(walk):
    with_city_veto(walk)
    with pytest.raises(RefusedByLaw, match="存在一票否决情形"):
        walk.to("name_station")
    assert not Title.objects.exists()


@pytest.mark.parametrize(
    ("last", "act", "facts"),
    [
        ("propose_acceptance", "pass_acceptance", {}),
        ("propose_acceptance", "pass_conditionally", {"requirements": "补"}),
        ("pass_acceptance", "publish_city", {"place": "网站"}),
    ],
)
def test_fq17_a_veto_bars_every_step_forward_at_the_city(walk, last, act, facts):
    case = walk.to(last)
    walk.do("record_veto_at_city", walk.people.second_city_reviewer, **a_veto(case))
    person = walk.people.city_reviewer if act == "publish_city" else walk.people.city_leader
    with pytest.raises(RefusedByLaw, match="存在一票否决情形"):
        walk.do(act, person, **facts)


def test_fq17_the_party_group_ends_the_case_and_says_so_in_writing(walk):
    with_veto(walk)
    assert Notice.objects.filter(
        role=Role.PARTY_SECRETARY, unit=walk.tree.bureau, text__contains="一票否决"
    ).exists()
    case = walk.do("end_by_veto", walk.people.secretary, **DECISION)
    assert case.state == "not_recommended" and "恶性犯罪" in case.end_reason
    assert case.veto_checks.get(veto__number=2).decided_by == walk.people.secretary
    paper = Paper.objects.of(case).get(kind="accreditation.recommendation_end")
    assert str(paper.number) == "乐司枫终〔2025〕1号" and "恶性犯罪" in paper.words
    assert not Task.objects.of_case(case).open().exists()


def test_fq17_the_citys_leader_ends_the_case_and_says_so_in_writing(walk):
    with_city_veto(walk)
    assert Notice.objects.filter(role=Role.CITY_LEADER, text__contains="一票否决").exists()
    case = walk.do("end_by_veto_at_city", walk.people.city_leader, **DECISION)
    assert case.state == "failed"
    paper = Paper.objects.of(case).get(kind="accreditation.failure_notice")
    assert "恶性犯罪" in paper.words and "不予命名" in paper.words


def test_fq17_a_veto_that_does_not_stand_lets_the_case_go_on(walk):
    with_veto(walk)
    case = walk.do("drop_veto", walk.people.secretary, decision="经查系同名他人")
    check = case.veto_checks.get(veto__number=2)
    assert (check.is_confirmed, check.decision) == (False, "经查系同名他人")
    assert check.evidence, "what was registered stays on record"
    assert walk.to("report_to_city").state == "city_review"


def test_fq17_a_dropped_veto_is_registered_again_when_new_evidence_comes(walk):
    with_city_veto(walk)
    walk.do("drop_veto_at_city", walk.people.city_leader, **DECISION)
    case = walk.do("record_veto_at_city", walk.people.city_reviewer, **a_veto(walk.case))
    assert len(case.undecided_vetoes()) == 1


def test_fq17_who_registered_a_veto_does_not_decide_on_it(walk):
    with_veto(walk)
    factories.make_post(walk.people.reviewer, Role.PARTY_SECRETARY, walk.tree.bureau)
    for act in ("end_by_veto", "drop_veto"):
        with pytest.raises(RefusedByPerson, match="否决情形登记人"):
            walk.do(act, walk.people.reviewer, **DECISION)


def test_fq17_nothing_is_ended_without_a_registered_veto(walk):
    walk.to("publish_county")
    for act in ("end_by_veto", "drop_veto"):
        with pytest.raises(RefusedByLaw, match="没有登记"):
            walk.do(act, walk.people.secretary, **DECISION)


def test_fq17_a_veto_is_registered_once_with_evidence_and_at_its_level(walk):
    case = walk.to("publish_county")
    with pytest.raises(RefusedByLaw, match="事实和证据"):
        walk.do("record_veto", walk.people.reviewer, **{**a_veto(case), "evidence": " "})
    with pytest.raises(RefusedByState):
        walk.do("record_veto_at_city", walk.people.city_reviewer, **a_veto(case))
    walk.do("record_veto", walk.people.reviewer, **a_veto(case))
    with pytest.raises(RefusedByLaw, match="已经登记"):
        walk.do("record_veto", walk.people.reviewer, **a_veto(case))


def test_fq17_the_page_takes_a_veto_and_shows_it(walk, signed_in):
    case = walk.to("publish_county")
    browser = signed_in(walk.people.reviewer)
    address = reverse("workflows:act", args=["application", case.uuid, "record_veto"])
    assert "否决情形" in browser.get(address).content.decode()
    typed = {"veto": str(a_veto(case)["veto"].pk), "evidence": "判决书〔2025〕7号"}
    assert browser.post(address, typed).status_code == 302
    page = browser.get(case.get_absolute_url()).content.decode()
    assert "判决书〔2025〕7号" in page and "待决定，决定前不能推进" in page
