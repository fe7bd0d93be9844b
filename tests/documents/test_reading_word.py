"""Reading Word files: what the printed page shows, in order; what it hides is reported."""

from pathlib import Path

import pytest

from documents.inspection.refusals import Unsafe
from documents.reading import reader, word
from documents.reading.paragraphs import Part, Reading
from tests.documents import made_files as made
from tests.documents.made_texts import (
    W,
    field,
    level,
    lists,
    numbered,
    paragraph,
    run,
    story,
    table,
)
from tests.documents.made_texts import word as docx

CHINESE_LIST = lists(level(0, "第%1条"), level(1, "（%2）", more='<w:suff w:val="nothing"/>'))


def read(body: str, **parts: str) -> Reading:
    """Read a document made of this body."""
    return Reading.from_json(word.read(docx(body, **parts)))


def lines(body: str, **parts: str) -> list[str]:
    """Return the counting paragraphs of a document made of this body."""
    return [one.text for one in read(body, **parts).counting]


def test_a_file_is_read_in_the_child_process(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(made.docx(("第一条　为了规范管理。", "第二条　附则。")))
    reading = reader.read(tmp_path / "a", "docx")
    assert [one.text for one in reading.counting] == ["第一条　为了规范管理。", "第二条　附则。"]
    assert reading.defects == []


def test_other_kinds_have_no_text(tmp_path: Path) -> None:
    with pytest.raises(Unsafe, match="不能读取文字"):
        reader.read(tmp_path / "a", "png")


def test_automatic_numbers_are_written_out() -> None:
    body = (
        numbered("甲") + numbered("乙", 1) + numbered("丙", 1) + numbered("丁") + numbered("戊", 1)
    )
    assert lines(body, numbering=CHINESE_LIST) == [
        "第一条 甲", "（一）乙", "（二）丙", "第二条 丁", "（一）戊",
    ]  # fmt: skip


def test_a_list_goes_on_or_starts_anew() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    for overrides, expected in ((again, "第七条 乙"), ("", "第二条 乙")):
        numbering = lists(level(0, "第%1条"), overrides=overrides)
        assert lines(numbered("甲") + numbered("乙", 0, 2), numbering=numbering)[1] == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", "12"), ("chineseCountingThousand", "十二"),
        ("chineseLegalSimplified", "壹拾贰"),
        ("ideographDigital", "一二"), ("decimalEnclosedCircle", "⑫"), ("lowerLetter", "l"),
        ("upperLetter", "L"), ("lowerRoman", "xii"), ("upperRoman", "XII"), ("decimalZero", "12"),
        ("decimalFullWidth", "１２"), ("ideographTraditional", "12"), ("ideographZodiac", "亥"),
        ("unheardOf", "12"), ("none", ""),
    ],
)  # fmt: skip
def test_forms_of_numbers(form: str, expected: str) -> None:
    numbering = lists(level(0, "%1、", form))
    assert lines("".join(map(numbered, "一二三四五六七八九十甲乙")), numbering=numbering)[11] == (
        f"{expected}、 乙"
    )


def test_numbers_of_several_levels_and_bullets() -> None:
    numbering = lists(
        level(0, "%1"), level(1, "%1.%2", more="<w:isLgl/>"), level(2, "\uf06c", "bullet")
    )
    body = numbered("甲") + numbered("乙", 1) + numbered("丙", 2)
    assert lines(body, numbering=numbering) == ["一 甲", "1.1 乙", "• 丙"]


def test_a_style_may_number() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Tiao"><w:name w:val="条"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Xia"><w:basedOn w:val="Tiao"/></w:style></w:styles>'
    )
    body = paragraph("甲", '<w:pStyle w:val="Tiao"/>') + paragraph("乙", '<w:pStyle w:val="Xia"/>')
    body += paragraph("丙", '<w:pStyle w:val="Xia"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(body, styles=styles, numbering=CHINESE_LIST) == ["第一条 甲", "第二条 乙", "丙"]


def test_tables_are_read_in_order() -> None:
    body = paragraph("前") + table(("序号", "", "项目"), ("1", "甲", "乙")) + paragraph("后")
    reading = read(body)
    assert [one.text for one in reading.counting] == ["前", "序号｜｜项目", "1｜甲｜乙", "后"]
    assert [one.part for one in reading.counting][1:3] == [Part.TABLE, Part.TABLE]


def test_a_value_that_changes_its_column_is_a_change() -> None:
    assert lines(table(("甲", "", "乙"))) != lines(table(("甲", "乙", "")))


def test_cells_of_many_paragraphs_stay_apart() -> None:
    assert lines(table((paragraph("一、") + paragraph("二、"), "三"))) == ["一、", "二、", "三"]


def test_tracked_changes_count_as_accepted() -> None:
    body = paragraph(
        run("罚款")
        + f"<w:ins>{run('二百')}</w:ins><w:del><w:r><w:delText>一百</w:delText></w:r></w:del>"
        + f"<w:moveTo>{run('元')}</w:moveTo><w:moveFrom>{run('圆')}</w:moveFrom>"
    )
    reading = read(body)
    assert [one.text for one in reading.counting] == ["罚款二百元"]
    assert reading.defects[0].startswith("文件带有未处理的修订（插入 2 处、删除 2 处）")


def test_a_deleted_paragraph_end_joins_and_is_not_counted() -> None:
    end = "<w:rPr><w:del/></w:rPr>"
    deleted = "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = numbered("甲") + paragraph(deleted, numbering + end) + numbered("乙")
    assert lines(body, numbering=CHINESE_LIST) == ["第一条 甲", "第二条 乙"]
    assert lines(paragraph("前", end) + paragraph("后")) == ["前后"]


def test_a_deleted_row_is_gone() -> None:
    rows = table(("甲", "乙")).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    assert lines(rows + paragraph("丙")) == ["丙"]


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("看") + run("不", "<w:vanish/>") + run("见")),
        paragraph(run("看") + run("不", '<w:vanish w:val="true"/>') + run("见")),
        paragraph(run("看") + run("不", '<w:rStyle w:val="Secret"/>') + run("见")),
    ],
)
def test_hidden_text_is_reported_and_not_read(body: str) -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="Secret">'
        "<w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
    )
    reading = read(body, styles=styles)
    assert [one.text for one in reading.counting] == ["看见"]
    assert reading.defects == ["有隐藏文字 1 处，未计入正文：“不”。"]


def test_text_that_is_not_hidden_after_all_is_read() -> None:
    assert lines(paragraph(run("看", '<w:vanish w:val="0"/>'))) == ["看"]


@pytest.mark.parametrize("look", ['<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'])
def test_faint_text_is_read_and_reported(look: str) -> None:
    reading = read(paragraph(run("免责", look) + run("其余")))
    assert [one.text for one in reading.counting] == ["免责其余"]
    assert "“免责”" in reading.defects[0]


def test_white_on_dark_is_no_defect() -> None:
    look = '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>'
    assert read(paragraph(run("表头", look))).defects == []


def test_characters_nobody_sees_are_left_out_and_reported() -> None:
    reading = read(paragraph("罚\u200b款\u202e二百\ufeff元"))
    assert [one.text for one in reading.counting] == ["罚款二百元"]
    assert reading.defects == ["有看不见的控制字符 3 个，已略去。"]


def test_margins_are_apart_and_page_numbers_dropped() -> None:
    reading = read(
        paragraph("正文"),
        header=story("hdr", paragraph("内部资料")),
        footer=story("ftr", paragraph("— 3 —")),
    )
    assert [one.text for one in reading.counting] == ["正文"]
    assert [one.text for one in reading.margins] == ["内部资料"]
    assert reading.defects == []


def test_a_sentence_in_a_margin_is_reported() -> None:
    reading = read(paragraph("正文"), header=story("hdr", paragraph("本办法不适用于镇政府。")))
    assert reading.defects == ["页眉或者页脚里有成句的文字，不计入正文：“本办法不适用于镇政府。”。"]


def test_notes_are_read_behind_the_text() -> None:
    notes = story("footnotes", f'<w:footnote w:id="3">{paragraph("含本数。")}</w:footnote>')
    body = paragraph(run("七日以上") + '<w:r><w:footnoteReference w:id="3"/></w:r>')
    reading = read(body, footnotes=notes)
    assert [(one.text, one.part) for one in reading.counting] == [
        ("七日以上［注1］", Part.BODY), ("［注1］含本数。", Part.NOTE),
    ]  # fmt: skip


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    body = paragraph(
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>" + run("外")
    )
    assert lines(body) == ["外", "框内"]


def test_a_table_of_contents_does_not_count() -> None:
    contents = field("TOC \\o", "目录", "第一章　总则\t1", "第二章　附则……2")
    body = contents + "".join(map(paragraph, ("第一章　总则", "正文。", "第二章　附则")))
    assert lines(body) == ["第一章　总则", "正文。", "第二章　附则"]


def test_a_clause_cannot_hide_in_a_table_of_contents() -> None:
    body = field("TOC \\o", "第三条　本办法由村委会解释。") + paragraph("第一条　目的。")
    assert lines(body) == ["第三条　本办法由村委会解释。", "第一条　目的。"]


def test_results_of_fields_count_and_instructions_do_not() -> None:
    assert lines(field("DATE", "2025年3月1日")) == ["2025年3月1日"]


def test_pieces_of_a_run() -> None:
    body = paragraph(
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丙</w:t>"
        '<w:br/><w:t>丁</w:t><w:br w:type="page"/><w:sym w:font="Wingdings" w:char="2611"/></w:r>'
        f"<w:hyperlink>{run('戊')}</w:hyperlink><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
        "<w:ruby><w:rt><w:r><w:t>jǐ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>己</w:t></w:r>"
        "</w:rubyBase></w:ruby>"
    )
    assert lines(body) == ["甲\t乙-丙", "丁☑戊x己"]


def test_pictures_and_comments_are_reported() -> None:
    body = paragraph(
        run("正文")
        + "<w:r><w:drawing><a:blip/></w:drawing></w:r><w:r><w:commentReference w:id='0'/></w:r>"
    )
    assert read(body).defects == [
        "有批注 1 条，未计入正文。",
        "有图片 1 张，图片里的文字没有读取。",
    ]


def test_content_controls_are_read() -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:alias w:val='不读'/></w:sdtPr><w:sdtContent>{paragraph('控件')}"
        "</w:sdtContent></w:sdt>"
    )
    assert lines(body) == ["控件"]
