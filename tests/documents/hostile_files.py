"""Make files that must not be taken in, each with what the refusal says."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.documents import made_files as made

BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>'
)
EXTERNAL_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>'
)
WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_SHEET = (
    '<Override PartName="/xl/m.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/></Types>'
)
MACHINE_WORD = b"MZ\x90\x00" + b"\x00" * 200


def _typed(content: bytes, old: str, new: str) -> bytes:
    return made.with_text(content, made.CONTENT_TYPES, old, new)


def _embedding(writer: PdfWriter) -> None:
    writer.add_attachment("virus.exe", MACHINE_WORD)


def _named_script(writer: PdfWriter) -> None:
    """Add a script by name, run by readers when the document is opened."""
    script = DictionaryObject({NameObject("/JS"): TextStringObject("app.alert(1)")})
    scripts = DictionaryObject({NameObject("/JavaScript"): script})
    writer._root_object[NameObject("/Names")] = scripts


def _hidden_object(writer: PdfWriter) -> None:
    """Add a script that no page and no tree refers to."""
    writer._add_object(
        DictionaryObject(
            {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
        )
    )


def _form(writer: PdfWriter) -> None:
    form = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
    writer._root_object[NameObject("/AcroForm")] = form


def _linked_entry() -> bytes:
    """Make a package with a symbolic link to a file of the system."""
    target = io.BytesIO(made.docx())
    with zipfile.ZipFile(target, "a") as archive:
        entry = zipfile.ZipInfo("word/media/image1.png")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return target.getvalue()


def _locked_entry() -> bytes:
    """Mark every entry of a package as encrypted."""
    content = bytearray(made.docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.find(signature)
        while position >= 0:
            content[position + offset] |= 1
            position = content.find(signature, position + 4)
    return bytes(content)


def _overlapping() -> bytes:
    """Let two entries of the list share the bytes of one (the way of the flat zip bomb)."""
    content = made.package({"OFD.xml": "<a/>", "b.xml": "<b/>"}, compression=zipfile.ZIP_STORED)
    first = content.find(b"PK\x01\x02")
    second = content.find(b"PK\x01\x02", first + 4)
    changed = bytearray(content)
    changed[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(changed)


def _lying_size() -> bytes:
    """Declare a member as smaller than what it unpacks to."""
    content = bytearray(made.ofd({"Doc_0/big.xml": "<a>" + "x" * 100_000 + "</a>"}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        position = content.find(signature)
        while position >= 0:
            if struct.unpack_from("<I", content, position + offset)[0] > 100_000:
                struct.pack_into("<I", content, position + offset, 10)
            position = content.find(signature, position + 4)
    return bytes(content)


def _twice() -> bytes:
    target = io.BytesIO(made.docx())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("WORD/document.xml", "<other/>")
    return target.getvalue()


def _deflated(size: int, names: int = 1) -> bytes:
    """Make a Word document that unpacks to many bytes of XML."""
    big = b"<a>" + b" " * size + b"</a>"
    return made.with_members(made.docx(), {f"word/big{i}.xml": big for i in range(names)})


def _deep() -> bytes:
    text = "<a>" * 5000 + "</a>" * 5000
    return made.with_members(made.docx(), {"customXml/item1.xml": text})


def _many() -> bytes:
    return made.ofd({f"Doc_0/{index}.xml": "<a/>" for index in range(3500)})


def _nested_twice() -> bytes:
    inner = made.with_members(made.docx(), {"word/embeddings/a.xlsx": made.xlsx()})
    return made.with_members(made.docx(), {"word/embeddings/b.docx": inner})


def _utf16(text: str) -> bytes:
    return text.replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")


def _word(members: dict[str, bytes | str], **how: Any) -> bytes:
    """Make a Word document with further members."""
    return made.with_members(made.docx(), members, **how)


Made = Callable[[], bytes]

# name, how it is made, what the refusal contains
PROGRAMS_AND_PAGES: tuple[tuple[str, Made, str], ...] = (
    ("空.pdf", lambda: b"", "文件是空的"),
    ("程序.pdf", lambda: MACHINE_WORD, "可执行程序"),
    ("程序.jpg", lambda: b"\x7fELF\x02\x01\x01" + b"\x00" * 90, "可执行程序"),
    ("脚本.docx", lambda: b"#!/bin/sh\nrm -rf /\n", "可执行程序"),
    ("类.png", lambda: b"\xca\xfe\xba\xbe\x00\x00", "可执行程序"),
    ("页.png", lambda: b"<html><script>alert(1)</script></html>", "网页、SVG"),
    ("页2.pdf", lambda: b"\xef\xbb\xbf  <!DOCTYPE html><p>", "网页、SVG"),
    ("页3.pdf", lambda: "<html>".encode("utf-16"), "网页、SVG"),
    ("图.svg", lambda: b"<svg onload='alert(1)'/>", "网页、SVG"),
    ("图.jpg", lambda: b"<?xml version='1.0'?><svg/>", "网页、SVG"),
    ("旧.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "旧版 Office"),
    ("富.doc", lambda: b"{\\rtf1\\ansi}", "旧版 Office"),
    ("包.rar", lambda: b"Rar!\x1a\x07\x00", "压缩包"),
    ("包.7z", lambda: b"7z\xbc\xaf\x27\x1c\x00\x04", "压缩包"),
    ("包.gz", lambda: b"\x1f\x8b\x08\x00", "压缩包"),
    ("包.xz", lambda: b"\xfd7zXZ\x00", "压缩包"),
    ("空包.zip", lambda: made.package({}), "压缩包"),
    ("动图.gif", lambda: b"GIF89a" + b"\x00" * 20, "图片格式"),
    ("位图.bmp", lambda: b"BM" + b"\x00" * 60, "图片格式"),
    ("图.webp", lambda: b"RIFF\x00\x00\x00\x00WEBPVP8 ", "图片格式"),
    ("图.tif", lambda: b"II*\x00" + b"\x00" * 20, "图片格式"),
    ("照片.heic", lambda: b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"),
    ("说明.txt", lambda: "只是文字".encode(), "认不出"),
    ("随机.bin", lambda: bytes(range(256)), "认不出"),
)
PICTURES: tuple[tuple[str, Made, str], ...] = (
    ("亿像素.png", lambda: made.png(40_000, 2_600), "尺寸过大"),
    ("巨幅.jpg", lambda: made.jpg(65_000, 65_000), "尺寸过大"),
    ("细长.png", lambda: made.png(31_000, 1), "尺寸过大"),
    ("零宽.png", lambda: made.png(0, 10), "不完整或已损坏"),
    ("截断.png", lambda: made.png()[:-20], "不完整或已损坏"),
    (
        "坏校验.png",
        lambda: made.png().replace(b"\x08\x00\x00\x00\x00", b"\x08\x02\x00\x00\x00", 1),
        "不完整或已损坏",
    ),
    ("无像素.png", lambda: made.png()[:33] + made.chunk(b"IEND", b""), "不完整或已损坏"),
    ("尾随.png", lambda: made.png() + b"more", "末尾附有其他内容"),
    (
        "夹页.png",
        lambda: made.png(extra=made.chunk(b"tEXt", b"a\x00<script>alert(1)</script>")),
        "夹带",
    ),
    ("图加包.png", lambda: made.png() + made.package({"a.exe": MACHINE_WORD}), "夹带"),
    ("块内包.png", lambda: made.png(extra=made.chunk(b"zzZz", made.package({"a": "x"}))), "夹带"),
    ("截断.jpg", lambda: made.jpg()[:-2], "不完整或已损坏"),
    ("半截.jpg", lambda: made.jpg()[:12], "不完整或已损坏"),
    ("只有头.jpg", lambda: b"\xff\xd8\xff\xd9", "不完整或已损坏"),
    ("图加包.jpg", lambda: made.jpg() + made.package({"a.exe": MACHINE_WORD}), "夹带"),
    ("图加文.jpg", lambda: made.jpg() + made.pdf(), "夹带"),
    ("注释文.jpg", lambda: made.jpg(extra=made.segment(0xFE, b"%PDF-1.4 1 0 obj")), "夹带"),
    (
        "注释页.jpg",
        lambda: made.jpg(extra=made.segment(0xFE, b"<script>alert(1)</script>")),
        "夹带",
    ),
    ("动态照片.jpg", lambda: made.jpg() + b"\x00\x00\x00\x18ftypmp42", "末尾附有其他内容"),
    ("连环.jpg", lambda: made.jpg() * 9, "末尾附有其他内容"),
    ("页尾.jpg", lambda: made.jpg() + b"<html><script>alert(1)</script>", "末尾附有其他内容"),
)
PDFS: tuple[tuple[str, Made, str], ...] = (
    ("脚本.pdf", lambda: made.pdf(_named_script), "脚本"),
    ("开启脚本.pdf", lambda: made.pdf_action("/JavaScript", JS=TextStringObject("x()")), "脚本"),
    ("启动.pdf", lambda: made.pdf_action("/Launch", F=TextStringObject("cmd.exe")), "可执行动作"),
    (
        "转义.pdf",
        lambda: made.pdf_action("/Launch").replace(b"/Launch", b"/L#61unch"),
        "可执行动作",
    ),
    ("提交.pdf", lambda: made.pdf_action("/SubmitForm"), "可执行动作"),
    ("导入.pdf", lambda: made.pdf_action("/ImportData"), "可执行动作"),
    ("孤儿.pdf", lambda: made.pdf(_hidden_object), "可执行动作"),
    ("内嵌.pdf", lambda: made.pdf(_embedding), "内嵌文件"),
    ("动态表单.pdf", lambda: made.pdf(_form), "动态表单"),
    ("密码.pdf", lambda: made.pdf(password="secret"), "打开密码"),
    ("只有头.pdf", lambda: b"%PDF-1.7\n", "不完整或已损坏"),
    ("头尾.pdf", lambda: b"%PDF-1.7\n%%EOF", "不完整或已损坏"),
    ("截断.pdf", lambda: made.pdf()[: len(made.pdf()) // 2], "不完整或已损坏"),
    ("文加包.pdf", lambda: made.pdf() + made.package({"a.exe": MACHINE_WORD}), "夹带"),
    ("文加页.pdf", lambda: made.pdf() + b"<script>alert(1)</script>", "夹带"),
    ("图在前.pdf", lambda: b"GIF89a" + made.pdf(), "图片格式"),
    ("空白在前.pdf", lambda: b"\n\n" + made.pdf(), "认不出"),
)
PACKAGES: tuple[tuple[str, Made, str], ...] = (
    ("普通.zip", lambda: made.package({"a.txt": "x"}), "压缩包不能上传"),
    ("程序.docx", lambda: made.package({"a.exe": MACHINE_WORD}), "压缩包不能上传"),
    ("冒充.xlsx", lambda: made.package({"xl/workbook.xml": "<a/>"}), "压缩包不能上传"),
    ("演示.pptx", lambda: _typed(made.docx(), WORD_MAIN, "application/x-pptx+xml"), "只接受 Word"),
    ("宏.docx", lambda: _word({"word/vbaProject.bin": "x"}), "宏"),
    ("宏.docm", lambda: _typed(made.docx(), WORD_MAIN,
     "application/vnd.ms-word.document.macroEnabled.main+xml"), "宏"),
    ("宏.xlsm", lambda: _typed(made.xlsx(), SHEET_MAIN,
     "application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "宏"),
    ("旧宏表.xlsx", lambda: _typed(made.xlsx(), "</Types>",
     MACRO_SHEET), "宏"),
    ("控件.docx", lambda: _word({"word/activeX/activeX1.xml": "<a/>"}), "宏"),
    ("对象.docx", lambda: _word({"word/embeddings/o1.bin": "x"}), "宏"),
    ("夹程序.docx", lambda: _word({"word/media/a.exe": MACHINE_WORD}), "宏"),
    ("假图片.docx", lambda: _word({"word/media/a.png": MACHINE_WORD}), "宏"),
    ("夹网页.docx", lambda: _word({"word/afchunk.htm": "<html>"}), "宏"),
    ("夹脚本.ofd", lambda: made.ofd({"Doc_0/run.js": "x"}), "宏"),
    ("远程模板.docx", lambda: made.with_link(made.docx(), "attachedTemplate", "http://x/t.dotm"),
     "外部模板"),
    ("远程图.docx", lambda: made.with_link(made.docx(), "image", "http://x/t.png"), "外部模板"),
    ("远程对象.docx", lambda: made.with_link(made.docx(), "oleObject", "file://x/t"), "外部模板"),
    ("动态交换.docx", lambda: made.with_field(made.docx(), "DDEAUTO c:\\\\cmd.exe"), "外部模板"),
    ("拆开交换.docx", lambda: made.with_field(made.docx(), "DD", "EAU", "TO cmd"), "外部模板"),
    ("引文件.docx", lambda: made.with_field(made.docx(), "INCLUDETEXT \\\\\\\\x\\\\y"), "外部模板"),
    ("笑声.docx", lambda: _word({"word/x.xml": BILLION_LAUGHS}), "外部实体"),
    ("外实体.docx", lambda: _word({"word/x.xml": EXTERNAL_ENTITY}),
     "外部实体"),
    ("外实体16.docx", lambda: _word({"word/x.xml": _utf16(EXTERNAL_ENTITY)}),
     "外部实体"),
    ("外实体.xlsx", lambda: made.with_members(made.xlsx(), {"xl/x.xml": EXTERNAL_ENTITY}),
     "外部实体"),
    ("外实体.ofd", lambda: made.ofd({"Doc_0/x.xml": EXTERNAL_ENTITY}), "外部实体"),
    ("坏标记.docx", lambda: _word({"word/x.xml": "<a><b></a>"}), "损坏"),
    ("炸弹.docx", lambda: _deflated(119_000_000), "展开后过大"),
    ("大炸弹.docx", lambda: _deflated(70_000_000, 2), "展开后过大"),
    ("百倍.xlsx", lambda: made.with_members(made.xlsx(), {"xl/x.xml": b"<a>" + b" " * 20_000_000
     + b"</a>"}), "展开后过大"),
    ("深层.docx", _deep, "展开后过大"),
    ("多员.ofd", _many, "展开后过大"),
    ("套娃.docx", _nested_twice, "展开后过大"),
    ("重叠.ofd", _overlapping, "展开后过大"),
    ("谎报.ofd", _lying_size, "损坏"),
    ("穿越.docx", lambda: _word({"../../etc/cron.xml": "<a/>"}), "不正常"),
    ("反斜.docx", lambda: _word({"..\\..\\x.xml": "<a/>"}), "不正常"),
    ("绝对.docx", lambda: _word({"/etc/x.xml": "<a/>"}), "不正常"),
    ("盘符.docx", lambda: _word({"C:x.xml": "<a/>"}), "不正常"),
    ("控制符.docx", lambda: _word({"word/a\x07.xml": "<a/>"}), "不正常"),
    ("链接.docx", _linked_entry, "不正常"),
    ("重名.docx", _twice, "不正常"),
    ("加密.docx", _locked_entry, "密码"),
    ("少见压缩.docx", lambda: _word({}, compression=zipfile.ZIP_LZMA), "损坏"),
    ("注释.docx", lambda: _word({}, comment=b"<script>"), "夹带"),
    ("包加文.docx", lambda: made.docx() + made.pdf(), "夹带"),
    ("截断.docx", lambda: made.docx()[:-200], "损坏"),
    ("翻位.docx", lambda: made.docx().replace(b"\x50\x4b\x01\x02", b"\x50\x4b\x09\x09", 1), "损坏"),
)  # fmt: skip


def hostile() -> Iterator[tuple[str, Made, str]]:
    """Yield every hostile file with its name and what its refusal says."""
    yield from (*PROGRAMS_AND_PAGES, *PICTURES, *PDFS, *PACKAGES)
