"""Compose a statement once in the life of a process, and ask it with other values each time.

Django writes the text of a statement anew whenever it is asked. For the few statements of every
act and every page that takes longer than the database needs to answer them.
"""

from collections.abc import Callable
from copy import copy
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from django.db import connections, models, transaction

Row = TypeVar("Row", bound=models.Model)
Placed = tuple[int | None, Any]
"""A parameter of the statement: the place of the value it takes, or what it always is."""

_FIRST_NUMBER, _FIRST_DAY = 2_147_000_000, date(1, 1, 1)


class Prepared(Generic[Row]):
    """A query set for statements that differ in values alone.

    `compose` takes a value of each of the `kinds` (int, str or date, never None) and returns the
    query set; which statement it is must not depend on them.
    """

    def __init__(self, compose: Callable[..., models.QuerySet[Row]], *kinds: type) -> None:
        """Keep how to compose the statement; nothing is asked yet."""
        self._compose = compose
        self._kinds = kinds
        self._statement: _Statement | None = None

    def __call__(self, *values: Any) -> list[Row]:
        """Ask the database and return the rows."""
        if self._statement is None:
            placeholders = [_placeholder(kind, n) for n, kind in enumerate(self._kinds)]
            self._statement = _Statement(self._compose(*placeholders), placeholders)
        return self._statement.ask(values)


class _Statement:
    """The text of a statement, with the places of its values."""

    def __init__(self, rows: models.QuerySet[Any], placeholders: list[Any]) -> None:
        """Write the text, with placeholders where the values will stand."""
        self._rows = rows
        self._compiler = rows.query.get_compiler(using=rows.db)
        self._text, written = self._compiler.as_sql()
        columns = [column for column, *_ in self._compiler.select]
        self._converters = self._compiler.get_converters(columns)
        asked_as = _written_for(rows.db)
        known = {asked_as(value): n for n, value in enumerate(placeholders)}
        self._places: list[Placed] = [
            (known.get(each) if isinstance(each, int | str | date) else None, each)
            for each in written
        ]
        if {place for place, _ in self._places} - {None} != set(range(len(placeholders))):
            raise ValueError(f"a value stands nowhere in the statement: {self._text}")

    def ask(self, values: tuple[Any, ...]) -> list[Any]:
        """Return the rows for these values."""
        database = self._rows.db
        written = [_written_for(database)(value) for value in values]
        parameters = tuple(
            always if place is None else written[place] for place, always in self._places
        )
        if self._rows.query.select_for_update and connections[database].get_autocommit():
            raise transaction.TransactionManagementError("rows are locked within a transaction")
        ready: Any = _Ready(self._compiler, database, self._text, parameters, self._converters)
        return list(type(self._rows)(self._rows.model, ready, database))


class _Ready:
    """Stands for the query of a query set whose statement is written already."""

    def __init__(
        self,
        compiler: Any,
        database: str,
        text: str,
        parameters: tuple[Any, ...],
        converters: dict[int, Any],
    ) -> None:
        """Lend the compiler, which knows what the columns are, this thread's connection."""
        self._compiler = copy(compiler)
        self._compiler.connection = connections[database]
        self._compiler.as_sql = lambda *_, **__: (text, parameters)
        self._compiler.get_converters = lambda _: converters

    def get_compiler(self, **_: Any) -> Any:
        """Return the compiler that asks the statement as it is."""
        return self._compiler


def _placeholder(kind: type, n: int) -> Any:
    """Return a value that stands for nothing else in a statement."""
    if kind is str:
        return f"value {n} of a prepared statement"
    return _FIRST_DAY + timedelta(days=n) if kind is date else _FIRST_NUMBER + n


def _written_for(database: str) -> Callable[[Any], Any]:
    """Return how a database takes a value: SQLite knows no dates."""
    adapted = connections[database].ops.adapt_datefield_value
    return lambda value: adapted(value) if isinstance(value, date) else value
