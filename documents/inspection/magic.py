"""Recognise the family of a file by its first bytes; say what a refused one is."""

from documents.inspection.refusals import Unsafe

ARCHIVE = "压缩包不能上传，请解压后逐个上传其中的文件。"
PROGRAM = "这是可执行程序或脚本，不能上传。"
OLD_OFFICE = (
    "这是旧版 Office/WPS（.doc、.xls、.ppt）或加了密码的文件，请另存为 .docx、.xlsx 或 PDF 后上传。"
)
WEB_PAGE = "网页、SVG 或 XML 文件不能上传，请另存为 PDF 后上传。"
OTHER_PICTURE = "这种图片格式不能上传，请另存为 JPG 或 PNG 后上传。"
PHONE_PICTURE = "这是 HEIC 照片，请在手机相机设置中改用“兼容性最佳”（JPG），或转换为 JPG 后上传。"
UNKNOWN = "认不出这是什么文件。只接受 PDF、Word（.docx）、Excel（.xlsx）、JPG、PNG 和 OFD 文件。"

FAMILIES = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"PK\x03\x04", "package"),
)
REFUSED = (
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"#!", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", OLD_OFFICE),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ", ARCHIVE),
    (b"PK\x05\x06", ARCHIVE),
    (b"PK\x07\x08", ARCHIVE),
    (b"GIF8", OTHER_PICTURE),
    (b"BM", OTHER_PICTURE),
    (b"RIFF", OTHER_PICTURE),
    (b"II*\x00", OTHER_PICTURE),
    (b"MM\x00*", OTHER_PICTURE),
)
PHONE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def family_of(head: bytes) -> str:
    """Return pdf, jpg, png or package; raise `Unsafe` with the reason for anything else."""
    for signature, family in FAMILIES:
        if head.startswith(signature):
            return family
    for signature, reason in REFUSED:
        if head.startswith(signature):
            raise Unsafe(reason)
    if head[4:8] == b"ftyp" and head[8:12] in PHONE_BRANDS:
        raise Unsafe(PHONE_PICTURE)
    for mark in BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    if head.replace(b"\x00", b"").lstrip().startswith(b"<"):
        raise Unsafe(WEB_PAGE)
    raise Unsafe(UNKNOWN)
