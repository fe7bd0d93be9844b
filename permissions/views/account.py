"""Let a person care for his account: password, sessions, second factor, acting post."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from audit.recording import record
from permissions import passwords, second_factor, sessions
from permissions.forms.account import ChangePasswordForm, CodeForm, OwnPasswordForm
from permissions.models import SessionEnd


def _record_own(request: HttpRequest, act: str, label: str, **facts: Any) -> None:
    """Record what a person did to his own account."""
    user = request.user
    record(f"permissions.{act}", label, subject=user, by=user, post=user.acting_post, **facts)


@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; every other session of the account ends."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if form.is_valid():
        with transaction.atomic():
            passwords.set_password(request.user, form.cleaned_data["new_password"])
            sessions.renew(request, request.user)
            _record_own(request, "change_password", "修改口令")
        messages.success(request, "口令已修改，您在其他地点的登录已全部退出。")
        return redirect("/")
    page = {"form": form, "is_due": passwords.is_due(request.user)}
    return render(request, "permissions/change_password.html", page)


def own_sessions(request: HttpRequest) -> HttpResponse:
    """List where one is signed in."""
    running = request.user.signed_in_sessions.filter(ended_at=None)
    page = {"sessions": running, "present_key": request.session.session_key}
    return render(request, "permissions/own_sessions.html", page)


@require_POST
def end_own_session(request: HttpRequest, uuid: str) -> HttpResponse:
    """End one's own session elsewhere."""
    session = get_object_or_404(request.user.signed_in_sessions.filter(ended_at=None), uuid=uuid)
    chosen = request.user.signed_in_sessions.filter(pk=session.pk)
    if session.session_key == request.session.session_key:
        messages.info(request, "这是您正在使用的登录，请点右上角“退出”。")
    else:
        _end(request, chosen)
    return redirect("permissions:own_sessions")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    present = request.session.session_key
    _end(request, request.user.signed_in_sessions.exclude(session_key=present))
    return redirect("permissions:own_sessions")


def _end(request: HttpRequest, chosen: Any) -> None:
    """End the chosen sessions and say how many they were."""
    with transaction.atomic():
        count = sessions.end(chosen, SessionEnd.BY_OWNER)
        _record_own(request, "end_own_session", "结束本人会话", after={"count": count})
    messages.success(request, f"已退出 {count} 处登录。")


def own_second_factor(request: HttpRequest) -> HttpResponse:
    """Show whether signing in needs a one-time password, and how to set it up or remove it."""
    if second_factor.device_of(request.user) is not None:
        return _show_device(request, OwnPasswordForm(user=request.user))
    return _show_enrolment(request, CodeForm())


def _show_device(request: HttpRequest, form: OwnPasswordForm) -> HttpResponse:
    """Show that a device is in use."""
    return render(request, "permissions/second_factor.html", {"form": form, "in_use": True})


def _show_enrolment(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """Show the secret and its QR code until a first code was right; first, the way to begin."""
    device = second_factor.device_to_confirm(request.user)
    page: dict[str, Any] = {"form": form}
    if device is not None:
        page["secret"] = second_factor.secret_of(device)
        page["address"] = second_factor.address_of(device)
        page["picture"] = second_factor.picture_of(device)
    return render(request, "permissions/second_factor.html", page)


@require_POST
def begin_second_factor(request: HttpRequest) -> HttpResponse:
    """Make a secret to set up the telephone with."""
    if second_factor.device_of(request.user) is None:
        second_factor.begin(request.user)
    return redirect("permissions:own_second_factor")


@require_POST
def confirm_second_factor(request: HttpRequest) -> HttpResponse:
    """Take the device into use after a right code."""
    device = second_factor.device_to_confirm(request.user)
    if device is None or second_factor.device_of(request.user) is not None:
        return redirect("permissions:own_second_factor")
    form = CodeForm(request.POST)
    if form.is_valid() and _confirmed(request, device, form):
        messages.success(request, "动态口令已启用，下次登录时需要输入。")
        return redirect("permissions:own_second_factor")
    return _show_enrolment(request, form)


@transaction.atomic
def _confirmed(request: HttpRequest, device: Any, form: CodeForm) -> bool:
    """Tell whether the code was right; if so, the device is in use and it is recorded."""
    if second_factor.confirm(device, form.cleaned_data["code"]):
        _record_own(request, "enable_second_factor", "启用动态口令")
        return True
    form.add_error("code", "动态口令不正确，请核对手机时间后输入新的数字。")
    return False


@require_POST
@sensitive_post_parameters()
def disable_second_factor(request: HttpRequest) -> HttpResponse:
    """Sign in by password alone from now on; asks for the password."""
    form = OwnPasswordForm(request.POST, user=request.user)
    if not form.is_valid():
        return _show_device(request, form)
    with transaction.atomic():
        second_factor.remove(request.user)
        _record_own(request, "disable_second_factor", "停用动态口令")
    messages.success(request, "动态口令已停用。")
    return redirect("permissions:own_second_factor")


@require_POST
def choose_post(request: HttpRequest) -> HttpResponse:
    """Choose the post to act in; entries say it from now on."""
    user = request.user
    wanted = request.POST.get("post", "")
    held = {str(post.uuid): post for post in user.posts_on(user.today())}
    if wanted in held:
        request.session["acting_post"] = wanted
        messages.success(request, f"现在以“{held[wanted]}”的身份办理。")
    else:
        messages.error(request, "您已不担任所选岗位，请重新选择。")
    came_from = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts=None)
    return redirect(came_from if ours and came_from.startswith("/") else "/")
