"""Take in a new value of a bureau parameter."""

from datetime import time
from decimal import Decimal
from typing import Any

from django import forms

from audit import clock
from workflows.parameters import Parameter, written
from workflows.reckoning import Length, Unit


class ParameterForm(forms.Form):
    """A value from a day on, never from a past one, with the document it rests on and why.

    What began before keeps its value: a value for the past would change it behind its back.
    """

    valid_from = forms.DateField(
        label="生效日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="不得早于今日；此前开始的期限和事项仍按原值。",
    )
    source = forms.CharField(
        label="依据", max_length=100, help_text="文件名称和文号，或者会议纪要。"
    )
    reason = forms.CharField(label="调整原因", max_length=90)

    def __init__(self, *args: Any, parameter: Parameter[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(_value_fields(parameter))
        self.order_fields([*_value_fields(parameter), "valid_from", "source", "reason"])
        self.fields["valid_from"].widget.attrs["min"] = clock.today().isoformat()

    def clean_valid_from(self) -> Any:
        """Refuse a day that is over."""
        day = self.cleaned_data["valid_from"]
        if day < clock.today():
            raise forms.ValidationError("生效日期不得早于今日。")
        return day

    def value(self) -> str:
        """Return the value as it is recorded."""
        if "unit" in self.cleaned_data:
            return f"{self.cleaned_data['amount']}{self.cleaned_data['unit']}"
        return written(self.cleaned_data["value"])

    def basis(self) -> str:
        """Return document and reason as they are recorded."""
        return f"{self.cleaned_data['source']}；原因：{self.cleaned_data['reason']}"


def _value_fields(parameter: Parameter[Any]) -> dict[str, forms.Field]:
    """Return the fields that ask for a value of the parameter's kind."""
    default = parameter.default
    if parameter.parse is not None:
        return {"value": forms.CharField(label="新值", max_length=200)}
    if isinstance(default, Length):
        return {
            "amount": forms.IntegerField(label="新值", min_value=1, max_value=99999),
            "unit": forms.ChoiceField(label="单位", choices=Unit.choices),
        }
    if isinstance(default, bool):
        return {"value": forms.ChoiceField(label="新值", choices=[("是", "是"), ("否", "否")])}
    if isinstance(default, int):
        return {"value": forms.IntegerField(label="新值", min_value=0)}
    if isinstance(default, Decimal):
        return {"value": forms.DecimalField(label="新值")}
    if isinstance(default, time):
        clock_input = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        return {"value": forms.TimeField(label="新值", widget=clock_input)}
    return {"value": forms.CharField(label="新值", max_length=200)}
