"""Move running cases to a changed flow: a plan, a verdict for each case, and the way back.

A changed flow is a new class with a higher `version`; a running case keeps the one it began with.
Only where a plan says so, and the case can go on under the new flow exactly where it stands, is it
moved; otherwise it stays and the reason is told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from viewflow.workflow import PROCESS
from viewflow.workflow.models import Task as EngineTask

from audit import clock
from audit.recording import record
from permissions.models import Unit
from workflows.flows.base import CaseFlow, all_flows
from workflows.flows.gateways import OVER, segments
from workflows.flows.steps import Step
from workflows.lifecycle import Case
from workflows.models.operations import FlowMove
from workflows.models.tasks import Task, TaskState
from workflows.refusals import RefusedByState


@dataclass(frozen=True)
class Plan:
    """A migration plan: from which flow to which, and what a renamed node is called now."""

    old: type[CaseFlow]
    new: type[CaseFlow]
    mapped: Mapping[str, str] = field(default_factory=dict)

    def node(self, name: str) -> Any:
        """Return the node of the new flow that takes the place of one of the old; None if none."""
        wanted = self.mapped.get(name, name)
        return next((n for n in self.new.instance.nodes() if n.name == wanted), None)


@dataclass(frozen=True)
class Verdict:
    """What a plan means for one case: where it would stand, or why it must stay."""

    case: Case
    nodes: tuple[tuple[str, str], ...] = ()
    reason: str = ""

    @property
    def can_move(self) -> bool:
        """Tell whether nothing stands against moving the case."""
        return not self.reason


def dry_run(plan: Plan) -> list[Verdict]:
    """Return a verdict for every running case of the old flow; nothing is written."""
    return [_verdict(plan, case) for case in _running(plan.old)]


def carry_out(plan: Plan, *, reason: str) -> list[Verdict]:
    """Move every case that can be moved, each in its own transaction with its own entry."""
    told = []
    for case in _running(plan.old):
        with transaction.atomic():
            fresh = _locked(case)
            verdict = _verdict(plan, fresh)
            if verdict.can_move:
                _move(plan, fresh, verdict, reason)
            told.append(verdict)
    return told


def undo(plan: Plan, *, reason: str) -> list[Verdict]:
    """Move cases back that a plan moved, as long as they still stand where they were put."""
    told = []
    moves = FlowMove.objects.filter(old=_name(plan.old), new=_name(plan.new), undone_at=None)
    for move in moves:
        with transaction.atomic():
            told.append(_move_back(plan, move, reason))
    return told


def _running(flow: type[CaseFlow]) -> Iterator[Case]:
    """Yield the cases that run under a flow."""
    rows = flow.case_class._default_manager.filter(closed_on=None).select_related("process", "unit")
    for case in rows.order_by("pk"):
        process = case.process
        is_over = process is None or process.status in {PROCESS.DONE, PROCESS.CANCELED}
        if not is_over and process.flow_class is flow:  # type: ignore[union-attr]
            yield case


def _locked(case: Case) -> Case:
    """Return the case read again under its row lock."""
    rows = type(case)._default_manager.select_for_update(of=("self",))
    found: Case = rows.select_related("process", "unit").get(pk=case.pk)
    return found


def _open(case: Case) -> list[Any]:
    """Return the engine's tasks of a case that are not over."""
    return list(
        EngineTask.objects.filter(process_id=case.process_id)
        .exclude(status__in=OVER)
        .order_by("pk")
    )


def _verdict(plan: Plan, case: Case) -> Verdict:
    """Say where a case would stand under the new flow, or what stands against it."""
    places = []
    scopes = plan.new.scopes()
    for task in _open(case):
        name = task.flow_task.name
        node = plan.node(name)
        if node is None:
            title = task.flow_task.task_title
            return Verdict(case, reason=f"新流程没有“{title}”环节，也未指定对应环节")
        if type(node) is not type(task.flow_task):
            return Verdict(case, reason=f"“{node.task_title}”与原环节的类型不同")
        if len(scopes.get(node.name, ())) != len(segments(task.token)) - 1:
            return Verdict(case, reason=f"“{node.task_title}”在新流程中不在同一分支层次")
        if isinstance(node, Step) and not _is_lawful(case, node):
            what = f"案件现为“{case.state_label}”，“{node.task_title}”没有可以办理的行为"
            return Verdict(case, reason=what)
        places.append((name, node.name))
    return Verdict(case, tuple(places))


def _is_lawful(case: Case, step: Step) -> bool:
    """Tell whether an act of the step is lawful in the state of the case."""
    acts = case.acts()
    return any(name in acts and case.state in acts[name].sources for name in step.acts)


def _move(plan: Plan, case: Case, verdict: Verdict, reason: str) -> None:
    """Point process, engine tasks and routing rows of a case to the new flow."""
    engine_tasks = list(EngineTask.objects.filter(process_id=case.process_id).order_by("pk"))
    before = {str(task.pk): task.flow_task.name for task in engine_tasks if task.flow_task}
    nodes = {}
    for task in engine_tasks:
        if task.flow_task is not None and (node := plan.node(task.flow_task.name)) is not None:
            nodes[task.flow_task.name] = node.name
            EngineTask.objects.filter(pk=task.pk).update(flow_task=node)
    _point(case, plan.new, nodes)
    FlowMove.objects.create(
        content_type=case.content_type(),
        object_id=case.pk,
        old=_name(plan.old),
        new=_name(plan.new),
        nodes=nodes,
        before=before,
    )
    _record(case, "迁移流程版本", reason, plan.old, plan.new, verdict.nodes)


def _move_back(plan: Plan, move: FlowMove, reason: str) -> Verdict:
    """Put one case back under the old flow, if it has not gone on since."""
    case = _locked(move.case)
    engine_tasks = list(EngineTask.objects.filter(process_id=case.process_id).order_by("pk"))
    new_ones = [task for task in engine_tasks if str(task.pk) not in move.before]
    if new_ones or case.is_closed:
        return Verdict(case, reason="迁移后已经继续办理，不能退回原流程")
    old_nodes = {node.name: node for node in plan.old.instance.nodes()}
    back = {}
    for task in engine_tasks:
        name = move.before[str(task.pk)]
        if task.flow_task is not None and task.flow_task.name != name:
            back[task.flow_task.name] = name
        EngineTask.objects.filter(pk=task.pk).update(flow_task=old_nodes[name])
    _point(case, plan.old, back)
    FlowMove.objects.filter(pk=move.pk).update(undone_at=clock.now())
    places = tuple((new, old) for new, old in back.items())
    _record(case, "撤销流程迁移", reason, plan.new, plan.old, places)
    return Verdict(case, places)


def _point(case: Case, flow: type[CaseFlow], nodes: Mapping[str, str]) -> None:
    """Write the flow of a case, and address its rows as the flow's steps say."""
    process: Any = case.process
    process.flow_class = flow
    process.save(update_fields=["flow_class"])
    for row in Task.objects.of_case(case):
        step = flow.step(nodes.get(row.node, row.node))
        if step is None:
            continue
        row.node = step.name
        if row.is_open:
            _address(row, step, step.unit_of(case))
        row.save(update_fields=["node", "title", "role", "unit", "holder", "state", "claimed_at"])


def _address(row: Task, step: Step, unit: Unit) -> None:
    """Address an open row as the step says; a holder who has not that post gives it back."""
    row.title = str(step.task_title)
    if (row.role, row.unit_id) == (str(step.role), unit.pk) or row.is_personal:
        return
    row.role, row.unit = str(step.role), unit
    row.holder, row.claimed_at, row.state = None, None, TaskState.READY


def _name(flow: type[CaseFlow]) -> str:
    """Return by which name a flow is kept."""
    return f"{flow.__module__}.{flow.__qualname__}"


def _record(
    case: Case,
    label: str,
    reason: str,
    old: type[CaseFlow],
    new: type[CaseFlow],
    nodes: tuple[tuple[str, str], ...],
) -> None:
    record(
        "workflows.move_flow",
        label,
        subject=case,
        subject_title=case.title,
        before={"流程": _name(old), "版本": old.version},
        after={"流程": _name(new), "版本": new.version, "环节": [list(pair) for pair in nodes]},
        reason=reason,
    )


def flow_named(name: str) -> type[CaseFlow]:
    """Return the declared flow of that class name; refuse where there is none."""
    known = {flow.__name__: flow for flow in all_flows()}
    if name not in known:
        raise RefusedByState(f"没有流程{name}；现有：{'、'.join(sorted(known))}。")
    return known[name]
