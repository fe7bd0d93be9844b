"""Turn a flow into its net: which markings there are, and which moves lead on from each.

The rules are those of `workflows.flows`: a join goes on when no token is left in its branches,
deepest first; an end takes its token away; a return takes away what lies between. What a gateway
asks of the case is not known here, so both answers are tried, but only those after which somebody
can act: a gateway that leads where no act is lawful is a fault if it has no other answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from viewflow.workflow.nodes.if_gate import If

from workflows.flows.base import CaseFlow
from workflows.flows.gateways import Join, Parallel
from workflows.flows.steps import Rest, Return, Step

Path = tuple[str, ...]
"""In which branches a token lies, from the outside in: "split#1"."""


@dataclass(frozen=True, order=True)
class Token:
    """A token: on which node, in which branches, and what it comes straight back to."""

    node: str
    path: Path = ()
    resume: tuple["Token", ...] = ()


@dataclass(frozen=True)
class Marking:
    """Where a case stands: its legal state, its tokens, the joins that wait, and what was done."""

    state: str
    tokens: tuple[Token, ...] = ()
    joins: tuple[Token, ...] = ()
    done: frozenset[Token] = frozenset()
    is_over: bool = False


@dataclass(frozen=True)
class Move:
    """A move: what is done (in words), at which node, by which act or return."""

    words: str
    node: str = ""
    act: str = ""
    way: Return | None = field(default=None, compare=False)
    direct: bool = False


class Unsound(Exception):
    """A marking that must not be, found while moving."""


class Net:
    """The net of a flow: its first markings, and the moves from each marking."""

    def __init__(self, flow: type[CaseFlow]) -> None:
        self.flow = flow
        self.nodes: dict[str, Any] = {node.name: node for node in flow.instance.nodes()}
        self.places = [node.name for node in flow.nodes_in_order()]
        self.acts = flow.case_class.acts()
        self.closed = {str(state) for state in flow.case_class.CLOSED}
        self.performed = {act for step in flow.steps() for act in step.acts}
        self.downstream = {name: flow.downstream(name) for name in self.nodes}
        # Only what something returns to or the law asks for is remembered as done: all else would
        # multiply the markings without changing a move.
        self.remembered = {way.to for step in flow.steps() for way in step.returns}
        self.remembered |= {name for before in flow.must_pass.values() for name in before}

    def title(self, name: str) -> str:
        """Return the Chinese name of a node."""
        return str(self.nodes[name].task_title)

    def first(self) -> list[Marking]:
        """Return the markings in which a case can stand when it has just been opened."""
        initial = str(self.flow.case_class.state_field().get_default())
        return self._arrive(Marking(initial), [Token("start")], leave=True)

    def moves(self, at: Marking) -> Iterator[tuple[Move, list[Marking]]]:
        """Yield every move from a marking with the markings it can lead to."""
        if at.is_over:
            yield from self._begin_again(at)
            return
        for token in at.tokens:
            yield from self._moves_of(at, token)
        for name, act in self.acts.items():
            if name not in self.performed and not act.operation and at.state in act.sources:
                for target in act.targets:
                    move = Move(act.label, act=name)
                    after = self._in_state(at, str(target), act.target is None)
                    yield move, [self._diverted(after, name)]

    def _moves_of(self, at: Marking, token: Token) -> Iterator[tuple[Move, list[Marking]]]:
        """Yield what is done at one step; at a rest nothing is."""
        step = self.nodes[token.node]
        if isinstance(step, Step):
            for name in step.acts:
                yield from self._perform(at, token, step, name)
            for way in step.returns:
                yield from self._return(at, token, way)

    def _begin_again(self, at: Marking) -> Iterator[tuple[Move, list[Marking]]]:
        """Yield the acts that a closed case allows and that begin its flow anew (an appeal)."""
        for name, act in self.acts.items():
            if not act.for_closed or act.operation or at.state not in act.sources:
                continue
            for target in act.targets:
                if str(target) not in self.closed:
                    again = Marking(str(target), done=at.done)
                    yield (
                        Move(act.label, act=name),
                        self._arrive(again, [Token("start")], leave=True),
                    )

    def _diverted(self, at: Marking, act: str) -> Marking:
        """Return the marking with its tokens led to where the act leads them (`diverts`)."""
        node = self.flow.diverts.get(act)
        if node is None or at.is_over or not at.tokens:
            return at
        return replace(at, tokens=(Token(node, min(at.tokens).path),), joins=())

    def can_act(self, at: Marking, token: Token) -> bool:
        """Tell whether an act of the token's step or rest is lawful in the marking's state."""
        return any(at.state in self.acts[name].sources for name in self.nodes[token.node].acts)

    def _perform(
        self, at: Marking, token: Token, step: Step, name: str
    ) -> Iterator[tuple[Move, list[Marking]]]:
        act = self.acts[name]
        if at.state not in act.sources:
            return
        found: list[Marking] = []
        for target in act.targets:
            after = self._in_state(at, str(target), act.target is None)
            if after.is_over:
                found.append(after)
                continue
            rest = _without(after, token)
            if token.node in self.remembered:
                rest = replace(rest, done=rest.done | {Token(token.node, token.path)})
            if token.resume:
                found.append(_with(rest, token.resume))
            else:
                found += self._arrive(rest, [token], leave=True)
        feasible = [marking for marking in found if self._is_feasible(marking)]
        move = Move(f"{self.title(token.node)}：{act.label}", token.node, name)
        yield move, feasible or found

    def _return(
        self, at: Marking, token: Token, way: Return
    ) -> Iterator[tuple[Move, list[Marking]]]:
        """Yield the returns of a step in both modes, as `moving.go_back` carries them out."""
        run = next(
            (
                one
                for one in sorted(at.done)
                if one.node == way.to and related(one.path, token.path)
            ),
            None,
        )
        busy = {one.node for one in at.tokens} - {token.node}
        if run is None or way.to in busy:
            return
        act = self.acts[way.act] if way.act else None
        if act is not None and at.state not in act.sources:
            return
        region = self.downstream[way.to]
        left = [t for t in at.tokens if t.node in region and related(t.path, run.path)]
        joins = [t for t in at.joins if t.node in region and related(t.path, run.path)]
        cleared = replace(
            at,
            tokens=tuple(t for t in at.tokens if t not in left),
            joins=tuple(t for t in at.joins if t not in joins),
        )
        for direct in (False, True):
            if not (way.direct if direct else way.stepwise):
                continue
            back = Token(way.to, run.path, tuple(sorted(left)) if direct else ())
            words = f"{self.title(token.node)}：退回{self.title(way.to)}"
            move = Move(
                f"{words}（{'改后直达' if direct else '逐级重走'}）", token.node, "", way, direct
            )
            for target in act.targets if act else (at.state,):
                after = replace(_with(cleared, [back]), state=str(target))
                yield move, [after]

    def _in_state(self, at: Marking, state: str, stays: bool) -> Marking:
        """Return the marking in another legal state; a closed one ends everything."""
        if stays:
            return at
        if state in self.closed:
            return Marking(state, is_over=True)
        return replace(at, state=state)

    def _arrive(self, at: Marking, tokens: Iterable[Token], *, leave: bool) -> list[Marking]:
        """Let tokens leave their nodes (or arrive at them) until all stand on steps or joins."""
        open_ends = [(at, list(tokens), leave, 0)]
        found: list[Marking] = []
        while open_ends:
            marking, moving, leaving, hops = open_ends.pop()
            if not moving:
                found += self._settle(marking)
                continue
            if hops > len(self.nodes) * 4:
                raise Unsound(f"自动环节循环：{self.title(moving[0].node)}")
            token, *rest = moving
            for further, marked in self._pass(marking, token, leaving):
                open_ends.append((marked, [*further, *rest], False, hops + 1))
        feasible = [one for one in found if self._is_feasible(one)]
        return sorted(set(feasible or found), key=repr)

    def _pass(
        self, at: Marking, token: Token, leaving: bool
    ) -> Iterator[tuple[list[Token], Marking]]:
        """Yield what becomes of one token at its node: tokens that move on, and the marking."""
        node = self.nodes[token.node]
        if isinstance(node, Step | Rest) and not leaving:
            if any(waiting.node == token.node for waiting in at.tokens):
                raise Unsound(f"“{self.title(token.node)}”同时到达两次")
            yield [], _with(at, [token])
        elif isinstance(node, Join):
            yield [], self._wait(at, token)
        elif node.task_type == "END":
            yield [], at
        else:
            for chosen in self._ways_out(node, token):
                yield chosen, at

    def _ways_out(self, node: Any, token: Token) -> Iterator[list[Token]]:
        """Yield the sets of tokens that can leave a node."""
        if isinstance(node, If):
            for edge in node._outgoing():
                yield [Token(edge.dst.name, token.path)]
        elif isinstance(node, Parallel):
            yield from self._branches(node, token)
        else:
            yield [Token(edge.dst.name, token.path) for edge in node._outgoing()]

    def _branches(self, split: Any, token: Token) -> Iterator[list[Token]]:
        """Yield the sets of branches that a split can open: those without a condition always."""
        branches = list(enumerate(split._branches, start=1))
        always = [one for one in branches if one[1][1] is None]
        asked = [one for one in branches if one[1][1] is not None]
        for size in range(len(asked) + 1):
            for some in combinations(asked, size):
                chosen = sorted([*always, *some], key=lambda one: one[0])
                if chosen:
                    yield [
                        Token(branch[0].name, (*token.path, f"{split.name}#{number}"))
                        for number, branch in chosen
                    ]

    def _wait(self, at: Marking, token: Token) -> Marking:
        """Put a join to wait for the branches of the split from which a token came."""
        scope = token.path[-1].rpartition("#")[0] if token.path else ""
        waiting = Token(token.node, token.path[:-1], (Token(scope),) if scope else ())
        return at if waiting in at.joins else replace(at, joins=(*at.joins, waiting))

    def _settle(self, at: Marking) -> list[Marking]:
        """Let the joins go on whose branches are all over, the deepest first."""
        ready = [join for join in at.joins if not self._is_busy(at, join)]
        if not ready:
            return [replace(at, is_over=not (at.tokens or at.joins))]
        join = min(ready, key=lambda one: (-len(one.path), self.places.index(one.node)))
        rest = replace(at, joins=tuple(one for one in at.joins if one != join))
        (edge,) = self.nodes[join.node]._outgoing()
        return self._arrive(rest, [Token(edge.dst.name, join.path)], leave=False)

    def _is_busy(self, at: Marking, join: Token) -> bool:
        """Tell whether a token or another join is left in the branches a join waits for."""
        scope = join.resume[0].node if join.resume else ""
        depth = len(join.path)
        return any(
            other != join
            and bool(scope)
            and len(other.path) > depth
            and other.path[:depth] == join.path
            and other.path[depth].rpartition("#")[0] == scope
            for other in (*at.tokens, *at.joins)
        )

    def _is_feasible(self, at: Marking) -> bool:
        """Tell whether somebody can act on every token, or the case is over."""
        if at.is_over:
            return at.state in self.closed
        return all(self.can_act(at, token) for token in at.tokens)


def related(one: Path, other: Path) -> bool:
    """Tell whether one path is the other or lies inside it."""
    shorter, longer = sorted((one, other), key=len)
    return longer[: len(shorter)] == shorter


def _without(at: Marking, token: Token) -> Marking:
    """Return a marking without a token."""
    return replace(at, tokens=tuple(one for one in at.tokens if one != token))


def _with(at: Marking, tokens: Iterable[Token]) -> Marking:
    """Return a marking with more tokens."""
    return replace(at, tokens=tuple(sorted((*at.tokens, *tokens))))
