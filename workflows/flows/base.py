"""Hold the base of the flow of a kind of case, and find flows by kind, case and version."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import connection
from viewflow.workflow import flow as engine

from workflows.flows.gateways import Join, Parallel
from workflows.flows.steps import Rest, Step
from workflows.lifecycle import Case


@contextmanager
def held_by_the_door(flow: type[engine.Flow], process_pk: int) -> Iterator[None]:
    """Stand for the lock of the engine: whoever comes here has locked the case and its process.

    The engine's default lock is none at all; this one at least refuses work outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a flow moves inside the door's transaction, under the case's lock")
    yield


class CaseFlow(engine.Flow):  # type: ignore[misc]
    """Base of the flow of a kind of case; `case_class` names the kind.

    A changed flow is a new class with a higher `version`; the old one stays for the cases that
    began under it, until a migration plan moves them (`workflows.flows.versions`).
    """

    case_class: ClassVar[type[Case]]
    version: ClassVar[int] = 1
    # What the law puts before a step: {"name": ("decide", "publish_county")}. Proven, not trusted.
    must_pass: ClassVar[dict[str, tuple[str, ...]]] = {}
    # Acts outside every step that lead the case to one: {"record_objection": "investigate"}.
    diverts: ClassVar[dict[str, str]] = {}
    lock_impl = held_by_the_door
    _steps: ClassVar[dict[str, Step]]

    @classmethod
    def nodes_in_order(cls) -> list[Any]:
        """Return the nodes in order of declaration; the engine keeps them by name."""
        places = list(vars(cls))
        return sorted(cls.instance.nodes(), key=lambda node: places.index(node.name))

    @classmethod
    def steps(cls) -> list[Step]:
        """Return the steps in order of declaration."""
        return list(cls._steps_by_name().values())

    @classmethod
    def _steps_by_name(cls) -> dict[str, Step]:
        """Return the steps by name, looked for once in each flow."""
        if "_steps" not in vars(cls):
            steps = (node for node in cls.nodes_in_order() if isinstance(node, Step))
            cls._steps = {step.name: step for step in steps}
        return cls._steps

    @classmethod
    def has_joins(cls) -> bool:
        """Tell whether branches of the flow come together anywhere."""
        return any(isinstance(node, Join) for node in cls.instance.nodes())

    @classmethod
    def step(cls, name: str) -> Step | None:
        """Return the step of that name, or None where the flow has none."""
        return cls._steps_by_name().get(name)

    @classmethod
    def waiting_place(cls, name: str) -> Step | Rest | None:
        """Return the step or the rest of that name, or None where the flow has none."""
        places = (node for node in cls.nodes_in_order() if isinstance(node, Step | Rest))
        return next((node for node in places if node.name == name), None)

    @classmethod
    def steps_of(cls, act: str) -> list[Step]:
        """Return the steps in which the act can be performed."""
        return [step for step in cls.steps() if act in step.acts]

    @classmethod
    def downstream(cls, name: str) -> set[str]:
        """Return the names of the nodes that can follow a node, itself included."""
        reached, found = set(), {name}
        while found:
            reached |= found
            found = {
                edge.dst.name
                for node in cls.instance.nodes()
                if node.name in found
                for edge in node._outgoing()
            } - reached
        return reached

    @classmethod
    def scopes(cls) -> dict[str, tuple[tuple[str, int], ...]]:
        """Return for each node in which branches of which splits it lies, from the outside in."""
        found: dict[str, tuple[tuple[str, int], ...]] = {}
        start: tuple[tuple[str, int], ...] = ()
        waiting = [(cls.instance.start, start)]
        while waiting:
            node, scope = waiting.pop()
            if node.name in found:
                continue
            if isinstance(node, Join):
                scope = scope[:-1]
            found[node.name] = scope
            branching = isinstance(node, Parallel)
            waiting += [
                (edge.dst, (*scope, (node.name, branch)) if branching else scope)
                for branch, edge in enumerate(node._outgoing(), start=1)
            ]
        return found


def all_flows() -> list[type[CaseFlow]]:
    """Return every declared flow, old versions included, in order of declaration."""
    return [flow for flow in _subclasses(CaseFlow) if getattr(flow, "case_class", None)]


def _subclasses(base: type[CaseFlow]) -> Iterator[type[CaseFlow]]:
    for flow in base.__subclasses__():
        yield flow
        yield from _subclasses(flow)


def flow_of(model: type[Case]) -> type[CaseFlow] | None:
    """Return the newest flow of a kind of case, or None where it has none."""
    found = [flow for flow in all_flows() if flow.case_class is model]
    return max(found, key=lambda flow: flow.version, default=None)


def flow_of_case(case: Case) -> type[CaseFlow] | None:
    """Return the flow under which a case runs: the version it began with or was moved to."""
    if case.process is not None:
        running: type[CaseFlow] = case.process.flow_class
        return running
    return flow_of(type(case))


def step_of(case: Case, node: str) -> Step | None:
    """Return a step of the flow of a case by its name."""
    flow = flow_of_case(case)
    return flow.step(node) if flow else None
