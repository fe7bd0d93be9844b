"""Show the in-box: what waits for a person, what he did, what he started."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from audit import clock
from permissions.models import StandIn
from workflows import calendar, operations
from workflows.context import note_waiting
from workflows.flows import flow_of
from workflows.forms import BatchForm, InboxFilter, ReleaseForm
from workflows.lifecycle import case_models, kind_of
from workflows.models.tasks import Task
from workflows.pages import Page, page_of_rows
from workflows.reckoning import Length, reckon
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace

TABS = {"todo": "待办", "unclaimed": "待签收", "done": "已办", "started": "我发起的"}
ORDERS = {
    "todo": ("sorts_on", "pk"),
    "unclaimed": ("sorts_on", "pk"),
    "done": ("-closed_at", "-pk"),
    "started": ("-closed_at", "-pk"),
}
ALONG = ("case_unit", "holder")
SOON = Length.parse("3wd")
"""Within how long a due date counts as near: how the in-box is sorted, not law."""


def rows_of(tab: str, user: Any, today: date, waiting: QuerySet[Task]) -> QuerySet[Task]:
    """Return the tasks of a tab; `waiting`, those that wait for the person."""
    if tab == "unclaimed":
        return waiting.exclude(holder=user)
    if tab == "done":
        return Task.objects.done_by(user, today)
    if tab == "started":
        return Task.objects.started_by(user, today)
    return waiting


def workbench(request: HttpRequest) -> HttpResponse:
    """Show the workbench: the counts and what waits, the most urgent first."""
    today, working_days = clock.today(), calendar.current()
    waiting = Task.objects.awaiting(request.user, today)
    rows = narrowed(waiting, {}, working_days)
    done = Task.objects.done_by(request.user, today).filter(
        closed_at__date__gte=today.replace(day=1)
    )
    return render(
        request,
        "workflows/workbench.html",
        {
            "counts": {**counts(request, waiting, today, working_days), "done": done.count()},
            "page": page_of_rows(rows, "", by=ORDERS["todo"], along=ALONG),
            "today": today,
            "standing_for": request.user.standing_for(today),  # type: ignore[union-attr]
            "stood_in": StandIn.objects.in_force(today).filter(principal=request.user),
            "working_days": working_days,
        },
    )


def inbox(request: HttpRequest, tab: str = "todo") -> HttpResponse:
    """Show one tab of the in-box, filtered, sorted by due date, paged by key."""
    if tab not in TABS:
        raise Http404
    asked = InboxFilter(request.GET)
    wanted = asked.cleaned_data if asked.is_valid() else {}
    today, working_days = clock.today(), calendar.current()
    waiting = Task.objects.awaiting(request.user, today)
    rows = narrowed(rows_of(tab, request.user, today, waiting), wanted, working_days)
    page = page_of_rows(rows, wanted.get("after", ""), by=ORDERS[tab], along=ALONG)
    return render(
        request,
        "workflows/inbox.html",
        {
            "tab": tab,
            "tabs": TABS,
            "counts": counts(request, waiting, today, working_days),
            "page": with_cases(page) if tab == "started" else page,
            "batch_acts": batch_acts(page) if tab == "todo" else {},
            "filter": asked,
            "kinds": [(model.KIND, model._meta.verbose_name) for model in case_models()],
            "today": today,
            "working_days": working_days,
        },
    )


def narrowed(
    rows: QuerySet[Task], wanted: dict[str, Any], working_days: calendar.Calendar
) -> QuerySet[Task]:
    """Apply the filters of the in-box."""
    if wanted.get("kind"):
        rows = rows.filter(case_kind=wanted["kind"])
    if wanted.get("q"):
        words = wanted["q"]
        rows = rows.filter(
            Q(case_title__contains=words)
            | Q(case_number__contains=words)
            | Q(case_unit__name__contains=words)
        )
    return by_light(rows, wanted.get("light", ""), working_days)


def by_light(rows: QuerySet[Task], light: str, working_days: calendar.Calendar) -> QuerySet[Task]:
    """Keep the tasks that show this light."""
    today = clock.today()
    soon = near(today, working_days)
    if light == "red":
        return rows.filter(due_on__lt=today)
    if light == "yellow":
        return rows.filter(due_on__gte=today, due_on__lte=soon)
    if light == "green":
        return rows.filter(Q(due_on__gt=soon) | Q(due_on=None))
    return rows


def near(today: date, working_days: calendar.Calendar) -> date:
    """Return the last day on which a due date counts as near."""
    end: date = reckon(today, SOON, calendar=working_days).due
    return end


def counts(
    request: HttpRequest, waiting: QuerySet[Task], today: date, working_days: calendar.Calendar
) -> dict[str, int]:
    """Return how many rows each open tab has, in one statement; the menu shows the first."""
    user: Any = request.user
    soon = near(today, working_days)
    numbers: dict[str, int] = waiting.aggregate(
        todo=Count("pk"),
        unclaimed=Count("pk", filter=~Q(holder=user)),
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        soon=Count("pk", filter=Q(due_on__gte=today, due_on__lte=soon)),
    )
    note_waiting(request, numbers["todo"])
    return numbers


def with_cases(page: Page[Task]) -> Page[Task]:
    """Read the cases of the shown rows: one statement for each kind among them."""
    wanted: dict[str, set[int]] = {}
    for row in page.rows:
        wanted.setdefault(row.case_kind, set()).add(row.object_id)
    for model in case_models():
        found = model._default_manager.in_bulk(wanted.get(model.KIND, set()))
        for row in page.rows:
            if row.case_kind == model.KIND:
                row.shown_case = found.get(row.object_id)  # type: ignore[attr-defined]
    return page


def batch_acts(page: Page[Task]) -> dict[str, str]:
    """Note on each row which acts its step allows in a batch; return all of them with labels."""
    found: dict[str, str] = {}
    for row in page.rows:
        flow = flow_of(kind_of(row.case_kind))
        step = flow.step(row.node) if flow and row.decides else None
        row.batch_acts = step.batch if step else ()  # type: ignore[attr-defined]
        acts = kind_of(row.case_kind).acts() if step and step.batch else {}
        found |= {name: acts[name].label for name in (step.batch if step else ())}
    return found


@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    """批量办理: do one act for the ticked tasks, and tell the result of each."""
    rows = Task.objects.filter(uuid__in=request.POST.getlist("task")).order_by("pk")
    chosen = [task for task in rows if _is_in_sight(request, task)]
    form = BatchForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选择要办理的行为。")
        return redirect("workflows:inbox")
    facts = form.cleaned_data
    try:
        results = operations.perform_batch(
            chosen,
            facts["act"],
            by=request.user,
            opinion=facts["opinion"],  # type: ignore[arg-type]
        )
    except RefusedByLaw as refusal:
        messages.error(request, refusal.message)
        return redirect("workflows:inbox")
    return render(request, "workflows/batch.html", {"results": results})


def _is_in_sight(request: HttpRequest, task: Task) -> bool:
    """Tell whether the task's case is in the user's sight."""
    model: Any = task.content_type.model_class()
    found: bool = model._default_manager.visible_to(request.user).filter(pk=task.object_id).exists()
    return found


@require_POST
def claim(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """签收: claim a task and go to its case."""
    task = get_object_or_404(Task, uuid=uuid)
    _refuse_out_of_sight(request, task)
    try:
        operations.claim(task, by=request.user)  # type: ignore[arg-type]
    except RefusedByRace as refusal:
        return render(request, "409.html", {"message": refusal.message}, status=409)
    except RefusedByPerson as refusal:
        raise PermissionDenied(refusal.message) from refusal
    messages.success(request, f"已签收：{task.case_title}（{task.title}）。")
    return redirect(task)


@require_POST
def release(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """退签: give a claimed task back to its post."""
    task = get_object_or_404(Task, uuid=uuid)
    _refuse_out_of_sight(request, task)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写退签原因。")
        return redirect(task)
    try:
        operations.release(task, by=request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
    except RefusedByPerson as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except RefusedByLaw as refusal:
        messages.error(request, refusal.message)
        return redirect(task)
    messages.success(request, "已退签，该件回到本岗位待签收。")
    return redirect("workflows:inbox")


def _refuse_out_of_sight(request: HttpRequest, task: Task) -> None:
    """Answer 404 when the task's case is not in the user's sight."""
    if not _is_in_sight(request, task):
        raise Http404
