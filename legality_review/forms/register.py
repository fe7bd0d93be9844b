"""Ask what of the register of normative documents is wanted."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from audit import clock
from legality_review.lifecycle.document_states import State
from legality_review.models import NormativeDocument
from legality_review.rules.register import Status
from permissions.models import Unit


class RegisterFilter(forms.Form):
    """Narrow the register by words, issuer, validity on a day, state and year."""

    words = forms.CharField(label="标题、文号或者登记号", required=False, max_length=60)
    issuer = forms.ModelChoiceField(
        label="制定机关", required=False, queryset=Unit.objects.none(), empty_label="全部"
    )
    status = forms.ChoiceField(
        label="效力", required=False, choices=[("", "全部"), *Status.choices]
    )
    on = forms.DateField(
        label="效力截至", required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    state = forms.ChoiceField(
        label="办理状态", required=False, choices=[("", "全部"), *State.choices]
    )
    year = forms.IntegerField(label="公布年度", required=False, min_value=1950, max_value=2100)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        """Offer the issuers whose documents the user may see."""
        super().__init__(*args, **kwargs)
        seen = NormativeDocument.objects.visible_to(user).order_by()
        issuers = Unit.objects.filter(pk__in=seen.values("issuer_unit"))
        self.fields["issuer"].queryset = issuers  # type: ignore[attr-defined]

    @property
    def day(self) -> date:
        """Return the day on which the validity is told."""
        return self.cleaned_data.get("on") or clock.today()

    def narrow(self, rows: Any) -> Any:
        """Keep the documents that were asked for."""
        asked = self.cleaned_data
        if asked["status"]:
            rows = rows.in_status(asked["status"], self.day)
        if words := asked["words"]:
            rows = rows.filter(
                Q(title__contains=words)
                | Q(document_number__contains=words)
                | Q(registrations__number__contains=words)
            ).distinct()
        told = {
            "issuer_unit": asked["issuer"], "state": asked["state"],
            "published_on__year": asked["year"],
        }  # fmt: skip
        return rows.filter(**{name: value for name, value in told.items() if value})

    def asked(self) -> dict[str, str]:
        """Return what was asked for, as the entry about an export keeps it."""
        shown = {
            name: value.pk if isinstance(value, Unit) else value
            for name, value in self.cleaned_data.items()
        }
        return {name: str(value) for name, value in shown.items() if value}
