"""Take in what people type: facts of acts, filters, calendars, parameters, trial reckonings."""

from workflows.forms.acts import ActForm, BatchForm, OpinionForm, ReleaseForm
from workflows.forms.calendar import CalendarConfirmation, CalendarUpload
from workflows.forms.inbox import InboxFilter
from workflows.forms.parameters import ParameterForm
from workflows.forms.reckoning import TrialForm

__all__ = [
    "ActForm",
    "BatchForm",
    "CalendarConfirmation",
    "CalendarUpload",
    "InboxFilter",
    "OpinionForm",
    "ParameterForm",
    "ReleaseForm",
    "TrialForm",
]
