"""Ask for the facts of the acts of a matter under review."""

from datetime import time
from typing import Any

from django import forms
from django.forms import BoundField

from audit import clock
from documents.forms import CheckedFileField
from legality_review.forms.files import FileForm, TextFileField
from legality_review.models import Advice
from legality_review.models.reviews import CORRECTABLE
from legality_review.permissions import ReviewVerb
from legality_review.rules.adoption import Adopted, EvaluationGround, Outcome, Spoken, Stance
from legality_review.rules.matters import Matter
from permissions.models import User
from permissions.policy import who_may
from workflows.forms import ActForm
from workflows.forms.told import ToldForm, long_text, told

SEATS = 15
"""How many members of a meeting a form takes; a larger meeting records who spoke."""
SHOWN = 7
"""How many of them the page shows at once; the rest is unfolded."""

Row = tuple[str, list[BoundField]]
"""What a member of a meeting is called, and the fields of his row."""


def day_field(label: str, help_text: str = "") -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


class OpenConsultationForm(ActForm):
    """Since when and where the public is asked."""

    since = day_field("公开征求意见开始日期", "在网站等公开之日；已经公开的填写实际日期。")
    place = forms.CharField(
        label="公开方式", max_length=200, help_text="如：乐陵市政府网站、镇政务公开栏"
    )


class CloseConsultationForm(ToldForm):
    """What the public said, what became of it, and why the period was shorter."""

    told_by = "result"
    result = long_text("征求意见及采纳情况", "收到几条意见、采纳几条、未采纳的理由。")
    explanation = long_text(
        "缩短期限的公开说明", "未满期限结束的，须填写已经公开的理由。", required=False
    )


class AcceptForm(ActForm):
    """Which counsel is asked for an opinion (LR-14)."""

    counsel = forms.ModelChoiceField(
        label="请法律顾问（公职律师）提出意见", queryset=User.objects.none(), required=False,
        empty_label="不请顾问", help_text="重大行政决策必须有法律顾问或者公职律师的意见。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the counsel who may advise on this matter."""
        super().__init__(*args, **kwargs)
        able = {post.user_id for post in who_may(ReviewVerb.ADVISE, self.case)}
        counsel = self.fields["counsel"]
        counsel.queryset = User.objects.filter(pk__in=able - {self.case.opened_by_id})
        counsel.required = self.case.matter == Matter.DECISION


class ReclassifyForm(ToldForm):
    """As what the text is reviewed instead."""

    told_by = "reason"
    matter = forms.ChoiceField(label="改按", choices=Matter.choices)
    reason = long_text("认定理由")


class CorrectForm(ActForm):
    """What the reviewer corrects of the drafter's facts."""

    opinion_required = True
    opinion_label = "更正理由"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a field for each fact that may be corrected, filled with what stands."""
        super().__init__(*args, **kwargs)
        made = forms.fields_for_model(type(self.case), CORRECTABLE)
        for name in CORRECTABLE:
            made[name].required = False
            made[name].initial = getattr(self.case, name)
            self.fields[name] = made[name]
        self.order_fields([*CORRECTABLE, "opinion"])

    def facts(self) -> dict[str, Any]:
        """Return the corrected facts."""
        typed = self.cleaned_data
        facts = {name: typed[name] for name in CORRECTABLE}
        return {"facts": facts, "opinion": typed["opinion"]}


class InquiryForm(ToldForm):
    """The notice by which experts, a hearing or an inquiry begin (LR-27)."""

    told_by = "notice"
    notice = forms.CharField(label="通知内容", max_length=300)
    is_excluded = forms.BooleanField(
        label="通知载明：所需时间不计入审查期限", required=False,
        help_text="通知没有载明的，审查期限照常计算。",
    )  # fmt: skip


class AnswersForm(FileForm):
    """What is done with each piece of advice, and the revised text (LR-21)."""

    told_by = "remark"
    text = TextFileField(label="修改稿")
    reasons = CheckedFileField(
        label="不采纳（部分采纳）意见的说明材料", required=False,
        help_text="有意见没有完全采纳的，必须上传，并在上表写明理由。",
    )  # fmt: skip
    remark = long_text("修改说明", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make two fields for each piece of advice."""
        super().__init__(*args, **kwargs)
        self.given: list[Advice] = list(self.case.advice)
        for advice in self.given:
            self.fields[f"adopted_{advice.pk}"] = forms.ChoiceField(
                label=f"{advice.clause}：采纳情况", choices=[("", "请选择"), *Adopted.choices]
            )
            self.fields[f"answer_{advice.pk}"] = forms.CharField(
                label=f"{advice.clause}：理由", required=False, max_length=1000,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip

    def rows(self) -> list[tuple[Advice, BoundField, BoundField]]:
        """Return each piece of advice with its two fields."""
        return [(a, self[f"adopted_{a.pk}"], self[f"answer_{a.pk}"]) for a in self.given]

    def facts(self) -> dict[str, Any]:
        """Return the answers by key, the texts and the remark."""
        typed = self.cleaned_data
        answers = {a.pk: (typed[f"adopted_{a.pk}"], typed[f"answer_{a.pk}"]) for a in self.given}
        return {
            "answers": answers, "text": typed["text"], "reasons": typed["reasons"],
            "opinion": typed["remark"],
        }  # fmt: skip


class NewTextForm(FileForm):
    """A new version of the text, and what was changed."""

    told_by = "explanation"
    text = TextFileField(label="新的文本")
    explanation = long_text("改动说明")


class SigningTextForm(FileForm):
    """The text that goes before the meeting; it must be the reviewed text (LR-22)."""

    told_by = "remark"
    text = TextFileField(
        label="提交讨论的文本", help_text="须与审查通过的文本一字不差，提交时逐字核对。"
    )
    remark = long_text("说明", required=False)

    def facts(self) -> dict[str, Any]:
        """Return the text; the remark is the opinion."""
        return {"text": self.cleaned_data["text"], "opinion": self.cleaned_data["remark"]}


class SignForm(SigningTextForm):
    """The text to be signed, and the validity it states (LR-31)."""

    text = TextFileField(label="签发稿", help_text="须与审查通过的文本一字不差，签发时逐字核对。")
    validity_years = forms.TypedChoiceField(
        label="文件载明的有效期（年）", coerce=int, empty_value=None,
        choices=[("", "请选择"), *((years, f"{years}年") for years in range(1, 7))],
    )  # fmt: skip
    is_trial = forms.BooleanField(label="试行、暂行文件", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the validity only where the text has one."""
        super().__init__(*args, **kwargs)
        if self.case.matter != Matter.NORMATIVE:
            del self.fields["validity_years"], self.fields["is_trial"]
        self.order_fields(["text", "validity_years", "is_trial", "remark"])

    def facts(self) -> dict[str, Any]:
        """Return the text and what it states of its validity."""
        stated = ("validity_years", "is_trial")
        return super().facts() | {
            name: self.cleaned_data[name] for name in stated if name in self.fields
        }


class DeliberationForm(ToldForm):
    """The record of a deliberation: every view, the head's last (LR-28)."""

    told_by = "explanation"
    meeting = forms.CharField(
        label="会议", max_length=120, help_text="如：2025年第12次镇长办公会、党政联席会"
    )
    held_on = day_field("会议日期")
    outcome = forms.ChoiceField(label="会议决定", choices=[("", "请选择"), *Outcome.choices])
    explanation = long_text(
        "主要负责人的说明", "决定与多数人的意见不一致时必须填写。", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make four fields for each member; the first row is the head's."""
        super().__init__(*args, **kwargs)
        self.fields["held_on"].initial = clock.today()
        for place in range(SEATS):
            label = "主要负责人" if place == 0 else f"成员{place}"
            self.fields[f"name_{place}"] = forms.CharField(
                label=f"{label}姓名", max_length=40, required=place < 2
            )
            self.fields[f"at_{place}"] = forms.TimeField(
                label=f"{label}发言时间", required=place < 2,
                widget=forms.TimeInput({"type": "time"}, "%H:%M"),
            )  # fmt: skip
            self.fields[f"stance_{place}"] = forms.ChoiceField(
                label=f"{label}态度", choices=Stance.choices, required=False
            )
            self.fields[f"words_{place}"] = forms.CharField(
                label=f"{label}意见", required=False, max_length=1000,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip

    def rows(self) -> list[Row]:
        """Return for each member that the page shows at once what he is called and his fields."""
        return self._rows(range(SHOWN))

    def more_rows(self) -> list[Row]:
        """Return the same of those that a larger meeting has."""
        return self._rows(range(SHOWN, SEATS))

    def is_large(self) -> bool:
        """Tell whether a seat beyond those shown at once is filled in."""
        return any(self[f"name_{place}"].value() for place in range(SHOWN, SEATS))

    def _rows(self, places: range) -> list[Row]:
        names = ("name", "at", "stance", "words")
        return [
            (
                f"成员{place}" if place else "主要负责人",
                [self[f"{name}_{place}"] for name in names],
            )
            for place in places
        ]

    def clean(self) -> dict[str, Any]:
        """Ask the time of everybody who is named."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for place in range(2, SEATS):
            if typed.get(f"name_{place}") and not typed.get(f"at_{place}"):
                self.add_error(f"at_{place}", "请填写发言时间。")
        return typed

    def facts(self) -> dict[str, Any]:
        """Return the views in order of the rows."""
        typed = self.cleaned_data
        views = [
            Spoken(
                name=typed[f"name_{place}"],
                stance=typed[f"stance_{place}"] or Stance.AGREE,
                words=typed[f"words_{place}"],
                at=typed[f"at_{place}"] or time(0),
                is_head=place == 0,
            )
            for place in range(SEATS)
            if typed[f"name_{place}"]
        ]
        kept = {name: typed[name] for name in ("meeting", "held_on", "outcome", "explanation")}
        return {**kept, "views": views, "opinion": typed["explanation"]}


class PartyReportForm(ToldForm):
    """When the party committee was told, and what it said (LR-29)."""

    told_by = "result"
    reported_on = day_field("向党委报告日期")
    result = long_text("党委意见")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with today."""
        super().__init__(*args, **kwargs)
        self.fields["reported_on"].initial = clock.today()


class EvaluationForm(ToldForm):
    """Why a decision is evaluated, by whom, and with what result (LR-39)."""

    told_by = "result"
    ground = forms.ChoiceField(label="启动理由", choices=EvaluationGround.choices)
    evaluator = forms.CharField(label="评估机构", max_length=120)
    made_prior_assessment = forms.BooleanField(
        label="该机构承担过本决策的主要前期评估工作", required=False
    )
    result = long_text("评估结论")


ACT_FORMS: dict[str, type[ActForm]] = {
    "open_consultation": OpenConsultationForm,
    "close_consultation": CloseConsultationForm,
    "accept": AcceptForm,
    "request_supplement": told(
        "defects", "需要补正的全部内容", "应当一次性列明；补正期间不计入审查期限。"
    ),
    "submit_supplement": told("supplement", "补正情况说明"),
    "return_matter": told("reason", "退回原因"),
    "decline_scope": told("reason", "认定理由"),
    "reclassify": ReclassifyForm,
    "correct_facts": CorrectForm,
    "give_counsel_opinion": told("counsel_opinion", "法律顾问意见"),
    "begin_inquiry": InquiryForm,
    "end_inquiry": told("result", "论证（听证、调查）结果"),
    "extend_review": told("reason", "延长理由"),
    "escalate": told("first_opinion", "初审意见"),
    "find_lawful": told("reasoning", "审查意见"),
    "find_needing_amendment": told("reasoning", "审查意见"),
    "find_unlawful": told("reasoning", "审查意见"),
    "return_for_procedure": told("reasoning", "审查意见"),
    "submit_revision": AnswersForm,
    "reject_revision": told("reason", "未按意见修改之处"),
    "review_anew": told("reason", "超出审查意见的改动"),
    "abandon": told("reason", "不予制定（作出、签订）的说明"),
    "resubmit": NewTextForm,
    "proceed_with_risk": told("risk_note", "法律风险说明", "将记入集体讨论材料。"),
    "table_for_deliberation": SigningTextForm,
    "deliberate": DeliberationForm,
    "report_to_party": PartyReportForm,
    "sign_text": SignForm,
    "submit_changed_text": NewTextForm,
    "withdraw": told("reason", "撤回理由"),
    "evaluate_decision": EvaluationForm,
    "suspend_execution": told("reason", "中止执行的理由"),
}
