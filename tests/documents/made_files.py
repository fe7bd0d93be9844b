"""Make files as people upload them: whole, harmless, one of each kind."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pypdf
from docx import Document
from openpyxl import Workbook
from pypdf.generic import DictionaryObject, NameObject

CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def chunk(kind: bytes, content: bytes) -> bytes:
    """Make a chunk of a PNG."""
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def png(width: int = 3, height: int = 2, extra: bytes = b"") -> bytes:
    """Make a grey PNG; its declared size may exceed what is in it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\x00" + b"\x80" * 64))
    return b"\x89PNG\r\n\x1a\n" + header + extra + pixels + chunk(b"IEND", b"")


def segment(marker: int, content: bytes) -> bytes:
    """Make a segment of a JPG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpg(width: int = 8, height: int = 8, extra: bytes = b"") -> bytes:
    """Make the skeleton of a JPG: start, frame, scan, end."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\x01\x01\x00\x00\x3f\x00"
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + extra
        + segment(0xC0, frame)
        + segment(0xDA, scan)
        + b"\x12\x34\xff\x00\x56\xff\xd0\x78"
        + b"\xff\xd9"
    )


def pdf(change: Any = None, password: str = "", owner: str = "") -> bytes:
    """Make a PDF of one page; `change(writer)` may put something into it."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    if password or owner:
        writer.encrypt(password, owner, algorithm="AES-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def pdf_action(kind: str, **more: Any) -> bytes:
    """Make a PDF that does something when it is opened."""

    def change(writer: pypdf.PdfWriter) -> None:
        action = DictionaryObject({NameObject("/S"): NameObject(kind)})
        action.update({NameObject(f"/{key}"): value for key, value in more.items()})
        writer._root_object[NameObject("/OpenAction")] = action

    return pdf(change)


def docx(paragraphs: tuple[str, ...] = ("正文",)) -> bytes:
    """Make a Word document."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def xlsx() -> bytes:
    """Make an Excel workbook."""
    workbook = Workbook()
    workbook.active["A1"] = "机构"
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def package(members: dict[str, bytes | str], **how: Any) -> bytes:
    """Make a zip archive of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", how.get("compression", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        if "comment" in how:
            archive.comment = how["comment"]
    return target.getvalue()


def ofd(extra: dict[str, bytes | str] | None = None) -> bytes:
    """Make the skeleton of an OFD document."""
    return package(
        {
            "OFD.xml": '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>',
            "Doc_0/Document.xml": '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"/>',
            **(extra or {}),
        }
    )


def members_of(content: bytes) -> dict[str, bytes | str]:
    """Unpack a package into its members."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_members(content: bytes, changed: dict[str, bytes | str], **how: Any) -> bytes:
    """Pack a document again with members added or replaced."""
    return package({**members_of(content), **changed}, **how)


def with_text(content: bytes, member: str, old: str, new: str) -> bytes:
    """Pack a document again with a text replaced in one member."""
    text = bytes(members_of(content)[member]).decode()
    assert old in text
    return with_members(content, {member: text.replace(old, new, 1)})


def with_link(content: bytes, kind: str, target: str) -> bytes:
    """Give a Word document a link to something outside."""
    link = (
        f'<Relationship Id="rId99" Type="{RELATIONSHIPS}/{kind}" Target="{target}"'
        ' TargetMode="External"/></Relationships>'
    )
    return with_text(content, "word/_rels/document.xml.rels", "</Relationships>", link)


def with_field(content: bytes, *pieces: str) -> bytes:
    """Give a Word document a field whose instruction is split over several runs."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return with_text(content, "word/document.xml", "<w:sectPr", f"<w:p>{runs}</w:p><w:sectPr")
