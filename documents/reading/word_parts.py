"""Open the parts of a Word document that say how its paragraphs look: styles and lists."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from documents.reading.numbering import Level, Lists

MOST_ANCESTORS = 20
OFF = frozenset({"0", "false", "off", "none"})


def name_of(element: Any) -> str:
    """Return the name of an element without its namespace, "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value_of(element: Any, name: str = "val", default: str = "") -> str:
    """Return an attribute by its name, whichever edition of the standard its namespace is of."""
    if element is None:
        return default
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return default


def child_of(element: Any, *names: str) -> Any:
    """Return the first descendant along a path of names, or None."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if name_of(one) == name), None)
    return element


def is_on(element: Any) -> bool:
    """Tell whether a switch such as w:vanish is there and not switched off."""
    return element is not None and value_of(element, default="1").lower() not in OFF


def number_in(element: Any, default: int) -> int:
    """Return the whole number an element carries."""
    text = value_of(element)
    return int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdigit() else default


class Package:
    """The parts of a document, found by the relations between them."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = set(self.archive.namelist())
        self.main = next(self.related("", "/officeDocument"), "word/document.xml")

    def part(self, name: str) -> Any:
        """Return the root element of a part; nothing outside the file is ever fetched."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        return etree.fromstring(self.archive.read(name), parser)

    def related(self, name: str, kind: str) -> Iterator[str]:
        """Yield the names of the parts of a kind that a part relates to, in order."""
        folder, _, own = name.rpartition("/")
        relations = posixpath.join(folder, "_rels", f"{own}.rels")
        if relations not in self.names:
            return
        for relation in self.part(relations):
            target = value_of(relation, "Target")
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if value_of(relation, "Type").endswith(kind) and place in self.names:
                yield place

    def first(self, kind: str) -> Any:
        """Return the root of the first part of a kind that the main part relates to, or None."""
        name = next(self.related(self.main, kind), None)
        return self.part(name) if name else None


@dataclass(frozen=True)
class Style:
    """What of a style matters for reading."""

    name: str = ""
    parent: str = ""
    number_id: str | None = None
    depth: int | None = None
    is_hidden: bool | None = None


class Styles:
    """The styles of a document, asked along their ancestors."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        for element in root if root is not None else ():
            if name_of(element) == "style":
                self._take(element)

    def _take(self, element: Any) -> None:
        """Note one style."""
        key = value_of(element, "styleId")
        if value_of(element, "type") == "paragraph" and value_of(element, "default") in (
            "1",
            "true",
        ):
            self.default = key
        numbering = child_of(element, "pPr", "numPr")
        depth = child_of(numbering, "ilvl")
        hidden = child_of(element, "rPr", "vanish")
        self._styles[key] = Style(
            value_of(child_of(element, "name")).lower(),
            value_of(child_of(element, "basedOn")),
            value_of(child_of(numbering, "numId")) or None,
            number_in(depth, 0) if depth is not None else None,
            is_on(hidden) if hidden is not None else None,
        )

    def line(self, key: str) -> Iterator[tuple[str, Style]]:
        """Yield a style and its ancestors, nearest first."""
        for _ in range(MOST_ANCESTORS):
            style = self._styles.get(key)
            if style is None:
                return
            yield key, style
            key = style.parent

    def is_hidden(self, key: str) -> bool:
        """Tell whether a style hides its text."""
        said = (style.is_hidden for _, style in self.line(key) if style.is_hidden is not None)
        return next(said, False)

    def numbering(self, key: str) -> tuple[str, str, int | None] | None:
        """Return the list a style counts in: its id, the style that says so, the level if said."""
        for name, style in self.line(key):
            if style.number_id is not None:
                return style.number_id, name, style.depth
        return None


def lists_of(root: Any) -> Lists:
    """Read the lists a document declares."""
    lists = Lists()
    for element in root if root is not None else ():
        if name_of(element) == "abstractNum":
            _take_abstract(lists, element)
        elif name_of(element) == "num":
            _take_list(lists, element)
    return lists


def _take_abstract(lists: Lists, element: Any) -> None:
    """Note the levels of an abstract list."""
    key = value_of(element, "abstractNumId")
    levels = lists.levels.setdefault(key, {})
    for one in element:
        if name_of(one) == "lvl":
            depth = _depth_of(one)
            levels[depth] = _level_of(one)
            style = value_of(child_of(one, "pStyle"))
            if style:
                lists.style_levels[(key, style)] = depth


def _take_list(lists: Lists, element: Any) -> None:
    """Note a list, where it starts anew and which levels are its own."""
    key = value_of(element, "numId")
    lists.abstract[key] = value_of(child_of(element, "abstractNumId"))
    for one in element:
        if name_of(one) != "lvlOverride":
            continue
        start, own = child_of(one, "startOverride"), child_of(one, "lvl")
        if start is not None:
            lists.overrides[(key, _depth_of(one))] = number_in(start, 1)
        if own is not None:
            lists.own_levels[(key, _depth_of(one))] = _level_of(own)


def _depth_of(element: Any) -> int:
    """Return which level an element is about."""
    text = value_of(element, "ilvl", "0")
    return int(text) if text.isascii() and text.isdigit() else 0


def _level_of(element: Any) -> Level:
    """Read how a level is numbered."""
    return Level(
        value_of(child_of(element, "numFmt"), default="decimal"),
        value_of(child_of(element, "lvlText"))[:100],
        number_in(child_of(element, "start"), 1),
        value_of(child_of(element, "suff"), default="tab"),
        is_on(child_of(element, "isLgl")),
        value_of(child_of(element, "lvlRestart")) != "0",
    )
