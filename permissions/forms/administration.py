"""Take what administrators type about units, people, posts, exceptions and imports."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from audit import clock
from permissions.cases import case_models, verbs_about
from permissions.forms.fields import CaseField, PersonField, SuggestingForm, UnitField
from permissions.models import UnitKind
from permissions.roles import Role
from permissions.verbs import VerbEnum, verb_of
from permissions.workbooks import LARGEST, TOO_LARGE


def _reason(label: str = "事由") -> forms.CharField:
    """Make a field for the reason that the entry keeps."""
    return forms.CharField(label=label, max_length=200)


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """Make a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class ReasonForm(forms.Form):
    """Nothing but the reason."""

    reason = _reason()


class UnitForm(SuggestingForm):
    """A new unit."""

    code = forms.CharField(
        label="机构代码",
        max_length=24,
        help_text="数字和大写英文字母；地方用行政区划代码，机关用所在地代码加字母。设定后不再改变。",
    )
    name = forms.CharField(label="名称", max_length=60)
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *UnitKind.choices])
    parent = UnitField(label="上级机构", max_length=90)


class RenameForm(forms.Form):
    """Another name of a unit."""

    name = forms.CharField(label="新名称", max_length=60)
    reason = _reason()


class MoveForm(SuggestingForm):
    """Another parent of a unit."""

    parent = UnitField(label="新的上级机构", max_length=90)
    reason = _reason("调整事由和文件依据")


class PersonForm(forms.Form):
    """A new person."""

    username = forms.CharField(
        label="账号",
        max_length=40,
        validators=[UnicodeUsernameValidator(message="账号只能用文字、数字和 @ . + - _。")],
        help_text="用于登录，设定后不再改变，一人一号。",
    )
    full_name = forms.CharField(label="姓名", max_length=40)
    phone = forms.CharField(label="联系电话", max_length=20, required=False)


class CorrectionForm(forms.Form):
    """Name and telephone of a person."""

    full_name = forms.CharField(label="姓名", max_length=40)
    phone = forms.CharField(label="联系电话", max_length=20, required=False)


class AppointForm(SuggestingForm):
    """A new post of a person."""

    role = forms.ChoiceField(label="岗位", choices=[("", "请选择"), *Role.choices])
    unit = UnitField(label="机构", max_length=90)
    starts_on = _day("任职自")
    ends_on = _day("任职至", required=False, help_text="当日仍在任；长期任职的不填。")
    reason = _reason("任命依据")


class EndPostForm(forms.Form):
    """The end of a post."""

    last_day = _day(
        "最后任职日", help_text="当日仍在任；填昨天则立即失效；早于任职开始日的，撤销该任命。"
    )
    reason = _reason("免职依据")


def _verb_choices() -> list[tuple[str, Any]]:
    """Return the verbs that can be given on single cases, grouped by kind of case."""
    return [
        (str(model._meta.verbose_name), [(verb.value, verb.label) for verb in verbs_about(model)])
        for model in case_models()
    ]


class ExceptionForm(SuggestingForm):
    """A dated exception on one case."""

    case = CaseField(label="案件编号", max_length=60)
    user = PersonField(label="人员", max_length=90)
    verb = forms.ChoiceField(label="权限", choices=_verb_choices)
    starts_on = _day("自")
    ends_on = _day("至", help_text="当日仍有效，一次最长一年。")
    reason = _reason("授权事由和批准人")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.initial.setdefault("starts_on", today)
        self.initial.setdefault("ends_on", today + timedelta(days=30))

    def clean_verb(self) -> VerbEnum:
        """Return the verb itself."""
        return verb_of(self.cleaned_data["verb"])


class RecusalForm(SuggestingForm):
    """A recusal of a person from one case."""

    case = CaseField(label="案件编号", max_length=60)
    user = PersonField(label="回避人员", max_length=90)
    reason = _reason("回避事由和决定人")


class UploadForm(forms.Form):
    """A workbook to import."""

    workbook = forms.FileField(
        label="Excel 工作簿",
        help_text="先下载模板填写；上传后先检查，不会直接导入。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx", "data-limit": LARGEST}),
    )

    def clean_workbook(self) -> UploadedFile:
        """Refuse a file that is too large before it is read."""
        workbook: UploadedFile = self.cleaned_data["workbook"]
        if (workbook.size or 0) > LARGEST:
            raise ValidationError(TOO_LARGE)
        return workbook
