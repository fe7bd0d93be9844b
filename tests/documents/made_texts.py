"""Make Word and PDF files whose text is known, odd ones and hostile ones among them."""

import io
from collections.abc import Iterable
from typing import Any

import pypdf
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)

from tests.documents import made_files as made

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, look: str = "") -> str:
    """Write a run."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str = "", properties: str = "") -> str:
    """Write a paragraph of runs; a plain text becomes one run."""
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def numbered(text: str, level: int = 0, number_id: int = 1) -> str:
    """Write a paragraph of a list."""
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'
    )


def level(depth: int, text: str, form: str = "chineseCounting", more: str = "") -> str:
    """Write one level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, overrides: str = "") -> str:
    """Write a list of these levels, and a second one that starts anew."""
    return (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="5">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="5"/>{overrides}</w:num></w:numbering>'
    )


def table(*rows: Iterable[str]) -> str:
    """Write a table; a cell is a text or paragraphs as XML."""
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row)
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word(body: str, **parts: str) -> bytes:
    """Make a Word document of a body; `parts` are the further parts by the name of their kind."""
    types = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{MAIN}.{kind}+xml"/>' for kind in parts
    )
    related = "".join(
        f'<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for kind in parts
    )
    schema = "http://schemas.openxmlformats.org/package/2006"
    return made.package(
        {
            made.CONTENT_TYPES: f'<Types xmlns="{schema}/content-types"><Override PartName='
            f'"/word/document.xml" ContentType="{MAIN}.document.main+xml"/>{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{schema}/relationships"><Relationship Id="r"'
            f' Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{schema}/relationships">'
            f"{related}</Relationships>",
            "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
            **{f"word/{kind}.xml": content for kind, content in parts.items()},
        }
    )


def story(kind: str, content: str) -> str:
    """Write a part that holds text: hdr, ftr, footnotes."""
    return f"<w:{kind} {NAMES}>{content}</w:{kind}>"


def field(instruction: str, *content: str) -> str:
    """Write a field that begins in a first paragraph, ends in a last one and holds others."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return (
        paragraph(begin + run(content[0])) + "".join(map(paragraph, content[1:])) + paragraph(end)
    )


def mapping(characters: Iterable[str]) -> DecodedStreamObject:
    """Make the map from codes to characters that lets text be copied; codes are code points."""
    lines = "".join(f"<{ord(one):04x}> <{ord(one):04x}>\n" for one in characters)
    stream = DecodedStreamObject()
    stream.set_data(
        f"/CMapName /A def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(lines.splitlines())} beginbfchar\n{lines}endbfchar\nendcmap".encode()
    )
    return stream


def font(characters: str = "", *, is_mapped: bool = True) -> DictionaryObject:
    """Make a font whose characters are one size wide."""
    below = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/DW"): NumberObject(1000),
        }
    )
    made_font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([below]),
        }
    )
    if is_mapped:
        made_font[NameObject("/ToUnicode")] = mapping(sorted(set(characters)))
    return made_font


def shown(x: float, y: float, text: str, size: float = 16, look: str = "") -> str:
    """Write the operators that show a text at a place."""
    codes = "".join(f"{ord(one):04x}" for one in text)
    return f"q {look} BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET Q\n"


def pdf(*pages: str | bytes, characters: str = "", **more: Any) -> bytes:
    """Make a PDF of content streams; `characters` are those the font knows."""
    writer = pypdf.PdfWriter()
    used = more.get("font") or font(characters)
    for content in pages:
        page = writer.add_blank_page(595, 842)
        stream = DecodedStreamObject()
        stream.set_data(content.encode() if isinstance(content, str) else content)
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {
                NameObject("/Font"): DictionaryObject({NameObject("/F"): writer._add_object(used)}),
                **more.get("resources", {}),
            }
        )
    if "change" in more:
        more["change"](writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def form(content: str, **resources: Any) -> DecodedStreamObject:
    """Make a form that is drawn by Do."""
    stream = DecodedStreamObject()
    stream.set_data(content.encode())
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = ArrayObject([FloatObject(one) for one in (0, 0, 595, 842)])
    return stream


def page_of(lines: Iterable[tuple[float, float, str]], number: int = 0) -> str:
    """Write a page of lines; a number stands at its foot."""
    content = "".join(shown(x, y, text) for x, y, text in lines)
    return content + (shown(270, 50, f"— {number} —", 12) if number else "")


def set_text(paragraphs: Iterable[str], width: int = 28, rows: int = 22) -> list[str]:
    """Set paragraphs on pages as an office does: two characters indented, full lines, numbers."""
    lines: list[tuple[float, str]] = []
    for text in paragraphs:
        lines.append((79 + 32, text[: width - 2]))
        rest = text[width - 2 :]
        lines += [(79, rest[i : i + width]) for i in range(0, len(rest), width)]
    pages = [lines[i : i + rows] for i in range(0, len(lines), rows)]
    return [
        page_of(((x, 725 - 29 * row, text) for row, (x, text) in enumerate(page)), number)
        for number, page in enumerate(pages, start=1)
    ]
