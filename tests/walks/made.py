"""Make a random flow from a seed: sequence, choice, branches, countersigning, loops, returns.

Blocks are built from the end to the start, each told what follows it. Not every flow made so is
sound: what the checker refuses is skipped and counted by who walks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from random import Random
from typing import Any

from viewflow import this
from viewflow.workflow import flow

from permissions.roles import Role
from tests.rehearsal.models import REVIEW_TERM
from tests.rehearsal.unsound import declared
from workflows.flows import CaseFlow, End, If, Join, Parallel, Return, Step, is_passed
from workflows.signing import Rule, Signing
from workflows.soundness import check, checking
from workflows.vocabulary import Operation

MOST_MARKINGS = 1500
"""A flow with more markings is left out: exploring it would cost more than it shows."""

ADDRESSES = (
    (Role.COUNTY_REVIEWER, "section"),
    (Role.COUNTY_ASSESSOR, "bureau"),
    (Role.COUNTY_DEPUTY, "bureau"),
)
NEWEST = 99
"""A version above every other: a case opened now begins under the flow just made."""


class Chance:
    """What gateways answer: chance while walking, the short way while a case is brought home."""

    random = Random(0)
    goes_home = False

    @classmethod
    def begin(cls, seed: Any) -> Random:
        """Answer by this seed from now on."""
        cls.random, cls.goes_home = Random(seed), False
        return cls.random


def perhaps(activation: Any) -> bool:
    """Answer a choice."""
    return Chance.random.random() < 0.5


def once_more(activation: Any) -> bool:
    """Answer whether to go round a loop again."""
    return not Chance.goes_home and Chance.random.random() < 0.4


class Maker:
    """Builds one flow; every node is named after its place in the order of building."""

    def __init__(self, seed: Any) -> None:
        self.random = Random(seed)
        self.nodes: list[tuple[str, Callable[[], Any]]] = []
        self.follows: dict[str, list[str]] = {}
        self.room = self.random.randint(1, 5)
        self.names = count(1)

    def make(self) -> dict[str, Any]:
        """Return the nodes of a flow in order of declaration."""
        self._put("end", lambda: End().Annotation(title="结束"))
        self._step("decide", "end", ("conclude", "refuse"), ADDRESSES[2])
        entry = self._blocks("decide", depth=0)
        self._step("draft", entry, ("submit",), (Role.STATION_CHIEF, "unit"))
        start = flow.StartHandle().Annotation(title="发起").Next(this.draft)
        return {"start": start, **{name: build() for name, build in reversed(self.nodes)}}

    def _put(self, name: str, build: Callable[[], Any], *follows: str) -> str:
        self.nodes.append((name, build))
        self.follows[name] = list(follows)
        return name

    def _name(self, letter: str) -> str:
        return f"{letter}{next(self.names)}"

    def _blocks(self, then: str, depth: int) -> str:
        """Build some blocks, one after the other, and return where they begin."""
        for _ in range(self.random.randint(1, 3 if depth == 0 else 2)):
            then = self._block(then, depth)
        return then

    def _block(self, then: str, depth: int) -> str:
        kinds = ["step", "vote"]
        if depth < 3 and self.room > 1:
            kinds += ["parallel", "parallel", "choice", "loop"]
        kind = self.random.choice(kinds)
        build: Callable[[str, int], str] = getattr(self, f"_{kind}_block")
        return build(then, depth)

    def _step_block(self, then: str, depth: int) -> str:
        """One step; now and then one that may also end the case at once."""
        acts, address = ("opine",), self.random.choice(ADDRESSES)
        if self.random.random() < 0.1:
            acts, address = ("opine", "refuse"), ADDRESSES[2]
        return self._step(self._name("s"), then, acts, address)

    def _vote_block(self, then: str, depth: int) -> str:
        """Countersigning, sometimes with a gateway that asks what was decided."""
        name, signing = self._name("v"), self._signing()
        if self.random.random() < 0.3:
            asked, other = f"asked_{name}", self._blocks(then, 3)
            self._put(asked, self._gateway(is_passed, then, other), then, other)
            then = asked
        return self._step(
            name, then, ("support", "oppose", "abstain"), ADDRESSES[1],
            holders="panel_list", signing=signing,
        )  # fmt: skip

    def _signing(self) -> Signing:
        rule = self.random.choice(list(Rule))
        more: dict[str, Any] = {}
        if rule == Rule.VOTES:
            key = self.random.choice(["percent", "count"])
            more[key] = self.random.randint(1, 100) if key == "percent" else 2
        return Signing(
            rule, agree=("support",), disagree=("oppose",), abstain=("abstain",),
            counts_abstentions=self.random.random() < 0.5,
            waits_for_all=self.random.random() < 0.3, **more,
        )  # fmt: skip

    def _choice_block(self, then: str, depth: int) -> str:
        """Two ways; one of them may be empty."""
        self.room -= 1
        one = self._blocks(then, depth + 1)
        other = then if self.random.random() < 0.5 else self._blocks(then, depth + 1)
        name = self._name("g")
        return self._put(name, self._gateway(perhaps, one, other), one, other)

    def _loop_block(self, then: str, depth: int) -> str:
        """Blocks, then a gateway that may lead back to their beginning."""
        self.room -= 1
        name = self._name("l")
        place = len(self.nodes)
        entry = self._blocks(name, depth + 1)
        self.nodes.insert(place, (name, self._gateway(once_more, entry, then)))
        self.follows[name] = [entry, then]
        return entry

    def _gateway(self, asks: Any, yes: str, no: str) -> Callable[[], Any]:
        return lambda: (
            If(asks).Annotation(title="是否？").Then(getattr(this, yes)).Else(getattr(this, no))
        )

    def _parallel_block(self, then: str, depth: int) -> str:
        """Two or three branches that meet; one may end by itself, some are opened on condition."""
        self.room -= 1
        join = self._name("j")
        self._put(join, lambda: Join().Annotation(title="汇合").Next(getattr(this, then)), then)
        branches: list[tuple[str, Any]] = []
        for place in range(self.random.choice([2, 2, 3])):
            last = join
            if place and self.random.random() < 0.15:
                last = self._put(self._name("e"), lambda: End().Annotation(title="分支结束"))
            asks = perhaps if place and self.random.random() < 0.3 else None
            branches.append((self._blocks(last, depth + 1), asks))
        self.random.shuffle(branches)

        def build() -> Any:
            split = Parallel().Annotation(title="并行")
            for entry, asks in branches:
                split.Next(getattr(this, entry), case=asks)
            return split

        return self._put(self._name("p"), build, *(entry for entry, _ in branches))

    def _step(
        self, name: str, then: str, acts: tuple[str, ...], address: tuple[Role, str], **more: Any
    ) -> str:
        """Put a step; where it may be sent back to is known only when everything is built."""
        is_lawful = acts[0] not in {"submit", "conclude"}
        also = (
            {Operation.ADD_AFTER} if acts in {("opine",), ("support", "oppose", "abstain")} else ()
        )
        chance, recall = Random(self.random.random()), is_lawful and self.random.random() < 0.6

        def build() -> Any:
            return Step(
                *acts, role=address[0], at=address[1], title=name, law="演练", also=also,
                recall=recall, term=REVIEW_TERM if name != "draft" else None,
                batch=acts[:1] if acts == ("opine",) else (),
                returns=self._returns(name, chance), **more,
            ).Next(getattr(this, then))  # fmt: skip

        return self._put(name, build, then)

    def _returns(self, name: str, chance: Random) -> Iterator[Return]:
        """Return some ways back to steps from which this one can be reached."""
        if name == "draft":
            return
        earlier = [step for step, _ in self.nodes if step[0] in "dsv" and step != name]
        for step in earlier:
            if name not in self._after(step) or chance.random() < 0.5:
                continue
            modes = chance.choice([(True, True), (True, False), (False, True)])
            act = "return_to_draft" if step == "draft" else ""
            yield Return(step, act=act, stepwise=modes[0], direct=modes[1])

    def _after(self, name: str) -> set[str]:
        """Return the names of what can follow a node."""
        reached, found = set(), {name}
        while found:
            reached |= found
            found = {then for one in found for then in self.follows[one]} - reached
        return reached


@contextmanager
def flow_of(seed: Any) -> Iterator[type[CaseFlow] | None]:
    """Declare the flow of a seed as the newest of rehearsals; None where it is not sound."""
    with declared(f"MadeFlow{seed}", Maker(seed).make(), NEWEST) as made:
        most, checking.MOST_MARKINGS = checking.MOST_MARKINGS, MOST_MARKINGS
        try:
            told = check(made)
        finally:
            checking.MOST_MARKINGS = most
        yield made if told.is_sound else None
