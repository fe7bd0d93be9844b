"""Note where each request comes from and give it a number."""

import re
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit.context import Origin, coming_from

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

Address = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]


class TraceMiddleware:
    """Set the origin of every entry written during a request; answer with X-Request-ID.

    `TRUSTED_PROXIES` lists addresses or networks whose X-Forwarded-For and X-Request-ID are
    believed; from anybody else these headers are ignored.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Read the trusted proxies once."""
        self.get_response = get_response
        self.proxies = [ip_network(proxy) for proxy in getattr(settings, "TRUSTED_PROXIES", ())]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request inside its origin."""
        source = Origin(
            source_ip=source_ip(request, self.proxies),
            user_agent=request.headers.get("User-Agent", ""),
            request_id=request_id(request, self.proxies),
        )
        with coming_from(source):
            response = self.get_response(request)
        response.headers["X-Request-ID"] = source.request_id
        return response


def source_ip(request: HttpRequest, proxies: Networks) -> str:
    """Give the nearest address that is no trusted proxy; empty if the server knows none."""
    nearest = _address(request.META.get("REMOTE_ADDR", ""))
    for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        further = _address(hop.strip())
        if not _is_trusted(nearest, proxies) or further is None:
            break
        nearest = further
    return "" if nearest is None else str(nearest)


def request_id(request: HttpRequest, proxies: Networks) -> str:
    """Give the number a trusted proxy has chosen, or a new one."""
    chosen = request.headers.get("X-Request-ID", "")
    peer = _address(request.META.get("REMOTE_ADDR", ""))
    if _is_trusted(peer, proxies) and REQUEST_ID.fullmatch(chosen):
        return chosen
    return uuid4().hex


def _address(text: str) -> Address | None:
    """Read an address; None for anything else."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def _is_trusted(address: Address | None, proxies: Networks) -> bool:
    """Tell whether an address belongs to a trusted proxy."""
    return address is not None and any(address in network for network in proxies)
