"""Fill a database step by step and tell how far it is."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench import server

CHUNK = 200_000


def tell(line: str) -> None:
    """Show a line of progress at once."""
    sys.stdout.write(f"    {line}\n")
    sys.stdout.flush()


class Filling:
    """A connection on which triggers and foreign keys are not asked: the rows are made in bulk."""

    def __init__(self, database: str) -> None:
        """Open the connection."""
        self.database = database
        self._cursor = server.connected(database).cursor()
        self._cursor.execute("SET session_replication_role = replica")
        self._cursor.execute("SET synchronous_commit = off")
        self._cursor.execute("SELECT setseed(0.42)")

    def run(self, statement: str) -> None:
        """Run one statement."""
        self._cursor.execute(statement)

    def value(self, statement: str) -> Any:
        """Return the first value of the first row."""
        self._cursor.execute(statement)
        return self._cursor.fetchone()[0]

    def in_chunks(self, what: str, total: int, statement: str, **values: Any) -> None:
        """Run a statement over 1 to `total` in chunks; its places `low` and `high` bound one."""
        begun = time.monotonic()
        for low in range(1, total + 1, CHUNK):
            high = min(total, low + CHUNK - 1)
            self.run(statement.format(low=low, high=high, **values))
            spent = time.monotonic() - begun
            tell(f"{self.database}: {what} {high:,} of {total:,} ({spent:.0f} s)")

    @contextmanager
    def without_indexes(self, table: str) -> Iterator[None]:
        """Drop a table's plain indexes for the time of filling it, and build them afterwards."""
        self._cursor.execute(
            """SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = %s
            AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)
            AND i.indexdef NOT LIKE 'CREATE UNIQUE%%'""",
            [table],
        )
        plain = self._cursor.fetchall()
        for name, _ in plain:
            self.run(f'DROP INDEX "{name}"')
        yield
        for _, definition in plain:
            self.run(definition)

    def go_on_counting(self, *tables: str) -> None:
        """Let the keys of the tables go on behind the highest one."""
        for table in tables:
            self.run(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"
                f" (SELECT max(id) FROM {table}))"
            )
