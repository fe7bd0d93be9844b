"""Run each measured thing in a process of its own, which answers questions line by line."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bench import server

Answers = Mapping[str, Callable[..., Any]]


class Peer:
    """A measured process; `ask` waits for its answer."""

    def __init__(self, module: str, database: str) -> None:
        """Start the module against a database of the server."""
        self.database = database
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            env=surroundings(database),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, question: str, **facts: Any) -> Any:
        """Ask, and return the answer; raise RuntimeError if the process has died."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"question": question, **facts}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.database}: the measured process has died")
        return json.loads(line)

    def end(self) -> None:
        """Let the process go."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=30)


@contextmanager
def running(**wanted: tuple[str, str]) -> Iterator[dict[str, Peer]]:
    """Run peers by name, each a module and a database, and end them afterwards."""
    peers = {name: Peer(module, database) for name, (module, database) in wanted.items()}
    try:
        yield peers
    finally:
        for peer in peers.values():
            peer.end()


def surroundings(database: str) -> dict[str, str]:
    """Return the environment of a production start on that database."""
    return {
        **os.environ,
        "BENCH_DATABASE": database,
        "DATABASE_URL": server.url_of(database),
        "PRODUCTION": "1",
        "PLAIN_HTTP": "1",
        "SECRET_KEY": "of-the-measured-processes-alone",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "LOG_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
    }


def answer_all(answers: Answers) -> None:
    """Answer every question from standard input until it ends."""
    for line in sys.stdin:
        facts = json.loads(line)
        found = answers[facts.pop("question")](**facts)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
