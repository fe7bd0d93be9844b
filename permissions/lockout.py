"""Slow down guessing per account and per address, beside the lock of an account at one address.

The failures that `axes` counts are asked two further ways. One address that fails at many
accounts is stopped at a high ceiling, since an office shares one. One account at which many
addresses fail may be tried once a minute, so that guessing from everywhere is slow and yet no
stranger locks a person out for long. Neither concerns an account at an address from which it
signed in lately: there only its own lock counts, and colleagues go on signing in.
"""

from datetime import timedelta
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Q, Sum

from audit import clock
from permissions.models import SignedInSession

AT_ADDRESS = (
    "您所在的地址登录失败次数过多，已暂停登录，"
    "请 {minutes} 分钟后再试；急需登录的，请联系系统管理员。"
)
AT_ACCOUNT = "该账号近来登录失败次数过多，请 {seconds} 秒后再试；忘记口令请联系系统管理员。"


class Lockout(AxesDatabaseHandler):
    """The lock of `axes` with a ceiling per address and a pause per account."""

    def is_locked(self, request: Any, credentials: dict[str, Any] | None = None) -> bool:
        """Tell whether this attempt is not even tried; `request.lockout` says why in Chinese."""
        if super().is_locked(request, credentials):
            return True
        username = get_client_username(request, credentials)
        request.lockout = _slowed(request, username)
        if request.lockout and _is_known(username, request.axes_ip_address):
            request.lockout = ""
        return bool(request.lockout)


def _slowed(request: Any, username: str) -> str:
    """Say why account or address must wait; "" where neither must. One statement."""
    here, there = Q(ip_address=request.axes_ip_address), Q(username=username)
    recent = AccessAttempt.objects.filter(attempt_time__gt=get_cool_off_threshold(request))
    found = recent.filter(here | there).aggregate(
        at_address=Sum("failures_since_start", filter=here),
        at_account=Sum("failures_since_start", filter=there),
        last=Max("attempt_time", filter=there),
    )
    if (found["at_address"] or 0) >= settings.ADDRESS_FAILURE_LIMIT:
        return AT_ADDRESS.format(minutes=round(settings.AXES_COOLOFF_TIME * 60))
    pause = timedelta(seconds=settings.ACCOUNT_PAUSE_SECONDS)
    is_guessed = (found["at_account"] or 0) >= settings.ACCOUNT_FAILURE_LIMIT
    if is_guessed and request.axes_attempt_time < found["last"] + pause:
        return AT_ACCOUNT.format(seconds=settings.ACCOUNT_PAUSE_SECONDS)
    return ""


def _is_known(username: str, address: str | None) -> bool:
    """Tell whether the account signed in from this address lately."""
    since = clock.now() - timedelta(days=settings.KNOWN_ADDRESS_DAYS)
    sessions = SignedInSession.objects.filter(user__username=username, since__gte=since)
    return address is not None and sessions.filter(source_ip=address).exists()
