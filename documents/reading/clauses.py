"""Recognise the structure of Chinese documents: 章, 节, 条, 款, 项, 目, and 一、（一）1.

A clause is one paragraph of the text with its kind, its number and a label by which an official
would cite it: 第三条第二款第（一）项, or 二（三）1 in a notice. Nothing is dropped: the texts of
all clauses, in order, are the text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from documents.reading.numerals import NUMERAL, number_of, numeral
from documents.reading.paragraphs import Paragraph, Part, as_paragraphs

SPACE = "[ \t\u3000]"
CHINESE = "[零〇一二三四五六七八九十百]"
DIGIT = "[0-9０-９]"
# 第三条规定的…, 第三条第二款…, 第三条至… refer to an article and do not begin one.
REFERRING = rf"[，。；、的和或至到款项]|第|规定|[（(]{NUMERAL}+[）)]"
ORDERED = re.compile(
    rf"第{SPACE}*(?P<number>{NUMERAL}+){SPACE}*(?P<rank>[编章节条])(?:之(?P<sub>{NUMERAL}+))?"
    rf"(?!{REFERRING})"
)
HEADING = re.compile(rf"(?P<number>{CHINESE}+){SPACE}*[、．.]")
ITEM = re.compile(rf"[（(]{SPACE}*(?P<number>{CHINESE}+){SPACE}*[）)]")
POINT = re.compile(rf"(?P<number>{DIGIT}{{1,3}})(?:[、．]|\.(?!{DIGIT}))")
DECIMAL = re.compile(
    rf"(?P<number>{DIGIT}{{1,3}}(?:\.{DIGIT}{{1,3}}){{1,4}})(?![0-9０-９％%万亿元倍公平米吨年个])"
)
BRACKETED = re.compile(rf"[（(](?P<number>{DIGIT}{{1,3}})[）)]|(?P<ring>[①-⑳])")
ATTACHMENT = re.compile(rf"附{SPACE}*(?:件|录|表){SPACE}*(?P<number>{NUMERAL}*){SPACE}*(?:[:：]|$)")
DAY = re.compile(rf"{NUMERAL}{{4}}年{NUMERAL}{{1,2}}月{NUMERAL}{{1,3}}日")
SENTENCE_END = re.compile("[。；;！？!?：:，,、]$")
ABOVE_TITLE = re.compile(
    r"文件$|^(特急|加急|绝密|机密|秘密|内部)|^[（(]|[〔\[［(（]\d{4}[〕\]］)）].*号$"
)
NAMING = re.compile("[：:]")
"""甲方：…, 合同编号：… stand around a title and are none."""
LONGEST_TITLE = 120
TITLE_LINES = 12
SIGNATURE_LINES = 8
LONGEST_SIGNATURE = 40


class Kind(StrEnum):
    """Kinds of clauses; the value is what an official calls it."""

    TITLE = "标题"
    PART = "编"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    PARAGRAPH = "款"
    ITEM = "项"
    SUBITEM = "目"
    HEADING = "部分"
    POINT = "点"
    TEXT = "正文"
    ATTACHMENT = "附件"
    SIGNATURE = "落款"
    TABLE = "表格"
    NOTE = "注释"


APART = {Part.TABLE: Kind.TABLE, Part.NOTE: Kind.NOTE}
RANKS = {"编": Kind.PART, "章": Kind.CHAPTER, "节": Kind.SECTION, "条": Kind.ARTICLE}


@dataclass(frozen=True)
class Clause:
    """One paragraph of a text with its place in the structure."""

    kind: Kind
    number: int | None
    """Its number among its like; None where it bears none."""
    sub: int
    """The number behind 之 (第十二条之一 is 12 and 1), else 0."""
    label: str
    """How it is cited; empty for a title or plain text in front of the first number."""
    text: str
    index: int
    """Which paragraph of the text it is, counted from 0."""
    start: int
    """Where it begins in the paragraphs joined by line ends."""
    mark: int = 0
    """How many characters of the text are its own number (第三条　 or （一））."""

    @property
    def end(self) -> int:
        """Return where it ends in the paragraphs joined by line ends."""
        return self.start + len(self.text)

    @property
    def body(self) -> str:
        """Return its words without its own number."""
        return self.text[self.mark :].lstrip(" \t\u3000")


@dataclass(frozen=True)
class Mark:
    """What a paragraph begins with."""

    kind: Kind
    number: int | None
    sub: int = 0
    length: int = 0
    text: str = ""

    @property
    def shown(self) -> str:
        """Return the number as it stands, without what sets it off from the text."""
        return self.text.strip(" \t\u3000、．.")


def mark_of(text: str) -> Mark | None:
    """Return the number a paragraph begins with, whatever stands around it; None for plain text."""
    shift = len(text) - len(text.lstrip(" \t\u3000"))
    found = ORDERED.match(text, shift)
    if found:
        sub = number_of(found["sub"]) or 0 if found["sub"] else 0
        kind = RANKS[found["rank"]]
        return Mark(kind, number_of(found["number"]), sub, found.end(), found[0])
    for kind, pattern in (
        (Kind.ATTACHMENT, ATTACHMENT),
        (Kind.HEADING, HEADING),
        (Kind.ITEM, ITEM),
        (Kind.SUBITEM, DECIMAL),
        (Kind.POINT, POINT),
        (Kind.SUBITEM, BRACKETED),
    ):
        found = pattern.match(text, shift)
        if found:
            return Mark(kind, _value(found), 0, found.end(), found[0])
    return None


def _value(found: re.Match[str]) -> int | None:
    """Return the number of a mark; of 1.2.3 it is the last, of ③ it is 3."""
    if found.groupdict().get("ring"):
        return ord(found["ring"]) - ord("①") + 1
    return number_of(found["number"].rpartition(".")[2])


class _Numbering:
    """Where the reading stands: the open article or heading, and what was counted below it."""

    def __init__(self, attachment: str = "") -> None:
        self.attachment = attachment
        self.article = ""
        self.paragraphs = 0
        self.item = ""
        self.headings = [attachment, "", ""]

    @property
    def open_label(self) -> str:
        """Return the label of what stands open: a table belongs to the article above it."""
        return self._paragraph_label() if self.article else "".join(self.headings)

    def place(self, mark: Mark | None) -> tuple[Kind, int | None, str]:
        """Return kind, number and label of the next paragraph."""
        if mark is None:
            return self._plain()
        if mark.kind in RANKS.values():
            return self._ordered(mark)
        if mark.kind is Kind.ATTACHMENT:
            return mark.kind, mark.number, self.attachment
        if self.article:
            return self._within_article(mark)
        return self._within_heading(mark)

    def _ordered(self, mark: Mark) -> tuple[Kind, int | None, str]:
        """Open a chapter, a section or an article."""
        sub = f"之{numeral(mark.sub)}" if mark.sub else ""
        label = f"{self.attachment}第{numeral(mark.number or 0)}{mark.kind.value}{sub}"
        self.item = ""
        self.article, self.paragraphs = ("", 0) if mark.kind is not Kind.ARTICLE else (label, 1)
        return mark.kind, mark.number, label

    def _within_article(self, mark: Mark) -> tuple[Kind, int | None, str]:
        """Place an item or sub-item below the open 款."""
        place = self._paragraph_label()
        if mark.kind in (Kind.ITEM, Kind.HEADING):
            self.item = f"第（{numeral(mark.number or 0)}）项"
            return Kind.ITEM, mark.number, place + self.item
        if "." in mark.shown:
            return Kind.SUBITEM, mark.number, place + mark.shown
        return Kind.SUBITEM, mark.number, f"{place}{self.item}第{mark.number}目"

    def _paragraph_label(self) -> str:
        """Name the open 款; whether its article has more than one is known only afterwards."""
        return f"{self.article}\0{numeral(self.paragraphs)}\0"

    def _within_heading(self, mark: Mark) -> tuple[Kind, int | None, str]:
        """Place 一、（一）1.（1） where there is no article."""
        number = numeral(mark.number or 0)
        if mark.kind is Kind.HEADING:
            self.headings = [f"{self.attachment}{number}", "", ""]
        elif mark.kind is Kind.ITEM:
            self.headings[1:] = [f"（{number}）", ""]
        elif mark.kind is Kind.POINT:
            self.headings[2] = mark.shown
        else:
            above = self.headings[:2] if "." in mark.shown else self.headings
            return mark.kind, mark.number, "".join(above) + mark.shown
        return mark.kind, mark.number, "".join(self.headings)

    def _plain(self) -> tuple[Kind, int | None, str]:
        """Count a further 款 of the open article, or give plain text its heading's label."""
        if self.article:
            self.paragraphs += 1
            self.item = ""
            return Kind.PARAGRAPH, self.paragraphs, self._paragraph_label()
        return Kind.TEXT, None, "".join(self.headings)


def recognise(texts: Iterable[Paragraph | str]) -> list[Clause]:
    """Return one clause per paragraph, in order."""
    paragraphs = as_paragraphs(texts)
    marks = [mark_of(one.text) if one.part is Part.BODY else None for one in paragraphs]
    unnumbered = _unnumbered(paragraphs, marks)
    numbering = _Numbering()
    rows: list[Clause] = []
    start = 0
    for index, (paragraph, mark) in enumerate(zip(paragraphs, marks, strict=True)):
        if mark and mark.kind is Kind.ATTACHMENT:
            numbering = _Numbering(f"附件{mark.number or ''}")
        if index in unnumbered:
            kind, number, label = unnumbered[index], None, ""
        elif paragraph.part in APART:
            kind, number, label = APART[paragraph.part], None, numbering.open_label
        else:
            kind, number, label = numbering.place(mark)
        sub, length = (mark.sub, mark.length) if mark and number else (0, 0)
        rows.append(Clause(kind, number, sub, label, paragraph.text, index, start, length))
        start += len(paragraph.text) + 1
    return _with_paragraph_labels(rows)


def _unnumbered(paragraphs: Sequence[Paragraph], marks: Sequence[Mark | None]) -> dict[int, Kind]:
    """Find the lines of titles and signatures by their place and look."""
    texts = [one.text if one.part is Part.BODY else "。" for one in paragraphs]
    ends = dict.fromkeys(_signature_lines(texts, marks), Kind.SIGNATURE)
    return ends | dict.fromkeys(_title_lines(texts, marks), Kind.TITLE)


def _title_lines(paragraphs: Sequence[str], marks: Sequence[Mark | None]) -> set[int]:
    """Find the title: the lines in front that are no sentence, up to one that names the document.

    A title may run over several lines; what stands above it (number, secrecy) belongs to it, what
    stands below it in brackets (通过日期) too; lines that name parties or numbers do not.
    """
    lines: set[int] = set()
    for index, text in enumerate(paragraphs[:TITLE_LINES]):
        bare = text.strip(" \t\u3000")
        if marks[index] or len(bare) > LONGEST_TITLE or SENTENCE_END.search(bare):
            break
        if not NAMING.search(bare):
            lines.add(index)
    return lines if len(lines) < len(paragraphs) else {0} if lines else set()


def _signature_lines(paragraphs: Sequence[str], marks: Sequence[Mark | None]) -> set[int]:
    """Find the signatures in front of attachments and at the end: short lines, one a day."""
    ends = [i for i, mark in enumerate(marks) if mark and mark.kind is Kind.ATTACHMENT and i > 1]
    found: set[int] = set()
    for end in (*ends, len(paragraphs)):
        lines = _signature_above(paragraphs, marks, end)
        if any(DAY.search(paragraphs[index]) for index in lines):
            found |= lines
    return found


def _signature_above(paragraphs: Sequence[str], marks: Sequence[Mark | None], end: int) -> set[int]:
    """Find the short lines in front of a place that are neither numbered nor sentences."""
    lines: set[int] = set()
    for index in range(end - 1, max(end - 1 - SIGNATURE_LINES, 0), -1):
        bare = paragraphs[index].strip(" \t\u3000")
        if marks[index] or len(bare) > LONGEST_SIGNATURE or SENTENCE_END.search(bare):
            break
        lines.add(index)
    return lines


def _with_paragraph_labels(rows: list[Clause]) -> list[Clause]:
    """Name the 款 only where an article has more than one."""
    counts: dict[str, int] = {}
    for clause in rows:
        if clause.kind is Kind.PARAGRAPH:
            counts[clause.label.partition("\0")[0]] = clause.number or 1
    return [_named(clause, counts) for clause in rows]


def _named(clause: Clause, counts: dict[str, int]) -> Clause:
    """Give a clause the label that says its 款 where there is a choice."""
    article, _, rest = clause.label.partition("\0")
    number, _, below = rest.partition("\0")
    many = counts.get(article, 1) > 1
    if clause.kind is Kind.ARTICLE and many:
        return replace(clause, label=f"{article}第一款")
    return replace(clause, label=f"{article}第{number}款{below}" if many else article + below)


def title_of(clauses: Sequence[Clause]) -> str:
    """Return the title of a document as one line; empty where none was recognised."""
    lines = [one.text.strip(" \t\u3000") for one in clauses if one.kind is Kind.TITLE]
    return "".join(line for line in lines if not ABOVE_TITLE.search(line))


def clause_at(clauses: Sequence[Clause], place: int) -> Clause | None:
    """Return the clause in which a place of the joined text lies."""
    low, high = 0, len(clauses)
    while low < high:
        middle = (low + high) // 2
        if clauses[middle].start <= place:
            low = middle + 1
        else:
            high = middle
    return clauses[low - 1] if low else None
