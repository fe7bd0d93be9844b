"""Two at once on one task: exactly one wins, the other is told who, and nothing ever deadlocks.

Four cases are fought over at the same time, each by two people on connections of their own: eight
connections. A case goes round in a loop, so that every round begins from a task just reached.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Task as EngineTask

from audit.models import Entry, Outcome
from audit.verification import verify
from permissions.models import User
from permissions.roles import Role
from tests.rehearsal.models import Rehearsal
from tests.rehearsal.unsound import declared, draft
from workflows import operations
from workflows.door import open_case, perform
from workflows.flows import End, If, Return, Step
from workflows.flows.gateways import OVER
from workflows.models.operations import Proposal
from workflows.models.tasks import Task, TaskState
from workflows.operations import returning
from workflows.operations.proposing import Wanted
from workflows.refusals import Refusal
from workflows.signing import Rule, Signing
from workflows.vocabulary import Operation

pytestmark = [pytest.mark.row_locks, pytest.mark.django_db(transaction=True)]

CASES, CYCLES = 4, 50
ROUNDS = CASES * CYCLES
"""So many rounds of each pair, at the least."""

WON = "won"


def nodes() -> dict[str, Any]:
    """A flow that goes round: a first look, a check, a countersigning of two, and again."""
    both = Signing(Rule.ALL, agree=("support",), disagree=("oppose",))
    section = {"role": Role.COUNTY_REVIEWER, "at": "section", "law": "演练"}
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.first),
        "first": Step("abstain", title="初看", recall=True, **section).Next(this.check),
        "check": Step("opine", title="审查", returns=(Return("first"),), **section).Next(this.vote),
        "vote": Step(
            "support", "oppose", role=Role.COUNTY_ASSESSOR, at="bureau", title="会签", law="演练",
            holders="panel_list", signing=both,
        ).Next(this.again),
        "again": If(lambda _: True).Annotation(title="再来？").Then(this.first)
        .Else(this.decide),
        "decide": Step(
            "conclude", "refuse", role=Role.COUNTY_DEPUTY, at="bureau", title="决定", law="演练"
        ).Next(this.end),
        "end": End().Annotation(title="结束"),
    }  # fmt: skip


@dataclass
class Score:
    """Who won how often, and what the losers were told."""

    won: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)

    def rounds(self, pair: str) -> int:
        """Return how many rounds of a pair were decided."""
        return sum(times for (name, _), times in self.won.items() if name == pair)


class Duel:
    """One case and the two people at a time who fight over it."""

    def __init__(self, case: Rehearsal, keys: dict[str, int], partner: Executor, seed: int) -> None:
        self.case, self.keys, self.partner = case, keys, partner
        self.random, self.score = Random(seed), Score()

    def person(self, name: str) -> User:
        """Return a person read anew: nobody shares what he remembers with another thread."""
        return User.objects.get(pk=self.keys[name])

    def task(self, node: str) -> Task:
        """Return the open task at a step."""
        return Task.objects.of_case(self.case).open().get(node=node)

    def do(self, act: str, name: str) -> None:
        """Perform an act, with nobody in the way."""
        perform(self.case, act, by=self.person(name))

    def at(self) -> set[str]:
        """Return the steps at which the case waits, as the engine and as the in-boxes see it."""
        engine = EngineTask.objects.filter(process_id=self.case.process_id)
        open_nodes = [task.flow_task.name for task in engine.exclude(status__in=OVER)]
        rows = Task.objects.of_case(self.case).open().values_list("node", flat=True)
        assert len(open_nodes) == len(set(open_nodes)), open_nodes
        assert set(open_nodes) == {node for node in rows if not node.startswith("confirm")}
        return set(open_nodes)

    def race(self, calls: dict[str, Callable[[User], Any]]) -> dict[str, str]:
        """Let two people do something at once; return for each WON or what he was told."""
        start = Barrier(2, timeout=60)

        def run(name: str) -> str:
            by = self.person(name)
            start.wait()
            try:
                calls[name](by)
            except Refusal as refusal:
                return refusal.message
            return WON

        one, other = self.random.sample(list(calls), 2)
        later = self.partner.submit(run, other)
        return {one: run(one), other: later.result()}

    def decide(self, pair: str, calls: dict[str, Callable[[User], Any]], *words: str) -> str:
        """Fight a round of which exactly one must win; return who did.

        The other must be told one of the words, or the name of the winner.
        """
        told = self.race(calls)
        winners = [name for name, answer in told.items() if answer == WON]
        assert len(winners) == 1, (pair, told)
        (winner,) = winners
        lost = next(answer for name, answer in told.items() if name != winner)
        known = (self.person(winner).full_name, *words)
        assert any(word in lost for word in known), (pair, told)
        self.score.won[pair, winner] += 1
        self.score.told[pair, lost] += 1
        return winner

    def cycle(self) -> None:
        """Go round once, fighting over everything on the way."""
        assert self.at() == {"first"}
        self.claim()
        self.take_back_or_decide()
        self.vote()
        self.decide_twice()
        self.decide_or_return()
        self.propose_and_confirm()

    def claim(self) -> None:
        """签收: of two who claim, one holds the task."""
        task = self.task("first")
        winner = self.decide(
            "claim",
            {
                name: lambda by: operations.claim(task, by=by)
                for name in ("reviewer", "second_reviewer")
            },
        )
        assert self.task("first").holder_id == self.keys[winner]
        self.do("abstain", winner)

    def take_back_or_decide(self) -> None:
        """收回 against the decision of the next step: either it came too late, or the other did."""
        rows = Task.objects.of_case(self.case).filter(node="first", state=TaskState.DONE)
        done = rows.select_related("closed_by").latest("pk")
        taker = next(name for name, key in self.keys.items() if key == done.closed_by_id)
        other = "second_reviewer" if taker == "reviewer" else "reviewer"
        winner = self.decide(
            "take back or decide",
            {
                taker: lambda by: operations.take_back(done, by=by, reason="漏写"),
                other: lambda by: perform(self.case, "opine", by=by),
            },
            "下一环节已经办理",
        )
        assert self.at() == ({"first"} if winner == taker else {"vote"})
        if winner == taker:
            self.do("abstain", taker)
            self.do("opine", other)

    def vote(self) -> None:
        """会签: the last two at once are both heard, and the case goes on once."""
        told = self.race(
            {
                name: lambda by: perform(self.case, "support", by=by)
                for name in ("assessor_a", "assessor_b")
            }
        )
        assert set(told.values()) == {WON}, told
        assert self.at() == {"first"}
        self.score.won["last two votes", "both"] += 1

    def decide_twice(self) -> None:
        """One press or two, one decision."""
        self.decide(
            "double decision",
            {
                name: lambda by: perform(self.case, "abstain", by=by)
                for name in ("reviewer", "second_reviewer")
            },
        )
        assert self.at() == {"check"}

    def decide_or_return(self) -> None:
        """退回 against the decision: the case goes one way only."""
        task = self.task("check")
        winner = self.decide(
            "decide or return",
            {
                "reviewer": lambda by: perform(self.case, "opine", by=by),
                "second_reviewer": lambda by: operations.send_back(
                    task, by=by, reason="补充", to="first"
                ),
            },
        )
        assert self.at() == ({"vote"} if winner == "reviewer" else {"first"})
        if winner == "reviewer":
            self.vote()

    def propose_and_confirm(self) -> None:
        """提请 twice, then 确认 against 确认 or 不同意: one proposal, one answer."""
        task = self.task("first")
        wanted = Wanted(Operation.REPOSITION, "走错环节", task, "check")
        self.decide(
            "propose twice",
            {
                name: lambda by: operations.propose(self.case, wanted, by=by)
                for name in ("reviewer", "second_reviewer")
            },
            "已有待确认的提请",
        )
        proposal = Proposal.objects.get(object_id=self.case.pk, state=Proposal.State.OPEN)
        self.decide(
            "confirm twice",
            {
                name: lambda by: operations.confirm(proposal, by=by)
                for name in ("deputy", "director")
            },
        )
        assert self.at() == {"check"}
        back = Wanted(Operation.REPOSITION, "转回", self.task("check"), "first")
        again = operations.propose(self.case, back, by=self.person("reviewer"))
        winner = self.decide(
            "confirm or reject",
            {
                "deputy": lambda by: operations.confirm(again, by=by),
                "director": lambda by: operations.reject(again, by=by, answer="不必"),
            },
        )
        if winner == "director":
            holder = self.task("check").holder
            perform(self.case, "opine", by=holder or self.person("reviewer"))
            self.vote()
        if (row := self.task("first")).holder_id is not None:
            operations.release(row, by=row.holder, reason="下一轮")


def fight(duel: Duel) -> None:
    """Fight all cycles of a case, and leave no connection behind."""
    try:
        for _ in range(CYCLES):
            duel.cycle()
    finally:
        duel.partner.submit(lambda: connection.close()).result()
        connection.close()


@pytest.fixture
def duels(people: Any, tree: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Duel]]:
    """Some cases at the first step, each with a second thread that fights for it."""
    often = SimpleNamespace(on=lambda day: 10 * ROUNDS)
    monkeypatch.setattr(returning, "MOST_RETURNS", often)
    keys = {
        name: getattr(people, name).pk
        for name in (
            "reviewer", "second_reviewer", "assessor_a", "assessor_b", "deputy", "director",
        )
    }  # fmt: skip
    panel = [people.assessor_a, people.assessor_b]
    with declared("RacingFlow", nodes(), version=99), ExitStack() as stack:
        made = []
        for seed in range(CASES):
            case = open_case(Rehearsal, by=people.chief, unit=tree.station, title="演练")
            perform(case, "submit", by=people.chief, panel=panel)
            made.append(Duel(case, keys, stack.enter_context(ThreadPoolExecutor(1)), seed))
        yield made


def test_of_two_at_once_one_wins_and_the_other_is_told(
    duels: list[Duel], record_property: Callable[[str, object], None]
) -> None:
    """ahliweb/awcms#140 (last votes, claims …): two hundred rounds of each, no deadlock."""
    with ThreadPoolExecutor(CASES) as pool:
        for ended in [pool.submit(fight, duel) for duel in duels]:
            ended.result()
    total = Score()
    for duel in duels:
        total.won.update(duel.score.won)
        total.told.update(duel.score.told)
    record_property("won", dict(total.won))
    for pair in {name for name, _ in total.won}:
        assert total.rounds(pair) >= ROUNDS, total.won
    assert len({name for name, _ in total.won}) == 8
    refused = Entry.objects.filter(outcome=Outcome.REFUSED).count()
    assert refused == sum(total.told.values())
    assert verify().faults == []
