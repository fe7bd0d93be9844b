"""退回 and 收回: send a case back to a step that was really done, or take back what one sent."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

from permissions.models import User
from workflows import door, flows, tasks
from workflows.flows import moving, runs
from workflows.flows.steps import Return
from workflows.models.tasks import DECIDING, Draft, Task, TaskKind, TaskState
from workflows.operations.guard import Scene, enter, record_refusal, write
from workflows.parameters import Parameter
from workflows.refusals import Refusal, RefusedByLaw, RefusedByState
from workflows.telling import tell_holder
from workflows.vocabulary import Operation

MOST_RETURNS: Parameter[int] = Parameter(
    "workflows.most_returns", "同一环节最多退回次数", 3, "内部管理，无法定标准", "design"
)


MODES = {
    "stepwise": "逐级重走：其后各环节重新办理",
    "direct": "改后直达：办理后直接回到退回的环节",
}


@dataclass(frozen=True)
class Target:
    """A step to which a task may be sent back: its name and title, who did it, which modes."""

    node: str
    title: str
    done_by: str
    way: Return

    @property
    def modes(self) -> list[tuple[str, str]]:
        """Return the modes that may be chosen, with their meaning."""
        return [(mode, text) for mode, text in MODES.items() if getattr(self.way, mode)]


def targets(task: Task) -> list[Target]:
    """Return the steps to which this task may go back now: declared, and really done in the case.

    Not one that is being done at this moment on the same way, nor one of another branch.
    """
    case = task.case
    step = flows.step_of(case, task.node)
    if step is None or task.engine_task is None:
        return []
    active = {open_task.flow_task.name for open_task in moving.open_tasks(case)}
    found = []
    for way in step.returns:
        run = moving.last_run(case, way.to, task.engine_task.token)
        if run is None or way.to in active - {task.node}:
            continue
        if not way.act and _state_at(case, run) != case.state:
            continue
        rows = Task.objects.filter(engine_task=run, state=TaskState.DONE).select_related(
            "closed_by", "closed_for"
        )
        names = "、".join(row.closed_by_name for row in rows)
        found.append(Target(way.to, str(run.flow_task.task_title), names, way))
    return found


def _state_at(case: Any, run: Any) -> str:
    """Return in which state the case was when a run of a step began."""
    row = Task.objects.filter(engine_task=run).order_by("pk").first()
    return row.case_state if row else ""


def send_back(
    task: Task, *, by: User, reason: str, to: str, direct: bool = False, **facts: Any
) -> Task:
    """退回: send the case back to a step that was really done; what lies between is cancelled.

    In: the task; who sends it back and why; the step's name; `direct`, whether it comes straight
    back (改后直达) or goes through every step again (逐级重走); the facts of the act by which the
    law follows, where one is declared. The clock of the case runs on. Returns the closed task.
    """
    try:
        with transaction.atomic():
            scene = enter(Operation.SEND_BACK, task, by)
            target = _target(scene, to, direct, reason)
            move = partial(
                moving.go_back,
                origin=scene.task.engine_task,
                node=to,
                direct=direct,
                reason=f"因退回取消：{reason}",
            )
            outcome = f"退回：{target.title}（{'改后直达' if direct else '逐级重走'}）"
            if target.way.act:
                passage = door.Passage(
                    Operation.SEND_BACK, move, scene.task, TaskState.RETURNED, outcome
                )
                door.perform(
                    scene.case, target.way.act, by=by, opinion=reason, through=passage,
                    direct=direct, **facts,
                )  # fmt: skip
            else:
                tasks.close(scene.task, TaskState.RETURNED, by=by, outcome=outcome, reason=reason)
                move(scene.case)
                tasks.participate(scene.case, by)
                tasks.refresh_due_dates(scene.case)
                write(scene, {"退回至": target.title, "方式": outcome}, reason)
            _tell_receivers(scene, target, reason)
    except Refusal as refusal:
        record_refusal(Operation.SEND_BACK, task.case, by, refusal)
        raise
    return Task.objects.get(pk=task.pk)


def _target(scene: Scene, to: str, direct: bool, reason: str) -> Target:
    """Return the chosen target, or say why it cannot be."""
    if not reason.strip():
        raise RefusedByLaw("请填写退回原因。")
    target = next((found for found in targets(scene.task) if found.node == to), None)
    if target is None:
        raise RefusedByState("只能退回本案中确已办结、且允许退回的环节。")
    if not (target.way.direct if direct else target.way.stepwise):
        raise RefusedByLaw(f"退回“{target.title}”不能选择该方式。")
    most = MOST_RETURNS.on(scene.case.today())
    earlier = Task.objects.of_case(scene.case).filter(
        node=scene.task.node, state=TaskState.RETURNED
    )
    if earlier.count() >= most:
        raise RefusedByLaw(f"本环节已退回{most}次，不能再退回，请作出决定。")
    return target


def _tell_receivers(scene: Scene, target: Target, reason: str) -> None:
    """Tell whoever now has the case again."""
    for row in Task.objects.of_case(scene.case).open().filter(node=target.node):
        tell_holder(row, f"“{row.case_title}”由{scene.by.full_name}退回“{row.title}”：{reason}")


def take_back(task: Task, *, by: User, reason: str = "") -> Task:
    """收回: take back what one sent, while nobody has opened, claimed or decided the next step.

    In countersigning only one's own vote, while the step is open. What changed the law goes back
    by the act that the step declares for it; without one, and where it went out, it stays.
    """
    reason = reason.strip()
    try:
        with transaction.atomic():
            scene = enter(Operation.TAKE_BACK, task, by)
            told, move = _way_back(scene)
            act = scene.step.recall_act if scene.step else ""
            if act:
                passage = door.Passage(Operation.TAKE_BACK, move)
                door.perform(
                    scene.case, act, by=by, opinion=reason, through=passage,
                    done_by=scene.task.closed_by,
                )  # fmt: skip
            else:
                move(scene.case)
                tasks.participate(scene.case, by)
                write(scene, {"收回": told}, reason)
    except Refusal as refusal:
        record_refusal(Operation.TAKE_BACK, task.case, by, refusal)
        raise
    return Task.objects.get(pk=task.pk)


def _way_back(scene: Scene) -> tuple[str, Callable[[Any], None]]:
    """Return in words what is taken back, and what the flow does then; refuse what may not be."""
    task = scene.task
    run = task.engine_task
    if run is None:
        raise RefusedByState("该环节不能收回。")
    if run.finished is None:
        return "本人在会签中的表态", partial(_speak_again, task=task, by=scene.by)
    rows = Task.objects.filter(engine_task=run, state=TaskState.DONE, kind__in=DECIDING)
    if rows.filter(is_void=False).count() > 1:
        raise RefusedByState("该环节由几人共同办理，已有结果，不能再收回本人的表态。")
    return task.title, partial(_do_again, task=task, left=_successors(scene, run), by=scene.by)


def _speak_again(case: Any, *, task: Task, by: User) -> None:
    """Let one of several holders say it anew; what he asked for is closed, who signs too stays."""
    reason = f"{by.full_name}收回表态"
    tasks.close_children(task, TaskState.RECALLED, reason=reason, spare=[TaskKind.ALONGSIDE])
    _keep_opinion(tasks.again(task), task)


def _do_again(case: Any, *, task: Task, left: list[Any], by: User) -> None:
    """Put the case back on the step, with the former opinion as a draft."""
    moving.take_back(case, task.engine_task, left, reason=f"被{by.full_name}收回")
    for row in Task.objects.of_case(case).open().filter(node=task.node):
        _keep_opinion(row, task)


def _successors(scene: Scene, run: Any) -> list[Any]:
    """Return the engine's tasks that came of this run, if none of them was begun.

    Joins of its branch through which the case has gone since are among them.
    """
    case = scene.case
    by_act = bool(scene.step and scene.step.recall_act)
    if not by_act and _state_at(case, run) != case.state:
        raise RefusedByState("该环节的办理已经改变案件状态，不能收回；需要更正的请按规定另行办理。")
    active = moving.open_tasks(case)
    after = [found for found in active if _comes_of(found, run)]
    if not after:
        raise RefusedByState("下一环节已经办理，不能收回。")
    # In one of several branches it may have been done already: that run is over, not active.
    over = [found for found in moving.runs_after(case, run) if _comes_of(found, run)]
    rows = Task.objects.filter(engine_task__in=[*after, *over])
    for row in rows.select_related("holder", "closed_by"):
        if row.closed_at or row.opened_at or (row.claimed_at and not row.is_personal):
            who = row.closed_by or row.holder
            name = who.full_name if who else row.addressee
            raise RefusedByState(f"下一环节“{row.title}”已由{name}打开或者办理，不能收回。")
    return [*after, *(found for found in over if moving.waits_for(found, run))]


def _comes_of(found: Any, run: Any) -> bool:
    """Tell whether a waiting run was reached from another one without a step between."""
    return any(
        before.pk == run.pk
        or (not isinstance(before.flow_task, flows.Step) and _comes_of(before, run))
        for before in runs.before(found)
    )


def _keep_opinion(row: Task, former: Task) -> None:
    """Keep the former opinion as a draft of whoever does the step again."""
    if row.holder_id is None or not former.opinion:
        return
    step = flows.step_of(row.case, row.node)
    for name in step.acts if step else ():
        Draft.objects.update_or_create(
            user_id=row.holder_id,
            content_type_id=row.content_type_id,
            object_id=row.object_id,
            act=name,
            defaults={"fields": {"opinion": former.opinion}},
        )
