"""Let people in and out: password, second factor, lockout, sign-out; each leaves an entry."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from audit import clock
from audit.models import Outcome
from audit.recording import Stranger, record, record_alone
from permissions import second_factor, sessions
from permissions.forms.account import CodeForm, SignInForm
from permissions.models import SessionEnd, User
from permissions.policy import first_post

WRONG = "账号或者口令不正确，请核对后重新输入。"
WRONG_CODE = "动态口令不正确或者已用过，请等手机上显示新的数字后再输入。"
TOO_LATE = "验证超时，请重新输入账号和口令。"
PENDING = "pending_sign_in"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for account and password; say the same whatever is wrong with them."""
    if request.user.is_authenticated:
        return redirect("/")
    form = SignInForm(request.POST or None)
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None:
            return _password_was_right(request, user)
        _record_failure(request, form.cleaned_data["username"])
        form.add_error(None, WRONG)
    return _page(request, form, "permissions/sign_in.html")


def _page(request: HttpRequest, form: Any, template: str) -> HttpResponse:
    """Show a step of signing in, with the reason why the last session ended."""
    ended = request.GET.get("ended", "")
    reason = SessionEnd(ended).label if ended in SessionEnd.values else ""
    page = {"form": form, "next": _next(request), "ended": reason}
    return render(request, template, page)


def _next(request: HttpRequest) -> str:
    """Return the page asked for before signing in, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours and wanted.startswith("/") else ""


def _record_failure(request: HttpRequest, username: str) -> None:
    """Record a failed attempt, and that the account is now locked at this address."""
    record_alone(
        "permissions.sign_in", "登录", by=Stranger(username), outcome=Outcome.FAILED, reason=WRONG
    )
    if getattr(request, "axes_locked_out", False):
        record_alone(
            "permissions.lock_out", "登录锁定", by=Stranger(username), outcome=Outcome.REFUSED
        )


def _password_was_right(request: HttpRequest, user: User) -> HttpResponse:
    """Let the person in, or go on to the second step if he has a device."""
    if second_factor.device_of(user) is None:
        return _let_in(request, user, "口令", _next(request))
    wanted = _next(request)
    request.session.flush()
    request.session[PENDING] = {
        "user": user.pk,
        "at": clock.now().isoformat(),
        "next": wanted,
        "failures": 0,
    }
    return redirect("permissions:second_step")


@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the one-time password after the right password."""
    if request.user.is_authenticated:
        return redirect("/")
    pending = request.session.get(PENDING)
    user = _pending_user(pending)
    device = second_factor.device_of(user) if user else None
    if user is None or device is None:
        request.session.flush()
        messages.warning(request, TOO_LATE)
        return redirect("permissions:sign_in")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if second_factor.accepts(device, form.cleaned_data["code"]):
            del request.session[PENDING]
            return _let_in(request, user, "口令和动态口令", pending["next"])
        request.session[PENDING] = {**pending, "failures": pending["failures"] + 1}
        record_alone(
            "permissions.sign_in", "登录", by=user, outcome=Outcome.FAILED, reason=WRONG_CODE
        )
        form.add_error("code", WRONG_CODE)
    return render(request, "permissions/second_step.html", {"form": form})


def _pending_user(pending: dict[str, Any] | None) -> User | None:
    """Return the person whose password was right a moment ago and who may still try."""
    if pending is None or pending["failures"] >= settings.AXES_FAILURE_LIMIT:
        return None
    if clock.now() - datetime.fromisoformat(pending["at"]) > second_factor.PENDING_FOR:
        return None
    return User.objects.filter(pk=pending["user"], is_active=True).first()


def _let_in(request: HttpRequest, user: User, factors: str, wanted: str) -> HttpResponse:
    """Sign the person in under a new session key, and record it."""
    with transaction.atomic():
        login(request, user, backend=BACKEND)
        record(
            "permissions.sign_in",
            "登录",
            by=user,
            post=first_post(user, user.today()),
            after={"factors": factors},
        )
    return redirect(wanted or settings.LOGIN_REDIRECT_URL)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and record it."""
    with transaction.atomic():
        user = request.user
        record("permissions.sign_out", "退出", by=user, post=user.acting_post)
        sessions.close(request, SessionEnd.SIGNED_OUT)
    return redirect("permissions:sign_in")
