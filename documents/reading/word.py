"""Read the text of a Word document, in the child process: what the printed page would show.

Inserted text counts and deleted text does not; automatic numbers are counted and written out;
text boxes, table cells, foot- and endnotes are read where they stand. Hidden text, pictures,
comments and whatever else a reader of the page would miss is reported.
"""

import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from documents.inspection import packages
from documents.inspection.child import answer
from documents.inspection.refusals import Unsafe
from documents.reading.findings import LONGEST_TEXT, TOO_LONG, Findings, finished
from documents.reading.paragraphs import Paragraph, Part
from documents.reading.word_parts import (
    Package,
    Styles,
    child_of,
    is_on,
    lists_of,
    name_of,
    number_in,
    value_of,
)

NOT_READ = frozenset(
    {
        "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "rt",
        "instrText", "delText", "delInstrText", "annotationRef", "footnoteRef", "endnoteRef",
        "separator", "continuationSeparator", "softHyphen", "lastRenderedPageBreak", "Fallback",
    }
)  # fmt: skip
DELETED = frozenset({"del", "moveFrom"})
INSERTED = frozenset({"ins", "moveTo"})
PICTURES = frozenset({"blip", "imagedata"})
EMBEDDED = frozenset({"altChunk", "OLEObject", "chart", "relIds"})
WRITTEN = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
SMALLEST = 6
"""Half points below which text cannot be read on paper."""
NEARLY_WHITE = 0xF4
NOTES = {"footnoteReference": "/footnotes", "endnoteReference": "/endnotes"}


class _Field:
    """A field on the way: its instruction is not text, its result is."""

    def __init__(self) -> None:
        self.instruction = ""
        self.has_result = False


class _Walk:
    """Walks through the stories of a document and collects its paragraphs."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = Styles(package.first("/styles"))
        self.lists = lists_of(package.first("/numbering"))
        self.findings = Findings()
        self.paragraphs: list[Paragraph] = []
        self.fields: list[_Field] = []
        self.line = ""
        self.later: list[Any] = []
        self.notes: list[tuple[str, str]] = []
        self.hidden = False
        self.length = 0

    def story(self, root: Any, part: Part) -> None:
        """Read one story: the body, a header, a note."""
        self.fields, self.line = [], ""
        self._blocks(root, part)
        if self.line:
            self._close(part)

    def _blocks(self, element: Any, part: Part) -> None:
        """Read paragraphs and tables in order."""
        for child in element:
            name = name_of(child)
            if name == "p":
                self._paragraph(child, part)
            elif name == "tbl":
                self._table(child, part)
            elif name in DELETED:
                self.findings.deletions += 1
            elif name in EMBEDDED:
                self.findings.embedded += 1
            elif name not in NOT_READ:
                self.findings.insertions += name in INSERTED
                self._blocks(child, part)

    def _table(self, table: Any, part: Part) -> None:
        """Read a table row by row; a row of one-paragraph cells becomes one paragraph."""
        for row in _rows(table):
            properties = child_of(row, "trPr")
            if child_of(properties, "del") is not None:
                self.findings.deletions += 1
                continue
            self.findings.insertions += child_of(properties, "ins") is not None
            self._row(row, Part.TABLE if part is Part.BODY else part)

    def _row(self, row: Any, part: Part) -> None:
        """Read the cells of a row; ｜ stands for the rule between two cells."""
        before = len(self.paragraphs)
        cells = []
        for cell in _cells(row):
            start = len(self.paragraphs)
            self._blocks(cell, part)
            cells.append([one.text for one in self.paragraphs[start:]])
        if len(cells) > 1 and max(len(texts) for texts in cells) == 1:
            del self.paragraphs[before:]
            self.paragraphs.append(Paragraph("｜".join("".join(one) for one in cells), part))

    def _paragraph(self, paragraph: Any, part: Part) -> None:
        """Read one paragraph; one whose end was deleted runs on into the next."""
        properties = child_of(paragraph, "pPr")
        style = value_of(child_of(properties, "pStyle")) or self.styles.default
        mark = child_of(properties, "rPr")
        runs_on = any(child_of(mark, name) is not None for name in DELETED)
        number = "" if runs_on else self._number(properties, style)
        former, self.hidden = self.hidden, self.styles.is_hidden(style)
        self._inline(paragraph)
        self.hidden = former
        if runs_on:
            self.findings.deletions += 1
            return
        self.line = number + self.line
        self._close(part)

    def _close(self, part: Part) -> None:
        """Finish the open line; line breaks inside it begin paragraphs of their own."""
        if any(one.instruction.lstrip().upper().startswith("TOC") for one in self.fields):
            part = Part.CONTENTS
        for text in self.line.split("\n"):
            kept = self.findings.seen(text).strip(" \t\u3000\u00a0")
            if kept:
                self.length += len(kept)
                self.paragraphs.append(Paragraph(kept, part))
        if self.length > LONGEST_TEXT:
            raise Unsafe(TOO_LONG)
        self.line = ""
        boxes, self.later = self.later, []
        for box in boxes:
            fields, self.fields = self.fields, []
            self._blocks(box, part)
            self.fields = fields

    def _number(self, properties: Any, style: str) -> str:
        """Count the paragraph in its list, if it is in one, and return its number."""
        numbering = child_of(properties, "numPr")
        own = value_of(child_of(numbering, "numId"))
        inherited = self.styles.numbering(style)
        if not own and inherited is None:
            return ""
        number_id, teller, depth = inherited or ("", "", None)
        if own:
            number_id, depth = own, None
        said = child_of(numbering, "ilvl")
        if said is not None:
            depth = number_in(said, 0)
        if depth is None:
            depth = self.lists.level_of_style(number_id, teller or style)
        return self.lists.next(number_id, depth)

    def _inline(self, element: Any) -> None:
        """Read what stands within a paragraph."""
        for child in element:
            name = name_of(child)
            if name in DELETED:
                self.findings.deletions += 1
            elif name == "r":
                self._run(child)
            elif name not in NOT_READ:
                self.findings.insertions += name in INSERTED
                self._inline(child)

    def _run(self, run: Any) -> None:
        """Read a run of one look: hidden text is reported and left out."""
        properties = child_of(run, "rPr")
        start = len(self.line)
        self._pieces(run)
        written = self.line[start:]
        if not written.strip():
            return
        if self._is_hidden(properties):
            self.findings.hidden.append(written)
            self.line = self.line[:start]
        elif _is_faint(properties):
            self.findings.faint.append(written)

    def _is_hidden(self, properties: Any) -> bool:
        """Tell whether the text of a run is not shown."""
        own = child_of(properties, "vanish")
        if own is not None:
            return is_on(own)
        style = value_of(child_of(properties, "rStyle"))
        return self.styles.is_hidden(style) if style else self.hidden

    def _pieces(self, element: Any) -> None:
        """Read the pieces of a run."""
        for child in element:
            name = name_of(child)
            if name == "t":
                self._write(child.text or "")
            elif name in WRITTEN:
                self._write(WRITTEN[name])
            elif name == "fldChar":
                self._field(value_of(child, "fldCharType"))
            elif name == "instrText" and self.fields:
                self.fields[-1].instruction += (child.text or "")[:100]
            else:
                self._piece(child, name)

    def _piece(self, child: Any, name: str) -> None:
        """Read a rarer piece of a run."""
        if name == "br":
            self._write("\n" if value_of(child, "type") in ("", "textWrapping") else "")
        elif name == "sym":
            self._write(_symbol(value_of(child, "char")))
        elif name in NOTES:
            self.notes.append((NOTES[name], value_of(child, "id")))
            self._write(f"［注{len(self.notes)}］")
        elif name == "commentReference":
            self.findings.comments += 1
        elif name == "txbxContent":
            self.later.append(child)
        elif name in EMBEDDED:
            self.findings.embedded += 1
        elif name not in NOT_READ:
            self.findings.pictures += name in PICTURES
            self._pieces(child)

    def _write(self, text: str) -> None:
        """Put text on the open line, unless it belongs to a field's instruction."""
        if all(one.has_result for one in self.fields):
            self.line += text

    def _field(self, step: str) -> None:
        """Begin a field, come to its result, or end it."""
        if step == "begin":
            self.fields.append(_Field())
        elif step == "separate" and self.fields:
            self.fields[-1].has_result = True
        elif step == "end" and self.fields:
            self.fields.pop()


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, those within content controls and insertions too."""
    for child in table:
        name = name_of(child)
        if name == "tr":
            yield child
        elif name not in NOT_READ | DELETED:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    """Yield the cells of a row."""
    for child in row:
        name = name_of(child)
        if name == "tc":
            yield child
        elif name not in NOT_READ | DELETED:
            yield from _cells(child)


def _is_faint(properties: Any) -> bool:
    """Tell whether text is white or too small to be read on paper."""
    size = child_of(properties, "sz")
    if size is not None and number_in(size, 99) < SMALLEST:
        return True
    colour = value_of(child_of(properties, "color"))
    try:
        shades = bytes.fromhex(colour) if len(colour) == 6 else b""
    except ValueError:
        return False
    is_dark_behind = value_of(child_of(properties, "shd"), "fill") not in ("", "auto", "FFFFFF")
    return bool(shades) and min(shades) >= NEARLY_WHITE and not is_dark_behind


def _symbol(code: str) -> str:
    """Return the character of a symbol font, which has a place of its own in Unicode."""
    try:
        return chr(int(code, 16)) if len(code) <= 4 else ""
    except ValueError:
        return ""


def read(content: bytes) -> dict[str, Any]:
    """Return the reading of a Word document as plain lists; raise `Unsafe` with the reason."""
    packages.check(content)
    try:
        return finished(*_walked(Package(content))).as_json()
    except (etree.XMLSyntaxError, KeyError, zipfile.BadZipFile, RecursionError) as broken:
        raise Unsafe(packages.BROKEN) from broken


def _walked(package: Package) -> tuple[list[Paragraph], Findings]:
    """Read the body, then the notes it refers to, then the page margins."""
    walk = _Walk(package)
    body = child_of(package.part(package.main), "body")
    if body is None:
        raise Unsafe(packages.BROKEN)
    walk.story(body, Part.BODY)
    _read_notes(walk)
    for kind in ("/header", "/footer"):
        for name in package.related(package.main, kind):
            walk.story(package.part(name), Part.MARGIN)
    return walk.paragraphs, walk.findings


def _read_notes(walk: _Walk) -> None:
    """Read the foot- and endnotes in the order in which the text refers to them."""
    roots = {kind: walk.package.first(kind) for kind in {kind for kind, _ in walk.notes}}
    for index, (kind, key) in enumerate(list(walk.notes), start=1):
        root = roots[kind] if roots[kind] is not None else ()
        note = next((one for one in root if value_of(one, "id") == key), None)
        if note is not None:
            before = len(walk.paragraphs)
            walk.story(note, Part.NOTE)
            if len(walk.paragraphs) > before:
                first = walk.paragraphs[before]
                walk.paragraphs[before] = Paragraph(f"［注{index}］{first.text}", first.part)


if __name__ == "__main__":
    answer(read)
