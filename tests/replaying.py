"""Build a world once in a process, and put the rows it wrote back for every other test.

What a build writes is kept as the statements it sent. They are sent again in their order, past
the same triggers and from the same counters, so that every row comes back with its key. A test
that wrote something of its own, or that bends code or settings, gets its world built in full.
"""

import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction

from audit import clock

Built = TypeVar("Built")

READING = re.compile(r"\s*(BEGIN|SELECT|SAVEPOINT|RELEASE|PRAGMA|EXPLAIN)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """A statement that changed the database, as it was sent."""

    sql: str
    params: Any
    many: bool

    @property
    def is_undoing(self) -> bool:
        """Tell whether it took earlier statements back: such a build is not kept."""
        return self.sql.startswith("ROLLBACK")


@dataclass(frozen=True)
class Kept:
    """What a build left: its statements, its files, what waits for the commit, what it gave."""

    statements: list[Statement]
    counters: dict[str, int | None]
    files: dict[Path, bytes]
    after_commit: list[Callable[[], Any]]
    given: bytes


class Watch:
    """Sees every statement of a test, and knows whether only known builds wrote."""

    def __init__(self) -> None:
        self.begin(is_bent=False)

    def begin(self, *, is_bent: bool) -> None:
        """Start a test: nothing was built yet; a bent one builds everything in full."""
        self.is_free = is_bent
        self.built: tuple[Any, ...] = ()
        self.recorded: list[Statement] | None = None

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Let the statement run; note it where it writes."""
        if not READING.match(str(sql)):
            if self.recorded is None:
                self.is_free = True
            else:
                self.recorded.append(Statement(str(sql), params, many))
        return execute(sql, params, many, context)

    @contextmanager
    def recording(self) -> Iterator[list[Statement]]:
        """Collect what is written for a while."""
        self.recorded = []
        try:
            yield self.recorded
        finally:
            self.recorded = None


class Bending(pytest.MonkeyPatch):
    """Tells when a test bends the code: from then on its worlds are built in full."""

    def setattr(self, *args: Any, **options: Any) -> None:
        """Bend an attribute."""
        watch.is_free = True
        super().setattr(*args, **options)

    def delattr(self, *args: Any, **options: Any) -> None:
        """Take an attribute away."""
        watch.is_free = True
        super().delattr(*args, **options)

    def setitem(self, *args: Any, **options: Any) -> None:
        """Bend an item; also a variable of the environment."""
        watch.is_free = True
        super().setitem(*args, **options)

    def delitem(self, *args: Any, **options: Any) -> None:
        """Take an item away; also a variable of the environment."""
        watch.is_free = True
        super().delitem(*args, **options)


watch = Watch()
_kept: dict[tuple[Any, ...], Kept] = {}


def once(name: str, build: Callable[[], Built], folder: Path | None = None) -> Built:
    """Return what `build` gives: by calling it, or by putting back what it wrote and gave before.

    A build is the same if its name, the standing moment and the builds before it are. It may
    depend on nothing else; what it writes into `folder` comes back as well. The given things
    are pickled, and where they were put back they are copies of the first ones.
    """
    if watch.is_free or watch.recorded is not None or not connection.in_atomic_block:
        return build()
    key = (watch.built, name, clock.now())
    given = _put_back(_kept[key], folder) if key in _kept else _record(key, build, folder)
    watch.built = key
    return given


def _record(key: tuple[Any, ...], build: Callable[[], Built], folder: Path | None) -> Built:
    """Call the build and keep what it left, unless it took something back."""
    counters, waiting = _counters(), len(connection.run_on_commit)
    with watch.recording() as statements:
        given = build()
    if any(statement.is_undoing for statement in statements):
        watch.is_free = True
        return given
    after_commit = [entry[1] for entry in connection.run_on_commit[waiting:]]
    _kept[key] = Kept(statements, counters, _files(folder), after_commit, pickle.dumps(given))
    return given


def _put_back(kept: Kept, folder: Path | None) -> Any:
    """Send the statements of a build again, write its files, and return a copy of what it gave."""
    _set_counters(kept.counters)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in kept.statements:
                send = cursor.cursor.executemany if statement.many else cursor.cursor.execute
                send(statement.sql, statement.params)
        elif kept.statements:
            cursor.cursor.execute(b";".join(_texts(kept.statements, cursor.cursor)))
    for path, content in kept.files.items():
        assert folder is not None
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    for function in kept.after_commit:
        transaction.on_commit(function)
    return pickle.loads(kept.given)  # noqa: S301 - written by this process


def _texts(statements: list[Statement], cursor: Any) -> Iterator[bytes]:
    """Yield the statements with their values, to be sent in one go."""
    for statement in statements:
        for params in statement.params if statement.many else [statement.params]:
            yield cursor.mogrify(statement.sql, params)


def _files(folder: Path | None) -> dict[Path, bytes]:
    """Return what stands in the folder."""
    if folder is None:
        return {}
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _counters() -> dict[str, int | None]:
    """Return the last key that each table gave."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, seq FROM sqlite_sequence"
            if connection.vendor == "sqlite"
            else "SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences"
        )
        return dict(cursor.fetchall())


def _set_counters(counters: dict[str, int | None]) -> None:
    """Let each table give its next key after this one; a rollback does not undo it everywhere."""
    if connection.vendor == "sqlite" and _counters() == counters:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.cursor.execute("DELETE FROM sqlite_sequence")
            rows = list(counters.items())
            cursor.cursor.executemany("INSERT INTO sqlite_sequence VALUES (%s, %s)", rows)
            return
        calls = ", ".join(["setval(%s, %s, %s)"] * len(counters))
        values = [(name, last or 1, last is not None) for name, last in counters.items()]
        cursor.execute(f"SELECT {calls}", [value for row in values for value in row])
