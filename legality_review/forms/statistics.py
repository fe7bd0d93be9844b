"""Ask for the period of statistics, and for the rows behind a figure."""

from datetime import date
from typing import Any

from django import forms

from legality_review.rules.matters import Matter
from legality_review.rules.statistics import Figure

MOST_YEARS = 10


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class PeriodForm(forms.Form):
    """A period and, if wanted, one drafting unit and one type; without a say this year."""

    since = _day("自")
    until = _day("至")
    drafter = forms.ModelChoiceField(
        label="起草单位", queryset=None, required=False, empty_label="全部"
    )
    matter = forms.ChoiceField(
        label="事项类型", required=False, choices=[("", "全部"), *Matter.choices]
    )

    def __init__(self, asked: Any, *, drafters: Any, today: date, **kwargs: Any) -> None:
        """Fill what is not said: the year up to today."""
        unsaid = {"since": date(today.year, 1, 1).isoformat(), "until": today.isoformat()}
        super().__init__(unsaid | {name: asked[name] for name in asked}, **kwargs)
        self.fields["drafter"].queryset = drafters

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and more years than anybody compares."""
        asked = super().clean() or {}
        since, until = asked.get("since"), asked.get("until")
        if since and until and until < since:
            self.add_error("until", "止日不得早于起日。")
        elif since and until and until.year - since.year > MOST_YEARS:
            self.add_error("since", f"一次最多统计{MOST_YEARS}年。")
        return asked

    def said(self) -> dict[str, str]:
        """Return what was asked for, as an address and an entry keep it."""
        told = {name: self.cleaned_data.get(name) for name in PeriodForm.base_fields}
        drafter = told["drafter"]
        return {
            name: str(drafter.pk if name == "drafter" and drafter else value)
            for name, value in told.items()
            if value
        }


class RowsForm(PeriodForm):
    """A figure of the statistics whose rows are asked for."""

    figure = forms.ChoiceField(label="统计项目", choices=Figure.choices)
    detail = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
