"""The database itself refuses to change the trace (assurance 15), whichever way is tried."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit import triggers
from audit.models import ChainHead, Entry, Seal
from audit.seals import seal_day
from audit.verification import verify
from tests.audit.examples import record_one

ROW = "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE sequence = 3"


def execute(*statements: str) -> None:
    """Run SQL as the application's own account."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def save_changed(entry: Entry) -> None:
    """Change an entry through its model."""
    entry.reason = "改写"
    entry.save()


def bulk_update(entry: Entry) -> None:
    """Change an entry in bulk."""
    entry.label = "改写"
    Entry.objects.bulk_update([entry], ["label"])


def upsert(entry: Entry) -> None:
    """Change an entry by inserting over it."""
    entry.label = "改写"
    Entry.objects.bulk_create(
        [entry], update_conflicts=True, unique_fields=["sequence"], update_fields=["label"]
    )


def insert_again(entry: Entry) -> None:
    """Insert an entry once more under its number."""
    entry.label = "改写"
    entry.save(force_insert=True)


def insert_over_the_head(entry: Entry) -> None:
    """Insert an entry beyond the next number."""
    entry.pk = 9
    entry.save(force_insert=True)


def insert_unchained(entry: Entry) -> None:
    """Insert an entry with the next number that does not follow the last."""
    entry.pk = 6
    entry.save(force_insert=True)


def insert_unnumbered(entry: Entry) -> None:
    """Insert an entry and let the database number it."""
    entry.pk = None
    entry.save(force_insert=True)


ATTEMPTS: dict[str, Callable[[Entry], Any]] = {
    "save": save_changed,
    "save one field": lambda entry: entry.save(update_fields=["at"]),
    "bulk_update": bulk_update,
    "upsert": upsert,
    "insert again": insert_again,
    "insert over the head": insert_over_the_head,
    "insert unchained": insert_unchained,
    "insert unnumbered": insert_unnumbered,
    "delete": lambda entry: entry.delete(),
    "update all": lambda entry: Entry.objects.update(label="改写"),
    "update to the same": lambda entry: Entry.objects.filter(pk=3).update(label=entry.label),
    "delete all": lambda entry: Entry.objects.all().delete(),
    "raw delete": lambda entry: Entry.objects.all()._raw_delete("default"),
    "SQL update": lambda entry: execute("UPDATE audit_entry SET reason='x' WHERE sequence=3"),
    "SQL renumber": lambda entry: execute("UPDATE audit_entry SET sequence=9 WHERE sequence=5"),
    "SQL delete": lambda entry: execute("DELETE FROM audit_entry WHERE sequence=5"),
    "SQL insert": lambda entry: execute(ROW),
    "head back": lambda entry: ChainHead.objects.update(sequence=4, digest=entry.digest),
    "head to the same": lambda entry: ChainHead.objects.update(sequence=5),
    "head over": lambda entry: ChainHead.objects.update(sequence=6),
    "head digest": lambda entry: ChainHead.objects.update(digest="0" * 64),
    "head save": lambda entry: ChainHead(id=1, sequence=0, digest="0" * 64).save(),
    "head delete": lambda entry: ChainHead.objects.all().delete(),
    "second head": lambda entry: ChainHead.objects.create(id=2, sequence=0, digest="0" * 64),
    "seal update": lambda entry: Seal.objects.update(sequence=1),
    "seal delete": lambda entry: Seal.objects.all().delete(),
    "seal again": lambda entry: Seal.objects.bulk_create(
        Seal.objects.all(),
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["sequence"],
    ),
}
ATTEMPTS_OF = {
    "sqlite": {
        "replace entry": lambda entry: execute(ROW.replace("INSERT", "INSERT OR REPLACE")),
        "replace head": lambda entry: execute(
            "INSERT OR REPLACE INTO audit_chainhead VALUES (1, 0, 'x')"
        ),
        "replace seal": lambda entry: execute(
            "INSERT OR REPLACE INTO audit_seal SELECT * FROM audit_seal"
        ),
    },
    "postgresql": {
        "truncate entries": lambda entry: execute("TRUNCATE audit_entry"),
        "truncate head": lambda entry: execute("TRUNCATE audit_chainhead"),
        "truncate seals": lambda entry: execute("TRUNCATE audit_seal CASCADE"),
    },
}
ALL = {**ATTEMPTS, **ATTEMPTS_OF[connection.vendor]}


def contents() -> list[Any]:
    """Give everything the three tables hold."""
    return [list(model.objects.order_by("pk").values()) for model in (Entry, ChainHead, Seal)]


@pytest.mark.parametrize("attempt", ALL.values(), ids=ALL.keys())
def test_every_attempt_to_change_the_trace_is_refused(
    five: list[Entry], attempt: Callable[[Entry], Any]
) -> None:
    seal_day()
    before = contents()
    with pytest.raises(IntegrityError, match="留痕"), transaction.atomic():
        attempt(five[2])
    assert contents() == before
    assert verify().faults == []


@pytest.mark.parametrize("name", ["save", "delete all", "SQL update", "head back", "seal delete"])
def test_control_without_triggers_the_same_attempts_go_through(
    five: list[Entry], name: str
) -> None:
    seal_day()
    before = contents()
    triggers.remove(connection)
    ALL[name](five[2])
    assert contents() != before


def test_the_head_steps_forward_only_onto_an_existing_entry(five: list[Entry]) -> None:
    with pytest.raises(IntegrityError, match="前移"), transaction.atomic():
        ChainHead.objects.update(sequence=6, digest="1" * 64)
    assert record_one().sequence == 6


def test_the_guard_can_be_lifted_for_a_flush_and_stands_again_after(five: list[Entry]) -> None:
    seal_day()
    with triggers.lifted(connection):
        for model in (Entry, ChainHead, Seal):
            model.objects.all().delete()
    assert triggers.missing(connection) == []
    assert ChainHead.objects.get().sequence == 0
    assert record_one().sequence == 1
    assert verify().faults == []


def test_installing_twice_changes_nothing(five: list[Entry]) -> None:
    before = contents()
    triggers.install(connection)
    assert contents() == before
    assert triggers.missing(connection) == []


def test_a_chain_that_lost_its_head_gets_no_new_one(five: list[Entry]) -> None:
    with triggers.lifted(connection):
        ChainHead.objects.all().delete()
    assert not ChainHead.objects.exists()


def test_a_seal_of_another_day_is_accepted(five: list[Entry]) -> None:
    assert Seal.objects.create(day=date(2020, 1, 1), sequence=0, made_at=five[0].at).pk
