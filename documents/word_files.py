"""Write a paper as .docx for Word and WPS, with the typefaces an office computer has."""

import io
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from documents.models import Paper
from documents.words import Opinion, Section, Table, Words, thaw

FANG, HEI, KAI, SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
PITCH = 28.95
RED = RGBColor(0xD7, 0x00, 0x0F)
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def build(paper: Paper) -> bytes:
    """Return the .docx of a paper, made of its frozen words."""
    words = thaw(paper.words, paper.words_digest)
    document = Document()
    document.core_properties.title = words["title"]
    document.core_properties.author = words["unit"]
    document.core_properties.created = datetime.combine(paper.issued_on, time())
    _set_page(document, landscape=words["landscape"] or paper.template == "certificate")
    _write_head(document, words, official=paper.template == "official")
    _write_body(document, words)
    _write_foot(document, words)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_page(document: Any, *, landscape: bool) -> None:
    """Set A4 with the margins of GB/T 9704-2012 5.2 and the body type of the style."""
    section = document.sections[0]
    width, height = Mm(210), Mm(297)
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    _set_typeface(normal.element.get_or_add_rPr(), FANG)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(PITCH)


def _set_typeface(properties: Any, typeface: str) -> None:
    """Name the typeface for Chinese (w:eastAsia) and the one for digits and Latin letters."""
    named = properties.find(qn("w:rFonts"))
    if named is None:
        named = OxmlElement("w:rFonts")
        properties.insert(0, named)
    for attribute, face in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", typeface)):
        named.set(qn(f"w:{attribute}"), face)


def _add(
    place: Any, text: str, *, face: str = FANG, size: float = 16, indent: int = 2, **look: Any
) -> Any:
    """Add a paragraph; `indent` counts characters (w:firstLineChars), `look` is align, colour."""
    paragraph = place.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.color.rgb = look.get("colour")
    _set_typeface(run._r.get_or_add_rPr(), face)
    paragraph.alignment = look.get("align")
    if indent:
        indentation = OxmlElement("w:ind")
        indentation.set(qn("w:firstLineChars"), str(indent * 100))
        indentation.set(qn("w:firstLine"), str(int(indent * size * 20)))
        paragraph._p.get_or_add_pPr().append(indentation)
    if size > 18:
        paragraph.paragraph_format.line_spacing = Pt(size * 1.45)
    return paragraph


def _write_head(document: Any, words: Words, *, official: bool) -> None:
    """Write notice, red head with number and rule, title and addressee."""
    if words["notice"]:
        _add(document, f"【{words['notice']}】", face=HEI, size=10.5, indent=0, align=RIGHT)
    if official:
        _add(document, words["issuer"], face=SONG, size=42, indent=0, align=CENTRE, colour=RED)
        _add(document, "", indent=0)
        number = _add(document, words["number"], indent=0, align=CENTRE)
        _draw_rule(number, "D7000F", 13)
        _add(document, "", indent=0)
    _add(document, words["title"], face=SONG, size=22, indent=0, align=CENTRE)
    if words["number"] and not official:
        _add(document, words["number"], size=14, indent=0, align=CENTRE)
    _add(document, "", indent=0)
    if words["to"]:
        _add(document, f"{words['to']}：", indent=0)


def _draw_rule(paragraph: Any, colour: str, eighths: int, edge: str = "bottom") -> None:
    """Draw a rule along an edge of a paragraph; its weight is counted in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement(f"w:{edge}")
    for attribute, value in (("val", "single"), ("sz", eighths), ("space", 8), ("color", colour)):
        rule.set(qn(f"w:{attribute}"), str(value))
    borders.append(rule)
    paragraph._p.get_or_add_pPr().append(borders)


def _write_body(document: Any, words: Words) -> None:
    """Write paragraphs, sections, fields, opinions and tables in the order of the page."""
    for text in words["paragraphs"]:
        _add(document, text)
    for section in words["sections"]:
        _write_section(document, section)
    if words["fields"]:
        rows = [[field["label"], field["value"]] for field in words["fields"]]
        _write_table(document, {"caption": "", "columns": [], "rows": rows, "widths": [1, 3]})
    for opinion in words["opinions"]:
        _write_opinion(document, opinion)
    for table in words["tables"]:
        _write_table(document, table)


def _write_section(document: Any, section: Section) -> None:
    """Write a section with its heading in 黑体 (first level) or 楷体 (second)."""
    if section["heading"]:
        _add(document, section["heading"], face=HEI if section["level"] == 1 else KAI)
    for text in section["paragraphs"]:
        _add(document, text)
    for table in section["tables"]:
        _write_table(document, table)


def _write_opinion(document: Any, opinion: Opinion) -> None:
    """Write an opinion box as a row of label and text with place for signature and date."""
    text = "\n".join(opinion["paragraphs"]) or "\n"
    signed = f"{opinion['signed_as']}：{opinion['signer']}"
    day = opinion["date"] or "　　年　　月　　日"
    cell = f"{text}\n{signed}\n{day}"
    row = [opinion["label"], cell]
    _write_table(document, {"caption": "", "columns": [], "rows": [row], "widths": [1, 5]})


def _write_table(document: Any, table: Table) -> None:
    """Write a ruled table; its head row is repeated on every page."""
    if table["caption"]:
        _add(document, table["caption"], face=HEI, size=12, indent=0, align=CENTRE)
    lines = ([table["columns"]] if table["columns"] else []) + table["rows"]
    count = max((len(line) for line in lines), default=0)
    if not count:
        return
    grid = document.add_table(rows=0, cols=count, style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for index, line in enumerate(lines):
        is_head = index == 0 and bool(table["columns"])
        cells = grid.add_row().cells
        for position, text in enumerate(line):
            _fill_cell(cells[position], text, HEI if is_head else FANG)
        if is_head:
            grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _set_widths(document, grid, table["widths"])


def _fill_cell(cell: Any, text: str, face: str) -> None:
    """Write text into a cell at size 5 with the line height of its own."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    run = paragraph.add_run(text)
    run.font.size = Pt(10.5)
    _set_typeface(run._r.get_or_add_rPr(), face)


def _set_widths(document: Any, grid: Any, widths: list[float]) -> None:
    """Share the width of the type area between the columns."""
    if len(widths) != len(grid.columns):
        return
    section = document.sections[0]
    area = section.page_width - section.left_margin - section.right_margin
    for column, width in zip(grid.columns, widths, strict=True):
        for cell in column.cells:
            cell.width = int(area * width / sum(widths))


def _write_foot(document: Any, words: Words) -> None:
    """Write attachments, signature, date and colophon."""
    for index, title in enumerate(words["attachments"]):
        numbered = f"{index + 1}. {title}" if len(words["attachments"]) > 1 else title
        _add(document, f"附件：{numbered}" if index == 0 else f"　　　{numbered}")
    if words["unit"] or words["date"]:
        _add(document, "", indent=0)
        for text in filter(None, (words["unit"], words["date"])):
            paragraph = _add(document, text, indent=0, align=RIGHT)
            paragraph.paragraph_format.right_indent = Pt(16 * 4)
    if words["cc"] or words["printed_by"]:
        _add(document, "", indent=0)
        lines = [f"抄送：{words['cc']}"] if words["cc"] else []
        if words["printed_by"]:
            lines.append(f"{words['printed_by']}　　{words['printed_on']}印发")
        for text in lines:
            _draw_rule(_add(document, text, size=14, indent=1), "000000", 6, "top")
