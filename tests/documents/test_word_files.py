"""Papers as .docx: the words of the paper, the typefaces of an office, the pitch of the style."""

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from documents import papers, word_files
from tests.documents.conftest import ON


def opened(paper: Any) -> Any:
    """Open the Word file of a paper."""
    return Document(io.BytesIO(word_files.build(paper)))


def faces(document: Any) -> dict[str, str]:
    """Return for each text the typeface named for Chinese."""
    return {
        run.text: run._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.text
    }


def test_a_letter_has_the_words_and_typefaces_of_the_paper(people: Any, tree: Any) -> None:
    paper = papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON)
    shown = faces(opened(paper))
    assert list(shown) == [
        "【示例数据】",
        "乐陵市司法局",
        "乐司测〔2025〕1号",
        "关于云红司法所的复函",
        "云红街道办事处：",
        "来函收悉，现函复如下。",
        "一、总体意见",
        "原则同意。",
        "（一）具体事项",
        "按规定办理。",
        "附件：1. 材料清单",
        "　　　2. 打分表",
        "2025年9月26日",
        "抄送：德州市司法局",
        "乐陵市司法局办公室　　2025年9月26日印发",
    ]
    assert shown["关于云红司法所的复函"] == "方正小标宋简体"
    assert shown["一、总体意见"] == "黑体"
    assert shown["（一）具体事项"] == "楷体_GB2312"
    assert shown["原则同意。"] == "仿宋_GB2312"


def test_lines_are_exactly_spaced_and_indented_by_characters(people: Any, tree: Any) -> None:
    document = opened(papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON))
    normal = document.styles["Normal"].paragraph_format
    assert normal.line_spacing.pt == 28.95
    body = next(one for one in document.paragraphs if one.text == "原则同意。")
    assert body._p.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    section = document.sections[0]
    assert [round(side.mm) for side in (section.top_margin, section.left_margin)] == [37, 28]


def test_a_form_has_its_fields_opinions_and_tables(people: Any, tree: Any) -> None:
    document = opened(papers.issue(tree.station, "test_sheet", by=people.chief, on=ON))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert cells[:2] == [["司法所", "云红司法所"], ["年度", "2025"]]
    assert cells[2][0] == "乡镇意见"
    assert cells[2][1].startswith("同意申报。\n签字（盖章）：李四")
    assert cells[3:] == [["序号", "项目", "得分"], ["1", "党建引领", "7.5"], ["2", "=1+1", "*8*"]]


def test_text_that_looks_like_markup_stays_text(people: Any, tree: Any, declare: Any) -> None:
    declare({"title": "<w:t>&amp;</w:t>", "paragraphs": ["]]><script>", "{{ x }}"]})
    document = opened(papers.issue(tree.station, "test_given", by=people.chief, on=ON))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert {"<w:t>&amp;</w:t>", "]]><script>", "{{ x }}"} <= set(texts)
