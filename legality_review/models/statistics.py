"""Gather what happened to matters in a period, in a fixed number of statements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Min, Q

from documents.models import Paper
from legality_review.lifecycle.states import State
from legality_review.models.examinations import Advice
from legality_review.models.reviews import OPINIONS, Review
from legality_review.rules.matters import Conclusion
from legality_review.rules.statistics import Event, Figure, working_days
from workflows.calendar import Calendar, current
from workflows.models.terms import Term, TermState
from workflows.reckoning import Kind, Length, Unit

CONCLUSION_OF = {
    f"legality_review.opinion_{word}": conclusion
    for word, conclusion in zip(OPINIONS, (
        Conclusion.LAWFUL, Conclusion.NEEDS_AMENDMENT, Conclusion.UNLAWFUL,
        Conclusion.RETURN_FOR_PROCEDURE,
    ), strict=True)
}  # fmt: skip
"""Which conclusion each letter gives; it stays told when a later round concludes anew."""
ESCALATING = "legality_review.first_opinion"
ENDED_AS = {State.RETURNED: Figure.RETURNED, State.NOT_IN_SCOPE: Figure.NOT_IN_SCOPE}
LATE = (TermState.MET_LATE, TermState.MISSED)


@dataclass(frozen=True)
class Period:
    """The days asked about, both counted, and today."""

    since: date
    until: date
    today: date

    @property
    def days(self) -> tuple[date, date]:
        """Return both ends, as a filter wants them."""
        return self.since, self.until


@dataclass(frozen=True)
class _Matter:
    """What every event of a matter tells of it."""

    pk: int
    drafter: int
    matter: str
    urgent_ground: str
    state: str
    closed_on: date | None

    def event(self, figure: Figure, on: date, detail: str = "", **more: Any) -> Event:
        return Event(figure, self.pk, on, self.drafter, self.matter, detail, **more)


def events_between(cases: Any, period: Period) -> list[Event]:
    """Return what happened to these cases in a period, by day."""
    rows = cases.filter(opened_on__lte=period.until).order_by().values_list(
        "pk", "drafter_id", "matter", "urgent_ground", "state", "closed_on"
    )  # fmt: skip
    known = {row[0]: _Matter(*row) for row in rows}
    keys = cases.order_by().values("pk")
    terms = Term.objects.filter(
        content_type=ContentType.objects.get_for_model(Review), object_id__in=keys
    )
    found = [
        *_handed_in(known, terms, period),
        *_supplements(known, terms, period),
        *_ended(known, period),
        *_letters(known, keys, terms, period),
        *_late(known, terms, period),
        *_answers(known, keys, period),
    ]
    return sorted(found, key=lambda event: (event.on, event.case, event.figure))


def _handed_in(known: dict[int, _Matter], terms: Any, period: Period) -> Iterator[Event]:
    """Yield the first handing in of each matter; later rounds are the same matter."""
    first = (
        terms.filter(code="check").order_by().values("object_id").annotate(day=Min("started_on"))
    )
    for pk, day in first.filter(day__range=period.days).values_list("object_id", "day"):
        yield known[pk].event(Figure.HANDED_IN, day)
        if known[pk].urgent_ground:
            yield known[pk].event(Figure.URGENT, day, known[pk].urgent_ground)


def _supplements(known: dict[int, _Matter], terms: Any, period: Period) -> Iterator[Event]:
    asked = terms.filter(code="supplement", started_on__range=period.days)
    for pk, day in asked.values_list("object_id", "started_on"):
        yield known[pk].event(Figure.SUPPLEMENT, day)


def _ended(known: dict[int, _Matter], period: Period) -> Iterator[Event]:
    """Yield the matters that went back or turned out to need no review."""
    for matter in known.values():
        figure = ENDED_AS.get(State(matter.state))
        if figure and matter.closed_on and period.since <= matter.closed_on <= period.until:
            yield matter.event(figure, matter.closed_on)


def _letters(
    known: dict[int, _Matter], keys: Any, terms: Any, period: Period
) -> Iterator[Event]:  # fmt: skip
    """Yield every opinion with the days of its review, and every first opinion that went up."""
    reviews = terms.filter(code="review", met_on__range=period.days).with_history()
    kept = {(term.object_id, term.met_on): term for term in reviews}
    calendar = current()
    letters = Paper.objects.filter(
        subject_type=ContentType.objects.get_for_model(Review), subject_id__in=keys,
        kind__in=[*CONCLUSION_OF, ESCALATING], issued_on__range=period.days,
    )  # fmt: skip
    for pk, kind, day in letters.values_list("subject_id", "kind", "issued_on"):
        if kind == ESCALATING:
            yield known[pk].event(Figure.ESCALATED, day)
        else:
            term = kept[pk, day]
            used, allowed = days_of(term, calendar)
            yield known[pk].event(
                Figure.OPINION, day, CONCLUSION_OF[kind], used=used, allowed=allowed,
                is_late=term.state == TermState.MET_LATE,
            )  # fmt: skip


def days_of(term: Term, calendar: Calendar) -> tuple[int, int]:
    """Return the working days a review used and might use, by its stored history (LR-23, LR-27).

    What is allowed is the length with its extensions; where the bureau set it in other days than
    working ones, the working days up to its end.
    """
    stops = [(stop.from_on, stop.to_on) for stop in term.stops.all()]
    used = working_days(term.started_on, term.met_on, stops, calendar)
    lengths = [term.length, *(Length.parse(more.length_code) for more in term.extensions.all())]
    if all(length.unit == Unit.WORKING_DAY for length in lengths):
        return used, sum(length.amount for length in lengths)
    end = term.reckoning(calendar).due_on or term.met_on
    return used, working_days(term.started_on, end, stops, calendar)


def _late(known: dict[int, _Matter], terms: Any, period: Period) -> Iterator[Event]:
    """Yield the terms that ended in the period without the thing done: late, never, or not yet."""
    overdue = Q(state__in=LATE) | Q(state=TermState.OPEN, due_on__lt=period.today)
    late = terms.exclude(kind=Kind.FLOOR).filter(overdue, due_on__range=period.days)
    for pk, day, code in late.values_list("object_id", "due_on", "code"):
        yield known[pk].event(Figure.LATE, day, code)


def _answers(known: dict[int, _Matter], keys: Any, period: Period) -> Iterator[Event]:
    answered = Advice.objects.filter(
        review__in=keys, answered_on__range=period.days, withdrawn_at=None
    ).exclude(adopted="")
    for pk, day, adopted in answered.order_by("pk").values_list(
        "review_id", "answered_on", "adopted"
    ):
        yield known[pk].event(Figure.ANSWERED, day, adopted)
