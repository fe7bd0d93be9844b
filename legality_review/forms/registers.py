"""Ask for a contract template, and for the qualification of a reviewer."""

from typing import Any, ClassVar

from django import forms

from legality_review.forms.files import TextFileField
from legality_review.models import Qualification
from legality_review.rules.intake import ContractKind


class TemplateForm(forms.Form):
    """A contract template: its name, kind and text."""

    title = forms.CharField(label="名称", max_length=120)
    kind = forms.ChoiceField(label="合同类别", choices=ContractKind.choices)
    file = TextFileField(label="示范文本")
    note = forms.CharField(
        label="使用说明", required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class QualificationForm(forms.ModelForm):
    """A person's qualification for a legal profession (LR-12)."""

    class Meta:
        model = Qualification
        fields: ClassVar[list[str]] = ["user", "kind", "certificate", "obtained_on", "ended_on"]
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.DateInput({"type": "date"}, "%Y-%m-%d")
            for name in ("obtained_on", "ended_on")
        }

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        """Offer the people within reach."""
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        ended, obtained = typed.get("ended_on"), typed.get("obtained_on")
        if ended and obtained and ended <= obtained:
            self.add_error("ended_on", "失效日期应当晚于取得日期。")
        return typed
