"""Show what was copied or circulated to a person, and let him read, answer and withdraw."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from audit import clock
from workflows import operations
from workflows.forms import operations as shapes
from workflows.models.operations import Copy, Urging
from workflows.pages import page_of_rows
from workflows.refusals import Refusal

TABS = {"received": "发给我的", "sent": "我发出的"}


@require_safe
def copies(request: HttpRequest, tab: str = "received") -> HttpResponse:
    """List the copies sent to the person, or sent by him, the newest first, paged by key."""
    tab = tab if tab in TABS else "received"
    rows = Copy.objects.select_related("reader", "sent_by")
    person: Any = request.user
    rows = rows.for_reader(person) if tab == "received" else rows.filter(sent_by=person)
    rows = rows.told_to(person, clock.today())
    page = page_of_rows(rows, request.GET.get("after", ""), by=("-sent_at", "-pk"))
    told = {"page": page, "tab": tab, "tabs": TABS, "opinion_form": shapes.CopyOpinionForm()}
    return render(request, "workflows/copies.html", told)


@require_POST
def read_copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """已阅: note that the reader has read it."""
    return _done(request, uuid, operations.read_copy, "已标记为已阅。")


@require_POST
def withdraw_copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """撤回抄送: take an unread copy back."""
    return _done(request, uuid, operations.withdraw_copy, "已撤回。", back="sent")


@require_POST
def write_on_copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """填写传阅意见."""
    form = shapes.CopyOpinionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写传阅意见。")
        return redirect("workflows:copies")

    def change(row: Copy, *, by: Any) -> Any:
        return operations.write_on_copy(row, by=by, opinion=form.cleaned_data["opinion"])

    return _done(request, uuid, change, "传阅意见已提交。")


def _done(
    request: HttpRequest, uuid: UUID, change: Callable[..., Any], said: str, back: str = "received"
) -> HttpResponse:
    """Do it to a copy that the person received or sent; a refusal is told on the list."""
    person: Any = request.user
    rows = Copy.objects.filter(reader=person) | Copy.objects.filter(sent_by=person)
    row = get_object_or_404(rows, uuid=uuid)
    try:
        change(row, by=person)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("workflows:copies_tab", back)


def answer_urging(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """答复催办: show the form to whoever holds the task, and keep his answer."""
    person: Any = request.user
    urging = get_object_or_404(Urging.objects.select_related("task", "by"), uuid=uuid)
    case = urging.task.case
    get_object_or_404(type(case)._default_manager.visible_to(person), pk=case.pk)
    if not operations.may_answer_urging(urging, person):
        raise PermissionDenied("催办由待办的办理人答复；尚未签收的请先签收。")
    form = shapes.UrgingAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_urging(urging, by=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "已答复催办。")
            return redirect(case)
    told = {"urging": urging, "case": case, "form": form}
    return render(request, "workflows/urging.html", told, status=422 if form.errors else 200)
