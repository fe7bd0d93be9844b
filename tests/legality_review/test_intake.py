"""LR-1 to LR-9: what may come in, in what condition, and what happens where it lacks."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from documents.models import Paper
from legality_review.models import Review
from legality_review.rules import intake, materials
from legality_review.rules import terms as t
from legality_review.rules.intake import Exclusion, Scope
from legality_review.rules.matters import Issuer, Matter, Urgency
from tests.legality_review.steps import Walk, term_of
from workflows.door import open_acts
from workflows.refusals import Refusal, RefusedByLaw, RefusedByPerson

State = Review.State


def matter(**facts):
    """A matter with all five marks of a normative document, but for what is changed."""
    told = {name: True for name in intake.NORMATIVE_TESTS} | {
        "matter": Matter.NORMATIVE, "title": "停车管理办法", "exclusion": "",
        "sets_public_duties": False, "issuer_type": Issuer.TOWNSHIP_GOVERNMENT,
        "contract_kind": "", "is_guarantee": False, "promises_favours": False,
        "is_emergency_response": False,
    }  # fmt: skip
    return SimpleNamespace(**{**told, **facts})


ON = date(2025, 9, 26)


@pytest.mark.parametrize("kind", Matter.values)
def test_lr_1_every_type_is_routable(walk: Walk, kind: str):
    case = walk.submitted(kind)
    assert case.state == State.SUBMITTED
    assert [act.name for act in open_acts(case, walk.people.chief) if act.allowed]


def test_lr_1_an_unknown_type_is_not_there(walk: Walk, signed_in):
    client = signed_in(walk.people.township_clerk)
    assert client.get("/legality-review/reviews/new/regulation/").status_code == 404


@pytest.mark.parametrize("name", intake.NORMATIVE_TESTS)
def test_lr_2_one_mark_that_lacks_is_for_recognition(name: str):
    assert intake.scope_of(matter()) == Scope.NORMATIVE
    assert intake.scope_of(matter(**{name: False})) == Scope.RECOGNISE
    assert not intake.answers_scope_test(matter(**{name: None}), ON)


def test_lr_2_a_text_recognised_as_none_gets_no_number_and_no_filing(walk: Walk):
    walk.submitted(Matter.NORMATIVE, is_general=False)
    case = walk.do("decline_scope", walk.people.chief, reason="只针对一件具体事项。")
    assert case.state == State.NOT_IN_SCOPE
    paper = Paper.objects.of(case).get(kind="legality_review.recognition")
    assert "不进行统一登记" in paper.words
    assert "普遍约束力" in paper.words


def test_lr_2_it_may_still_be_reviewed_as_a_decision(walk: Walk):
    walk.submitted(Matter.NORMATIVE, is_general=False)
    case = walk.do("reclassify", walk.people.chief, matter=Matter.DECISION, reason="属于决策。")
    assert (case.matter, case.state) == (Matter.DECISION, State.SUBMITTED)


def test_lr_3_minutes_are_excluded_and_substance_beats_the_title():
    assert intake.scope_of(matter(exclusion=Exclusion.MINUTES)) == Scope.EXCLUDED
    assert not intake.is_not_excluded(matter(exclusion=Exclusion.MINUTES), ON)
    plan = matter(exclusion=Exclusion.WORK_PLAN, sets_public_duties=True)
    assert intake.scope_of(plan) == Scope.RECOGNISE
    assert intake.is_not_excluded(plan, ON)
    assert intake.scope_of(matter(title="环境整治工作方案")) == Scope.RECOGNISE


@pytest.mark.parametrize(
    "issuer", [Issuer.STATION, Issuer.TEMPORARY, Issuer.INTERNAL, Issuer.VILLAGE]
)
def test_lr_4_who_may_not_issue_is_stopped(issuer: str):
    assert not intake.issuer_may_issue(matter(issuer_type=issuer), ON)


@pytest.mark.parametrize("issuer", [Issuer.TOWNSHIP_GOVERNMENT, Issuer.STREET_OFFICE])
def test_lr_4_townships_and_street_offices_may(issuer: str):
    assert intake.issuer_may_issue(matter(issuer_type=issuer), ON)


def test_lr_6_the_response_to_an_emergency_follows_no_such_procedure():
    assert not intake.is_no_emergency_response(
        matter(matter=Matter.DECISION, is_emergency_response=True), ON
    )


def test_lr_7_a_surety_and_unlawful_favours_stop_a_contract(walk: Walk):
    walk.open(is_guarantee=True)
    with pytest.raises(RefusedByLaw, match="第六百八十三条"):
        walk.do("submit", walk.people.township_clerk)
    contract = matter(matter=Matter.CONTRACT, promises_favours=True)
    assert not intake.contract_has_no_stop(contract, ON)
    employment = matter(matter=Matter.CONTRACT, contract_kind="employment")
    assert not intake.contract_is_reviewed(employment, ON)


def test_lr_8_what_lacks_is_named_all_at_once(walk: Walk):
    walk.open(Matter.NORMATIVE)
    for stored in walk.case.materials():
        if stored.slot in {materials.NOTE, materials.BASES}:
            type(stored).objects.filter(pk=stored.pk).update(withdrawn_at=walk.clock.now())
    with pytest.raises(RefusedByLaw) as refusal:
        walk.do("submit", walk.people.township_clerk)
    assert "缺少：起草说明、制定依据" in refusal.value.message
    assert "未公开征求意见" in refusal.value.message


def test_lr_8_submission_leaves_the_request_and_the_list(walk: Walk):
    case = walk.submitted()
    kinds = set(Paper.objects.of(case).values_list("kind", flat=True))
    assert {"legality_review.request", "legality_review.material_list"} <= kinds


def test_lr_9_returning_ends_and_supplementing_does_not(walk: Walk):
    walk.submitted()
    case = walk.do("request_supplement", walk.people.chief, defects="缺附件。")
    assert (case.state, case.closed_on) == (State.SUPPLEMENT, None)
    case = walk.do("submit_supplement", walk.people.township_clerk, supplement="已补。")
    assert case.state == State.SUBMITTED
    case = walk.do("return_matter", walk.people.chief, reason="不是本机关权限。")
    assert case.is_closed
    assert Paper.objects.of(case).filter(kind="legality_review.return_notice").exists()


def test_lr_9_a_supplement_that_does_not_come_in_time_returns_the_matter(walk: Walk):
    walk.submitted()
    walk.do("request_supplement", walk.people.chief, defects="缺附件。")
    with pytest.raises(RefusedByLaw, match="尚未届满"):
        walk.do("return_overdue", walk.people.chief)
    walk.clock.stand_at(term_of(walk.case, "supplement").due_on + timedelta(days=1))
    with pytest.raises(RefusedByLaw, match="补正期限已过"):
        walk.do("submit_supplement", walk.people.township_clerk, supplement="迟了。")
    assert walk.do("return_overdue", walk.people.chief).state == State.RETURNED


def test_lr_23_the_clock_starts_with_acceptance_and_the_floor_with_it(walk: Walk):
    case = walk.accepted(Matter.NORMATIVE)
    term, floor = term_of(case, "review"), term_of(case, "review_floor")
    assert (term.length_code, floor.length_code) == ("15wd", "5wd")
    assert term.started_on == case.accepted_on


def test_lr_23_wanted_by_tomorrow_is_a_warning(walk: Walk):
    today = walk.clock.now().date()
    case = walk.submitted(Matter.NORMATIVE, wanted_by=today + timedelta(days=1))
    assert "短于最短审查时间" in case.floor_warning()


def test_lr_24_a_decision_has_a_floor_of_seven_working_days(walk: Walk):
    case = walk.accepted(Matter.DECISION)
    assert term_of(case, "review_floor").length_code == "7wd"
    assert "内部预警" in term_of(case, "review").law


def test_lr_25_urgency_skips_the_floor_and_not_the_review(walk: Walk):
    case = walk.accepted(Matter.NORMATIVE, urgent_ground=Urgency.EMERGENCY)
    assert term_of(case, "review_floor") is None
    assert term_of(case, "review") is not None
    assert set(Urgency.values) == {"", "emergency", "superior_order"}


@pytest.mark.parametrize("kind", [Matter.ENFORCEMENT, Matter.CONTRACT])
def test_lr_26_enforcement_and_contracts_take_five_days_extended_once(walk: Walk, kind: str):
    case = walk.accepted(kind)
    assert term_of(case, "review").length_code == "5wd"
    walk.do("extend_review", walk.people.deputy, reason="案情复杂。")
    with pytest.raises(RefusedByLaw, match="最多延长1次"):
        walk.do("extend_review", walk.people.deputy, reason="再延长。")


def test_lr_27_the_supplement_stops_the_clock(walk: Walk):
    """Accepted Mon 2025-03-03, 15 working days: 03-24; supplement 03-06 to 03-12: 03-28."""
    walk.clock.stand_at(date(2025, 1, 6))
    walk.qualify()
    walk.open(Matter.NORMATIVE)
    walk.consult()
    walk.clock.stand_at(date(2025, 3, 3))
    walk.do("submit", walk.people.township_clerk)
    case = walk.do("accept", walk.people.chief)
    assert term_of(case, "review").due_on == date(2025, 3, 24)
    walk.clock.stand_at(date(2025, 3, 6))
    walk.do("request_supplement", walk.people.chief, defects="补充制定依据。")
    walk.clock.stand_at(date(2025, 3, 12))
    case = walk.do("submit_supplement", walk.people.township_clerk, supplement="已补充。")
    assert case.state == State.STATION_REVIEW
    assert term_of(case, "review").due_on == date(2025, 3, 28)


def test_lr_27_an_inquiry_stops_the_clock_only_if_its_notice_says_so(walk: Walk):
    walk.accepted()
    due = term_of(walk.case, "review").due_on
    walk.do("begin_inquiry", walk.people.chief, notice="组织专家论证。")
    walk.clock.forward(days=3)
    walk.do("end_inquiry", walk.people.chief, result="可行。")
    assert term_of(walk.case, "review").due_on == due
    walk.do("begin_inquiry", walk.people.chief, notice="所需时间不计入审查期限。", is_excluded=True)
    walk.clock.forward(days=1)
    walk.do("end_inquiry", walk.people.chief, result="可行。")
    assert term_of(walk.case, "review").due_on > due


def test_the_drafter_reviews_nothing_of_his(walk: Walk):
    """Done means 3: a reviewer is not the drafter, nor a colleague of his."""
    case = walk.submitted()
    with pytest.raises(RefusedByPerson):
        walk.do("accept", walk.people.township_clerk)
    assert walk.people.township_clerk.pk in case.drafters


def test_a_closed_matter_is_closed(walk: Walk):
    walk.submitted()
    walk.do("return_matter", walk.people.chief, reason="超出权限。")
    with pytest.raises(Refusal):
        walk.do("accept", walk.people.chief)


def test_small_contracts_need_no_papers_of_the_other_party(walk: Walk):
    walk.open(amount=Decimal("4.99"))
    assert materials.missing(walk.case, ON) == []
    walk.case.amount = t.PARTY_PAPERS_AMOUNT.on(ON)
    assert materials.missing(walk.case, ON) == [materials.PARTY_PAPERS]
