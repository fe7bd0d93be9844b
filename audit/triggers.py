"""Guard the trace inside the database, on SQLite and on PostgreSQL.

What the triggers promise: an entry can only be inserted as the follower of the head; the head can
only step forward onto an existing entry; entries and seals are never updated or deleted, and the
tables never emptied. SQLite's INSERT OR REPLACE fires no delete trigger, hence the guards on
insertion. A migration that rebuilds a table on SQLite drops its triggers: it must end with
`install`, and `missing` (asked by `verify_audit`) tells when it did not.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from audit.chain import GENESIS

ENTRY, HEAD, SEAL = "audit_entry", "audit_chainhead", "audit_seal"

APPEND_ONLY = "留痕只能追加，不得修改或者删除"
NOT_NEXT = "留痕只能接在链尾"
NOT_FORWARD = "留痕链头只能逐条前移"

FOLLOWS_HEAD = """EXISTS (SELECT 1 FROM audit_chainhead head
    WHERE NEW.sequence = head.sequence + 1 AND NEW.previous_digest = head.digest)"""
STEPS_FORWARD = """(NEW.id = OLD.id AND NEW.sequence = OLD.sequence + 1
    AND EXISTS (SELECT 1 FROM audit_entry entry
        WHERE entry.sequence = NEW.sequence AND entry.digest = NEW.digest
        AND entry.previous_digest = OLD.digest))"""
NOT_BEGUN = """(NOT EXISTS (SELECT 1 FROM audit_chainhead)
    AND NOT EXISTS (SELECT 1 FROM audit_entry))"""
FIRST_HEAD = f"(NEW.sequence = 0 AND NEW.digest = '{GENESIS}' AND {NOT_BEGUN})"
NEW_DAY = "NOT EXISTS (SELECT 1 FROM audit_seal seal WHERE seal.day = NEW.day OR seal.id = NEW.id)"
NEVER = "1 = 0"

# table, event, what must hold, what the refusal says
GUARDS = (
    (ENTRY, "INSERT", FOLLOWS_HEAD, NOT_NEXT),
    (ENTRY, "UPDATE", NEVER, APPEND_ONLY),
    (ENTRY, "DELETE", NEVER, APPEND_ONLY),
    (HEAD, "INSERT", FIRST_HEAD, NOT_FORWARD),
    (HEAD, "UPDATE", STEPS_FORWARD, NOT_FORWARD),
    (HEAD, "DELETE", NEVER, APPEND_ONLY),
    (SEAL, "INSERT", NEW_DAY, APPEND_ONLY),
    (SEAL, "UPDATE", NEVER, APPEND_ONLY),
    (SEAL, "DELETE", NEVER, APPEND_ONLY),
)

BEGIN_CHAIN = (
    f"INSERT INTO audit_chainhead (id, sequence, digest) SELECT 1, 0, '{GENESIS}' WHERE {NOT_BEGUN}"
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers that are absent, and the head of a chain that has not begun."""
    _run(connection, [*_creations(connection.vendor), BEGIN_CHAIN])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for migrations backwards and for flushing a test database."""
    _run(connection, _droppings(connection.vendor))


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
    return [name for name in _names(connection.vendor) if name not in present]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    """Execute statements that carry no parameters."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _name(table: str, event: str) -> str:
    """Name the trigger (and on PostgreSQL its function)."""
    return f"{table}_guards_{event.lower()}"


def _names(vendor: str) -> list[str]:
    """Name every trigger of this kind of database."""
    names = [_name(table, event) for table, event, _, _ in GUARDS]
    if vendor == "postgresql":
        names += [_name(table, "TRUNCATE") for table in (ENTRY, HEAD, SEAL)]
    return names


def _creations(vendor: str) -> list[str]:
    """Write the statements that create every trigger."""
    if vendor == "sqlite":
        return [_sqlite_trigger(*guard) for guard in GUARDS]
    statements = []
    for table, event, condition, message in GUARDS:
        statements += _postgresql_trigger(table, event, condition, message, "ROW")
    for table in (ENTRY, HEAD, SEAL):
        statements += _postgresql_trigger(table, "TRUNCATE", NEVER, APPEND_ONLY, "STATEMENT")
    return statements


def _sqlite_trigger(table: str, event: str, condition: str, message: str) -> str:
    """Write one trigger for SQLite."""
    return f"""CREATE TRIGGER IF NOT EXISTS {_name(table, event)} BEFORE {event} ON {table}
        WHEN NOT ({condition}) BEGIN SELECT RAISE(ABORT, '{message}'); END"""


def _postgresql_trigger(
    table: str, event: str, condition: str, message: str, level: str
) -> list[str]:
    """Write one trigger and its function for PostgreSQL (14 or newer)."""
    name = _name(table, event)
    passed = "OLD" if event == "DELETE" else "NEW"
    return [
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
        BEGIN
            IF NOT ({condition}) THEN
                RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN {passed};
        END $guard$""",
        f"""CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table}
        FOR EACH {level} EXECUTE FUNCTION {name}()""",
    ]


def _droppings(vendor: str) -> list[str]:
    """Write the statements that drop every trigger."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in _names(vendor)]
    return [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in _names(vendor)]
