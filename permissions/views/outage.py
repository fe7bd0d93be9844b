"""Answer while the database cannot be reached, without asking it for anything."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template import loader

RETRY_AFTER = 10
"""Seconds after which a browser or monitor may ask again."""

OUTAGES = (OperationalError, InterfaceError)
SECRETS = ("password", "code")


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503 with what to do next; a form that was handed in is offered again as typed.

    It carries the token it came with and no other: what a foreign page had sent stays refused.
    """
    page = {"address": request.get_full_path(), "is_handed_in": request.method == "POST"}
    if page["is_handed_in"]:
        page |= _handed_in(request)
    return HttpResponse(
        loader.render_to_string("503.html", page),
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        headers={"Retry-After": str(RETRY_AFTER)},
    )


def _handed_in(request: HttpRequest) -> dict[str, Any]:
    """Return what was typed, unless it holds a secret, which no page may show again."""
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES)
    except (SuspiciousOperation, UnreadablePostError):
        return {}
    if any(secret in name for name, _ in fields for secret in SECRETS):
        return {}
    return {
        "is_kept": True,
        "has_files": files,
        "typed": [field for field in fields if field[0] != "csrfmiddlewaretoken"],
        "csrf_token": request.POST.get("csrfmiddlewaretoken", ""),
    }
