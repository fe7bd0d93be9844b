"""LR-38: the volume of a matter holds every paper and file in order, and tells what it lacks."""

import hashlib
import io
import json
import struct
import zlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import Fit

from audit import clock as office_clock
from audit.models import Entry
from documents import binding, papers, uploads, vault
from documents.models import Paper, StoredFile
from documents.views import LOCKED_DOWN
from legality_review.documents import volume as volumes
from legality_review.rules import materials
from legality_review.rules.volume import ORDER, OTHERS, group_of, place
from tests.documents import made_files
from tests.legality_review.steps import Walk

TODAY = date(2025, 9, 26)


def pdf(pages: int = 1, rotated: int = 0, owner: str = "") -> bytes:
    """Make a PDF of some pages; rotated, linked, or locked against changes on demand."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842).rotate(rotated)
    writer.add_annotation(
        0, Link(rect=(0, 0, 9, 9), target_page_index=pages - 1, fit=Fit.fit_horizontally(9))
    )
    if owner:
        writer.encrypt("", owner, algorithm="AES-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def png() -> bytes:
    """Make a grey picture whose pixels are really there."""
    header = made_files.chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0))
    pixels = made_files.chunk(b"IDAT", zlib.compress(b"\x00\x80\x80\x80" * 2))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + made_files.chunk(b"IEND", b"")


def upload(walk: Walk, name: str, content: bytes, slot: str = materials.OTHER) -> StoredFile:
    """Bring a real file into the case."""
    return uploads.receive(
        SimpleUploadedFile(name, content), by=walk.people.township_clerk, subject=walk.case,
        slot=slot,
    )  # fmt: skip


@pytest.fixture
def full(walk: Walk, settings, tmp_path) -> Walk:
    """A signed contract with a PDF, a picture, a Word file and a workbook among its materials."""
    settings.FILES_ROOT = tmp_path
    walk.lawful()
    upload(walk, "营业执照.pdf", pdf(3), materials.PARTY_PAPERS)
    upload(walk, "现场.png", png())
    upload(walk, "起草说明.docx", made_files.docx(("为做好保洁，起草本合同。",)), materials.NOTE)
    upload(walk, "清单.xlsx", made_files.xlsx())
    return walk


def lines_of(walk: Walk) -> dict[str, volumes.Line]:
    """Return the lines of the walk's volume by what their titles end in."""
    made = volumes.build(walk.case, TODAY)
    return {line.leaf.title.rpartition("：")[2]: line for line in made.lines}


def test_lr_38_every_kind_of_paper_and_material_has_its_place():
    day = date(2025, 1, 1)
    known = [kind for group in ORDER for kind in group.kinds]
    assert len(known) == len(set(known))
    assert set(materials.KNOWN) <= set(known)
    assert place("legality_review.request", day) < place(materials.DRAFT, day)
    assert place(materials.DRAFT, day) < place(materials.NOTE, date(2020, 1, 1))
    assert place(materials.OTHER, day) < place("legality_review.opinion_amend", day)
    first, second = date(2025, 1, 1), date(2025, 2, 1)
    unlawful, lawful = "legality_review.opinion_unlawful", "legality_review.opinion_lawful"
    assert place(unlawful, first) < place(lawful, second)
    assert place("legality_review.minutes", day) < place("workflows.anything", day)
    assert group_of("workflows.anything") is OTHERS


def test_lr_38_all_letters_of_the_app_stand_in_the_order():
    letters = {kind.code for kind in papers.declared() if kind.code.startswith("legality_review.")}
    of_review = letters & {f"legality_review.{word}" for word in (
        "request", "material_list", "supplement_notice", "return_notice", "recognition",
        "first_opinion", "opinion_lawful", "opinion_amend", "opinion_unlawful",
        "opinion_procedure", "answers", "minutes",
    )}  # fmt: skip
    assert len(of_review) == 12
    assert all(group_of(code) is not OTHERS for code in of_review)


def test_lr_38_the_volume_holds_everything_in_order_with_its_pages(full: Walk):
    made = volumes.build(full.case, TODAY)
    titles = [line.leaf.title for line in made.lines]
    assert titles[0].startswith("合法性审查送审单") and titles[1].endswith("清单")
    order = [
        next(place for place, title in enumerate(titles) if word in title)
        for word in ("送审单", "材料清单", "送审稿", "起草说明", "营业执照", "现场", "意见书")
    ]
    assert order == sorted(order)
    bound = [line for line in made.lines if line.is_bound]
    assert [line.first for line in bound] == [1, *(line.last + 1 for line in bound[:-1])]
    licence = next(line for line in bound if "营业执照" in line.leaf.title)
    assert licence.pages == 3
    reader = PdfReader(io.BytesIO(made.content))
    front = len(reader.pages) - made.pages
    assert front >= 2 and made.pages == bound[-1].last
    assert reader.page_labels[front : front + 3] == ["1", "2", "3"]
    for number in (1, made.pages):
        assert str(number) in reader.pages[front + number - 1].extract_text()
    assert f"{licence.first}—{licence.last}" in words_of(reader, front)


def words_of(reader: PdfReader, pages: int) -> str:
    """Return the words of the first pages without line ends and spaces."""
    text = "".join(page.extract_text() for page in reader.pages[:pages])
    return "".join(text.split())


def test_lr_38_cover_and_index_name_case_number_day_and_digest(full: Walk):
    made = volumes.build(full.case, TODAY)
    reader = PdfReader(io.BytesIO(made.content))
    front = words_of(reader, len(reader.pages) - made.pages)
    assert "合法性审查案卷" in front and "卷内目录" in front
    assert full.case.number in front and full.case.title in front
    for line in made.lines:
        assert len(line.leaf.sha256) == 64
        assert line.leaf.sha256 in front, line.leaf.title
        assert str(line.leaf.on) in front
    opinion = Paper.objects.of(full.case).get(kind="legality_review.opinion_lawful")
    assert opinion.number.text in front
    outline = [item.title for item in reader.outline]
    assert outline == [line.leaf.title for line in made.lines if line.is_bound]


def test_lr_38_a_word_file_is_set_from_its_text_with_a_note_and_its_digest(full: Walk):
    made = volumes.build(full.case, TODAY)
    line = next(line for line in made.lines if "起草说明.docx" in line.leaf.title)
    assert line.remark == "据所读文字排印"
    reader = PdfReader(io.BytesIO(made.content))
    page = reader.pages[len(reader.pages) - made.pages + line.first - 1]
    told = "".join(page.extract_text().split())
    assert "为做好保洁，起草本合同。" in told
    assert line.leaf.sha256 in told and "以原件为准" in told


def test_lr_38_what_is_missing_changed_or_no_page_is_told_and_not_dropped(full: Walk):
    licence = StoredFile.objects.get(original_name="营业执照.pdf")
    vault.path_of(licence.stored_name).write_bytes(b"%PDF-1.7 other")
    made = volumes.build(full.case, TODAY)
    lines = {line.leaf.title: line for line in made.lines}
    reasons = {title.rpartition("：")[2]: line.reason for title, line in lines.items()}
    assert "与登记的摘要不一致" in reasons["营业执照.pdf"]
    assert "不在存储中" in reasons["送审稿.docx"]
    assert "不能排成页面" in reasons["清单.xlsx"]
    assert reasons["现场.png"] == reasons["起草说明.docx"] == ""
    reader = PdfReader(io.BytesIO(made.content))
    front = words_of(reader, len(reader.pages) - made.pages)
    assert front.count("未编入") == 3
    assert licence.sha256 in front


def plant(walk: Walk, name: str, kind: str, content: bytes) -> None:
    """Keep a file as it would never have been taken in."""
    with vault.receiving([content]) as incoming:
        StoredFile.objects.create(
            original_name=name, kind=kind, size=incoming.size, sha256=incoming.sha256,
            stored_name=vault.settle(incoming), subject=walk.case, slot=materials.OTHER,
            uploaded_by=walk.people.township_clerk, uploaded_by_name="云经办",
            attached_at=office_clock.now(),
        )  # fmt: skip


def test_lr_38_hostile_files_are_told_and_the_rest_is_bound(full: Walk):
    endless = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n%%EOF"
    plant(full, "坏.pdf", "pdf", endless)
    plant(full, "坏.png", "png", b"\x89PNG no picture")
    plant(full, "坏.docx", "docx", b"PK no document")
    lines = lines_of(full)
    assert "不完整" in lines["坏.pdf"].reason
    assert lines["坏.png"].reason == "文件不能排成页面。"
    assert lines["坏.docx"].reason
    assert lines["现场.png"].is_bound and lines["营业执照.pdf"].is_bound


def test_lr_38_what_would_make_the_volume_too_large_is_told(full: Walk, monkeypatch):
    licence = StoredFile.objects.get(original_name="营业执照.pdf")
    monkeypatch.setattr(volumes, "MOST_BYTES", licence.size)
    lines = lines_of(full)
    assert lines["现场.png"].reason == "案卷过大，请单独下载。"


def test_lr_38_superseded_papers_stay_in_the_volume_and_are_marked(full: Walk):
    Paper.objects.of(full.case).filter(kind="legality_review.material_list").update(
        state="superseded", state_reason="已重新制作"
    )
    marked = [line.remark for line in volumes.build(full.case, TODAY).lines if line.remark]
    assert "已被替代：已重新制作" in marked


def test_rotated_locked_and_linked_pages_are_bound_and_lead_nowhere(full: Walk):
    turned = upload(full, "横.pdf", pdf(1, rotated=90))
    locked = upload(full, "锁.pdf", pdf(2, owner="owner"))
    sheaves = [
        binding.Sheaf(kept.original_name, binding.pages_of(kept)) for kept in (turned, locked)
    ]
    reader = PdfReader(io.BytesIO(binding.bind([], sheaves)))
    assert [page.extract_text().strip() for page in reader.pages] == ["1", "2", "3"]
    assert (reader.pages[0].mediabox.width, reader.pages[0].rotation) == (842, 0)
    assert not any(page.get("/Annots") for page in reader.pages)


def address(walk: Walk, more: str = "") -> str:
    """Return the address of the walk's volume."""
    return f"/legality-review/reviews/{walk.case.uuid}/volume/{more}"


@pytest.mark.parametrize(
    ("who", "status"),
    [("chief", 200), ("township_leader", 200), ("reviewer", 200), ("auditor", 200),
     ("other_chief", 404), ("other_township_clerk", 404), ("system_admin", 404)],
)  # fmt: skip
def test_only_who_sees_the_matter_sees_its_volume(walk: Walk, signed_in, who, status):
    walk.submitted()
    browser = signed_in(getattr(walk.people, who))
    assert browser.get(address(walk)).status_code == status
    assert browser.post(address(walk, "pdf/"), {"purpose": "归档"}).status_code == status


def test_the_index_is_shown_with_what_is_damaged(full: Walk, signed_in):
    shown = signed_in(full.people.chief).get(address(full)).content.decode()
    assert shown.index("合法性审查送审单") < shown.index("营业执照.pdf") < shown.index("现场.png")
    assert "不在存储中" in shown
    assert StoredFile.objects.get(original_name="现场.png").sha256[:12] in shown
    case_page = signed_in(full.people.chief).get(full.case.get_absolute_url()).content.decode()
    assert address(full) in case_page


def test_goal_29_the_volume_goes_out_with_purpose_and_digests_on_record(full: Walk, signed_in):
    browser = signed_in(full.people.chief)
    refused = browser.post(address(full, "pdf/"), {"purpose": ""})
    assert refused.status_code == 422 and "导出用途" in refused.content.decode()
    assert not Entry.objects.of_act("legality_review.export_volume").exists()
    answer = browser.post(address(full, "pdf/"), {"purpose": "移交档案室"})
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == LOCKED_DOWN
    assert answer["Content-Disposition"].startswith("attachment")
    told = json.loads(Entry.objects.of_act("legality_review.export_volume").get().after)
    assert told["purpose"] == "移交档案室"
    assert told["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert {leaf["sha256"] for leaf in told["leaves"]} >= set(
        StoredFile.objects.of(full.case).values_list("sha256", flat=True)
    )
    assert len(told["left_out"]) == 2
    assert browser.get(address(full, "pdf/")).status_code == 405
