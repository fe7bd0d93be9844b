"""Say who works next: the base of every flow, and the step that performs one act.

The engine is viewflow's (nodes, tokens, gateways, chart); its pages, lists and permission
checks are not used. A flow never writes a state: the door does the act and then advances it.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from viewflow.workflow import STATUS
from viewflow.workflow import flow as engine
from viewflow.workflow.activation import Activation
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.models import Task as EngineTask
from viewflow.workflow.nodes.handle import Handle, HandleActivation

from permissions.models import Unit, User
from workflows import tasks
from workflows.lifecycle import Case
from workflows.models.tasks import Task


class StepActivation(HandleActivation):
    """The run of a step: opens its tasks when it is reached."""

    @Activation.status.super()  # type: ignore[untyped-decorator]
    def activate(self) -> None:
        """Write the routing rows by which the holders find the step in their in-box."""
        step, case = self.flow_task, self.process.case
        tasks.route(
            case,
            node=step.name,
            title=step.task_title,
            role=step.role,
            unit=step.unit_of(case),
            term_code=step.term.code if step.term else "",
            holders=step.holders_of(case),
            engine_task=self.task,
        )


class Step(Handle):
    """A node in which somebody performs one act of the case (one of several, if it decides).

    In: the names of the acts; `role` and `at` — the case's property that gives the unit — to
    whom the task is addressed; `title`; `law`; `term`, the rule whose due date the task shows;
    `holders`, the case's property that lists people who must all perform the act.
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
        holders: str = "",
    ) -> None:
        super().__init__()
        self.acts = acts
        self.role = role
        self.at = at
        self.law = law
        self.term = term
        self.holders = holders
        self.Annotation(title=title)

    def unit_of(self, case: Case) -> Unit:
        """Return the unit to whose post the task is addressed."""
        unit: Unit = getattr(case, self.at)
        return unit

    def holders_of(self, case: Case) -> Iterable[User]:
        """Return the people who must all perform the act; none where the post is enough."""
        return getattr(case, self.holders) if self.holders else ()


class CaseFlow(engine.Flow):
    """Base of the flow of a kind of case; `case_class` names the kind."""

    case_class: ClassVar[type[Case]]
    # The default lock of the engine locks nothing; waiting beats failing at once (and both
    # are asked only after the door has locked the case itself).
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    @classmethod
    def nodes_in_order(cls) -> list[Any]:
        """Return the nodes in order of declaration; the engine keeps them by name."""
        places = list(vars(cls))
        return sorted(cls.instance.nodes(), key=lambda node: places.index(node.name))

    @classmethod
    def steps(cls) -> list[Step]:
        """Return the steps in order of declaration."""
        return [node for node in cls.nodes_in_order() if isinstance(node, Step)]

    @classmethod
    def steps_of(cls, act: str) -> list[Step]:
        """Return the steps in which the act can be performed."""
        return [step for step in cls.steps() if act in step.acts]


def flow_of(model: type[Case]) -> type[CaseFlow] | None:
    """Return the flow of a kind of case, or None where it has none."""
    for flow in CaseFlow.__subclasses__():
        if flow.case_class is model:
            return flow
    return None


def begin(case: Case) -> None:
    """Start the case's flow and reach its first steps."""
    flow = flow_of(type(case))
    if flow is None:
        return
    start = flow.instance.start
    activation = start.activation_class.create(start, None, None)
    activation.process.case = case
    activation.process.artifact = case
    activation.execute()
    case.process = activation.process
    type(case).objects.filter(pk=case.pk).update(process=activation.process)


def advance(case: Case, task: Task) -> None:
    """Move the flow on after a task was done, unless others must still do theirs."""
    if task.engine_task_id is None:
        return
    if Task.objects.open().filter(engine_task=task.engine_task_id).exists():
        return
    engine_task = EngineTask.objects.select_related("process").get(pk=task.engine_task_id)
    activation = engine_task.flow_task.activation_class(engine_task)
    activation.process.case = case
    activation.run(None)
    activation.execute()


def end(case: Case, *, reason: str) -> None:
    """Cancel what is still open in the flow of a case that is over."""
    tasks.cancel_open(case, reason=reason)
    process = case.process
    if process is None or process.status in {STATUS.DONE, STATUS.CANCELED}:
        return
    flow_of(type(case)).instance.cancel(process)  # type: ignore[union-attr]
