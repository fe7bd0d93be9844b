"""Ask what was observed of each item of a standard: on site and at a re-check (FQ-14)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from accreditation.models import Item
from accreditation.rules.scoring import OBSERVED, Mode
from workflows.forms import ActForm


def field_name(prefix: str, item: Item) -> str:
    """Name the form field of an item: "observed_6_3"."""
    return f"{prefix}_{item.code.replace('.', '_')}"


class ObservedForm(ActForm):
    """A sheet: for each item of the case's standard what was observed, and a remark."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a number and a remark for each item."""
        super().__init__(*args, **kwargs)
        self.items = list(self.case.standard.items)
        for item in self.items:
            self.fields[field_name("observed", item)] = _observation(item)
            self.fields[field_name("remark", item)] = forms.CharField(
                label=f"{item.code}扣分原因", required=False, max_length=300
            )

    def rows(self) -> Iterator[tuple[Item, BoundField, BoundField]]:
        """Yield the items with their two fields, as the page shows them."""
        for item in self.items:
            yield item, self[field_name("observed", item)], self[field_name("remark", item)]

    def veto_fields(self) -> list[BoundField]:
        """Return the fields of the veto items."""
        return []

    def closing_fields(self) -> list[BoundField]:
        """Return the fields below the sheet."""
        return [self["opinion"]]

    def sheet(self) -> dict[str, dict[int, Any]]:
        """Return observations and remarks by the item's key."""
        typed = self.cleaned_data
        return {
            "observations": {item.pk: typed[field_name("observed", item)] for item in self.items},
            "remarks": {item.pk: typed[field_name("remark", item)] for item in self.items},
        }


def _observation(item: Item) -> forms.Field:
    """Return the field in which an item's observation is written."""
    label = f"{item.code} {item.title}"
    if item.mode == Mode.ALL_OR_NOTHING:
        choices = [("", "请选择"), ("1", "达标"), ("0", "不达标")]
        return forms.TypedChoiceField(
            label=label, choices=choices, coerce=Decimal, help_text=item.method
        )
    return forms.DecimalField(
        label=label,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=4,
        help_text=f"{item.method}。{OBSERVED[item.mode]}",
    )
