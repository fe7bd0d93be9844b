"""Ask what a drafter tells of a matter: by type, and the short form of a contract (LR-1, LR-7)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField

from documents.forms import CheckedFileField
from documents.uploads import ANY_KIND
from legality_review.forms.files import TextFileField
from legality_review.models import ContractTemplate, Review
from legality_review.rules import materials
from legality_review.rules.intake import NORMATIVE_TESTS, ContractKind
from legality_review.rules.matters import Matter

YES_NO = [("", "请选择"), ("true", "是"), ("false", "否")]


@dataclass(frozen=True)
class Group:
    """Fields of a form that belong together: their heading, and when they are filled in."""

    title: str
    names: tuple[str, ...]
    note: str = ""


ABOUT = Group("基本情况", ("title", "issuer_type", "issuer_name", "summary"))
HEARING = Group(
    "听证", ("is_hearing_due", "hearing_told_on", "hearing_held_on"), "不需要听证的，本组不填。"
)
TIME = Group(
    "时间要求", ("urgent_ground", "wanted_by"), "没有特殊要求的，本组不填，按法定期限审查。"
)
FAIR = Group(
    "公平竞争审查",
    (
        "touches_operators", "fair_competition", "exception_ground", "has_no_milder_way",
        "exception_until",
    ),
    "不涉及经营者经济活动的，本组不填；后三项只在结论为“适用例外规定”时填写。",
)  # fmt: skip
STEPS = Group(
    "应当履行的其他程序",
    (
        *HEARING.names, "is_expert_review_due", "is_risk_assessment_due", "is_consent_due",
    ),
    "没有这些要求的，本组不填；勾选的，送审前须上传相应材料。",
)  # fmt: skip
GROUPS: dict[str, tuple[Group, ...]] = {
    Matter.NORMATIVE: (
        ABOUT,
        Group(
            "是不是行政规范性文件", (*NORMATIVE_TESTS, "exclusion", "sets_public_duties"),
            "前五项送审前须逐项回答；有一项为“否”的，由审查机构认定。",
        ),
        Group(
            "公开征求意见", ("is_market_related", "no_consultation_because"),
            "保存并上传材料后，在案件页办理“公开征求意见”；依法可以不征求的，在这里写明理由。",
        ),
        FAIR, STEPS, TIME,
    ),
    Matter.DECISION: (
        ABOUT,
        Group(
            "决策事项的性质",
            (
                "is_in_catalogue", "is_emergency_response", "is_exploratory", "touches_land",
                "households",
            ),
            "符合的勾选；不涉及土地、征收、拆迁的，不填户数。",
        ),
        Group(
            "公开征求意见", ("no_consultation_because",),
            "保存并上传材料后，在案件页办理“公开征求意见”；依法可以不征求的，在这里写明理由。",
        ),
        FAIR, STEPS, TIME,
    ),
    Matter.ENFORCEMENT: (ABOUT, HEARING, TIME),
    Matter.CONTRACT: (
        ABOUT,
        Group(
            "合同情况",
            (
                "contract_kind", "counterparty", "amount", "template", "is_guarantee",
                "promises_favours", "touches_land", "households",
            ),
        ),
        TIME,
    ),
}  # fmt: skip
"""What is asked of each type of matter, in the order of the page."""

WORDS: dict[str, tuple[str, str]] = {
    Matter.NORMATIVE: ("文件名称", "制定机关"),
    Matter.DECISION: ("决策事项名称", "决策机关"),
    Matter.ENFORCEMENT: ("执法决定名称", "作出决定的机关"),
    Matter.CONTRACT: ("合同名称", "签约机关"),
}
"""What the text and whoever issues it are called in each type of matter."""

REQUIRED = ("title", "issuer_type", "issuer_name")
CONTRACT_REQUIRED = (*REQUIRED, "contract_kind", "counterparty", "amount")


class MatterForm(forms.ModelForm):
    """What the drafter tells of a matter; only shapes are checked here, the law in rules."""

    template_name = "parts/grouped_form.html"

    class Meta:
        model = Review
        fields: ClassVar[list[str]] = sorted(
            {name for groups in GROUPS.values() for group in groups for name in group.names}
        )
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.DateInput({"type": "date"}, "%Y-%m-%d")
            for name in ("wanted_by", "hearing_told_on", "hearing_held_on")
        }

    def __init__(self, *args: Any, matter: str, **kwargs: Any) -> None:
        """Keep the fields of this type, in their order."""
        super().__init__(*args, **kwargs)
        self._groups = GROUPS[matter]
        wanted = [name for group in self._groups for name in group.names]
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
        self._name(matter)

    def _name(self, matter: str) -> None:
        """Call the text and its issuer by the words of the matter."""
        text, issuer = WORDS[matter]
        self.fields["title"].label = text
        self.fields["title"].help_text = "与送审稿的标题一致"
        self.fields["issuer_type"].label = f"{issuer}类型"
        self.fields["issuer_name"].label = f"{issuer}名称"

    def groups(self) -> list[tuple[Group, list[BoundField]]]:
        """Return each group with its fields."""
        return [(group, [self[name] for name in group.names]) for group in self._groups]

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
