"""Take in the facts an act needs; whether the act is lawful is asked in rules, not here."""

from typing import Any

from django import forms

from permissions.models import User
from workflows.lifecycle import Case

OPINION_ROWS = 4


class ActForm(forms.Form):
    """Base of the form of an act: the facts it needs, and the opinion of who acts.

    A subclass adds fields named as the facts of the act's body; `opinion_required` makes the
    opinion (办理意见) a duty. `facts()` gives what the door is handed.
    """

    opinion_required = False
    opinion_label = "办理意见"
    opinion = forms.CharField(
        label="办理意见",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": OPINION_ROWS}),
    )

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.user = user
        self.fields["opinion"].label = self.opinion_label
        self.fields["opinion"].required = self.opinion_required
        self.order_fields([name for name in self.fields if name != "opinion"] + ["opinion"])

    def facts(self) -> dict[str, Any]:
        """Return the facts for the act's body; the opinion goes with them."""
        return dict(self.cleaned_data)


class OpinionForm(ActForm):
    """The form of an act that must be reasoned."""

    opinion_required = True


class ReleaseForm(forms.Form):
    """Why a claimed task is given back."""

    reason = forms.CharField(label="退签原因", max_length=200, strip=True)


class BatchForm(forms.Form):
    """Which act is done for the ticked tasks, and the opinion that goes with each."""

    act = forms.SlugField(max_length=60)
    opinion = forms.CharField(max_length=2000, required=False, strip=True)
