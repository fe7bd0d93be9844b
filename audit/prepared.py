"""Compose a statement once in the life of a process, and ask it with other values each time.

Django writes the text of a statement anew whenever it is asked. For the few statements of every
act and every page that takes longer than the database needs to answer them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connections, models, transaction
from django.db.models.query import get_related_populators

from audit.planning import Planned

Row = TypeVar("Row", bound=models.Model)
Placed = tuple[int | None, Any]
"""A parameter of the statement: the place of the value it takes, or what it always is."""

_FIRST_NUMBER, _FIRST_DAY = 2_147_000_000, date(1, 1, 1)
_FIRST_MOMENT = datetime(2, 1, 1, tzinfo=UTC)


class Prepared(Generic[Row]):
    """A query set for statements that differ in values alone.

    `compose` takes a value of each of the `kinds` (int, str, date, datetime or UUID, never None)
    and returns the query set; which statement it is must not depend on them.
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
        compiler = rows.query.get_compiler(using=rows.db)
        self._text, written = compiler.as_sql()
        self._read(compiler)
        asked_as = _written_for(rows.db)
        known = {asked_as(value): n for n, value in enumerate(placeholders)}
        self._places: list[Placed] = [
            (known.get(each) if isinstance(each, int | str | date | UUID) else None, each)
            for each in written
        ]
        if {place for place, _ in self._places} - {None} != set(range(len(placeholders))):
            raise ValueError(f"a value stands nowhere in the statement: {self._text}")
        self._text = Planned(self._text, [place for place, _ in self._places])

    def _read(self, compiler: Any) -> None:
        """Keep which columns are the row's own, and which belong to what is read along."""
        told = compiler.klass_info
        self._model = told["model"]
        self._first, self._end = told["select_fields"][0], told["select_fields"][-1] + 1
        columns = [column for column, *_ in compiler.select]
        self._names = [column.target.attname for column in columns[self._first : self._end]]
        self._along = get_related_populators(told, compiler.select, self._rows.db)  # type: ignore[call-arg]
        self._besides = compiler.annotation_col_map or {}
        self._converters = compiler.get_converters(columns)

    def ask(self, values: tuple[Any, ...]) -> list[Any]:
        """Return the rows for these values."""
        database = self._rows.db
        written = [_written_for(database)(value) for value in values]
        parameters = tuple(
            always if place is None else written[place] for place, always in self._places
        )
        if self._rows.query.select_for_update and connections[database].get_autocommit():
            raise transaction.TransactionManagementError("rows are locked within a transaction")
        with connections[database].cursor() as cursor:
            cursor.execute(self._text, parameters)
            found = cursor.fetchall()
        return [self._built(row, database) for row in self._converted(found, database)]

    def _converted(self, found: Iterable[Any], database: str) -> Iterable[Any]:
        """Turn what the driver gives into the values of fields."""
        if not self._converters:
            return found
        connection = connections[database]
        rows = [list(row) for row in found]
        for place, (converters, column) in self._converters.items():
            for row in rows:
                for convert in converters:
                    row[place] = convert(row[place], column, connection)
        return rows

    def _built(self, row: Any, database: str) -> Any:
        """Return the object of a row, with the objects and values read along."""
        built = self._model.from_db(database, self._names, row[self._first : self._end])
        for along in self._along:
            along.populate(row, built)
        for name, place in self._besides.items():
            setattr(built, name, row[place])
        return built


def _placeholder(kind: type, n: int) -> Any:
    """Return a value that stands for nothing else in a statement."""
    if kind is str:
        return f"value {n} of a prepared statement"
    if kind is UUID:
        return UUID(int=_FIRST_NUMBER + n)
    if kind is int:
        return _FIRST_NUMBER + n
    return (_FIRST_DAY if kind is date else _FIRST_MOMENT) + timedelta(days=n)


def _written_for(database: str) -> Callable[[Any], Any]:
    """Return how a database takes a value: SQLite knows neither dates nor keys of 128 bits."""
    connection = connections[database]
    adapted: dict[type, Callable[[Any], Any]] = {
        date: connection.ops.adapt_datefield_value,
        datetime: connection.ops.adapt_datetimefield_value,
    }
    if not connection.features.has_native_uuid_field:
        adapted[UUID] = lambda key: key.hex
    return lambda value: adapted[type(value)](value) if type(value) in adapted else value


class Storing(Generic[Row]):
    """Stores new rows of a model by a statement written once for each number of rows.

    What `bulk_create` does, for a model whose rows are plain: no signal is sent. With `has_key` the
    rows bring their key; with `ignores_known` a row that is there already is left as it is, and the
    new ones are not told their keys.
    """

    def __init__(
        self, model: type[Row], *, has_key: bool = False, ignores_known: bool = False
    ) -> None:
        """Keep what is stored; nothing is written yet."""
        self._model = model
        self._has_key = has_key
        self._ignores_known = ignores_known
        self._texts: dict[int, str] = {}

    def __call__(self, rows: Sequence[Row]) -> list[Row]:
        """Store the rows in order and give them their keys."""
        if not rows:
            return []
        database = self._model._default_manager.db
        connection = connections[database]
        values = [value for row in rows for value in self._values(row, connection)]
        with connection.cursor() as cursor:
            cursor.execute(self._text(len(rows), connection), values)
            keys = [] if self._has_key or self._ignores_known else cursor.fetchall()
        for row, (key,) in zip(rows, keys, strict=False):
            row.pk = key
        for row in rows:
            row._state.adding, row._state.db = False, database
        return list(rows)

    @cached_property
    def _fields(self) -> list[Any]:
        """Return the columns that are written."""
        own = self._model._meta.local_concrete_fields
        return [field for field in own if self._has_key or not field.primary_key]

    def _values(self, row: Any, connection: Any) -> Iterator[Any]:
        """Yield what is written of a row; refuse one that points at a row not stored yet."""
        row._prepare_related_fields_for_save(operation_name="save")
        for field in self._fields:
            yield field.get_db_prep_save(field.pre_save(row, True), connection)

    def _text(self, number: int, connection: Any) -> str:
        """Return the statement for so many rows."""
        if number not in self._texts:
            meta, quoted = self._model._meta, connection.ops.quote_name
            columns = ", ".join(quoted(field.column) for field in self._fields)
            places = ", ".join("%s" for _ in self._fields)
            parts = ["INSERT INTO", quoted(meta.db_table), f"({columns})", "VALUES"]
            parts.append(", ".join(f"({places})" for _ in range(number)))
            if self._ignores_known:
                parts.append("ON CONFLICT DO NOTHING")
            elif not self._has_key:
                parts += ["RETURNING", quoted(meta.pk.column)]
            self._texts[number] = " ".join(parts)
        return self._texts[number]
