"""LR-5, LR-11, LR-12, LR-18 to LR-20: who reviews, what is examined, what may be concluded."""

from decimal import Decimal

import pytest

from documents.models import Paper
from legality_review.models import Review
from legality_review.rules import findings, routing
from legality_review.rules import terms as t
from legality_review.rules.findings import FORBIDDEN, Verdicts
from legality_review.rules.matters import Issuer, Matter
from permissions.models import Post, Recusal
from permissions.roles import Role
from tests.legality_review.steps import Walk
from workflows.models.notices import Notice
from workflows.models.tasks import Task
from workflows.refusals import RefusedByLaw, RefusedByPerson

State = Review.State


def test_lr_5_content_that_is_forbidden_is_never_lawful(walk: Walk):
    walk.accepted(Matter.NORMATIVE)
    walk.examine()
    walk.do("escalate", walk.people.chief, first_opinion="第二条设定罚款。")
    walk.examine(walk.people.reviewer, f2=Verdicts.UNLAWFUL)
    with pytest.raises(RefusedByLaw, match="存在违法情形"):
        walk.do("find_lawful", walk.people.reviewer, reasoning="合法。")
    case = walk.do("find_unlawful", walk.people.reviewer, reasoning="镇政府无权设定罚款。")
    assert case.state == State.UNLAWFUL
    assert all(item.verdicts == (Verdicts.FINE, Verdicts.UNLAWFUL) for item in FORBIDDEN)


def test_lr_11_a_township_without_reviewer_goes_straight_to_the_county(walk: Walk):
    Post.objects.filter(unit=walk.tree.station).update(ends_on=walk.clock.now().date())
    walk.clock.forward(days=1)
    case = walk.submitted()
    task = Task.objects.of_case(case).open().get()
    assert (task.node, task.unit) == ("check_at_county", walk.tree.section)
    case = walk.do("accept", walk.people.reviewer)
    assert case.state == State.COUNTY_REVIEW


@pytest.mark.parametrize("issuer", [Issuer.COUNTY_GOVERNMENT, Issuer.COUNTY_DEPARTMENT])
def test_lr_11_texts_of_the_county_are_reviewed_by_the_county(walk: Walk, issuer: str):
    case = walk.submitted(issuer_type=issuer)
    assert Task.objects.of_case(case).open().get().node == "check_at_county"


def test_lr_12_without_a_ground_the_station_is_final(walk: Walk):
    case = walk.lawful()
    assert (case.state, case.is_at_county) == (State.READY, False)


@pytest.mark.parametrize(
    ("ground", "facts"),
    [
        ("列入重大行政决策目录", {"is_in_catalogue": True}),
        ("涉及土地、征收、拆迁", {"touches_land": True}),
        ("涉及户数", {"households": 30}),
        ("意见分歧", {"is_disputed": True}),
    ],
)
def test_lr_12_each_ground_alone_sends_the_matter_up(walk: Walk, ground: str, facts: dict):
    walk.accepted(Matter.CONTRACT)
    walk.do("correct_facts", walk.people.chief, facts=facts)
    walk.examine()
    with pytest.raises(RefusedByLaw, match="须提请县级复审"):
        walk.do("find_lawful", walk.people.chief, reasoning="合法。")
    [found] = walk.case.second_review_grounds()
    assert ground in found
    walk.escalate()
    assert walk.do("find_lawful", walk.people.reviewer, reasoning="合法。").state == State.READY


def test_lr_12_large_contracts_documents_and_stations_without_lawyer_go_up(walk: Walk):
    walk.submitted()
    case, on = walk.case, walk.clock.now().date()
    assert routing.grounds(case, on) == ["司法所无具有法律职业资格的人员"]
    walk.qualify()
    assert routing.grounds(case, on) == []
    case.amount = t.SECOND_REVIEW_AMOUNT.on(on)
    assert "金额" in routing.grounds(case, on)[0]
    case.amount, case.matter = Decimal(1), Matter.NORMATIVE
    assert "规范性文件" in routing.grounds(case, on)[0]


def test_lr_12_recused_reviewers_send_it_up(walk: Walk):
    walk.qualify()
    case = walk.submitted()
    for person in (walk.people.chief, walk.people.officer):
        Recusal.objects.create(
            user=person, case=case, reason="近亲属", recorded_by=walk.people.security_admin
        )
    assert "司法所审查人员回避" in routing.grounds(case, walk.clock.now().date())


def test_lr_18_no_item_is_blank(walk: Walk):
    walk.accepted()
    walk.examine()
    walk.case.findings.filter(item="c4").delete()
    with pytest.raises(RefusedByLaw, match="还有1项没有填写"):
        walk.do("find_lawful", walk.people.chief, reasoning="合法。")


@pytest.mark.parametrize("kind", Matter.values)
def test_lr_18_lr_19_every_type_has_its_items(kind: str):
    codes = [item.code for item in findings.items_of(kind)]
    assert len(codes) == len(set(codes)) >= 3
    assert all("LR-" in item.law for item in findings.items_of(kind))


def test_lr_20_four_outcomes_four_letters(walk: Walk):
    """Each conclusion has its own letter with its own words."""
    walk.to_amend()
    walk.revise()
    walk.do("review_anew", walk.people.chief, reason="另改了第一条。")
    walk.do("accept", walk.people.chief)
    walk.examine(c1=Verdicts.UNLAWFUL)
    walk.do("find_unlawful", walk.people.chief, reasoning="相对方无资格。")
    letters = {paper.kind: paper.title for paper in Paper.objects.of(walk.case)}
    assert letters["legality_review.opinion_amend"] == "合法性审查意见书（应当予以修改）"
    assert letters["legality_review.opinion_unlawful"] == "合法性审查意见书（建议不予制定）"
    words = {paper.kind: paper.words for paper in Paper.objects.of(walk.case)}
    assert "应当予以修改" in words["legality_review.opinion_amend"]
    assert "建议不予制定" in words["legality_review.opinion_unlawful"]


def test_lr_20_an_amendment_is_concrete(walk: Walk):
    walk.accepted()
    walk.examine(c3=Verdicts.AMEND)
    with pytest.raises(RefusedByLaw, match="没有具体的修改意见"):
        walk.do("find_needing_amendment", walk.people.chief, reasoning="修改。")
    walk.advise()
    with pytest.raises(RefusedByLaw, match="不能作出“合法”的结论"):
        walk.do("find_lawful", walk.people.chief, reasoning="合法。")


def test_a_substitute_of_the_drafter_reviews_nothing(walk: Walk):
    """Done means 3: whoever drafted the text cannot conclude on it in another post either."""
    walk.accepted()
    walk.examine()
    Post.objects.create(
        user=walk.people.township_clerk, role="station_chief", unit=walk.tree.station,
        starts_on=walk.clock.now().date(),
    )  # fmt: skip
    with pytest.raises(RefusedByPerson, match="须由他人办理"):
        walk.do("find_lawful", walk.people.township_clerk, reasoning="合法。")


def test_the_opinion_is_signed_and_tells_who_was_copied(walk: Walk):
    case = walk.lawful()
    paper = Paper.objects.of(case).get(kind="legality_review.opinion_lawful")
    assert paper.number is not None
    assert "主要负责人" in paper.words


def test_the_opinion_is_told_to_the_leader_and_the_countys_to_the_station(walk: Walk) -> None:
    case = walk.lawful(Matter.NORMATIVE)
    told = {(notice.role, notice.unit): notice.text for notice in Notice.objects.all()}
    assert "审查意见为“合法”" in told[Role.TOWNSHIP_LEADER, case.drafter]
    assert "审查意见为“合法”" in told[Role.STATION_CHIEF, case.unit]


@pytest.mark.parametrize(
    ("matter", "named"),
    [(Matter.DECISION, "国务院令第713号"), (Matter.CONTRACT, "合同合法性审查的有关规定")],
)
def test_lr_20_a_letter_names_the_ground_of_its_own_matter(
    walk: Walk, matter: str, named: str
) -> None:
    case = walk.lawful(matter)
    words = Paper.objects.of(case).get(kind="legality_review.opinion_lawful").words
    assert named in words
    assert "115号" not in words
