"""Count the automatic numbers of Word lists: 第一条, （一）, 1.2, as the page shows them."""

import re
from dataclasses import dataclass, field
from typing import Any

from documents.reading.numerals import chinese_digits, numeral

MOST_LEVELS = 9
LARGEST = 99_999
LEGAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)}
PLACE = re.compile("%([1-9])")


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    is_legal: bool = False
    """Whether all numbers in it are written in digits."""
    restarts: bool = True


@dataclass
class Lists:
    """The lists a document declares, and how far each has been counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """Levels by the abstract list's id."""
    abstract: dict[str, str] = field(default_factory=dict)
    """Which abstract list a list follows."""
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    """From which number a list starts anew."""
    own_levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    style_levels: dict[tuple[str, str], int] = field(default_factory=dict)
    """Which level of an abstract list a paragraph style stands for."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, number_id: str, style: str) -> int:
        """Return the level a style stands for in a list."""
        return self.style_levels.get((self.abstract.get(number_id, ""), style), 0)

    def next(self, number_id: str, depth: int) -> str:
        """Count one further paragraph of a list and return its number with what follows it."""
        abstract = self.abstract.get(number_id)
        if abstract is None or not 0 <= depth < MOST_LEVELS:
            return ""
        level = self._level(number_id, depth)
        counts = self._counts.setdefault(abstract, {})
        self._count(number_id, depth, counts, level)
        return self._written(number_id, level, counts)

    def _level(self, number_id: str, depth: int) -> Level:
        """Return how a level of a list is numbered."""
        own = self.own_levels.get((number_id, depth))
        return own or self.levels.get(self.abstract[number_id], {}).get(depth, Level())

    def _count(self, number_id: str, depth: int, counts: dict[int, int], level: Level) -> None:
        """Step a level forward and let the levels below it begin again."""
        restart = self.overrides.get((number_id, depth))
        if restart is not None and (number_id, depth) not in self._begun:
            counts[depth] = restart
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self._begun.add((number_id, depth))
        for below in [one for one in counts if one > depth]:
            if self._level(number_id, below).restarts:
                del counts[below]

    def _written(self, number_id: str, level: Level, counts: dict[int, int]) -> str:
        """Write the number as the level's pattern says."""

        def place(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            shown = self._level(number_id, depth)
            kind = "decimal" if level.is_legal else shown.format
            return formatted(counts.get(depth, shown.start), kind)

        if level.format == "bullet":
            written = "•" if any("\ue000" <= one <= "\uf8ff" for one in level.text) else level.text
        else:
            written = PLACE.sub(place, level.text)
        return written + ("" if level.suffix == "nothing" or not written else " ")


def formatted(number: int, kind: str) -> str:
    """Write a number in one of Word's formats; digits where the format is unknown."""
    if not 0 <= number <= LARGEST:
        return str(number)
    writer = WRITERS.get(kind)
    return writer(number) if writer else str(number)


def _roman(number: int) -> str:
    """Write a Roman number in small letters."""
    written = ""
    for value, letters in ROMAN:
        times, number = divmod(number, value)
        written += letters * min(times, 99)
    return written


def _letters(number: int) -> str:
    """Write a, b … z, aa, bb … as Word does."""
    if not number:
        return "0"
    turns, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * min(turns + 1, 99)


def _ring(number: int) -> str:
    """Write ① to ⑳."""
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)


def _legal(number: int) -> str:
    """Write 壹, 贰, 壹拾贰."""
    written = numeral(number)
    written = "一" + written if written.startswith("十") else written
    table = str.maketrans("零一二三四五六七八九十百千", LEGAL + "拾佰仟")
    return written.translate(table)


def _of_row(row: str) -> Any:
    """Write by the characters of a row, digits beyond its end."""
    return lambda number: row[number - 1] if 1 <= number <= len(row) else str(number)


WRITERS: dict[str, Any] = {
    **dict.fromkeys(
        (
            "chineseCounting", "chineseCountingThousand", "taiwaneseCounting",
            "taiwaneseCountingThousand", "japaneseCounting", "koreanCounting",
        ),
        numeral,
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand"), chinese_digits),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional"), _legal),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _ring),
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(FULL_WIDTH),
    "ideographTraditional": _of_row(STEMS),
    "ideographZodiac": _of_row(BRANCHES),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda number: "",
}  # fmt: skip
