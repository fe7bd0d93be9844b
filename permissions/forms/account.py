"""Take what a person types to sign in and to care for his own account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from permissions.models import User


class UsernameField(forms.CharField):
    """An account name as it is typed; long and odd ones are simply unknown."""

    widget = forms.TextInput(
        attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
    )


def _password(label: str, kind: str, help_text: str = "") -> forms.CharField:
    """Make a field for a password; what was typed is kept as it is, spaces included."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=128,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
    )


class SignInForm(forms.Form):
    """Account and password."""

    username = UsernameField(label="账号", max_length=150)
    password = _password("口令", "current-password")


class CodeForm(forms.Form):
    """The six digits of a one-time password."""

    code = forms.RegexField(
        r"\A\d{6}\Z",
        label="动态口令",
        help_text="请输入手机应用上显示的 6 位数字。",
        error_messages={"invalid": "动态口令是 6 位数字。"},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )


class OwnPasswordForm(forms.Form):
    """The present password, asked before something that a borrowed screen must not do."""

    password = _password("当前口令", "current-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse a wrong password."""
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError("当前口令不正确，请重新输入。")
        return self.cleaned_data["password"]


class ChangePasswordForm(OwnPasswordForm):
    """The present password and twice the new one."""

    new_password = _password(
        "新口令",
        "new-password",
        "至少 10 位，大写字母、小写字母、数字、其他符号中至少三种，不得与最近 5 次用过的相同。",
    )
    repeated = _password("再输一遍新口令", "new-password")

    def clean_new_password(self) -> str:
        """Hold the new password against the rules."""
        password = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two different new passwords."""
        cleaned = super().clean() or {}
        typed = cleaned.get("new_password")
        if typed and cleaned.get("repeated") and typed != cleaned["repeated"]:
            self.add_error("repeated", "两次输入的新口令不一致，请重新输入。")
        return cleaned
