"""Migrate one database, so that every process of the suite begins with a copy of it.

`python -m tests.migrated make` makes the one that MIGRATED names, a file or a database on the
server of DATABASE_URL, and `drop` drops it; `tools/test.sh` does so once for each kind. Where
MIGRATED is not set, pytest migrates for itself.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

NAME = os.environ.get("MIGRATED", "")


def make() -> None:
    """Migrate an empty database of that name."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f"CREATE DATABASE {NAME}")
    connection.settings_dict["NAME"] = NAME
    call_command("migrate", verbosity=0)
    connection.close()


def drop() -> None:
    """Take the database off a server that goes on."""
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")


@contextmanager
def copied() -> Iterator[None]:
    """Let the test database that is made inside begin as a copy."""
    if not NAME:
        yield
        return
    made: dict[str, Any] = connection.settings_dict["TEST"]
    made["MIGRATE"] = False
    if connection.vendor == "postgresql":
        made["TEMPLATE"] = NAME
        yield
        return
    # A database in memory lasts as long as somebody is connected to it.
    place = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(place, uri=True)) as memory:
        with closing(sqlite3.connect(NAME)) as file:
            file.backup(memory)
        yield


if __name__ == "__main__":
    django.setup()
    {"make": make, "drop": drop}[sys.argv[1]]()
