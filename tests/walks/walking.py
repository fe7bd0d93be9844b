"""Walk one case at random on the real engine and in the net, and compare after every move."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import transaction
from viewflow.workflow import PROCESS
from viewflow.workflow.models import Task as EngineTask

from permissions.roles import Role
from tests.rehearsal.models import Rehearsal
from workflows import operations
from workflows.door import open_case, perform
from workflows.flows import CaseFlow, Join, Step
from workflows.flows.gateways import OVER, segments
from workflows.models.tasks import DECIDING, Task, TaskKind, TaskState
from workflows.refusals import RefusedByLaw, RefusedByState
from workflows.soundness import Marking, Move, Net, checking
from workflows.soundness.net import Path


class Differs(AssertionError):
    """The engine stands where the net does not allow it to."""


@dataclass(frozen=True)
class Standing:
    """Where a case stands: state, tokens on steps, joins that wait; each with its branches."""

    state: str
    tokens: tuple[tuple[str, Path], ...]
    joins: tuple[tuple[str, Path], ...]
    is_over: bool

    @classmethod
    def of_net(cls, at: Marking) -> "Standing":
        """Read a marking of the net."""
        return cls(
            at.state,
            tuple(sorted((token.node, token.path) for token in at.tokens)),
            tuple(sorted((join.node, join.path) for join in at.joins)),
            at.is_over,
        )

    @classmethod
    def of_engine(cls, case: Any) -> "Standing":
        """Read the engine's rows of a case."""
        rows = EngineTask.objects.filter(process=case.process_id).order_by("pk")
        tokens, joins = places(rows.values_list("pk", "flow_task", "token", "status"))
        is_over = case.process.status in {PROCESS.DONE, PROCESS.CANCELED}
        return cls(str(case.state), tokens, joins, is_over)


Places = tuple[tuple[str, Path], ...]


def places(rows: Iterable[tuple[int, Any, Any, str]]) -> tuple[Places, Places]:
    """Return on which steps and joins the engine's rows of one case stand, with their branches."""
    found = list(rows)
    nodes = {pk: node for pk, node, *_ in found}
    begun: dict[str, Any] = {}
    for _, node, token, _ in found:
        begun.setdefault(str(token), node)
    open_rows = [(node, str(token)) for _, node, token, status in found if status not in OVER]

    def standing(kind: type) -> Places:
        return tuple(
            sorted(
                (node.name, _path(token, nodes, begun))
                for node, token in open_rows
                if isinstance(node, kind)
            )
        )

    return standing(Step), standing(Join)


def markings(flow: type[CaseFlow]) -> Iterable[Marking]:
    """Return every marking that the net of a sound flow can reach."""
    exploration = checking._Exploration(Net(flow))
    exploration.run()
    return exploration.came_by


def _path(token: str, nodes: dict[int, Any], begun: dict[str, Any]) -> Path:
    """Return in which declared branches a token of the engine lies.

    A token numbers only the branches that were opened, so the branch is known by its first node.
    """
    path, so_far = [], segments(token)[0]
    for segment in segments(token)[1:]:
        so_far = f"{so_far}/{segment}"
        split = nodes[int(segment.partition("_")[0])]
        first = begun[so_far]
        places = [node.name for node, *_ in split._branches]
        path.append(f"{split.name}#{places.index(first.name) + 1}")
    return tuple(path)


@contextmanager
def undone() -> Iterator[None]:
    """Undo everything that is done inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Moves:
    """The moves of a net, worked out once for each marking."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self._known: dict[Marking, list[tuple[Move, list[Marking]]]] = {}

    def of(self, at: Marking) -> list[tuple[Move, list[Marking]]]:
        """Return the moves from a marking with the markings to which each can lead."""
        if at not in self._known:
            self._known[at] = list(self.net.moves(at))
        return self._known[at]


class Walk:
    """One case of a flow; `possible` are the markings in which the net can be after its moves."""

    def __init__(
        self, flow: type[CaseFlow], moves: Moves, people: Any, tree: Any, random: Random
    ) -> None:
        self.flow, self.moves, self.random = flow, moves, random
        self.panel = random.sample(
            [people.assessor_a, people.assessor_b, people.assessor_c], random.choice([1, 2, 2, 3])
        )
        self.at_post = {
            Role.STATION_CHIEF: [people.chief],
            Role.COUNTY_REVIEWER: [people.reviewer, people.second_reviewer],
            Role.COUNTY_ASSESSOR: [people.assessor_a, people.assessor_b, people.assessor_c],
            Role.COUNTY_DEPUTY: [people.deputy],
        }
        self.told: list[str] = []
        self.case: Any = open_case(Rehearsal, by=people.chief, unit=tree.station, title="演练")
        self.possible = set(moves.net.first())
        self._compare(self.possible)
        self.rows = self._read()

    def twin(self) -> "Walk":
        """Return the same case at the same place, to be walked on another way."""
        same = copy(self)
        same.case = Rehearsal.objects.select_related("process").get(pk=self.case.pk)
        same.told = list(self.told)
        return same

    def _read(self) -> list[Task]:
        rows = Task.objects.of_case(self.case).exclude(node=Task.START)
        return list(rows.select_related("holder", "engine_task__process").order_by("pk"))

    def _open(self) -> list[Task]:
        return [row for row in self.rows if row.is_open]

    def go(self, most: int) -> int:
        """Make moves until the case is over or `most` are made; return how many were made."""
        made = 0
        while made < most and not self.case.is_closed:
            for person in {person for people in self.at_post.values() for person in people}:
                person.remember_answers()  # for the length of one move, as in a request
            before = {row.pk: row.state for row in self.rows}
            move = self._send_back if self.random.random() < 0.3 else self._act
            allowed = move()
            self.rows = self._read()
            if allowed is None:
                continue
            self._compare(allowed(before))
            made += 1
        return made

    def _act(self) -> "Callable[[dict[int, str]], set[Marking]] | None":
        """Let somebody perform an act; who assists in 主办协办 is heard first, now and then."""
        rows = [row for row in self._open() if row.kind in DECIDING]
        row = self.random.choice(rows)
        step = self.flow.step(row.node)
        act = self.random.choice(step.acts)  # type: ignore[union-attr]
        by = row.holder or self.random.choice(self.at_post[Role(row.role)])
        facts = {"panel": self.panel} if act == "submit" else {}
        try:
            self.case = perform(self.case, act, by=by, **facts)
        except RefusedByState:
            assisting = [one for one in self._open() if one.kind == TaskKind.ASSIST]
            if not assisting:
                raise
            operations.answer(assisting[0], by=assisting[0].holder, opinion="无意见。")
            return None
        return lambda before: self._after_act(act, before)

    def _after_act(self, act: str, before: dict[int, str]) -> set[Marking]:
        """Return where the net can be after the act of whichever step was done."""
        (done,) = (
            row
            for row in self.rows
            if row.state == TaskState.DONE and before.get(row.pk) != TaskState.DONE
        )
        self.told.append(f"{done.node}:{act}")
        waits = any(row.engine_task_id == done.engine_task_id for row in self._open())
        if waits and not self.case.is_closed:
            assert self.flow.step(done.node).signing is not None  # type: ignore[union-attr]
            return self.possible
        return self._led_to(lambda move: (move.node, move.act) == (done.node, act))

    def _send_back(self) -> "Callable[[dict[int, str]], set[Marking]] | None":
        """Let somebody send the case back, if anything can be sent back."""
        rows = [row for row in self._open() if row.kind in DECIDING]
        row = self.random.choice(rows)
        targets = operations.targets(row)
        if not targets:
            return None
        target = self.random.choice(targets)
        direct = self.random.choice([mode for mode, _ in target.modes]) == "direct"
        by = row.holder or self.random.choice(self.at_post[Role(row.role)])
        try:
            operations.send_back(row, by=by, reason="退回", to=target.node, direct=direct)
        except RefusedByLaw:
            return None
        self.case = Rehearsal.objects.select_related("process").get(pk=self.case.pk)
        self.told.append(f"{row.node}→{target.node}{'!' if direct else ''}")
        return lambda before: self._led_to(
            lambda move: (
                move.way is not None
                and (move.node, move.way.to, move.direct) == (row.node, target.node, direct)
            )
        )

    def _led_to(self, is_it: Callable[[Move], bool]) -> set[Marking]:
        """Return the markings to which such a move leads from where the net can be."""
        return {
            further
            for marking in self.possible
            for move, found in self.moves.of(marking)
            if is_it(move)
            for further in found
        }

    def _compare(self, allowed: set[Marking]) -> None:
        """Keep those of the allowed markings in which the engine stands; there must be one."""
        stands = Standing.of_engine(self.case)
        self.possible = {marking for marking in allowed if Standing.of_net(marking) == stands}
        if not self.possible:
            told = "\n".join(str(Standing.of_net(marking)) for marking in allowed)
            raise Differs(f"{self.told}\nengine: {stands}\nnet: {told or 'no such move'}")
