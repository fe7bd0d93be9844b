"""Ask for the facts of the acts of a normative document (LR-30 to LR-35)."""

from typing import Any

from django import forms

from audit import clock
from documents.forms import CheckedFileField, receive_for
from documents.words import chinese_date
from legality_review.forms.acts import day_field
from legality_review.forms.files import FileForm, TextFileField
from legality_review.models import NormativeDocument
from legality_review.rules.evaluation import Proposal
from legality_review.rules.filing import Correction, Decision
from legality_review.rules.matters import MAY_ISSUE, Issuer
from legality_review.rules.publication import Medium, earliest_effect
from legality_review.rules.validity import EFFECT_DELAY
from permissions.forms.fields import SuggestingForm, UnitField
from workflows.forms import ActForm
from workflows.forms.told import ToldForm, long_text, told

NUMBER_HINT = "如：云政发〔2025〕3号"


def number_field(label: str, help_text: str = "") -> forms.CharField:
    """Return a field for a number."""
    return forms.CharField(label=label, max_length=60, help_text=help_text)


def years_field() -> forms.IntegerField:
    """Return a field for the years of a validity; how many there may be, the law says."""
    return forms.IntegerField(
        label="有效期（年）", min_value=1, max_value=99,
        help_text="一般3年或者5年；标题冠以“试行”“暂行”的1年或者2年。",
    )  # fmt: skip


class RegisterForm(ActForm):
    """The issuer's own number, the day of printing and the validity (三统一, LR-30)."""

    document_number = number_field("文号", NUMBER_HINT)
    printed_on = day_field("印发日期")
    validity_years = years_field()
    interpretation = forms.CharField(
        label="解释", required=False, max_length=500,
        help_text="不填的为“由制定机关负责解释”。", widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the validity that was adopted."""
        super().__init__(*args, **kwargs)
        self.fields["validity_years"].initial = self.case.validity_years
        self.fields["interpretation"].initial = self.case.interpretation
        self.fields["printed_on"].initial = clock.today()


class PublishForm(ActForm):
    """Where and when the document was published, and from when it has effect (LR-33)."""

    media = forms.MultipleChoiceField(
        label="公布载体", choices=Medium.choices, widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(
        label="公布位置", max_length=300, help_text="如：政府网站网址、公报期号、公告栏地点"
    )
    published_on = day_field("公布日期")
    effective_on = day_field("施行日期")
    early_reason = long_text("提前施行的理由", required=False)
    favours_persons = forms.BooleanField(
        label="为更好保护公民、法人和其他组织的权益，溯及既往", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask a renewed document for no effect: it has it already (LR-32)."""
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["published_on"].initial = today
        if self.case.is_renewal:
            for name in ("effective_on", "early_reason", "favours_persons"):
                del self.fields[name]
            return
        delay, earliest = EFFECT_DELAY.on(today), chinese_date(earliest_effect(today))
        self.fields[
            "effective_on"
        ].help_text = f"以文件写明的日期为准，一般距公布满{delay}：今天公布的，最早{earliest}施行。"
        self.fields["early_reason"].help_text = f"距公布不满{delay}就施行的，必须填写。"


class EnterForm(ActForm):
    """The numbers and days of a document that existed before the system."""

    registration_number = number_field("登记号")
    document_number = number_field("文号", NUMBER_HINT)
    published_on = day_field("公布日期")
    effective_on = day_field("施行日期")
    validity_years = years_field()


class MaterialsForm(ActForm):
    """What goes with the filing report (LR-34); what lacks is told all at once by the law."""

    text = CheckedFileField(label="规范性文件正式文本", required=False)
    note = CheckedFileField(label="起草说明", required=False)
    bases = CheckedFileField(label="制定依据", required=False)
    review_opinion = CheckedFileField(label="合法性审查意见书", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say for whom the files are received, and which are there already."""
        super().__init__(*args, **kwargs)
        receive_for(self, self.user)
        files = dict(self.case.filing_files())
        present = self.case.present_materials()
        for name in ("text", "note", "bases", "review_opinion"):
            field = self.fields[name]
            slot = str(field.label)
            names = "、".join(file.original_name for file in files[slot])
            known = f"已在卷（{names or self.case.opinion_number}），不用再上传；要换的再选文件。"
            field.help_text = known if slot in present else ""


class SupplyForm(FileForm):
    """What is supplied to a filing (LR-35)."""

    told_by = "account"
    account = long_text("补充情况")
    files = CheckedFileField(label="补充的材料", required=False, many=True)


class CorrectionForm(FileForm):
    """What became of the correction (LR-35)."""

    told_by = "account"
    correction = forms.ChoiceField(label="纠正方式", choices=Correction.choices)
    account = long_text("纠正情况", "不予纠正的，说明理由和依据。")
    text = TextFileField(label="修改后的文本", required=False)


class DecisionForm(FileForm):
    """What the government decided (LR-35)."""

    told_by = "decision_number"
    decision = forms.ChoiceField(label="政府决定", choices=Decision.choices)
    decision_number = number_field("决定文号")
    text = TextFileField(label="改变后的文本", required=False)


class EvaluateForm(ToldForm):
    """The report of an evaluation (LR-32)."""

    told_by = "opinions"
    lawfulness = long_text("合法性评估", "与现行法律、法规、规章和国家政策是否一致。")
    effect = long_text("实施效果")
    opinions = long_text("听取意见情况")
    proposal = forms.ChoiceField(label="评估建议", choices=Proposal.choices)


class RenewForm(ToldForm):
    """Why the document goes on, and for how long (LR-32)."""

    told_by = "reason"
    reason = long_text("延续理由", "延续须重新登记、编号、公布，有效期自重新公布之日起计算。")
    validity_years = years_field()


class ReplaceForm(ActForm):
    """The published document of the same issuer that takes its place; the amended one first."""

    successor = forms.ModelChoiceField(label="替代文件", queryset=NormativeDocument.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the documents of the same issuer that are published."""
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        field.queryset = self.case.successors().visible_to(self.user)
        amended = self.case.amended_text()
        if amended is not None:
            field.initial = amended
            field.help_text = f"{amended.number}由本文件的修改稿审查形成，已为您选好。"


class ExistingForm(SuggestingForm):
    """A document that existed before the system: what it is and how long it is valid."""

    title = forms.CharField(label="文件标题", max_length=200)
    issuer_unit = UnitField(label="制定机关")
    issuer_type = forms.ChoiceField(
        label="制定主体", choices=[(one.value, one.label) for one in Issuer if one in MAY_ISSUE]
    )
    document_number = number_field("文号", NUMBER_HINT)
    registration_number = number_field("登记号")
    adopted_on = day_field("通过日期")
    published_on = day_field("公布日期")
    effective_on = day_field("施行日期")
    validity_years = years_field()
    text = CheckedFileField(label="正式文本")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        """Say for whom the text is received."""
        super().__init__(*args, **kwargs)
        receive_for(self, user)


ACT_FORMS: dict[str, type[ActForm]] = {
    "register": RegisterForm,
    "publish": PublishForm,
    "enter_existing": EnterForm,
    "file": MaterialsForm,
    "register_filing": told("finding", "备案审查意见"),
    "refuse_filing": told("finding", "不予备案的理由", "说明为什么不属于规范性文件备案范围。"),
    "ask_filing_supplement": told("finding", "需要补充的材料", "一次性列明全部缺少的材料。"),
    "supply_filing": SupplyForm,
    "order_correction": told("finding", "存在的问题和纠正要求"),
    "report_correction": CorrectionForm,
    "accept_correction": told("finding", "核对意见"),
    "find_uncorrected": told("finding", "认定理由"),
    "propose_alteration": told("grounds", "提请改变或者撤销的理由"),
    "dismiss_alteration": told("reason", "不予提请的理由"),
    "record_decision": DecisionForm,
    "start_evaluation": told("occasion", "提前评估的事由"),
    "evaluate": EvaluateForm,
    "renew": RenewForm,
    "decide_amendment": told("reason", "修改的理由"),
    "decide_repeal": told("reason", "废止的理由"),
    "let_lapse": told("reason", "到期不再延续的理由"),
    "amend": told("reason", "启动修改的理由"),
    "stop_amending": told("reason", "停止修改的理由"),
    "replace_by": ReplaceForm,
    "repeal": told("reason", "废止的理由"),
}
