"""Recognise what a text cites: 《…》（文号）第×条第×款第×项, several at once, or a number alone.

Whether what is cited exists and stands is not asked here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from documents.reading.numerals import NUMERAL, number_of
from laws.rules.names import STATE, plain_number, plain_title

TITLE = re.compile(r"《([^《》\n]{2,120})》")
NUMBER = re.compile(
    r"(?:[\u4e00-\u9fff]{1,10}[〔\[［【﹝（(]\s*\d{4}\s*[〕\]］】﹞）)]\s*\d{1,5}\s*号"
    r"|[\u4e00-\u9fff]{1,16}令\s*第?\s*\d{1,5}\s*号)"
)
VERBS = (
    "根据|依据|按照|依照|参照|遵照|贯彻|落实|执行|违反|适用|符合|印发|下发|发布|按|由|在|对|见|的"
)
JOINING = "以及|和|及|与|或|即"
# 住房和城乡建设部令: within the name of an organ 和 separates nothing.
BEFORE_ORDER = re.compile(rf"^(?:.*(?:{VERBS})|{JOINING})?(?:{JOINING})?")
BEFORE_LETTER = re.compile(rf"^(?:.*(?:{VERBS}|{JOINING}))?")
BEHIND = re.compile(r"\s*[（(]([^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)]")
SHORT_NAME = re.compile(
    r"(?:以下|下)\s*(?:统一)?\s*(?:简)?称(?:为)?[:：]?\s*[《“\"]?([^《》“”\"，。；]+?)[》”\"]?$"
)
ARTICLE = re.compile(
    rf"\s*第\s*(?P<article>{NUMERAL}+)\s*条(?:之(?P<sub>{NUMERAL}+))?"
    rf"(?:\s*第\s*(?P<paragraph>{NUMERAL}+)\s*款)?"
    rf"(?:\s*第\s*[（(]?\s*(?P<item>{NUMERAL}+)\s*[）)]?\s*项)?"
)
BETWEEN = re.compile(r"\s*(?:、|，|,|和|以及|及|与|或者|或|至|到|—|-)(?=\s*第)")


@dataclass(frozen=True)
class Citation:
    """One law, or one article of it, as a text cites it."""

    text: str
    """The words of the text itself."""
    start: int
    end: int
    title: str = ""
    """The title in plain form, a short name replaced by the full one; "" for a number alone."""
    number: str = ""
    article: int | None = None
    sub: int = 0
    paragraph: int | None = None
    item: int | None = None

    @property
    def name(self) -> str:
        """Return what is cited, as it is shown."""
        return f"《{self.title}》" if self.title else self.number


def citations(text: str) -> list[Citation]:
    """Return what a text cites, in the order in which it stands there.

    An article is a citation of its own; several articles behind one title give several. What is
    introduced by 以下简称 is known by its short name afterwards.
    """
    titled = list(_titled(text))
    taken = iter(titled)
    last = next(taken, None)
    alone = []
    for one in _numbers(text):
        while last is not None and last.end <= one.start:
            last = next(taken, None)
        if last is None or one.end <= last.start:
            alone.append(one)
    return sorted([*titled, *alone], key=lambda one: one.start)


def _titled(text: str) -> Iterator[Citation]:
    """Yield the citations by title."""
    short: dict[str, str] = {}
    place = 0
    while found := TITLE.search(text, place):
        title = plain_title(found[1])
        title = short.get(title, title)
        number, place = _behind(text, found.end(), title, short)
        start = found.start()
        parts = list(_articles(text, place)) or [(start, place, {})]
        for begin, place, named in parts:
            begin = start if begin == parts[0][0] else begin
            yield Citation(text[begin:place], begin, place, title, number, **named)


def _behind(text: str, place: int, title: str, short: dict[str, str]) -> tuple[str, int]:
    """Read the brackets behind a title: its number, the short name by which it is known then."""
    number = ""
    while behind := BEHIND.match(text, place):
        name, numbered = SHORT_NAME.search(behind[1].strip()), NUMBER.search(behind[1])
        if not name and not numbered:
            break
        if name:
            short[plain_title(name[1])] = title
        if numbered:
            number = plain_number(numbered[0])
        place = behind.end()
    return number, place


def _articles(text: str, place: int) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield the articles named from a place on: begin, end, and what they name."""
    while found := ARTICLE.match(text, place):
        article = number_of(found["article"])
        yield (
            found.start(),
            found.end(),
            {
                "article": article,
                "sub": number_of(found["sub"]) or 0 if found["sub"] else 0,
                "paragraph": number_of(found["paragraph"]) if found["paragraph"] else None,
                "item": number_of(found["item"]) if found["item"] else None,
            },
        )
        between = BETWEEN.match(text, found.end())
        if between is None:
            return
        place = between.end()


def _numbers(text: str) -> Iterator[Citation]:
    """Yield the document numbers that stand in a text, without the words that lead to them."""
    for found in NUMBER.finditer(text):
        organ, is_order, _ = found[0].partition("令")
        if STATE in organ:
            start = found.start() + organ.rindex(STATE)
        else:
            leading = BEFORE_ORDER.match(organ) if is_order else BEFORE_LETTER.match(found[0])
            start = found.start() + (leading.end() if leading else 0)
        words = text[start : found.end()]
        if words[0] not in "令〔[［【﹝（(":
            yield Citation(words, start, found.end(), number=plain_number(words))
