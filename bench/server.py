"""Reach the databases of one PostgreSQL server, and count what work costs there.

`BENCH_SERVER` names the server (postgres://…/postgres); every measured thing has a database of
its own on it. Statements are counted by the server itself (pg_stat_statements with utility
statements), the same for every driver: BEGIN, COMMIT and SAVEPOINT are among them.
"""

import os
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "START", "ABORT")
# What the server asks itself for foreign keys inside COMMIT, and what the meter asks.
NOT_OF_CLIENTS = ("%FROM ONLY%FOR KEY SHARE OF x%", "%pg_stat_%", "%pg_current_wal%")


def url_of(database: str) -> str:
    """Return the address of a database of the server."""
    parts = urlsplit(os.environ["BENCH_SERVER"])
    return urlunsplit((parts.scheme, parts.netloc, f"/{database}", "", ""))


def connected(database: str) -> Any:
    """Return a connection that commits every statement by itself."""
    connection = psycopg2.connect(url_of(database))
    connection.autocommit = True
    return connection


def rows_of(database: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run one statement and return its rows."""
    connection = connected(database)
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        found = cursor.fetchall() if cursor.description else []
    connection.close()
    return found


def exists(database: str) -> bool:
    """Tell whether the database is there and was built to its end."""
    known = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    return rows_of("postgres", known, database) == [("built",)]


def create(database: str) -> None:
    """Create the database anew."""
    rows_of("postgres", f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    rows_of("postgres", f'CREATE DATABASE "{database}"')


def create_from(database: str, template: str) -> None:
    """Create the database anew as a copy of another one."""
    rows_of("postgres", f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    rows_of("postgres", f'CREATE DATABASE "{database}" TEMPLATE "{template}"')


def mark_built(database: str) -> None:
    """Note that the database was built to its end."""
    rows_of(database, "VACUUM ANALYZE")
    rows_of("postgres", f"COMMENT ON DATABASE \"{database}\" IS 'built'")


class Meter:
    """Count statements, rows and log bytes of one database between two moments."""

    def __init__(self, database: str) -> None:
        """Count from now on."""
        rows_of("postgres", "CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        # Every savepoint has a name of its own: with too many texts the oldest would be dropped.
        rows_of("postgres", "SELECT pg_stat_statements_reset()")
        self.database = database
        self.begun = self._totals()

    def per(self, times: int) -> dict[str, float]:
        """Return what one of so many repetitions cost since the meter was made."""
        ended = self._totals()
        return {name: (ended[name] - self.begun[name]) / times for name in ended}

    def _totals(self) -> dict[str, int]:
        calls = """SELECT upper(split_part(ltrim(s.query), ' ', 1)), sum(s.calls)::bigint
            FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
            WHERE d.datname = %s AND NOT s.query LIKE ANY(%s) GROUP BY 1"""
        by_word = rows_of("postgres", calls, self.database, list(NOT_OF_CLIENTS))
        control = sum(number for word, number in by_word if word.rstrip(";") in CONTROL)
        written = """SELECT coalesce(sum(n_tup_ins), 0)::bigint,
            coalesce(sum(n_tup_upd), 0)::bigint FROM pg_stat_user_tables"""
        inserted, updated = rows_of(self.database, written)[0]
        log = rows_of("postgres", "SELECT (pg_current_wal_lsn() - '0/0')::bigint")[0][0]
        total = sum(number for _, number in by_word)
        return {
            "statements": int(total),
            "control": int(control),
            "inserted": inserted,
            "updated": updated,
            "log": log,
        }
