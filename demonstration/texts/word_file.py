"""Set a text as a .docx laid out as in an office: title, numbered articles, signature."""

import io
from functools import lru_cache
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from demonstration.texts import ARTICLE, CHAPTER, SIGNATURE, Line, lines_of, title_of

FANG, HEI, SONG = "仿宋_GB2312", "黑体", "方正小标宋简体"
INDENT = Pt(32)  # two characters of the body


@lru_cache(maxsize=64)
def word_file(text: str) -> bytes:
    """Return the .docx of a text; a reviewed text is handed in again as it is."""
    document = Document()
    _set_page(document)
    _write(document, title_of(text), SONG, 22, WD_ALIGN_PARAGRAPH.CENTER)
    for line in lines_of(text):
        _write_line(document, line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_page(document: Any) -> None:
    """Set A4 with the margins of GB/T 9704-2012 and the pitch of its lines."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    spacing = document.styles["Normal"].paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.95)


def _write_line(document: Any, line: Line) -> None:
    """Write one paragraph as its kind asks."""
    if line.kind == CHAPTER:
        words = f"{line.number}　{line.words}"
        _write(document, words, HEI, 16, WD_ALIGN_PARAGRAPH.CENTER)
    elif line.kind == SIGNATURE:
        _write(document, line.words, FANG, 16, WD_ALIGN_PARAGRAPH.RIGHT)
    else:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = INDENT
        if line.kind == ARTICLE:
            _set(paragraph.add_run(f"{line.number}　"), HEI, 16)
        _set(paragraph.add_run(line.words), FANG, 16)


def _write(document: Any, words: str, face: str, size: float, align: Any) -> None:
    """Write a paragraph of one typeface, set to a side."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    _set(paragraph.add_run(words), face, size)


def _set(run: Any, face: str, size: float) -> None:
    """Give a run its size and its typeface for Chinese."""
    run.font.size = Pt(size)
    run.font.name = "Times New Roman"
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), face)
