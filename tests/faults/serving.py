"""Run the production server, or the clock, in a child of the stage, to be killed at any moment."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection
from waitress.runner import run

from tests.faults.crashing import forked
from tests.faults.planted import PLANTED_IN_SERVER


def serve(port: int, planted: str = "", **database: Any) -> int:
    """Start what `tools/run.sh` starts, warm; return its process."""

    def work() -> None:
        _reach(**database)
        PLANTED_IN_SERVER[planted]()
        run(["waitress", f"--listen=127.0.0.1:{port}", "--threads=8", "config.wsgi:application"])

    return forked(work)


def tick_on(**database: Any) -> int:
    """Start `manage.py tick --loop 1`; return its process."""

    def work() -> None:
        _reach(**database)
        call_command("tick", loop=1, stdout=StringIO(), stderr=StringIO())

    return forked(work)


def _reach(database_port: int = 0, timeout: float = 0) -> None:
    """Reach the database by another port, or wait less long for its lock."""
    if database_port:
        connection.settings_dict["PORT"] = str(database_port)
    if timeout:
        connection.settings_dict["OPTIONS"]["timeout"] = timeout
