"""Hold calendar, terms, parameters, notices and tasks."""

from workflows.models.calendar import CalendarDay, CalendarYear
from workflows.models.notices import Notice
from workflows.models.parameters import ParameterValue
from workflows.models.terms import Term, TermExtension, TermStop

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Notice",
    "ParameterValue",
    "Term",
    "TermExtension",
    "TermStop",
]
