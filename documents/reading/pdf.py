"""Read the text of a PDF, in the child process: characters to lines, lines to paragraphs.

Line breaks inside a paragraph vanish, so do page numbers and lines that every page repeats. What
a page draws invisibly, in white or turned is reported.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from documents.inspection import pdfs
from documents.inspection.child import answer
from documents.inspection.refusals import Unsafe
from documents.reading.clauses import mark_of
from documents.reading.findings import (
    LONGEST_TEXT,
    NO_TEXT,
    PAGE_NUMBER,
    TOO_LONG,
    Findings,
    finished,
)
from documents.reading.pages import UNKNOWN, Chunk, chunks_of
from documents.reading.paragraphs import Paragraph, Part

GARBLED = "PDF 里的文字没有可用的编码，复制出来是乱码，请上传 Word 文件或者重新导出 PDF。"
RECOGNISED = "这是扫描件，文字由扫描软件识别，可能有错字，请与纸面核对。"
TURNED = "有斜排或者竖排的文字（如水印），未计入正文。"
RADICALS = re.compile("[\u2e80-\u2fdf]")
"""Radicals that some fonts show in place of the characters that look the same."""
WORD_END = re.compile(r"[A-Za-z0-9,;]$")
WORD_START = re.compile(r"[A-Za-z0-9]")
ENDED = re.compile("[。；：！？…;:!?”」）)]$")
DIGITS = re.compile(r"\d+")
EDGE = 0.12
"""Share of a page's height in which page numbers and repeated lines stand."""
INDENT, SHORT, GAP, LEADING = 0.8, 2.6, 0.9, 1.9
"""In sizes of the type: an indented line, one that ends early, a gap one sees, a new block."""


@dataclass
class Line:
    """One line of a page."""

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int
    height: float
    """Where it stands on its page: 0 at the lower edge, 1 at the upper."""


def read(content: bytes) -> dict[str, Any]:
    """Return the reading of a PDF as plain lists; raise `Unsafe` with the reason.

    What the upload checked (nothing that runs, nothing packed inside) is not checked again.
    """
    try:
        return _reading(pdfs.opened(content))
    except (PyPdfError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError) as broken:
        raise Unsafe(pdfs.BROKEN) from broken
    except ValueError as broken:
        if isinstance(broken, Unsafe):
            raise
        raise Unsafe(pdfs.BROKEN) from broken
    except (RecursionError, MemoryError) as hostile:
        raise Unsafe(pdfs.TOO_LONG) from hostile


def _reading(reader: PdfReader) -> dict[str, Any]:
    """Read all pages."""
    findings = Findings()
    pages = list(chunks_of(reader))
    if sum(len(chunk.text) for page in pages for chunk in page) > LONGEST_TEXT:
        raise Unsafe(TOO_LONG)
    sentences = _refuse_garbled(pages) or []
    shown = [chunk for page in pages for chunk in page if not chunk.is_invisible]
    is_scan = sum(len(one.text) for one in shown) * 10 < sum(len(c.text) for p in pages for c in p)
    lines: list[Line] = []
    for number, (page, chunks) in enumerate(zip(reader.pages, pages, strict=True)):
        kept = _counted(chunks, findings, is_scan=is_scan)
        box = page.mediabox
        lines += _lines(kept, number, float(box.bottom), float(box.height))
    if any(chunk.is_turned for chunk in shown):
        sentences.append(TURNED)
    if is_scan:
        sentences.append(RECOGNISED)
    reading = finished(_paragraphs(lines, findings), findings)
    reading.defects += sentences
    return reading.as_json()


def _refuse_garbled(pages: Sequence[list[Chunk]]) -> list[str]:
    """Refuse a document whose characters are unknown; report where only some are."""
    unknown = sum(chunk.text.count(UNKNOWN) for page in pages for chunk in page)
    everything = sum(len(chunk.text.strip()) for page in pages for chunk in page)
    if not everything:
        raise Unsafe(NO_TEXT)
    if unknown * 20 > everything:
        raise Unsafe(GARBLED)
    return [f"有 {unknown} 个字符没有编码，读取为“{UNKNOWN}”，请核对。"] if unknown else []


def _counted(chunks: Iterable[Chunk], findings: Findings, *, is_scan: bool) -> list[Chunk]:
    """Keep what a reader of the page sees; of a scan, what was recognised."""
    kept: list[Chunk] = []
    drawn: set[tuple[str, int, int]] = set()
    for chunk in chunks:
        if chunk.is_turned:
            continue
        if chunk.is_invisible and not is_scan:
            if chunk.text.strip():
                findings.hidden.append(chunk.text)
            continue
        if (chunk.is_faint or chunk.size < 3) and chunk.text.strip():
            findings.faint.append(chunk.text)
        # Bold is drawn by some programs as the same text twice.
        place = (chunk.text, round(chunk.left), round(chunk.base))
        if place not in drawn:
            drawn.add(place)
            kept.append(chunk)
    return kept


def _lines(chunks: list[Chunk], page: int, bottom: float, height: float) -> list[Line]:
    """Put the chunks of a page on lines from top to bottom."""
    lines: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda one: -one.base):
        last = lines[-1] if lines else []
        if last and last[0].base - chunk.base < 0.5 * max(last[0].size, chunk.size):
            last.append(chunk)
        else:
            lines.append([chunk])
    return [
        line
        for group in lines
        if (line := _line(sorted(group, key=lambda one: one.left), page, bottom, height))
    ]


def _line(chunks: list[Chunk], page: int, bottom: float, height: float) -> Line | None:
    """Join the chunks of a line; a gap one sees becomes a space."""
    text, right = "", chunks[0].left
    for chunk in chunks:
        gap = (chunk.left - right) / chunk.size
        between_words = WORD_END.search(text) and WORD_START.match(chunk.text)
        if text and not text.endswith(" ") and gap > (0.2 if between_words else GAP):
            text += " "
        text += chunk.text
        right = max(right, chunk.right)
    if not text.strip():
        return None
    inked = [chunk for chunk in chunks if chunk.text.strip()]
    left = inked[0].left + _lead(inked[0])
    size = Counter(round(one.size, 1) for one in inked for _ in one.text).most_common(1)[0][0]
    place = (chunks[0].base - bottom) / height if height else 0.5
    plain = RADICALS.sub(lambda one: unicodedata.normalize("NFKC", one[0]), text)
    return Line(plain, left, inked[-1].right, chunks[0].base, size, page, place)


def _lead(chunk: Chunk) -> float:
    """Return how far white space in front pushes the first character of a chunk in."""
    spaces = len(chunk.text) - len(chunk.text.lstrip())
    return (chunk.right - chunk.left) * spaces / len(chunk.text)


def _paragraphs(lines: list[Line], findings: Findings) -> list[Paragraph]:
    """Join lines to paragraphs."""
    repeated = _repeated(lines)
    body = [line for line in lines if not _is_margin(line, repeated)]
    margins = [line for line in lines if _is_margin(line, repeated)]
    edges = _edges(body)
    texts: list[str] = []
    former: Line | None = None
    for line in body:
        if former is None or _begins(line, former, edges):
            texts.append(line.text.strip())
        else:
            texts[-1] = _joined(texts[-1], line.text.strip())
        former = line
    paragraphs = [Paragraph(findings.seen(text)) for text in texts]
    paragraphs += [Paragraph(findings.seen(one.text.strip()), Part.MARGIN) for one in margins]
    return [one for one in paragraphs if one.text]


def _repeated(lines: list[Line]) -> set[str]:
    """Find the lines at the edges that half of the pages repeat, their numbers aside."""
    pages = len({line.page for line in lines})
    texts = Counter(
        DIGITS.sub("#", line.text.strip())
        for line in lines
        if line.height < EDGE or line.height > 1 - EDGE
    )
    return {text for text, times in texts.items() if times >= 3 and times * 2 >= pages}


def _is_margin(line: Line, repeated: set[str]) -> bool:
    """Tell whether a line is a page number or one that the pages repeat."""
    if EDGE <= line.height <= 1 - EDGE:
        return False
    text = line.text.strip()
    return bool(PAGE_NUMBER.fullmatch(text)) or DIGITS.sub("#", text) in repeated


def _edges(lines: list[Line]) -> dict[int, tuple[float, float]]:
    """Return between which edges the text of each page stands."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges = {
        page: (min(one.left for one in group), max(one.right for one in group))
        for page, group in pages.items()
    }
    width = median(right - left for left, right in edges.values()) if edges else 0.0
    return {page: (left, max(right, left + width)) for page, (left, right) in edges.items()}


def _begins(line: Line, former: Line, edges: dict[int, tuple[float, float]]) -> bool:
    """Tell whether a line begins a paragraph, by how it and the one above it stand."""
    left, _ = edges[line.page]
    _, right = edges[former.page]
    size = max(line.size, former.size)
    if abs(line.size - former.size) > 1.5 or former.right < right - SHORT * size:
        return True
    if line.page == former.page and former.base - line.base > LEADING * 1.6 * size:
        return True
    is_ended = ENDED.search(former.text.rstrip()) is not None
    is_indented = line.left > left + INDENT * size
    return is_ended and (is_indented or mark_of(line.text) is not None)


def _joined(text: str, more: str) -> str:
    """Put the next line behind; a space only between two words in Latin letters."""
    if WORD_END.search(text) and WORD_START.match(more):
        return f"{text} {more}"
    return text + more


if __name__ == "__main__":
    answer(read)
