"""Hold the texts of the demonstration: one plain file each, all of them invented.

The first line is the title. `§§ ` begins a chapter and `§ ` an article; both are numbered when
the text is read out. `> ` begins a line of the signature. Words in braces are filled in.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from documents.reading.numerals import numeral

FOLDER = Path(__file__).parent
BLANK = "________"
CHAPTER, ARTICLE, SIGNATURE = "§§ ", "§ ", "> "


@dataclass(frozen=True)
class Line:
    """One paragraph: as what it is set, its number (第三条) and its words."""

    kind: str
    number: str
    words: str


def read(name: str, /, **filled: object) -> str:
    """Return a text with its blanks filled in; what is not given stays a blank to be written on."""
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    return text.format_map(defaultdict(lambda: BLANK, filled))


def changed(text: str, changes: Mapping[str, str]) -> str:
    """Return the text with some words changed; each of them must be there."""
    for old, new in changes.items():
        if old not in text:
            raise LookupError(f"“{old}” stands nowhere in {title_of(text)}")
        text = text.replace(old, new)
    return text


def title_of(text: str) -> str:
    """Return the title of a text."""
    return text.partition("\n")[0]


def lines_of(text: str) -> Iterator[Line]:
    """Yield the paragraphs after the title, chapters and articles numbered."""
    chapters = articles = 0
    for line in filter(None, map(str.strip, text.split("\n")[1:])):
        if line.startswith(CHAPTER):
            chapters += 1
            yield Line(CHAPTER, f"第{numeral(chapters)}章", line.removeprefix(CHAPTER))
        elif line.startswith(ARTICLE):
            articles += 1
            yield Line(ARTICLE, f"第{numeral(articles)}条", line.removeprefix(ARTICLE))
        elif line.startswith(SIGNATURE):
            yield Line(SIGNATURE, "", line.removeprefix(SIGNATURE))
        else:
            yield Line("", "", line)


def article_with(text: str, words: str) -> str:
    """Return the number of the article in which the words stand; `LookupError` where none."""
    number = "正文"
    for line in lines_of(text):
        number = line.number if line.kind == ARTICLE else number
        if words in line.words:
            return number
    raise LookupError(f"“{words}” stands nowhere in {title_of(text)}")
