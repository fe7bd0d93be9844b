"""Take in the State Council's holiday arrangement: first the table, then the confirmation."""

import csv
import io
from typing import Any

from django import forms
from django.core import signing

from permissions.models import User
from workflows.arrangements import MOST_BYTES, Arrangement, read, rows_of
from workflows.refusals import Refusal

VALID_FOR = 3600
"""Seconds in which a dry run may be confirmed; after that it is made anew."""
CHECKED_NAME = "放假安排.csv"


class CalendarUpload(forms.Form):
    """A table with where it comes from and why it is imported; read and checked, not stored."""

    file = forms.FileField(
        label="放假安排表",
        help_text="Excel（.xlsx）或 CSV，表头：年、日期、放假/上班、名称、文号。不超过 2 MB。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv", "data-limit": MOST_BYTES}),
    )
    source = forms.CharField(
        label="来源", max_length=80, help_text="例如：中国政府网，国办发明电〔2025〕7号。"
    )
    reason = forms.CharField(label="导入原因", max_length=100)

    arrangement: Arrangement

    def clean(self) -> dict[str, Any]:
        """Read the table; a file that is none is refused with its reason."""
        cleaned = super().clean() or {}
        if "file" in cleaned:
            try:
                self.arrangement = read(cleaned["file"].name, cleaned["file"].read())
            except Refusal as refusal:
                self.add_error("file", refusal.message)
        return cleaned

    def checked(self, user: User) -> str:
        """Return the good table, signed for this person, to be handed back on confirmation."""
        written = io.StringIO()
        csv.writer(written).writerows(rows_of(self.arrangement.days))
        told = {name: self.cleaned_data[name] for name in ("source", "reason")}
        return signing.dumps({"table": written.getvalue(), **told}, salt=_salt(user), compress=True)


class CalendarConfirmation(forms.Form):
    """The table of a dry run, handed back unchanged by the person who made it."""

    checked = forms.CharField(widget=forms.HiddenInput)

    arrangement: Arrangement

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_checked(self) -> dict[str, Any]:
        """Read the table again; refuse one that is not ours, another's or too old."""
        try:
            told: dict[str, Any] = signing.loads(
                self.cleaned_data["checked"], salt=_salt(self.user), max_age=VALID_FOR
            )
        except signing.BadSignature as foreign:
            raise forms.ValidationError("试算结果已失效，请重新上传后再确认。") from foreign
        self.arrangement = read(CHECKED_NAME, told["table"].encode())
        self.arrangement.source = f"{told['source']}；{told['reason']}"
        return told


def _salt(user: User) -> str:
    return f"workflows.calendar.{user.pk}"
