"""Name the ways in which a change of units, people, posts or rights is refused."""

from typing import Any

from django.core.exceptions import PermissionDenied


class Impossible(ValueError):
    """A change that a rule forbids; its Chinese text is shown as it is."""


class NotEntitled(PermissionDenied):
    """A page or an act that is not this person's; the answer 403 records it.

    In: the reason in Chinese, shown as it is; act and label of what was asked for, as entries
    hold them; the row it was about.
    """

    def __init__(self, reason: str, act: str = "", label: str = "", subject: Any = None) -> None:
        super().__init__(reason)
        self.act = act
        self.label = label
        self.subject = subject
