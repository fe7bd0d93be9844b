"""Count what several holders of one step say (会签、或签、票签、依次审批、主办协办).

Pure functions over verdicts; whole numbers only, so that no rounding decides. The case is locked
while its votes are counted: two last voters cannot both see one vote less.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices

from workflows.models.tasks import Verdict


class Rule(TextChoices):
    """How the verdicts of several holders make one result."""

    ALL = "all", "会签"
    ANY = "any", "或签"
    VOTES = "votes", "票签"
    IN_TURN = "in_turn", "依次审批"
    LEAD = "lead", "主办协办"


@dataclass(frozen=True)
class Signing:
    """How a step with several holders is decided.

    In: the rule; the acts that mean agreeing, disagreeing and abstaining; for 票签 either
    `percent` of the holders or `count` of them who must agree; whether abstentions count among
    the holders; whether a result waits until everybody has spoken (under 主办协办: whether the
    lead waits for those who assist).
    """

    rule: Rule
    agree: tuple[str, ...]
    disagree: tuple[str, ...] = ()
    abstain: tuple[str, ...] = ()
    percent: int = 0
    count: int = 0
    counts_abstentions: bool = True
    waits_for_all: bool = False

    def __post_init__(self) -> None:
        """Refuse a declaration that could not be counted."""
        if self.rule == Rule.VOTES and bool(self.percent) == bool(self.count):
            raise TypeError("票签 needs either a percentage or a number of votes.")
        if not 0 <= self.percent <= 100:
            raise TypeError("A percentage lies between 1 and 100.")

    def verdict_of(self, act: str) -> str:
        """Return what performing this act says; agreement where nothing else is declared."""
        if act in self.disagree:
            return Verdict.DISAGREE
        return Verdict.ABSTAIN if act in self.abstain else Verdict.AGREE

    def result(self, verdicts: Sequence[str], holders: int) -> bool | None:
        """Return whether the step passed, or None while the result is open.

        `verdicts` are those given so far, `holders` is how many were asked.
        """
        if self.rule == Rule.LEAD:
            return verdicts[0] != Verdict.DISAGREE if verdicts else None
        if self.waits_for_all and len(verdicts) < holders:
            return None
        told = _Count(verdicts, holders, self.counts_abstentions)
        if self.rule == Rule.ANY:
            return _first_decision(verdicts, told)
        if self.rule == Rule.VOTES:
            return self._voted(told)
        return _unanimous(told)

    def _voted(self, told: "_Count") -> bool | None:
        """Decide as soon as the rest can no longer change the result, either way."""
        if told.reckoned == 0:
            return False
        if self._is_enough(told.agreed, told.reckoned):
            return True
        if self._is_enough(told.agreed + told.silent, told.reckoned):
            return None
        return False

    def _is_enough(self, agreed: int, reckoned: int) -> bool:
        """Tell whether so many who agree are enough."""
        if self.count:
            return agreed >= self.count
        return agreed * 100 >= self.percent * reckoned


class _Count:
    """How many agreed, objected, said nothing yet, and how many are reckoned with."""

    def __init__(self, verdicts: Sequence[str], holders: int, counts_abstentions: bool) -> None:
        self.agreed = sum(verdict == Verdict.AGREE for verdict in verdicts)
        self.objected = sum(verdict == Verdict.DISAGREE for verdict in verdicts)
        self.silent = holders - len(verdicts)
        abstained = len(verdicts) - self.agreed - self.objected
        self.reckoned = holders if counts_abstentions else holders - abstained


def _first_decision(verdicts: Sequence[str], told: _Count) -> bool | None:
    """Let the first who agrees or disagrees decide; if all abstain, it has not passed."""
    decided = [verdict for verdict in verdicts if verdict != Verdict.ABSTAIN]
    if decided:
        return decided[0] == Verdict.AGREE
    return None if told.silent else False


def _unanimous(told: _Count) -> bool | None:
    """Pass when everybody reckoned with agreed; the first objection ends it."""
    if told.objected:
        return False
    if told.silent:
        return None
    return told.agreed == told.reckoned and told.reckoned > 0
