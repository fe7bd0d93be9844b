"""A statement that is planned once answers as ever, on every connection and after every failure."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from audit.models import Entry
from audit.planning import Planned
from audit.prepared import Prepared
from tests.audit.examples import record_one


def told(sequence: int, label: str) -> models.QuerySet[Entry]:
    """Compose a statement with values, one of them twice, and with words that never change."""
    rows = Entry.objects.filter(sequence__gte=sequence, pk__gte=sequence, label=label)
    return rows.exclude(act__contains="100%").exclude(reason="别人的'事")


def on_server() -> list[str]:
    """Return the statements of these tests that PostgreSQL holds ready on this connection."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s", ["%别人的''事%"]
        )
        return [statement for (statement,) in cursor.fetchall()]


@pytest.fixture
def prepared(db: None) -> Prepared[Entry]:
    """A statement that was not asked yet."""
    return Prepared(told, int, str)


def test_it_is_held_ready_once_with_a_place_for_each_value(prepared: Prepared[Entry]) -> None:
    entry = record_one()
    before = on_server()
    assert list(prepared(entry.sequence, entry.label)) == [entry]
    assert list(prepared(entry.sequence + 1, entry.label)) == []
    assert list(prepared(entry.sequence, "100%' --")) == []
    ready = [text for text in on_server() if text not in before]
    assert len(ready) == (connection.vendor == "postgresql")
    for text in ready:
        assert text.count("$1") == 2 and text.count("$2") == 1 and "100" in text


def test_it_outlives_a_transaction_that_is_taken_back(prepared: Prepared[Entry]) -> None:
    with transaction.atomic():
        prepared(1, "")
        transaction.set_rollback(True)
    entry = record_one()
    assert list(prepared(entry.sequence, entry.label)) == [entry]


def test_one_that_was_refused_is_prepared_the_next_time(prepared: Prepared[Entry]) -> None:
    missing = Planned("SELECT 1 FROM nowhere WHERE 1 = %s", [0])
    for _ in range(2):
        with (
            pytest.raises(DatabaseError, match="nowhere"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(missing, [1])
    with connection.cursor() as cursor:
        cursor.execute(Planned("SELECT %s + %s", [0, None]), [2, 3])
        assert cursor.fetchone() == (5,)
        cursor.execute(Planned("SELECT %s", [None]), ["别人的'事"])
        assert cursor.fetchone() == ("别人的'事",)


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_prepares_anew() -> None:
    prepared: Any = Prepared(told, int, str)
    entry = record_one()
    for _ in range(2):
        assert list(prepared(entry.sequence, entry.label)) == [entry]
        connection.close()
