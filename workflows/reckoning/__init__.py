"""Reckon legal periods: lengths, kinds, and the day on which they end, with reasons."""

from workflows.reckoning.lengths import Kind, Length, ReckoningError, Silence, Unit
from workflows.reckoning.reckon import Reckoning, reckon
from workflows.reckoning.words import PROVISIONAL, WorkingDays, day_in_words, moment_in_words

__all__ = [
    "PROVISIONAL",
    "Kind",
    "Length",
    "Reckoning",
    "ReckoningError",
    "Silence",
    "Unit",
    "WorkingDays",
    "day_in_words",
    "moment_in_words",
    "reckon",
]
