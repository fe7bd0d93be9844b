"""Declare the nodes at which a case waits: the step, in which somebody acts, and the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from viewflow.workflow import STATUS
from viewflow.workflow.activation import Activation
from viewflow.workflow.nodes.handle import Handle, HandleActivation

from audit import clock
from permissions.models import Unit, User
from workflows import tasks
from workflows.flows import runs
from workflows.lifecycle import Case
from workflows.signing import Signing
from workflows.vocabulary import STANDARD, Operation


@dataclass(frozen=True)
class Return:
    """Where a step may send the case back to (退回), and the act by which the law follows.

    In: the step it goes back to; the act that changes what is legally true, none where the case
    is in the same state there; whether 逐级重走 (every step after it again) and 改后直达 (straight
    back to who returned it) may be chosen.
    """

    to: str
    act: str = ""
    stepwise: bool = True
    direct: bool = True


class WaitingActivation(runs.StoredTogether, HandleActivation):
    """The run of a node at which the case waits."""

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE)  # type: ignore[untyped-decorator]
    def complete(self) -> None:
        """Close the run as done."""
        self._close("started", "data")

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.CANCELED)  # type: ignore[untyped-decorator]
    def cancel(self) -> None:
        """Close the run as cancelled."""
        self._close()

    def _close(self, *more: str) -> None:
        """Store how the run ended."""
        self.task.finished = clock.now()
        self.task.save(update_fields=["status", "finished", *more])


class StepActivation(WaitingActivation):
    """The run of a step: opens its tasks when it is reached."""

    @Activation.status.super()  # type: ignore[untyped-decorator]
    def activate(self) -> None:
        """Write the routing rows by which the holders find the step in their in-box."""
        runs.store(self.process)
        step, case = self.flow_task, self.process.case
        tasks.route(
            case,
            tasks.Routing.of(step, case),
            engine_task=self.task,
            former=tasks.former_holder(case, step.name) if self.task.data.get("again") else None,
        )


class Step(Handle):
    """A node in which somebody performs one act of the case (one of several, if it decides).

    In: the names of the acts; `role` and `at` — the case's property that gives the unit — to
    whom the task is addressed; `title`; `law`; `term`, the rule whose due date the task shows, or
    with `awaits_term` somebody else's, which must be met or over before the act is done;
    `holders`, the case's property that lists people who must perform the act; `signing`, how
    they decide together (all of them, if none is said); `returns`, where it may be sent back to;
    `recall`, whether who did this step may take it back while nobody has begun the next, or the
    name of the act by which the law goes back with it;
    `batch`, acts that may be done for many cases at once; `also` and `never`, operations allowed
    beyond the standard ones, and standard ones that are not.
    """

    activation_class = StepActivation

    def __init__(
        self,
        *acts: str,
        role: str,
        at: str,
        title: str,
        law: str,
        term: Any = None,
        awaits_term: bool = False,
        holders: str = "",
        signing: Signing | None = None,
        returns: Sequence[Return] = (),
        recall: bool | str = False,
        batch: Sequence[str] = (),
        also: Iterable[Operation] = (),
        never: Iterable[Operation] = (),
    ) -> None:
        super().__init__()
        self.acts = acts
        self.role = role
        self.at = at
        self.law = law
        self.term = term
        self.awaits_term = awaits_term
        self.holders = holders
        self.signing = signing
        self.returns = tuple(returns)
        self.recall = bool(recall)
        self.recall_act = recall if isinstance(recall, str) else ""
        self.batch = tuple(batch)
        self.operations = (STANDARD | set(also) | self._derived()) - set(never)
        self.Annotation(title=title)

    def _derived(self) -> set[Operation]:
        """Return the operations that follow from what else is declared of the step."""
        derived = set()
        if self.returns:
            derived.add(Operation.SEND_BACK)
        if self.recall:
            derived.add(Operation.TAKE_BACK)
        if self.batch:
            derived.add(Operation.BATCH)
        if self.signing is not None:
            derived.add(Operation.ADD_ALONGSIDE)
        return derived

    def unit_of(self, case: Case) -> Unit:
        """Return the unit to whose post the task is addressed."""
        unit: Unit = getattr(case, self.at)
        return unit

    def holders_of(self, case: Case) -> Iterable[User]:
        """Return the people who must all perform the act; none where the post is enough."""
        return getattr(case, self.holders) if self.holders else ()

    def return_to(self, node: str) -> Return | None:
        """Return the declared way back to a node, or None where there is none."""
        return next((way for way in self.returns if way.to == node), None)


class Rest(Handle):
    """A node at which nobody has anything to do, until an act from outside leads on (`diverts`).

    In: the names of the acts that lead on, by a person or by the law itself (a document in force
    comes to its evaluation on its day); `title`.
    """

    activation_class = WaitingActivation
    returns: tuple[Return, ...] = ()

    def __init__(self, *acts: str, title: str) -> None:
        super().__init__()
        self.acts = acts
        self.Annotation(title=title)
