"""LR-1, LR-7, LR-8: the clerk's pages: the short form of a contract, facts and materials."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Entry, Outcome
from legality_review.models import Review
from legality_review.rules import materials
from legality_review.rules.matters import Matter
from tests.documents import made_files
from tests.legality_review.steps import TEXT, Walk
from workflows.models.tasks import Task

State = Review.State
SHORT = {
    "title": "街道保洁合同", "counterparty": "乐陵保洁公司", "contract_kind": "procurement",
    "amount": "3",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _vault(settings: Any, tmp_path: Any) -> None:
    """Keep the files of a test to itself."""
    settings.FILES_ROOT = tmp_path / "files"


def word(lines: tuple[str, ...] = TEXT, name: str = "合同.docx") -> SimpleUploadedFile:
    """Return a small real .docx as a browser sends it."""
    return SimpleUploadedFile(name, made_files.docx(lines))


def test_lr_1_a_contract_is_with_its_reviewer_after_one_page(walk: Walk, signed_in: Any) -> None:
    client = signed_in(walk.people.township_clerk)
    address = reverse("legality_review:new_contract")
    answer = client.post(address, {**SHORT, "text": word()}, follow=True)
    assert "合同已送审" in answer.content.decode()
    case = Review.objects.get()
    assert (case.state, case.is_short_form) == (State.SUBMITTED, True)
    task = Task.objects.of_case(case).open().get()
    assert (task.unit, task.role) == (walk.tree.station, "station_chief")
    assert [clause.label for clause in case.current_text.clauses][1:] == [
        "第一条",
        "第二条",
        "第三条",
    ]


def test_lr_7_what_the_law_stops_waits_as_a_draft_with_the_reason(
    walk: Walk, signed_in: Any
) -> None:
    client = signed_in(walk.people.township_clerk)
    told = {**SHORT, "text": word(), "is_guarantee": "on"}
    answer = client.post(reverse("legality_review:new_contract"), told, follow=True)
    assert "尚未送审" in answer.content.decode()
    assert "第六百八十三条" in answer.content.decode()
    case = Review.objects.get()
    assert case.state == State.DRAFT
    refusal = Entry.objects.of_subject(case).get(outcome=Outcome.REFUSED)
    assert refusal.label == "送审"


def test_wrong_input_loses_nothing(walk: Walk, signed_in: Any) -> None:
    client = signed_in(walk.people.township_clerk)
    answer = client.post(
        reverse("legality_review:new_contract"), {**SHORT, "amount": "很多", "text": word()}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已收到：合同.docx" in page
    assert "乐陵保洁公司" in page
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("空.docx", b"PK\x03\x04"), ("宏.docx", b"MZ\x90"), ("图.docx", made_files.png())],
)
def test_hostile_and_unreadable_texts_are_refused_with_a_reason(
    walk: Walk, signed_in: Any, name: str, content: bytes
) -> None:
    client = signed_in(walk.people.township_clerk)
    told = {**SHORT, "text": SimpleUploadedFile(name, content)}
    answer = client.post(reverse("legality_review:new_contract"), told)
    assert answer.status_code == 422
    assert f"“{name}”没有收下" in answer.content.decode()


def test_lr_8_facts_and_materials_are_the_drafters_while_it_is_his(
    walk: Walk, signed_in: Any
) -> None:
    client = signed_in(walk.people.township_clerk)
    new = reverse("legality_review:new_matter", args=[Matter.NORMATIVE])
    told = {"title": TEXT[0], "issuer_type": "street_office", "issuer_name": "云红街道办事处"}
    answer = client.post(new, told, follow=True)
    page = answer.content.decode()
    for name in materials.ALWAYS[Matter.NORMATIVE]:
        assert name in page
    case = Review.objects.get()
    upload = reverse("legality_review:materials", args=[case.uuid])
    lacking = [name for name in materials.ALWAYS[Matter.NORMATIVE] if name != materials.DRAFT]
    sent = {"slot": materials.DRAFT, "files": [word(name="送审稿.docx")]}
    page = client.post(upload, sent, follow=True).content.decode()
    assert f"还缺：{'、'.join(lacking)}。" in page
    case = Review.objects.get()
    assert case.draft_file.original_name == "送审稿.docx"
    out = reverse("legality_review:withdraw_material", args=[case.uuid, case.draft_file.uuid])
    assert client.post(out).status_code == 302
    assert Review.objects.get().draft_file is None
    edit = reverse("legality_review:edit", args=[case.uuid])
    assert client.post(edit, {**told, "is_general": "false"}).status_code == 302
    assert Review.objects.get().is_general is False


def test_lr_8_the_page_says_when_the_materials_are_complete(walk: Walk, signed_in: Any) -> None:
    walk.open(Matter.NORMATIVE)
    upload = reverse("legality_review:materials", args=[walk.case.uuid])
    page = signed_in(walk.people.township_clerk).get(upload).content.decode()
    assert "规定的材料已经齐全，请返回案件办理下一步。" in page and "还缺" not in page


def test_lr_1_the_form_of_a_matter_speaks_of_it_in_groups(walk: Walk, signed_in: Any) -> None:
    client = signed_in(walk.people.township_clerk)
    chosen = client.get(reverse("legality_review:choose")).content.decode()
    assert "涉及公众权利义务、普遍适用" in chosen
    for matter, heading, name in (
        (Matter.NORMATIVE, "是不是行政规范性文件", "文件名称"),
        (Matter.DECISION, "决策事项的性质", "决策事项名称"),
        (Matter.ENFORCEMENT, "听证", "执法决定名称"),
        (Matter.CONTRACT, "合同情况", "合同名称"),
    ):
        new = reverse("legality_review:new_matter", args=[matter])
        answer = client.get(new)
        assert heading in [group.title for group, _ in answer.context["form"].groups()]
        shown = [field for _, fields in answer.context["form"].groups() for field in fields]
        assert [field.name for field in shown] == list(answer.context["form"].fields)
        wrong = client.post(new, {"title": ""})
        assert (wrong.status_code, f">{name}：" in wrong.content.decode()) == (422, True)


def test_the_register_of_reviewers_and_the_templates(walk: Walk, signed_in: Any) -> None:
    client = signed_in(walk.people.reviewer)
    told = {"title": "保洁合同", "kind": "procurement", "file": word(name="示范文本.docx")}
    assert client.post(reverse("legality_review:templates"), told).status_code == 302
    shown = signed_in(walk.people.township_clerk).get(reverse("legality_review:templates"))
    assert "保洁合同" in shown.content.decode()
    who = {"user": walk.people.chief.pk, "kind": "bar", "certificate": "A1"}
    address = reverse("legality_review:qualifications")
    wrong = {**who, "obtained_on": "2020-01-01", "ended_on": "2019-01-01"}
    assert client.post(address, wrong).status_code == 422
    assert client.post(address, {**who, "obtained_on": "2020-01-01"}).status_code == 302
    assert walk.people.chief.qualifications.get().certificate == "A1"


def test_lr_7_a_round_amount_is_written_out(walk: Walk, signed_in: Any) -> None:
    walk.open(amount=100)
    page = signed_in(walk.people.chief).get(walk.case.get_absolute_url()).content.decode()
    assert "100万元" in page
    assert "E+" not in page


def test_lr_12_no_kind_of_contract_is_chosen_for_the_clerk(walk: Walk, signed_in: Any) -> None:
    """A kind chosen beforehand (land) would send any contract up to the county."""
    client = signed_in(walk.people.township_clerk)
    told = {name: value for name, value in SHORT.items() if name != "contract_kind"}
    answer = client.post(
        reverse("legality_review:new_contract"), {**told, "contract_kind": "", "text": word()}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"contract_kind"}
    assert not Review.objects.exists()
