"""What runs once, for lack of a database, reaches none; what is named as long exists."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import ordering

TESTS = Path(__file__).resolve().parents[1]
OF_PYTEST_DJANGO = {"db", "transactional_db", "live_server"}


def fixtures_past_the_guard(source: str) -> Iterator[str]:
    """Yield the fixtures that lift pytest-django's guard."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        is_fixture = any("fixture" in ast.unparse(one) for one in node.decorator_list)
        if is_fixture and "django_db_blocker" in {one.arg for one in node.args.args}:
            yield node.name


def test_every_fixture_that_reaches_a_database_is_known() -> None:
    found = {
        name for path in TESTS.rglob("*.py") for name in fixtures_past_the_guard(path.read_text())
    }
    assert found | OF_PYTEST_DJANGO == ordering.REACHING


def test_a_planted_fixture_past_the_guard_is_found() -> None:
    planted = "@pytest.fixture\ndef sly(django_db_blocker): ..."
    assert [*fixtures_past_the_guard(planted)] == ["sly"]


def test_a_test_without_database_is_marked_and_kept_from_it(request: Any) -> None:
    assert request.node.get_closest_marker("pure")
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


def test_a_test_with_database_is_not_marked(request: Any, db: None) -> None:
    assert not request.node.get_closest_marker("pure")


def test_what_is_named_as_long_or_together_exists() -> None:
    for path in (*ordering.LONGEST, *ordering.TOGETHER):
        assert (TESTS.parent / path).exists(), path


HANDING = """
from tests.ordering import Handing
def pytest_xdist_make_scheduler(config, log): return Handing(config, log)
"""
SHARED = """
import os, pytest
@pytest.mark.parametrize("n", range(8))
def test_it(n): open(f"{os.environ['PYTEST_XDIST_WORKER']}.ran", "a").write("x")
"""


def test_what_shares_a_load_is_handed_to_one_process(tmp_path: Path) -> None:
    """Two processes, two places with eight tests: one is shared out, one stays together."""
    for place in ("tests/demonstration", "tests/others"):
        home = tmp_path / place
        home.mkdir(parents=True)
        (home / "test_some.py").write_text(SHARED)
    (tmp_path / "conftest.py").write_text(HANDING)
    told = [run_of(tmp_path, place) for place in ("tests/demonstration", "tests/others")]
    assert [len(workers) for workers in told] == [1, 2]


def run_of(home: Path, place: str) -> list[Path]:
    """Run the tests of a place by two processes; return the traces of those that had some."""
    command = [
        sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:django",
        "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", str(home),
        "--confcutdir", str(home), place,
    ]  # fmt: skip
    known = {
        **os.environ,
        "PYTHONPATH": str(TESTS.parent),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    subprocess.run(command, cwd=home, env=known, check=True, capture_output=True)
    ran = list(home.glob("*.ran"))
    for path in ran:
        path.unlink()
    return ran
