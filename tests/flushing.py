"""Bring a test database back after a transactional test: empty it past its guards, fill it again.

Triggers that forbid deleting are what the project promises; only a test's flush lifts them. What
migrations had loaded (standards, calendar, the head of the trace) is put back as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.core.management.commands import flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_emptied = flush.Command.handle
_kept: dict[str, str] = {}


def keep(connection: BaseDatabaseWrapper) -> None:
    """Remember the rows of a test database that was just made."""
    _kept[connection.alias] = connection.creation.serialize_db_to_string()


def empty_and_refill(command: flush.Command, **options: Any) -> None:
    """Do what `flush` does, with the guards lifted, and restore what migrations had loaded."""
    connection = connections[options["database"]]
    with triggers_lifted(connection):
        _emptied(command, **(options | {"inhibit_post_migrate": True}))
        refill(connection)


@contextmanager
def triggers_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Switch every trigger of our own off, whichever app installed it, and on again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = cursor.fetchall()
            off = [f'DROP TRIGGER "{name}"' for name, _ in found]
            on = [sql for _, sql in found]
        else:
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
            )
            tables = [row[0] for row in cursor.fetchall()]
            off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        for statement in off:
            cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in on:
                cursor.execute(statement)


def refill(connection: BaseDatabaseWrapper) -> None:
    """Put back the rows that were there when the test database was made."""
    connection.creation.deserialize_db_from_string(_kept[connection.alias])
    statements = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    ContentType.objects.clear_cache()
