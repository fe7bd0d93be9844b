"""Ask what is taken out of the system, and for what."""

from django import forms

MOST_PURPOSE = 200


class PurposeForm(forms.Form):
    """What something is taken out for; the answer goes into the trace."""

    purpose = forms.CharField(
        label="导出用途", max_length=MOST_PURPOSE, help_text="用途和导出内容的摘要记入留痕。"
    )
