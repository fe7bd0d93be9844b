"""Store the engine's runs of one move together, where the flow comes to rest.

The engine stores each node as it is reached, its link to the one before, and the node again as it
is left. Here what a move passes waits in the process until a step is reached or the flow settles,
and is stored by one statement. Nobody else sees the process meanwhile, because whoever moves it
holds the lock of the case. A run says itself after which step or join it came (`data["after"]`);
only a join, which comes after several, has links.
"""

from typing import Any

from django.db.models import Q
from viewflow.workflow import STATUS
from viewflow.workflow.activation import Activation
from viewflow.workflow.models import Task as EngineTask

from audit import clock
from audit.prepared import Storing

_store: Storing[Any] = Storing(EngineTask)
_WAITING, _STORED = "_runs_to_store", "_nodes_reached"


class StoredTogether:
    """An activation whose run is stored with the others of its move."""

    place = 0
    came_from: Any = None

    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None
    ) -> Any:
        """Begin a run that follows another one; `store` writes it."""
        process, before = prev_activation.process, prev_activation.task
        after = before.data.get("after") if isinstance(prev_activation, Passed) else before.pk
        run = _run(flow_task, process, token=token, data={**(data or {}), "after": after})
        activation: Any = cls(run)  # type: ignore[call-arg]
        activation.came_from = before
        activation.place = _wait(process, run)
        return activation

    def __hash__(self) -> int:
        """The engine keeps activations in sets; a run that is not stored yet has no key."""
        return self.place


class Passed(StoredTogether):
    """An activation of a node at which nobody waits."""

    task: Any

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE)  # type: ignore[untyped-decorator]
    def complete(self) -> None:
        """Note when the node was passed."""
        self.task.finished = clock.now()
        if self.task.pk:
            self.task.save(update_fields=["status", "started", "finished"])


def start_of(process: Any, start: Any) -> Any:
    """Return the activation of the start of a process: it is over as soon as it begins."""
    now = clock.now()
    run = _run(start, process, status=STATUS.DONE, started=now, finished=now)
    _wait(process, run)
    return start.activation_class(run)


def store(process: Any) -> None:
    """Write the runs that wait, in order."""
    waiting = process.__dict__.pop(_WAITING, [])
    _store(waiting)
    process.__dict__.setdefault(_STORED, []).extend(run.flow_task for run in waiting)


def reached(process: Any) -> list[Any]:
    """Store what waits; return the nodes reached since this was asked last."""
    store(process)
    nodes: list[Any] = process.__dict__.pop(_STORED, [])
    return nodes


def before(run: Any) -> list[Any]:
    """Return the runs after which a run came."""
    linked = Q(leading=run)
    after = run.data.get("after")
    found = EngineTask.objects.filter(linked | Q(pk=after) if after else linked)
    return list(found.distinct())


def _run(node: Any, process: Any, **facts: Any) -> Any:
    """Return a run that is not stored yet."""
    return EngineTask(flow_task=node, flow_task_type=node.task_type, process=process, **facts)


def _wait(process: Any, run: Any) -> int:
    """Let a run wait to be stored; return its place."""
    waiting: list[Any] = process.__dict__.setdefault(_WAITING, [])
    waiting.append(run)
    return len(waiting)
