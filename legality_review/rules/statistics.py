"""Count what happened in a period: volume, conclusions, days, lateness, adoption (LR-21 to LR-26).

Everything is a list of events; a figure is the number of events of one sort, so that the rows
behind it are those events. Nothing is rounded before it is compared (FQ-18).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import TextChoices

from indicators.rules import PERCENT, Direction, is_met, value_of
from legality_review.rules.adoption import Adopted
from workflows.reckoning import WorkingDays
from workflows.reckoning.walking import Stop


class Figure(TextChoices):
    """The sorts of events that are counted."""

    HANDED_IN = "handed_in", "送审"
    URGENT = "urgent", "紧急"
    SUPPLEMENT = "supplement", "要求补正"
    RETURNED = "returned", "退回"
    NOT_IN_SCOPE = "not_in_scope", "不属于审查范围"
    ESCALATED = "escalated", "提请县级复审"
    OPINION = "opinion", "出具审查意见"
    LATE = "late", "逾期"
    ANSWERED = "answered", "意见答复"


@dataclass(frozen=True)
class Event:
    """Something that happened to a matter: what, when, whose.

    `detail` is the conclusion of an opinion, the term that was late, or what became of a piece of
    advice; `used` and `allowed` are the working days of a review that ended with an opinion, and
    `is_late` tells whether that came after the end of its term.
    """

    figure: Figure
    case: int
    on: date
    drafter: int
    matter: str
    detail: str = ""
    used: int = 0
    allowed: int = 0
    is_late: bool = False


def matching(
    events: Iterable[Event], figure: str, *, drafter: int | None = None, matter: str = "",
    detail: str = "",
) -> list[Event]:  # fmt: skip
    """Return the events behind a figure, narrowed by township, type and detail."""
    return [
        event
        for event in events
        if event.figure == figure
        and drafter in {None, event.drafter}
        and matter in {"", event.matter}
        and detail in {"", event.detail}
    ]


def working_days(
    after: date, until: date, stops: Sequence[tuple[date, date | None]], calendar: WorkingDays
) -> int:
    """Count the working days after a day up to and with another, without those of stops (LR-27)."""
    standing = [Stop(from_on, to_on) for from_on, to_on in stops]
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(
        calendar.is_working(day) and not any(stop.excludes(day) for stop in standing)
        for day in days
    )


@dataclass(frozen=True)
class Adoption:
    """How much advice was adopted, partly adopted and not adopted (LR-21)."""

    adopted: int
    partly: int
    declined: int

    @property
    def answered(self) -> int:
        """Return how much advice was answered."""
        return self.adopted + self.partly + self.declined

    @property
    def full_rate(self) -> Fraction | None:
        """Return the exact share adopted as given, in percent; None where nothing was answered."""
        return value_of(PERCENT, self.adopted, self.answered)

    @property
    def rate(self) -> Fraction | None:
        """Return the exact share adopted in full or in part, in percent."""
        return value_of(PERCENT, self.adopted + self.partly, self.answered)

    def reaches(self, target: Decimal) -> bool | None:
        """Tell whether the rate reaches a target, unrounded; None where nothing was answered."""
        rate = self.rate
        return None if rate is None else is_met(rate, target, Direction.AT_LEAST)


def adoption(answered: Iterable[Event]) -> Adoption:
    """Count what became of the advice."""
    done = [event.detail for event in answered]
    return Adoption(*(done.count(each) for each in Adopted.values))


@dataclass(frozen=True)
class Days:
    """How long reviews took against how long they might, in working days (LR-23 to LR-27)."""

    opinions: int
    used: int
    allowed: int
    longest: int
    in_time: int

    @property
    def average(self) -> Fraction | None:
        """Return the days an opinion took on average; None where there was none."""
        return value_of("", self.used, self.opinions)

    @property
    def share(self) -> Fraction | None:
        """Return the share of the days allowed that was used, in percent."""
        return value_of(PERCENT, self.used, self.allowed)

    @property
    def timeliness(self) -> Fraction | None:
        """Return the share of opinions given in time, in percent."""
        return value_of(PERCENT, self.in_time, self.opinions)


def days(opinions: Sequence[Event]) -> Days:
    """Sum up the days of the opinions of a period."""
    return Days(
        opinions=len(opinions),
        used=sum(event.used for event in opinions),
        allowed=sum(event.allowed for event in opinions),
        longest=max((event.used for event in opinions), default=0),
        in_time=sum(not event.is_late for event in opinions),
    )
