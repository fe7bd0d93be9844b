"""Put days and their nature into Chinese: “2025-09-28（周日，调休上班）”."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from audit.clock import PLACE

WEEKDAYS = "一二三四五六日"
PROVISIONAL = "暂定"


class WorkingDays(Protocol):
    """What reckoning asks of a calendar."""

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on that day."""

    def is_provisional(self, day: date) -> bool:
        """Tell whether the answer for that day may still change."""

    def name(self, day: date) -> str:
        """Return the festival the day belongs to, or nothing."""


def nature(day: date, calendar: WorkingDays) -> str:
    """Return what is special about a day: a festival, a make-up working day, or nothing."""
    name, works = calendar.name(day), calendar.is_working(day)
    if works and day.weekday() >= 5:
        return "调休上班"
    if not works and name:
        return f"{name}放假"
    return "放假" if not works and day.weekday() < 5 else ""


def day_in_words(day: date, calendar: WorkingDays) -> str:
    """Return a day with its weekday and nature."""
    special = nature(day, calendar)
    return f"{day}（周{WEEKDAYS[day.weekday()]}{'，' if special else ''}{special}）"


def moment_in_words(moment: datetime) -> str:
    """Return a moment in China's time to the minute (WD-19)."""
    return f"{moment.astimezone(PLACE):%Y-%m-%d %H:%M}"


def rest_in_words(days: Sequence[date], calendar: WorkingDays) -> str:
    """Return one line about rest days that follow one another."""
    first, last = day_in_words(days[0], calendar), day_in_words(days[-1], calendar)
    if len(days) == 1:
        return f"{first}休息，不计入（WD-7）"
    return f"{first}至{last}共{len(days)}日休息，不计入（WD-7）"
