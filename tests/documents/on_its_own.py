"""Work on a real database in a process of its own: several threads, or a sudden death.

Started by `test_on_its_own.py` with DATABASE_URL; prints one line of JSON for each work.
"""

import json
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from documents import numbers, papers, rendering
from documents.models import Number, NumberCounter, Paper
from permissions.models import Unit, UnitKind
from permissions.units import add_unit
from tests.documents.conftest import KINDS, ON, SERIES


class Roll(Exception):
    """Thrown to roll a transaction back."""


def migrate() -> None:
    """Build the tables and the triggers."""
    call_command("migrate", verbosity=0)


def allocate(threads: str, each: str) -> int:
    """Let threads allocate at once and roll every third allocation back; tell how many stay."""

    def work(thread: int) -> int:
        kept = 0
        for turn in range(int(each)):
            try:
                with transaction.atomic():
                    numbers.allocate(SERIES.code, 2025, None, ON)
                    if (thread + turn) % 3 == 0:
                        raise Roll
                kept += 1
            except Roll:
                continue
        connection.close()
        return kept

    with ThreadPoolExecutor(int(threads)) as pool:
        return sum(pool.map(work, range(int(threads))))


def unit() -> Unit:
    """Return a unit to hang papers on."""
    found = Unit.objects.filter(code="9").first()
    return found or add_unit(code="9", name="示例省", kind=UnitKind.PROVINCE, parent=None)


def _die(*_: Any, **__: Any) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def die_before_rendering() -> None:
    """Issue a paper and die when its file is about to be made, after the commit."""
    rendering.pdf = _die
    papers.issue(unit(), "test_letter", by=None, on=ON)


def die_before_commit() -> None:
    """Issue a paper and die before the transaction is committed."""
    with transaction.atomic():
        papers.issue(unit(), "test_letter", by=None, on=ON)
        _die()


def render() -> int:
    """Make the files that are still to be made."""
    return papers.render_pending()


def report() -> dict[str, Any]:
    """Tell how numbers and papers stand."""
    return {
        "values": list(Number.objects.order_by("value").values_list("value", flat=True)),
        "last": list(NumberCounter.objects.values_list("last", flat=True)),
        "papers": list(Paper.objects.order_by("pk").values_list("number__value", flat=True)),
        "rendered": Paper.objects.exclude(pdf_sha256="").count(),
    }


WORKS = (migrate, allocate, die_before_rendering, die_before_commit, render, report)


def main() -> None:
    """Do the works named on the command line, one after another."""
    numbers.declare(SERIES)
    for kind in KINDS:
        papers.declare(kind)
    works = {work.__name__: work for work in WORKS}
    for words in sys.argv[1:]:
        name, *arguments = words.split()
        sys.stdout.write(json.dumps(works[name](*arguments)) + "\n")
        sys.stdout.flush()
