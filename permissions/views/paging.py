"""Page through rows by a unique key."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 50


@dataclass(frozen=True)
class Rows:
    """The rows of one page, and the addresses of the first and the next one ("" for none)."""

    rows: list[Any]
    first_url: str
    next_url: str


def asked(request: HttpRequest, name: str) -> str:
    """Return what the address asks for, without what no database can look for."""
    return request.GET.get(name, "").replace("\x00", "").strip()


def page_by(request: HttpRequest, rows: QuerySet[Any], key: str, size: int = SIZE) -> Rows:
    """Return the page that follows `?after=`; `key` is a unique field, with "-" from the end."""
    field = key.lstrip("-")
    after = asked(request, "after")
    if after and (field != "pk" or after.isdecimal()):
        rows = rows.filter(**{f"{field}__{'lt' if key.startswith('-') else 'gt'}": after})
    found = list(rows.order_by(key)[: size + 1])
    kept = {name: text for name, text in request.GET.items() if name != "after"}
    next_url = ""
    if len(found) > size:
        found.pop()
        next_url = "?" + urlencode({**kept, "after": getattr(found[-1], field)})
    return Rows(found, "?" + urlencode(kept) if after else "", next_url)
