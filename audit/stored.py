"""Read rows exactly as they are stored, past every conversion that could hide a change.

Django's converters forgive: on SQLite they read `2025-09-26T09:00` and `2025-09-26 09:00:00.0` as
the same moment, and text as a number. Here a value that is not written the way the project writes
it is unreadable, and an unreadable row spoils no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import DatabaseError, connection, models

from audit.chain import moment_text

CHUNK = 2000
# SQLite's driver fails to decode even its own complaint about some damage: a ValueError.
UNREADABLE = (DatabaseError, ValueError, OverflowError)

Reader = Callable[[Any], int | str]


@dataclass(frozen=True)
class StoredRow:
    """原始行: the key, and either the values by column or what cannot be read."""

    key: int
    values: dict[str, Any]
    fault: str = ""


def rows(model: type[models.Model], start: int = -(2**63)) -> Iterator[StoredRow]:
    """Give the rows from a key on, in the order of the key, a chunk at a time."""
    while True:
        chunk = _chunk(model, start)
        yield from chunk
        if len(chunk) < CHUNK:
            return
        start = chunk[-1].key + 1


def _chunk(model: type[models.Model], start: int) -> list[StoredRow]:
    """Read a chunk at once; where that fails, row by row."""
    try:
        found = list(_select(model, _columns(model), ">=", start))
    except UNREADABLE:
        return _piecemeal(model, start)
    return [_row(model, raw) for raw in found]


def _piecemeal(model: type[models.Model], start: int) -> list[StoredRow]:
    """Read a damaged chunk row by row, as far as its keys can be followed."""
    keys: list[int] = []
    try:
        for (key,) in _select(model, _columns(model)[:1], ">=", start):
            keys.append(key)
    except UNREADABLE:
        lost = keys[-1] + 1 if keys else max(start, 1)
        return [*(_single(model, key) for key in keys), StoredRow(lost, {}, "此条起无法读取")]
    return [_single(model, key) for key in keys]


def _single(model: type[models.Model], key: int) -> StoredRow:
    """Read one row of a chunk that could not be read at once."""
    try:
        return _row(model, next(_select(model, _columns(model), "=", key)))
    except (*UNREADABLE, StopIteration):
        return StoredRow(key, {}, "数据库中的字节无法读取")


def _select(
    model: type[models.Model], columns: list[str], comparison: str, key: int
) -> Iterator[tuple[Any, ...]]:
    """Give raw values one by one; on SQLite a unary plus keeps the driver from converting them."""
    table = connection.ops.quote_name(model._meta.db_table)
    pk = connection.ops.quote_name(model._meta.pk.attname)
    plus = "+" if connection.vendor == "sqlite" else ""
    listed = ", ".join(plus + connection.ops.quote_name(column) for column in columns)
    # Names come from the models alone.
    statement = f"SELECT {listed} FROM {table} WHERE {pk} {comparison} %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY {pk} LIMIT {CHUNK}", [key])
        for raw in cursor:
            # For a column that its damaged schema lacks SQLite gives the column's name.
            _number(raw[0])
            yield raw


def _columns(model: type[models.Model]) -> list[str]:
    """Name the stored columns, the key first."""
    return [field.attname for field, _ in _readers(model)]


@cache
def _readers(model: type[models.Model]) -> list[tuple[models.Field[Any, Any], Reader]]:
    """List the stored fields with what reads their raw values, the key first."""
    fields = sorted(model._meta.concrete_fields, key=lambda field: not field.primary_key)
    return [(field, _reader(field)) for field in fields]


def _reader(field: models.Field[Any, Any]) -> Reader:
    """Choose what gives a raw value as digests use it and refuses one not written by us."""
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return _day
    return _number if isinstance(field, models.IntegerField | models.AutoField) else _text


def _row(model: type[models.Model], raw: tuple[Any, ...]) -> StoredRow:
    """Check and name the values of a row."""
    values: dict[str, Any] = {}
    for (field, read), value in zip(_readers(model), raw, strict=True):
        try:
            values[field.attname] = read(value)
        except ValueError:
            return StoredRow(raw[0], {}, f"“{field.verbose_name}”一栏无法读取")
    return StoredRow(raw[0], values)


def _number(raw: Any) -> int:
    """Read a stored number."""
    if type(raw) is not int:
        raise ValueError(raw)
    return raw


def _text(raw: Any) -> str:
    """Read a stored text."""
    if type(raw) is not str:
        raise ValueError(raw)
    return raw


def _moment(raw: Any) -> str:
    """Read a stored moment; SQLite keeps it as text in the connection's zone."""
    if isinstance(raw, datetime):
        return moment_text(raw)
    naive = datetime.fromisoformat(_text(raw))
    if naive.tzinfo or str(naive) != raw:
        raise ValueError(raw)
    return moment_text(naive.replace(tzinfo=connection.timezone))


def _day(raw: Any) -> str:
    """Read a stored day; SQLite keeps it as text."""
    day = raw if isinstance(raw, date) else date.fromisoformat(_text(raw))
    if raw not in {day, day.isoformat()}:
        raise ValueError(raw)
    return day.isoformat()
