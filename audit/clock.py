"""Tell the time: the only place of the project that reads the machine's clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

PLACE = ZoneInfo("Asia/Shanghai")
OPENING_HOUR = time(9)

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """Give the present moment, aware; inside `standing_at` the moment the clock was set to."""
    return _standing.get() or timezone.now()


def today() -> date:
    """Give the present day of the calendar in China, whatever zone is active."""
    return now().astimezone(PLACE).date()


def start_of(day: date) -> datetime:
    """Give the first moment of a day in China."""
    return datetime.combine(day, time.min, PLACE)


@contextmanager
def standing_at(moment: date) -> Iterator[datetime]:
    """Stop the clock at a moment for this context (tests and the demonstration).

    A plain date stands for the opening hour of that day; a datetime must be aware.
    """
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, OPENING_HOUR, PLACE)
    if timezone.is_naive(moment):
        raise ValueError("standing_at needs an aware moment")
    token = _standing.set(moment)
    try:
        yield moment
    finally:
        _standing.reset(token)
