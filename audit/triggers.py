"""Guard the trace inside the database, on SQLite and on PostgreSQL.

What the triggers promise: an entry can only be inserted as the follower of the head, which steps
onto it by itself; the head can only step forward onto an existing entry; entries and seals are
never updated or deleted, and the tables never emptied. SQLite's INSERT OR REPLACE fires no delete
trigger, hence the guards on insertion. A migration that rebuilds a table on SQLite drops its
triggers: it must end with `install`, and `missing` (asked by `verify_audit`) tells when it did not.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from audit import guards
from audit.chain import GENESIS
from audit.guards import NEVER, Consequence, Guard, Trigger

ENTRY, HEAD, SEAL = "audit_entry", "audit_chainhead", "audit_seal"

APPEND_ONLY = "留痕只能追加，不得修改或者删除"
NOT_NEXT = "留痕只能接在链尾"
NOT_FORWARD = "留痕链头只能逐条前移"

FOLLOWS_HEAD = """EXISTS (SELECT 1 FROM audit_chainhead head
    WHERE NEW.sequence = head.sequence + 1 AND NEW.previous_digest = head.digest)"""
STEPS_FORWARD = """(NEW.id = OLD.id AND NEW.sequence = OLD.sequence + 1
    AND EXISTS (SELECT 1 FROM audit_entry entry
        WHERE entry.sequence = NEW.sequence AND entry.digest = NEW.digest))"""
NOT_BEGUN = """(NOT EXISTS (SELECT 1 FROM audit_chainhead)
    AND NOT EXISTS (SELECT 1 FROM audit_entry))"""
FIRST_HEAD = f"(NEW.sequence = 0 AND NEW.digest = '{GENESIS}' AND {NOT_BEGUN})"
NEW_DAY = "NOT EXISTS (SELECT 1 FROM audit_seal seal WHERE seal.day = NEW.day OR seal.id = NEW.id)"

HEAD_FOLLOWS = "UPDATE audit_chainhead SET sequence = NEW.sequence, digest = NEW.digest"

GUARDS: tuple[Trigger, ...] = (
    Guard(ENTRY, "INSERT", FOLLOWS_HEAD, NOT_NEXT),
    Consequence(ENTRY, "moves_head", HEAD_FOLLOWS),
    Guard(HEAD, "INSERT", FIRST_HEAD, NOT_FORWARD),
    Guard(HEAD, "UPDATE", STEPS_FORWARD, NOT_FORWARD),
    Guard(SEAL, "INSERT", NEW_DAY, APPEND_ONLY),
    Guard(ENTRY, "UPDATE", NEVER, APPEND_ONLY),
    Guard(SEAL, "UPDATE", NEVER, APPEND_ONLY),
    *(
        Guard(table, event, NEVER, APPEND_ONLY)
        for table in (ENTRY, HEAD, SEAL)
        for event in ("DELETE", "TRUNCATE")
    ),
)

BEGIN_CHAIN = (
    f"INSERT INTO audit_chainhead (id, sequence, digest) SELECT 1, 0, '{GENESIS}' WHERE {NOT_BEGUN}"
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create or renew the triggers, and begin a chain that has no head and no entry yet."""
    guards.install(connection, GUARDS)
    with connection.cursor() as cursor:
        cursor.execute(BEGIN_CHAIN)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for migrations backwards and for flushing a test database."""
    guards.remove(connection, GUARDS)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lift the guard around the flush of a test database."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the triggers that should guard the trace and do not (absent or switched off)."""
    if connection.vendor == "postgresql":
        statement = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
    else:
        statement = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(statement)
        present = {row[0] for row in cursor.fetchall()}
    expected = [guard.name for guard in GUARDS if guard.creation(connection.vendor)]
    return [name for name in expected if name not in present]
