"""Read a kept file in a child process with little memory and time."""

from pathlib import Path

from documents.inspection.examining import ask_child
from documents.inspection.refusals import Unsafe
from documents.reading.paragraphs import Reading

READERS = {"docx": "documents.reading.word", "pdf": "documents.reading.pdf"}
READABLE = frozenset(READERS)
NOT_TEXT = "这种文件不能读取文字，请上传 Word（.docx）或者可复制文字的 PDF。"


def read(path: Path, kind: str) -> Reading:
    """Return paragraphs and defects of a docx or pdf; raise `Unsafe` with the Chinese reason."""
    if kind not in READERS:
        raise Unsafe(NOT_TEXT)
    reply = ask_child(READERS[kind], path)
    if "refused" in reply:
        raise Unsafe(reply["refused"])
    return Reading.from_json(reply["found"])
