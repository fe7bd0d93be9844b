"""A copy of the suite's migrated database, and the stage that plays on it."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, connections

MEMORY = Path("/dev/shm")  # noqa: S108
"""Where files cost no disk: a killed process loses nothing that the kernel has."""
PROGRAM = "import django; django.setup(); from tests.faults import stage; stage.main()"


class Stage:
    """The other end of `stage.py`: `stage.sweep(operation="…")` sends a command."""

    def __init__(self, url: str, folder: Path) -> None:
        environment = {name: v for name, v in os.environ.items() if name != "PRODUCTION"}
        self.environment = environment | {
            "DATABASE_URL": url,
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "LOG_LEVEL": "CRITICAL",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", PROGRAM], cwd=settings.BASE_DIR,
            env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.answer()

    def __getattr__(self, command: str) -> Any:
        """Return the command of this name."""

        def send(**facts: Any) -> Any:
            assert self.process.stdin is not None
            self.process.stdin.write(json.dumps([command, facts]) + "\n")
            self.process.stdin.flush()
            return self.answer()

        return send

    def answer(self) -> Any:
        """Return the stage's next answer."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the stage has died, see its words above"
        words = json.loads(line)
        assert "fault" not in words, words["fault"]
        return words["answer"]

    def close(self) -> None:
        """Let the stage end; its children end with it."""
        self.process.communicate(timeout=30)


@pytest.fixture(scope="session")
def stage(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """A stage on a database of its own, of the kind the suite runs on."""
    folder = Path(mkdtemp(dir=MEMORY if MEMORY.is_dir() else tmp_path_factory.mktemp("stage")))
    name = f"faults_{uuid4().hex[:8]}"
    with django_db_blocker.unblock():
        url = _copied(folder, name)
    stage = Stage(url, folder)
    yield stage
    stage.close()
    with django_db_blocker.unblock():
        _dropped(name)
    rmtree(folder)


def _copied(folder: Path, name: str) -> str:
    """Copy the database that pytest has migrated; return the address of the copy."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "own.sqlite3")) as copy:
            connection.connection.backup(copy)
        return f"sqlite:///{folder}/own.sqlite3"
    place = connection.settings_dict
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {place['NAME']}")
    account = f"{quote(place['USER'])}:{quote(place['PASSWORD'])}"
    return f"postgres://{account}@{quote(place['HOST'], safe='')}:{place['PORT']}/{name}"


def _dropped(name: str) -> None:
    """Drop the copy and the copies the stage has made of it."""
    if connection.vendor == "sqlite":
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"])
        for (found,) in cursor.fetchall():
            cursor.execute(f"DROP DATABASE {found} WITH (FORCE)")
