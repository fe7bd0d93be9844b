"""Derive running terms anew when the calendar has changed, and say so (goal: never silently).

Every term remembers the edition of the calendar its end was derived from. A term with another
edition is stale: the import of an arrangement recomputes it, and so does the periodic sweep,
which catches what was started by another process in the moment of the import.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from audit.recording import record
from workflows import tasks
from workflows.calendar import Calendar, current
from workflows.models.notices import Notice
from workflows.models.tasks import Task
from workflows.models.terms import Term
from workflows.terms.ledger import remember_end, write_due_on


@dataclass(frozen=True, slots=True)
class Move:
    """That the end of a term moved, or would move."""

    term: Term
    old: date | None
    new: date | None

    def __str__(self) -> str:
        return f"{self.term.title}由{self.old or '未定'}改为{self.new or '未定'}"


def moves_under(calendar: Calendar) -> Iterator[Move]:
    """Tell which running terms another calendar would move; write nothing."""
    for term in Term.objects.open().with_history().iterator(chunk_size=500):
        new = term.reckoning(calendar).due_on
        if new != term.due_on:
            yield Move(term, term.due_on, new)


def recompute(*, reason: str, by: Any = None) -> list[Move]:
    """Derive every stale running term anew; record and announce each that moved.

    Each case is a transaction of its own, under its lock: an interrupted run leaves the rest
    stale, and the next one goes on there.
    """
    stale = Term.objects.open().exclude(edition=current().edition)
    cases = list(stale.values_list("content_type_id", "object_id").distinct().order_by())
    return [move for key in cases for move in _recompute_case(*key, reason=reason, by=by)]


@transaction.atomic
def _recompute_case(type_id: int, object_id: int, *, reason: str, by: Any) -> list[Move]:
    """Derive the stale terms of one case anew, under the lock of the case."""
    rows = Term.objects.open().filter(content_type_id=type_id, object_id=object_id)
    model = ContentType.objects.get_for_id(type_id).model_class()
    if model is None:
        raise LookupError(f"no model for the cases of content type {type_id}")
    case: Any = model._base_manager.select_for_update().get(pk=object_id)
    calendar = current()
    moves = []
    for term in rows.with_history().exclude(edition=calendar.edition):
        old = term.due_on
        remember_end(term, calendar)
        if old != term.due_on:
            moves.append(Move(term, old, term.due_on))
    if moves:
        write_due_on(case)
        tasks.refresh_due_dates(case)
        _announce(case, moves, reason, by)
    return moves


def _announce(case: Any, moves: list[Move], reason: str, by: Any) -> None:
    """Tell those who hold the case's tasks, and record old and new."""
    addressees = {
        (
            task.holder_id,
            "" if task.holder_id else task.role,
            None if task.holder_id else task.unit_id,
        )
        for task in Task.objects.of_case(case).open()
    } or {(case.opened_by_id, "", None)}
    for move in moves:
        text = f"{case}：{move}。原因：{reason}"
        Notice.objects.bulk_create(
            Notice(user_id=user_id, role=role, unit_id=unit_id, case=case, text=text[:500])
            for user_id, role, unit_id in sorted(addressees, key=str)
        )
    for move in moves:
        record(
            "workflows.recompute_term",
            "期限重新计算",
            subject=case,
            by=by,
            post=by.acting_post if by else None,
            before={move.term.code: move.old},
            after={move.term.code: move.new},
            reason=reason,
        )
