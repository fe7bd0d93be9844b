"""Declare legal acts: `act` makes label, verb and article of law mandatory on every transition."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

from django_fsm import State as ComputedTarget
from django_fsm import transition

from permissions.verbs import VerbEnum
from workflows.conditions import Condition
from workflows.vocabulary import Operation

_through_the_door: ContextVar[bool] = ContextVar("through_the_door", default=False)


class DirectCall(RuntimeError):
    """An act was called as a method; acts are done by `workflows.door.perform` alone."""


@dataclass(frozen=True)
class Act:
    """What is declared of an act, apart from its body."""

    name: str
    label: str
    verb: VerbEnum
    law: str
    sources: tuple[str, ...]
    target: Any
    meaning: str = ""
    conditions: tuple[Condition, ...] = ()
    not_by: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    for_closed: bool = False
    reserved: bool = False
    signed: bool = False
    operation: Operation | None = None
    by_itself: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        """Return the states the act can lead to; its sources when it changes none."""
        if self.target is None:
            return self.sources
        if isinstance(self.target, ComputedTarget):
            return tuple(str(state) for state in self.target.allowed_states or ())
        return (self.target,)


@contextmanager
def door_open() -> Any:
    """Allow the bodies of acts to run inside this block; for the door alone."""
    token = _through_the_door.set(True)
    try:
        yield
    finally:
        _through_the_door.reset(token)


def act(
    label: str,
    *,
    field: Any,
    source: str | Sequence[str],
    target: Any,
    verb: VerbEnum,
    law: str,
    conditions: Iterable[Condition] = (),
    not_by: Iterable[str] = (),
    papers: Iterable[str] = (),
    for_closed: bool = False,
    reserved: bool = False,
    signed: bool = False,
    operation: Operation | None = None,
    by_itself: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a legal act on a lifecycle.

    In: the Chinese label; the state field; the state or states it starts from; the state it leads
    to (None: it stays, or a django_fsm `GET_STATE`/`RETURN_VALUE` that lists its states); the verb
    that permits it; the article of law or rule id; conditions of `rules.py`; `not_by`, names of
    case fields or groups holding people who must not do it (four eyes); kinds of paper that fall
    due;
    `reserved`, whether the law reserves it to the person, so that no substitute may do it;
    `signed`, whether it takes an electronic signature (电子签名) after signing in anew;
    `operation`, the operation (退回、终止 …) through which alone it is performed;
    `by_itself`, whether the law itself brings it about on its day, so that nobody performs it.
    Out: a decorator. The body takes `by` and `on` and the facts of the act; called outside the
    door it raises `DirectCall`.
    """
    if not (label and law and isinstance(verb, VerbEnum)):
        raise TypeError("An act needs its Chinese label, its verb and its article of law.")
    sources = (str(source),) if isinstance(source, str) else tuple(map(str, source))

    def declare(body: Callable[..., Any]) -> Callable[..., Any]:
        declared = Act(
            name=body.__name__,
            label=label,
            verb=verb,
            law=law,
            sources=sources,
            target=target,
            meaning=(body.__doc__ or "").strip().partition("\n")[0],
            conditions=tuple(conditions),
            not_by=tuple(not_by),
            papers=tuple(papers),
            for_closed=for_closed,
            reserved=reserved,
            signed=signed,
            operation=operation,
            by_itself=by_itself,
        )

        @wraps(body)
        def guarded(case: Any, **facts: Any) -> Any:
            if not _through_the_door.get():
                raise DirectCall(f"{body.__qualname__} must go through workflows.door.perform")
            return body(case, **facts)

        guarded.act = declared  # type: ignore[attr-defined]
        wrapped: Callable[..., Any] = transition(
            field=field, source=list(sources), target=target, custom={"act": declared}
        )(guarded)
        return wrapped

    return declare


@cache
def acts_of(model: type[Any]) -> dict[str, Act]:
    """Return the acts of a lifecycle by name, in order of declaration (bases first)."""
    found: dict[str, Act] = {}
    for base in reversed(model.__mro__):
        for name, member in vars(base).items():
            declared = getattr(member, "act", None)
            if isinstance(declared, Act):
                found[name] = declared
    return found
