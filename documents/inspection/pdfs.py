"""Check PDF files: nothing behind or before them, nothing that runs, nothing packed inside."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from documents.inspection.child import answer
from documents.inspection.refusals import DISGUISED, Unsafe, refuse_hidden_archive

MAX_PAGES = 2000
MAX_OBJECTS = 200_000
MAX_DEPTH = 100

BROKEN = "PDF 文件不完整或已损坏，请重新导出后上传。"
LOCKED = "PDF 加了打开密码，请去掉密码后上传。"
ACTIVE = "PDF 里含有脚本、可执行动作、动态表单或内嵌文件，请用“打印为 PDF”重新生成后上传。"
TOO_LONG = f"PDF 页数或内容过多（最多 {MAX_PAGES} 页），请拆分后上传。"

ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent"}
)
ACTIVE_NAMES = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/Rendition",
        "/RichMedia",
        "/RichMediaExecute",
        "/EmbeddedFile",
        "/FileAttachment",
        "/Movie",
        "/Sound",
        "/3D",
    }
)
NAMING_KEYS = ("/S", "/Type", "/Subtype")
# Long enough not to occur by chance in compressed content.
PLAIN_TRACES = re.compile(rb"/(JavaScript|EmbeddedFiles?|RichMedia|SubmitForm)\b")


def check(content: bytes) -> str:
    """Return pdf; raise `Unsafe` for anything that is more, or less, than a document to read."""
    refuse_hidden_archive(content)
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise Unsafe(BROKEN)
    if content[end + 5 :].strip(b"\x00\t\r\n \x1a"):
        raise Unsafe(DISGUISED)
    if PLAIN_TRACES.search(content):
        raise Unsafe(ACTIVE)
    try:
        _check_objects(opened(content))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError) as broken:
        if isinstance(broken, Unsafe):
            raise
        raise Unsafe(BROKEN) from broken
    except (RecursionError, MemoryError) as hostile:
        raise Unsafe(TOO_LONG) from hostile
    return "pdf"


def opened(content: bytes) -> PdfReader:
    """Open the document; one locked against changes only is opened, one to be unlocked is not."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unsafe(LOCKED)
    pages = len(reader.pages)
    if not pages:
        raise Unsafe(BROKEN)
    if pages > MAX_PAGES:
        raise Unsafe(TOO_LONG)
    return reader


def _check_objects(reader: PdfReader) -> None:
    """Look at every object of the document, whether a page refers to it or not."""
    keys = {
        (number, generation) for generation, entries in reader.xref.items() for number in entries
    }
    keys |= {(number, 0) for number in reader.xref_objStm}
    if len(keys) > MAX_OBJECTS:
        raise Unsafe(TOO_LONG)
    _check_one(reader.trailer)
    for number, generation in sorted(keys):
        _check_one(IndirectObject(number, generation, reader).get_object())


def _check_one(found: Any) -> None:
    """Refuse an object that holds anything active, at any depth within itself."""
    for dictionary in _dictionaries(found, 0):
        if not ACTIVE_KEYS.isdisjoint(dictionary):
            raise Unsafe(ACTIVE)
        named = {str(dictionary.raw_get(key)) for key in NAMING_KEYS if key in dictionary}
        if not ACTIVE_NAMES.isdisjoint(named):
            raise Unsafe(ACTIVE)


def _dictionaries(found: Any, depth: int) -> Iterator[DictionaryObject]:
    """Yield the dictionaries in an object without following references to others."""
    if depth > MAX_DEPTH:
        raise Unsafe(TOO_LONG)
    if isinstance(found, DictionaryObject):
        yield found
        children = [found.raw_get(key) for key in found]
    elif isinstance(found, ArrayObject):
        children = list(list.__iter__(found))
    else:
        return
    for child in children:
        if not isinstance(child, IndirectObject):
            yield from _dictionaries(child, depth + 1)


if __name__ == "__main__":
    answer(check)
