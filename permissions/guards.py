"""Guard 三员分立 inside the database: an administrator holds no other post at the same time.

Triggers on SQLite and PostgreSQL refuse what `permissions.posts` refuses with a better text. On
PostgreSQL the trigger first locks the person, so that two appointments at once cannot both pass;
SQLite has one writer. A migration that rebuilds the table on SQLite must end with `install`.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from permissions.roles import ADMINISTRATORS

TABLE = "permissions_post"
EVENTS = ("insert", "update")
MESSAGE = "三员分立：系统、安全、审计管理员不得同时担任其他岗位"
_OFFICES = ", ".join(f"'{role.value}'" for role in sorted(ADMINISTRATORS))

CONFLICT = f"""EXISTS (
    SELECT 1 FROM {TABLE} held
    WHERE held.user_id = NEW.user_id AND held.id <> NEW.id AND held.role <> NEW.role
      AND held.withdrawn_at IS NULL AND NEW.withdrawn_at IS NULL
      AND (held.role IN ({_OFFICES}) OR NEW.role IN ({_OFFICES}))
      AND (held.ends_on IS NULL OR held.ends_on >= NEW.starts_on)
      AND (NEW.ends_on IS NULL OR NEW.ends_on >= held.starts_on))"""  # noqa: S608 - constants only


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    remove(connection)
    for event in EVENTS:
        written = _on_sqlite(event) if connection.vendor == "sqlite" else _on_postgresql(event)
        _run(connection, written)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers."""
    for event in EVENTS:
        if connection.vendor == "sqlite":
            _run(connection, [f"DROP TRIGGER IF EXISTS {_name(event)}"])
        else:
            _run(connection, [f"DROP FUNCTION IF EXISTS {_name(event)}() CASCADE"])


def _name(event: str) -> str:
    """Name the trigger and its function."""
    return f"{TABLE}_separates_{event}"


def _on_sqlite(event: str) -> list[str]:
    """Write the trigger for SQLite; after the row is there, so that it has its key."""
    return [
        f"""CREATE TRIGGER {_name(event)} AFTER {event} ON {TABLE} WHEN {CONFLICT}
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
    ]


def _on_postgresql(event: str) -> list[str]:
    """Write the trigger and its function for PostgreSQL."""
    return [
        f"""CREATE FUNCTION {_name(event)}() RETURNS trigger LANGUAGE plpgsql AS $guard$
        BEGIN
            PERFORM 1 FROM permissions_user WHERE id = NEW.user_id FOR UPDATE;
            IF {CONFLICT} THEN
                RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $guard$""",
        f"""CREATE TRIGGER {_name(event)} AFTER {event} ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {_name(event)}()""",
    ]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    """Execute statements that carry no parameters."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
