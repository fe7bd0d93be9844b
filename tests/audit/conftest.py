"""Give the tests of the trace a chain to work on, and databases of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from audit import triggers
from audit.models import Entry
from tests.audit.examples import record_one


@pytest.fixture
def five(db: None) -> list[Entry]:
    """Record five entries as the whole chain."""
    return [record_one(reason=f"第{number}次") for number in range(5)]


@pytest.fixture
def behind_its_back(db: None) -> Iterator[Callable[..., None]]:
    """Change the database as its owner could: without triggers, leaving them in place after."""

    def run(*statements: str, parameters: tuple[Any, ...] = ()) -> None:
        with triggers.lifted(connection), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, parameters)

    yield run


@pytest.fixture
def own_database(tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """Create a database outside the test transaction, of the kind the suite runs on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/own.sqlite3"
        return
    name = f"audit_{uuid4().hex[:12]}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    place = settings.DATABASES["default"]
    account = f"{quote(place['USER'])}:{quote(place['PASSWORD'])}"
    host = quote(place["HOST"], safe="")
    port = f":{place['PORT']}" if place["PORT"] else ""
    query = f"?host={host}" if host.startswith("%2F") else ""
    yield f"postgres://{account}@{'' if query else host}{port}/{name}{query}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def alone(own_database: str, tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start `on_its_own.py` on the database of this test."""
    folder = Path(__file__).parent
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PRODUCTION"},
        "DATABASE_URL": own_database,
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "own_settings",
        "PYTHONPATH": f"{folder.parents[1]}{os.pathsep}{folder}",
    }
    program = "import django; django.setup(); import on_its_own; on_its_own.main()"

    def start(*words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", program, *words],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    return start


@pytest.fixture
def outcome(alone: Callable[..., subprocess.Popen[str]]) -> Callable[..., Any]:
    """Run `on_its_own.py` to its end and give what its last work printed."""

    def run(*words: str) -> Any:
        with alone(*words) as process:
            printed, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        return json.loads(printed.splitlines()[-1])

    return run
