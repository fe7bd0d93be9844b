"""Write triggers that refuse a change or follow one, for SQLite and PostgreSQL (14 or newer)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

NEVER = "1 = 0"


@dataclass(frozen=True)
class Guard:
    """What must hold when rows of a table are inserted, updated, deleted or truncated.

    `event` is INSERT, UPDATE, DELETE or TRUNCATE (which only PostgreSQL knows); `condition` is SQL
    over NEW and OLD; `message` is what the refusal says.
    """

    table: str
    event: str
    condition: str
    message: str

    @property
    def name(self) -> str:
        """Name the trigger (and on PostgreSQL its function)."""
        return f"{self.table}_guards_{self.event.lower()}"

    def creation(self, vendor: str) -> list[str]:
        """Write the statements that create or renew the guard."""
        if vendor == "sqlite":
            return [] if self.event == "TRUNCATE" else [self.removal(vendor), self._on_sqlite()]
        return self._on_postgresql()

    def removal(self, vendor: str) -> str:
        """Write the statement that drops the guard."""
        if vendor == "sqlite":
            return f"DROP TRIGGER IF EXISTS {self.name}"
        return f"DROP FUNCTION IF EXISTS {self.name}() CASCADE"

    def _on_sqlite(self) -> str:
        return f"""CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table}
            WHEN NOT ({self.condition}) BEGIN SELECT RAISE(ABORT, '{self.message}'); END"""

    def _on_postgresql(self) -> list[str]:
        level = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        passed = "OLD" if self.event == "DELETE" else "NEW"
        return [
            f"""CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
            BEGIN
                IF NOT ({self.condition}) THEN
                    RAISE EXCEPTION '{self.message}'
                    USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN {passed};
            END $guard$""",
            f"""CREATE OR REPLACE TRIGGER {self.name} BEFORE {self.event} ON {self.table}
            FOR EACH {level} EXECUTE FUNCTION {self.name}()""",
        ]


@dataclass(frozen=True)
class Consequence:
    """What the database itself does when a row was inserted: `statement`, SQL over NEW."""

    table: str
    does: str
    statement: str

    @property
    def name(self) -> str:
        """Name the trigger (and on PostgreSQL its function)."""
        return f"{self.table}_{self.does}"

    def creation(self, vendor: str) -> list[str]:
        """Write the statements that create or renew the trigger."""
        begun = f"TRIGGER {self.name} AFTER INSERT ON {self.table}"
        if vendor == "sqlite":
            return [self.removal(vendor), f"CREATE {begun} BEGIN {self.statement}; END"]
        return [
            f"""CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $does$
            BEGIN
                {self.statement};
                RETURN NULL;
            END $does$""",
            f"CREATE OR REPLACE {begun} FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]

    def removal(self, vendor: str) -> str:
        """Write the statement that drops the trigger."""
        if vendor == "sqlite":
            return f"DROP TRIGGER IF EXISTS {self.name}"
        return f"DROP FUNCTION IF EXISTS {self.name}() CASCADE"


Trigger = Guard | Consequence


def install(connection: BaseDatabaseWrapper, guards: Sequence[Trigger]) -> None:
    """Create the guards, or renew those that exist."""
    _run(connection, [line for guard in guards for line in guard.creation(connection.vendor)])


def remove(connection: BaseDatabaseWrapper, guards: Sequence[Trigger]) -> None:
    """Drop the guards: for migrations backwards and for flushing a test database."""
    _run(connection, [guard.removal(connection.vendor) for guard in guards])


def _run(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
