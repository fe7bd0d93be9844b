"""Ask for the password again where an act is signed (电子签名)."""

from typing import Any

from django import forms

from permissions.models import User
from permissions.second_factor import device_of


class SigningForm(forms.Form):
    """The password, and the one-time code of who has one; neither is shown again or kept."""

    password = forms.CharField(
        label="登录口令", strip=False, max_length=128,
        help_text="输入口令即为电子签名：对本页内容和本案现有文书、附件负责，签名后不能改动。",
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "data-no-draft": ""}
        ),
    )  # fmt: skip
    code = forms.RegexField(
        r"\A\d{6}\Z", label="动态口令", help_text="请输入手机应用上显示的 6 位数字。",
        error_messages={"invalid": "动态口令是 6 位数字。"},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "data-no-draft": ""}
        ),
    )  # fmt: skip
    prefix = "signing"

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if device_of(user) is None:
            del self.fields["code"]
