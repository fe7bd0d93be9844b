"""Name the refusal of a file, and the traces of foreign content that all kinds share."""

import io
import re
import zipfile

MARKUP = re.compile(rb"<\s*(script|html|svg|body|iframe|object|!doctype)", re.IGNORECASE)
DISGUISED = "文件里夹带了另一种文件，请重新导出后上传。"


class Unsafe(ValueError):
    """A file that is not taken in; its text is the Chinese sentence for the person."""


def refuse_hidden_archive(content: bytes) -> None:
    """Refuse content that an unpacker would also open as a zip archive."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Unsafe(DISGUISED)
