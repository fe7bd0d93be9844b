"""Take in how the in-box is to be narrowed."""

from django import forms


class InboxFilter(forms.Form):
    """Narrow the in-box by kind, unit, light and words."""

    kind = forms.CharField(required=False, max_length=24)
    light = forms.ChoiceField(
        required=False,
        choices=[
            ("", "全部时限"),
            ("red", "已超期"),
            ("yellow", "即将到期"),
            ("green", "时限充裕"),
        ],
    )
    q = forms.CharField(required=False, max_length=60, strip=True)
    after = forms.CharField(required=False, max_length=200)
