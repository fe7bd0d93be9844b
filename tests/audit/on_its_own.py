"""Work on a real database in a process of its own: several threads, or a death in mid-act.

Started by the tests of this folder with DATABASE_URL; prints JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from audit.models import ChainHead, Entry
from audit.recording import record, record_alone
from audit.seals import seal_day
from audit.verification import verify


def migrate() -> None:
    """Build the tables, the triggers and the head."""
    call_command("migrate", verbosity=0)


def write(threads: str, each: str) -> None:
    """Let several threads record at once, each in its own connection."""

    def work(thread: int) -> None:
        for number in range(int(each)):
            record_alone("test.write", f"{thread}/{number}")
        connection.close()

    with ThreadPoolExecutor(int(threads)) as pool:
        list(pool.map(work, range(int(threads))))


def seal(threads: str) -> list[int]:
    """Let several threads seal the day at once; give the numbers of the seals they got."""

    def work(_: int) -> int:
        number = seal_day().pk
        connection.close()
        return number

    with ThreadPoolExecutor(int(threads)) as pool:
        return sorted(pool.map(work, range(int(threads))))


def die() -> None:
    """Record inside an open transaction, say so, and wait to be killed."""
    with transaction.atomic():
        record("test.die", "未完成")
        say("recorded")
        time.sleep(60)


def report() -> dict[str, Any]:
    """Tell how the chain stands."""
    found = verify()
    return {
        "entries": Entry.objects.count(),
        "labels": sorted(Entry.objects.values_list("label", flat=True)),
        "sequences": list(Entry.objects.oldest_first().values_list("sequence", flat=True)),
        "head": ChainHead.objects.get().sequence,
        "faults": found.faults,
    }


def say(words: Any) -> None:
    """Print one line of JSON at once."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Do one after another what the arguments name, each a word with its numbers."""
    works: tuple[Callable[..., Any], ...] = (migrate, write, seal, die, report)
    known = {work.__name__: work for work in works}
    for argument in sys.argv[1:]:
        name, *numbers = argument.split()
        say(known[name](*numbers))
