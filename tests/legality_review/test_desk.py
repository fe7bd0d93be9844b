"""LR-18: the reviewer's desk shows the text, its doubtful citations and the findings together."""

import pytest
from django.urls import reverse

from audit.models import Entry
from legality_review.models import Advice, ContractTemplate
from legality_review.rules.findings import items_of
from legality_review.rules.matters import Matter
from tests.legality_review.steps import TEXT, Walk

CITING = (
    "街道保洁服务合同",
    "第一条 根据《中华人民共和国合同法》，订立本合同。",
    "第二条 保洁范围为主要街道。",
)


@pytest.fixture
def desk(walk: Walk) -> str:
    """The desk of a contract whose text cites a repealed law."""
    walk.qualify()
    walk.open()
    walk.supply(["送审稿"], CITING)
    walk.case = type(walk.case).objects.get(pk=walk.case.pk)
    walk.do("submit", walk.people.township_clerk)
    walk.do("accept", walk.people.chief)
    return reverse("legality_review:desk", args=[walk.case.uuid])


def test_the_desk_shows_text_and_a_repealed_citation(walk: Walk, desk: str, signed_in) -> None:
    page = signed_in(walk.people.chief).get(desk).content.decode()
    assert "第二条 保洁范围为主要街道。" in page
    assert "《中华人民共和国合同法》自2021-01-01起废止" in page


def test_a_citation_becomes_advice_that_waits_for_its_basis(walk: Walk, desk: str, signed_in):
    client = signed_in(walk.people.chief)
    page = client.get(f"{desk}?citation=0").content.decode()
    assert "删去或者更正对《中华人民共和国合同法》的引用。" in page
    assert client.get(f"{desk}?citation=99").status_code == 200
    told = {"clause": "第一条", "problem": "已废止", "suggestion": "改引民法典"}
    answer = client.post(reverse("legality_review:give_advice", args=[walk.case.uuid]), told)
    assert answer.status_code == 422
    assert "改引民法典" in answer.content.decode()
    told["basis"] = "《中华人民共和国民法典》第一千二百六十条"
    answer = client.post(reverse("legality_review:give_advice", args=[walk.case.uuid]), told)
    assert answer.status_code == 302
    assert walk.case.advice.get().basis == told["basis"]


def test_findings_are_kept_one_by_one_and_what_was_found_needs_a_note(
    walk: Walk, desk: str, signed_in
) -> None:
    client = signed_in(walk.people.chief)
    sent = {"verdict_c1": "fine", "verdict_c3": "amend"}
    answer = client.post(desk, sent)
    assert answer.status_code == 422
    assert "请说明发现的问题。" in answer.content.decode()
    assert not walk.case.findings.exists()
    answer = client.post(desk, {**sent, "note_c3": "缺违约条款"}, follow=True)
    left = len(items_of(Matter.CONTRACT)) - 2
    assert f"还有{left}项未填" in answer.content.decode()
    entry = Entry.objects.of_subject(walk.case).filter(label="填写审查发现").get()
    assert entry.values_after["c3"] == ["amend", "缺违约条款"]


def test_advice_is_withdrawn_and_stays_on_record(walk: Walk, desk: str, signed_in) -> None:
    advice = walk.advise()
    address = reverse("legality_review:withdraw_advice", args=[walk.case.uuid, advice.uuid])
    assert signed_in(walk.people.chief).post(address).status_code == 302
    assert not walk.case.advice.exists()
    assert Advice.objects.filter(pk=advice.pk).exists()


@pytest.mark.parametrize(("who", "status"), [("township_clerk", 403), ("other_chief", 404)])
def test_the_desk_is_the_reviewers(walk: Walk, desk: str, signed_in, who: str, status: int):
    assert signed_in(getattr(walk.people, who)).get(desk).status_code == status


def test_the_differences_from_the_template_are_shown(walk: Walk, signed_in) -> None:
    template = ContractTemplate.objects.create(
        title="保洁合同示范文本", kind="procurement", published_by=walk.people.reviewer,
        file=walk.text(walk.people.reviewer, (*TEXT[:3], "第三条 有效期3年。")),
    )  # fmt: skip
    walk.accepted(template=template)
    page = (
        signed_in(walk.people.chief)
        .get(reverse("legality_review:desk", args=[walk.case.uuid]))
        .content.decode()
    )
    assert "与示范文本的不同" in page
    assert "<del>" in page
    assert "<ins>" in page


def test_versions_are_compared_to_the_character(walk: Walk, signed_in) -> None:
    walk.to_amend()
    walk.revise()
    address = reverse("legality_review:compare", args=[walk.case.uuid])
    page = signed_in(walk.people.township_clerk).get(address).content.decode()
    assert "处不同" in page
    page = signed_in(walk.people.chief).get(f"{address}?before=0&after=0").content.decode()
    assert "两个文本一致" in page
    assert signed_in(walk.people.chief).get(f"{address}?before=x&after=9").status_code == 200


def test_texts_are_searched_by_whoever_may_see_them(walk: Walk, desk: str, signed_in) -> None:
    address = f"{reverse('legality_review:search')}?words=保洁范围"
    assert "<mark>" in signed_in(walk.people.chief).get(address).content.decode()
    assert "没有找到" in signed_in(walk.people.other_chief).get(address).content.decode()
    short = f"{reverse('legality_review:search')}?words=保"
    assert "alert-warning" in signed_in(walk.people.chief).get(short).content.decode()
