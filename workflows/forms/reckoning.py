"""Take in a question about a period: from when, how long, with which stops."""

from datetime import date, datetime, time
from typing import Any

from django import forms

from audit.clock import PLACE
from workflows.reckoning import Kind, Length, ReckoningError, Unit, WorkingDays, reckon
from workflows.sources import cited


def _day(label: str, *, required: bool = False, hint: str = "") -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


class TrialForm(forms.Form):
    """A question about a period; the answer comes from the reckoning the terms are kept by."""

    start = _day("起算日", required=True, hint="收到、受理等事件发生之日；提前期限填事件之日。")
    at = forms.TimeField(
        label="起算时刻",
        required=False,
        help_text="只在按小时计算时填写。",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    amount = forms.IntegerField(label="期限长度", min_value=1, max_value=99999, initial=5)
    unit = forms.ChoiceField(label="单位", choices=Unit.choices)
    kind = forms.ChoiceField(label="种类", choices=Kind.choices)
    stop_from = _day("第一次中止自")
    stop_to = _day("第一次中止至", hint="尚未恢复的留空。")
    second_stop_from = _day("第二次中止自")
    second_stop_to = _day("第二次中止至")
    extra_amount = forms.IntegerField(
        label="延长", required=False, min_value=1, max_value=99999, help_text="没有延长的留空。"
    )
    extra_unit = forms.ChoiceField(label="延长单位", required=False, choices=Unit.choices)
    no_roll = forms.BooleanField(label="末日逢休息日不顺延（刑期、矫正期）", required=False)
    first_day_counts = forms.BooleanField(label="首日计入（刑期、矫正期）", required=False)

    def reckon(self, calendar: WorkingDays) -> Any:
        """Reckon; note beside the form why a question has no answer, and return nothing then."""
        asked = self.cleaned_data
        try:
            return reckon(
                self._start(),
                Length(asked["amount"], Unit(asked["unit"])),
                calendar=calendar,
                kind=Kind(asked["kind"]),
                stops=self._stops(),
                extensions=self._extensions(),
                rolls=not asked["no_roll"],
                first_day_counts=asked["first_day_counts"],
            )
        except ReckoningError as wrong:
            self.add_error(None, cited(str(wrong)))
            return None

    def _start(self) -> date | datetime:
        """Return the day, or for hours the moment."""
        day: date = self.cleaned_data["start"]
        if self.cleaned_data["unit"] != Unit.HOUR:
            return day
        at: time | None = self.cleaned_data["at"]
        if at is None:
            raise ReckoningError("按小时计算的期限须填写起算时刻（WD-2）。")
        return datetime.combine(day, at, PLACE)

    def _stops(self) -> list[tuple[date, date | None]]:
        """Return the stops that were filled in."""
        stops = []
        for prefix in ("", "second_"):
            from_on = self.cleaned_data[f"{prefix}stop_from"]
            to_on = self.cleaned_data[f"{prefix}stop_to"]
            if to_on and not from_on:
                raise ReckoningError("填写了中止的止日，请同时填写起日。")
            if from_on:
                stops.append((from_on, to_on))
        return stops

    def _extensions(self) -> list[Length]:
        """Return the extension that was filled in."""
        amount = self.cleaned_data["extra_amount"]
        return [Length(amount, Unit(self.cleaned_data["extra_unit"]))] if amount else []
