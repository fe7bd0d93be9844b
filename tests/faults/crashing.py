"""Kill a process at the n-th point of an operation, for every n, and look at what is left.

A point lies before every statement, and before and after every commit (so that the last is before
the answer): between a statement and the next nothing stored changes.
"""

import ctypes
import os
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any

from django.db import connection, connections

from tests.faults import grounds, invariants
from tests.faults.office import Office
from tests.faults.operations import OPERATIONS, Operation
from tests.faults.planted import PLANTED

ANSWER = b"done"
MOST_POINTS = 1000
DIE_WITH_PARENT = 1


@dataclass
class Report:
    """What a sweep found: points, deaths and commits, in which time, and every fault."""

    points: int = 0
    kills: int = 0
    committed: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


def forked(work: Callable[[], Any]) -> int:
    """Let a child with a connection of its own do the work and exit; return its number."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def outcome(work: Callable[[Callable[[], None]], Any]) -> tuple[bool, bytes]:
    """Do the work in a child; tell whether it was killed, and what it said before.

    The work is given a function that says "done"; an exception is said as its text.
    """
    reading, writing = os.pipe()

    def said() -> None:
        try:
            work(lambda: os.write(writing, ANSWER) and None)
        except BaseException:
            os.write(writing, traceback.format_exc().encode())

    child = forked(said)
    os.close(writing)
    with os.fdopen(reading, "rb") as mouth:
        words = mouth.read()
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, words


@contextmanager
def death_at(place: int) -> Iterator[None]:
    """Kill this process at a place."""
    passed = count(1)
    commit = connection._commit

    def point() -> None:
        if next(passed) == place:
            os.kill(os.getpid(), signal.SIGKILL)

    def before_statement(execute: Any, *arguments: Any) -> Any:
        point()
        return execute(*arguments)

    def around_commit() -> None:
        point()
        commit()
        point()

    connection.ensure_connection()
    connection._commit = around_commit
    with connection.execute_wrapper(before_statement):
        yield
    connection._commit = commit


def killed_at(place: int, office: Office, operation: Operation, planted: str) -> tuple[bool, bytes]:
    """Do an operation in a child that dies at a place; tell whether it did, and what it said."""

    def work(answer: Callable[[], None]) -> None:
        with PLANTED[planted](answer), death_at(place):
            operation.work(office)
            answer()

    return outcome(work)


def sweep(office: Office, name: str, planted: str = "", until: str = "") -> dict[str, Any]:
    """Kill an operation at every point of it, then let it be done; return the report.

    A sweep that is to find a planted fault ends with the first that holds the words `until`.
    """
    begun = time.monotonic()
    report, operation = Report(), OPERATIONS[name]
    for fault in _sweep(report, office, operation, planted):
        report.faults.append(fault)
        if until and until in fault:
            break
    report.seconds = round(time.monotonic() - begun, 1)
    return asdict(report)


def _sweep(report: Report, office: Office, operation: Operation, planted: str) -> Iterator[str]:
    """Yield every fault, with the place at which the process died."""
    whole = _whole(office, operation)
    report.points = whole.points
    before = _begin(office, operation)
    for place in range(1, MOST_POINTS):
        died, words = killed_at(place, office, operation, planted)
        mark = f"{operation.name}, {f'point {place}' if died else 'not killed'}"
        report.kills += died
        stored = grounds.image() != before
        report.committed += stored and died
        if words not in {ANSWER, b""}:
            yield f"{mark}: {words.decode()}"
        if words == ANSWER and not stored:
            yield f"{mark}: acknowledged, but not stored"
        if stored:
            yield from (
                f"{mark}: {fault}" for fault in _faults(office, operation, before, whole.growth)
            )
        if not died:
            return
        if stored:
            before = _again(office, operation)
    yield f"{operation.name}: not completed after {MOST_POINTS} points"


def _begin(office: Office, operation: Operation) -> grounds.Image:
    """Bring the stage to the beginning of an operation; return what is stored there."""
    office.at(operation.at)
    if operation.prepare:
        operation.prepare(office)
    return grounds.image()


def _again(office: Office, operation: Operation) -> grounds.Image:
    """Bring the stage to a further beginning of the operation; return what is stored there."""
    if operation.renew is None:
        return _begin(office, operation)
    operation.renew(office)
    return grounds.image()


@dataclass(frozen=True)
class Whole:
    """What an undisturbed operation does: rows it adds to each table, points it passes."""

    growth: Counter[str]
    points: int


def _whole(office: Office, operation: Operation) -> Whole:
    """Do the operation undisturbed, here: what a process learns by it, its children know then."""
    if operation.name not in _wholes:
        before = _begin(office, operation)
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        operation.work(office)
        connection.force_debug_cursor = False
        points = _points([query["sql"] for query in connection.queries_log])
        _wholes[operation.name] = Whole(_growth(before, grounds.image()), points)
    return _wholes[operation.name]


def _points(told: list[str]) -> int:
    """Return how many points lie in what Django's own log tells was sent.

    psycopg begins a transaction with its first statement; the log tells of it nevertheless.
    """
    commits, begins = told.count("COMMIT"), told.count("BEGIN")
    return len(told) + commits - begins


_wholes: dict[str, Whole] = {}


def _growth(before: grounds.Image, after: grounds.Image) -> Counter[str]:
    """Return how many rows more each table has."""
    grown = {table: len(after[table]) - len(before[table]) for table in after}
    return Counter({table: number for table, number in grown.items() if number})


def _faults(
    office: Office, operation: Operation, before: grounds.Image, whole: Counter[str]
) -> Iterator[str]:
    """Yield what is wrong with what is stored, and whether the case can go on from there."""
    yield from invariants.broken()
    if operation.in_one:
        yield from _difference(before, whole)
    _, words = outcome(lambda answer: (operation.go_on(office), answer()))
    if words != ANSWER:
        yield f"does not go on: {words.decode()}"
    if not operation.in_one:
        yield from _difference(before, whole)
    yield from (f"gone on: {fault}" for fault in invariants.broken())


def _difference(before: grounds.Image, whole: Counter[str]) -> Iterator[str]:
    """Yield the tables to which more or less was added than an undisturbed operation adds."""
    grown = _growth(before, grounds.image())
    for table in sorted({*grown, *whole}):
        if grown[table] != whole[table]:
            yield f"half-done: {grown[table]} rows instead of {whole[table]} in {table}"
