"""The pages of operations: done, refused with their reason and kept input, out of sight 404."""

from typing import Any

import pytest
from django.urls import reverse

from permissions.models import Recusal, StandIn
from tests.rehearsal.making import Rehearsing
from tests.rehearsal.models import State
from workflows import operations
from workflows.models.operations import Copy, Phrase, Proposal, Urging
from workflows.models.tasks import Task, TaskState
from workflows.operations.proposing import Wanted
from workflows.views.operations import DOINGS
from workflows.views.panels import WITHOUT_PAGE
from workflows.vocabulary import Operation


def address(task: Task, name: str) -> str:
    """Return the page of an operation on a task."""
    return reverse("workflows:operation", args=[task.uuid, name])


def text(answer: Any) -> str:
    """Return what a page says."""
    return answer.content.decode()


@pytest.fixture
def checked(rehearsal: Any) -> Any:
    """A rehearsal at its first review, held by the reviewer."""
    rehearsal.to_check()
    operations.claim(rehearsal.task("check"), by=rehearsal.people.reviewer)
    return rehearsal


def test_every_operation_on_a_task_has_a_page() -> None:
    """Done means 1: each operation has a page to do it on; the rest are named."""
    on_cases = {Operation.SUSPEND, Operation.STAY, Operation.RESUME}
    on_cases |= {Operation.TERMINATE, Operation.VOID, Operation.REOPEN}
    assert set(DOINGS) | WITHOUT_PAGE | on_cases == set(Operation)


def test_the_case_page_offers_what_the_step_allows(checked: Any, signed_in: Any) -> None:
    """The holder finds the buttons; a neighbour finds none of them."""
    address_of_case = checked.case.get_absolute_url()
    own = text(signed_in(checked.people.reviewer).get(address_of_case))
    for name in ("send_back", "transfer", "consult", "add_before", "add_after", "copy"):
        assert address(checked.task("check"), name) in own
    other = text(signed_in(checked.people.officer).get(address_of_case))
    assert "operations/send_back/" not in other


@pytest.mark.parametrize(
    "name",
    [
        "send_back",
        "transfer",
        "consult",
        "add_before",
        "add_after",
        "copy",
        "circulate",
        "reposition",
    ],
)
def test_the_form_of_an_operation_says_what_it_does(
    checked: Any, signed_in: Any, name: str
) -> None:
    """Effect and clocks stand beside the form; an empty form is told what is missing."""
    client = signed_in(checked.people.reviewer)
    page = client.get(address(checked.task("check"), name))
    assert page.status_code == 200
    assert Operation(name).meaning.effect in text(page)
    empty = client.post(address(checked.task("check"), name), {})
    assert empty.status_code == 422
    assert "error-list" in text(empty)


def test_a_case_is_sent_back_from_the_page(checked: Any, signed_in: Any) -> None:
    """退回: the target is named with who did it; the mode is chosen."""
    client = signed_in(checked.people.reviewer)
    where = address(checked.task("check"), "send_back")
    assert "起草（云所长办理）" in text(client.get(where))
    done = client.post(where, {"to": "draft", "mode": "direct", "reason": "补签字"}, follow=True)
    assert "已退回。" in text(done)
    assert checked.fresh().state == State.DRAFT
    assert checked.open_nodes() == ["draft"]


def test_a_wrong_choice_is_told_and_loses_nothing(checked: Any, signed_in: Any) -> None:
    """An unknown person, oneself, and one who may not: the typed reason stays."""
    client = signed_in(checked.people.reviewer)
    where = address(checked.task("check"), "transfer")
    for person, why in (
        ("nobody", "没有这名在任的业务人员"),
        (checked.people.reviewer.username, "不能选择本人"),
        (checked.people.system_admin.username, "没有这名在任的业务人员"),
    ):
        answer = client.post(where, {"person": person, "reason": "另有重要任务"})
        assert answer.status_code == 422
        assert why in text(answer)
        assert "另有重要任务" in text(answer)


def test_strangers_neither_see_nor_do(checked: Any, signed_in: Any) -> None:
    """Out of sight 404; in sight but not allowed 403 with the reason; too late 409."""
    where = address(checked.task("check"), "transfer")
    assert signed_in(checked.people.other_chief).get(where).status_code == 404
    refused = signed_in(checked.people.deputy).get(where)
    assert refused.status_code in {302, 403}
    facts = {"person": checked.people.second_reviewer.username, "reason": "转"}
    late = signed_in(checked.people.reviewer)
    assert late.get(address(checked.task("check"), "nothing")).status_code == 404
    checked.do("opine", checked.people.reviewer)
    answer = late.post(where, facts)
    assert answer.status_code == 409
    assert "乐审核" in text(answer)


def test_a_question_is_asked_answered_and_shown(checked: Any, signed_in: Any) -> None:
    """委派 and 答复 through the pages; the opinion stands on the case page."""
    people = checked.people
    signed_in(people.reviewer).post(
        address(checked.task("check"), "consult"),
        {"person": people.director.username, "reason": "请核实主体资格"},
    )
    child = next(row for row in checked.tasks(closed_at=None) if row.holder == people.director)
    client = signed_in(people.director)
    assert "请核实主体资格" in text(client.get(checked.case.get_absolute_url()))
    client.post(address(child, "answer"), {"verdict": "agree", "opinion": "主体适格"})
    assert "主体适格" in text(signed_in(people.reviewer).get(checked.case.get_absolute_url()))


def test_two_persons_terminate_through_the_pages(checked: Any, signed_in: Any) -> None:
    """提请终止 by the reviewer, the task in the leader's in-box, 确认 by the leader."""
    people, case = checked.people, checked.case
    where = reverse("workflows:propose", args=[case.KIND, case.uuid, "terminate"])
    assert signed_in(people.officer).get(where).status_code == 403
    signed_in(people.reviewer).post(where, {"reason": "重复申请"})
    proposal = Proposal.objects.get()
    leader = signed_in(people.deputy)
    assert "确认终止" in text(leader.get("/inbox/"))
    page = leader.get(reverse("workflows:proposal", args=[proposal.uuid]))
    assert "重复申请" in text(page)
    own = signed_in(people.reviewer).get(reverse("workflows:proposal", args=[proposal.uuid]))
    assert own.status_code == 403
    leader.post(
        reverse("workflows:proposal", args=[proposal.uuid]), {"decision": "confirm", "answer": ""}
    )
    assert checked.fresh().state == State.TERMINATED


def test_a_stay_asks_for_its_article_and_shows_a_banner(checked: Any, signed_in: Any) -> None:
    """中止: the article is a duty; the held case says so on top, and is resumed."""
    case, client = checked.case, signed_in(checked.people.reviewer)
    where = reverse("workflows:hold", args=[case.KIND, case.uuid, "stay"])
    assert client.post(where, {"reason": "等待判决"}).status_code == 422
    client.post(where, {"reason": "等待判决", "law": "演练规定第八条"})
    assert "中止：等待判决" in text(client.get(case.get_absolute_url()))
    client.post(reverse("workflows:hold", args=[case.KIND, case.uuid, "resume"]), {"reason": "到"})
    assert not checked.fresh().is_held
    strange = reverse("workflows:hold", args=[case.KIND, case.uuid, "suspend"])
    assert signed_in(checked.people.chief).get(strange).status_code == 403


def test_copies_are_read_answered_and_withdrawn(checked: Any, signed_in: Any) -> None:
    """阅件: the reader's list and the sender's; nobody else reaches a copy."""
    people = checked.people
    operations.circulate(
        checked.task("check"), by=people.reviewer, reason="请阅",
        people=[people.other_chief, people.third_chief],
    )  # fmt: skip
    first = Copy.objects.get(reader=people.other_chief)
    reader = signed_in(people.other_chief)
    assert checked.case.number in text(reader.get("/copies/"))
    reader.post(reverse("workflows:write_on_copy", args=[first.uuid]), {"opinion": "无意见"})
    assert "无意见" in text(reader.get("/copies/"))
    stranger = signed_in(people.fourth_chief)
    assert stranger.post(reverse("workflows:read_copy", args=[first.uuid])).status_code == 404
    second = Copy.objects.get(reader=people.third_chief)
    sender = signed_in(people.reviewer)
    sender.post(reverse("workflows:withdraw_copy", args=[second.uuid]))
    assert "已撤回" in text(sender.get("/copies/sent/"))


def test_an_urging_is_answered_on_its_page(checked: Any, signed_in: Any) -> None:
    """催办 by the opener; the holder answers until when; a past day is refused."""
    people = checked.people
    signed_in(people.chief).post(address(checked.task("check"), "urge"), {"reason": "请尽快"})
    urging = Urging.objects.get()
    where = reverse("workflows:answer_urging", args=[urging.uuid])
    client = signed_in(people.reviewer)
    late = client.post(where, {"answer": "马上", "expected_on": "2020-01-01"})
    assert late.status_code == 422
    client.post(where, {"answer": "正在办", "expected_on": "2025-09-29"})
    assert "预计2025年9月29日办结" in text(client.get(checked.case.get_absolute_url()))
    assert signed_in(people.other_chief).get(where).status_code == 404


def test_a_batch_is_ticked_in_the_in_box(checked: Any, signed_in: Any, tree: Any) -> None:
    """批量办理: a box beside each, the result of each, the unticked untouched."""
    others = [Rehearsing(checked.people, tree).to_check() for _ in range(2)]
    client = signed_in(checked.people.reviewer)
    assert 'form="batch-form"' in text(client.get("/inbox/"))
    ticked = [checked.task("check"), others[0].task("check")]
    answer = client.post(
        "/inbox/batch/",
        {"task": [str(task.uuid) for task in ticked], "act": "opine", "opinion": "同意"},
    )
    assert text(answer).count("已办理") >= 2
    assert others[1].open_nodes() == ["check"]


def test_a_stand_in_is_arranged_and_withdrawn(checked: Any, signed_in: Any) -> None:
    """请假代理: the form keeps what was typed; both sides see it; it can be ended."""
    people = checked.people
    client = signed_in(people.reviewer)
    facts = {
        "principal": people.reviewer.username, "substitute": people.director.username,
        "starts_on": "2025-09-20", "ends_on": "2025-10-20", "reason": "外出学习",
    }  # fmt: skip
    refused = client.post("/stand-ins/", facts)
    assert "不能追溯" in text(refused)
    assert "外出学习" in text(refused)
    client.post("/stand-ins/", {**facts, "starts_on": "2025-09-26"})
    row = StandIn.objects.get()
    assert "乐局长代乐审核" in text(signed_in(people.director).get("/stand-ins/"))
    stranger = signed_in(people.deputy)
    where = reverse("workflows:withdraw_stand_in", args=[row.uuid])
    assert stranger.post(where).status_code == 404
    client.post(where)
    assert StandIn.objects.get().withdrawn_at


def test_a_hand_over_shows_its_list_before_it_is_done(checked: Any, signed_in: Any) -> None:
    """移交: first the list, then the result; only superiors reach the page."""
    people = checked.people
    assert signed_in(people.officer).get("/hand-over/").status_code == 403
    client = signed_in(people.deputy)
    facts = {"person": people.reviewer.username, "successor": people.second_reviewer.username}
    listed = client.post("/hand-over/", facts)
    assert checked.case.number in text(listed)
    assert checked.task("check").holder == people.reviewer
    missing = client.post("/hand-over/", {**facts, "carry_out": "1"})
    assert "请填写移交原因" in text(missing)
    done = client.post("/hand-over/", {**facts, "reason": "调离", "carry_out": "1"})
    assert "已移交待办1件" in text(done)
    assert checked.task("check").holder == people.second_reviewer


def test_phrases_are_ones_own_or_the_units(checked: Any, signed_in: Any) -> None:
    """常用语: inserted on the page of an act; a unit's are kept by its leader alone."""
    people = checked.people
    leader = signed_in(people.deputy)
    leader.post("/phrases/", {"text": "拟同意，请局长审定。", "for_unit": "on"})
    signed_in(people.reviewer).post("/phrases/", {"text": "材料齐全，同意。"})
    page = text(signed_in(people.reviewer).get(checked.case.act_url("opine")))
    assert "材料齐全，同意。" in page
    assert "拟同意" in text(signed_in(people.director).get("/phrases/"))
    shared = Phrase.objects.get(user=None)
    where = reverse("workflows:remove_phrase", args=[shared.pk])
    assert signed_in(people.assessor_a).post(where).status_code == 403
    own = Phrase.objects.get(user=people.reviewer)
    strange = reverse("workflows:remove_phrase", args=[own.pk])
    assert leader.post(strange).status_code == 404


def test_opening_the_page_ends_the_chance_to_take_it_back(rehearsal: Any, signed_in: Any) -> None:
    """收回: while nobody has opened the next step; the first look of its holder is kept."""
    rehearsal.to_branches()
    done = rehearsal.tasks("check")[0]
    sender = signed_in(rehearsal.people.reviewer)
    assert address(done, "take_back") in text(sender.get(rehearsal.case.get_absolute_url()))
    signed_in(rehearsal.people.assessor_a).get(rehearsal.case.get_absolute_url())
    answer = sender.post(address(done, "take_back"), {}, follow=True)
    assert answer.status_code == 409
    assert "打开或者办理" in text(answer)
    assert rehearsal.tasks("check")[0].state == TaskState.DONE


def test_a_banner_tells_both_sides_of_a_stand_in(checked: Any, signed_in: Any) -> None:
    """steedos#2008: the substitute sees for whom a task waits, in the list and on the case."""
    people = checked.people
    operations_of = StandIn.objects.create(
        principal=people.deputy, substitute=people.secretary, starts_on="2025-09-26",
        ends_on="2025-10-20", reason="出差", arranged_by=people.deputy,
    )  # fmt: skip
    operations.propose(checked.case, Wanted(Operation.VOID, "误报"), by=people.reviewer)
    client = signed_in(people.secretary)
    assert "您正在代理乐副局" in text(client.get("/"))
    assert f"由{people.secretary.full_name}代理" in text(signed_in(people.deputy).get("/"))
    assert operations_of.covers("rehearsal")


def test_a_recused_reader_no_longer_finds_the_copy(checked: Any, signed_in: Any) -> None:
    """回避 takes the case out of sight, in the list of copies as well."""
    people = checked.people
    operations.copy(
        checked.task("check"), by=people.reviewer, reason="请阅", people=[people.other_chief]
    )
    assert checked.case.number in text(signed_in(people.other_chief).get("/copies/"))
    Recusal.objects.create(
        user=people.other_chief, content_type=checked.case.content_type(),
        object_id=checked.case.pk, reason="近亲属", recorded_by=people.security_admin,
    )  # fmt: skip
    assert checked.case.number not in text(signed_in(people.other_chief).get("/copies/"))
