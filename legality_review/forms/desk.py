"""Ask what a reviewer finds: one finding for each item, and advice on single clauses (LR-18)."""

from typing import Any

from django import forms
from django.forms import BoundField

from legality_review.models import Review
from legality_review.rules.findings import Item, Verdicts, items_of


class FindingsForm(forms.Form):
    """One finding for each item; blank ones may wait while the examination goes on."""

    def __init__(self, *args: Any, case: Review, **kwargs: Any) -> None:
        """Make two fields for each item, filled with what was found, else by the station."""
        super().__init__(*args, **kwargs)
        self.items = items_of(case.matter)
        own = {finding.item: finding for finding in case.current_findings()}
        first = {finding.item: finding for finding in case.findings.filter(round=case.round)}
        for item in self.items:
            found = own.get(item.code) or first.get(item.code)
            self.fields[f"verdict_{item.code}"] = forms.ChoiceField(
                label=f"{item.title}：审查发现",
                required=False,
                choices=[("", "尚未审查"), *((v.value, v.label) for v in item.verdicts)],
                initial=found.verdict if found else "",
            )
            self.fields[f"note_{item.code}"] = forms.CharField(
                label=f"{item.title}：说明", required=False, max_length=1000,
                widget=forms.Textarea({"rows": 2}), initial=found.note if found else "",
            )  # fmt: skip

    def rows(self) -> list[tuple[Item, BoundField, BoundField]]:
        """Return each item with its two fields."""
        return [
            (item, self[f"verdict_{item.code}"], self[f"note_{item.code}"]) for item in self.items
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a note wherever something was found."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for item in self.items:
            verdict, note = typed.get(f"verdict_{item.code}"), typed.get(f"note_{item.code}", "")
            if verdict in TO_EXPLAIN and not note.strip():
                self.add_error(f"note_{item.code}", "请说明发现的问题。")
        return typed

    def found(self) -> dict[str, tuple[str, str]]:
        """Return verdict and note of every item that is not blank."""
        typed = self.cleaned_data
        return {
            item.code: (typed[f"verdict_{item.code}"], typed[f"note_{item.code}"])
            for item in self.items
            if typed[f"verdict_{item.code}"]
        }


TO_EXPLAIN = frozenset({Verdicts.AMEND, Verdicts.UNLAWFUL, Verdicts.PROCEDURE})


class AdviceForm(forms.Form):
    """One piece of advice on a clause, with its legal basis (LR-20)."""

    clause = forms.CharField(label="条款", max_length=60, help_text="如：第三条第二款")
    quoted = forms.CharField(
        label="原文", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    problem = forms.CharField(
        label="存在的问题", max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    basis = forms.CharField(
        label="法律依据", max_length=300, help_text="如：《中华人民共和国行政处罚法》第十六条"
    )
    suggestion = forms.CharField(
        label="修改意见", max_length=2000, widget=forms.Textarea({"rows": 3})
    )
