"""Say how a matter under review is told: what it is, what is found in it, and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from legality_review.rules.matters import Matter

Found = Mapping[str, tuple[str, str]]
"""What is found on an item: its code, the verdict and the note; the others are in order."""


@dataclass(frozen=True)
class Suggestion:
    """Advice on the article in which the quoted words stand, and what the drafter answers."""

    quoted: str
    problem: str
    basis: str
    suggestion: str
    adopted: str = "adopted"
    answer: str = ""


@dataclass(frozen=True)
class Round:
    """One round of review: what is found, what is concluded, and what the drafter then does."""

    found: Found = field(default_factory=dict)
    advice: tuple[Suggestion, ...] = ()
    concludes: str = "find_lawful"
    reasoning: str = "经审查，主体、权限、内容和程序未发现违法情形（示例）。"
    changes: Mapping[str, str] = field(default_factory=dict)
    then: str = ""
    said: str = ""
    corrected: Mapping[str, Any] = field(default_factory=dict)
    lacks: str = ""
    lets_term_pass: bool = False
    extended_because: str = ""
    inquiry: str = ""
    careless_changes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Published:
    """The life of an adopted normative document: its number, its filing, and its evaluation."""

    number: str
    years: int
    early_because: str = ""
    filing: str = "register_filing"
    finding: str = "内容合法，程序完备，予以备案登记（示例）。"
    corrections: Mapping[str, str] = field(default_factory=dict)
    evaluated: str = ""
    anew: str = ""
    is_being_amended: bool = False


@dataclass(frozen=True)
class Told:
    """A matter: whose, of which type, since when (a day, or so many days before yesterday)."""

    station: str
    begins: date | int
    matter: Matter
    title: str
    text: str
    words: Mapping[str, object] = field(default_factory=dict)
    changes: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    rests_after: str = ""
    template: str = ""
    counsel: str = ""
    counsel_opinion: str = "同意。建议按审查意见完善文本（示例）。"
    consults: bool = False
    tries_as_station: bool = False
    tries_guarantee: bool = False
    ends: str = ""
    because: str = ""
    rounds: tuple[Round, ...] = (Round(),)
    tampers: Mapping[str, str] = field(default_factory=dict)
    meeting: str = ""
    dissent: str = ""
    outcome: str = "adopt"
    evaluated_because: str = ""
    published: Published | None = None
