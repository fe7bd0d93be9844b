"""Hold calendar, terms, parameters, notices and tasks."""

from workflows.models.calendar import CalendarDay, CalendarYear
from workflows.models.notices import Notice
from workflows.models.parameters import ParameterValue
from workflows.models.tasks import DeclaredStep, Draft, Link, Task
from workflows.models.terms import Term, TermExtension, TermStop

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "DeclaredStep",
    "Draft",
    "Link",
    "Notice",
    "ParameterValue",
    "Task",
    "Term",
    "TermExtension",
    "TermStop",
]
