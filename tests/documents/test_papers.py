"""Papers: words frozen at issue, one number, one file, the same bytes every time."""

import io
import subprocess
import sys
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from audit.models import Entry
from documents import numbers, papers, rendering, vault
from documents.models import Number, Paper
from documents.words import BadWords, WordsChanged, complete, freeze, thaw
from tests.documents.conftest import ON


def reader_of(paper: Paper) -> pypdf.PdfReader:
    """Open the file of a paper."""
    return pypdf.PdfReader(io.BytesIO(papers.file_of(paper)))


def text_of(paper: Paper) -> str:
    """Return the text of a paper's file without spaces and line ends."""
    pages = [page.extract_text() for page in reader_of(paper).pages]
    return "".join("".join(pages).split())


GOLDEN_LETTER = (
    "示例数据乐陵市司法局乐司测〔2025〕1号关于云红司法所的复函"
    "云红街道办事处：来函收悉，现函复如下。一、总体意见原则同意。—1—"
    "示例数据（一）具体事项按规定办理。附件：1.材料清单2.打分表乐陵市司法局2025年9月26日"
    "抄送：德州市司法局乐陵市司法局办公室2025年9月26日印发—2—"
)
GOLDEN_SHEET = (
    "自评打分表司法所云红司法所年度2025乡镇意见同意申报。签字（盖章）：李四年月日"
    "得分明细序号项目得分1党建引领7.52=1+1*8*"
)


def sorted_text(text: str) -> list[str]:
    """Return the characters in order, for layouts whose reading order a PDF does not keep."""
    return sorted(text)


def test_a_letter_reads_as_it_should(people: Any, tree: Any) -> None:
    paper = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    text = text_of(paper)
    assert text == GOLDEN_LETTER


def test_a_form_reads_as_it_should(people: Any, tree: Any) -> None:
    paper = papers.issue(tree.station, "test_sheet", by=people.chief, on=ON)
    assert paper.number is None
    assert sorted_text(text_of(paper)) == sorted_text(GOLDEN_SHEET + "2025年9月26日—1—")


@pytest.mark.parametrize("template", ["official", "form", "certificate", "register"])
def test_hostile_text_is_never_read_as_markup(
    people: Any, tree: Any, declare: Any, template: str
) -> None:
    hostile = '#import"/etc/passwd":*$x^2$*粗*_斜_\\`码`@参<标>=题//注/*释*/#{1+1}[括]~#panic("x")'
    declare(
        {
            "title": hostile,
            "issuer": hostile,
            "to": hostile,
            "paragraphs": [hostile],
            "sections": [{"heading": hostile, "paragraphs": [hostile]}],
            "fields": [{"label": hostile, "value": hostile}],
            "opinions": [{"label": hostile, "paragraphs": [hostile], "signer": hostile}],
            "tables": [{"caption": hostile, "columns": [hostile], "rows": [[hostile]]}],
            "attachments": [hostile],
            "unit": hostile,
            "cc": hostile,
        },
        template,
    )
    paper = papers.issue(tree.station, "test_given", by=people.chief, on=ON)
    text = text_of(paper)
    for piece in ('#import"/etc/passwd":*$x^2$', "//注/*释*/#{1+1}[括]", '#panic("x")'):
        assert piece in text, text


def test_twenty_two_lines_of_twenty_eight_characters(people: Any, tree: Any, declare: Any) -> None:
    declare({"title": "题", "paragraphs": ["国" * (28 * 22 * 3)]})
    paper = papers.render(papers.issue(tree.station, "test_given", by=people.chief, on=ON))
    page = reader_of(paper).pages[1].extract_text()
    lines = [line.strip() for line in page.splitlines() if "国" in line]
    assert [line.count("国") for line in lines] == [28] * 22


def test_pages_are_a4_and_numbered_odd_right_even_left(
    people: Any, tree: Any, declare: Any
) -> None:
    declare({"title": "题", "paragraphs": ["国" * (28 * 22 * 2)]})
    paper = papers.issue(tree.station, "test_given", by=people.chief, on=ON)
    places = []
    for page in reader_of(paper).pages[:2]:
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        found: list[float] = []
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size, found=found: (
                found.append(float(tm[4] * cm[0] + cm[4])) if "—" in text else None
            )
        )
        places.append(found[0])
    assert places[0] > 297 > places[1]


def test_the_same_words_give_the_same_bytes_in_another_process() -> None:
    words, _ = freeze({"title": "相同", "paragraphs": ["同样的内容。"], "issuer": "局"})
    program = (
        "import sys, hashlib, datetime, django; django.setup()\n"
        "from documents import rendering\n"
        "made = rendering.pdf(sys.argv[1], 'official', datetime.date(2025, 9, 26))\n"
        "sys.stdout.write(hashlib.sha256(made).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program, words],
            cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
        ).stdout
        for _ in range(2)
    }  # fmt: skip
    assert len(digests) == 1
    assert rendering.pdf(words, "official", ON) == rendering.pdf(words, "official", ON)


def test_a_paper_is_archival_pdf(people: Any, tree: Any) -> None:
    paper = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    assert b"pdfaid:part>2<" in papers.file_of(paper)


def test_words_are_frozen_at_issue(people: Any, tree: Any) -> None:
    paper = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    tree.station.name = "改名所"
    tree.station.save()
    assert "关于云红司法所的复函" in text_of(paper)


def test_changed_words_are_noticed(people: Any, tree: Any) -> None:
    paper = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    paper.words = paper.words.replace("原则同意", "坚决反对")
    with pytest.raises(WordsChanged, match="摘要不一致"):
        papers.render(paper)


def test_a_rollback_takes_paper_and_number_back(
    transactional_db: None, people: Any, tree: Any
) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
        raise ZeroDivisionError
    assert not Paper.objects.exists()
    paper = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    assert str(paper.number) == "乐司测〔2025〕1号"


def test_the_file_is_made_after_the_commit(transactional_db: None, people: Any, tree: Any) -> None:
    with transaction.atomic():
        paper = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
        assert not Paper.objects.get(pk=paper.pk).is_rendered
    fresh = Paper.objects.get(pk=paper.pk)
    assert (len(fresh.pdf_sha256), fresh.pages) == (64, 2)
    assert vault.path_of(fresh.pdf_name).stat().st_mode & 0o777 == 0o600


def test_a_death_between_commit_and_rendering_loses_nothing(
    transactional_db: None, people: Any, tree: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: Any, **__: Any) -> bytes:
        raise SystemExit("killed")

    with monkeypatch.context() as patch:
        patch.setattr(rendering, "pdf", dies)
        with pytest.raises(SystemExit):
            papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    left = Paper.objects.get()
    assert (left.is_rendered, str(left.number)) == (False, "乐司测〔2025〕1号")
    assert papers.render_pending() == 1
    assert papers.render_pending() == 0
    assert "原则同意" in text_of(Paper.objects.get())


def test_a_failed_rendering_does_not_reach_the_act(
    transactional_db: None, people: Any, tree: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> bytes:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(rendering, "pdf", broken)
        paper = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    assert not Paper.objects.get(pk=paper.pk).is_rendered
    assert papers.render_pending() == 1


def test_a_lost_file_is_made_again_identically(people: Any, tree: Any) -> None:
    paper = papers.render(papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON))
    vault.discard(paper.pdf_name)
    assert "原则同意" in text_of(paper)


def test_a_changed_file_is_refused(people: Any, tree: Any) -> None:
    paper = papers.render(papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON))
    path = vault.path_of(paper.pdf_name)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(vault.Damaged, match="与登记的摘要不一致"):
        papers.file_of(paper)


def test_a_new_sheet_supersedes_the_former(people: Any, tree: Any) -> None:
    first = papers.issue(tree.station, "test_sheet", by=people.chief, on=ON)
    other = papers.issue(tree.other_station, "test_sheet", by=people.chief, on=ON)
    second = papers.issue(tree.station, "test_sheet", by=people.chief, on=ON)
    states = {paper.pk: paper.state for paper in Paper.objects.all()}
    assert states == {first.pk: "superseded", other.pk: "issued", second.pk: "issued"}
    assert list(Paper.objects.of(tree.station).standing()) == [second]


def test_a_voided_paper_voids_its_number(people: Any, tree: Any) -> None:
    paper = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    papers.void(paper, by=people.director, reason="内容有误")
    assert Paper.objects.get().state == "voided"
    assert Number.objects.get().state == "void"
    acts = list(Entry.objects.newest_first().values_list("act", flat=True)[:2])
    assert acts == ["documents.void_paper", "documents.void_number"]
    with pytest.raises(numbers.AlreadyVoid):
        papers.void(paper, by=people.director, reason="再次")
    with pytest.raises(ValueError, match="必须说明原因"):
        papers.void(paper, by=people.director, reason="")


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM documents_paper",
        "UPDATE documents_paper SET words = '{}'",
        "UPDATE documents_paper SET words_digest = 'x'",
        "UPDATE documents_paper SET number_id = NULL",
        "UPDATE documents_paper SET issued_by_name = '别人'",
        "UPDATE documents_paper SET pdf_sha256 = 'x'",
        "UPDATE documents_paper SET missing_glyphs = 'x'",
    ],
)
def test_the_database_refuses_to_change_a_paper(people: Any, tree: Any, tampering: str) -> None:
    papers.render(papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(tampering)


def test_missing_glyphs_are_reported_not_dropped(people: Any, tree: Any, declare: Any) -> None:
    declare({"title": "关于张\U000323b0同志的函", "paragraphs": ["堃昇皆可见，😀不可见。"]})
    paper = papers.issue(tree.station, "test_given", by=people.chief, on=ON)
    assert paper.missing_glyphs == "😀\U000323b0"
    rendered = papers.render(paper)
    assert rendered.pages == 1


def test_rare_names_are_shown_by_the_fallback_font(people: Any, tree: Any, declare: Any) -> None:
    declare({"title": "关于张堃、李昇同志的函"})
    paper = papers.issue(tree.station, "test_given", by=people.chief, on=ON)
    assert paper.missing_glyphs == ""
    assert "张堃、李昇" in text_of(paper)


def test_two_renderings_at_once_keep_one_file(people: Any, tree: Any) -> None:
    paper = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    stale = Paper.objects.get(pk=paper.pk)
    first = papers.render(paper)
    second = papers.render(stale)
    assert first.pdf_name == second.pdf_name
    assert [path.name for path in vault.kept_files()] == [first.pdf_name]


def test_unknown_words_are_refused() -> None:
    for wrong in (
        {"titel": "x"},
        {"paragraphs": "不是列表"},
        {"sections": [{"heading": "一", "text": "x"}]},
        {"sections": [{"heading": "一", "level": 3}]},
        {"tables": [{"rows": ["不是行"]}]},
        {"fields": ["不是字段"]},
    ):
        with pytest.raises(BadWords):
            complete(wrong)


def test_words_are_cleaned_and_canonical() -> None:
    text, digest = freeze({"title": " 甲\u202e乙\x00 ", "paragraphs": ["一\r\n二\n\n", ""]})
    again, same = freeze({"paragraphs": ["一", "二"], "title": "甲乙"})
    assert (text, digest) == (again, same)
    assert thaw(text, digest)["paragraphs"] == ["一", "二"]


def test_a_table_of_many_columns_makes_a_form_landscape(
    people: Any, tree: Any, declare: Any
) -> None:
    wide = {"columns": [str(index) for index in range(9)], "rows": [["x"] * 9]}
    declare({"title": "宽表", "tables": [wide]}, "form")
    paper = papers.issue(tree.station, "test_given", by=people.chief, on=ON)
    box = reader_of(paper).pages[0].mediabox
    assert box.width > box.height


def test_a_long_issuer_stays_on_one_line(people: Any, tree: Any, declare: Any) -> None:
    declare({"title": "题", "issuer": "中共山东省德州市乐陵市司法局机关党组委员会"})
    paper = papers.issue(tree.station, "test_given", by=people.chief, on=ON)
    text = reader_of(paper).pages[0].extract_text()
    assert "中共山东省德州市乐陵市司法局机关党组委员会" in text.replace(" ", "").splitlines()


def test_a_kind_of_paper_cannot_be_declared_twice() -> None:
    kind = papers.kind_of("test_letter")
    assert papers.declare(kind) is kind
    with pytest.raises(ValueError, match="declared twice"):
        papers.declare(papers.PaperKind("test_letter", "别的", lambda case, on: {}))


def test_papers_of_the_demonstration_are_marked(people: Any, tree: Any, settings: Any) -> None:
    settings.DEMONSTRATION = True
    paper = papers.issue(tree.station, "test_sheet", by=people.chief, on=ON)
    assert "示例数据" in text_of(paper)
