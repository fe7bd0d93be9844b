"""Voiding papers and numbers: by the issuing organ, with a reason; nothing is used again."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import Entry
from documents import numbers, papers, registers, voiding
from documents.models import Number, Paper
from permissions.refusals import Impossible
from tests.documents.conftest import ON, SERIES

pytestmark = pytest.mark.usefixtures("units_as_cases")
REGISTER = "/documents/registers/test.letters/2025/"
COUNTY, CITY = (
    {"reviewer", "second_reviewer", "deputy", "director"},
    {"city_reviewer", "city_leader"},
)


def issued_by(person: Any, tree: Any) -> Paper:
    """Return a letter on the station of Yunhong."""
    return papers.issue(tree.station, "test_letter", by=person, on=ON)


def address(paper: Paper) -> str:
    """Return where the paper is voided."""
    return f"/documents/papers/{paper.uuid}/void/"


@pytest.mark.parametrize(
    ("issuer", "able"), [("reviewer", COUNTY), ("chief", COUNTY), ("city_leader", CITY)]
)
def test_the_issuing_organs_reviewers_and_leaders_may_void(
    people: Any, tree: Any, issuer: str, able: set[str]
) -> None:
    paper = issued_by(getattr(people, issuer), tree)
    found = {person.username for person in people.all if voiding.may_void(person, paper)}
    assert found == able
    with pytest.raises(PermissionDenied):
        voiding.void_paper(paper, by=people.chief, reason="试试")
    assert Paper.objects.get(pk=paper.pk).state == "issued"


def test_a_paper_is_voided_on_its_page_with_a_reason(
    people: Any, tree: Any, signed_in: Any
) -> None:
    paper = issued_by(people.reviewer, tree)
    client = signed_in(people.deputy)
    assert address(paper) in client.get(f"/documents/papers/{paper.uuid}/").content.decode()
    assert client.post(address(paper), {"reason": " "}).status_code == 200
    assert Paper.objects.get().state == "issued"
    page = client.post(address(paper), {"reason": "标题有误"}, follow=True).content.decode()
    assert "已作废：标题有误" in page
    assert "（作废，不再使用）" in page
    assert address(paper) not in page
    entry = Entry.objects.of_act("documents.void_paper").get()
    assert (entry.reason, entry.post_text) == ("标题有误", "乐副局（乐陵市司法局 分管副局长）")
    number = Entry.objects.of_act("documents.void_number").get()
    assert number.post_text == "乐副局（乐陵市司法局 分管副局长）"


def test_the_number_of_a_voided_paper_stays_in_the_register_and_is_not_given_out_again(
    people: Any, tree: Any, signed_in: Any
) -> None:
    paper = issued_by(people.reviewer, tree)
    client = signed_in(people.reviewer)
    assert address(paper) in client.get(REGISTER).content.decode()
    client.post(address(paper), {"reason": "重复编号"})
    assert issued_by(people.reviewer, tree).number.value == 2
    page = client.get(REGISTER).content.decode()
    assert "重复编号" in page and "共2号，其中作废1号，序号连续，没有缺号。" in page
    assert address(paper) not in page
    name = client.get(f"/documents/papers/{paper.uuid}/pdf/")["Content-Disposition"]
    assert "%EF%BC%88%E5%B7%B2%E4%BD%9C%E5%BA%9F%EF%BC%89" in name


def test_who_sees_the_paper_but_may_not_void_it_is_refused_and_that_is_recorded(
    people: Any, tree: Any, signed_in: Any
) -> None:
    paper = issued_by(people.city_leader, tree)
    for person in (people.director, people.chief):
        client = signed_in(person)
        assert client.get(address(paper)).status_code == 403
        assert client.post(address(paper), {"reason": "越权"}).status_code == 403
        refused = Entry.objects.by_actor(person).filter(outcome="refused")
        assert refused.count() == 2
        assert set(refused.values_list("act", flat=True)) == {"documents.void_city_paper"}
    assert signed_in(people.other_chief).get(address(paper)).status_code == 404
    assert Paper.objects.get().state == "issued"


def test_of_two_who_void_the_second_is_told(people: Any, tree: Any, signed_in: Any) -> None:
    paper = issued_by(people.reviewer, tree)
    voiding.void_paper(paper, by=people.deputy, reason="有误")
    with pytest.raises(Impossible, match="已经作废"):
        voiding.void_paper(paper, by=people.reviewer, reason="有误")
    assert signed_in(people.reviewer).get(address(paper)).status_code == 302
    assert Entry.objects.of_act("documents.void_paper").count() == 1


def test_an_unused_number_is_voided_from_the_register(
    people: Any, tree: Any, signed_in: Any
) -> None:
    number = numbers.allocate(SERIES.code, 2025, None, ON)
    void = f"/documents/registers/numbers/{number.uuid}/void/"
    client = signed_in(people.reviewer)
    assert void in client.get(REGISTER).content.decode()
    client.post(void, {"reason": "跳号"})
    number.refresh_from_db()
    assert (number.state, number.void_reason) == (Number.State.VOID, "跳号")
    assert Entry.objects.of_act("documents.void_number").get().post_text.startswith("乐审核")
    assert void not in client.get(REGISTER).content.decode()
    assert signed_in(people.chief).get(void).status_code == 403


def test_the_number_of_a_case_or_of_a_paper_is_not_voided_alone(people: Any, tree: Any) -> None:
    of_case = numbers.allocate(SERIES.code, 2025, tree.station, ON)
    of_paper = issued_by(people.reviewer, tree).number
    for number in (of_case, of_paper):
        with pytest.raises(Impossible, match="已用于文书或者案件"):
            voiding.void_number(number, by=people.reviewer, reason="错")
    assert not Number.objects.filter(state="void").exists()


def test_a_gap_in_the_register_is_named() -> None:
    listed = [Number(value=value, state="in_use") for value in (1, 2, 5)]
    assert registers.summary(listed) == "共3号，其中作废0号，缺第3、4号。"
