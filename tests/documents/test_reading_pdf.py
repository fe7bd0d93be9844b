"""Reading PDF files: lines joined to paragraphs, page furniture apart, what is hidden reported."""

from pathlib import Path

import pytest
import typst
from pypdf.generic import DictionaryObject, NameObject

from documents import fonts
from documents.inspection.refusals import Unsafe
from documents.reading import pdf, reader, tokens
from documents.reading.paragraphs import Reading
from tests.documents import made_texts as texts

LONG = (
    "第一条　为了加强农村生活垃圾管理，改善人居环境，根据有关法律、法规，结合本镇实际，制定本办法。"
)
SHORT = "第二条　本镇行政区域内适用本办法。"
ITEMS = ["（一）收集；", "（二）运输。"]
ARTICLES = [LONG, SHORT, *ITEMS]


def read(*pages: str, **more: object) -> Reading:
    """Read a PDF of these content streams."""
    characters = str(more.pop("characters", "".join(ARTICLES) + "— 123456789甲乙丙丁内部资料的了"))
    return Reading.from_json(pdf.read(texts.pdf(*pages, characters=characters, **more)))


def lines(*pages: str, **more: object) -> list[str]:
    """Return the counting paragraphs of a PDF of these content streams."""
    return [one.text for one in read(*pages, **more).counting]


def test_lines_become_paragraphs_and_page_numbers_vanish() -> None:
    paragraphs = ARTICLES * 12
    assert lines(*texts.set_text(paragraphs)) == paragraphs


def test_a_file_is_read_in_the_child_process(tmp_path: Path) -> None:
    content = texts.pdf(*texts.set_text(ARTICLES), characters="".join(ARTICLES) + "— 1")
    (tmp_path / "a").write_bytes(content)
    assert [one.text for one in reader.read(tmp_path / "a", "pdf").counting] == ARTICLES


def test_what_a_typesetter_writes_is_read() -> None:
    """Positive control against a program's own PDF: kerning, justified lines, embedded subsets."""
    source = (
        '#set page(margin: 30mm, numbering: "— 1 —")\n'
        '#set text(font: "Noto Serif SC", size: 16pt, lang: "zh")\n'
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n"
    )
    body = "\n\n".join(ARTICLES * 10)
    made = typst.compile((source + body).encode(), font_paths=fonts.book())
    assert [one.text for one in Reading.from_json(pdf.read(made)).counting] == ARTICLES * 10


def test_a_reference_at_the_beginning_of_a_line_is_no_paragraph() -> None:
    text = "甲" * 24 + "依照" + "第三条的规定办理。"
    assert lines(*texts.set_text([text], width=28), characters=text) == [text]


def test_lines_that_pages_repeat_are_margins() -> None:
    pages = [texts.page_of([(400, 800, "内部资料"), (111, 700, SHORT)], n) for n in (1, 2, 3)]
    reading = read(*pages)
    assert [one.text for one in reading.counting] == [SHORT] * 3
    assert [one.text for one in reading.margins] == ["内部资料"]


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert lines(texts.page_of([(111, 400, "123")])) == ["123"]


def test_gaps_between_columns_become_spaces() -> None:
    assert lines(texts.page_of([(100, 700, "甲"), (200, 700, "乙"), (300, 700, "丙")])) == [
        "甲 乙 丙"
    ]


def test_bold_that_is_drawn_twice_is_read_once() -> None:
    twice = texts.shown(100, 700, "甲乙") + texts.shown(100.3, 700, "甲乙")
    assert lines(twice) == ["甲乙"]


def test_invisible_text_is_reported_and_not_read() -> None:
    page = texts.shown(100, 700, SHORT) + texts.shown(100, 500, "甲", look="3 Tr")
    reading = read(page)
    assert [one.text for one in reading.counting] == [SHORT]
    assert reading.defects == ["有隐藏文字 1 处，未计入正文：“甲”。"]


def test_a_scan_with_recognised_text_is_read_with_a_warning() -> None:
    reading = read(texts.shown(100, 700, SHORT, look="3 Tr"))
    assert [one.text for one in reading.counting] == [SHORT]
    assert reading.defects == [pdf.RECOGNISED]


def test_parentheses_within_lists_of_strings() -> None:
    one_deep, two_deep = "[(u2(N)) -30 (N-)]", "[(u2) 20 (N((N)N)-)]"
    page = "".join(f"BT /F 16 Tf 100 700 Td {array} TJ ET " for array in (one_deep, two_deep))
    operations = [shown for operator, shown in tokens.Tokens().operations(page.encode())
                  if operator == "TJ"]  # fmt: skip
    assert operations[0] == [tokens.Shown(b"u2(N)N-", -30.0, 0.0)]
    assert b"N((N)N)-" in [one.text for one in operations[1] if isinstance(one, tokens.Shown)]


@pytest.mark.parametrize("look", ["1 g", "1 1 1 rg", "0 0 0 0 k"])
def test_white_text_is_read_and_reported(look: str) -> None:
    reading = read(texts.shown(100, 700, SHORT) + texts.shown(100, 500, "甲", look=look))
    assert "已计入正文：“甲”" in reading.defects[0]


def test_turned_text_is_reported_and_not_read() -> None:
    mark = texts.shown(100, 500, "内部").replace("1 0 0 1", ".7 .7 -.7 .7")
    reading = read(texts.shown(100, 700, SHORT) + mark)
    assert [one.text for one in reading.counting] == [SHORT]
    assert reading.defects == [pdf.TURNED]


def test_forms_are_read_where_they_are_drawn() -> None:
    form = texts.form(texts.shown(100, 600, "乙"))
    objects = DictionaryObject({NameObject("/X"): form})
    page = (
        texts.shown(100, 700, "甲。") + "q 1 0 0 1 0 -50 cm /X Do Q" + texts.shown(100, 500, "丙")
    )
    assert lines(page, resources={NameObject("/XObject"): objects}) == ["甲。", "乙", "丙"]


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    assert lines(texts.shown(100, 700, "⼈⺠"), characters="⼈⺠")[0][0] == "人"


def test_ways_to_move_and_show() -> None:
    hexa = "7532"  # 甲
    page = (
        f"BT /F 16 Tf 20 TL 100 700 Td <{hexa}> Tj T* <{hexa}> Tj 0 -20 TD <{hexa}> Tj"
        f" <{hexa}> ' 1 2 <{hexa}> \" [<{hexa}> -200 <{hexa}> -2000 <{hexa}>] TJ ET"
    )
    assert lines(page) == ["甲", "甲", "甲", "甲", "甲甲甲 甲"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (rb"(a\(b\)c)", b"a(b)c"), (rb"(a(b(c))d)", b"a(b(c))d"), (rb"(\101\12)", b"A\n"),
        (b"(a\\\nb)", b"ab"), (rb"<4 1 4>", b"A@"), (rb"(\\)", b"\\"), (rb"(()())", b"()()"),
    ],
)  # fmt: skip
def test_strings_are_unescaped(content: bytes, text: bytes) -> None:
    operations = list(tokens.Tokens().operations(content + b" Tj"))
    assert operations == [("Tj", [tokens.Shown(text, 0.0, 0.0)])]


def test_an_octal_escape_ends_with_its_string() -> None:
    ((operator, shown),) = tokens.Tokens().operations(rb"[(\0)5(05) <5c> 700 (x)] TJ")
    assert operator == "TJ"
    assert shown == [tokens.Shown(b"\x0005\\", 5.0, 700.0), tokens.Shown(b"x", 0.0, 0.0)]


def test_a_few_unknown_characters_are_reported() -> None:
    reading = read(texts.shown(100, 700, "甲" * 60), characters="甲")
    assert reading.defects == []
    with pytest.raises(Unsafe, match="乱码"):
        read(texts.shown(100, 700, "甲"), font=texts.font(is_mapped=False))
