"""Remember where the work at hand came from, so that entries can say it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """来源: the address, the browser and the request that an entry is written for."""

    source_ip: str = ""
    user_agent: str = ""
    request_id: str = ""


NOWHERE = Origin()

_origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def origin() -> Origin:
    """Give the origin of the work at hand; empty for timers and commands."""
    return _origin.get()


@contextmanager
def coming_from(source: Origin) -> Iterator[Origin]:
    """Let all entries written inside carry this origin."""
    token = _origin.set(source)
    try:
        yield source
    finally:
        _origin.reset(token)
