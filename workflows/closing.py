"""Declare the acts that end a case without a result (终止、作废) or open it again (恢复办理).

A lifecycle takes them in so, and its State has TERMINATED and VOIDED:

    terminate = closing.termination(state, OPEN_STATES, State.TERMINATED, law="…")
    void = closing.voiding(state, OPEN_STATES, State.VOIDED, law="…")
    reopen = closing.reopening(state, State.TERMINATED, OPEN_STATES, law="…")

Each is performed through its operation alone, after another person has confirmed it.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django_fsm import GET_STATE

from documents import numbers
from documents.models import Number
from workflows import terms
from workflows.acts import act
from workflows.conditions import Condition
from workflows.permissions import CaseVerb
from workflows.refusals import RefusedByState
from workflows.vocabulary import Operation

Declared = Callable[..., Any]


def termination(
    field: Any, source: Sequence[str], target: str, *, law: str,
    conditions: Sequence[Condition] = (),
) -> Declared:  # fmt: skip
    """Declare 终止: the case ends without a result; its number stays."""

    @act(
        "终止", field=field, source=source, target=target, verb=CaseVerb.CONFIRM, law=law,
        not_by=["opened_by"], operation=Operation.TERMINATE, conditions=conditions,
    )  # fmt: skip
    def terminate(case: Any, *, by: Any, on: date) -> None:
        """终止: end the case without a legal effect; it can be reopened."""
        case.interrupted_in = case.state

    return terminate


def voiding(
    field: Any, source: Sequence[str], target: str, *, law: str,
    conditions: Sequence[Condition] = (),
) -> Declared:  # fmt: skip
    """Declare 作废: the case is void from the beginning; its number is kept and marked."""

    @act(
        "作废", field=field, source=source, target=target, verb=CaseVerb.CONFIRM, law=law,
        not_by=["opened_by"], operation=Operation.VOID, conditions=conditions,
    )  # fmt: skip
    def void(case: Any, *, by: Any, on: date) -> None:
        """作废: void the case and its number; nothing of it has effect."""
        case.interrupted_in = case.state
        number = Number.objects.get(text=case.number)
        numbers.void(number, by, f"{case.title}作废")

    return void


def reopening(field: Any, source: str, targets: Sequence[str], *, law: str) -> Declared:
    """Declare 恢复办理: a terminated case goes on where it was ended."""

    @act(
        "恢复办理", field=field, source=source,
        target=GET_STATE(lambda case, **facts: case.interrupted_in, states=list(targets)),
        verb=CaseVerb.CONFIRM, law=law, not_by=["opened_by"], for_closed=True,
        operation=Operation.REOPEN,
    )  # fmt: skip
    def reopen(case: Any, *, by: Any, on: date) -> None:
        """恢复办理: open a terminated case again, in the state in which it was ended."""
        if not case.interrupted_in:
            raise RefusedByState("该件没有记载终止前的状态，不能恢复办理。")
        terms.start_again(case, on)

    return reopen
