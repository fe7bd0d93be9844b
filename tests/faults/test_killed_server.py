"""Goal 10: the production server is killed again and again; what it acknowledged stands."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings

from tests.faults.clients import Browser, Load, free_port

pytestmark = pytest.mark.django_db

KILLS = 20
SEED = 20251127


@contextmanager
def real_server(stage: Any, port: int) -> Iterator[None]:
    """Start the server by the very command of tools/run.sh."""
    command = [
        "setpriv", "--pdeathsig", "TERM", sys.executable, "-m", "waitress",
        f"--listen=127.0.0.1:{port}", "--threads=8", "config.wsgi:application",
    ]  # fmt: skip
    # By the machine's clock the passwords of the stage are old.
    surroundings = {
        **stage.environment,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PASSWORD_MAX_AGE_DAYS": "36500",
    }
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=surroundings)
    try:
        yield
    finally:
        server.kill()
        server.wait()


def killed_under_load(stage: Any, kills: int, planted: str = "") -> Iterator[list[str]]:
    """Kill the server under load; yield after each death what is wrong with what is stored."""
    chance, port = random.Random(SEED), free_port()
    load = Load(port, stage.desks())
    server = stage.serve(port=port, planted=planted)
    load.start()
    for _ in range(kills):
        load.progress()
        time.sleep(chance.uniform(0, 0.15))
        stage.kill(process=server)
        yield stage.broken()
        server = stage.serve(port=port, planted=planted)
    load.progress(len(load.ledgers))
    load.end()
    stage.kill(process=server)
    yield [*load.faults(stage), *stage.broken()]


def test_what_a_killed_server_acknowledged_stands_and_every_case_goes_on(stage: Any) -> None:
    desks = stage.desks()
    assert [found for found in killed_under_load(stage, KILLS) if found] == []
    port = free_port()
    with real_server(stage, port):
        chief = Browser(port)
        chief.sign_in("second_chief")
        case = desks["cases"][0]
        assert chief.get(case).status == 200
        assert chief.post(f"{case}acts/withdraw/", reason="真实服务上撤回").status == 302
    assert stage.stored(words=["真实服务上撤回"]) == {"真实服务上撤回": 1}
    assert stage.broken() == []


@pytest.mark.parametrize("planted", ["half", "answers first"])
def test_a_planted_fault_of_the_server_is_caught(stage: Any, planted: str) -> None:
    assert any(killed_under_load(stage, 8, planted))
