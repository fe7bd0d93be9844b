"""Let two people do something at the same moment, each in a process and connection of his own."""

import os
from collections.abc import Callable
from typing import Any

from django.db import connection

from accreditation.models import Application
from audit.models import Entry
from tests.faults import grounds, invariants
from tests.faults.crashing import forked
from tests.faults.office import Office
from tests.faults.operations import OPERATIONS, tick
from workflows import operations
from workflows.door import perform
from workflows.models.notices import Notice
from workflows.models.tasks import Task
from workflows.refusals import Refusal

Pair = tuple[Callable[[Office], Any], Callable[[Office], Any]]


def _accepts(name: str) -> Callable[[Office], Any]:
    return lambda office: perform(office.walk.case, "accept", by=getattr(office.people, name))


def _returns(office: Office) -> Any:
    return perform(
        office.walk.case, "return_for_supplement", by=office.people.second_reviewer,
        defects="缺照片", opinion="缺照片",
    )  # fmt: skip


def _claims(name: str) -> Callable[[Office], Any]:
    return lambda office: operations.claim(
        Task.objects.open().get(), by=getattr(office.people, name)
    )


def _hands_in(name: str) -> Callable[[Office], Any]:
    return lambda office: office.walk.sheet(getattr(office.people, name))


def _opens(office: Office) -> Any:
    return office.opened(office.people.chief, office.tree.station)


RACES: dict[str, tuple[str, Pair]] = {
    "accept_twice": ("accept", (_accepts("reviewer"), _accepts("second_reviewer"))),
    "accept_or_return": ("accept", (_accepts("reviewer"), _returns)),
    "claim_twice": ("accept", (_claims("reviewer"), _claims("second_reviewer"))),
    "both_sheets": ("overdue", (_hands_in("assessor_a"), _hands_in("assessor_b"))),
    "open_twice": ("open_case", (_opens, _opens)),
    "tick_twice": ("overdue", (tick, tick)),
}


def race(office: Office, name: str, late: bool = False) -> dict[str, Any]:
    """Run a race once; return what each was told, what is stored, and what is broken.

    `late` moves the clock behind every due date, so that a tick has something to report.
    """
    point, pair = RACES[name]
    office.at(point)
    if late:
        prepare = OPERATIONS["escalates"].prepare
        assert prepare is not None
        prepare(office)
    before = (Entry.objects.filter(outcome="done").count(), Notice.objects.count())
    told = _at_once(office, pair)
    grounds.alone()
    return {
        "told": told,
        "entries": Entry.objects.filter(outcome="done").count() - before[0],
        "refusals": Entry.objects.filter(outcome="refused").count(),
        "notices": Notice.objects.count() - before[1],
        "cases": Application.objects.count(),
        "broken": invariants.broken(),
    }


def _at_once(office: Office, pair: Pair) -> list[str]:
    """Start both together; return for each "won", or why he was refused, or what failed."""
    start, go = os.pipe()
    runners = []
    for work in pair:
        reading, writing = os.pipe()
        child = forked(lambda work=work, writing=writing: _run(office, work, start, go, writing))
        os.close(writing)
        runners.append((child, reading))
    os.close(go)
    told = []
    for child, reading in runners:
        with os.fdopen(reading, "rb") as mouth:
            told.append(mouth.read().decode())
        os.waitpid(child, 0)
    os.close(start)
    return told


def _run(office: Office, work: Callable[[Office], Any], start: int, go: int, mouth: int) -> None:
    """Connect, wait for the start, do it, and say what came of it."""
    os.close(go)
    connection.ensure_connection()
    os.read(start, 1)
    try:
        work(office)
        words = "won"
    except Refusal as refusal:
        words = f"{refusal.kind}：{refusal.message}"
    except Exception as fault:
        words = f"fault：{fault!r}"
    os.write(mouth, words.encode())
