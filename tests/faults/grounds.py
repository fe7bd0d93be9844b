"""Keep copies of the stage's database, to go back to after an operation has been committed."""

import shutil
import time
from pathlib import Path
from typing import Any

from django.db import connection, connections

Image = dict[str, list[tuple[Any, ...]]]
"""Every row of every table."""

UNCHANGING = {"auth_permission", "django_migrations", "workflows_calendarday"}
BACKENDS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


def save(point: str) -> None:
    """Keep the database as it now is under the name of a point."""
    _close()
    if connection.vendor == "sqlite":
        shutil.copy(_file(), _file(point))
        return
    _maintain(f"CREATE DATABASE {_name(point)} TEMPLATE {_name()}")


def restore(point: str) -> None:
    """Bring the database back as it was at a point."""
    connections.close_all()
    if connection.vendor == "sqlite":
        for ending in ("-wal", "-shm"):
            Path(f"{_file()}{ending}").unlink(missing_ok=True)
        shutil.copy(_file(point), _file())
        return
    _maintain(f"DROP DATABASE {_name()} WITH (FORCE)")
    _maintain(f"CREATE DATABASE {_name()} TEMPLATE {_name(point)}")


def alone() -> None:
    """Wait until the server has noticed the deaths: no other connection is left."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        for _ in range(1000):
            cursor.execute(BACKENDS)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.005)
    raise TimeoutError("a connection of a dead process is still there")


def image() -> Image:
    """Read every row of every table, the unchanging ones left out, fresh from the database."""
    connections.close_all()
    alone()
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        return {table: _rows(cursor, table) for table in sorted(tables - UNCHANGING)}


def _rows(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _close() -> None:
    """Let go of the database, with everything in its file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()


def _file(point: str = "") -> str:
    name = str(connection.settings_dict["NAME"])
    return f"{name}.{point}" if point else name


def _name(point: str = "") -> str:
    name = str(connection.settings_dict["NAME"])
    return f"{name}_{point}" if point else name


def _maintain(statement: str) -> None:
    """Run a statement that no connection to the database itself may run."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
