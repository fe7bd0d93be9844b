"""A small bureau, its people by role, a clock that stands, and clients that are signed in."""

import gc
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import connection
from django.test import Client, override_settings

from audit import clock as office_clock
from tests import factories, flushing, migrated, ordering, replaying
from tests.short_head import ShortHead

START = datetime(2025, 9, 26, 10, 0, tzinfo=office_clock.PLACE)
"""A Friday; the next five working days end after the National Day holiday (law.md 9)."""


class StandingClock:
    """The clock of a test: it stands until it is moved, for every thread of the process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.stand_at(START)

    def stand_at(self, moment: date) -> datetime:
        """Move the clock to a moment; a plain date stands for ten o'clock of that day."""
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time(10), office_clock.PLACE)
        # The default of a context variable holds in every thread, also in a live server's.
        standing: ContextVar[datetime | None] = ContextVar("standing", default=moment)
        self._monkeypatch.setattr(office_clock, "_standing", standing)
        return moment

    def forward(self, **length: float) -> datetime:
        """Move the clock forward by days, hours, minutes or seconds."""
        return self.stand_at(self.now() + timedelta(**length))

    def now(self) -> datetime:
        """Return the moment at which the clock stands."""
        return office_clock.now()

    def today(self) -> date:
        """Return the day on which the clock stands."""
        return office_clock.today()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the longest; mark what touches no database.

    Leave what needs real row locks to PostgreSQL, and say how many were left.
    """
    items.sort(key=ordering.place)
    for item in items:
        if ordering.is_pure(item):
            item.add_marker("pure")
    if connection.vendor == "postgresql":
        return
    left = [item for item in items if item.get_closest_marker("row_locks")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not item.get_closest_marker("row_locks")]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ordering.Handing:
    """Hand the tests out as `ordering` says."""
    return ordering.Handing(config, log)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for garbage rarely: what is imported by now stays, and a test leaves little."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Copy a database that was migrated before, where there is one."""
    with migrated.copied():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let the flush after a transactional test empty what nothing else may, and refill it."""
    with django_db_blocker.unblock():
        flushing.keep(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", flushing.empty_and_refill)
        yield


@pytest.fixture(autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hash passwords quickly; how long hashing takes is not what the tests ask."""
    quick = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    with override_settings(PASSWORD_HASHERS=quick):
        yield


@pytest.fixture(autouse=True)
def _watched(request: pytest.FixtureRequest) -> Iterator[None]:
    """See whether a test writes or bends anything: then no world is put back for it, nor kept."""
    replaying.watch.begin(is_bent="settings" in request.fixturenames)
    with connection.execute_wrapper(replaying.watch), connection.execute_wrapper(ShortHead()):
        yield


@pytest.fixture
def monkeypatch() -> Iterator[pytest.MonkeyPatch]:
    """pytest's own, telling when it bends what a world may rest on.

    Fixtures that change only what no world rests on use a patch of their own.
    """
    patch = replaying.Bending()
    yield patch
    patch.undo()


@pytest.fixture
def clock() -> Iterator[StandingClock]:
    """The clock stands at 2025-09-26 10:00 in every thread, until the test moves it."""
    with pytest.MonkeyPatch.context() as patch:
        yield StandingClock(patch)


@pytest.fixture
def tree(db: None, clock: StandingClock) -> SimpleNamespace:
    """山东省—德州市—乐陵市 with bureaus, four townships, stations and two villages."""
    return replaying.once("tree", factories.make_tree)


@pytest.fixture
def people(tree: SimpleNamespace) -> SimpleNamespace:
    """The people of the small bureau, named by role."""
    return replaying.once("people", lambda: factories.make_people(tree))


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    """Give a client in which the person is signed in: `signed_in(people.chief).get("/")`."""

    def enter(person: Any, **options: Any) -> Client:
        client = Client(**options)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter
