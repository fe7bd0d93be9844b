"""Take what the bureau registers of a law; shape only."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from laws.models import Ending, Law, LawKind
from laws.rules.names import plain_number, plain_title, title_forms

UNKNOWN = "法规库中没有这个名称或者文号，请先登记它，或者核对名称。"


def _day(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """Make a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, widget=widget, help_text=help_text,
        input_formats=["%Y-%m-%d", "%Y/%m/%d"],
    )  # fmt: skip


def law_named(text: str) -> Law | None:
    """Return the latest version of the law with this title or number."""
    found = Law.objects.filter(document_number=plain_number(text)).first()
    for form in title_forms(plain_title(text).strip("《》")):
        found = found or Law.objects.versions_of(form).first()
    return found


class SuccessorField(forms.CharField):
    """A registered law chosen by its title or number."""

    def clean(self, value: Any) -> Law | None:
        """Turn the text into the law it means."""
        text = super().clean(value)
        if not text:
            return None
        found = law_named(text)
        if found is None:
            raise ValidationError(UNKNOWN)
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show the title of a chosen law."""
        return value.title if isinstance(value, Law) else value


class LawForm(forms.Form):
    """What is registered of one version of a law."""

    title = forms.CharField(label="名称", max_length=200, help_text="全称，不带书名号。")
    aliases = forms.CharField(
        label="简称", max_length=300, required=False, help_text="有几个的用“、”分开。"
    )
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *LawKind.choices])
    issuer = forms.CharField(label="制定机关", max_length=100, required=False)
    document_number = forms.CharField(
        label="文号", max_length=100, required=False,
        help_text="如 国务院令第783号、国办发〔2018〕115号。",
    )  # fmt: skip
    promulgated_on = _day("公布日期")
    effective_from = _day("施行日期", help_text="不知道的留空；引用时按已经施行对待。")
    effective_until = _day("失效日期", help_text="自这一天起不再有效；现行有效的留空。")
    ending = forms.ChoiceField(
        label="失效原因", choices=[("", "（现行有效）"), *Ending.choices], required=False
    )
    superseded_by = SuccessorField(
        label="废止或者替代它的文件", max_length=200, required=False, help_text="名称或者文号。"
    )
    highest_article = forms.IntegerField(
        label="最高条号", min_value=1, max_value=99_999, required=False,
        help_text="最后一条的条号，用来发现引用了不存在的条。",
    )  # fmt: skip
    source = forms.CharField(
        label="来源说明", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )


class CorrectForm(LawForm):
    """Corrected facts, with the reason that the trace keeps."""

    reason = forms.CharField(label="更正理由", max_length=200)


class EndForm(forms.Form):
    """From when a law stands no more, and why."""

    on = _day("失效日期", required=True, help_text="自这一天起不再有效。")
    ending = forms.ChoiceField(label="失效原因", choices=Ending.choices)
    superseded_by = SuccessorField(
        label="废止或者替代它的文件", max_length=200, required=False, help_text="名称或者文号。"
    )
    reason = forms.CharField(label="依据", max_length=200)
