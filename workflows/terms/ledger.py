"""Write the ledger of terms: every function changes rows and derives the end anew.

The caller holds the lock of the case (the door does) and saves it; these functions set the
case's `due_on` to the nearest end among its open terms.
"""

from datetime import date, datetime
from typing import Any

from audit import clock
from audit.prepared import Prepared
from workflows.calendar import Calendar, current
from workflows.conditions import MET, Unmet, Verdict
from workflows.models.terms import Term, TermExtension, TermState, TermStop
from workflows.parameters import Parameter, value_on
from workflows.reckoning import (
    Kind,
    Length,
    ReckoningError,
    Silence,
    Unit,
    day_in_words,
    moment_in_words,
)
from workflows.refusals import RefusedByLaw
from workflows.sources import cited
from workflows.terms.rule import TermRule

_REMEMBERED, _CHANGED = "_remembered_terms", "_changed_terms"
_CALENDAR = "_remembered_calendar"


def start(case: Any, rule: TermRule, on: date) -> Term:
    """Start a term on a day, or for hours at a moment; refuse while the same one runs."""
    day = _day(on)
    standing = _standing(case)
    if any(term.code == rule.code for term in standing):
        raise RefusedByLaw(f"期限“{rule.title}”已经起算，不能重复起算。")
    length = rule.length_on(day)
    hourly = length.unit == Unit.HOUR
    if hourly and not isinstance(on, datetime):
        raise RefusedByLaw(f"期限“{rule.title}”按小时计算，须有起算时刻（WD-2）。")
    term = Term(
        case=case,
        code=rule.code,
        title=rule.title,
        law=rule.law,
        kind=rule.kind,
        starts=rule.starts,
        silence=rule.silence,
        length_code=length.code,
        rolls=rule.rolls,
        first_day_counts=rule.first_day_counts,
        by_organ=rule.by_organ,
        most_extensions=rule.most_extensions,
        started_on=day,
        started_at=on if hourly else None,
    )
    term.has_history = False
    _set_end(term, _calendar(case))
    term.save()
    _carry(case, [*standing, term])
    return term


def stop(case: Any, rule: TermRule, on: date, *, reason: str, law: str) -> Term:
    """Stop the clock from the end of a day (WD-15); refuse on a term that has run out."""
    term, day = _running(case, rule), _day(on)
    _refuse_without(reason, "中止", term)
    _refuse_without(law, "中止", term)
    if term.length.unit == Unit.HOUR:
        raise RefusedByLaw(f"期限“{term.title}”按小时连续计算，不得中止（WD-2）。")
    if term.kind == Kind.LEAD:
        raise RefusedByLaw(f"期限“{term.title}”自事件之日倒推，不得中止（WD-11）。")
    if term.open_stop:
        raise RefusedByLaw(f"期限“{term.title}”自{term.open_stop.from_on}起已中止，不能重复中止。")
    _refuse_after_end(term, day, "中止")
    ended = [each.to_on for each in term.stops.all() if each.to_on]
    if day < max([term.started_on, *ended]):
        raise RefusedByLaw(f"中止日{day}早于期限“{term.title}”的起算日或者上一次恢复日。")
    TermStop.objects.create(term=term, from_on=day, reason=reason, law=law)
    return derived(case, term)


def resume(case: Any, rule: TermRule, on: date) -> Term:
    """Let the clock run on from the day after; refuse where it does not stand."""
    term, day = _running(case, rule), _day(on)
    standing = term.open_stop
    if standing is None:
        raise RefusedByLaw(f"期限“{term.title}”没有中止，不能恢复。")
    if day < standing.from_on:
        raise RefusedByLaw(f"恢复日{day}早于中止日{standing.from_on}。")
    standing.to_on = day
    standing.save(update_fields=["to_on"])
    return derived(case, term)


def extend(
    case: Any,
    rule: TermRule,
    length: Length | Parameter[Length],
    on: date,
    *,
    reason: str,
    by: Any,
    law: str,
) -> Term:
    """Extend a term from its original end; only before that end and with a reason (WD-16)."""
    term, day = _running(case, rule), _day(on)
    _refuse_without(reason, "延长", term)
    _refuse_without(law, "延长", term)
    if term.kind == Kind.LEAD:
        raise RefusedByLaw(f"期限“{term.title}”自事件之日倒推，不能延长（WD-11）。")
    if day < term.started_on:
        raise RefusedByLaw(f"决定日{day}早于期限“{term.title}”的起算日{term.started_on}。")
    _refuse_after_end(term, on, "延长")
    if term.most_extensions is not None and term.extensions.count() >= term.most_extensions:
        raise RefusedByLaw(f"期限“{term.title}”最多延长{term.most_extensions}次。")
    added = value_on(length, term.started_on)
    if (added.unit == Unit.HOUR) != (term.length.unit == Unit.HOUR):
        raise RefusedByLaw(f"期限“{term.title}”不能延长{added}：小时与日不能混用（WD-2）。")
    TermExtension.objects.create(
        term=term, length_code=added.code, reason=reason, law=law, by=by, decided_on=day
    )
    return derived(case, term)


def meet(case: Any, rule: TermRule, on: date, *, posted_on: date | None = None) -> Term:
    """End a term because the thing was done: in time, or late; a floor only once it has run.

    What came by post counts by its postmark (WD-13).
    """
    term, day = _running(case, rule), _day(on)
    reckoning = term.reckoning(_calendar(case))
    if term.kind == Kind.FLOOR:
        verdict = _floor_verdict(term, day, _calendar(case))
        if not verdict:
            raise RefusedByLaw(verdict.reason)
        kept = True
    else:
        kept = reckoning.is_kept_by(on, posted_on=posted_on)
    term.posted_on = posted_on
    term.met_on = day
    return _ended(case, term, TermState.MET if kept else TermState.MET_LATE, day)


def miss(case: Any, rule: TermRule, on: date) -> Term:
    """End a term that has run out because the thing will not be done any more."""
    term = _running(case, rule)
    if term.kind == Kind.FLOOR or term.reckoning(_calendar(case)).is_kept_by(on):
        raise RefusedByLaw(f"期限“{term.title}”尚未届满，不能记为逾期未完成。")
    return _ended(case, term, TermState.MISSED, _day(on))


def cancel(case: Any, rule: TermRule, on: date, *, reason: str) -> Term:
    """End a term because what it asked for fell away; the reason is kept."""
    term = _running(case, rule)
    _refuse_without(reason, "撤销", term)
    return _ended(case, term, TermState.CANCELLED, _day(on), reason)


def cancel_open(case: Any, *, reason: str, on: date | None = None) -> None:
    """End every open term of a case that is over, and clear its stored `due_on`.

    The door calls this after it has saved the case, so the row is written here.
    """
    day = on or clock.today()
    if _standing(case):
        Term.objects.of_case(case).open().update(
            state=TermState.CANCELLED, ended_on=day, end_reason=reason
        )
        type(case)._base_manager.filter(pk=case.pk).update(due_on=None)
        _carry(case, [])
    case.due_on = None


def latest(case: Any, rule: TermRule) -> Term | None:
    """Return the newest term of a case by that rule, whatever its state."""
    term: Term | None = Term.objects.of_case(case).marked().filter(code=rule.code).last()
    return term


def is_open(case: Any, rule: TermRule) -> bool:
    """Tell whether a term of the case by that rule still asks for something."""
    return bool(Term.objects.of_case(case).open().filter(code=rule.code).exists())


def floor_has_run(case: Any, rule: TermRule, on: date) -> Verdict:
    """Tell whether a floor has run, so that the next act is allowed on that day (WD-12, FQ-8)."""
    term = latest(case, rule)
    if term is None or term.state == TermState.CANCELLED:
        return Unmet(f"“{rule.title}”尚未起算。")
    return _floor_verdict(term, _day(on), _calendar(case))


def explain(term: Term, calendar: Calendar | None = None) -> list[str]:
    """Return why a term ends when it ends, line by line."""
    begun = (
        moment_in_words(term.started_at)
        if term.started_at
        else day_in_words(term.started_on, calendar or current())
    )
    lines = [f"{term.title}：{term.length}（{term.get_kind_display()}），依据：{term.law}"]
    lines.append(f"{term.starts}：{begun}")
    lines += [
        f"中止：{each.from_on}至{each.to_on or '尚未恢复'}，事由：{each.reason}，依据：{each.law}"
        for each in term.stops.all()
    ]
    lines += [
        f"延长：{Length.parse(each.length_code)}，{each.decided_on}决定，事由：{each.reason}，"
        f"依据：{each.law}"
        for each in term.extensions.all()
    ]
    lines += term.reckoning(calendar or current()).lines
    lines.append(f"{Silence(term.silence).label}（WD-20）")
    return [cited(line) for line in lines]


def open_terms(case: Any) -> list[Term]:
    """Return the open terms of a case, as its tasks show them."""
    return _standing(case)


def remember(
    case: Any, *, calendar: Calendar | None = None, known: list[Term] | None = None
) -> None:
    """Read the open terms of a case only once from now on, for whoever holds its lock.

    The calendar in force and the terms are given by whoever has read them under that lock.
    """
    case.__dict__[_REMEMBERED] = known
    case.__dict__[_CALENDAR] = calendar
    case.__dict__.pop(_CHANGED, None)


def forget(case: Any) -> None:
    """Read the open terms each time again: the lock of the case is about to go."""
    case.__dict__.pop(_REMEMBERED, None)
    case.__dict__.pop(_CALENDAR, None)


def _calendar(case: Any) -> Calendar:
    """Return the calendar in force, as remembered or read."""
    return case.__dict__.get(_CALENDAR) or current()


def have_changed(case: Any) -> bool:
    """Tell whether a term was started, ended or moved since the case was remembered."""
    return _CHANGED in case.__dict__


def write_due_on(case: Any) -> None:
    """Store the nearest end in the row of the case, for callers that do not save it."""
    _carry(case, _read(case))
    type(case)._base_manager.filter(pk=case.pk).update(due_on=case.due_on)


def remember_end(term: Term, calendar: Calendar) -> None:
    """Derive the end of a term and keep it in its row."""
    _set_end(term, calendar)
    term.save(update_fields=["due_on", "due_at", "is_provisional", "edition"])


def _set_end(term: Term, calendar: Calendar) -> None:
    """Derive the end of a term."""
    try:
        reckoning = term.reckoning(calendar)
    except ReckoningError as unanswerable:
        raise RefusedByLaw(f"期限“{term.title}”：{unanswerable}") from unanswerable
    term.due_on = reckoning.due_on
    term.due_at = reckoning.due if isinstance(reckoning.due, datetime) else None
    term.is_provisional = reckoning.is_provisional
    term.edition = calendar.edition


def derived(case: Any, term: Term) -> Term:
    """Read a term's history anew, derive its end, and carry it to the case."""
    fresh: Term = Term.objects.with_history().get(pk=term.pk)
    remember_end(fresh, _calendar(case))
    _carry(case, _read(case))
    return fresh


def _ended(case: Any, term: Term, state: TermState, day: date, reason: str = "") -> Term:
    """Close a term and carry what remains to the case."""
    if day < term.started_on:
        raise RefusedByLaw(f"{day}早于期限“{term.title}”的起算日{term.started_on}。")
    others = [other for other in _standing(case) if other.pk != term.pk]
    term.state = state
    term.ended_on = day
    term.end_reason = reason
    term.save(update_fields=["state", "met_on", "posted_on", "ended_on", "end_reason"])
    _carry(case, others)
    return term


def _read(case: Any) -> list[Term]:
    """Read the open terms of a case."""
    return _open_of(case.content_type().pk, case.pk)


_open_of: Prepared[Term] = Prepared(
    lambda kind, key: Term.objects.open().marked().filter(content_type=kind, object_id=key),
    int,
    int,
)


def _standing(case: Any) -> list[Term]:
    """Return the open terms of a case: read, or as remembered."""
    if (known := case.__dict__.get(_REMEMBERED)) is not None:
        return list(known)
    found = _read(case)
    if _REMEMBERED in case.__dict__:
        case.__dict__[_REMEMBERED] = found
    return found


def _carry(case: Any, standing: list[Term]) -> None:
    """Set the nearest end among the open terms that can be missed; remember them if asked to."""
    ends = [term.due_on for term in standing if term.kind != Kind.FLOOR and term.due_on]
    case.due_on = min(ends, default=None)
    case.__dict__[_CHANGED] = True
    if _REMEMBERED in case.__dict__:
        case.__dict__[_REMEMBERED] = standing


def _running(case: Any, rule: TermRule) -> Term:
    """Return the open term of a case by that rule; refuse where there is none."""
    for term in _standing(case):
        if term.code == rule.code:
            return term
    raise RefusedByLaw(f"没有进行中的期限“{rule.title}”。")


def _floor_verdict(term: Term, day: date, calendar: Calendar) -> Verdict:
    """Tell whether a floor has run, or until when it runs."""
    opens = term.reckoning(calendar).first_open_day
    if opens is None:
        return Unmet(f"“{term.title}”已中止计算，期满后方可办理。")
    if day < opens:
        return Unmet(f"“{term.title}”须满{term.length}，{opens}起方可办理（{term.law}）。")
    return MET


def _refuse_after_end(term: Term, on: date, what: str) -> None:
    """Refuse to stop or extend what has already run out (WD-16)."""
    if not term.reckoning(current()).is_kept_by(on):
        raise RefusedByLaw(f"期限“{term.title}”已于{term.due_on}届满，不能{what}（WD-16）。")


def _refuse_without(text: str, what: str, term: Term) -> None:
    """Refuse to change a term without a reason and an article."""
    if not text.strip():
        raise RefusedByLaw(f"{what}期限“{term.title}”须写明事由和依据（WD-16、WD-17）。")


def _day(on: date) -> date:
    """Return the day in China of a moment; a date is itself (WD-19)."""
    return on.astimezone(clock.PLACE).date() if isinstance(on, datetime) else on
