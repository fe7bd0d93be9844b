"""Work D: whole requests through the production server, and eight who race for one task."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from bench import tree
from bench.peers import Peer, running, surroundings
from bench.table import Section
from bench.timing import milliseconds, p50, p95

CLIENTS, ROUNDS, ACTS, PAGES = 4, 3, 30, 30
INBOXES = {"ours": 30, "plain": 4}
SERVERS = {
    "ours": ("bench.serving:application", "bench_ours", "bench.ours"),
    "plain": ("bench.plain.serving:application", "bench_plain", "bench.plain.peer"),
}
RACES, RACERS = 60, 8
ACT_GOAL, INBOX_GOAL, RACE_GOAL = 2.0, 20.0, 50.0


@contextmanager
def served(application: str, database: str) -> Iterator[int]:
    """Serve an application as production does and yield its port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    command = [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", "--threads=8"]
    process = subprocess.Popen([*command, application], env=surroundings(database))
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")


class Visitor:
    """Somebody signed in who sends one request after the other."""

    def __init__(self, port: int, cookie: str, csrf: str, fields: dict[str, str]) -> None:
        """Keep what every request carries."""
        self.port = port
        self.headers = {"Cookie": cookie, "X-CSRFToken": csrf}
        self.body = urlencode(fields)

    def get(self, address: str) -> None:
        """Fetch a page; raise if it is not answered by the page itself."""
        self._send("GET", address, None, {}, 200)

    def post(self, address: str) -> None:
        """Hand a form in; raise if it is not accepted."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self._send("POST", address, self.body, form, 302)

    def _send(
        self, method: str, address: str, body: str | None, more: dict[str, str], wanted: int
    ) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, address, body, {**self.headers, **more})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != wanted:
            raise RuntimeError(f"{method} {address} answers {answer.status}")


class Load:
    """The load on one server: so many clients, each with its next request after its last."""

    def __init__(self, port: int, peer: Peer) -> None:
        """Prepare cases to act on, the last of them only to be looked at."""
        self.peer = peer
        self.given = peer.ask("requests", count=ROUNDS * ACTS + CLIENTS + PAGES)
        self.acts = iter(self.given["acts"])
        self.clerk = Visitor(port, peer.ask("session_of", key=tree.CLERK), "", {})
        given = self.given
        self.reviewer = Visitor(port, given["cookie"], given["csrf"], given["fields"])
        self.send("act", CLIENTS)
        self.send("page", CLIENTS)
        self.send("inbox", CLIENTS)
        self.found: dict[str, list[tuple[float, list[float]]]] = {}

    def send(self, kind: str, count: int) -> tuple[float, list[float]]:
        """Send so many requests of a kind; return requests a second and each one's time."""
        if kind == "act":
            send, addresses = self.reviewer.post, [next(self.acts) for _ in range(count)]
        elif kind == "page":
            send, addresses = self.reviewer.get, self.given["pages"][-count:]
        else:
            send, addresses = self.clerk.get, [self.given["inbox"]] * count
        return _sent(send, addresses)

    def round(self, kind: str, count: int) -> None:
        """Send a round and keep what was found."""
        self.found.setdefault(kind, []).append(self.send(kind, count))

    def per_second(self, kind: str) -> float:
        """Return the middle of the rounds."""
        return p50([rate for rate, _ in self.found[kind]])

    def times(self, kind: str) -> list[float]:
        """Return the times of all rounds."""
        return [spent for _, times in self.found[kind] for spent in times]


def _sent(send: Any, addresses: Sequence[str]) -> tuple[float, list[float]]:
    """Send requests from all clients; return requests a second and each one's time."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        times = list(clients.map(lambda address: milliseconds(lambda: send(address)), addresses))
    return len(addresses) / (time.perf_counter() - begun), times


def measure() -> Section:
    """Load both servers in alternating rounds, then let both sides race."""
    section = Section(
        "D. Through the production server",
        f"waitress with eight threads and the production settings, {CLIENTS} clients; the act "
        "returns an application with an opinion (ours) or hands the assigned task in "
        "(viewflow). The page of ours is the whole page of the case, that of viewflow its form; "
        "the in-box is the township clerk's of work B.",
        ("request", "ours a second", "p50 ms", "p95", "viewflow a second", "p50 ms", "p95",
         "ours ÷ viewflow"),
    )  # fmt: skip
    with running(
        **{side: (module, database) for side, (_, database, module) in SERVERS.items()}
    ) as peers:
        peers["plain"].ask("appoint")
        loads = _loaded(peers)
        for kind, title in (("act", "act"), ("page", "task page"), ("inbox", "in-box page")):
            row: list[object] = [title]
            for side in SERVERS:
                spent = loads[side].times(kind)
                row += [loads[side].per_second(kind), p50(spent), p95(spent)]
            ratio = loads["ours"].per_second(kind) / loads["plain"].per_second(kind)
            section.rows.append((*row, ratio))
            if kind != "page":
                least = ACT_GOAL if kind == "act" else INBOX_GOAL
                section.least(f"{title}: at least {least:.0f} × a second", ratio, least)
        _races(section, peers)
    return section


def _loaded(peers: dict[str, Peer]) -> dict[str, Load]:
    """Send all rounds, one side after the other in each."""
    ours, plain = SERVERS["ours"], SERVERS["plain"]
    with served(*ours[:2]) as port_of_ours, served(*plain[:2]) as port_of_plain:
        loads = {
            "ours": Load(port_of_ours, peers["ours"]),
            "plain": Load(port_of_plain, peers["plain"]),
        }
        for _ in range(ROUNDS):
            for kind, count in (("act", ACTS), ("page", PAGES), ("inbox", 0)):
                for side, load in loads.items():
                    load.round(kind, count or INBOXES[side])
    return loads


def _races(section: Section, peers: dict[str, Peer]) -> None:
    """Let eight processes race for one task on either side."""
    for side, title in (("ours", "ours"), ("plain", "viewflow, its row lock")):
        found = peers[side].ask("races", rounds=RACES if side == "ours" else 12, racers=RACERS)
        outcomes = ", ".join(f"{name} {number}" for name, number in found["outcomes"].items())
        section.notes.append(
            f"{RACERS} processes race for one task, {title}: exactly one winner "
            f"{found['one_winner']} of {found['rounds']}, effects {found['effects']}; p50 "
            f"{found['p50']:.1f} ms, p95 {found['p95']:.1f} ms, of those who lost "
            f"{found['lost_p95']:.1f} ms ({outcomes})."
        )
        if side == "ours":
            section.goal(
                f"race: p95 below {RACE_GOAL:.0f} ms", found["p95"], RACE_GOAL, "{:.1f} ms"
            )
            section.least(
                "race: one winner in every round",
                found["one_winner"] / found["rounds"],
                1.0,
            )
