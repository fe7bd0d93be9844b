"""Check JPG and PNG pictures by walking their segments; nothing is decoded."""

import re
import struct
import zlib

from documents.inspection.child import answer
from documents.inspection.refusals import DISGUISED, MARKUP, Unsafe, refuse_hidden_archive

MAX_PIXELS = 60_000_000
MAX_SIDE = 30_000
MAX_PICTURES = 4
"""Pictures a phone may put one behind the other in one JPG (preview, gain map)."""

BROKEN = "图片不完整或已损坏，请重新上传。"
TRAILING = "图片末尾附有其他内容（如动态照片），请关闭动态照片后重拍，或另存为普通图片后上传。"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})
AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def check(content: bytes) -> str:
    """Return jpg or png; raise `Unsafe` for anything that is more, or less, than a picture."""
    if b"%PDF-" in content[:4096]:
        raise Unsafe(DISGUISED)
    refuse_hidden_archive(content)
    if content.startswith(PNG_SIGNATURE):
        _check_png(content)
        return "png"
    _check_jpg(content)
    return "jpg"


def _refuse_size(width: int, height: int) -> None:
    """Refuse pictures whose decoding would exhaust a computer."""
    if width < 1 or height < 1:
        raise Unsafe(BROKEN)
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Unsafe(f"图片尺寸过大（{width}×{height}），请缩小到 6000 万像素以内后上传。")


def _check_jpg(content: bytes) -> None:
    """Walk the pictures in a JPG; behind the last one only padding may follow."""
    position = 0
    for _ in range(MAX_PICTURES):
        position = _end_of_jpg(content, position)
        while position < len(content) and content[position] == 0:
            position += 1
        if position == len(content):
            return
        if not content.startswith(b"\xff\xd8\xff", position):
            break
    raise Unsafe(TRAILING)


def _end_of_jpg(content: bytes, position: int) -> int:
    """Walk one picture from its start marker and return where it ends."""
    position += 2
    seen_frame = seen_scan = False
    while True:
        marker, position = _marker(content, position)
        if marker == 0xD9:
            if not (seen_frame and seen_scan):
                raise Unsafe(BROKEN)
            return position
        if marker in BARE_MARKERS:
            continue
        segment, position = _segment(content, position)
        if marker in FRAMES:
            _check_frame(segment)
            seen_frame = True
        elif marker == 0xDA:
            seen_scan = True
            position = _after_scan(content, position)
        elif MARKUP.search(segment):
            raise Unsafe(DISGUISED)


def _marker(content: bytes, position: int) -> tuple[int, int]:
    """Read a marker and return it with the position behind it."""
    if content[position : position + 1] != b"\xff":
        raise Unsafe(BROKEN)
    while content[position : position + 1] == b"\xff":
        position += 1
    if position >= len(content):
        raise Unsafe(BROKEN)
    return content[position], position + 1


def _segment(content: bytes, position: int) -> tuple[bytes, int]:
    """Read a segment with its length and return it with the position behind it."""
    if position + 2 > len(content):
        raise Unsafe(BROKEN)
    (length,) = struct.unpack_from(">H", content, position)
    end = position + length
    if length < 2 or end > len(content):
        raise Unsafe(BROKEN)
    return content[position + 2 : end], end


def _check_frame(segment: bytes) -> None:
    """Check the dimensions a frame header declares."""
    if len(segment) < 6:
        raise Unsafe(BROKEN)
    height, width = struct.unpack_from(">HH", segment, 1)
    _refuse_size(width, height)


def _after_scan(content: bytes, position: int) -> int:
    """Skip the compressed picture and return where the next marker stands."""
    found = AFTER_SCAN.search(content, position)
    if found is None:
        raise Unsafe(BROKEN)
    return found.start()


def _check_png(content: bytes) -> None:
    """Walk the chunks of a PNG; the first is its header, the last its end, and no more."""
    position, index, pixels = len(PNG_SIGNATURE), 0, 0
    kind = b""
    while kind != b"IEND":
        kind, chunk, position = _chunk(content, position)
        if (index == 0) != (kind == b"IHDR"):
            raise Unsafe(BROKEN)
        if kind == b"IHDR":
            _check_header(chunk)
        elif kind == b"IDAT":
            pixels += len(chunk)
        elif MARKUP.search(chunk):
            raise Unsafe(DISGUISED)
        index += 1
    if not pixels:
        raise Unsafe(BROKEN)
    if position != len(content):
        raise Unsafe(TRAILING)


def _chunk(content: bytes, position: int) -> tuple[bytes, bytes, int]:
    """Read a chunk, check its checksum, and return kind, content and the position behind."""
    if position + 12 > len(content):
        raise Unsafe(BROKEN)
    (length,) = struct.unpack_from(">I", content, position)
    end = position + 12 + length
    if end > len(content):
        raise Unsafe(BROKEN)
    kind, chunk = content[position + 4 : position + 8], content[position + 8 : end - 4]
    if zlib.crc32(kind + chunk) != struct.unpack_from(">I", content, end - 4)[0]:
        raise Unsafe(BROKEN)
    return kind, chunk, end


def _check_header(chunk: bytes) -> None:
    """Check the dimensions a PNG header declares."""
    if len(chunk) != 13:
        raise Unsafe(BROKEN)
    width, height = struct.unpack_from(">II", chunk)
    _refuse_size(width, height)


if __name__ == "__main__":
    answer(check)
