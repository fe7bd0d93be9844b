"""Hostile and broken files for the readers: refused with a reason, or read without harm."""

from collections.abc import Callable
from typing import Any

import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from documents.inspection.refusals import Unsafe
from documents.reading import findings, pdf, tokens, word
from documents.reading.paragraphs import Reading
from tests.documents import made_files as made
from tests.documents import made_texts as texts
from tests.documents.made_texts import W, level, lists, numbered, paragraph, run

GOOD = paragraph("正文")
CHARACTERS = "第一条正文甲乙"
NO_TEXT, BROKEN, TOO_MUCH = "未能识别文字（可能是扫描件）", "不完整或已损坏", "文字过多"


def _document(xml: str) -> bytes:
    return made.with_members(texts.word(GOOD), {"word/document.xml": xml})


def _related(target: str) -> bytes:
    """Relate a document to a list that is somewhere else."""
    relation = f'<Relationship Id="x" Type="{texts.RELATIONS}/numbering" Target="{target}"/>'
    content = texts.word(GOOD)
    return made.with_text(
        content, "word/_rels/document.xml.rels", "</Relationships>", f"{relation}</Relationships>"
    )


def _box(depth: int) -> str:
    inner = GOOD
    for _ in range(depth):
        inner = paragraph(f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>")
    return inner


def _circle() -> str:
    return (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )


def _looping_note() -> str:
    note = paragraph(run("注") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    return texts.story("footnotes", f'<w:footnote w:id="1">{note}</w:footnote>')


NOTED = paragraph(run("正文") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
STYLED = paragraph("正文", '<w:pStyle w:val="A"/>')
BEGIN, END = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))

# what is made, and what is read of it
READ_WORD: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "part that leads out": (lambda: _related("../../../../etc/passwd"), ["正文"]),
    "part that is not there": (lambda: _related("nowhere.xml"), ["正文"]),
    "styles in a circle": (lambda: texts.word(STYLED, styles=_circle()), ["正文"]),
    "list that is not there": (lambda: texts.word(numbered("正文", 0, 77)), ["正文"]),
    "level below all": (
        lambda: texts.word(numbered("正文", 4), numbering=lists(level(0, "%1"))), ["正文"],
    ),
    "level out of range": (
        lambda: texts.word(numbered("正文", 99), numbering=lists(level(0, "%1、"))), ["正文"],
    ),
    "negative level": (
        lambda: texts.word(numbered("正文", -3), numbering=lists(level(0, "%1、"))), ["正文"],
    ),
    "number without end": (
        lambda: texts.word(
            numbered("正文"),
            numbering=lists(level(0, "%1、")).replace('t w:val="1"', f't w:val="{9**40}"'),
        ),
        [f"{9**40}、 正文"],
    ),
    "number that is none": (
        lambda: texts.word(
            numbered("正文"),
            numbering=lists(level(0, "%1、")).replace('w:start w:val="1"', 'w:start w:val="x"'),
        ),
        ["一、 正文"],
    ),
    "note that notes itself": (
        lambda: texts.word(NOTED, footnotes=_looping_note()), ["正文［注1］", "［注1］注［注2］"],
    ),
    "note that is not there": (lambda: texts.word(NOTED), ["正文［注1］"]),
    "field that never ends": (lambda: texts.word(paragraph(BEGIN) + GOOD + GOOD), None),
    "end of no field": (lambda: texts.word(paragraph(END + END + run("正文"))), ["正文"]),
    "boxes in boxes": (lambda: texts.word(_box(12)), ["正文"]),
    "symbol that is none": (
        lambda: texts.word(
            paragraph('<w:r><w:sym w:char="zz"/><w:sym w:char="D800"/></w:r>' + run("正文"))
        ),
        ["正文"],
    ),
    "colour that is none": (
        lambda: texts.word(paragraph(run("正文", '<w:color w:val="zzzzzz"/>'))), ["正文"],
    ),
    "many empty paragraphs": (lambda: texts.word("<w:p/>" * 60_000 + GOOD), ["正文"]),
    "embedded document": (lambda: texts.word("<w:altChunk r:id='r9'/>" + GOOD), ["正文"]),
    "control characters": (lambda: texts.word(paragraph("正&#x9f;文")), ["正文"]),
}  # fmt: skip
REFUSED_WORD: dict[str, tuple[Callable[[], bytes], str]] = {
    "no body": (lambda: _document(f'<w:document xmlns:w="{W}"/>'), BROKEN),
    "no document": (
        lambda: made.package(
            {k: v for k, v in made.members_of(texts.word(GOOD)).items() if "document.xml" not in k}
        ),
        BROKEN,
    ),
    "half a document": (lambda: _document(f'<w:document xmlns:w="{W}"><w:body>'), BROKEN),
    "broken lists": (lambda: texts.word(GOOD, numbering="<w:numbering"), BROKEN),
    "everything hidden": (lambda: texts.word(paragraph(run("正文", "<w:vanish/>"))), NO_TEXT),
    "everything deleted": (
        lambda: texts.word(paragraph("<w:del><w:r><w:delText>正</w:delText></w:r></w:del>")),
        NO_TEXT,
    ),
    "text in the margin only": (
        lambda: texts.word(paragraph(), header=texts.story("hdr", GOOD)), NO_TEXT,
    ),
    "pictures only": (
        lambda: texts.word(paragraph("<w:r><w:drawing><a:blip/></w:drawing></w:r>")), NO_TEXT,
    ),
    "tables in tables": (
        lambda: texts.word("<w:tbl><w:tr><w:tc>" * 80 + GOOD + "</w:tc></w:tr></w:tbl>" * 80),
        "展开后过大",
    ),
    "entities": (
        lambda: _document('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        "外部实体",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ_WORD)
def test_an_odd_word_file_is_read_without_harm(name: str) -> None:
    make, expected = READ_WORD[name]
    if expected is None:
        with pytest.raises(Unsafe, match=NO_TEXT):
            word.read(make())
        return
    assert [one.text for one in Reading.from_json(word.read(make())).counting] == expected


@pytest.mark.parametrize("name", REFUSED_WORD)
def test_a_hostile_word_file_is_refused(name: str) -> None:
    make, says = REFUSED_WORD[name]
    with pytest.raises(Unsafe) as refused:
        word.read(make())
    assert says in str(refused.value)


def test_a_text_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "LONGEST_TEXT", 50)
    with pytest.raises(Unsafe, match=TOO_MUCH):
        word.read(texts.word(paragraph("长" * 40) * 2))


def line(look: str = "", text: str = "正文", y: float = 700) -> str:
    return texts.shown(100, y, text, look=look)


def _xobject(content: str, name: str = "/X") -> dict[Any, Any]:
    form = texts.form(content)
    return {NameObject("/XObject"): DictionaryObject({NameObject(name): form})}


def _self_drawing(writer: Any) -> None:
    """Let a form draw itself twice, and so on."""
    form = writer._add_object(texts.form("/X Do /X Do"))
    objects = DictionaryObject({NameObject("/X"): form})
    form.get_object()[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): objects}
    )
    writer.pages[0]["/Resources"][NameObject("/XObject")] = objects


def _font_with(key: str, value: Any) -> DictionaryObject:
    font = texts.font(CHARACTERS)
    font[NameObject(key)] = value
    return font


def _of(content: str | bytes, **more: Any) -> Callable[[], bytes]:
    return lambda: texts.pdf(content, characters=CHARACTERS, **more)


READ_PDF: dict[str, Callable[[], bytes]] = {
    "operators without operands": _of(f"Tf Td TD Tm Tj TJ ' \" Do cm Tz Tr Tc {line()}"),
    "operands of the wrong kind": _of(f"(a) (b) Td /x Tf [1 2] Tj /a /b cm 1 Tm {line()}"),
    "more ends than beginnings": _of(f"Q Q Q ET EMC {line()}"),
    "never ended states": _of("q " * 3000 + line()),
    "parenthesis that never closes": _of(f"{line()} BT /F 9 Tf (abc (def"),
    "list that never closes": _of(f"{line()} [ (a"),
    "picture that never ends": _of(f"{line()} BI /W 1 ID \x00\xff"),
    "dictionary in the text": _of(f"/Span << /A (x) /B [1 2] >> BDC {line()} EMC"),
    "font that is not there": _of(f"BT /G 9 Tf (xx) Tj ET {line()}"),
    "form that is not there": _of(f"/Nix Do {line()}"),
    "form that draws itself": _of(f"/X Do {line()}", change=_self_drawing),
    "page without content": lambda: texts.pdf("", line(), characters=CHARACTERS),
    "far off the page": _of(texts.shown(1e9, 700, "甲") + line(y=-1e9)),
    "fonts below that are none": _of(
        line(), font=_font_with("/DescendantFonts", TextStringObject("x"))
    ),
    "size of nothing": _of(f"BT /F 0 Tf (\x00a) Tj ET {line()}"),
}
REFUSED_PDF: dict[str, tuple[Callable[[], bytes], str]] = {
    "a scan": (_of("q 500 0 0 700 0 0 cm /Im Do Q"), NO_TEXT),
    "an empty page": (lambda: made.pdf(), NO_TEXT),
    "characters without a code": (
        lambda: texts.pdf(line(), font=texts.font(is_mapped=False)), "乱码",
    ),
    "fonts below that are numbers": (
        _of(line(), font=_font_with("/DescendantFonts", ArrayObject([NumberObject(3)]))), BROKEN,
    ),
    "numbers without measure": (
        _of(line() + texts.shown(1, 2, "甲").replace("1 1 2 Tm", f"1 {'9' * 400} 2 Tm")), BROKEN,
    ),
    "half a file": (lambda: texts.pdf(line(), characters=CHARACTERS)[:300], BROKEN),
    "a password": (lambda: made.pdf(password="secret"), "打开密码"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ_PDF)
def test_an_odd_pdf_is_read_without_harm(name: str) -> None:
    reading = Reading.from_json(pdf.read(READ_PDF[name]()))
    assert "正文" in "".join(one.text for one in reading.counting)


@pytest.mark.parametrize("name", REFUSED_PDF)
def test_a_hostile_pdf_is_refused(name: str) -> None:
    make, says = REFUSED_PDF[name]
    with pytest.raises(Unsafe) as refused:
        pdf.read(make())
    assert says in str(refused.value)


def test_a_page_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_TOKENS", 200)
    with pytest.raises(Unsafe, match=TOO_MUCH):
        pdf.read(texts.pdf("q Q " * 300 + line(), characters=CHARACTERS))


def test_a_pdf_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONGEST_TEXT", 5)
    with pytest.raises(Unsafe, match=TOO_MUCH):
        pdf.read(texts.pdf(line(text="正文" * 5), characters=CHARACTERS))


def test_there_are_enough_of_them() -> None:
    made_files = [make for make, _ in (*READ_WORD.values(), *REFUSED_WORD.values())]
    made_files += [*READ_PDF.values(), *(make for make, _ in REFUSED_PDF.values())]
    assert len({make() for make in made_files}) == len(made_files) >= 45
    assert findings.NO_TEXT == "未能识别文字（可能是扫描件），请上传可复制文字的文件。"
