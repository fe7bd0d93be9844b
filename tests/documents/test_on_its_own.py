"""Numbers and papers under many at once and under kill -9, on a database in a file or a server."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def own_database(transactional_db: None, tmp_path: Path) -> str:
    """Name the database: a file of the test's own, or the suite's on the server, emptied after."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{tmp_path}/own.sqlite3"
    place = connection.settings_dict
    account = f"{quote(place['USER'])}:{quote(place['PASSWORD'])}"
    return f"postgres://{account}@{place['HOST']}:{place['PORT']}/{place['NAME']}"


@pytest.fixture
def start(own_database: str, tmp_path: Path) -> Start:
    """Start `on_its_own.py` on the database of this test."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PRODUCTION"},
        "DATABASE_URL": own_database,
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.documents.own_settings",
    }
    program = (
        "import django; django.setup(); from tests.documents import on_its_own as one; one.main()"
    )

    def run(*words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", program, *words],
            cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    return run


def outcome(started: subprocess.Popen[str]) -> Any:
    """Wait for a process and give what its last work printed."""
    printed, _ = started.communicate(timeout=120)
    assert started.returncode == 0
    return json.loads(printed.splitlines()[-1])


def test_numbers_are_gap_free_under_many_at_once(start: Start) -> None:
    outcome(start("migrate"))
    both = [start("allocate 8 10") for _ in range(2)]
    kept = sum(outcome(one) for one in both)
    stands = outcome(start("report"))
    assert kept == 2 * sum((thread + turn) % 3 != 0 for thread in range(8) for turn in range(10))
    assert stands["values"] == list(range(1, kept + 1))
    assert stands["last"] == [kept]


def test_death_loses_no_paper_and_leaves_no_gap(start: Start) -> None:
    outcome(start("migrate"))
    for work in ("die_before_rendering", "die_before_commit", "die_before_rendering"):
        with start(work) as victim:
            victim.communicate(timeout=120)
        assert victim.returncode == -signal.SIGKILL
    stands = outcome(start("report"))
    assert (stands["values"], stands["papers"], stands["rendered"]) == ([1, 2], [1, 2], 0)
    assert outcome(start("render")) == 2
    assert outcome(start("render", "report"))["rendered"] == 2
