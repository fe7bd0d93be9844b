"""Ask for the facts of the acts of a title."""

from typing import Any

from django import forms
from django.forms import BoundField

from accreditation.forms.sheets import ObservedForm
from accreditation.models import VetoItem
from workflows.forms import ActForm
from workflows.forms.told import ToldForm, long_text, told


class RecheckForm(ObservedForm, ToldForm):
    """The sheet of a re-check, its finding, and a veto circumstance."""

    told_by = "finding"
    finding = long_text("复核情况")
    veto = forms.ModelChoiceField(
        label="一票否决情形", queryset=VetoItem.objects.none(), required=False, empty_label="无"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the veto items of the title's standard."""
        super().__init__(*args, **kwargs)
        self.fields["veto"].queryset = self.case.standard.veto_items.all()

    def veto_fields(self) -> list[BoundField]:
        """Return the one field of the veto items."""
        return [self["veto"]]

    def closing_fields(self) -> list[BoundField]:
        """Return the finding."""
        return [self["finding"]]

    def facts(self) -> dict[str, Any]:
        """Return observations and remarks by key, the finding and the veto."""
        typed = self.cleaned_data
        return {
            **self.sheet(),
            "finding": typed["finding"],
            "veto": typed["veto"],
            "opinion": typed["finding"],
        }


ACT_FORMS: dict[str, type[ActForm]] = {
    "start_special_recheck": told("event", "启动专项复核的事由"),
    "record_recheck": RecheckForm,
    "warn": told("requirements", "整改要求"),
    "submit_rectification": told("rectification", "整改情况"),
    "propose_revocation": told("grounds", "提请撤销的理由"),
    "state_defence": told("statement", "陈述申辩"),
    "revoke": told("decision", "撤销的理由"),
    "dismiss_revocation": told("decision", "不予撤销的理由"),
    "appeal": told("grounds", "申诉理由"),
    "uphold_revocation": told("decision", "复查结论"),
    "annul_revocation": told("decision", "复查结论"),
    "cancel": told("reason", "注销原因"),
}
