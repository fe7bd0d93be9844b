"""Form registration numbers and hold the conditions of the three unified steps (LR-30, LR-4)."""

import re
from datetime import date
from typing import Any

from legality_review.rules.matters import MAY_ISSUE, Issuer
from workflows.conditions import Verdict, met_if
from workflows.parameters import Parameter

PLACES = ("region", "year", "unit", "serial")
DIVISION_DIGITS = 6
"""Digits of a code that name the county (GB/T 2260); those after them name the township."""


def _pattern(text: str) -> str:
    """Read a pattern; raise ValueError where a place of it lacks or is unknown."""
    try:
        text.format(**dict.fromkeys(PLACES, "1"))
    except (KeyError, IndexError, ValueError):
        raise ValueError(f"只能使用{'、'.join(f'{{{name}}}' for name in PLACES)}。") from None
    lacking = [f"{{{name}}}" for name in ("year", "unit", "serial") if f"{{{name}}}" not in text]
    if lacking:
        raise ValueError(f"缺少{'、'.join(lacking)}。")
    return text


REGION_LETTERS = Parameter(
    "legality_review.region_letters", "登记号地区字母", "LL", "LR-30", "memory-L"
)
REGISTRATION_PATTERN = Parameter(
    "legality_review.registration_pattern", "登记号格式", "{region}DR-{year}-{unit}{serial}",
    "LR-30", "memory-L", parse=_pattern,
)  # fmt: skip
UNIT_DIGITS = Parameter(
    "legality_review.unit_digits", "登记号中制定机关代码的位数", 3, "LR-30", "memory-L"
)
SERIAL_DIGITS = Parameter(
    "legality_review.serial_digits", "登记号中顺序号的位数", 4, "LR-30", "memory-L"
)
DOCUMENT_NUMBER = re.compile(r".+〔\d{4}〕\d+号")


def unit_code(unit: Any, on: date) -> str:
    """Return the digits that name an issuer: those of its township; a county's are all zero."""
    digits = re.sub(r"\D", "", unit.code)[DIVISION_DIGITS:]
    return digits.zfill(UNIT_DIGITS.on(on))


def _around_serial(year: int, unit: str, on: date) -> tuple[str, str]:
    """Return what stands before and after the serial in the numbers of an issuer and year."""
    pattern: str = REGISTRATION_PATTERN.on(on)
    text = pattern.format(region=REGION_LETTERS.on(on), year=year, unit=unit, serial="\0")
    before, _, after = text.partition("\0")
    return before, after


def number_of(year: int, unit: str, serial: int, on: date) -> str:
    """Write a registration number: LLDR-2025-0010001 (LR-30)."""
    before, after = _around_serial(year, unit, on)
    return f"{before}{str(serial).zfill(SERIAL_DIGITS.on(on))}{after}"


def serial_in(number: str, year: int, unit: str, on: date) -> int | None:
    """Return the serial that a number of this issuer and year carries; None for another pattern."""
    before, after = _around_serial(year, unit, on)
    middle = number.removeprefix(before).removesuffix(after)
    if number != f"{before}{middle}{after}" or not (middle.isascii() and middle.isdecimal()):
        return None
    return int(middle) or None


def registration_defects(
    document_number: str, printed_on: date, adopted_on: date | None, on: date
) -> list[str]:
    """Return what stands against registering: a number of the issuer, printed after adoption."""
    found = []
    if not DOCUMENT_NUMBER.fullmatch(document_number.strip()):
        found.append("文号应写成“云政发〔2025〕3号”的样式（LR-30）。")
    if adopted_on and printed_on < adopted_on:
        found.append(f"印发日期不能早于通过日期{adopted_on}（LR-30）。")
    if printed_on > on:
        found.append("印发日期不能晚于今天。")
    return found


def origin_defects(opinion_number: str, is_from_before: bool) -> list[str]:
    """Return why a text may not be registered: unreviewed it cannot have been adopted (LR-17)."""
    if opinion_number or is_from_before:
        return []
    return ["未经合法性审查的文件不得提交集体讨论，也不得登记（LR-17）。"]


def may_issue(case: Any, on: date) -> Verdict:
    """Only some bodies may issue a normative document (LR-4)."""
    return met_if(
        case.issuer_type in MAY_ISSUE,
        f"{Issuer(case.issuer_type).label}不得制定规范性文件（LR-4）。",
    )


def is_registered(case: Any, on: date) -> Verdict:
    """No publication without registration number (LR-30)."""
    return met_if(case.registration_number, "没有登记号的规范性文件不得公布（LR-30）。")


def is_from_before(case: Any, on: date) -> Verdict:
    """Only what existed before the system is entered with what is known of it."""
    return met_if(case.is_from_before, "本文件经审查登记，不能补录。")


def is_new(case: Any, on: date) -> Verdict:
    """What existed before the system has a number already."""
    return met_if(not case.is_from_before, "本文件为系统启用前的文件，请补录登记信息。")
