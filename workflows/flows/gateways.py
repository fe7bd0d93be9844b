"""Branch and join: a join that looks again whenever something changed, not only on arrival.

The engine's own join is evaluated when somebody arrives at it: it waits for ever where a branch
ended or was cancelled elsewhere, and with two of them open the order of primary keys decides.
Ours completes only when the flow settles (`moving.settle`): deepest first, then as declared.
"""

from typing import Any

from viewflow.workflow import STATUS
from viewflow.workflow import flow as engine
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Node
from viewflow.workflow.models import Task as EngineTask
from viewflow.workflow.nodes import end, if_gate, mixins, split
from viewflow.workflow.token import Token

from audit import clock
from workflows.flows import runs

OVER = (STATUS.DONE, STATUS.CANCELED)
"""States of an engine task that is over. One that failed (ERROR) is not: work is missing."""


class IfActivation(runs.Passed, if_gate.IfActivation):  # type: ignore[misc]
    """The run of a choice."""

    @Activation.status.super()  # type: ignore[untyped-decorator]
    def activate(self) -> None:
        """Ask the condition; a fault in it is the fault of the whole move, no savepoint needed."""
        self._condition_result = self.flow_task._condition(self)


class If(engine.If):  # type: ignore[misc]
    """Go one of two ways."""

    activation_class = IfActivation


class EndActivation(runs.Passed, end.EndActivation):  # type: ignore[misc]
    """The run of an end."""

    @Activation.status.super()  # type: ignore[untyped-decorator]
    def activate(self) -> None:
        """Note that a way ended here; whether the flow is over, `moving.settle` finds."""
        self.task.started = clock.now()


class End(engine.End):  # type: ignore[misc]
    """End a way of the flow."""

    activation_class = EndActivation


class ParallelActivation(runs.Passed, split.SplitActivation):  # type: ignore[misc]
    """The run of a split."""

    @Activation.status.super()  # type: ignore[untyped-decorator]
    def create_next(self) -> Any:
        """Open the branches, whose tokens carry the key of the split."""
        runs.store(self.process)
        return super().create_next.original()


class Parallel(engine.Split):  # type: ignore[misc]
    """Go on in several branches at once; where conditions are declared, at least one must hold."""

    activation_class = ParallelActivation


class JoinActivation(mixins.NextNodeActivationMixin, Activation):  # type: ignore[misc]
    """The run of a join: one for each set of branches, waiting until all of them are over."""

    is_settling = False

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Any, token: Any, **_: Any) -> "JoinActivation":
        """Arrive at the join: find the one that waits for this set of branches, or begin it."""
        runs.store(prev_activation.process)
        inner = token if isinstance(token, Token) else Token(str(token))
        outer = inner.get_base_split_token() if inner.is_split_token() else inner
        scope = scope_of(inner)
        waiting = EngineTask.objects.filter(
            process=prev_activation.process, flow_task=flow_task, token=outer, finished=None
        )
        task = next((one for one in waiting if one.data.get("scope") == scope), None)
        if task is None:
            task = flow_task.flow_class.task_class(
                process=prev_activation.process, flow_task=flow_task, token=outer
            )
            task.data = {"scope": scope}
            task.save()
        task.previous.add(prev_activation.task)
        return cls(task)

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.STARTED)  # type: ignore[untyped-decorator]
    @Activation.status.transition(source=STATUS.STARTED)  # type: ignore[untyped-decorator]
    def activate(self) -> None:
        """Begin to wait."""
        if self.task.started is None:
            self.task.started = clock.now()
            self.task.save()

    @Activation.status.transition(  # type: ignore[untyped-decorator]
        source=STATUS.STARTED,
        target=STATUS.DONE,
        conditions=[lambda activation: activation.is_settling],
    )
    def complete(self) -> None:
        """Go on; only while the flow settles."""
        super().complete.original()

    @Activation.status.transition(source=[STATUS.NEW, STATUS.STARTED], target=STATUS.CANCELED)  # type: ignore[untyped-decorator]
    def cancel(self) -> None:
        """Stop waiting, because the case goes back to a step before it."""
        self.task.finished = clock.now()
        self.task.save()


class Join(mixins.NextNodeMixin, Node):  # type: ignore[misc]
    """Wait for all branches of a `Parallel` and go on once."""

    activation_class = JoinActivation
    task_type = "JOIN"
    shape = engine.Join.shape
    bpmn_element = "parallelGateway"


def scope_of(token: Any) -> str:
    """Return what the tokens of all branches of one split begin with; "" outside a split."""
    text = str(token)
    return text.rsplit("_", 1)[0] + "_" if "/" in text else ""


def segments(token: Any) -> list[str]:
    """Return a token as the path of splits that led to it, the start first."""
    return str(token).split("/")


def are_related(one: Any, other: Any) -> bool:
    """Tell whether one token is the other or lies inside it; sisters of a split are not."""
    shorter, longer = sorted((segments(one), segments(other)), key=len)
    return longer[: len(shorter)] == shorter


def is_passed(activation: Any) -> bool:
    """Tell what the countersigning just before a gateway decided: for `If(is_passed)`."""
    return bool(activation.came_from.data.get("passed"))
