"""Read and write the numbers of Chinese texts: 一百二十三, 〇, 两, 123, １２３."""

import re

DIGITS = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    **{digit: value for value, digit in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{digit: value for value, digit in enumerate("0123456789")},
    **{digit: value for value, digit in enumerate("０１２３４５６７８９")},
    "两": 2,
}
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
NUMERAL = "[零〇一二三四五六七八九十百千万两0-9０-９]"
"""A character of a number, as a class for regular expressions."""

LONGEST = 12
PLACES = ("", "十", "百", "千")


def number_of(text: str) -> int | None:
    """Return the number a numeral means, of any size below 10¹⁶; None where it is none."""
    if not text or len(text) > 4 * LONGEST:
        return None
    if all(one in DIGITS for one in text):
        return int("".join(str(DIGITS[one]) for one in text))
    total = section = digit = 0
    for one in text:
        if one in DIGITS:
            digit = DIGITS[one]
        elif one in TENS:
            section += (digit or 1) * TENS[one]
            digit = 0
        elif one in MYRIADS:
            total = (total + section + digit) * MYRIADS[one]
            section = digit = 0
        else:
            return None
    return total + section + digit


def numeral(number: int) -> str:
    """Write a number from 0 to 99 999 999 as statutes do: 十二, 一百零三, 一万二千."""
    if number < 20:
        return "零一二三四五六七八九"[number] if number < 10 else "十" + _units(number - 10)
    above, below = divmod(number, 10_000)
    if above:
        gap = "零" if 0 < below < 1000 else ""
        return f"{numeral(above)}万{gap}{_section(below)}"
    return _section(number)


def _units(digit: int) -> str:
    """Write a digit that may be absent."""
    return numeral(digit) if digit else ""


def _section(number: int) -> str:
    """Write a number below 10 000, with 零 for skipped places."""
    written = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += "零一二三四五六七八九"[digit] + PLACES[place]
        elif written and not written.endswith("零"):
            written += "零"
    return written.rstrip("零") if number else ""


def chinese_digits(number: int) -> str:
    """Write the digits one by one: 2025 is 二〇二五."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def is_numeral(text: str) -> bool:
    """Tell whether a text is one numeral and nothing else."""
    return re.fullmatch(f"{NUMERAL}+", text) is not None
