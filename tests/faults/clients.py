"""Clients that post acts over HTTP all the time, and remember what they were told."""

import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode

from tests.factories import PASSWORD

LOST = (OSError, HTTPException)
PATIENCE = 60


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@dataclass
class Answer:
    """What the server said: status, the address it sends to, and the page."""

    status: int
    location: str
    page: str
    headers: dict[str, str]


class Browser:
    """A browser with its cookies; `LOST` is raised where no whole answer comes."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path)

    def post(self, path: str, **fields: Any) -> Answer:
        """Hand a form in."""
        token = self.cookies.get("csrftoken", "")
        return self._ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": token}))

    def sign_in(self, username: str) -> None:
        """Sign in, once the server answers."""
        self.wait()
        self.get("/sign-in/")
        answer = self.post("/sign-in/", username=username, password=PASSWORD)
        assert answer.status == 302, answer.page

    def wait(self) -> None:
        """Wait until the server answers."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.get("/healthz")
                return
            except LOST:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def _ask(self, method: str, path: str, body: str = "") -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            page = response.read().decode()
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        location = response.headers.get("Location", "")
        return Answer(response.status, location, page, dict(response.headers))


@dataclass
class Ledger:
    """What was acknowledged, what was refused, and of what nothing is known."""

    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    def note(self, words: str, send: Callable[[], Answer]) -> Answer | None:
        """Send a form and note under its words what came of it."""
        try:
            answer = send()
        except LOST:
            self.unknown.append(words)
            return None
        if answer.status == 302 and "/sign-in/" not in answer.location:
            self.acknowledged.append(words)
        elif answer.status == 503:
            self.unknown.append(words)
        elif answer.status in {403, 409, 422}:
            self.refused.append(words)
        else:
            self.strange.append(f"{words}: {answer.status} {answer.location}")
        return answer


class Client:
    """One client: does the steps one after another, each again until something is known of it."""

    def __init__(self, name: str, steps: list[Callable[[str], Answer]], ledger: Ledger) -> None:
        self.name, self.steps, self.ledger = name, steps, ledger

    def run(self, stop: Event) -> None:
        """Work until told to stop."""
        number = 0
        for step in cycle(self.steps):
            answer = None
            while answer is None or answer.status == 503:
                if stop.is_set():
                    return
                number += 1
                words = f"{self.name}第{number}次"
                answer = self.ledger.note(words, lambda step=step, words=words: step(words))
                if answer is None or answer.status == 503:
                    time.sleep(0.02)


class Load:
    """Four clients at once: two cases go to and fro, one task is claimed, one case opened."""

    def __init__(self, port: int, desks: dict[str, Any]) -> None:
        self.port, self.desks, self.stop = port, desks, Event()
        self.ledgers = [Ledger() for _ in range(4)]
        self.threads: list[Thread] = []

    def start(self) -> None:
        """Sign everybody in and let the clients work."""
        near, far, _ = self.desks["cases"]
        workers = [
            self._mover("甲", near, "chief", "township_leader"),
            self._mover("乙", far, "other_chief", "other_township_leader"),
            self._claimer("丙", "third_chief"),
            self._opener("丁", "fourth_chief"),
        ]
        for (name, steps), ledger in zip(workers, self.ledgers, strict=True):
            client = Client(name, steps, ledger)
            self.threads.append(Thread(target=client.run, args=[self.stop], daemon=True))
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        """Let the clients end."""
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=PATIENCE)

    def progress(self, more: int = 1) -> None:
        """Wait until some more has been acknowledged."""
        wanted = self.acknowledged() + more
        end = time.monotonic() + PATIENCE
        while self.acknowledged() < wanted:
            assert time.monotonic() < end, [vars(ledger) for ledger in self.ledgers]
            time.sleep(0.005)

    def acknowledged(self) -> int:
        """Return how many acts were acknowledged."""
        return sum(len(ledger.acknowledged) for ledger in self.ledgers)

    def faults(self, stage: Any) -> Iterator[str]:
        """Yield every acknowledged act that is not stored once, and what is stored otherwise."""
        for ledger in self.ledgers:
            yield from ledger.strange
            stored = stage.stored(words=ledger.acknowledged + ledger.refused + ledger.unknown)
            yield from (f"{w}: lost or doubled" for w in ledger.acknowledged if stored[w] != 1)
            yield from (f"{w}: refused, but stored" for w in ledger.refused if stored[w])
            yield from (f"{w}: doubled" for w in ledger.unknown if stored[w] > 1)

    def _person(self, username: str) -> Browser:
        browser = Browser(self.port)
        browser.sign_in(username)
        return browser

    def _mover(self, name: str, case: str, chief: str, leader: str) -> Any:
        station, township = self._person(chief), self._person(leader)
        submit, give_back = f"{case}acts/submit_self_assessment/", f"{case}acts/return_to_station/"
        return name, [
            lambda words: station.post(submit, summary=words),
            lambda words: township.post(give_back, township_opinion=words),
        ]

    def _claimer(self, name: str, chief: str) -> Any:
        station, task = self._person(chief), self.desks["task"]

        def give_back(words: str) -> Answer:
            station.post(f"/tasks/{task}/claim/")
            return station.post(f"/tasks/{task}/release/", reason=words)

        return name, [give_back]

    def _opener(self, name: str, chief: str) -> Any:
        station = self._person(chief)

        def open_and_withdraw(words: str) -> Answer:
            form = station.get("/accreditation/applications/new/")
            if form.status == 503:
                return form
            standard = re.findall(r'<option value="(\d+)"', form.page)[0]
            answer = station.post(
                "/accreditation/applications/new/", batch_year=2025, standard=standard
            )
            if answer.status == 422:  # one was opened, and the answer lost
                answer = station.get("/accreditation/applications/")
            if answer.status == 503:
                return answer
            found = re.findall(r"/cases/application/[0-9a-f-]+/", answer.location + answer.page)
            return station.post(f"{found[0]}acts/withdraw/", reason=words)

        return name, [open_and_withdraw]
