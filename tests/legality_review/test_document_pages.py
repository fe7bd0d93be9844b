"""LR-30, LR-36: the register is complete, searchable, and handed out; the page tells everything."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from audit.models import Entry
from documents.models import StoredFile
from legality_review.models import NormativeDocument
from legality_review.views import register
from permissions.workbooks import read_workbook
from tests.access.world import pdf
from tests.legality_review.norm_steps import EFFECTIVE, NormWalk

REGISTER = reverse("legality_review:documents")
EXPORT = reverse("legality_review:export_documents")
ENTER = reverse("legality_review:enter_document")
KNOWN = {
    "title": "铁营镇集市管理办法", "issuer_unit": "371481101ZF",
    "issuer_type": "township_government",
    "document_number": "铁政发〔2023〕7号", "registration_number": "LLDR-2023-1010007",
    "adopted_on": "2023-05-05", "published_on": "2023-05-08", "effective_on": "2023-06-08",
    "validity_years": "3",
}  # fmt: skip


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    """Files of a test go to its own folder."""
    settings.FILES_ROOT = tmp_path / "files"


def shown(client, **asked):
    """Return the titles on the page of the register."""
    answer = client.get(REGISTER, asked)
    assert answer.status_code == 200
    return [case.title for case, *_ in answer.context["rows"]]


def test_lr36_the_register_tells_the_validity_on_a_chosen_day(norm, signed_in):
    case = norm.to("register_filing")
    client = signed_in(norm.people.officer)
    for day, status in (
        ("2025-10-19", "pending"), ("2025-10-20", "valid"), ("2030-10-19", "valid"),
        ("2030-10-20", "lapsed"),
    ):  # fmt: skip
        assert shown(client, status=status, on=day) == [case.title]
        others = {"pending", "valid", "lapsed", "repealed"} - {status}
        assert [shown(client, status=other, on=day) for other in others] == [[], [], []]
    assert "有效" in client.get(REGISTER, {"on": "2026-01-01"}).content.decode()


def test_lr36_the_register_is_searched_and_narrowed(norm, signed_in):
    case = norm.to("register_filing")
    other = NormWalk(norm.people, norm.tree, norm.clock)
    other.facts = {"title": "铁营镇集市管理办法", "issuer_unit": norm.tree.tieying_government}
    other.to("open")
    client = signed_in(norm.people.reviewer)
    assert len(shown(client)) == 2
    for words in ("公墓", "LLDR-2025-0010001", "云政发〔2025〕3号"):
        assert shown(client, words=words) == [case.title]
    assert shown(client, issuer=norm.tree.tieying_government.pk) == ["铁营镇集市管理办法"]
    assert shown(client, state="in_force", year=2025) == [case.title]
    assert shown(client, year=2024) == []
    assert client.get(REGISTER, {"on": "昨天"}).status_code == 422


def test_lr36_a_document_beside_is_not_in_sight(norm, signed_in):
    norm.to("open")
    assert shown(signed_in(norm.people.other_chief)) == []
    assert shown(signed_in(norm.people.chief)) == [norm.case.title]


def test_lr36_far_pages_hold_the_rest_and_the_statements_do_not_grow(
    norm, signed_in, django_assert_max_num_queries
):
    for number in range(22):
        walk = NormWalk(norm.people, norm.tree, norm.clock)
        walk.facts = {"title": f"办法{number}"}
        walk.to("open")
    client = signed_in(norm.people.reviewer)
    with django_assert_max_num_queries(25):
        answer = client.get(REGISTER)
    assert len(answer.context["rows"]) == 20
    rest = client.get(REGISTER, {"after": answer.context["page"].next_key})
    assert len(rest.context["rows"]) == 2


def test_lr36_the_workbook_holds_what_was_asked_for_and_leaves_an_entry(norm, signed_in):
    norm.to("register_filing")
    client = signed_in(norm.people.reviewer)
    answer = client.get(EXPORT, {"status": "valid", "on": "2026-01-01"})
    rows = read_workbook(answer.content, [register.SHEET])[register.SHEET.title]
    assert [row.texts["登记号"] for row in rows] == ["LLDR-2025-0010001"]
    assert (rows[0].texts["效力"], rows[0].texts["有效期至"]) == ("有效", "2030-10-19")
    entry = Entry.objects.get(act="legality_review.export_documents")
    assert entry.values_after == {"asked": {"status": "valid", "on": "2026-01-01"}, "count": 1}
    assert client.get(EXPORT, {"on": "x"}).url == REGISTER


def test_lr36_too_many_rows_are_not_handed_out(norm, signed_in, monkeypatch):
    norm.to("open")
    monkeypatch.setattr(register, "MOST_ROWS", 0)
    answer = signed_in(norm.people.reviewer).get(EXPORT, {"words": "公墓"}, follow=True)
    assert "请缩小范围后再导出" in answer.content.decode()
    assert not Entry.objects.filter(act="legality_review.export_documents").exists()


def test_lr36_no_formula_runs_out_of_the_workbook(norm, signed_in):
    norm.facts = {"title": '=HYPERLINK("http://x")'}
    norm.to("open")
    answer = signed_in(norm.people.reviewer).get(EXPORT)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert "<f>" not in packed.read("xl/worksheets/sheet1.xml").decode()


def test_lr30_what_existed_before_is_entered_with_its_text(norm, signed_in):
    client = signed_in(norm.people.reviewer)
    answer = client.post(ENTER, {**KNOWN, "text": pdf("文本.pdf")})
    case = NormativeDocument.objects.get()
    assert answer.url == case.get_absolute_url()
    assert (case.state, case.unit, case.expires_on) == (
        "in_force", norm.tree.tieying_station, date(2026, 6, 7),
    )  # fmt: skip
    assert case.text_file.subject_id == case.pk
    page = client.get(answer.url).content.decode()
    for words in ("LLDR-2023-1010007", "2023年6月8日至2026年6月7日", "由铁营镇人民政府负责解释"):
        assert words in page
    assert "列入规范性文件名册" in page


def test_lr30_a_wrong_entry_keeps_what_was_typed_and_opens_nothing(norm, signed_in):
    client = signed_in(norm.people.reviewer)
    wrong = {**KNOWN, "effective_on": "2026-06-08", "text": pdf("文本.pdf")}
    answer = client.post(ENTER, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不能晚于今天" in page and "铁营镇集市管理办法" in page and "已收到：文本.pdf" in page
    assert not NormativeDocument.objects.exists()
    assert StoredFile.objects.get().subject_type is None
    assert client.post(ENTER, {"title": "办法"}).status_code == 422


def test_lr30_a_draft_of_an_entry_is_kept(norm, signed_in):
    client = signed_in(norm.people.reviewer)
    assert client.post(f"{ENTER}draft/", {"title": "未写完的办法"}).status_code == 200
    assert "未写完的办法" in client.get(ENTER).content.decode()
    assert signed_in(norm.people.township_clerk).get(ENTER).status_code == 403


def test_lr34_the_acts_are_done_on_their_pages(norm, signed_in):
    norm.to("open")
    norm.clock.stand_at(date(2025, 9, 20))
    clerk = signed_in(norm.people.township_clerk)
    clerk.post(norm.case.act_url("register"), {
        "document_number": "云政发〔2025〕3号", "printed_on": "2025-09-18", "validity_years": "5",
        "interpretation": "", "opinion": "",
    })  # fmt: skip
    clerk.post(norm.case.act_url("publish"), {
        "media": ["website"], "place": "云红街道网站", "published_on": "2025-09-20",
        "effective_on": EFFECTIVE.isoformat(), "early_reason": "", "opinion": "",
    })  # fmt: skip
    short = clerk.post(norm.case.act_url("file"), {"note": pdf("说明.pdf"), "opinion": ""})
    assert short.status_code == 422
    assert "报送备案缺少：规范性文件正式文本、制定依据" in short.content.decode()
    note = StoredFile.objects.get()
    clerk.post(norm.case.act_url("file"), {
        "note-staged": str(note.uuid), "text": pdf("文本.pdf"), "bases": pdf("依据.pdf"),
        "opinion": "",
    })  # fmt: skip
    case = NormativeDocument.objects.get()
    assert case.state == "filed"
    page = signed_in(norm.people.reviewer).get(case.get_absolute_url()).content.decode()
    for words in (
        "报送县（市、区）人民政府（司法局承办）",
        "LLDR-2025-0010001",
        "云红街道网站",
        "备案审查期限",
    ):
        assert words in page


def test_lr32_a_renewal_asks_for_no_effect_and_offers_its_successors(norm, signed_in):
    norm.renewing()
    norm.register("云政发〔2030〕1号", validity_years=3)
    type(norm.people.chief).objects.update(password_changed_at=norm.clock.now())
    page = signed_in(norm.people.township_clerk).get(norm.case.act_url("publish")).content.decode()
    assert "公布载体" in page and "effective_on" not in page


def test_lr32_the_page_tells_evaluation_correction_and_end(norm, signed_in):
    norm.evaluated("repeal")
    norm.do("decide_repeal", norm.people.township_leader, reason="任务完成。")
    type(norm.people.chief).objects.update(password_changed_at=norm.clock.now())
    page = signed_in(norm.people.auditor).get(norm.case.get_absolute_url()).content.decode()
    for words in ("有效期届满前评估", "效果良好", "决定：废止", "2030年4月19日：任务完成。"):
        assert words in page


def test_lr32_the_successors_offered_are_published_documents_of_the_issuer(norm, signed_in):
    norm.amending()
    waiting = norm.case
    successor = norm.successor()
    client = signed_in(norm.people.township_clerk)
    form = client.get(waiting.act_url("replace_by")).context["form"]
    assert list(form.fields["successor"].queryset) == [successor]
    client.post(waiting.act_url("replace_by"), {"successor": successor.pk, "opinion": ""})
    assert NormativeDocument.objects.get(pk=waiting.pk).successor == successor
    page = client.get(waiting.get_absolute_url()).content.decode()
    assert "替代文件" in page


def test_lr37_a_document_is_interpreted_by_its_issuer(norm, signed_in):
    norm.to("register")
    page = signed_in(norm.people.chief).get(norm.case.get_absolute_url()).content.decode()
    assert f"由{norm.case.issuer_unit}负责解释" in page
