"""Uploads: told by content, hostile ones refused in Chinese, names cleaned, staged and swept."""

import hashlib
import os
import resource
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils.datastructures import MultiValueDict
from pypdf.generic import NameObject, TextStringObject

from documents import papers, uploads, vault
from documents.forms import CheckedFileField, receive_for
from documents.inspection import examining
from documents.inspection.refusals import Unsafe
from documents.models import StoredFile
from tests.documents import hostile_files
from tests.documents import made_files as made
from tests.documents.conftest import ON, upload

HOSTILE = {name: (make, says) for name, make, says in hostile_files.hostile()}


def test_there_are_enough_hostile_files() -> None:
    digests = {hashlib.sha256(make()).digest() for make, _ in HOSTILE.values()}
    assert len(digests) == len(HOSTILE) >= 60


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "空.pdf"])
def test_a_hostile_file_is_refused(tmp_path: Path, name: str) -> None:
    make, says = HOSTILE[name]
    (tmp_path / "file").write_bytes(make())
    with pytest.raises(Unsafe) as refused:
        examining.kind_of(tmp_path / "file")
    assert says in str(refused.value)


@pytest.mark.parametrize("name", ["空.pdf", "程序.jpg", "图加包.jpg", "脚本.pdf", "炸弹.docx"])
def test_a_refused_file_leaves_nothing_behind(people: Any, name: str) -> None:
    make, says = HOSTILE[name]
    with pytest.raises(uploads.RefusedFile, match=says):
        uploads.receive(upload(name, make()), by=people.chief)
    assert not StoredFile.objects.exists()
    assert list(vault.kept_files()) == []


def _linked(writer: Any) -> None:
    """Give a PDF a link a person may click."""
    writer._root_object[NameObject("/Lang")] = TextStringObject("zh-CN")
    writer.add_uri(0, "https://www.gov.cn/", [0, 0, 50, 50])


HARMLESS = {
    "pdf": lambda: made.pdf(),
    "pdf with a link": lambda: made.pdf(_linked),
    "pdf locked against changes": lambda: made.pdf(owner="owner"),
    "pdf with line ends behind": lambda: made.pdf() + b"\r\n\r\n",
    "jpg": lambda: made.jpg(),
    "jpg with padding": lambda: made.jpg() + b"\x00" * 512,
    "jpg of a phone with a second picture": lambda: made.jpg() + b"\x00" * 8 + made.jpg(),
    "png": lambda: made.png(),
    "docx": lambda: made.docx(),
    "docx with a link": lambda: made.with_link(made.docx(), "hyperlink", "https://www.gov.cn/"),
    "docx with a table of contents": lambda: made.with_field(made.docx(), "TOC \\o"),
    "docx with a workbook": lambda: made.with_members(
        made.docx(), {"word/embeddings/a.xlsx": made.xlsx()}
    ),
    "docx of long text": lambda: made.docx(tuple("长文" * 500 for _ in range(400))),
    "xlsx": lambda: made.xlsx(),
    "xlsx with printer settings": lambda: made.with_members(
        made.xlsx(), {"xl/printerSettings/printerSettings1.bin": b"\x00\x01"}
    ),
    "ofd": lambda: made.ofd({"Doc_0/Res/seal.esl": b"\x30\x82"}),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_file_is_taken_in(people: Any, name: str) -> None:
    """Positive control: the checks do not simply refuse everything."""
    content = HARMLESS[name]()
    stored = uploads.receive(upload("材料", content), by=people.chief)
    assert stored.kind == name.split()[0]
    assert stored.original_name == f"材料.{stored.kind}"
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert vault.content_of(stored.stored_name, stored.sha256) == content
    assert vault.path_of(stored.stored_name).stat().st_mode & 0o777 == 0o600


def test_our_own_papers_are_taken_in(people: Any, tree: Any) -> None:
    paper = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    stored = uploads.receive(upload("文书.pdf", papers.file_of(paper)), by=people.chief)
    assert stored.kind == "pdf"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("材料.pdf", "材料.pdf"),
        ("合同.exe", "合同.pdf"),
        ("报告\u202efdp.exe", "报告fdp.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\张\\表.pdf", "表.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("零\u200b宽\ufeff.pdf", "零宽.pdf"),
        ('引"号<b>|*?;%.pdf', "引_号_b______.pdf"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
        ("...", "未命名.pdf"),
        ("", "未命名.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("一.二.三.docx", "一.二.三.pdf"),
    ],
)
def test_names_are_cleaned_and_end_in_what_the_file_is(name: str, kept: str) -> None:
    assert uploads.clean_name(name, "pdf") == kept


def test_the_stored_name_says_nothing(people: Any, vault_of_its_own: Path) -> None:
    stored = uploads.receive(upload("张三 身份证.pdf", made.pdf()), by=people.chief)
    kept = [path.relative_to(vault_of_its_own) for path in vault.kept_files()]
    assert [path.name for path in kept] == [stored.stored_name]
    assert all(one in "0123456789abcdef" for one in stored.stored_name)


def test_only_the_kinds_wanted_are_taken(people: Any) -> None:
    with pytest.raises(uploads.RefusedFile, match="这里只接受JPG 图片、PNG 图片"):
        uploads.receive(upload("a.jpg", made.pdf()), by=people.chief, kinds=uploads.PICTURES)


def test_too_large_a_file_is_refused(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 1024 * 1024)
    content = made.jpg() + b"\x00" * 2 * 1024 * 1024
    with pytest.raises(uploads.RefusedFile, match="超过 1 MB"):
        uploads.receive(upload("大.jpg", content), by=people.chief)
    assert list(vault.kept_files()) == []


def test_a_full_disk_is_a_sentence(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(vault, "_write", full)
    with pytest.raises(uploads.RefusedFile, match="没有存下"):
        uploads.receive(upload("a.pdf", made.pdf()), by=people.chief)


def test_a_check_that_dies_is_a_refusal(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(command: list[str], **_: Any) -> None:
        raise subprocess.CalledProcessError(-9, command)

    monkeypatch.setattr(examining.subprocess, "run", dies)
    with pytest.raises(uploads.RefusedFile, match="过于复杂或已损坏"):
        uploads.receive(upload("a.pdf", made.pdf()), by=people.chief)


def test_the_server_does_not_grow_with_a_bomb(people: Any) -> None:
    content = HOSTILE["炸弹.docx"][0]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(uploads.RefusedFile):
        uploads.receive(upload("炸弹.docx", content), by=people.chief)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.parametrize("name", ["炸弹.docx", "百倍.xlsx", "深层.docx", "套娃.docx"])
def test_the_check_of_a_bomb_stays_small(tmp_path: Path, name: str) -> None:
    (tmp_path / "bomb").write_bytes(HOSTILE[name][0]())
    program = (
        "from documents.inspection import child, packages\n"
        "child.answer(packages.check)\n"
        "print(open('/proc/self/status').read())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "bomb")],
        cwd=examining.ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    peak = int(done.stdout.partition("VmHWM:")[2].split()[0])
    assert "refused" in done.stdout
    assert peak < 100_000  # kB


def test_a_staged_file_is_attached_once_by_its_uploader(people: Any, tree: Any) -> None:
    stored = uploads.receive(upload("a.pdf", made.pdf()), by=people.chief)
    with pytest.raises(uploads.RefusedFile, match="已被使用"):
        uploads.attach(stored, subject=tree.station, by=people.other_chief, slot="证据一")
    uploads.attach(stored, subject=tree.station, by=people.chief, slot="证据一")
    kept = StoredFile.objects.of(tree.station).standing().get()
    assert (kept.pk, kept.slot, kept.attached_at is not None) == (stored.pk, "证据一", True)
    with pytest.raises(uploads.RefusedFile, match="已被使用"):
        uploads.attach(stored, subject=tree.other_station, by=people.chief)


def test_an_attached_file_cannot_be_deleted_or_changed(people: Any, tree: Any) -> None:
    stored = uploads.receive(upload("a.pdf", made.pdf()), by=people.chief, subject=tree.station)
    for change in (
        lambda rows: rows.delete(),
        lambda rows: rows.update(sha256="x"),
        lambda rows: rows.update(original_name="别的.pdf"),
        lambda rows: rows.update(subject_id=tree.other_station.pk),
        lambda rows: rows.update(subject_id=None, subject_type=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(StoredFile.objects.filter(pk=stored.pk))


def test_a_withdrawn_file_is_kept_but_not_listed(people: Any, tree: Any) -> None:
    stored = uploads.receive(upload("a.pdf", made.pdf()), by=people.chief, subject=tree.station)
    uploads.withdraw(stored, by=people.chief)
    assert not StoredFile.objects.of(tree.station).standing().exists()
    kept = StoredFile.objects.of(tree.station).get()
    assert kept.withdrawn_by_name == "云所长"
    assert vault.path_of(kept.stored_name).exists()


def test_nobody_can_fill_the_store_with_staged_files(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MAX_STAGED", 1)
    uploads.receive(upload("a.png", made.png()), by=people.chief)
    with pytest.raises(uploads.RefusedFile, match="暂存的文件过多"):
        uploads.receive(upload("b.png", made.png()), by=people.chief)
    uploads.receive(upload("b.png", made.png()), by=people.officer)


def test_sweeping_takes_what_nobody_attached(
    people: Any, tree: Any, clock: Any, vault_of_its_own: Path
) -> None:
    paper = papers.render(papers.issue(tree.station, "test_letter", by=people.chief, on=ON))
    attached = uploads.receive(upload("a.png", made.png()), by=people.chief, subject=tree.station)
    staged = uploads.receive(upload("b.png", made.png()), by=people.chief)
    orphan = vault_of_its_own / "ab" / "abandoned"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"x")
    for path in vault.kept_files():
        os.utime(path, (clock.now().timestamp(),) * 2)
    assert uploads.sweep() == 0
    clock.stand_at(clock.now() + timedelta(days=15))
    fresh = uploads.receive(upload("c.png", made.png()), by=people.chief)
    assert uploads.sweep() == 2
    kept = {path.name for path in vault.kept_files()}
    assert kept == {attached.stored_name, fresh.stored_name, paper.pdf_name}
    assert not StoredFile.objects.filter(pk=staged.pk).exists()


class EvidenceForm(forms.Form):
    """A form with a text and two fields of files, one of them for many."""

    remark = forms.CharField(label="说明")
    photo = CheckedFileField(label="照片", kinds=uploads.PICTURES)
    others = CheckedFileField(label="其他材料", many=True, required=False)


def filled(user: Any, data: dict[str, Any], files: dict[str, list[Any]]) -> EvidenceForm:
    """Fill the form as a browser would."""
    posted = MultiValueDict({key: v if isinstance(v, list) else [v] for key, v in data.items()})
    form = EvidenceForm(posted, MultiValueDict(files))
    receive_for(form, user)
    return form


def test_a_bad_file_costs_nothing_else(people: Any) -> None:
    form = filled(
        people.chief,
        {"remark": "三年来的台账"},
        {"photo": [upload("照片.png", made.png())], "others": [upload("坏.pdf", b"MZ")]},
    )
    assert not form.is_valid()
    assert form.errors == {"others": ["“坏.pdf”没有收下：这是可执行程序或脚本，不能上传。"]}
    page = str(form)
    staged = StoredFile.objects.get()
    assert "三年来的台账" in page
    assert f'name="photo-staged" value="{staged.uuid}"' in page
    assert "已收到：照片.png" in page
    again = filled(people.chief, {"remark": "同", "photo-staged": str(staged.uuid)}, {})
    assert again.is_valid()
    assert again.cleaned_data["photo"] == staged
    assert again.cleaned_data["others"] == []


def test_a_mistake_elsewhere_costs_no_upload(people: Any) -> None:
    form = filled(
        people.chief,
        {"remark": ""},
        {
            "photo": [upload("照片.png", made.png())],
            "others": [upload("一.pdf", made.pdf()), upload("二.docx", made.docx())],
        },
    )
    assert set(form.errors) == {"remark"}
    kept = [str(one.uuid) for one in StoredFile.objects.order_by("pk")]
    again = filled(
        people.chief, {"remark": "有", "photo-staged": kept[0], "others-staged": kept[1:]}, {}
    )
    assert again.is_valid()
    assert [one.original_name for one in again.cleaned_data["others"]] == ["一.pdf", "二.docx"]


def test_somebody_elses_or_a_forged_key_is_not_taken(people: Any) -> None:
    stored = uploads.receive(upload("a.png", made.png()), by=people.other_chief)
    for key in (str(stored.uuid), "not-a-key", "' OR 1=1 --"):
        form = filled(people.chief, {"remark": "x", "photo-staged": key}, {})
        assert form.errors == {"photo": ["请选择文件。"]}


def test_a_new_choice_replaces_the_single_file(people: Any) -> None:
    former = uploads.receive(upload("旧.png", made.png()), by=people.chief)
    form = filled(
        people.chief,
        {"remark": "x", "photo-staged": str(former.uuid)},
        {"photo": [upload("新.png", made.png())]},
    )
    assert form.is_valid()
    assert form.cleaned_data["photo"].original_name == "新.png"


def test_the_chooser_offers_the_kinds_wanted() -> None:
    page = str(EvidenceForm())
    assert 'accept=".jpg,.png"' in page
    assert "multiple" in page
    assert EvidenceForm().is_multipart()


def test_a_field_that_knows_no_person_is_a_fault() -> None:
    field = CheckedFileField()
    with pytest.raises(RuntimeError, match="receive_for"):
        field.clean(field.widget.value_from_datadict({}, {}, "x"))


def test_the_declared_type_is_never_believed(people: Any) -> None:
    lying = SimpleUploadedFile("a.pdf", made.png(), content_type="application/pdf")
    assert uploads.receive(lying, by=people.chief).kind == "png"
