"""Store the engine's runs of one move together, where the flow comes to rest.

The engine stores each node as it is reached, its link to the one before, and the node again as it
is left. Here what a move passes waits in the process until a step is reached or the flow settles:
one statement for the runs, one for the links. Nobody else sees the process meanwhile, because
whoever moves it holds the lock of the case.
"""

from typing import Any

from viewflow.workflow import STATUS
from viewflow.workflow.activation import Activation
from viewflow.workflow.models import Task as EngineTask

from audit import clock

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
        process = prev_activation.process
        run = _run(flow_task, process, token=token, data=data or {})
        activation: Any = cls(run)  # type: ignore[call-arg]
        activation.came_from = prev_activation.task
        activation.place = _wait(process, run, prev_activation.task)
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
    _wait(process, run, None)
    return start.activation_class(run)


def store(process: Any) -> None:
    """Write the runs that wait, in order, and their links to those before."""
    waiting = process.__dict__.pop(_WAITING, [])
    if not waiting:
        return
    EngineTask.objects.bulk_create([run for run, _ in waiting])
    link = EngineTask.previous.through
    link.objects.bulk_create(
        [link(from_task=run, to_task=before) for run, before in waiting if before is not None]
    )
    process.__dict__.setdefault(_STORED, []).extend(run.flow_task for run, _ in waiting)


def reached(process: Any) -> list[Any]:
    """Store what waits; return the nodes reached since this was asked last."""
    store(process)
    nodes: list[Any] = process.__dict__.pop(_STORED, [])
    return nodes


def _run(node: Any, process: Any, **facts: Any) -> Any:
    """Return a run that is not stored yet."""
    return EngineTask(flow_task=node, flow_task_type=node.task_type, process=process, **facts)


def _wait(process: Any, run: Any, before: Any) -> int:
    """Let a run wait to be stored; return its place."""
    waiting: list[Any] = process.__dict__.setdefault(_WAITING, [])
    waiting.append((run, before))
    return len(waiting)
