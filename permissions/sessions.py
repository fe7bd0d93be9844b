"""Keep the list of sessions (会话), end them, and answer those locked out of signing in."""

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit import clock, context
from permissions.models import SessionEnd, SignedInSession, User

SEEN_EVERY = timedelta(seconds=60)
"""How exactly "last seen" is kept: not every page written to the database."""

LOCKED = (
    "登录失败次数过多，该账号在您的地址上已暂时锁定，"
    "请 {minutes} 分钟后再试；忘记口令请联系系统管理员。"
)


def opened(sender: Any, request: HttpRequest, user: User, **facts: Any) -> None:
    """Put the new session on the list; receives Django's `user_logged_in`."""
    origin = context.origin()
    SignedInSession.objects.create(
        user=user,
        session_key=str(request.session.session_key),
        source_ip=origin.source_ip,
        user_agent=origin.user_agent[:300],
    )


def present(request: HttpRequest) -> SignedInSession | None:
    """Return the session of this request from the list, None if it is not there."""
    key = request.session.session_key
    found: SignedInSession | None = request.session.signed_in  # type: ignore[attr-defined]
    if found is not None and found.session_key == key:
        return found
    return SignedInSession.objects.filter(session_key=key).first()


def reason_to_end(session: SignedInSession | None) -> SessionEnd | None:
    """Say why a session may not go on; if it may, note that the person was active."""
    if session is None:
        return SessionEnd.UNKNOWN
    if session.ended_at is not None:
        return SessionEnd(session.ended_because)
    now = clock.now()
    if now - session.last_seen_at > timedelta(minutes=settings.IDLE_TIMEOUT_MINUTES):
        return SessionEnd.IDLE
    if now - session.since > timedelta(seconds=settings.SESSION_COOKIE_AGE):
        return SessionEnd.TOO_OLD
    if now - session.last_seen_at >= SEEN_EVERY:
        SignedInSession.objects.filter(pk=session.pk).update(last_seen_at=now)
    return None


def close(request: HttpRequest, reason: SessionEnd) -> None:
    """End the session of this request."""
    _mark(SignedInSession.objects.filter(session_key=request.session.session_key), reason)
    logout(request)


def end(sessions: QuerySet[SignedInSession], reason: SessionEnd) -> int:
    """End sessions elsewhere; their cookies are worth nothing from now on. Return how many."""
    running = sessions.filter(ended_at=None)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in running.values_list("session_key", flat=True):
        store(key).delete()
    return _mark(running, reason)


def _mark(sessions: QuerySet[SignedInSession], reason: SessionEnd) -> int:
    """Write when and why the sessions ended."""
    return sessions.filter(ended_at=None).update(ended_at=clock.now(), ended_because=reason)


def renew(request: HttpRequest, user: User) -> None:
    """Keep this session after a change of password, under another key; end all others."""
    old_key = request.session.session_key
    end(user.signed_in_sessions.exclude(session_key=old_key), SessionEnd.PASSWORD_CHANGED)
    update_session_auth_hash(request, user)
    SignedInSession.objects.filter(session_key=old_key).update(
        session_key=request.session.session_key
    )


def address_of(request: HttpRequest) -> str | None:
    """Return the address the lockout counts for: that of the person, not that of the proxy."""
    return context.origin().source_ip or None


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """Answer a person who is locked out; an account is locked at one address only.

    So a stranger elsewhere locks nobody out, and one office behind one address is not punished
    for the mistakes of one of its people. What `permissions.lockout` slows says so itself.
    """
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    slowed = getattr(request, "lockout", "")
    page = {"locked": slowed or LOCKED.format(minutes=minutes)}
    return render(request, "permissions/sign_in.html", page, status=429)
