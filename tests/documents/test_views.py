"""Pages of papers and files: seen by whoever sees the case, by nobody else, and on record."""

import io
from typing import Any

import pypdf
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client

from audit.models import Entry
from documents import papers, rendering, sight, triggers, uploads, vault
from documents.models import Paper, StoredFile
from permissions.models import Unit
from tests.documents import made_files as made
from tests.documents.conftest import ON, upload

pytestmark = pytest.mark.usefixtures("units_as_cases")


@pytest.fixture
def paper(people: Any, tree: Any) -> Paper:
    """A letter on the station of Yunhong."""
    return papers.render(papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON))


@pytest.fixture
def stored(people: Any, tree: Any) -> StoredFile:
    """A PDF among the materials of the station of Yunhong."""
    return uploads.receive(
        upload("张三 台账.pdf", made.pdf()), by=people.chief, subject=tree.station, slot="台账"
    )


def addresses(paper: Paper, stored: StoredFile) -> list[str]:
    """Return every address of a paper and a file."""
    return [
        f"/documents/papers/{paper.uuid}/",
        f"/documents/papers/{paper.uuid}/pages/1.png",
        f"/documents/papers/{paper.uuid}/pdf/",
        f"/documents/papers/{paper.uuid}/docx/",
        f"/documents/files/{stored.uuid}/",
        f"/documents/files/{stored.uuid}/view/",
    ]


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("chief", 200),
        ("officer", 200),
        ("township_clerk", 200),
        ("reviewer", 200),
        ("city_leader", 200),
        ("other_chief", 404),
        ("other_township_leader", 404),
        ("fourth_chief", 404),
    ],
)
def test_papers_and_files_follow_the_right_to_see_the_case(
    paper: Paper, stored: StoredFile, people: Any, signed_in: Any, person: str, status: int
) -> None:
    client = signed_in(getattr(people, person))
    for address in addresses(paper, stored):
        response = client.get(address)
        assert response.status_code == status, address
        if status == 404:
            assert "云红" not in response.content.decode()


def test_a_planted_hole_would_be_seen(
    paper: Paper, stored: StoredFile, people: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: with the row filter gone the neighbour gets in."""
    monkeypatch.setattr(type(Unit.objects), "visible_to", lambda manager, user: manager.all())
    client = signed_in(people.other_chief)
    assert {client.get(address).status_code for address in addresses(paper, stored)} == {200}


def test_a_stranger_is_sent_to_sign_in(paper: Paper, stored: StoredFile) -> None:
    for address in addresses(paper, stored):
        assert Client().get(address).status_code == 302


def test_a_right_that_was_lost_closes_the_old_link(
    paper: Paper, stored: StoredFile, people: Any, signed_in: Any
) -> None:
    client = signed_in(people.chief)
    assert client.get(f"/documents/files/{stored.uuid}/").status_code == 200
    people.chief.posts.update(ends_on="2025-09-25")
    for address in addresses(paper, stored):
        assert client.get(address).status_code == 404


def test_a_model_that_does_not_say_who_sees_it_shows_nothing(
    paper: Paper, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sight.sees(people.reviewer, paper)
    monkeypatch.undo()
    assert not sight.sees(people.reviewer, Paper.objects.get(pk=paper.pk))
    assert sight.cases_visible(people.reviewer, ContentType(app_label="no", model="no")) is None


def test_a_staged_file_is_seen_by_its_uploader_alone(people: Any, signed_in: Any) -> None:
    staged = uploads.receive(upload("a.pdf", made.pdf()), by=people.chief)
    address = f"/documents/files/{staged.uuid}/"
    assert signed_in(people.chief).get(address).status_code == 200
    for person in (people.officer, people.director, people.system_admin):
        assert signed_in(person).get(address).status_code == 404


def test_nothing_is_changed_by_a_post(
    paper: Paper, stored: StoredFile, people: Any, signed_in: Any
) -> None:
    for address in addresses(paper, stored):
        assert signed_in(people.chief).post(address).status_code == 405


def test_the_page_shows_number_digest_state_and_pages(
    paper: Paper, people: Any, signed_in: Any
) -> None:
    page = signed_in(people.chief).get(f"/documents/papers/{paper.uuid}/").content.decode()
    assert paper.pdf_sha256 in page
    assert "乐司测〔2025〕1号" in page
    assert "有效" in page
    assert [f"pages/{number}.png" in page for number in (1, 2, 3)] == [True, True, False]


def test_the_page_renders_what_was_not_rendered(people: Any, tree: Any, signed_in: Any) -> None:
    waiting = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    signed_in(people.chief).get(f"/documents/papers/{waiting.uuid}/")
    assert Paper.objects.get(pk=waiting.pk).is_rendered


def test_the_page_names_missing_glyphs(
    people: Any, tree: Any, declare: Any, signed_in: Any
) -> None:
    declare({"title": "关于张\U000323b0的函"})
    lacking = papers.issue(tree.station, "test_given", by=people.reviewer, on=ON)
    page = signed_in(people.chief).get(f"/documents/papers/{lacking.uuid}/").content.decode()
    assert "字库缺字：“\U000323b0”" in page


def test_pages_are_pictures(paper: Paper, people: Any, signed_in: Any) -> None:
    client = signed_in(people.chief)
    response = client.get(f"/documents/papers/{paper.uuid}/pages/2.png")
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    for number in (0, 3):
        address = f"/documents/papers/{paper.uuid}/pages/{number}.png"
        assert client.get(address).status_code == 404


def test_the_pdf_is_the_stored_file(paper: Paper, people: Any, signed_in: Any) -> None:
    response = signed_in(people.chief).get(f"/documents/papers/{paper.uuid}/pdf/")
    content = response.content
    assert content == vault.path_of(paper.pdf_name).read_bytes()
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == paper.pages
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def locked_down(response: Any) -> bool:
    """Tell whether a browser would neither run nor keep nor guess the content."""
    return (
        response["X-Content-Type-Options"] == "nosniff"
        and "default-src 'none'" in response["Content-Security-Policy"]
        and "no-store" in response["Cache-Control"]
    )


@pytest.mark.parametrize(
    ("kind", "content", "inline"),
    [
        ("pdf", made.pdf(), True),
        ("png", made.png(), True),
        ("jpg", made.jpg(), True),
        ("docx", made.docx(), False),
        ("xlsx", made.xlsx(), False),
        ("ofd", made.ofd(), False),
    ],
)
def test_only_pdf_and_pictures_are_shown_and_nothing_runs(
    people: Any, tree: Any, signed_in: Any, kind: str, content: bytes, inline: bool
) -> None:
    kept = uploads.receive(upload("材料", content), by=people.chief, subject=tree.station)
    client = signed_in(people.chief)
    shown = client.get(f"/documents/files/{kept.uuid}/view/")
    assert shown["Content-Disposition"].startswith("inline" if inline else "attachment")
    handed = client.get(f"/documents/files/{kept.uuid}/")
    assert handed["Content-Disposition"].startswith("attachment")
    assert locked_down(shown)
    assert locked_down(handed)
    assert handed.content == content


def test_a_name_cannot_break_the_answer(people: Any, tree: Any, signed_in: Any) -> None:
    kept = uploads.receive(
        upload('a"\r\nSet-Cookie: x=1\u202e.pdf', made.pdf()), by=people.chief, subject=tree.station
    )
    response = signed_in(people.chief).get(f"/documents/files/{kept.uuid}/")
    assert "x" not in response.cookies
    assert "\r" not in response["Content-Disposition"]


def test_every_taking_out_is_recorded(
    paper: Paper, stored: StoredFile, people: Any, signed_in: Any
) -> None:
    client = signed_in(people.chief)
    for address in addresses(paper, stored):
        client.get(address)
    taken = list(Entry.objects.filter(act__startswith="documents.").order_by("sequence"))
    assert [entry.label for entry in taken] == [
        "查看文书", "下载文书", "下载文书", "下载附件", "下载附件",
    ]  # fmt: skip
    assert {entry.actor_name for entry in taken} == {"云所长"}
    assert all("云红司法所" in entry.post_text for entry in taken)
    assert taken[1].values_after == {"format": "pdf", "sha256": paper.pdf_sha256}
    assert taken[3].values_after == {"sha256": stored.sha256, "slot": "台账"}
    assert taken[3].subject_title == "张三 台账.pdf"


def test_a_changed_file_is_not_handed_out(
    paper: Paper, stored: StoredFile, people: Any, signed_in: Any
) -> None:
    client = signed_in(people.chief)
    vault.path_of(stored.stored_name).write_bytes(b"other")
    vault.path_of(paper.pdf_name).write_bytes(b"other")
    for address in (f"/documents/files/{stored.uuid}/", f"/documents/papers/{paper.uuid}/pdf/"):
        response = client.get(address)
        assert response.status_code == 409
        assert "与登记的摘要不一致" in response.content.decode()
    assert not Entry.objects.filter(act__startswith="documents.export").exists()


def test_a_lost_file_is_a_sentence(stored: StoredFile, people: Any, signed_in: Any) -> None:
    vault.discard(stored.stored_name)
    response = signed_in(people.chief).get(f"/documents/files/{stored.uuid}/")
    assert response.status_code == 409
    assert "从备份恢复" in response.content.decode()


def test_the_page_of_a_voided_paper_says_so(paper: Paper, people: Any, signed_in: Any) -> None:
    papers.void(paper, by=people.director, reason="内容有误")
    page = signed_in(people.chief).get(f"/documents/papers/{paper.uuid}/").content.decode()
    assert "已作废：内容有误" in page


def test_a_paper_that_cannot_be_made_now_is_a_sentence(
    people: Any, tree: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)

    def full(*_: Any, **__: Any) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rendering, "pdf", full)
    client = signed_in(people.chief)
    page = client.get(f"/documents/papers/{waiting.uuid}/")
    assert (page.status_code, "文件正在生成" in page.content.decode()) == (200, True)
    file = client.get(f"/documents/papers/{waiting.uuid}/pdf/")
    assert (file.status_code, "文件暂时不能生成" in file.content.decode()) == (409, True)
    monkeypatch.undo()
    assert papers.render_pending() == 1


def test_changed_words_are_never_shown(
    people: Any, tree: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    with triggers.lifted(connection):
        Paper.objects.update(words=waiting.words.replace("原则同意", "坚决反对"))
    client = signed_in(people.chief)
    for part in ("", "pdf/", "docx/", "pages/1.png"):
        response = client.get(f"/documents/papers/{waiting.uuid}/{part}")
        assert response.status_code == 409
        assert "摘要不一致" in response.content.decode()
        assert "坚决反对" not in response.content.decode()
