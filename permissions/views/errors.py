"""Answer what went wrong in Chinese, with what to do next."""

import sys

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from permissions.views.outage import OUTAGES, unavailable


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the reason why."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "403.html", {"reason": reason}, status=403)


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
