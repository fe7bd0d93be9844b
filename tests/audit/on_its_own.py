"""Work on a real database in a process of its own: several threads, or a death in mid-act.

Started by the tests of this folder with DATABASE_URL; prints JSON.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from audit.models import ChainHead, Entry
from audit.recording import record, record_alone
from audit.seals import seal_day
from audit.stored import UNREADABLE
from audit.verification import verify

MARK = b"test.write"


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


def damage(times: str) -> dict[str, Any]:
    """Flip single bits in the pages of SQLite's file that hold the entries, one after another.

    Tell how often an entry then read differently, and where that went unnoticed.
    """
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    path = Path(connection.settings_dict["NAME"])
    whole, entries = path.read_bytes(), _all_bytes(path)
    first, last = whole.find(MARK), whole.rfind(MARK) + 400
    chance, changed, unnoticed = Random(7), 0, []
    for _ in range(int(times)):
        place = chance.randrange(first, min(last, len(whole)))
        flipped = whole[place] ^ 1 << chance.randrange(8)
        path.write_bytes(whole[:place] + bytes([flipped]) + whole[place + 1 :])
        if _all_bytes(path) != entries:
            changed += 1
            unnoticed += [] if _is_noticed() else [place]
        connection.close()
    path.write_bytes(whole)
    return {"changed": changed, "unnoticed": unnoticed, "faults": verify().faults}


def _is_noticed() -> bool:
    """Tell whether the check finds a fault, or a database it cannot open at all."""
    try:
        return bool(verify().faults)
    except UNREADABLE:
        return True


def _all_bytes(path: Path) -> list[Any] | str:
    """Read the entries with no index and no conversion; the error where that fails."""
    plain = sqlite3.connect(path)
    plain.text_factory = bytes
    try:
        return plain.execute("SELECT * FROM audit_entry NOT INDEXED").fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return str(error)
    finally:
        plain.close()


def say(words: Any) -> None:
    """Print one line of JSON at once."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Do one after another what the arguments name, each a word with its numbers."""
    works: tuple[Callable[..., Any], ...] = (migrate, write, seal, die, damage, report)
    known = {work.__name__: work for work in works}
    for argument in sys.argv[1:]:
        name, *numbers = argument.split()
        say(known[name](*numbers))
