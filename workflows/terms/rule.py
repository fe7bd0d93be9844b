"""Declare the rule by which a term runs."""

from dataclasses import dataclass
from datetime import date

from workflows.parameters import Parameter, value_on
from workflows.reckoning import Kind, Length, Silence


@dataclass(frozen=True)
class TermRule:
    """How long something may or must take, by which article, and what silence means.

    `starts` names the event in the words of the law ("自受理之日起", WD-14). Internal approval is
    never given by silence: `silence` is NOTHING unless an article says otherwise (WD-20).
    `by_organ`: the office aims at the raw last day (WD-9). `rolls=False` and
    `first_day_counts=True` are for penal and correction terms (WD-10).
    """

    code: str
    title: str
    length: Length | Parameter[Length]
    kind: Kind
    law: str
    starts: str
    silence: Silence = Silence.NOTHING
    rolls: bool = True
    first_day_counts: bool = False
    by_organ: bool = False
    most_extensions: int | None = None

    def length_on(self, day: date) -> Length:
        """Return the length in force on the day of the starting event."""
        return value_on(self.length, day)
