"""Ask what a drafter tells of a matter: by type, and the short form of a contract (LR-1, LR-7)."""

from typing import Any, ClassVar

from django import forms

from documents.forms import CheckedFileField
from documents.uploads import ANY_KIND
from legality_review.forms.files import TextFileField
from legality_review.models import ContractTemplate, Review
from legality_review.rules import materials
from legality_review.rules.intake import NORMATIVE_TESTS, ContractKind
from legality_review.rules.matters import Matter

YES_NO = [("", "请选择"), ("true", "是"), ("false", "否")]
COMMON = ("title", "issuer_type", "issuer_name", "summary")
TIME = ("urgent_ground", "wanted_by")
PROCEDURE = (
    "touches_operators", "fair_competition", "exception_ground", "has_no_milder_way",
    "exception_until", "is_hearing_due", "hearing_told_on", "hearing_held_on",
    "is_expert_review_due", "is_risk_assessment_due", "is_consent_due",
)  # fmt: skip
FIELDS: dict[str, tuple[str, ...]] = {
    Matter.NORMATIVE: (
        *COMMON, *NORMATIVE_TESTS, "exclusion", "sets_public_duties", "is_market_related",
        "no_consultation_because", *PROCEDURE, *TIME,
    ),
    Matter.DECISION: (
        *COMMON, "is_in_catalogue", "is_emergency_response", "is_exploratory", "touches_land",
        "households", "no_consultation_because", *PROCEDURE, *TIME,
    ),
    Matter.ENFORCEMENT: (*COMMON, "is_hearing_due", "hearing_told_on", "hearing_held_on", *TIME),
    Matter.CONTRACT: (
        *COMMON, "contract_kind", "counterparty", "amount", "template", "is_guarantee",
        "promises_favours", "touches_land", "households", *TIME,
    ),
}  # fmt: skip
"""What is asked of each type of matter, in the order of the page."""

REQUIRED = ("title", "issuer_type", "issuer_name")
CONTRACT_REQUIRED = (*REQUIRED, "contract_kind", "counterparty", "amount")


class MatterForm(forms.ModelForm):
    """What the drafter tells of a matter; only shapes are checked here, the law in rules."""

    class Meta:
        model = Review
        fields: ClassVar[list[str]] = sorted({name for names in FIELDS.values() for name in names})
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.DateInput({"type": "date"}, "%Y-%m-%d")
            for name in ("wanted_by", "hearing_told_on", "hearing_held_on")
        }

    def __init__(self, *args: Any, matter: str, **kwargs: Any) -> None:
        """Keep the fields of this type, in their order."""
        super().__init__(*args, **kwargs)
        wanted = FIELDS[matter]
        self.fields = {name: self.fields[name] for name in wanted}
        asked = CONTRACT_REQUIRED if matter == Matter.CONTRACT else REQUIRED
        for name, field in self.fields.items():
            field.required = name in asked
        for name, label in NORMATIVE_TESTS.items():
            if name in self.fields:
                self.fields[name] = forms.TypedChoiceField(
                    label=label, choices=YES_NO, required=False, empty_value=None,
                    coerce=lambda told: told in {"true", True},
                )  # fmt: skip
                self.initial[name] = {True: "true", False: "false"}.get(self.initial.get(name), "")
        if "template" in self.fields:
            self.fields["template"].queryset = ContractTemplate.objects.usable()
            self.fields["template"].empty_label = "没有采用示范文本"
        for name in ("summary", "no_consultation_because"):
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = 3
        self.fields["title"].help_text = "文件、决定或者合同的名称"

    def told(self) -> dict[str, Any]:
        """Return what was told, by field."""
        return {name: self.cleaned_data[name] for name in self.fields}


class ContractForm(forms.Form):
    """The short form of a contract: what the reviewer cannot do without, on one page (LR-1)."""

    text = TextFileField(label="合同文本", help_text=".docx 或 PDF")
    title = forms.CharField(label="合同名称", max_length=200)
    counterparty = forms.CharField(label="合同相对方", max_length=120)
    contract_kind = forms.ChoiceField(
        label="合同类别", choices=[("", "请选择"), *ContractKind.choices]
    )
    amount = forms.DecimalField(
        label="金额（万元）", min_value=0, max_digits=14, decimal_places=4,
        help_text="没有金额的填0",
    )  # fmt: skip
    template = forms.ModelChoiceField(
        label="采用的示范文本", queryset=ContractTemplate.objects.none(), required=False,
        empty_label="没有采用示范文本",
    )  # fmt: skip
    party_papers = CheckedFileField(
        label=materials.PARTY_PAPERS, required=False, many=True, kinds=ANY_KIND
    )
    touches_land = forms.BooleanField(label="涉及土地、征收、拆迁", required=False)
    is_guarantee = forms.BooleanField(label="为他人提供保证担保", required=False)
    promises_favours = forms.BooleanField(label="承诺税收、土地等优惠", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the templates in use."""
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = ContractTemplate.objects.usable()

    def told(self) -> dict[str, Any]:
        """Return the facts of the contract, its files left out."""
        files = {"text", "party_papers"}
        return {name: value for name, value in self.cleaned_data.items() if name not in files}


class MaterialForm(forms.Form):
    """A file that stands for one of the materials; the draft itself must be readable."""

    slot = forms.ChoiceField(label="材料", choices=[(name, name) for name in materials.KNOWN])
    files = CheckedFileField(label="文件", kinds=ANY_KIND, many=True)

    def __init__(self, *args: Any, missing: list[str], **kwargs: Any) -> None:
        """Begin with the first material that lacks."""
        super().__init__(*args, **kwargs)
        if missing:
            self.fields["slot"].initial = missing[0]
