"""Cut the content stream of a PDF page into operands and operators."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from documents.inspection.refusals import Unsafe
from documents.reading.findings import TOO_LONG

MOST_TOKENS = 3_000_000
WIDE_STEP = 600
"""Thousandths of the size from which on a step within a line leaves a gap one sees."""

# Parentheses may stand in a string in pairs; one pair deep is common, deeper ones are counted.
STRING = rb"\((?:[^()\\]|\\[\s\S]|\((?:[^()\\]|\\[\s\S])*\))*\)"
HEX = rb"<([0-9A-Fa-f\s]*)>"
NUMBER = rb"[+-]?(?:\d+\.?\d*|\.\d+)"
TOKEN = re.compile(
    rb"\[(?P<shown>(?:[^\[\]()<>]|<[0-9A-Fa-f\s]*>|" + STRING + rb")*)\]\s*TJ"
    rb"|(?P<number>" + NUMBER + rb")"
    rb"|(?P<plain>" + STRING + rb")"
    rb"|(?P<nested>\()"
    rb"|(?P<dictionary><<|>>)"
    rb"|(?P<hex>" + HEX + rb")"
    rb"|/(?P<name>[^\s/<>\[\](){}%]*)"
    rb"|(?P<bracket>[\[\]])"
    rb"|%[^\r\n]*"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*)"
)
PIECE = re.compile(rb"(" + STRING + rb")|" + HEX + rb"|(" + NUMBER + rb")")
ESCAPE = re.compile(rb"\\(\r\n|[0-7]{1,3}|[\s\S])")
PARENTHESIS = re.compile(rb"\\[\s\S]|[()]")
IMAGE_END = re.compile(rb"\sEI(?=\s|$)")
HEX_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
ESCAPED |= {b"\n": b"", b"\r": b"", b"\r\n": b""}
ESCAPED |= {
    f"{code:0{width}o}".encode(): bytes([code & 0xFF])
    for width in (1, 2, 3)
    for code in range(8**width)
}
NOTHING = b"\\\n"
"""An escaped line end stands for nothing, and ends an octal escape in front of it."""
MOST_OPERANDS = 2000


class Shown(NamedTuple):
    """A string to be shown, the small steps within it, and a wide one behind it."""

    text: bytes
    small: float
    wide: float


class Tokens:
    """Counts the tokens of a document, so that no page can be drawn without end."""

    def __init__(self) -> None:
        self.count = 0

    def operations(self, content: bytes) -> Iterator[tuple[str, list[Any]]]:
        """Yield each operator with its operands; strings come as `Shown`."""
        operands: list[Any] = []
        place = 0
        while found := TOKEN.search(content, place):
            self._step()
            place = found.end()
            kind = found.lastgroup
            if kind == "operator":
                if found["operator"] == b"BI":
                    place = _end_of_image(content, place)
                yield found["operator"].decode("latin-1"), operands
                operands = []
            elif kind == "shown":
                yield "TJ", _shown(found["shown"])
                operands = []
            elif kind is not None:
                value, place = _value(content, found)
                operands.append(value)
                del operands[:-MOST_OPERANDS]

    def _step(self) -> None:
        """Refuse a document that never ends."""
        self.count += 1
        if self.count > MOST_TOKENS:
            raise Unsafe(TOO_LONG)


def _shown(array: bytes) -> list[Any]:
    """Return the strings of an array, those with small steps between them joined."""
    pieces: list[Any] = []
    texts: list[bytes] = []
    small = 0.0
    for plain, digits, number in PIECE.findall(array):
        if not number:
            texts.append(plain[1:-1] if plain else _escaped(_bytes_of(digits)))
            continue
        step = float(number)
        if abs(step) <= WIDE_STEP:
            small += step
        else:
            pieces.append(Shown(_unescaped(NOTHING.join(texts)), small, step))
            texts, small = [], 0.0
    pieces.append(Shown(_unescaped(NOTHING.join(texts)), small, 0.0))
    return pieces


def _escaped(text: bytes) -> bytes:
    """Write bytes so that unescaping brings them back."""
    return text.replace(b"\\", b"\\\\") if b"\\" in text else text


def _value(content: bytes, found: re.Match[bytes]) -> tuple[Any, int]:
    """Return what a token means, and where the next one begins."""
    kind = found.lastgroup
    if kind == "number":
        return float(found["number"]), found.end()
    if kind == "plain":
        return Shown(_unescaped(found["plain"][1:-1]), 0.0, 0.0), found.end()
    if kind == "nested":
        end = _closing(content, found.end())
        return Shown(_unescaped(content[found.end() : end]), 0.0, 0.0), end + 1
    if kind == "hex":
        return Shown(_bytes_of(found["hex"][1:-1]), 0.0, 0.0), found.end()
    if kind == "name":
        name = HEX_NAME.sub(lambda one: bytes([int(one[1], 16)]), found["name"])
        return "/" + name.decode("utf-8", "replace"), found.end()
    return None, found.end()


def _bytes_of(digits: bytes) -> bytes:
    """Read a string written in hexadecimal digits; a missing last digit is 0."""
    bare = b"".join(digits.split())
    return bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode("ascii"))


def _closing(content: bytes, place: int) -> int:
    """Return where the parenthesis opened in front of a place is closed."""
    depth = 1
    for found in PARENTHESIS.finditer(content, place):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return found.start()
    return len(content)


def _unescaped(text: bytes) -> bytes:
    r"""Replace \n, \( and \053 by what they stand for."""
    if b"\\" not in text:
        return text
    return ESCAPE.sub(lambda found: ESCAPED.get(found[1], found[1]), text)


def _end_of_image(content: bytes, place: int) -> int:
    """Skip an image that is drawn from within the page."""
    found = IMAGE_END.search(content, place)
    return found.end() if found else len(content)
