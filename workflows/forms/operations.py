"""Take in what an operation needs; whether it is allowed is asked by the operation itself."""

from typing import Any

from django import forms

from audit import clock
from permissions.forms.fields import PersonField, SuggestingForm
from permissions.models import Post, User
from permissions.roles import ADMINISTRATORS
from workflows.models.tasks import Task, Verdict
from workflows.operations import proposing, targets
from workflows.operations.returning import MODES

ROWS = 3


def _text(label: str, *, required: bool = True, limit: int = 500) -> forms.CharField:
    """Return a field for a reason or an opinion."""
    return forms.CharField(
        label=label, required=required, max_length=limit, strip=True,
        widget=forms.Textarea(attrs={"rows": ROWS}),
    )  # fmt: skip


def _day(label: str) -> forms.DateField:
    """Return a field for a day that may be left out."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class OfficialField(PersonField):
    """A person in a business post today, suggested with name, unit and account."""

    unknown = "没有这名在任的业务人员。请从提示中选择，或者输入账号。"

    def rows(self) -> Any:
        """Return the people in business posts."""
        return User.objects.filter(pk__in=self._posts().values("user"))

    def suggest(self) -> None:
        """Offer everybody in a business post."""
        posts = self._posts().select_related("user", "unit")
        self.widget.suggestions = [
            f"{post.user.full_name} {post.unit.name}（{post.user.username}）" for post in posts
        ]

    def _posts(self) -> Any:
        return Post.objects.on(clock.today()).exclude(role__in=ADMINISTRATORS)


class OperationForm(SuggestingForm):
    """Base of the form of an operation on a task: why it is done."""

    reason = _text("原因")

    def __init__(self, *args: Any, task: Task, user: User, **kwargs: Any) -> None:
        self.task, self.user = task, user
        super().__init__(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        """Return what the operation is handed."""
        return dict(self.cleaned_data)


class NoReasonForm(OperationForm):
    """An operation that may be done without saying why."""

    reason = _text("说明", required=False)


class UrgeForm(OperationForm):
    """催办: what is said to the holder."""

    reason = _text("催办内容", limit=300)


class PersonForm(OperationForm):
    """An operation that names one person."""

    person = OfficialField(label="人员", help_text="输入姓名或账号，从提示中选择。")
    field_order = ("person", "reason")


class TransferForm(PersonForm):
    """转办: to whom, and why."""

    person = OfficialField(label="转给", help_text="输入姓名或账号，从提示中选择。")
    reason = _text("转办原因")


class ConsultForm(PersonForm):
    """委派: whom to ask what, and until when."""

    person = OfficialField(label="征求何人意见", help_text="输入姓名或账号，从提示中选择。")
    reason = _text("需要对方答复的问题")
    due_on = _day("请于何日前答复")
    field_order = ("person", "reason", "due_on")


class AlongsideForm(PersonForm):
    """并加签: who shall sign as well."""

    person = OfficialField(label="增加何人", help_text="输入姓名或账号，从提示中选择。")
    reason = _text("加签要求")


class PeopleForm(OperationForm):
    """An operation that names up to three people."""

    first = OfficialField(label="第一人", help_text="输入姓名或账号，从提示中选择。")
    second = OfficialField(label="第二人", required=False)
    third = OfficialField(label="第三人", required=False)
    field_order = ("first", "second", "third", "reason")

    def facts(self) -> dict[str, Any]:
        """Return the people as a list."""
        found = [self.cleaned_data[name] for name in ("first", "second", "third")]
        return {
            "people": [person for person in found if person],
            "reason": self.cleaned_data["reason"],
        }


class AddForm(PeopleForm):
    """前加签、后加签: who is asked what."""

    reason = _text("加签要求")


class CopyForm(PeopleForm):
    """抄送、传阅: to whom, with which words."""

    reason = _text("说明", required=False)


class SendBackForm(OperationForm):
    """退回: to which step that was really done, in which mode, and why."""

    to = forms.ChoiceField(label="退回到", widget=forms.RadioSelect)
    mode = forms.ChoiceField(
        label="退回后", widget=forms.RadioSelect, choices=list(MODES.items()), initial="stepwise"
    )
    reason = _text("退回原因")
    field_order = ("to", "mode", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (found.node, f"{found.title}（{found.done_by}办理）") for found in targets(self.task)
        ]

    def facts(self) -> dict[str, Any]:
        """Return target, mode and reason."""
        told = self.cleaned_data
        return {"to": told["to"], "direct": told["mode"] == "direct", "reason": told["reason"]}


class AnswerForm(OperationForm):
    """答复: what one thinks."""

    verdict = forms.ChoiceField(
        label="意见", widget=forms.RadioSelect, initial=Verdict.AGREE,
        choices=[(v.value, v.label) for v in (Verdict.AGREE, Verdict.DISAGREE)],
    )  # fmt: skip
    opinion = _text("意见内容", limit=2000)
    field_order = ("verdict", "opinion")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]


class RepositionForm(OperationForm):
    """重定位: to which step, and why; another person confirms it."""

    target = forms.ChoiceField(label="转到", widget=forms.RadioSelect)
    reason = _text("理由")
    field_order = ("target", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = proposing.reachable(self.task)  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """挂起、恢复: why."""

    reason = _text("事由", limit=150)


class StayForm(HoldForm):
    """中止: why, and by which article."""

    law = forms.CharField(
        label="依据", max_length=100, strip=True,
        help_text="写明法律、法规、规章或者文件的名称和条款，例如《……办法》第十二条。",
    )  # fmt: skip


class ProposalForm(forms.Form):
    """终止、作废、恢复办理: why; another person confirms it."""

    reason = _text("理由")


class ConsentForm(forms.Form):
    """确认 or 不同意: what the second person says."""

    decision = forms.ChoiceField(
        label="决定", widget=forms.RadioSelect, choices=[("confirm", "确认"), ("reject", "不同意")]
    )
    answer = _text("意见", required=False)


class UrgingAnswerForm(forms.Form):
    """答复催办: what is said, and until when it will be done."""

    answer = _text("答复", limit=300)
    expected_on = _day("预计办结日期")


class CopyOpinionForm(forms.Form):
    """传阅意见: what the reader thinks."""

    opinion = _text("传阅意见", limit=2000)


class StandInForm(SuggestingForm):
    """请假代理: who stands in, from when to when, for which matters, and why."""

    principal = OfficialField(label="被代理人")
    substitute = OfficialField(label="代理人", help_text="输入姓名或账号，从提示中选择。")
    starts_on = forms.DateField(
        label="代理自", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label="代理至（含当日）", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    kinds = forms.MultipleChoiceField(
        label="代理事项", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="不勾选即为全部事项。",
    )  # fmt: skip
    includes_waiting = forms.BooleanField(label="包括此前已经到达的待办", required=False)
    reason = _text("事由", limit=200)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]


class HandOverForm(SuggestingForm):
    """移交: whose work goes to whom, and why."""

    person = PersonField(label="移交人", help_text="离岗人员；输入姓名或账号，从提示中选择。")
    successor = OfficialField(label="接任人", required=False)
    reason = _text("移交原因", required=False, limit=200)


class PhraseForm(forms.Form):
    """常用语: its text, and whether it is the unit's."""

    text = forms.CharField(label="常用语", max_length=200, strip=True)
    for_unit = forms.BooleanField(label="本单位共用", required=False)
