"""Keep terms: start, stop, resume, extend, meet, and explain their end."""

from workflows.models.terms import Term
from workflows.terms.ledger import (
    cancel,
    cancel_open,
    explain,
    extend,
    floor_has_run,
    forget,
    have_changed,
    is_open,
    latest,
    meet,
    miss,
    open_terms,
    remember,
    resume,
    start,
    stop,
)
from workflows.terms.light import WARNING_DAYS, Colour, Light, light
from workflows.terms.rule import TermRule
from workflows.terms.staying import resume_stopped, start_again, stop_open

__all__ = [
    "WARNING_DAYS",
    "Colour",
    "Light",
    "Term",
    "TermRule",
    "cancel",
    "cancel_open",
    "explain",
    "extend",
    "floor_has_run",
    "forget",
    "have_changed",
    "is_open",
    "latest",
    "light",
    "meet",
    "miss",
    "open_terms",
    "remember",
    "resume",
    "resume_stopped",
    "start",
    "start_again",
    "stop",
    "stop_open",
]
