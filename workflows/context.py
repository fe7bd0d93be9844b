"""Give every page its frame: menu with counts, the acting post, notices."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from audit import clock
from permissions.policy import may
from permissions.verbs import verb_of
from workflows import calendar
from workflows.models.notices import Notice
from workflows.models.tasks import Task

_WAITING = "workflows.waiting"
MOST_COUNTED = 99
"""How far the menu counts; more is shown as 99+, and the in-box tells the number."""
SITE_TITLE = "乐陵市司法行政工作平台"


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the menu; `verb` names the verb its page asks for, "" for everybody."""

    label: str
    url_name: str
    args: tuple[str, ...] = ()
    verb: str = ""
    count: str = ""


@dataclass
class Shown:
    """A menu entry as the page shows it."""

    label: str
    url: str
    count: str = ""
    active: bool = False


@dataclass
class Menu:
    """The menu that apps add to when they are loaded."""

    groups: dict[str, list[MenuEntry]] = field(default_factory=dict)
    behind: set[str] = field(default_factory=set)

    def add(self, group: str, *entries: MenuEntry, behind: bool = False) -> None:
        """Add entries to a group, in the order of the calls; `behind` the groups of all apps."""
        self.groups.setdefault(group, []).extend(entries)
        if behind:
            self.behind.add(group)

    def in_order(self) -> list[tuple[str, list[MenuEntry]]]:
        """Return the groups as they stand on the page."""
        return sorted(self.groups.items(), key=lambda item: item[0] in self.behind)


MENU = Menu()


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return frame and calendar of the page, worked out only where a template asks for them."""
    return {
        "shell": SimpleLazyObject(lambda: _shell(request)),
        "working_days": SimpleLazyObject(calendar.current),
    }


def _shell(request: HttpRequest) -> dict[str, Any]:
    frame: dict[str, Any] = {
        "site_title": SITE_TITLE,
        "demonstration": settings.DEMONSTRATION,
        "menu": [],
        "posts": [],
        "notices": 0,
    }
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    today = clock.today()
    counts = {"todo": _waiting(request, user, today)}
    frame["posts"] = user.posts_on(today)
    frame["acting_post"] = frame["posts"][0] if frame["posts"] else None
    frame["notices_url"] = reverse("workflows:notices")
    frame["notices"] = Notice.objects.unread().addressed_to(user, today).count()
    frame["menu"] = [
        (group, shown)
        for group, entries in MENU.in_order()
        if (shown := [_entry(e, counts) for e in entries if _is_open(e, user)])
    ]
    _mark_active(request.path, [entry for _, shown in frame["menu"] for entry in shown])
    return frame


def note_waiting(request: HttpRequest, number: int) -> None:
    """Let a view that has counted the waiting tasks spare the menu from counting them again."""
    request.META[_WAITING] = number


def _waiting(request: HttpRequest, user: Any, today: date) -> int:
    """Return how many tasks wait for the person, as far as the menu counts."""
    known: int | None = request.META.get(_WAITING)
    if known is None:
        return Task.objects.awaiting(user, today).order_by()[: MOST_COUNTED + 1].count()
    return known


def _is_open(entry: MenuEntry, user: Any) -> bool:
    return not entry.verb or bool(may(user, verb_of(entry.verb)))


def _entry(entry: MenuEntry, counts: dict[str, int]) -> Shown:
    number = counts.get(entry.count, 0)
    shown = f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number or "")
    return Shown(entry.label, _address(entry), shown)


@cache
def _address(entry: MenuEntry) -> str:
    """Return the address of an entry's page, which is the same for everybody."""
    return reverse(entry.url_name, args=entry.args)


def _mark_active(path: str, entries: list[Shown]) -> None:
    """Mark the one entry whose page, or whose pages below it, the path names most closely."""
    near = [e for e in entries if path == e.url or (e.url != "/" and path.startswith(e.url))]
    if near:
        max(near, key=lambda entry: len(entry.url)).active = True
