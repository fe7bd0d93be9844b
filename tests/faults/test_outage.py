"""Goal 12: the database goes away for a while; nothing is half-written, and work goes on after."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.faults.clients import Browser, Load, free_port
from tests.faults.proxy import Wire

pytestmark = pytest.mark.django_db

CUTS = 6
LOCK_TIMEOUT = 0.3


@contextmanager
def _cut(wire: Wire) -> Iterator[None]:
    wire.cut()
    yield
    wire.join()


@contextmanager
def _locked(path: str) -> Iterator[None]:
    """Hold the lock of the file, as a writer does that does not come to an end."""
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def outage(stage: Any) -> Iterator[SimpleNamespace]:
    """How the database is reached, and `outage.lasts()`, in which it cannot be written to."""
    if connection.vendor == "sqlite":
        path = urlsplit(stage.environment["DATABASE_URL"]).path
        yield SimpleNamespace(reach={"timeout": LOCK_TIMEOUT}, lasts=lambda: _locked(path))
        return
    place = connection.settings_dict
    wire = Wire(place["HOST"], int(place["PORT"]))
    yield SimpleNamespace(reach={"database_port": wire.port}, lasts=lambda: _cut(wire))
    wire.cut()


@pytest.fixture
def server(stage: Any, outage: SimpleNamespace) -> Iterator[SimpleNamespace]:
    """A server whose database can go away, and the cases people work on."""
    desks, port = stage.desks(), free_port()
    process = stage.serve(port=port, **outage.reach)
    yield SimpleNamespace(desks=desks, port=port)
    stage.kill(process=process)


def test_a_post_is_refused_whole_keeps_what_was_typed_and_succeeds_later(
    stage: Any, outage: SimpleNamespace, server: SimpleNamespace
) -> None:
    chief = Browser(server.port)
    chief.sign_in("chief")
    case = server.desks["cases"][0]
    typed = {"summary": "全年各项任务均已完成，台账齐全，无一票否决情形。"}
    with outage.lasts():
        answer = chief.post(f"{case}acts/submit_self_assessment/", **typed)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
        assert "数据库暂时无法连接" in answer.page
        assert f"\n{typed['summary']}</textarea>" in answer.page
        assert f'action="{case}acts/submit_self_assessment/"' in answer.page
        draft = chief.post(f"{case}acts/submit_self_assessment/draft/", **typed)
        assert draft.status == 503
    assert stage.stored(words=[typed["summary"]]) == {typed["summary"]: 0}
    assert stage.broken(is_served=True) == []
    assert chief.post(f"{case}acts/submit_self_assessment/", **typed).status == 302
    assert stage.stored(words=[typed["summary"]]) == {typed["summary"]: 1}
    assert stage.broken(is_served=True) == []


@pytest.mark.row_locks
def test_a_page_says_that_the_server_is_gone_and_shows_itself_when_it_is_back(
    outage: SimpleNamespace, server: SimpleNamespace
) -> None:
    chief = Browser(server.port)
    chief.sign_in("chief")
    case = server.desks["cases"][0]
    with outage.lasts():
        for address in (case, "/", "/healthz"):
            answer = chief.get(address)
            assert answer.status == 503
            assert "请稍后重试" in answer.page
    assert chief.get(case).status == 200
    with outage.lasts():
        pass
    assert chief.get(case).status == 200, "a connection that died between two requests is renewed"


def test_outages_in_mid_act_leave_nothing_half_and_the_clients_go_on(
    stage: Any, outage: SimpleNamespace, server: SimpleNamespace
) -> None:
    load = Load(server.port, server.desks)
    load.start()
    for _ in range(CUTS):
        load.progress(2)
        with outage.lasts():
            time.sleep(2 * LOCK_TIMEOUT)
    load.progress(2 * len(load.ledgers))
    load.end()
    assert list(load.faults(stage)) == []
    assert sum(len(ledger.unknown) for ledger in load.ledgers) >= CUTS
    assert stage.broken(is_served=True) == []


def test_the_clock_survives_an_outage_and_catches_up(stage: Any, outage: SimpleNamespace) -> None:
    stage.overdue()
    before = stage.counts()
    with outage.lasts():
        clock = stage.tick_on(**outage.reach)
        time.sleep(3)
        assert stage.is_alive(process=clock)
        assert stage.counts() == before
    end = time.monotonic() + 60
    while stage.counts()["reported"] < 2 and time.monotonic() < end:
        time.sleep(0.1)
    assert stage.is_alive(process=clock)
    stage.kill(process=clock)
    assert stage.counts() == {**before, "reported": 2, "notices": before["notices"] + 2}
    assert stage.broken() == []
