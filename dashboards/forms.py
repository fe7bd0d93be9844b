"""Take in what an auditor asks of the trace."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from audit.clock import PLACE
from audit.models import Outcome
from audit.querysets import EntryQuerySet
from audit.seals import PrintedSeal, read_printed


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def _beginning(day: date) -> datetime:
    """Return the first moment of a day in China."""
    return datetime.combine(day, time.min, PLACE)


class TraceFilter(forms.Form):
    """Narrow the trace by person, act, subject, outcome and days; every field may be empty."""

    person = forms.CharField(label="人员", required=False, max_length=40)
    act = forms.CharField(label="行为", required=False, max_length=60)
    subject = forms.CharField(label="案号、事项或者对象", required=False, max_length=60)
    outcome = forms.ChoiceField(
        label="结果", required=False, choices=[("", "全部"), *Outcome.choices]
    )
    since = _day("自")
    until = _day("至")

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        asked = super().clean() or {}
        since, until = asked.get("since"), asked.get("until")
        if since and until and until < since:
            self.add_error("until", "止日不得早于起日。")
        return asked

    def narrow(self, rows: EntryQuerySet) -> EntryQuerySet:
        """Keep the entries that were asked for."""
        asked = self.cleaned_data
        texts = {
            "actor_name__contains": asked["person"],
            "label__contains": asked["act"],
            "subject_title__contains": asked["subject"],
            "outcome": asked["outcome"],
        }
        rows = rows.filter(**{name: text for name, text in texts.items() if text})
        if asked["since"]:
            rows = rows.filter(at__gte=_beginning(asked["since"]))
        if asked["until"]:
            rows = rows.filter(at__lt=_beginning(asked["until"] + timedelta(days=1)))
        return rows

    def asked(self) -> dict[str, str]:
        """Return what was asked for, as the entry about the reading keeps it."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class VerificationForm(forms.Form):
    """Seals kept outside the system, to be compared with the chain."""

    kept = forms.CharField(
        label="库外保存的封印",
        required=False,
        max_length=20000,
        help_text="可以不填。每行一个，照打印的封印原文录入。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_kept(self) -> list[PrintedSeal]:
        """Read the lines; one that is no seal is named."""
        try:
            return read_printed(self.cleaned_data["kept"])
        except ValueError as wrong:
            raise forms.ValidationError(f"{wrong}。") from wrong
