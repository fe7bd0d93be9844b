"""Hold calendar, terms, parameters, notices, tasks and what operations leave beside them."""

from workflows.models.calendar import CalendarDay, CalendarYear
from workflows.models.notices import Notice
from workflows.models.operations import (
    Copy,
    Decline,
    FlowMove,
    Phrase,
    Proposal,
    Signature,
    Urging,
)
from workflows.models.parameters import ParameterValue
from workflows.models.tasks import DeclaredStep, Draft, Link, Task
from workflows.models.terms import Term, TermExtension, TermStop

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Copy",
    "DeclaredStep",
    "Decline",
    "Draft",
    "FlowMove",
    "Link",
    "Notice",
    "ParameterValue",
    "Phrase",
    "Proposal",
    "Signature",
    "Task",
    "Term",
    "TermExtension",
    "TermStop",
    "Urging",
]
