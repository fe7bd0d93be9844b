"""Drive a real Chromium against the live server; any console error fails the test."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.desk import Desk
from tests.legality_review.steps import Walk

PATIENCE = 20_000
"""Milliseconds: how long a busy machine may take for what a person waits for."""
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
    expect.set_options(timeout=PATIENCE)
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
def new_page(chromium: Browser, live_server: Any, office: Any) -> Iterator[Callable[..., Page]]:
    """Open a browser of one's own; what goes wrong in any of them fails the test."""
    faults: list[str] = []
    contexts = []

    def opened(width: int = 1366, height: int = 768) -> Page:
        context = chromium.new_context(
            locale="zh-CN", base_url=live_server.url,
            viewport={"width": width, "height": height},
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: _note_complaint(said, faults))
        page.on("request", lambda sent: _note_foreign(sent.url, live_server.url, faults))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def desk(new_page: Callable[..., Page], office: Any) -> Callable[[str], Desk]:
    """Give the desk of a person by name; everybody has one browser."""
    desks: dict[str, Desk] = {}

    def desk_of(name: str) -> Desk:
        if name not in desks:
            desks[name] = Desk(new_page(), getattr(office, name))
        return desks[name]

    return desk_of


@pytest.fixture
def walk(office: Any, tree: Any, clock: Any, settings: Any, tmp_path: Any) -> Walk:
    """A matter of 云红街道 under legality review; its files lie in a folder of the test."""
    settings.FILES_ROOT = tmp_path / "files"
    return Walk(office, tree, clock)


@pytest.fixture
def sign_in(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Sign a person in through the sign-in page and return his page."""

    def enter(person: Any, width: int = 1366, height: int = 768) -> Page:
        page = new_page(width, height)
        Desk(page, person).arrive()
        return page

    return enter


def _note_complaint(said: ConsoleMessage, faults: list[str]) -> None:
    """Note an error in the console; that a refused form answers 4xx is no error of the page."""
    if said.type == "error" and "the server responded with a status of 4" not in said.text:
        faults.append(said.text)


def _note_foreign(url: str, home: str, faults: list[str]) -> None:
    """Note a request that would leave the machine."""
    if not url.startswith((home, "data:", "blob:")):
        faults.append(f"request to {url}")
