"""Follow the text operators of PDF pages: which characters stand where, and how they look.

pypdf's own extraction guesses lines while it goes and takes five times as long; paragraphs need
to know where a line begins and ends.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject, StreamObject
from pypdf.generic._font import Font

from documents.reading.tokens import Shown, Tokens

MOST_DEPTH = 6
UNKNOWN = "\ufffd"
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
INVISIBLE = 3
SMALLEST = 1e-6
WHITE = {"g": [1.0], "rg": [1.0] * 3, "k": [0.0] * 4, "sc": [1.0] * 3, "scn": [1.0] * 3}


@dataclass(frozen=True)
class Chunk:
    """Characters shown by one operator: where they begin and end, how large, how they look."""

    text: str
    left: float
    right: float
    base: float
    size: float
    is_turned: bool = False
    is_invisible: bool = False
    is_faint: bool = False


@dataclass(slots=True)
class _Look:
    """What q saves and Q brings back."""

    matrix: Matrix = IDENTITY
    font: "_Face | None" = None
    size: float = 1.0
    leading: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    rise: float = 0.0
    mode: int = 0
    is_white: bool = False


class _Face:
    """A font as far as reading needs it: bytes to characters and their widths."""

    def __init__(self, resource: DictionaryObject) -> None:
        self.resource = resource  # kept alive: faces are found again by its id
        self.font = Font.from_font_resource(resource)
        encoding = str(resource.get("/Encoding", ""))
        self.is_unmapped = (
            resource.get("/Subtype") == "/Type0"
            and encoding.startswith("/Identity")
            and not self.font.character_map
        )
        self._known: dict[str, tuple[str, float]] = {}

    def read(self, shown: bytes) -> tuple[str, float]:
        """Return the characters and their width together in thousandths of the size."""
        encoding = self.font.encoding
        is_single = not isinstance(encoding, str)
        codes = map(chr, shown) if is_single else shown.decode(str(encoding), "replace")
        known = [self._known.get(code) or self._learn(code, is_single) for code in codes]
        return "".join(one for one, _ in known), sum(width for _, width in known)

    def _learn(self, code: str, is_single: bool) -> tuple[str, float]:
        """Look a character up the first time it is shown."""
        if self.is_unmapped:
            character = UNKNOWN
        else:
            encoding: Any = self.font.encoding
            plain = encoding.get(ord(code), code) if is_single else code
            character = self.font.character_map.get(plain, plain)
        widths = self.font.character_widths
        width = float(widths.get(code, widths.get("default", 500)))
        self._known[code] = (character, width)
        return character, width


def times(one: Matrix, other: Matrix) -> Matrix:
    """Multiply two matrices: first one, then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k,
            e * h + f * j + m)  # fmt: skip


def chunks_of(reader: PdfReader) -> Iterator[list[Chunk]]:
    """Yield what each page shows, in the order in which it is drawn."""
    tokens = Tokens()
    faces: dict[int, _Face] = {}
    for page in reader.pages:
        yield _Drawing(tokens, faces).page(page)


class _Drawing:
    """Draws one page without a picture: only text is noted."""

    def __init__(self, tokens: Tokens, faces: dict[int, _Face]) -> None:
        self.tokens = tokens
        self.faces = faces
        self.chunks: list[Chunk] = []
        self.text = self.line = IDENTITY
        self.look = _Look()
        self.resources: Any = None
        self.depth = 0

    def page(self, page: PageObject) -> list[Chunk]:
        """Follow the content of a page."""
        contents = page.get_contents()
        if contents is not None:
            self._draw(contents.get_data(), page.get("/Resources"))
        return self.chunks

    def _draw(self, content: bytes, resources: Any) -> None:
        """Follow a content stream with the resources it names."""
        former, self.resources = (self.look, self.resources), resources
        self.look = copy.copy(self.look)
        saved: list[_Look] = []
        for operator, operands in self.tokens.operations(content):
            if operator == "q":
                saved.append(copy.copy(self.look))
            elif operator == "Q":
                self.look = saved.pop() if saved else self.look
            elif operator in ACTS:
                ACTS[operator](self, operands)
            elif operator in CHANGES and operands and isinstance(operands[0], float):
                _change(self.look, operator, operands)
        self.look, self.resources = former

    def face(self, operands: list[Any]) -> None:
        """Take up a font (Tf)."""
        if len(operands) != 2 or not isinstance(operands[1], float):
            return
        font = _resource(self.resources, "/Font", operands[0])
        self.look.font, self.look.size = None, operands[1]
        if isinstance(font, DictionaryObject):
            if id(font) not in self.faces:
                self.faces[id(font)] = _Face(font)
            self.look.font = self.faces[id(font)]

    def form(self, operands: list[Any]) -> None:
        """Draw a form, which has a content and resources of its own (Do)."""
        form = _resource(self.resources, "/XObject", operands[0] if operands else None)
        is_form = isinstance(form, StreamObject) and form.get("/Subtype") == "/Form"
        if not is_form or self.depth >= MOST_DEPTH:
            return
        self.depth += 1
        former = self.look.matrix
        own = [float(one) for one in form.get("/Matrix", IDENTITY)]
        if len(own) == 6:
            self.look.matrix = times(tuple(own), former)  # type: ignore[arg-type]
        self._draw(form.get_data(), form.get("/Resources", self.resources))
        self.look.matrix = former
        self.depth -= 1

    def begin(self, operands: list[Any]) -> None:
        """Begin text (BT)."""
        self.text = self.line = IDENTITY

    def place(self, operands: list[Any]) -> None:
        """Set where and how the next text stands (Tm)."""
        if len(operands) == 6 and all(isinstance(one, float) for one in operands):
            self.text = self.line = tuple(operands)  # type: ignore[assignment]

    def step(self, operands: list[Any]) -> None:
        """Begin a line relative to where the last one began (Td)."""
        if len(operands) == 2 and all(isinstance(one, float) for one in operands):
            self.text = self.line = times((1, 0, 0, 1, operands[0], operands[1]), self.line)

    def step_and_lead(self, operands: list[Any]) -> None:
        """Begin a line and keep its distance for the next ones (TD)."""
        if len(operands) == 2 and isinstance(operands[1], float):
            self.look.leading = -operands[1]
        self.step(operands)

    def next_line(self, operands: list[Any]) -> None:
        """Begin the next line (T*)."""
        self.step([0.0, -self.look.leading])

    def show(self, operands: list[Any]) -> None:
        """Show text (Tj, TJ); numbers between the strings are steps back."""
        for shown in operands:
            if isinstance(shown, Shown):
                self._note(shown)
            elif isinstance(shown, float):
                self._note(Shown(b"", 0.0, shown))

    def show_on_next_line(self, operands: list[Any]) -> None:
        """Show text on the next line (' and ")."""
        if len(operands) == 3 and isinstance(operands[1], float):
            self.look.spacing = operands[1]
        self.next_line(operands)
        self.show(operands[-1:])

    def _note(self, shown: Shown) -> None:
        """Note characters and step forward by their widths."""
        look = self.look
        if look.font is None:
            return
        text, width = look.font.read(shown.text)
        length = (width - shown.small) / 1000 * look.size + len(text) * look.spacing
        length = (length + text.count(" ") * look.word_spacing) * look.stretch
        if text:
            self._add(text, length)
        wide = shown.wide / 1000 * look.size * look.stretch
        self.text = times((1, 0, 0, 1, length - wide, 0), self.text)

    def _add(self, text: str, length: float) -> None:
        """Add a chunk at its place on the page."""
        a, b, c, d, e, f = times(self.text, self.look.matrix)
        self.chunks.append(
            Chunk(
                text=text,
                left=e,
                right=e + length * a,
                base=f + self.look.rise * d,
                size=max(abs(self.look.size) * max(abs(d), abs(c)), SMALLEST),
                is_turned=abs(b) > abs(a) / 10 or a < 0,
                is_invisible=self.look.mode == INVISIBLE,
                is_faint=self.look.is_white,
            )
        )


ACTS: dict[str, Callable[[_Drawing, list[Any]], None]] = {
    "Tf": _Drawing.face,
    "Do": _Drawing.form,
    "BT": _Drawing.begin,
    "Tm": _Drawing.place,
    "Td": _Drawing.step,
    "TD": _Drawing.step_and_lead,
    "T*": _Drawing.next_line,
    "Tj": _Drawing.show,
    "TJ": _Drawing.show,
    "'": _Drawing.show_on_next_line,
    '"': _Drawing.show_on_next_line,
}
NUMBERS = {"Tc": "spacing", "Tw": "word_spacing", "TL": "leading", "Ts": "rise"}

CHANGES = frozenset({"cm", "Tz", "Tr", *NUMBERS, *WHITE})


def _change(look: _Look, operator: str, operands: list[float]) -> None:
    """Follow an operator that changes how the next text looks."""
    if operator == "cm" and len(operands) == 6 and all(isinstance(one, float) for one in operands):
        look.matrix = times(tuple(operands), look.matrix)  # type: ignore[arg-type]
    elif operator in NUMBERS:
        setattr(look, NUMBERS[operator], operands[0])
    elif operator == "Tz":
        look.stretch = operands[0] / 100
    elif operator == "Tr":
        look.mode = int(operands[0])
    elif operator in WHITE:
        look.is_white = operands == WHITE[operator]


def _resource(resources: Any, kind: str, name: Any) -> Any:
    """Return a font or form by its name on the page, or None."""
    group = resources.get_object().get(kind) if resources is not None else None
    found = group.get_object().get(name) if group is not None and isinstance(name, str) else None
    return found.get_object() if found is not None else None
