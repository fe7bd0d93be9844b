"""The pages of the register: found by words, changed by the reviewer, to Excel and back."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Entry
from laws.forms import workbook
from laws.models import Law
from permissions.workbooks import write_workbook

TYPED = {
    "title": "乐陵市示例管理办法", "aliases": "示例办法", "kind": "normative_document",
    "issuer": "乐陵市人民政府", "document_number": "乐政发[2020]1号", "promulgated_on": "",
    "effective_from": "2020-02-01", "effective_until": "", "ending": "", "superseded_by": "",
    "highest_article": "20", "source": "市政府网站",
}  # fmt: skip


@pytest.fixture
def desk(people: Any, signed_in: Any) -> Any:
    """The reviewer's browser."""
    return signed_in(people.reviewer)


def page(browser: Any, name: str, *args: Any, **asked: str) -> str:
    """Return a page as text."""
    answer = browser.get(reverse(f"laws:{name}", args=args), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def typed(**changed: str) -> dict[str, str]:
    """Return the rows of a workbook by its keys, as labels."""
    return {**TYPED, "kind": "规范性文件", **changed}


def uploaded(*rows: dict[str, str]) -> SimpleUploadedFile:
    """Return a workbook of these rows as a browser sends it."""
    return SimpleUploadedFile("laws.xlsx", write_workbook([(workbook.SHEET, rows)]))


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ({"q": "民法典"}, "中华人民共和国民法典", "中华人民共和国合同法"),
        ({"q": "国办发[2018]115号"}, "合法性审核机制", "民法典"),
        ({"standing": "ENDED"}, "中华人民共和国合同法", "中华人民共和国民法典"),
        ({"standing": "COMING"}, "中华人民共和国法治宣传教育法", "中华人民共和国合同法"),
        ({"kind": "regulation", "standing": "IN_FORCE"}, "公平竞争审查条例", "立法法"),
        ({"q": "没有这部法"}, "没有找到法规", "民法典"),
    ],
)
def test_laws_are_found(desk: Any, asked: dict[str, str], shown: str, hidden: str) -> None:
    text = page(desk, "laws", **asked)
    assert shown in text and hidden not in text


def test_a_list_asks_as_much_for_many_rows(desk: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(20):
        page(desk, "laws")


def test_a_law_is_added_shown_corrected_renewed_and_ended(desk: Any) -> None:
    assert desk.post(reverse("laws:add"), TYPED).status_code == 302
    law = Law.objects.get(title=TYPED["title"])
    assert "乐政发〔2020〕1号" in page(desk, "law", law.uuid)
    corrected = {**TYPED, "highest_article": "21", "reason": "核对原文"}
    desk.post(reverse("laws:correct", args=[law.uuid]), corrected)
    assert "核对原文" in page(desk, "law", law.uuid)
    assert 'value="乐陵市示例管理办法"' in page(desk, "renew", law.uuid)
    desk.post(reverse("laws:renew", args=[law.uuid]), {**TYPED, "effective_from": "2024-01-01"})
    new = Law.objects.versions_of(law.title).first()
    text = page(desk, "law", law.uuid)
    assert "被新文本替代" in text and "各文本" in text
    end = {
        "on": "2025-09-01", "ending": "repealed", "superseded_by": "《民法典》", "reason": "试验"
    }  # fmt: skip
    desk.post(reverse("laws:end", args=[new.uuid]), end)
    assert "由它废止或者替代的文件" in page(desk, "law", Law.objects.get(aliases="民法典").uuid)
    entries = Entry.objects.filter(act__startswith="laws.").oldest_first()
    assert [entry.act for entry in entries] == [
        "laws.add_law", "laws.correct_law", "laws.end_law", "laws.add_law", "laws.end_law",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"effective_until": "2019-01-01", "ending": "repealed"}, "失效日期须晚于施行日期"),
        ({"ending": "repealed"}, "须同时填写"),
        ({"superseded_by": "没有这部法"}, "法规库中没有这个"),
        ({"highest_article": "0"}, "大于或等于"), ({"effective_from": "某日"}, "日期"),
        ({"title": "中华人民共和国民法典", "effective_from": "2021-01-01"}, "已经登记"),
    ],
)  # fmt: skip
def test_wrong_input_is_said_and_loses_nothing(desk: Any, wrong: dict[str, str], says: str) -> None:
    before = Law.objects.count()
    answer = desk.post(reverse("laws:add"), {**TYPED, **wrong})
    text = answer.content.decode()
    assert answer.status_code == 200 and says in text and "市政府网站" in text
    assert Law.objects.count() == before


def test_the_register_goes_to_excel_and_back_unchanged(desk: Any) -> None:
    before = list(Law.objects.values())
    answer = desk.get(reverse("laws:export"))
    sheet = load_workbook(BytesIO(answer.content))["法规"]
    assert sheet.max_row == len(before) + 1
    entry = Entry.objects.of_act("laws.export_law").get()
    assert json.loads(entry.after)["count"] == len(before)
    sent = SimpleUploadedFile("laws.xlsx", answer.content)
    checked = desk.post(reverse("laws:import"), {"workbook": sent})
    assert f"没有变化 {len(before)} 行" in checked.content.decode()
    done = desk.post(reverse("laws:import_carry_out"), {"checked": checked.context["checked"]})
    assert "已全部导入" in done.content.decode()
    assert list(Law.objects.values()) == before


def test_excel_adds_and_corrects_with_what_stands_further_below(desk: Any) -> None:
    known = workbook.texts_of(Law.objects.get(title="公平竞争审查条例"))
    rows = [
        typed(effective_until="2025-01-01", ending="被新文本替代", superseded_by="乐陵市新办法"),
        typed(title="乐陵市新办法", effective_from="2025-01-01", document_number="", aliases=""),
        {**known, "highest_article": "27"},
    ]
    checked = desk.post(reverse("laws:import"), {"workbook": uploaded(*rows)})
    text = checked.content.decode()
    assert "新登记 2 行" in text and "更正 1 行" in text
    assert not Law.objects.filter(title="乐陵市新办法").exists()
    desk.post(reverse("laws:import_carry_out"), {"checked": checked.context["checked"]})
    old = Law.objects.get(title="乐陵市示例管理办法")
    assert old.superseded_by.title == "乐陵市新办法"
    assert Law.objects.get(title="公平竞争审查条例").highest_article == 27


def test_every_bad_row_is_told_by_number_and_nothing_is_imported(desk: Any) -> None:
    before = Law.objects.count()
    rows = [
        typed(), typed(title="甲办法", kind="法令"), typed(title="乙办法", effective_from="某日"),
        typed(
            title="丙办法", superseded_by="没有这部法",
            effective_until="2025-01-01", ending="废止",
        ),
        typed(title="", document_number="x"), typed(effective_from="2019-01-01"),
    ]  # fmt: skip
    answer = desk.post(reverse("laws:import"), {"workbook": uploaded(*rows)})
    found = answer.context["found"]
    assert [row.number for row in found.bad] == [3, 4, 5, 6, 7]
    text = answer.content.decode()
    for says in ("“法令”不在可选范围", "施行日期：", "法规库中没有这个", "“名称”未填写", "重叠"):
        assert says in text
    assert not answer.context["checked"] and Law.objects.count() == before


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"MZ", "不是 Excel"), (b"PK\x03\x04", "不是 Excel")],
)
def test_what_is_no_workbook_is_refused(desk: Any, content: bytes, says: str) -> None:
    sent = SimpleUploadedFile("a.xlsx", content)
    assert says in desk.post(reverse("laws:import"), {"workbook": sent}).content.decode()


def test_what_was_not_checked_is_not_imported(desk: Any) -> None:
    answer = desk.post(reverse("laws:import_carry_out"), {"checked": "forged"})
    assert "请重新上传检查" in answer.content.decode()


def test_no_formula_leaves(desk: Any) -> None:
    desk.post(reverse("laws:add"), {**TYPED, "source": "=1+1"})
    content = desk.get(reverse("laws:export"), {"q": "示例"}).content
    cells = [cell for row in load_workbook(BytesIO(content))["法规"] for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_the_template_can_be_read_back(desk: Any) -> None:
    rows = workbook.rows_of(desk.get(reverse("laws:import_template")).content)
    assert [row.texts["title"] for row in rows] == ["公平竞争审查条例"]
