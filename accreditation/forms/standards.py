"""Edit a draft standard: its head, categories, items and veto items."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from accreditation.models import Category, EvidenceKind, Item, Standard, VetoItem
from accreditation.rules.standards import item_defects
from indicators import registry


def parse_tiers(text: str) -> list[list[str]]:
    """Read "80=1；90=4" into [["80", "1"], ["90", "4"]]; ValueError with a Chinese reason."""
    tiers = []
    for part in re.split(r"[;；\s]+", text.strip()):
        if not part:
            continue
        matched = re.fullmatch(r"(\d+(?:\.\d+)?)[=＝](\d+(?:\.\d+)?)", part)
        if not matched:
            raise ValueError(f"分档“{part}”应写成“数值=得分”，如“90=4”。")
        tiers.append([matched[1], matched[2]])
    return tiers


def write_tiers(tiers: list[list[str]]) -> str:
    """Write tiers the way they are read."""
    return "；".join(f"{threshold}={points}" for threshold, points in tiers)


class TiersField(forms.CharField):
    """Tiers as text."""

    def prepare_value(self, value: Any) -> Any:
        """Show stored tiers as text."""
        return write_tiers(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Turn the text into tiers."""
        text = super().clean(value)
        try:
            return parse_tiers(text)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class StandardForm(forms.ModelForm):
    """The head of a standard."""

    class Meta:
        model = Standard
        fields = ["name", "pass_line", "category_floor_percent", "valid_from", "basis"]
        widgets = {
            "valid_from": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "basis": forms.Textarea({"rows": 3}),
        }


class CategoryForm(forms.ModelForm):
    """A category: number, title, points."""

    class Meta:
        model = Category
        fields = ["number", "title", "points"]


class ItemForm(forms.ModelForm):
    """An item with its scoring mode; what contradicts the mode is said beside the form."""

    evidence_kinds = forms.MultipleChoiceField(
        label="取证方式", choices=EvidenceKind.choices, widget=forms.CheckboxSelectMultiple
    )
    thresholds = TiersField(
        label="分档", required=False, help_text="分档计分时填写，由低到高，如：80=1；85=2；90=4"
    )
    source = forms.ChoiceField(label="指标", required=False)

    class Meta:
        model = Item
        fields = [
            "code", "title", "requirement", "max_points", "mode", "per_unit", "floor",
            "thresholds", "evidence_kinds", "source", "basis",
        ]  # fmt: skip
        widgets = {"requirement": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the declared indicators as sources."""
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [
            ("", "（无，由司法所举证）"),
            *((known.code, known.title) for known in registry.indicators()),
        ]
        for name in ("per_unit", "floor"):
            self.fields[name].required = False

    def clean_per_unit(self) -> Decimal:
        """Take an empty deduction as none."""
        return self.cleaned_data["per_unit"] or Decimal(0)

    def clean_floor(self) -> Decimal:
        """Take an empty floor as zero."""
        return self.cleaned_data["floor"] or Decimal(0)

    def clean(self) -> dict[str, Any]:
        """Say what contradicts the scoring mode."""
        facts = super().clean() or {}
        if not self.errors:
            for defect in item_defects(Item(**facts)):
                self.add_error(None, defect)
        return facts


class VetoForm(forms.ModelForm):
    """A veto item."""

    class Meta:
        model = VetoItem
        fields = ["number", "title", "requirement", "lookback_years", "basis"]
        widgets = {"requirement": forms.Textarea({"rows": 3})}


class CopyForm(forms.Form):
    """The year for which a standard is copied."""

    year = forms.IntegerField(label="年度", min_value=2021, max_value=2100)


class WorkbookForm(forms.Form):
    """An Excel file with a whole standard."""

    workbook = forms.FileField(label="Excel文件（.xlsx）")
    apply = forms.BooleanField(label="核对无误后直接替换草案内容（不勾选则只试算）", required=False)
