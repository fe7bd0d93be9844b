"""Answer what went wrong in Chinese, with what to do next."""

import sys
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from audit.models import Outcome
from audit.recording import record_alone
from permissions.policy import first_post
from permissions.views.outage import OUTAGES, unavailable


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the reason why, and record the refusal unless the door has."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    user = getattr(request, "user", None)  # none where a middleware before sign-in refused
    if user is not None and user.is_authenticated and not _is_recorded(exception):
        _record(request, exception, reason)
    return render(request, "403.html", {"reason": reason}, status=403)


def _is_recorded(exception: BaseException | None) -> bool:
    """Tell whether whoever refused has left the entry already."""
    cause = exception.__cause__ if exception else None
    return any(getattr(told, "is_recorded", False) for told in (exception, cause))


def _record(request: HttpRequest, exception: Exception, reason: str) -> None:
    """Leave the entry of a refusal: what was asked for, the row it was about or the address."""
    subject = getattr(exception, "subject", None)
    is_stored = isinstance(subject, models.Model) and subject.pk is not None
    name = request.resolver_match.view_name if request.resolver_match else ""
    user: Any = request.user
    record_alone(
        getattr(exception, "act", "") or name.replace(":", "."),
        getattr(exception, "label", "") or "打开页面",
        subject=subject if is_stored else None,
        subject_title="" if is_stored else request.path,
        by=user,
        post=first_post(user, user.today()),
        outcome=Outcome.REFUSED,
        reason=reason,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old; the technical reason stays inside."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, the same whether a thing is absent or out of sight."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database or the session for anything.

    A database that cannot be reached is 503: no fault of the system, and soon over. Asked here,
    it holds for views and for every middleware alike.
    """
    if isinstance(sys.exception(), OUTAGES):
        return unavailable(request)
    return HttpResponse(loader.render_to_string("500.html"), status=500)
