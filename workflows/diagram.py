"""Show where a case stands: on the bar of its stages and on the diagram of its flow."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from viewflow.workflow import STATUS, chart
from viewflow.workflow.models import Task as EngineTask
from viewflow.workflow.nodes.if_gate import If

from audit import clock
from workflows import tasks
from workflows.flows import CaseFlow, Rest, Step, flow_of_case
from workflows.lifecycle import Case
from workflows.models.tasks import Task, TaskState

MARGIN = 12


@dataclass(frozen=True)
class StageMark:
    """A stage on the bar: done, current, left out or still to come."""

    title: str
    mark: str
    label: str


@dataclass(frozen=True)
class Box:
    """A node of the diagram: kind (step, gateway, start, end), place and size in pixels."""

    name: str
    title: str
    kind: str
    x: int
    y: int
    width: int
    height: int
    mark: str = ""
    mark_label: str = ""
    told: tuple[str, ...] = ()

    @property
    def middle(self) -> tuple[int, int]:
        """Return the centre of the box."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True)
class Arrow:
    """An edge of the diagram: the points it runs through, and its words."""

    points: str
    label: str
    label_x: int
    label_y: int


@dataclass(frozen=True)
class Drawing:
    """A diagram ready to be drawn: size in pixels, boxes and arrows."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    version: int = 1


LABELS = {
    "done": "已办",
    "current": "正在办理",
    "skipped": "已跳过",
    "left_out": "未经过",
    "future": "尚未到达",
}


def stage_bar(case: Case, passed: Collection[str]) -> list[StageMark]:
    """Return the stages of the case's kind, marked by its present state and those it passed.

    A stage that others have behind them may have been left out here: not every title was warned.
    """
    last = len(case.STAGES) if case.is_closed else 0
    current = next((n for n, stage in enumerate(case.STAGES) if case.state in stage.states), last)
    marks = []
    for place, stage in enumerate(case.STAGES):
        if case.state in stage.states:
            mark = "done" if case.is_closed else "current"
        elif place < current:
            mark = "done" if stage.states & set(passed) else "left_out"
        else:
            mark = "future"
        marks.append(StageMark(stage.title, mark, LABELS[mark]))
    return marks


def drawing(case: Case, rows: Sequence[Task] | None = None) -> Drawing | None:
    """Return the diagram of the flow under which the case runs; None without a flow.

    Each box is marked and tells who was there and when; `rows` are the tasks of the case, where
    they were read already (`tasks.all_of`).
    """
    flow = flow_of_case(case)
    if flow is None:
        return None
    rows = tasks.all_of(case) if rows is None else rows
    marks, told = _marks(case, rows), _told(rows)
    plain = _layout(flow)
    boxes = tuple(
        Box(
            **{
                **vars(box),
                "mark": mark,
                "mark_label": LABELS[mark],
                "told": tuple(told.get(box.name, ())),
            }
        )
        for box in plain.boxes
        for mark in [marks.get(box.name, "future")]
    )
    return Drawing(plain.width, plain.height, boxes, plain.arrows, flow.version)


def plain_drawing(flow: type[CaseFlow]) -> Drawing:
    """Return the diagram of a flow without a case."""
    return _layout(flow)


def _marks(case: Case, rows: Iterable[Task]) -> dict[str, str]:
    """Tell for each node of the case's flow whether it was done, is being done or was skipped.

    What was done before the flow was led anew (an objection, an appeal) stands in the tasks.
    """
    if case.process_id is None:
        return {}
    done = [row.node for row in rows if row.state == TaskState.DONE and not row.is_void]
    marks = dict.fromkeys(done, "done")
    skipped = {row.engine_task_id for row in rows if row.state == TaskState.SKIPPED}
    for task in EngineTask.objects.filter(process_id=case.process_id).order_by("pk"):
        if task.flow_task is None:
            continue
        if task.status != STATUS.CANCELED:
            marks[task.flow_task.name] = "done" if task.status == STATUS.DONE else "current"
        elif task.pk in skipped:
            marks[task.flow_task.name] = "skipped"
    return marks


def _told(rows: Iterable[Task]) -> dict[str, list[str]]:
    """Tell for each step who did it and when, or who is to do it."""
    told: dict[str, list[str]] = {}
    for row in rows:
        if row.node == Task.START:
            continue
        if row.is_open:
            line = f"{row.addressee}，{row.get_state_display()}"
        elif row.closed_at and row.state in {TaskState.DONE, TaskState.SKIPPED}:
            day = row.closed_at.astimezone(clock.PLACE)
            who = row.closed_by_name or row.close_reason
            line = f"{who}，{day:%Y-%m-%d %H:%M}，{row.outcome or row.get_state_display()}"
            line += "（已失效）" if row.is_void else ""
        else:
            continue
        told.setdefault(row.node, []).append(line)
    return told


_laid_out: dict[str, Drawing] = {}


def _layout(flow: type[CaseFlow]) -> Drawing:
    """Return the places of a flow's nodes and edges, worked out once for each process."""
    if flow.__qualname__ not in _laid_out:
        _laid_out[flow.__qualname__] = _placed(flow)
    return _laid_out[flow.__qualname__]


def _placed(flow: type[CaseFlow]) -> Drawing:
    """Let the engine place the nodes of a flow and route its edges."""
    grid = chart.calc_layout_data(flow)
    boxes = tuple(
        Box(
            cell.node.name,
            str(cell.node.task_title),
            node_kind(cell.node),
            cell.shape.x,
            cell.shape.y,
            cell.shape.width,
            cell.shape.height,
        )
        for cell in grid.cells
    )
    arrows = tuple(_arrow(edge) for edge in grid.edges if edge.segments)
    return Drawing(grid.width + MARGIN, grid.height + MARGIN, boxes, arrows)


def node_kind(node: Any) -> str:
    """Tell a step, a rest, a gateway, the start and the end apart."""
    if isinstance(node, Step):
        return "step"
    if isinstance(node, Rest):
        return "rest"
    if node.task_type in {"START", "END"}:
        return str(node.task_type).lower()
    return "gateway"


def _arrow(edge: Any) -> Arrow:
    label = _answer(edge)
    x, y = edge.label_pos or edge.segments[0]
    points = " ".join(f"{int(x)},{int(y)}" for x, y in edge.segments)
    return Arrow(points, label, int(x), int(y))


def _answer(edge: Any) -> str:
    """Return the Chinese answer on an edge that leaves a gateway."""
    if isinstance(edge.src, If):
        return {"cond_true": "是", "cond_false": "否"}.get(edge.edge_class, "")
    return ""
