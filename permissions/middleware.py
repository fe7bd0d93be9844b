"""Let nobody in who is not signed in, and let no answer out without its protecting headers."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject

from permissions import passwords, sessions
from permissions.models import SessionEnd, User
from permissions.policy import first_post
from permissions.session_store import person_of

Answering = Callable[[HttpRequest], HttpResponse]

OPEN_TO_STRANGERS = frozenset(
    {"permissions:sign_in", "permissions:second_step", "permissions:healthz"}
)
OPEN_BEFORE_PASSWORD_CHANGE = frozenset({"permissions:change_password", "permissions:sign_out"})

CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
DEVICE_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class ContentPolicyMiddleware:
    """Say what a page may load, that no browser keeps it, and that it needs no devices."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers a view did not set itself."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", DEVICE_POLICY)
        if "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "no-store"
        return response


class PersonMiddleware:
    """Give the request its person when he is first asked for, as read along with the session.

    Stands behind Django's middleware for this and takes its place.
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put off reading the person until somebody asks."""
        request.user = SimpleLazyObject(lambda: person_of(request))  # type: ignore[assignment]
        return self.get_response(request)


class SessionMiddleware:
    """Deny by default: every address but a few needs a person with a session in force.

    Ends sessions that idled or grew too old, sends people with an expired password to change it,
    and gives `request.user` the post he chose to act in.
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, or send it to the page that must come first."""
        name = _name_of(request)
        if name in OPEN_TO_STRANGERS:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return _sent_to_sign_in(request)
        if reason := sessions.reason_to_end(sessions.present(request)):
            sessions.close(request, reason)
            return _sent_to_sign_in(request, reason)
        if passwords.is_due(request.user) and name not in OPEN_BEFORE_PASSWORD_CHANGE:
            return _sent_to(request, reverse("permissions:change_password"))
        _give_post(request, request.user)
        return self.get_response(request)


def _name_of(request: HttpRequest) -> str:
    """Return the name of the address asked for, empty if there is none such."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _give_post(request: HttpRequest, user: User) -> None:
    """Give the person the post he chose, if he still holds it, otherwise his first."""
    user.remember_answers()
    today = user.today()
    chosen = request.session.get("acting_post")
    held = [post for post in user.posts_on(today) if str(post.uuid) == chosen]
    user.acting_post = held[0] if held else first_post(user, today)


def _sent_to_sign_in(request: HttpRequest, reason: SessionEnd | None = None) -> HttpResponse:
    """Send to the sign-in page and remember the page that was asked for."""
    query = {}
    if request.method == "GET" and "HX-Request" not in request.headers:
        query["next"] = request.get_full_path()
    if reason is not None:
        query["ended"] = reason.value
    address = reverse(settings.LOGIN_URL)
    return _sent_to(request, f"{address}?{urlencode(query)}" if query else address)


def _sent_to(request: HttpRequest, address: str) -> HttpResponse:
    """Send the whole page elsewhere, also when htmx asked for a part of it."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
