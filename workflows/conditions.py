"""Let rules answer with a reason: met, or not met because of something in Chinese."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal


@dataclass(frozen=True)
class Unmet:
    """A condition that is not met; false, and its `reason` is shown to the official."""

    reason: str

    def __bool__(self) -> Literal[False]:
        return False


MET: Literal[True] = True

Verdict = Literal[True] | Unmet
Condition = Callable[[Any, date], Verdict]


def met_if(holds: object, reason: str) -> Verdict:
    """Return MET when the first argument is true, else the reason why not."""
    return MET if holds else Unmet(reason)
