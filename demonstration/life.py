"""Lead one station's cases: who acts, on which day it goes on, and after which act it rests."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from audit import clock
from demonstration.desks import work_at_desk
from demonstration.places import STATIONS
from permissions.models import Unit, User
from workflows.calendar import current
from workflows.door import befall, perform
from workflows.models.terms import Term
from workflows.refusals import Refusal
from workflows.signatures import prove

Wait = int | str | date
"""So many days, until the floor with this code has run, or until a day."""
Script = Iterator[Wait]


class AtRest(Exception):
    """The life came to the act after which it rests."""


@dataclass
class Life:
    """A station's application and what follows from it, up to the act after which it rests."""

    station: str
    begins: date
    rests_after: str = ""
    level: str = "municipal"
    fate: str = "kept"
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    latest: date = date.max
    case: Any = None

    def __str__(self) -> str:
        return (
            f"{self.case}：{self.case.state_label}" if self.case else "审查人员名册和合同示范文本"
        )

    @property
    def unit(self) -> Unit:
        """Return the judicial station."""
        return self.units[f"{self.station}司法所"]

    def who(self, account: str) -> User:
        """Return a person by his account, or one of this township by its ending."""
        return self.people.get(account) or self.people[f"{STATIONS[self.station]}.{account}"]

    def do(self, act: str, account: str, /, **facts: Any) -> None:
        """Perform an act on the case; stop the life where it rests after it."""
        self.case = self._performed(act, account, **facts)
        self.rest_after(act)

    def attempt(self, act: str, account: str, /, **facts: Any) -> None:
        """Let somebody try what may not be done; the refusal stays in the trace."""
        with suppress(Refusal):
            self._performed(act, account, **facts)

    def _performed(self, act: str, account: str, /, **facts: Any) -> Any:
        """Perform an act as a person who proved who he is, and return the case."""
        by = self.who(account)
        proof = prove(self.case, act, by=by, factors="演示数据，未经口令核验")
        return perform(self.case, act, by=by, proof=proof, **facts)

    def befall(self, act: str) -> None:
        """Let an act come about that nobody performs."""
        self.case = befall(self.case, act)
        self.rest_after(act)

    def rest_after(self, act: str) -> None:
        """Stop the life where this is the act after which it rests."""
        if act == self.rests_after:
            work_at_desk(self)
            raise AtRest

    def days(self, script: Callable[[Any], Script]) -> Iterator[date]:
        """Yield each working day on which the life goes on; what it does then follows the yield.

        Waits are counted from the planned day and not from the working day it was put off to,
        so that a holiday does not push all that follows.
        """
        planned = self.begins
        yield self._working_day(planned)
        with suppress(AtRest):
            for wait in script(self):
                planned = self._planned(planned, wait)
                yield max(self._working_day(planned), clock.today())

    def _planned(self, planned: date, wait: Wait) -> date:
        if isinstance(wait, date):
            return wait
        if isinstance(wait, int):
            return planned + timedelta(days=wait)
        term = Term.objects.of_case(self.case).filter(code=wait).latest("pk")
        return max(planned, term.due_on + timedelta(days=1))

    def _working_day(self, day: date) -> date:
        """Return the day, or the next working one, but none that is not over yet."""
        calendar = current()
        while not calendar.is_working(day) and day < self.latest:
            day += timedelta(days=1)
        return min(day, self.latest)
