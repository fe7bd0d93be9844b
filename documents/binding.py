"""Bind papers and uploaded files into one PDF with page numbers of its own (案卷).

Whatever cannot be bound is refused with a Chinese reason, so that the caller lists it: nothing is
left out in silence.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
)
from typst import TypstError

from documents import fonts, papers, rendering, texts, vault
from documents.models import Paper, StoredFile
from documents.words import WordsChanged, freeze

Kind = StoredFile.Kind
BROKEN_PDF = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError,
)  # fmt: skip
"""What the reader of PDF files raises on files that are not whole."""
FONT = NameObject("/PageNumberFont")
SIZE, MARGIN = 10.5, 28


class CannotBind(RuntimeError):
    """A paper or file that does not go into the volume; its text is shown as it is."""


@dataclass(frozen=True)
class Sheaf:
    """The pages of one paper or file, under the title by which the volume's outline names it."""

    title: str
    pages: Sequence[PageObject]


def pages_of(source: Paper | StoredFile) -> list[PageObject]:
    """Return a paper or file as pages; raise `CannotBind` with the reason where it has none."""
    try:
        content = papers.file_of(source) if isinstance(source, Paper) else _as_pdf(source)
        return _pages_in(content)
    except (vault.Damaged, papers.CannotRender, WordsChanged) as fault:
        raise CannotBind(str(fault)) from fault
    except (TypstError, fonts.NoFonts) as fault:
        raise CannotBind("文件不能排成页面。") from fault
    except BROKEN_PDF as fault:
        raise CannotBind("PDF 文件不完整，不能并入。") from fault


def _as_pdf(stored: StoredFile) -> bytes:
    """Return an uploaded file as PDF: itself, a page with the picture, or its text set anew."""
    content = vault.content_of(stored.stored_name, stored.sha256)
    if stored.kind == Kind.PDF:
        return content
    if stored.kind in {Kind.JPG, Kind.PNG}:
        return rendering.picture(vault.path_of(stored.stored_name), stored.kind)
    if stored.kind == Kind.DOCX:
        return _transcript(stored)
    raise CannotBind(f"{stored.get_kind_display()}不能排成页面，请另附原件。")


def _transcript(stored: StoredFile) -> bytes:
    """Set the text of a file as it was read; the pages say so and name the file's digest."""
    read = texts.text_of(stored)
    if not read.is_read:
        raise CannotBind(read.problem)
    words, _ = freeze(
        {
            "title": stored.original_name, "number": stored.sha256,
            "paragraphs": [paragraph.text for paragraph in read.counting],
        }
    )  # fmt: skip
    return rendering.pdf(words, "transcript", stored.uploaded_at.date(), archival=False)


def _pages_in(content: bytes) -> list[PageObject]:
    """Return the pages of a PDF, copied, without links and actions."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")
    copied = PdfWriter()
    for page in reader.pages:
        _drop_links(page)
        copied.add_page(page, excluded_keys=("/AA", "/B", "/StructParents", "/Tabs"))
    return list(copied.pages)


def _drop_links(page: PageObject) -> None:
    """Take links out of a page: they would lead to places outside the volume."""
    notes = page.get("/Annots")
    if notes is None:
        return
    kept = [note for note in notes.get_object() if note.get_object().get("/Subtype") != "/Link"]
    page[NameObject("/Annots")] = ArrayObject(kept)


def bind(front: Sequence[bytes], sheaves: Sequence[Sheaf]) -> bytes:
    """Return one PDF: what stands in front without numbers, then all pages numbered from 1."""
    writer = PdfWriter()
    for content in front:
        for page in PdfReader(io.BytesIO(content)).pages:
            writer.add_page(page)
    before = len(writer.pages)
    for sheaf in sheaves:
        first = len(writer.pages)
        for page in sheaf.pages:
            bound = writer.add_page(page)
            _number(writer, bound, len(writer.pages) - before)
        writer.add_outline_item(title=sheaf.title, page_number=first)
    if before:
        writer.set_page_label(0, before - 1, style="/r")
    if len(writer.pages) > before:
        writer.set_page_label(before, len(writer.pages) - 1, style="/D", start=1)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _number(writer: PdfWriter, page: PageObject, number: int) -> None:
    """Write the page's number of the volume into its outer upper corner.

    Written as a stream of its own behind the page's: the page's content is not read for it.
    """
    if page.rotation:
        page.transfer_rotation_to_content()
    text, box = str(number), page.cropbox
    width = len(text) * SIZE * 0.556
    left = float(box.left) + MARGIN if number % 2 == 0 else float(box.right) - MARGIN - width
    top = float(box.top) - MARGIN
    drawn = f"\nQ q BT {FONT} {SIZE} Tf 1 0 0 1 {left:.2f} {top:.2f} Tm ({text}) Tj ET Q"
    content = page.get("/Contents")
    parts = content.get_object() if content is not None else ArrayObject()
    whole = list(parts) if isinstance(parts, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject(
        [_stream(writer, "q\n"), *whole, _stream(writer, drawn)]
    )
    _offer_font(writer, page)


def _stream(writer: PdfWriter, drawn: str) -> IndirectObject:
    """Keep a piece of page content."""
    stream = DecodedStreamObject()
    stream.set_data(drawn.encode("ascii"))
    return writer._add_object(stream)


def _offer_font(writer: PdfWriter, page: PageObject) -> None:
    """Make the typeface of the page numbers known to a page, beside its own."""
    resources = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    known = DictionaryObject(resources.get("/Font", DictionaryObject()).get_object())
    known[FONT] = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    resources[NameObject("/Font")] = known
    page[NameObject("/Resources")] = resources
