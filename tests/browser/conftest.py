"""Drive a real Chromium against the live server; any console error fails the test."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.factories import PASSWORD

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def office(transactional_db: None, clock: Any, request: pytest.FixtureRequest) -> Any:
    """The small bureau, committed so that a live server's threads see it."""
    return request.getfixturevalue("people")


@pytest.fixture
def sign_in(chromium: Browser, live_server: Any, office: Any) -> Iterator[Callable[..., Page]]:
    """Sign a person in through the sign-in page and return his page."""
    faults: list[str] = []
    contexts = []

    def enter(person: Any, width: int = 1366, height: int = 768) -> Page:
        context = chromium.new_context(
            locale="zh-CN", base_url=live_server.url,
            viewport={"width": width, "height": height},
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda sent: _note_foreign(sent.url, live_server.url, faults))
        page.goto("/")
        page.fill("input[name=username]", person.username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(f"{live_server.url}/")
        return page

    yield enter
    for context in contexts:
        context.close()
    assert faults == []


def _note_foreign(url: str, home: str, faults: list[str]) -> None:
    """Note a request that would leave the machine."""
    if not url.startswith((home, "data:", "blob:")):
        faults.append(f"request to {url}")
