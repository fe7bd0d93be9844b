"""Ask somebody who is signed in for his password once more, before what must surely be his."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest

from audit.models import Outcome
from audit.recording import record_alone
from permissions import second_factor

WRONG = "口令不正确，请重新输入；已填写的内容仍在本页。"
WRONG_CODE = "动态口令不正确或者已用过，请等手机上显示新的数字后再输入。"
LOCKED = "口令错误次数过多，请 {minutes} 分钟后再试；已填写的内容可以留在本页。"


class Unconfirmed(Exception):
    """The person could not show that it is he: which field is wrong, and the reason in Chinese."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def confirm(request: HttpRequest, *, password: str, code: str = "") -> str:
    """Return by what the person showed that it is he (口令, with 动态口令 where he has it).

    A wrong password counts as a failed sign-in: whoever found a screen unlocked guesses no longer
    than a stranger at the sign-in page. Raise `Unconfirmed`; each failure leaves an entry.
    """
    user: Any = request.user
    if authenticate(request, username=user.get_username(), password=password) != user:
        raise _failed(user, "password", _why_wrong(request))
    device = second_factor.device_of(user)
    if device is None:
        return "口令"
    if not second_factor.accepts(device, code):
        raise _failed(user, "code", WRONG_CODE)
    return "口令和动态口令"


def _why_wrong(request: Any) -> str:
    """Say what is wrong; who is locked out is told so on his page and not sent to another one."""
    if not getattr(request, "axes_locked_out", False):
        return WRONG
    request.axes_locked_out = False
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return LOCKED.format(minutes=minutes)


def _failed(user: Any, field: str, message: str) -> Unconfirmed:
    """Record a failed attempt."""
    record_alone(
        "permissions.confirm_identity", "核验身份", by=user, post=user.acting_post,
        outcome=Outcome.FAILED, reason=message,
    )  # fmt: skip
    return Unconfirmed(field, message)
