"""Say what the words of a paper are, check them, and freeze them as canonical JSON.

A paper is words plus a template. The words are plain text in a fixed shape; no template and no
file format ever reads markup, formulas or code out of them.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypedDict, cast

WIDE_FIELD = 14
"""Characters from which the value of a form's field takes the whole row."""

WIDE_TABLE = 7
"""Columns from which a form without a say of its own is set landscape."""


class Table(TypedDict, total=False):
    """A table: `caption`, head `columns`, text `rows`, and relative `widths` of the columns."""

    caption: str
    columns: list[str]
    rows: list[list[str]]
    widths: list[float]


class Section(TypedDict, total=False):
    """A section: `heading`, `level` 1 (黑体) or 2 (楷体), `paragraphs` and `tables`."""

    heading: str
    level: int
    paragraphs: list[str]
    tables: list[Table]


class Field(TypedDict, total=False):
    """A field of a form: `label` and `value`; `wide` takes the whole row."""

    label: str
    value: str
    wide: bool


class Opinion(TypedDict, total=False):
    """An opinion box of a form; empty `paragraphs` leave place to write by hand."""

    label: str
    paragraphs: list[str]
    signed_as: str
    signer: str
    date: str


class Words(TypedDict, total=False):
    """The words of a paper; every key may be left out, unknown keys are refused.

    `issuer` 发文机关标志, `number` 文号, `title`, `to` 主送 (without colon), `paragraphs`,
    `sections`, `tables`, `fields` and `opinions` of a form, `attachments` 附件说明, `unit` 署名,
    `date` 成文日期, `cc` 抄送, `printed_by` and `printed_on` 印发, `landscape`, and `notice`,
    a mark in the corner such as 示例数据.
    """

    issuer: str
    number: str
    title: str
    to: str
    paragraphs: list[str]
    sections: list[Section]
    tables: list[Table]
    fields: list[Field]
    opinions: list[Opinion]
    attachments: list[str]
    unit: str
    date: str
    cc: str
    printed_by: str
    printed_on: str
    landscape: bool
    notice: str


class BadWords(ValueError):
    """Words of the wrong shape: a fault of the code that made them."""


class WordsChanged(RuntimeError):
    """Frozen words that no longer match their digest."""


def chinese_date(on: date) -> str:
    """Write a day as official documents do: 2026年11月22日."""
    return f"{on.year}年{on.month}月{on.day}日"


def complete(words: Mapping[str, Any]) -> Words:
    """Check and clean the words and fill what is left out; raise `BadWords` for a wrong shape."""
    known = _only_known(words, Words)
    tables = [_table(table) for table in known.get("tables", [])]
    landscape = known.get("landscape")
    if landscape is None:
        landscape = any(len(table["columns"]) >= WIDE_TABLE for table in tables)
    texts = {
        key: _line(known.get(key, "")) for key, kind in Words.__annotations__.items() if kind is str
    }
    filled = {
        **texts,
        "paragraphs": _paragraphs(known.get("paragraphs", [])),
        "sections": [_section(section) for section in known.get("sections", [])],
        "tables": tables,
        "fields": [_field(field) for field in known.get("fields", [])],
        "opinions": [_opinion(opinion) for opinion in known.get("opinions", [])],
        "attachments": [_line(title) for title in _listed(known.get("attachments", []))],
        "landscape": bool(landscape),
    }
    return cast(Words, filled)


def freeze(words: Mapping[str, Any]) -> tuple[str, str]:
    """Return the completed words as canonical JSON text and its SHA-256 digest."""
    text = json.dumps(complete(words), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text, digest_of(text)


def thaw(text: str, digest: str) -> Words:
    """Read frozen words back; raise `WordsChanged` when they do not match their digest."""
    if digest_of(text) != digest:
        raise WordsChanged("文书内容与登记的摘要不一致。")
    words: Words = json.loads(text)
    return words


def digest_of(text: str) -> str:
    """Return the SHA-256 digest of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def characters(words: Any) -> set[str]:
    """Return every character that the words put on paper."""
    return {character for text in _texts(words) for character in text}


def _texts(words: Any) -> Iterator[str]:
    """Yield every text in the words, at any depth."""
    if isinstance(words, str):
        yield words
    elif isinstance(words, Mapping):
        for value in words.values():
            yield from _texts(value)
    elif isinstance(words, Sequence):
        for value in words:
            yield from _texts(value)


def _only_known(given: Any, shape: Any) -> dict[str, Any]:
    """Return the mapping if all its keys are known to the shape."""
    if not isinstance(given, Mapping):
        raise BadWords(f"{shape.__name__} must be a mapping, not {type(given).__name__}")
    unknown = set(given) - set(shape.__annotations__)
    if unknown:
        raise BadWords(f"{shape.__name__} knows no {', '.join(sorted(map(str, unknown)))}")
    return dict(given)


def _listed(given: Any) -> Sequence[Any]:
    """Return a list as it is; refuse a bare text, which would fall into its characters."""
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise BadWords(f"a list is wanted, not {type(given).__name__}")
    return given


def _clean(value: Any) -> str:
    """Return text in one normal form, without control and direction-changing characters."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        character
        for character in text
        if character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}
    )


def _line(value: Any) -> str:
    """Return text on one line."""
    return " ".join(_clean(value).split("\n")).strip()


def _paragraphs(given: Any) -> list[str]:
    """Return the paragraphs, split at the line ends a person typed; empty ones dropped."""
    pieces = (piece.strip() for text in _listed(given) for piece in _clean(text).split("\n"))
    return [piece for piece in pieces if piece]


def _section(given: Any) -> Section:
    known = _only_known(given, Section)
    level = known.get("level", 1)
    if level not in (1, 2):
        raise BadWords("level of a section is 1 or 2")
    return {
        "heading": _line(known.get("heading", "")),
        "level": level,
        "paragraphs": _paragraphs(known.get("paragraphs", [])),
        "tables": [_table(table) for table in known.get("tables", [])],
    }


def _table(given: Any) -> Table:
    known = _only_known(given, Table)
    return {
        "caption": _line(known.get("caption", "")),
        "columns": [_line(cell) for cell in _listed(known.get("columns", []))],
        "rows": [[_clean(cell).strip() for cell in _listed(row)] for row in known.get("rows", [])],
        "widths": [float(width) for width in known.get("widths", [])],
    }


def _field(given: Any) -> Field:
    known = _only_known(given, Field)
    value = _clean(known.get("value", "")).strip()
    wide = known.get("wide", len(value) > WIDE_FIELD or "\n" in value)
    return {"label": _line(known.get("label", "")), "value": value, "wide": bool(wide)}


def _opinion(given: Any) -> Opinion:
    known = _only_known(given, Opinion)
    return {
        "label": _line(known.get("label", "")),
        "paragraphs": _paragraphs(known.get("paragraphs", [])),
        "signed_as": _line(known.get("signed_as", "签字（盖章）")),
        "signer": _line(known.get("signer", "")),
        "date": _line(known.get("date", "")),
    }
