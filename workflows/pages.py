"""Page through rows by key: far pages cost what the first one costs."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
SIZE = 20


@dataclass
class Page(Generic[Row]):
    """One page: its rows, and the key from which the next page goes on (empty on the last)."""

    rows: list[Row]
    next_key: str
    is_first: bool


def page_of_rows(
    rows: QuerySet[Row],
    after: str,
    *,
    by: tuple[str, str],
    along: tuple[str, ...] = (),
    size: int = SIZE,
) -> Page[Row]:
    """Return the page that follows a key.

    In: the rows; the key of the last row seen ("" for the first page; an unreadable one counts
    as such); two fields to sort by, the second unique, both with "-" or both without; the
    relations to read along, joined to the rows of the page alone.
    """
    return page_of_parts([rows], after, by=by, along=along, size=size)


def page_of_parts(
    parts: Sequence[QuerySet[Row]],
    after: str,
    *,
    by: tuple[str, str],
    along: tuple[str, ...] = (),
    size: int = SIZE,
) -> Page[Row]:
    """Return the page that follows a key in the union of parts that may overlap.

    Each part is asked for a page of its own by its index, so that the union is never sorted. A
    part may bring the field it is sorted by from another table, under the name `ordering_<field>`.
    """
    first, second = (name.lstrip("-") for name in by)
    side = "lt" if by[0].startswith("-") else "gt"
    key = _read(after)
    if key is not None:
        try:
            parts = [_beyond(rows, key, first, second, side) for rows in parts]
        except (TypeError, ValueError, ValidationError):
            key = None
    rows_by_key = {row.pk: row for rows in parts for row in _first_rows(rows, by, along, size + 1)}
    found = sorted(
        rows_by_key.values(),
        key=lambda row: (getattr(row, first), getattr(row, second)),
        reverse=side == "lt",
    )
    next_key = ""
    if len(found) > size:
        next_key = _write(getattr(found[size - 1], first), getattr(found[size - 1], second))
    return Page(found[:size], next_key, key is None)


def _first_rows(
    rows: QuerySet[Row], by: tuple[str, str], along: tuple[str, ...], most: int
) -> QuerySet[Row]:
    """Return the first rows in order; what is read along is joined after the cut."""
    first = by[0].lstrip("-")
    in_order = rows.order_by(by[0].replace(first, _ordering(rows, first)), by[1])
    if along:
        keys = in_order.values("pk")[:most]
        rows = rows.model._default_manager.filter(pk__in=keys).select_related(*along)
        return rows.order_by(*by)
    return in_order[:most]


def _ordering(rows: QuerySet[Row], name: str) -> str:
    """Return the field by whose index the rows are in order: their own, or the one they bring."""
    brought = f"ordering_{name}"
    return brought if brought in rows.query.annotations else name


def _beyond(
    rows: QuerySet[Row], key: tuple[Any, Any], first: str, second: str, side: str
) -> QuerySet[Row]:
    """Keep the rows that follow the key; raise where the key is of another kind than the field."""
    first = _ordering(rows, first)
    return rows.filter(
        Q(**{f"{first}__{side}": key[0]}) | Q(**{first: key[0], f"{second}__{side}": key[1]})
    )


def _write(first: Any, second: Any) -> str:
    shown = first.isoformat() if isinstance(first, date) else first
    return base64.urlsafe_b64encode(json.dumps([shown, second]).encode()).decode()


def _read(key: str) -> tuple[Any, Any] | None:
    try:
        first, second = json.loads(base64.urlsafe_b64decode(key.encode()))
        if not isinstance(second, int):
            return None
        if isinstance(first, str):
            moment = datetime if "T" in first else date
            return (moment.fromisoformat(first), second)
    except (ValueError, TypeError, binascii.Error):
        return None
    return (first, second)
