"""Stop and resume every running term of a case (中止), and start anew what an end cut off."""

from datetime import date
from typing import Any

from workflows.calendar import current
from workflows.models.terms import Term, TermState, TermStop
from workflows.reckoning import Kind, Unit
from workflows.terms.ledger import derived


def stop_open(case: Any, on: date, *, reason: str, law: str) -> list[Term]:
    """Stop the clock of every open term that can stand still and has not run out (WD-15, WD-17).

    Hours and leads cannot (WD-2, WD-11); one that stands already keeps its own stop.
    """
    stopped = []
    for term in Term.objects.of_case(case).open().with_history():
        if _can_stand(term, on):
            TermStop.objects.create(term=term, from_on=on, reason=reason, law=law)
            stopped.append(derived(case, term))
    return stopped


def _can_stand(term: Term, on: date) -> bool:
    """Tell whether the clock of a term can be stopped on that day."""
    if term.length.unit == Unit.HOUR or term.kind == Kind.LEAD or term.open_stop:
        return False
    ended = [each.to_on for each in term.stops.all() if each.to_on]
    return on >= max([term.started_on, *ended]) and term.reckoning(current()).is_kept_by(on)


def resume_stopped(case: Any, on: date, *, because: str) -> list[Term]:
    """Let the terms run on that a stay stopped; those stopped for another reason stand still.

    `because` is the reason and article of the stay, as the case keeps them.
    """
    resumed = []
    for term in Term.objects.of_case(case).open().with_history():
        standing = term.open_stop
        if standing is not None and f"{standing.reason}（{standing.law}）"[:200] == because:
            standing.to_on = on
            standing.save(update_fields=["to_on"])
            resumed.append(derived(case, term))
    return resumed


def start_again(case: Any, on: date) -> list[Term]:
    """Start anew, from the day the case is opened again, the terms that its end cut off.

    The earlier ones stay in the ledger as cancelled, with their reason.
    """
    cut = Term.objects.of_case(case).filter(
        state=TermState.CANCELLED, ended_on=case.closed_on, end_reason__endswith="案件办结"
    )
    begun = []
    for term in cut:
        if term.length.unit == Unit.HOUR or term.kind == Kind.LEAD:
            continue
        fresh = Term.objects.get(pk=term.pk)
        fresh.pk, fresh.started_on, fresh.state = None, on, TermState.OPEN
        fresh.ended_on, fresh.end_reason = None, ""
        fresh.save(force_insert=True)
        begun.append(derived(case, fresh))
    return begun
