"""FQ-14 to FQ-17: standards are data: edited as drafts, frozen in use, in and out by Excel."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from accreditation.forms import workbook
from accreditation.models import Item, Standard, VetoItem, copy_standard
from accreditation.rules.standards import defects
from accreditation.views.standards import XLSX
from audit.models import Entry


@pytest.fixture
def standard(db):
    """Return the default standard that the migration loaded."""
    return Standard.objects.get()


@pytest.fixture
def draft(standard):
    """Return a draft copied from the default."""
    return copy_standard(standard, year=2025)


def lacks(found):
    """Return what the standard lacks."""
    return defects(found, found.category_list(), list(found.veto_items.all()))


def page(name, found, *more):
    """Return the address of a page of the standard."""
    return reverse(f"accreditation:{name}", args=[found.uuid, *more])


def test_fq15_the_default_is_complete_with_13_categories_and_100_points(standard):
    categories = standard.category_list()
    assert len(categories) == 13
    assert sum(category.points for category in categories) == 100
    assert lacks(standard) == []
    assert (standard.pass_line, standard.category_floor_percent) == (90, 60)


def test_fq16_every_hard_input_of_the_plan_scores_an_item_of_the_default(standard):
    sources = set(standard.items.exclude(source="").values_list("source", flat=True))
    assert len(sources) == 13


def test_fq17_the_default_has_six_veto_items_looking_back_two_years(standard):
    vetoes = list(standard.veto_items.all())
    assert len(vetoes) == 6
    assert {veto.lookback_years for veto in vetoes} == {2}


def test_fq14_all_four_modes_occur(standard):
    assert set(standard.items.values_list("mode", flat=True)) == {
        "all_or_nothing",
        "deduct_per_unit",
        "tiered",
        "bonus",
    }


def test_a_copy_is_a_draft_with_the_same_parts_and_the_next_version(standard):
    copied = copy_standard(standard)
    assert (copied.version, copied.is_draft, copied.copied_from) == (2, True, standard)
    assert lacks(copied) == []
    assert copied.items.count() == standard.items.count()
    assert copy_standard(standard, year=2030).version == 1


@pytest.mark.parametrize("part", ["standard", "category", "item", "veto"])
def test_fq14_a_frozen_standard_cannot_be_changed_behind_the_models_back(standard, part):
    standard.freeze()
    rows = {
        "standard": Standard.objects.filter(pk=standard.pk),
        "category": standard.categories.all(),
        "item": Item.objects.filter(category__standard=standard),
        "veto": standard.veto_items.all(),
    }[part]
    field = {"standard": "name", "veto": "title"}.get(part, "title")
    with pytest.raises(DatabaseError, match="不得修改"), transaction.atomic():
        rows.update(**{field: "改"})


def test_fq14_nothing_is_added_to_a_frozen_standard(standard):
    standard.freeze()
    with pytest.raises(DatabaseError, match="不得修改"), transaction.atomic():
        VetoItem.objects.create(
            standard=standard, number=9, title="加", requirement="加", basis="加"
        )


def test_a_draft_may_be_changed_beside_a_frozen_one(standard, draft):
    standard.freeze()
    assert draft.items.filter(code="1.1").update(title="改") == 1


def test_freezing_twice_keeps_the_first_moment(standard, clock):
    standard.freeze()
    first = standard.frozen_at
    clock.forward(days=1)
    Standard.objects.get().freeze()
    assert Standard.objects.get().frozen_at == first


def test_what_a_standard_lacks_is_said(draft):
    draft.items.filter(code="1.1").delete()
    draft.veto_items.all().delete()
    draft.items.filter(code="6.3").update(thresholds=[["90", "4"], ["80", "1"]])
    draft.items.filter(code="4.1").update(source="unknown")
    found = "".join(lacks(draft))
    assert "“司法所党组织建设”各项目合计6分，与该类8分不符" in found
    assert "没有一票否决情形" in found
    assert "项目6.3的分档应由低到高" in found
    assert "指标代码“unknown”不存在" in found


def test_excel_goes_out_and_comes_back_the_same(standard):
    parsed = workbook.read(workbook.write(standard))
    assert parsed.bad_rows == []
    assert len(parsed.items) == standard.items.count()
    kept = {item.code: item for item in standard.items}
    for _, item in parsed.items:
        for name in ("title", "requirement", "max_points", "mode", "thresholds", "source"):
            assert getattr(item, name) == getattr(kept[item.code], name), (item.code, name)
    assert [veto.title for veto in parsed.vetoes] == [
        veto.title for veto in standard.veto_items.all()
    ]


def test_a_text_that_looks_like_a_formula_leaves_as_text(draft):
    draft.items.filter(code="1.1").update(title='=HYPERLINK("http://x")')
    book = load_workbook(BytesIO(workbook.write(draft)))
    cell = book["评分项目"].cell(row=2, column=5)
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


def edited(standard, change):
    """Return the standard's workbook after a change of its first sheet."""
    book = load_workbook(BytesIO(workbook.write(standard)))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def upload(content):
    """Return an upload of a workbook."""
    return SimpleUploadedFile("standard.xlsx", content, content_type=XLSX)


def spoil(book):
    """Make three rows bad in three ways."""
    sheet = book["评分项目"]
    sheet["G3"] = "四"
    sheet["H4"] = "随意"
    sheet["F5"] = "=1+1"
    book["一票否决"]["D2"] = "两年"


def test_every_bad_row_is_named_by_number_and_reason(standard):
    parsed = workbook.read(edited(standard, spoil))
    found = {(row.sheet, row.number): row.reason for row in parsed.bad_rows}
    assert set(found) == {("评分项目", 3), ("评分项目", 4), ("评分项目", 5), ("一票否决", 2)}
    assert "“四”" in found["评分项目", 3]
    assert "计分方式" in found["评分项目", 4]
    assert "公式" in found["评分项目", 5]
    assert "回溯年限" in found["一票否决", 2]


def test_what_is_no_workbook_is_told_in_chinese():
    assert "Excel" in workbook.read(b"PK\x03\x04 no").bad_rows[0].reason


def test_one_bad_row_keeps_all_rows_out(draft, people, signed_in):
    client = signed_in(people.reviewer)
    answer = client.post(
        page("load_standard", draft),
        {"workbook": upload(edited(draft, spoil)), "apply": "on"},
    )
    assert answer.status_code == 422
    assert "第3行" in answer.content.decode()
    assert draft.items.get(code="1.1").title == "党组织隶属"


def rename(book):
    """Rename the first item."""
    book["评分项目"]["E2"] = "党组织关系"


def test_a_dry_run_changes_nothing_and_the_import_replaces_all(draft, people, signed_in):
    client = signed_in(people.reviewer)
    content = edited(draft, rename)
    tried = client.post(page("load_standard", draft), {"workbook": upload(content)})
    assert "试算通过" in tried.content.decode()
    assert draft.items.get(code="1.1").title == "党组织隶属"
    client.post(page("load_standard", draft), {"workbook": upload(content), "apply": "on"})
    assert draft.items.get(code="1.1").title == "党组织关系"
    assert lacks(draft) == []
    assert Entry.objects.filter(label="导入标准").exists()


def test_the_reviewer_edits_an_item_of_a_draft_and_it_is_recorded(draft, people, signed_in):
    client = signed_in(people.reviewer)
    address = page("edit_item", draft, 1, "1.1")
    assert client.get(address).status_code == 200
    answer = client.post(address, item_fields(title="党组织隶属关系"))
    assert answer.status_code == 302
    assert draft.items.get(code="1.1").title == "党组织隶属关系"
    entry = Entry.objects.filter(label="编辑评分项目").get()
    assert "党组织隶属关系" in entry.after
    assert "党组织隶属关系" not in entry.before


def item_fields(**changes):
    """Return the form of the first item."""
    return {
        "code": "1.1", "title": "党组织隶属", "requirement": "纳入支部", "max_points": "2",
        "mode": "all_or_nothing", "per_unit": "", "floor": "", "thresholds": "",
        "evidence_kinds": ["台账"], "source": "", "basis": "方案五1", **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"mode": "tiered"}, "须写明分档"),
        ({"mode": "tiered", "thresholds": "90:4"}, "数值=得分"),
        ({"mode": "deduct_per_unit"}, "每项扣几分"),
        ({"code": "1.2"}, "已有此编号"),
        ({"floor": "3"}, "扣分下限"),
    ],
)
def test_an_item_that_contradicts_itself_is_refused(draft, people, signed_in, changes, reason):
    answer = signed_in(people.reviewer).post(
        page("edit_item", draft, 1, "1.1"), item_fields(**changes)
    )
    assert answer.status_code == 422
    assert reason in answer.content.decode()


def test_a_frozen_standard_has_no_edit_page(standard, people, signed_in):
    standard.freeze()
    client = signed_in(people.reviewer)
    for name, more in (("edit_standard", ()), ("edit_item", (1, "1.1")), ("load_standard", ())):
        assert client.get(page(name, standard, *more)).status_code == 404
    assert client.post(page("delete_part", standard, "item", "1.1")).status_code == 404
    assert client.get(page("standard", standard)).status_code == 200


def test_only_the_reviewers_edit_standards(draft, people, signed_in):
    for person, status in ((people.chief, 403), (people.deputy, 403), (people.city_reviewer, 200)):
        assert signed_in(person).get(page("edit_standard", draft)).status_code == status
    assert signed_in(people.system_admin).get(page("standard", draft)).status_code == 403


def test_parts_are_added_and_deleted(draft, people, signed_in):
    client = signed_in(people.reviewer)
    fields = {"number": "14", "title": "特色工作", "points": "1"}
    assert client.post(page("edit_category", draft, 0), fields).status_code == 302
    assert draft.categories.filter(number=14).exists()
    assert client.post(page("delete_part", draft, "category", "14")).status_code == 302
    assert not draft.categories.filter(number=14).exists()
    veto = {
        "number": "7", "title": "其他", "requirement": "口径", "lookback_years": "2",
        "basis": "局文件",
    }  # fmt: skip
    assert client.post(page("edit_veto", draft, 0), veto).status_code == 302
    assert client.post(page("edit_veto", draft, 0), veto).status_code == 422
    assert client.post(page("delete_part", draft, "veto", "7")).status_code == 302
    assert client.post(page("delete_part", draft, "other", "7")).status_code == 404


def test_a_standard_is_copied_by_the_page(standard, people, signed_in):
    client = signed_in(people.reviewer)
    client.post(page("copy_standard", standard), {"year": "2026"})
    assert Standard.objects.filter(year=2026, copied_from=standard).exists()
    client.post(page("copy_standard", standard), {"year": "1999"})
    assert not Standard.objects.filter(year=1999).exists()


def test_the_export_is_a_workbook_and_leaves_an_entry(standard, people, signed_in):
    answer = signed_in(people.chief).get(page("export_standard", standard))
    assert answer["Content-Type"] == XLSX
    assert workbook.read(answer.content).is_good
    assert Entry.objects.filter(label="导出标准").exists()
