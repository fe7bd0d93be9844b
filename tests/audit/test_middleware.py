"""Where a request came from, and whom that is believed of."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from audit.context import NOWHERE, Origin, origin
from audit.middleware import TraceMiddleware


def pass_through(**meta: Any) -> tuple[Origin, HttpResponse]:
    """Send one request through the middleware; give the origin seen inside and the answer."""
    seen: list[Origin] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(origin())
        return HttpResponse()

    response = TraceMiddleware(page)(RequestFactory().get("/", **meta))
    assert origin() == NOWHERE
    return seen[0], response


def test_address_browser_and_number_are_noted_and_the_number_returned() -> None:
    source, response = pass_through(REMOTE_ADDR="10.1.2.3", HTTP_USER_AGENT="Firefox/140")
    assert (source.source_ip, source.user_agent) == ("10.1.2.3", "Firefox/140")
    assert len(source.request_id) == 32
    assert response["X-Request-ID"] == source.request_id


def test_every_request_has_a_number_of_its_own() -> None:
    assert pass_through()[0].request_id != pass_through()[0].request_id


def test_a_stranger_cannot_choose_his_address_or_number() -> None:
    source, _ = pass_through(
        REMOTE_ADDR="10.1.2.3", HTTP_X_FORWARDED_FOR="1.1.1.1", HTTP_X_REQUEST_ID="chosen-0001"
    )
    assert source.source_ip == "10.1.2.3"
    assert source.request_id != "chosen-0001"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("1.1.1.1", "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1", "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1, 10.0.0.8", "1.1.1.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("nonsense", "10.0.0.7"),
        ("1.1.1.1, nonsense", "10.0.0.7"),
        ("", "10.0.0.7"),
    ],
)
def test_behind_trusted_proxies_the_nearest_other_address_counts(
    settings: Any, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/24"]
    source, _ = pass_through(REMOTE_ADDR="10.0.0.7", HTTP_X_FORWARDED_FOR=forwarded)
    assert source.source_ip == address


@pytest.mark.parametrize(("number", "kept"), [("chosen-0001", True), ("a b\r\nX: 1", False)])
def test_a_trusted_proxy_may_number_the_request_in_plain_characters(
    settings: Any, number: str, kept: bool
) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.7"]
    source, _ = pass_through(REMOTE_ADDR="10.0.0.7", HTTP_X_REQUEST_ID=number)
    assert (source.request_id == number) is kept


def test_a_server_behind_a_socket_knows_no_address() -> None:
    assert pass_through(REMOTE_ADDR="")[0].source_ip == ""
