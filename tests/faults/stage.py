"""A process on a database of its own that forks children and sees them die.

Started by `conftest.py` with DATABASE_URL; reads one line of JSON for each command and answers
with one. It never renders, and has no thread, so that it can be forked at any time.
"""

import gc
import json
import os
import signal
import sys
import traceback
from typing import Any

from django.db import connections

from accreditation.models import Application
from audit.models import Entry, Outcome
from tests.faults import crashing, grounds, invariants, racing, serving, task_operations
from tests.faults.office import Office
from tests.faults.operations import OPERATIONS
from workflows.models.notices import Notice
from workflows.models.tasks import Task

KNOWN = (task_operations,)
"""Modules that declare further operations as they are imported."""


class Stage:
    """The commands; each method is one."""

    def __init__(self) -> None:
        self.office = Office()
        self.office.prepare()
        gc.freeze()  # a child that looks through what it inherits copies it

    def declared(self) -> list[str]:
        """Name the operations that are declared."""
        return list(OPERATIONS)

    def sweep(self, operation: str, planted: str = "", until: str = "") -> dict[str, Any]:
        """Kill an operation at every point."""
        return crashing.sweep(self.office, operation, planted, until)

    def race(self, name: str, late: bool = False) -> dict[str, Any]:
        """Let two do something at once."""
        return racing.race(self.office, name, late)

    def desks(self) -> dict[str, Any]:
        """Go to three applications in self-assessment; tell their addresses and one task."""
        self.office.at("desks")
        cases = list(Application.objects.order_by("pk"))
        task = Task.objects.of_case(cases[-1]).open().get()
        return {"cases": [case.get_absolute_url() for case in cases], "task": str(task.uuid)}

    def overdue(self) -> None:
        """Go to where two tasks are overdue and nobody has been told."""
        self.office.at("overdue")
        prepare = OPERATIONS["escalates"].prepare
        assert prepare is not None
        prepare(self.office)
        connections.close_all()

    def serve(self, **facts: Any) -> int:
        """Start a server."""
        return serving.serve(**facts)

    def tick_on(self, **facts: Any) -> int:
        """Start the clock."""
        return serving.tick_on(**facts)

    def is_alive(self, process: int) -> bool:
        """Tell whether a child still runs."""
        return os.waitpid(process, os.WNOHANG) == (0, 0)

    def kill(self, process: int) -> None:
        """Kill a child outright."""
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)

    def stored(self, words: list[str]) -> dict[str, int]:
        """Tell for each of these opinions how many acts are stored with it."""
        done = Entry.objects.filter(outcome=Outcome.DONE, reason__in=words)
        found = list(done.values_list("reason", flat=True))
        return {word: found.count(word) for word in words}

    def counts(self) -> dict[str, int]:
        """Tell how many applications and notices there are, and tasks reported as overdue."""
        reported = Task.objects.exclude(escalated_on=None).count()
        counts = {"cases": Application.objects.count(), "notices": Notice.objects.count()}
        connections.close_all()
        return counts | {"reported": reported}

    def broken(self, is_served: bool = False) -> list[str]:
        """Look at everything afresh; where no server runs, once the dead are gone."""
        connections.close_all()
        if not is_served:
            grounds.alone()
        return invariants.broken()


def main() -> None:
    """Answer commands until there are no more."""
    stage = Stage()
    say({"answer": "ready"})
    for line in sys.stdin:
        command, facts = json.loads(line)
        try:
            say({"answer": getattr(stage, command)(**facts)})
        except Exception:
            say({"fault": traceback.format_exc()})


def say(words: Any) -> None:
    """Print one line of JSON at once."""
    sys.stdout.write(json.dumps(words, ensure_ascii=False) + "\n")
    sys.stdout.flush()
