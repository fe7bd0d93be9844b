"""Ask the addresses of the resolver as the people of the table, and compare."""

import hashlib
import html
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.template.base import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

from documents import registers, word_files
from tests.access.table import NEVER, PEOPLE, STRANGER, TABLE, TO_SIGN_IN, Line
from tests.access.world import enter
from workflows import diagram, sheets


def names_of(resolver: Any = None, space: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the full name and the number of arguments of every address: two may share a name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            below = (*space, pattern.namespace) if pattern.namespace else space
            yield from names_of(pattern, below)
        elif isinstance(pattern, URLPattern):
            name = pattern.name or f"nameless {pattern.pattern}"
            yield f"{':'.join((*space, name))} {len(pattern.pattern.converters)}"


def gaps() -> list[str]:
    """Return addresses without a line in the table, and lines without an address."""
    real = set(names_of())
    told = {f"{name} {line.takes}" for name, lines in TABLE.items() for line in lines}
    return sorted(
        [f"{name}: not in the table" for name in real - told]
        + [f"{name}: no such address" for name in told - real]
    )


FEW = {"stranger", "chief", "system_admin"}
"""Whom a method is asked of that the address does not know: it is refused before the person is."""
SOME = (*sorted(FEW), "other_chief", "reviewer", "auditor", "security_admin", "audit_admin")
"""Of whom what does not exist is asked: one of each sort of people."""
WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
KEPT_OF_READING = {
    "audit_entry", "audit_chainhead", "django_session", "permissions_signedinsession",
}  # fmt: skip
"""What a GET may write: the trace, and that the person is still there."""
FIRST_LOOK = {"workflows:case": {"workflows_task"}}
"""Where a GET also notes that whoever a task waits for has opened it: it is not taken back then."""


def words_of(content: bytes) -> str:
    """Return the words of an answer: of a page, a workbook, a Word file or a PDF.

    A workbook spells every Chinese character as a number.
    """
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = (packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
            return html.unescape("".join(parts))
    if content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8", "ignore")


@dataclass(frozen=True)
class Ask:
    """One request of the matrix with the status it is to get."""

    name: str
    person: str
    place: str
    method: str
    path: str
    body: dict[str, str]
    status: int


def path_of(name: str, line: Line, things: SimpleNamespace) -> str:
    """Return the address of a line about the things of a place."""
    filled = line.arguments.format(**vars(things))
    return reverse(name, args=filled.split("/") if filled else [])


def asks(world: SimpleNamespace, names: Any = TABLE) -> Iterator[Ask]:
    """Yield every address × place × person × method."""
    for name in names:
        for line in TABLE[name]:
            for place in line.at:
                path = path_of(name, line, getattr(world, place))
                for person in SOME if place == "absent" else PEOPLE:
                    for method, answer in (("get", line.get), ("post", line.post)):
                        if answer is NEVER and person not in FEW:
                            continue
                        status = answer.to(person, place)
                        if person == "stranger":
                            status = _to_stranger(name, answer is NEVER)
                        body = {"asked": "1", **dict(line.body)} if method == "post" else {}
                        yield Ask(name, person, place, method, path, body, status)


def _to_stranger(name: str, is_never: bool) -> int:
    """Return what somebody who is not signed in gets."""
    return 405 if is_never and name in STRANGER else STRANGER.get(name, TO_SIGN_IN)


class Crowd:
    """Everybody of the table with a browser; what was sent is undone, what was read is not."""

    def __init__(self, people: SimpleNamespace, names: Any = PEOPLE, **options: Any) -> None:
        self.clients = {name: enter(getattr(people, name, None), **options) for name in names}
        self.cookies = {
            name: client.cookies[settings.SESSION_COOKIE_NAME].value
            for name, client in self.clients.items()
            if name != "stranger"
        }

    def send(self, ask: Ask, path: str = "") -> Any:
        """Return the answer to a request, or to the same with another address."""
        client = self._fresh(ask.person)
        if ask.method == "get":
            return client.get(path or ask.path, ask.body)
        before = transaction.savepoint()
        try:
            return client.post(path or ask.path, ask.body)
        finally:
            transaction.savepoint_rollback(before)

    def _fresh(self, person: str) -> Client:
        """Return the person's browser with no cookie but that of his session."""
        client = self.clients[person]
        client.cookies.clear()
        if person in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[person]
        return client


@contextmanager
def only_statuses() -> Iterator[None]:
    """Let no page be drawn and nothing be logged: a matrix asks for statuses, thousands of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", lambda template, context: "")
        patch.setattr(word_files, "build", lambda paper: b"")
        patch.setattr(registers, "as_pdf", lambda series, year: b"")
        patch.setattr(diagram, "drawing", lambda case, rows=None: None)
        patch.setattr(sheets, "code_of", lambda address: "")
        logging.disable(logging.CRITICAL)
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


class Written:
    """Notes the tables a request writes to, those aside that keep what was read."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Let the statement run; note its table."""
        if found := WRITING.match(sql):
            self.tables |= {found[1]} - KEPT_OF_READING
        return execute(sql, params, many, context)


def contents() -> dict[str, str]:
    """Return a digest of every table, those aside that keep what was read."""
    digests = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - KEPT_OF_READING):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of our own tables
            rows = sorted(map(repr, cursor.fetchall()))
            digests[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return digests


def faults(crowd: Crowd, wanted: Iterator[Ask]) -> list[str]:
    """Return each request whose answer is not the table's, and each GET that wrote something.

    Both the statements of each GET are looked at and, after all of them, every table.
    """
    before, found = contents(), []
    with only_statuses():
        for ask in wanted:
            written = Written()
            with connection.execute_wrapper(written):
                got = crowd.send(ask).status_code
            asked = f"{ask.person} {ask.method} {ask.name} ({ask.place}): "
            if got != ask.status:
                found.append(f"{asked}{got}, not {ask.status}")
            more = written.tables - FIRST_LOOK.get(ask.name, set())
            if ask.method == "get" and more:
                found.append(f"{asked}writes {', '.join(sorted(more))}")
    after = contents()
    looked = set().union(*FIRST_LOOK.values())
    return found + [
        f"{table}: changed by reading"
        for table in after
        if after[table] != before[table] and table not in looked
    ]
