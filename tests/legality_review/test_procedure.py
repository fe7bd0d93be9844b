"""LR-10, LR-13 to LR-16: the compulsory steps before a review can end well."""

from datetime import date, timedelta

import pytest

from documents.models import Paper
from legality_review.models import Review
from legality_review.rules import materials, procedure
from legality_review.rules.findings import Verdicts
from legality_review.rules.matters import Matter
from tests.legality_review.steps import Walk
from workflows.door import open_acts
from workflows.refusals import RefusedByLaw, RefusedByState

State = Review.State


def allowed(walk: Walk, who) -> set[str]:
    """Return the acts that are open to a person."""
    return {act.name for act in open_acts(walk.case, who) if act.allowed}


def test_lr_10_a_missing_step_leaves_only_the_return(walk: Walk):
    walk.accepted(Matter.NORMATIVE)
    walk.examine()
    facts = {"is_hearing_due": True}
    walk.do("correct_facts", walk.people.chief, facts=facts, opinion="涉及重大利益，应当听证。")
    walk.escalate()
    opinions = {"find_lawful", "find_needing_amendment", "find_unlawful", "return_for_procedure"}
    assert allowed(walk, walk.people.reviewer) & opinions == {"return_for_procedure"}
    case = walk.do("return_for_procedure", walk.people.reviewer, reasoning="应当听证。")
    assert case.state == State.DRAFT
    paper = Paper.objects.of(case).get(kind="legality_review.opinion_procedure")
    assert "应当听证而未听证" in paper.words


def test_lr_10_without_a_defect_nothing_goes_back_for_procedure(walk: Walk):
    walk.accepted()
    walk.examine()
    with pytest.raises(RefusedByLaw, match="没有发现程序欠缺"):
        walk.do("return_for_procedure", walk.people.chief, reasoning="无。")


def test_lr_13_operators_without_conclusion_block_the_submission(walk: Walk):
    walk.open(Matter.NORMATIVE, touches_operators=True)
    walk.consult()
    walk.supply([materials.FAIR_COMPETITION])
    with pytest.raises(RefusedByLaw, match="未作公平竞争审查"):
        walk.do("submit", walk.people.township_clerk)


@pytest.mark.parametrize(
    ("told", "told_why"),
    [
        ({"fair_competition": "passed"}, ""),
        ({"fair_competition": "failed"}, "不得出台"),
        ({"fair_competition": "exception"}, "不完整"),
        (
            {
                "fair_competition": "exception",
                "exception_ground": "by_law",
                "has_no_milder_way": True,
                "exception_until": "2026年12月31日",
            },
            "",
        ),
    ],
)
@pytest.mark.django_db
def test_lr_13_an_exception_needs_ground_alternative_and_end(told: dict, told_why: str):
    blank = {"exception_ground": "", "has_no_milder_way": False, "exception_until": ""}
    case = Review(touches_operators=True, **{**blank, **told})
    defect = procedure.fair_competition_defect(case, date(2025, 9, 26))
    assert (told_why in defect) if told_why else defect == ""


def test_lr_14_a_decision_is_not_concluded_without_counsel(walk: Walk):
    walk.qualify()
    walk.submitted(Matter.DECISION)
    walk.do("accept", walk.people.chief)
    walk.examine()
    with pytest.raises(RefusedByLaw, match="法律顾问"):
        walk.do("find_lawful", walk.people.chief, reasoning="合法。")


def test_lr_14_counsel_works_beside_the_reviewer(walk: Walk):
    case = walk.lawful(Matter.DECISION)
    assert case.state == State.READY
    assert case.counsel_opinions.get().given_by == walk.people.counsel


@pytest.mark.parametrize(("days", "explained"), [(29, False), (29, True), (30, True)])
def test_lr_15_a_decision_is_open_for_thirty_days(walk: Walk, days: int, explained: bool):
    """29 days without explanation are blocked, with one they are allowed and flagged."""
    walk.open(Matter.DECISION)
    clerk, today = walk.people.township_clerk, walk.clock.now().date()
    walk.do("open_consultation", clerk, since=today, place="政府网站")
    walk.clock.forward(days=days)
    if not explained:
        with pytest.raises(RefusedByLaw, match="说明理由"):
            walk.do("close_consultation", clerk, result="无意见。")
        return
    case = walk.do("close_consultation", clerk, result="无意见。", explanation="已公开说明。")
    assert case.consulted_until == today + timedelta(days=days)


def test_lr_15_a_shorter_consultation_is_flagged(walk: Walk):
    walk.open(Matter.DECISION)
    clerk, today = walk.people.township_clerk, walk.clock.now().date()
    walk.do("open_consultation", clerk, since=today, place="政府网站")
    walk.clock.forward(days=29)
    case = walk.do("close_consultation", clerk, result="无。", explanation="汛期紧迫，已公开说明。")
    assert case.shortened_because == "汛期紧迫，已公开说明。"


@pytest.mark.parametrize(
    ("facts", "code"),
    [({}, "7wd"), ({"is_market_related": True}, "30cd")],
)
def test_lr_15_other_documents_follow_the_bureau_market_texts_thirty_days(
    walk: Walk, facts: dict, code: str
):
    walk.open(Matter.NORMATIVE, **facts)
    from_today = walk.clock.now().date()
    case = walk.do(
        "open_consultation", walk.people.township_clerk, since=from_today, place="政府网站"
    )
    assert procedure.t.consultation_rule(case).length_on(from_today).code == code


@pytest.mark.parametrize(("ahead", "fine"), [(6, False), (7, True)])
@pytest.mark.django_db
def test_lr_15_hearing_papers_arrive_seven_days_before(ahead: int, fine: bool):
    held = date(2025, 9, 20)
    case = Review(
        is_hearing_due=True, hearing_held_on=held, hearing_told_on=held - timedelta(days=ahead)
    )
    assert (procedure.hearing_defect(case, held) == "") is fine


def test_lr_16_nothing_stands_in_for_the_opinion(walk: Walk):
    """A matter in which counsel has spoken, but no opinion was written, stays where it is."""
    walk.accepted(Matter.DECISION)
    walk.do("give_counsel_opinion", walk.people.counsel, counsel_opinion="同意，见邮件。")
    assert not walk.case.has_opinion_paper
    with pytest.raises(RefusedByState):
        walk.do(
            "table_for_deliberation", walk.people.township_clerk,
            text=walk.text(walk.people.township_clerk),
        )  # fmt: skip


def test_a_finding_of_procedure_sends_back_as_well(walk: Walk):
    walk.accepted()
    walk.examine(c2=Verdicts.PROCEDURE)
    assert "return_for_procedure" in allowed(walk, walk.people.chief)
    assert "find_lawful" not in allowed(walk, walk.people.chief)
