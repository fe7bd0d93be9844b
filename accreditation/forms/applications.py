"""Ask for the facts of the acts of an application."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from accreditation.forms.sheets import ObservedForm, field_name
from accreditation.models import Inspection, Objection, Standard, VetoItem
from accreditation.permissions import ApplicationVerb
from accreditation.rules.applications import ENTRY, MATERIALS
from documents.forms import CheckedFileField
from documents.uploads import ANY_KIND
from indicators.rules import plain
from permissions.models import User
from permissions.policy import who_may
from workflows.forms import ActForm
from workflows.forms.told import ToldForm, long_text, told


class OpeningForm(forms.Form):
    """The year and standard of a new application."""

    batch_year = forms.IntegerField(label="批次年度", min_value=2021, max_value=2100)
    standard = forms.ModelChoiceField(label="创建标准", queryset=Standard.objects.none())

    def __init__(self, *args: Any, on: Any, **kwargs: Any) -> None:
        """Offer the standards in force on that day."""
        super().__init__(*args, **kwargs)
        self.fields["standard"].queryset = Standard.objects.usable_on(on)


class AppointForm(ActForm):
    """Two or three assessors among those who hold the post and do not belong to the station."""

    assessors = forms.ModelMultipleChoiceField(
        label="评审员", queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer who may score this case; whoever belongs to the station is recused."""
        super().__init__(*args, **kwargs)
        able = {post.user_id for post in who_may(ApplicationVerb.SCORE, self.case)}
        fit = able - self.case.attached_people()
        self.fields["assessors"].queryset = User.objects.filter(pk__in=fit)


class SheetForm(ObservedForm):
    """One assessor's sheet: what was observed of each item, and any veto circumstance."""

    opinion_label = "总体评价"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a text for each veto item besides the items' fields."""
        super().__init__(*args, **kwargs)
        self.vetoes = list(self.case.standard.veto_items.all())
        for veto in self.vetoes:
            self.fields[f"veto_{veto.number}"] = forms.CharField(
                label=f"{veto.title}（发现的填写事实，没有的留空）", required=False, max_length=500
            )

    def veto_fields(self) -> list[BoundField]:
        """Return the fields of the veto items."""
        return [self[f"veto_{veto.number}"] for veto in self.vetoes]

    def facts(self) -> dict[str, Any]:
        """Return observations, remarks and vetoes by key."""
        typed = self.cleaned_data
        return {
            **self.sheet(),
            "vetoes": {
                veto.pk: typed[f"veto_{veto.number}"]
                for veto in self.vetoes
                if typed[f"veto_{veto.number}"]
            },
            "note": typed["opinion"],
            "opinion": typed["opinion"],
        }


class ConfirmForm(ActForm):
    """The points of every item on which the sheets differ, with reasons, and the vetoes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make two fields for each difference and one choice of vetoes."""
        super().__init__(*args, **kwargs)
        self.differing = self.case.deviations()
        for deviation in self.differing:
            item = deviation.item
            given = "；".join(f"{name}{plain(points)}分" for name, points in deviation.given)
            self.fields[field_name("settled", item)] = forms.DecimalField(
                label=f"{item.code} {item.title}：确定得分",
                max_digits=5,
                decimal_places=2,
                help_text=f"{given}（分值{plain(item.max_points)}分）",
            )
            self.fields[field_name("reason", item)] = forms.CharField(
                label=f"{item.code}理由", max_length=300
            )
        checks = list(self.case.veto_checks.select_related("veto"))
        self.fields["vetoes"] = forms.TypedMultipleChoiceField(
            label="确认存在的一票否决情形",
            required=False,
            coerce=int,
            choices=[
                (check.veto_id, f"{check.veto}{f'（{check.reported}）' if check.reported else ''}")
                for check in checks
            ],
            widget=forms.CheckboxSelectMultiple,
        )

    def facts(self) -> dict[str, Any]:
        """Return settled points by item and the confirmed vetoes."""
        typed = self.cleaned_data
        settled = {
            deviation.item.pk: (
                typed[field_name("settled", deviation.item)],
                typed[field_name("reason", deviation.item)],
            )
            for deviation in self.differing
        }
        return {"settled": settled, "vetoes": typed["vetoes"], "opinion": typed["opinion"]}


class DecisionForm(ToldForm):
    """The decision of the party group."""

    told_by = "decision"
    meeting = forms.CharField(
        label="党组会议", max_length=120, help_text="如：2025年第9次局党组会议（纪要〔2025〕9号）"
    )
    decision = long_text("决定内容和理由")


class PublishForm(ActForm):
    """Where a notice is published."""

    place = forms.CharField(
        label="公示方式", max_length=200, help_text="如：局门户网站、局公告栏、司法所公告栏"
    )


class ObjectionForm(ToldForm):
    """A real-name objection."""

    told_by = "content"
    objector = forms.CharField(label="异议人姓名", max_length=60)
    contact = forms.CharField(label="联系方式", max_length=60)
    content = long_text("异议内容")


class InspectionForm(ActForm):
    """What the city saw, and what it proposes."""

    file_review = long_text("档案审查情况")
    site_visit = long_text("实地查看情况")
    interviews = long_text("座谈走访情况")
    satisfaction_percent = forms.DecimalField(
        label="服务对象满意度（%）", min_value=Decimal(0), max_value=Decimal(100), max_digits=5,
        decimal_places=2,
    )  # fmt: skip
    proposal = forms.ChoiceField(label="验收建议", choices=Inspection.Proposal.choices)
    problems = long_text("发现的问题", required=False)


class ReplaceForm(ToldForm):
    """Who leaves, who takes his place, and why."""

    told_by = "reason"
    leaving = forms.ModelChoiceField(label="被更换的评审员", queryset=User.objects.none())
    successor = forms.ModelChoiceField(label="接替的评审员", queryset=User.objects.none())
    reason = long_text("更换原因")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer who has not scored yet, and who may and never was an assessor of the case."""
        super().__init__(*args, **kwargs)
        waiting = [person.pk for person in self.case.assessors_to_score()]
        able = {post.user_id for post in who_may(ApplicationVerb.SCORE, self.case)}
        fit = able - self.case.attached_people() - self.case.ever_assessors()
        self.fields["leaving"].queryset = User.objects.filter(pk__in=waiting)
        self.fields["successor"].queryset = User.objects.filter(pk__in=fit)


class InvestigationForm(ToldForm):
    """What the investigation of an objection found and proposes."""

    told_by = "finding"
    proposal = forms.ChoiceField(label="处理建议", choices=Objection.Proposal.choices)
    finding = long_text("核查情况和结论")


class VetoForm(ToldForm):
    """A veto circumstance that came to light after the score."""

    told_by = "evidence"
    veto = forms.ModelChoiceField(label="一票否决情形", queryset=VetoItem.objects.none())
    evidence = long_text("事实和证据", "写明时间、事实、认定机关和证据名称。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the veto items of the case's standard."""
        super().__init__(*args, **kwargs)
        self.fields["veto"].queryset = self.case.standard.veto_items.all()


ACT_FORMS: dict[str, type[ActForm]] = {
    "submit_self_assessment": told("summary", "自评综述"),
    "give_township_opinion": told("township_opinion", "乡镇（街道）意见"),
    "return_to_station": told("township_opinion", "不同意的理由"),
    "return_for_supplement": told(
        "defects", "需要补正的全部内容", "应当一次性列明，补正只能要求一次。"
    ),
    "submit_supplement": told("supplement", "补正情况说明"),
    "appoint_assessors": AppointForm,
    "replace_assessor": ReplaceForm,
    "submit_sheet": SheetForm,
    "confirm_county_score": ConfirmForm,
    "recommend": DecisionForm,
    "decline_recommendation": DecisionForm,
    "publish_county": PublishForm,
    "record_objection": ObjectionForm,
    "record_objection_at_city": ObjectionForm,
    "investigate_objection": InvestigationForm,
    "dismiss_objection": told("decision", "处理决定"),
    "correct_and_republish": told("decision", "处理决定和更正内容"),
    "uphold_objection": told("decision", "处理决定"),
    "investigate_at_city": InvestigationForm,
    "dismiss_at_city": told("decision", "处理决定"),
    "republish_at_city": told("decision", "处理决定和更正内容"),
    "uphold_at_city": told("decision", "处理决定"),
    "record_veto": VetoForm,
    "end_by_veto": told("decision", "决定和理由"),
    "drop_veto": told("decision", "不成立的理由"),
    "record_veto_at_city": VetoForm,
    "end_by_veto_at_city": told("decision", "决定和理由"),
    "drop_veto_at_city": told("decision", "不成立的理由"),
    "propose_acceptance": InspectionForm,
    "pass_conditionally": told("requirements", "整改要求"),
    "fail_acceptance": told("reasons", "不合格的理由"),
    "submit_rectification": told("rectification", "整改情况"),
    "publish_city": PublishForm,
    "withdraw": told("reason", "撤回理由"),
}


class EntryForm(forms.Form):
    """What the station declares: entry conditions, and veto circumstances (FQ-4, FQ-17)."""

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        """Make a tick for each condition and each veto item."""
        super().__init__(*args, **kwargs)
        for name, label in ENTRY.items():
            self.fields[name] = forms.BooleanField(
                label=label, required=False, initial=getattr(case, name)
            )
        checks = list(case.veto_checks.select_related("veto"))
        self.fields["vetoes"] = forms.TypedMultipleChoiceField(
            label="回溯期内存在的一票否决情形（如实申明，没有的不勾选）",
            required=False,
            coerce=int,
            choices=[(check.veto_id, str(check.veto)) for check in checks],
            initial=[check.veto_id for check in checks if check.is_declared],
            widget=forms.CheckboxSelectMultiple,
        )


class ClaimForm(forms.Form):
    """The station's claim on one item; shape only."""

    claimed = forms.DecimalField(label="自评得分", max_digits=5, decimal_places=2)
    reason = forms.CharField(label="说明", required=False, max_length=300)
    evidence = forms.CharField(label="佐证目录", required=False, max_length=300)


class MaterialForm(forms.Form):
    """A file that stands for one of the materials."""

    slot = forms.ChoiceField(label="材料", choices=[(name, name) for name in MATERIALS])
    files = CheckedFileField(label="文件", kinds=ANY_KIND, many=True)
