"""Check the zip packages docx, xlsx and ofd: member list, expansion, XML, macros, links."""

import io
import re
import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat

from documents.inspection.child import answer
from documents.inspection.refusals import DISGUISED, Unsafe

MAX_MEMBERS = 3000
MAX_EXPANDED = 120 * 1024 * 1024
FREE_EXPANSION = 12 * 1024 * 1024
MAX_RATIO = 100
MAX_DEPTH = 200
CHUNK = 64 * 1024

BROKEN = "文件不完整或已损坏，请用 Office 或 WPS 重新保存后上传。"
BOMB = "文件展开后过大，请删去多余的空白行、空白页或拆分后上传。"
HOSTILE_NAME = "文件内部的结构不正常，请用 Office 或 WPS 重新保存后上传。"
LOCKED = "文件加了密码，请去掉密码后上传。"
MACROS = "文件里含有宏或可执行对象，请另存为不含宏的 .docx 或 .xlsx 后上传。"
LINKED = "文件里链接了外部模板、对象或数据，请断开链接后另存上传。"
ENTITIES = "文件内部含有外部实体声明，不能上传。"
NOT_A_DOCUMENT = "压缩包不能上传，请解压后逐个上传其中的文件。"
OTHER_OFFICE = "只接受 Word（.docx）和 Excel（.xlsx）文档，请另存为 PDF 后上传。"

CONTENT_TYPES = "[Content_Types].xml"
MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
ACTIVE_TYPES = ("macroenabled", "vba", "activex", "macrosheet", "oleobject", "x-msdownload")
PICTURES = {"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "wdp", "svg"}
XML_ENDINGS = {"xml", "rels", "vml"}
ALLOWED = {
    "docx": XML_ENDINGS | PICTURES | {"odttf", "fntdata", "bin", "xlsx", "docx"},
    "xlsx": XML_ENDINGS | PICTURES | {"bin", "xlsx", "docx"},
    "ofd": XML_ENDINGS | PICTURES | {"ttf", "otf", "jb2", "gbig2", "dat", "esl"},
}
HARMLESS_LINKS = ("/hyperlink", "/externallinkpath")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
FETCHING_FIELD = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b", re.IGNORECASE)


def check(content: bytes) -> str:
    """Return docx, xlsx or ofd; raise `Unsafe` for anything else and for anything active."""
    return _check_package(content, nested=False)


def _check_package(content: bytes, *, nested: bool) -> str:
    """Check one package; a document embedded in a document is checked once more, not deeper."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            _check_listing(members, content)
            kind = _kind_of(package)
            _check_members(package, members, kind, nested=nested)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as broken:
        raise Unsafe(BROKEN) from broken
    except expat.ExpatError as broken:
        raise Unsafe(BROKEN) from broken
    return kind


def _check_listing(members: list[zipfile.ZipInfo], content: bytes) -> None:
    """Check names, sizes and places of the members before anything is unpacked."""
    if not members or len(members) > MAX_MEMBERS:
        raise Unsafe(BOMB if members else BROKEN)
    names = [member.filename.lower() for member in members]
    if len(set(names)) != len(names):
        raise Unsafe(HOSTILE_NAME)
    for member in members:
        _check_entry(member)
    expanded = sum(member.file_size for member in members)
    if expanded > MAX_EXPANDED:
        raise Unsafe(BOMB)
    if expanded > FREE_EXPANSION and expanded > MAX_RATIO * len(content):
        raise Unsafe(BOMB)
    _check_places(members, content)


def _check_entry(member: zipfile.ZipInfo) -> None:
    """Check one entry: a plain relative name, no link, no password, a usual compression."""
    name = member.orig_filename
    path = PurePosixPath(name)
    odd = "\\" in name or ":" in name or any(ord(one) < 32 or ord(one) == 127 for one in name)
    if odd or path.is_absolute() or ".." in path.parts or len(name) > 255:
        raise Unsafe(HOSTILE_NAME)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unsafe(HOSTILE_NAME)
    if member.flag_bits & 0x1:
        raise Unsafe(LOCKED)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unsafe(BROKEN)


def _check_places(members: list[zipfile.ZipInfo], content: bytes) -> None:
    """Refuse overlapping entries, and anything before the first or behind the last."""
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise Unsafe(BOMB)
        end = member.header_offset + 30 + member.compress_size
    if min(member.header_offset for member in members) != 0 or content[:4] != b"PK\x03\x04":
        raise Unsafe(DISGUISED)
    tail = content.rfind(b"PK\x05\x06")
    if tail < 0 or len(content) != tail + 22:
        raise Unsafe(DISGUISED)


def _kind_of(package: zipfile.ZipFile) -> str:
    """Tell what the package is by its root, and refuse macros that its list of types names."""
    names = set(package.namelist())
    if "OFD.xml" in names and CONTENT_TYPES not in names:
        return "ofd"
    if CONTENT_TYPES not in names:
        raise Unsafe(NOT_A_DOCUMENT)
    types = _Reading("types")
    _read_xml(package, CONTENT_TYPES, types)
    for declared in types.content_types:
        if any(active in declared.lower() for active in ACTIVE_TYPES):
            raise Unsafe(MACROS)
    kinds = {MAIN_TYPES[one] for one in types.content_types if one in MAIN_TYPES}
    if len(kinds) != 1:
        raise Unsafe(OTHER_OFFICE)
    return kinds.pop()


def _check_members(
    package: zipfile.ZipFile, members: list[zipfile.ZipInfo], kind: str, *, nested: bool
) -> None:
    """Unpack every member piece by piece, counting, and look at what it is."""
    budget = MAX_EXPANDED
    for member in members:
        if member.is_dir():
            continue
        ending = PurePosixPath(member.filename).suffix.lower().lstrip(".")
        if PurePosixPath(member.filename).name.lower() == ".rels":
            ending = "rels"
        if "vbaproject" in member.filename.lower() or "activex" in member.filename.lower():
            raise Unsafe(MACROS)
        if ending not in ALLOWED[kind] or _is_object(member.filename, ending, kind):
            raise Unsafe(MACROS)
        if ending in XML_ENDINGS:
            budget -= _read_xml(package, member.filename, _Reading("content"))
        else:
            budget -= _read_other(package, member, ending, nested=nested)
        if budget < 0:
            raise Unsafe(BOMB)


def _is_object(name: str, ending: str, kind: str) -> bool:
    """Tell a binary that is an embedded object from the printer settings Excel keeps."""
    return ending == "bin" and "printersettings" not in name.lower() and kind != "ofd"


def _read_other(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, ending: str, *, nested: bool
) -> int:
    """Unpack a picture, font or embedded document and return its real size."""
    if ending in ("docx", "xlsx"):
        if nested:
            raise Unsafe(BOMB)
        content = package.read(member)
        _check_package(content, nested=True)
        return len(content)
    size = 0
    with package.open(member) as opened:
        while chunk := opened.read(CHUNK):
            if size == 0 and chunk.startswith(PROGRAMS):
                raise Unsafe(MACROS)
            size += len(chunk)
    return size


class _Reading:
    """What is looked at while one XML member streams by; it keeps no tree."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        self.content_types: list[str] = []
        self.depth = 0
        self.in_field = False
        self.field = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Look at an opening tag and its attributes."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unsafe(BOMB)
        name = tag.rpartition(" ")[2]
        if self.purpose == "types":
            self.content_types.append(attributes.get("ContentType", ""))
        if name == "Relationship":
            self._check_link(attributes)
        if name in ("ddeLink", "oleLink"):
            raise Unsafe(LINKED)
        if name == "fldSimple":
            self._check_field("".join(attributes.values()))
        self.in_field = name == "instrText"

    def end(self, tag: str) -> None:
        """Leave a tag; a paragraph's end closes the field its pieces made up."""
        self.depth -= 1
        self.in_field = False
        if tag.rpartition(" ")[2] == "p":
            self._check_field(self.field)
            self.field = ""

    def text(self, piece: str) -> None:
        """Collect the pieces of a field's instruction."""
        if self.in_field:
            self.field = (self.field + piece)[-4096:]

    def _check_link(self, attributes: dict[str, str]) -> None:
        """Refuse what a program would fetch by itself; a link a person clicks may stay."""
        if attributes.get("TargetMode", "").lower() != "external":
            return
        if not attributes.get("Type", "").lower().endswith(HARMLESS_LINKS):
            raise Unsafe(LINKED)

    def _check_field(self, instruction: str) -> None:
        """Refuse a field that starts a program or fetches something."""
        if FETCHING_FIELD.search(instruction):
            raise Unsafe(LINKED)


def _refuse_entities(*_: Any) -> None:
    """Refuse a document type declaration: documents of these kinds never carry one."""
    raise Unsafe(ENTITIES)


def _read_xml(package: zipfile.ZipFile, name: str, reading: _Reading) -> int:
    """Stream one XML member through the parser and return its real size."""
    parser = expat.ParserCreate(None, " ")
    parser.StartDoctypeDeclHandler = _refuse_entities
    parser.EntityDeclHandler = _refuse_entities
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    size = 0
    with package.open(name) as opened:
        while chunk := opened.read(CHUNK):
            size += len(chunk)
            parser.Parse(chunk)
    parser.Parse(b"", True)
    return size


if __name__ == "__main__":
    answer(check)
