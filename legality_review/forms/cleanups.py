"""Ask for the facts of a clean-up: its day, its conclusions, and its acts (LR-36)."""

from typing import Any

from django import forms
from django.forms import BoundField

from audit import clock
from legality_review.forms.acts import day_field
from legality_review.models import Cleanup, CleanupLine
from workflows.forms import ActForm
from workflows.forms.told import ToldForm, long_text, told


class NewCleanupForm(forms.Form):
    """The day as of which the documents are cleaned up."""

    as_of = day_field("清理截止日期", "列入该日以前（含当日）公布的全部规范性文件。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with today."""
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = clock.today()


class LinesForm(forms.Form):
    """What is said of each document, with the reason of what changes it."""

    def __init__(self, *args: Any, case: Cleanup, **kwargs: Any) -> None:
        """Make two fields for each document; what has ended already has one answer."""
        super().__init__(*args, **kwargs)
        self.lines = list(case.lines.select_related("document"))
        for line in self.lines:
            self.fields[f"conclusion_{line.pk}"] = forms.ChoiceField(
                label=f"{line.document.title}：清理结论", initial=line.conclusion,
                choices=[(one.value, one.label) for one in line.choices],
            )  # fmt: skip
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=f"{line.document.title}：理由", required=False, max_length=300,
                initial=line.reason,
            )  # fmt: skip

    def rows(self) -> list[tuple[CleanupLine, BoundField, BoundField]]:
        """Return each document with its two fields."""
        return [
            (line, self[f"conclusion_{line.pk}"], self[f"reason_{line.pk}"]) for line in self.lines
        ]

    def changed_lines(self) -> list[CleanupLine]:
        """Return the lines that say something else now, carrying what was typed."""
        changed = []
        for line in self.lines:
            new = self.cleaned_data[f"conclusion_{line.pk}"], self.cleaned_data[f"reason_{line.pk}"]
            if new != (line.conclusion, line.reason):
                line.conclusion, line.reason = new
                changed.append(line)
        return changed


def place_field(label: str) -> forms.CharField:
    """Return a field for where something was published."""
    return forms.CharField(label=label, max_length=300, help_text="如：政府网站网址")


class PublishDraftForm(ActForm):
    """Where the draft is published."""

    place = place_field("清理意见公布位置")


class OpinionForm(ToldForm):
    """What somebody said of the draft."""

    told_by = "content"
    author = forms.CharField(label="提出人", max_length=100)
    content = long_text("意见")


class ConcludeForm(ActForm):
    """Where the result is published."""

    place = place_field("清理结果公布位置")


ACT_FORMS: dict[str, type[ActForm]] = {
    "publish_draft": PublishDraftForm,
    "record_opinion": OpinionForm,
    "close_consultation": told(
        "handling", "意见处理情况", "收到几条意见、采纳几条、未采纳的理由。"
    ),
    "conclude": ConcludeForm,
}
