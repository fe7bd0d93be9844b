"""Move a flow: begin, advance, settle, go back, go elsewhere, end.

The caller holds the lock of the case. Every function leaves the flow settled: no join waits whose
branches are all over, and a flow with nothing left to do is finished.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from viewflow.workflow import PROCESS, STATUS
from viewflow.workflow.models import Task as EngineTask
from viewflow.workflow.token import Token

from audit import clock
from workflows import tasks
from workflows.flows import runs
from workflows.flows.base import flow_of, flow_of_case, step_of
from workflows.flows.gateways import OVER, Join, are_related, segments
from workflows.flows.steps import Step
from workflows.lifecycle import Case
from workflows.models.tasks import Task, TaskState
from workflows.refusals import RefusedByState


def prepare(case: Case) -> None:
    """Give a case, which its caller stores, a process of the newest flow of its kind."""
    flow = flow_of(type(case))
    if flow is not None:
        case.process = flow.process_class(flow_class=flow)
        case.process.save()


def begin(case: Case) -> None:
    """Reach the first steps of the flow that was prepared for the case."""
    process, flow = case.process, flow_of_case(case)
    if process is None or flow is None:
        return
    process.case = case
    runs.start_of(process, flow.instance.start).activate_next()
    settle(case)


def advance(case: Case, task: Task, still_open: Sequence[Task]) -> None:
    """Move the flow on after a task was done, unless others must still do theirs.

    In: the case, the task, and the other open tasks of the case.
    """
    engine_task = task.engine_task
    if engine_task is None:
        return
    step: Step = engine_task.flow_task
    rest = [row for row in still_open if row.engine_task_id == engine_task.pk]
    passed = _result(step, engine_task, case, rest)
    if passed is None:
        return
    if rest:
        tasks.close_rest(engine_task, reason=f"{step.task_title}已有结果")
    engine_task.data = {**engine_task.data, "passed": passed}
    activation = _activation(engine_task, case)
    activation.run(None)
    resume = engine_task.data.get("resume")
    if resume:
        activation.complete()
        _place(case, activation, resume)
    else:
        activation.execute()
    settle(case)


def _result(step: Step, engine_task: Any, case: Case, rest: Iterable[Task]) -> bool | None:
    """Return what the holders of a step decided; None while somebody must still speak."""
    # Who signs after a holder that has not spoken yet (WAITING) holds up nobody else's result.
    after = [row for row in rest if row.kind == Task.Kind.AFTER]
    if any(row.state != TaskState.WAITING for row in after):
        return None
    silent = tasks.turns_left(engine_task)
    if step.signing is None:
        return None if silent or any(row.decides for row in rest) else True
    rows = Task.objects.filter(engine_task=engine_task, is_void=False).order_by("pk")
    deciding = [row for row in rows if row.decides and row.state != TaskState.CANCELLED]
    done = [row for row in deciding if row.state == TaskState.DONE]
    done.sort(key=lambda row: (row.closed_at, row.pk))
    result = step.signing.result([row.verdict for row in done], len(deciding) + len(silent))
    if result is None and silent and len(done) == len(deciding):
        tasks.open_next_turn(case, step, engine_task)
    return result


def settle(case: Case) -> None:
    """Let every join go on whose branches are all over, until nothing changes any more.

    Where a step was just reached and the flow has no join, there is nothing to do.
    """
    flow, process = flow_of_case(case), case.process
    stands = process is not None and any(isinstance(n, Step) for n in runs.reached(process))
    if stands and flow is not None and not flow.has_joins():
        return
    still_open = open_tasks(case)
    while (join := _ready_join(case, still_open)) is not None:
        activation = _activation(join, case)
        activation.is_settling = True
        activation.complete()
        activation.activate_next()
        runs.reached(activation.process)
        still_open = open_tasks(case)
    if process is None or process.status in {PROCESS.DONE, PROCESS.CANCELED}:
        return
    if not still_open:
        process.status, process.finished = PROCESS.DONE, clock.now()
        process.save(update_fields=["status", "finished"])


def _ready_join(case: Case, open_now: Iterable[Any]) -> Any:
    """Return the join to go on with next: the deepest, then the first as declared."""
    still_open = [task for task in open_now if task.flow_task is not None]
    joins = [task for task in still_open if isinstance(task.flow_task, Join)]
    ready = [
        join
        for join in joins
        if not any(
            str(task.token).startswith(join.data["scope"] or "/")
            for task in still_open
            if task.pk != join.pk
        )
    ]
    if not ready:
        return None
    places = [node.name for node in flow_of_case(case).nodes_in_order()]  # type: ignore[union-attr]
    return min(
        ready, key=lambda join: (-len(segments(join.token)), places.index(join.flow_task.name))
    )


def open_tasks(case: Case) -> list[Any]:
    """Return the engine's tasks at which the case now waits, in order of arrival."""
    return list(_open(case))


def _open(case: Case) -> Any:
    """Ask for the engine's tasks of a case that are not over; failed ones are not over."""
    return (
        EngineTask.objects.filter(process_id=case.process_id)
        .exclude(status__in=OVER)
        .select_related("process")
        .order_by("pk")
    )


def last_run(case: Case, node: str, token: Any) -> Any:
    """Return the newest finished run of a step on the way of this token, or None."""
    runs = EngineTask.objects.filter(
        process_id=case.process_id, status=STATUS.DONE, flow_task=step_of(case, node)
    ).order_by("-pk")
    return next((run for run in runs if are_related(run.token, token)), None)


def runs_after(case: Case, run: Any) -> list[Any]:
    """Return the runs of steps and joins that were finished after a run began."""
    done = EngineTask.objects.filter(
        process_id=case.process_id, status=STATUS.DONE, pk__gt=run.pk
    ).order_by("pk")
    return [found for found in done if isinstance(found.flow_task, Step | Join)]


def go_back(case: Case, origin: Any, node: str, *, direct: bool, reason: str) -> None:
    """Put the case back on a step that was really done; what lies after it is cancelled.

    In: the engine's task at which the case is sent back; the step's name; `direct`, whether it
    comes straight back once the step is done again. Sisters of the origin outside the region
    between both steps stay as they are.
    """
    run = last_run(case, node, origin.token)
    region = flow_of_case(case).downstream(node)  # type: ignore[union-attr]
    left = [
        task
        for task in _open(case)
        if task.flow_task.name in region and are_related(task.token, run.token)
    ]
    marking = _marking(left)
    cancel(case, left, reason=reason)
    tasks.mark_void(case, {node, *(name for name, *_ in marking)} if direct else region)
    place = [node, str(run.token), marking if direct else []]
    _place(case, _activation(origin, case), [place])
    settle(case)


def _marking(engine_tasks: Iterable[Any]) -> list[list[Any]]:
    """Return which steps were open, with token and what each would have come straight back to."""
    return [
        [task.flow_task.name, str(task.token), task.data.get("resume", [])]
        for task in engine_tasks
        if not isinstance(task.flow_task, Join)
    ]


def go_to(case: Case, origin: Any, node: str, *, reason: str) -> None:
    """Put the case from where it waits on any other step, with what it carries (重定位)."""
    cancel(case, [origin], reason=reason, state=TaskState.SKIPPED)
    _place(case, _activation(origin, case), [[node, str(origin.token), []]])
    settle(case)


def divert(case: Case, act: str, *, reason: str) -> None:
    """Put the case from where it waits on the step to which an act leads it (`diverts`)."""
    node = flow_of_case(case).diverts[act]  # type: ignore[union-attr]
    left = list(_open(case))
    cancel(case, left, reason=reason)
    _place(case, _activation(left[0], case), [[node, str(left[0].token), []]])
    settle(case)


def take_back(case: Case, run: Any, successors: Iterable[Any], *, reason: str) -> None:
    """Put the case back on a step just done, for the person who did it.

    A join for whose branches the step belongs waits on, or again: who arrived there stays arrived,
    even if the step goes another way this time.
    """
    left = list(successors)
    cancel(case, [task for task in left if not waits_for(task, run)], reason=reason)
    for task in left:
        if isinstance(task.flow_task, Join) and task.status == STATUS.DONE:
            _wait_again(case, task)
    tasks.void_run(run)
    place = [run.flow_task.name, str(run.token), run.data.get("resume", [])]
    _place(case, _activation(run, case), [place])
    settle(case)


def waits_for(task: Any, run: Any) -> bool:
    """Tell whether a run is one of a join whose branches a step belongs to."""
    is_join = isinstance(task.flow_task, Join)
    return is_join and str(run.token).startswith(task.data["scope"] or "/")


def _wait_again(case: Case, join: Any) -> None:
    """Let a join that has gone on, or was ended, wait once more for the same branches."""
    again = type(join)(process=join.process, flow_task=join.flow_task, token=join.token)
    again.data = {"scope": join.data["scope"]}
    again.save()
    again.previous.add(*join.previous.all())
    _activation(again, case).activate()


def _place(case: Case, previous: Any, marking: Iterable[list[Any]]) -> None:
    """Open steps (or rests), each as a new run that follows the given one."""
    flow = flow_of_case(case)
    for name, token, resume in marking:
        place = flow.waiting_place(name)  # type: ignore[union-attr]
        told = {"again": True, **({"resume": resume} if resume else {})}
        activation = place.activation_class.create(place, previous, Token(token), data=told)  # type: ignore[union-attr]
        activation.process.case = case
        activation.activate()


def cancel(
    case: Case, engine_tasks: Iterable[Any], *, reason: str, state: str = TaskState.CANCELLED
) -> None:
    """Cancel runs of the engine with the rows by which people see them."""
    for engine_task in engine_tasks:
        tasks.close_rest(engine_task, reason=reason, state=state)
        _activation(engine_task, case).cancel()


def _activation(engine_task: Any, case: Case) -> Any:
    """Return the activation of an engine's task, which knows the case."""
    if case.process is not None:
        engine_task.process, case.process.case = case.process, case  # type: ignore[attr-defined]
    return engine_task.flow_task.activation_class(engine_task)


def end(case: Case, *, reason: str, last: Task | None = None) -> None:
    """Cancel what is still open in the flow of a case that is over.

    `last`: the task by which it ended, where the caller knows that no other is open.
    """
    if last is None:
        tasks.cancel_open(case, reason=reason)
    process = case.process
    if process is None or process.status in {PROCESS.DONE, PROCESS.CANCELED}:
        return
    left = _left(case, last)
    marking = [[*_marking([task]), task.pk] for task in left if _marking([task])]
    joins = [task.pk for task in left if isinstance(task.flow_task, Join)]
    process.data = {**(process.data or {}), "ended_at": marking, "waited": joins}
    for engine_task in left:
        _activation(engine_task, case).cancel()
    process.status, process.finished = PROCESS.CANCELED, clock.now()
    process.save(update_fields=["status", "finished", "data"])


def _left(case: Case, last: Task | None) -> list[Any]:
    """Return the runs at which the flow still stands; besides tasks only joins wait."""
    flow = flow_of_case(case)
    if last is None or flow is None or flow.has_joins():
        return list(_open(case))
    return [last.engine_task] if last.engine_task else []


def reopen(case: Case) -> None:
    """Put a case that was ended early back on the steps at which it waited (恢复办理)."""
    process = case.process
    marking = (process.data or {}).get("ended_at", []) if process else []
    if process is None or not marking:
        raise RefusedByState("该件没有记载终止前的环节，不能恢复办理。")
    process.status, process.finished = PROCESS.NEW, None
    process.save(update_fields=["status", "finished"])
    for join in EngineTask.objects.filter(pk__in=process.data.get("waited", [])).order_by("pk"):
        _wait_again(case, join)
    for place, key in marking:
        origin = EngineTask.objects.select_related("process").get(pk=key)
        _place(case, _activation(origin, case), [place])
    settle(case)
