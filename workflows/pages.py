"""Page through rows by key: far pages cost what the first one costs."""

import base64
import binascii
import json
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
    rows: QuerySet[Row], after: str, *, by: tuple[str, str], size: int = SIZE
) -> Page[Row]:
    """Return the page that follows a key.

    In: the rows; the key of the last row seen ("" for the first page; an unreadable one counts
    as such); two fields to sort by, the second unique, both with "-" or both without.
    """
    first, second = (name.lstrip("-") for name in by)
    side = "lt" if by[0].startswith("-") else "gt"
    key = _read(after)
    if key is not None:
        try:
            rows = _beyond(rows, key, first, second, side)
        except (TypeError, ValueError, ValidationError):
            key = None
    found = list(rows.order_by(*by)[: size + 1])
    next_key = ""
    if len(found) > size:
        found.pop()
        next_key = _write(getattr(found[-1], first), getattr(found[-1], second))
    return Page(found, next_key, key is None)


def _beyond(
    rows: QuerySet[Row], key: tuple[Any, Any], first: str, second: str, side: str
) -> QuerySet[Row]:
    """Keep the rows that follow the key; raise where the key is of another kind than the field."""
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
