"""Let two act at the same moment, each on a connection of its own."""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread

import pytest
from django.db import close_old_connections, connection

from workflows.refusals import Refusal


@contextmanager
def on_disk():
    """Give the threads a database file: on one in memory no connection waits for another's lock."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, database = connection.connection, connection.settings_dict
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder, "race.sqlite3")
        with closing(sqlite3.connect(path)) as disk:
            memory.backup(disk)
            patch.setitem(database, "NAME", str(path))
            yield
            disk.backup(memory)


def at_once(*calls):
    """Run the calls in threads that start together; return what each gave or raised."""
    with on_disk():
        return _in_threads(calls)


def _in_threads(calls):
    answers, start = [None] * len(calls), Barrier(len(calls))

    def run(place, call):
        close_old_connections()
        start.wait()
        try:
            answers[place] = call()
        except Refusal as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
