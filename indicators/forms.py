"""Ask for the figure a station reports."""

from decimal import Decimal
from typing import Any

from django import forms

from documents.forms import CheckedFileField
from documents.uploads import ANY_KIND
from indicators.registry import Indicator


class ReportForm(forms.Form):
    """The figure of one indicator for one year; shape only, nothing legal."""

    numerator = forms.DecimalField(
        label="计数", min_value=Decimal(0), max_digits=14, decimal_places=4
    )
    denominator = forms.DecimalField(
        label="基数",
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=4,
        help_text="全年没有应计对象的，填 0，该指标按“不适用”处理。",
    )
    note = forms.CharField(
        label="说明（统计口径、佐证目录）", max_length=500, widget=forms.Textarea({"rows": 3})
    )

    evidence = CheckedFileField(
        label="佐证材料", kinds=ANY_KIND, many=True, help_text="台账扫描件、统计表等，可多选。"
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        """Name the fields after what the indicator counts; a plain count has no base."""
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.fields["numerator"].label = indicator.counts
        if indicator.is_rate:
            self.fields["denominator"].label = indicator.over
        else:
            del self.fields["denominator"]

    def clean(self) -> dict[str, Any]:
        """Refuse a share of more than all."""
        facts = super().clean() or {}
        numerator, denominator = facts.get("numerator"), facts.get("denominator")
        if numerator is not None and denominator is not None and numerator > denominator:
            self.add_error("numerator", "计数不能大于基数。")
        return facts
