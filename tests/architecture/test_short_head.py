"""Rewriting the head of the chain changes nothing, and happens in a test's transaction alone."""

import pytest
from django.db import connection, transaction

from audit.models import ChainHead
from audit.verification import verify
from tests.audit.examples import record_one
from tests.short_head import MOST_VERSIONS, ShortHead


def place() -> str:
    """Return where the server keeps the table of the head; SQLite keeps all in one place."""
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath('audit_chainhead')")
        return str(cursor.fetchone()[0])


def written(number: int, *, of_test: bool = True) -> bool:
    """Write so many entries; tell whether the head was rewritten meanwhile."""
    before = place()
    with connection.execute_wrapper(ShortHead(of_test=of_test)):
        for _ in range(number):
            record_one()
    return place() != before


@pytest.mark.usefixtures("db")
def test_a_rewritten_head_is_the_same_and_the_chain_goes_on() -> None:
    record_one()
    head = ChainHead.objects.values().get()
    assert written(MOST_VERSIONS) == (connection.vendor == "postgresql")
    now = ChainHead.objects.values().get()
    assert now["sequence"] == head["sequence"] + MOST_VERSIONS
    assert verify().faults == []


@pytest.mark.django_db(transaction=True)
def test_it_is_left_alone_where_others_could_wait_for_it() -> None:
    with transaction.atomic():
        assert not written(MOST_VERSIONS)
        assert written(MOST_VERSIONS, of_test=False) == (connection.vendor == "postgresql")
        transaction.set_rollback(True)
