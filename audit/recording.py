"""Write entries at the end of the chain.

`record` belongs at the end of the caller's transaction: from there to the commit it holds the
lock of the chain's head, and whoever else writes waits. If it cannot write, the act fails.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, models, transaction

from audit import chain, clock, context
from audit.models import ChainHead, Entry, Outcome
from audit.prepared import Prepared, Storing

SYSTEM = "系统"
VIEW_SPAN = timedelta(hours=1)
"""Within this span a second look at the same page by the same person leaves no second entry."""


class Person(Protocol):
    """Whoever acts: anything with a key and a full name."""

    @property
    def pk(self) -> Any:
        """Give the key that entries keep as text."""

    @property
    def full_name(self) -> str:
        """Give the name that entries show."""


class Post(Protocol):
    """The post in which somebody acts; its text is what entries show."""

    @property
    def pk(self) -> Any:
        """Give the key that entries keep as text."""


@dataclass(frozen=True)
class Stranger:
    """未登录者: somebody known only by the name he typed."""

    full_name: str
    pk: str = ""


class ChainMissing(RuntimeError):
    """Tell that the head of the chain is gone: nothing may be recorded, hence nothing done."""


def record(
    act: str,
    label: str,
    *,
    subject: models.Model | None = None,
    subject_title: str = "",
    by: Person | None = None,
    post: Post | None = None,
    on_behalf_of: Person | None = None,
    outcome: Outcome = Outcome.DONE,
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> Entry:
    """Append one entry inside the caller's transaction, as late in it as possible.

    `by=None` means the system itself. `before` and `after` are JSON-able values (dates, decimals
    and UUIDs are written as text); None leaves them out. Raise TransactionManagementError outside
    a transaction, because an entry must stand or fall with what it tells of.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("record() must be called inside atomic()")
    origin = context.origin()
    return _append(
        {
            "act": act,
            "label": label,
            "outcome": Outcome(outcome).value,
            **_person("actor", by, nobody=SYSTEM),
            "post_id": _key(post),
            "post_text": "" if post is None else str(post),
            **_person("on_behalf_of", on_behalf_of, nobody=""),
            "source_ip": origin.source_ip,
            "user_agent": origin.user_agent,
            "request_id": origin.request_id,
            "subject_kind": "" if subject is None else subject._meta.label_lower,
            "subject_id": _key(subject),
            "subject_title": subject_title or ("" if subject is None else str(subject)),
            "before": _json(before),
            "after": _json(after),
            "reason": reason,
        }
    )


def record_alone(act: str, label: str, **facts: Any) -> Entry:
    """Append one entry in a transaction of its own: refusals, sign-ins, views, exports.

    Takes what `record` takes. Raise RuntimeError inside another transaction, whose rollback would
    take the entry along.
    """
    with transaction.atomic(durable=True):
        return record(act, label, **facts)


def record_view(act: str, label: str, *, subject: models.Model, by: Person, **facts: Any) -> None:
    """Record that somebody looked at a sensitive page, once per person, page and hour.

    Takes what `record` takes; act and label together name the page. A look that is known costs
    one statement on the index of the subject.
    """
    since = clock.now() - VIEW_SPAN
    about = (subject._meta.label_lower, str(subject.pk), str(by.pk), str(act), label)
    if _looks(*about, since):
        return
    write = record if connection.in_atomic_block else record_alone
    write(act, label, subject=subject, by=by, **facts)


def _composed_looks(kind: str, key: str, actor: str, act: str, label: str, since: datetime) -> Any:
    """Compose the statement that finds a look of a person at a page after a moment."""
    looks = Entry.objects.filter(subject_kind=kind, subject_id=key, actor_id=actor, act=act)
    looks = looks.filter(label=label, outcome=Outcome.DONE, at__gt=since)
    return looks.order_by().only("sequence")[:1]


_looks: Prepared[Entry] = Prepared(_composed_looks, str, str, str, str, str, datetime)
_store: Storing[Entry] = Storing(Entry, has_key=True)
_locked_head: Prepared[ChainHead] = Prepared(lambda: ChainHead.objects.select_for_update())


def _append(texts: dict[str, str]) -> Entry:
    """Lock the head and insert the entry that follows it; a trigger moves the head onto it."""
    head = next(iter(_locked_head()), None)
    if head is None:
        raise ChainMissing("留痕链头缺失，不能留痕，操作不予办理")
    at = clock.now()
    values: dict[str, Any] = {
        **{name: _fitting(name, text) for name, text in texts.items()},
        "sequence": head.sequence + 1,
        "algorithm": chain.ALGORITHM,
        "previous_digest": head.digest,
    }
    digest = chain.digest_of({**values, "at": chain.moment_text(at)}, chain.ALGORITHM)
    entry = Entry(**values, at=at, digest=digest)
    _store([entry])
    return entry


def _fitting(name: str, text: str) -> str:
    """Make a text storable on every database: no NUL, no lone surrogate, not too long."""
    storable = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return storable[: getattr(Entry._meta.get_field(name), "max_length", None)]


def _person(role: str, person: Person | None, *, nobody: str) -> dict[str, str]:
    """Give the two columns that tell of a person."""
    name = nobody if person is None else person.full_name
    return {f"{role}_id": _key(person), f"{role}_name": name}


def _key(thing: Person | Post | models.Model | None) -> str:
    """Give a key as text."""
    return "" if thing is None else str(thing.pk)


def _json(values: Any) -> str:
    """Write values as canonical JSON."""
    if values is None:
        return ""
    return json.dumps(
        values,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
        default=_as_text,
    )


def _as_text(value: object) -> str:
    """Write the few kinds JSON lacks; raise TypeError for anything else."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be recorded")
