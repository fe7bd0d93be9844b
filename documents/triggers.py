"""Guard numbers, papers and attached files inside the database, on SQLite and PostgreSQL.

What the triggers promise: a counter only steps forward by one, and a number carries the value at
which its counter stands; numbers, papers and attached files are never deleted, and what they say
is never changed; a voided number stays void; the digest of a paper's file is stored once. A
migration that rebuilds one of the tables on SQLite drops its triggers and must end with `install`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

COUNTER = "documents_numbercounter"
NUMBER = "documents_number"
PAPER = "documents_paper"
FILE = "documents_storedfile"
TABLES = (COUNTER, NUMBER, PAPER, FILE)


def _fixed(*columns: str) -> str:
    """Write the condition that these columns keep their values."""
    return " AND ".join(f"NEW.{column} = OLD.{column}" for column in columns)


def _kept_once_set(*columns: str) -> str:
    """Write the condition that these columns, once filled, keep their values."""
    return " AND ".join(
        f"(OLD.{column} IS NULL OR (NEW.{column} IS NOT NULL AND NEW.{column} = OLD.{column}))"
        for column in columns
    )


NEVER = "1 = 0"
STEPS_BY_ONE = f"{_fixed('series_id', 'year')} AND NEW.last = OLD.last + 1"
NUMBER_STANDS = (
    f"{_fixed('uuid', 'series_id', 'year', 'value', 'text', 'allocated_on', 'allocated_at')}"
    f" AND {_kept_once_set('subject_type_id', 'subject_id')}"
    f" AND (OLD.state = 'in_use' OR ({_fixed('state', 'void_reason', 'voided_by_name')}))"
)
PAPER_STANDS = (
    f"{_fixed('uuid', 'kind', 'template', 'title', 'subject_type_id', 'subject_id')}"
    f" AND {_fixed('words', 'words_digest', 'missing_glyphs', 'issued_on', 'issued_by_name')}"
    " AND (NEW.number_id = OLD.number_id OR (NEW.number_id IS NULL AND OLD.number_id IS NULL))"
    f" AND (OLD.pdf_sha256 = '' OR ({_fixed('pdf_sha256', 'pdf_name')}))"
    " AND (OLD.state <> 'voided' OR NEW.state = 'voided')"
)
FILE_STANDS = (
    f"{_fixed('uuid', 'original_name', 'kind', 'size', 'sha256', 'stored_name')}"
    f" AND {_kept_once_set('subject_type_id', 'subject_id', 'withdrawn_at')}"
)

# SQLite's INSERT OR REPLACE fires no delete trigger, hence the guards on insertion.
NEXT_NUMBER = """NEW.value = (SELECT last FROM documents_numbercounter counter
        WHERE counter.series_id = NEW.series_id AND counter.year = NEW.year)
    AND NOT EXISTS (SELECT 1 FROM documents_number former
        WHERE former.id = NEW.id OR former.uuid = NEW.uuid OR former.text = NEW.text
        OR (former.series_id = NEW.series_id AND former.year = NEW.year
            AND former.value = NEW.value))"""
NEW_PAPER = """NOT EXISTS (SELECT 1 FROM documents_paper former
    WHERE former.id = NEW.id OR former.uuid = NEW.uuid OR former.number_id = NEW.number_id)"""

# table, event, what must hold, what the refusal says
GUARDS = (
    (COUNTER, "UPDATE", STEPS_BY_ONE, "文号计数只能逐一前移"),
    (COUNTER, "DELETE", NEVER, "文号计数不得删除"),
    (NUMBER, "INSERT", NEXT_NUMBER, "文号只能逐一登记"),
    (NUMBER, "UPDATE", NUMBER_STANDS, "文号不得修改"),
    (NUMBER, "DELETE", NEVER, "文号不得删除"),
    (PAPER, "INSERT", NEW_PAPER, "文书不得覆盖"),
    (PAPER, "UPDATE", PAPER_STANDS, "文书不得修改"),
    (PAPER, "DELETE", NEVER, "文书不得删除"),
    (FILE, "UPDATE", FILE_STANDS, "附件不得修改"),
    (FILE, "DELETE", "OLD.subject_id IS NULL", "已入卷的附件不得删除"),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers that are absent."""
    _run(connection, _creations(connection.vendor))


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
        names += [_name(table, "TRUNCATE") for table in TABLES]
    return names


def _creations(vendor: str) -> list[str]:
    """Write the statements that create every trigger."""
    if vendor == "sqlite":
        return [_sqlite_trigger(*guard) for guard in GUARDS]
    statements = []
    for table, event, condition, message in GUARDS:
        statements += _postgresql_trigger(table, event, condition, message, "ROW")
    for table in TABLES:
        statements += _postgresql_trigger(table, "TRUNCATE", NEVER, "登记不得清空", "STATEMENT")
    return statements


def _sqlite_trigger(table: str, event: str, condition: str, message: str) -> str:
    """Write one trigger for SQLite; a condition that comes out unknown does not hold."""
    return f"""CREATE TRIGGER IF NOT EXISTS {_name(table, event)} BEFORE {event} ON {table}
        WHEN NOT COALESCE(({condition}), FALSE) BEGIN SELECT RAISE(ABORT, '{message}'); END"""


def _postgresql_trigger(
    table: str, event: str, condition: str, message: str, level: str
) -> list[str]:
    """Write one trigger and its function for PostgreSQL (14 or newer)."""
    name = _name(table, event)
    passed = "OLD" if event == "DELETE" else "NEW"
    return [
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
        BEGIN
            IF NOT COALESCE(({condition}), FALSE) THEN
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
