"""Let officials do operations: one page for all that are done on a task, and those on a case."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from permissions.policy import may
from workflows import operations
from workflows.flows import flow_of_case
from workflows.forms import operations as shapes
from workflows.models.operations import Proposal
from workflows.models.tasks import Task
from workflows.operations.guard import Answered, can
from workflows.operations.holding import can_hold
from workflows.operations.proposing import ACTS, Wanted
from workflows.permissions import CaseVerb
from workflows.refusals import Refusal, RefusedByLaw, RefusedByPerson
from workflows.views.cases import visible_case
from workflows.vocabulary import Operation


@dataclass(frozen=True)
class Doing:
    """How an operation on a task is done: its form and its function."""

    form: type[shapes.OperationForm]
    carry_out: Callable[..., Any]


def _reposition(task: Task, *, by: Any, reason: str, target: str) -> Any:
    """Propose to put a task elsewhere; another person confirms it."""
    wanted = Wanted(Operation.REPOSITION, reason, task, target)
    return operations.propose(task.case, wanted, by=by)


DOINGS: dict[Operation, Doing] = {
    Operation.RELEASE: Doing(shapes.OperationForm, operations.release),
    Operation.DECLINE: Doing(shapes.OperationForm, operations.decline),
    Operation.TRANSFER: Doing(shapes.TransferForm, operations.transfer),
    Operation.CONSULT: Doing(shapes.ConsultForm, operations.consult),
    Operation.RECALL_CONSULT: Doing(shapes.NoReasonForm, operations.recall_consult),
    Operation.ANSWER: Doing(shapes.AnswerForm, operations.answer),
    Operation.ADD_BEFORE: Doing(shapes.AddForm, operations.add_before),
    Operation.ADD_AFTER: Doing(shapes.AddForm, operations.add_after),
    Operation.ADD_ALONGSIDE: Doing(shapes.AlongsideForm, operations.add_alongside),
    Operation.REMOVE_SIGNER: Doing(shapes.OperationForm, operations.remove_signer),
    Operation.SEND_BACK: Doing(shapes.SendBackForm, operations.send_back),
    Operation.TAKE_BACK: Doing(shapes.NoReasonForm, operations.take_back),
    Operation.REPOSITION: Doing(shapes.RepositionForm, _reposition),
    Operation.URGE: Doing(shapes.UrgeForm, operations.urge),
    Operation.COPY: Doing(shapes.CopyForm, operations.copy),
    Operation.CIRCULATE: Doing(shapes.CopyForm, operations.circulate),
}
"""Operations that have the common page; 签收 is a button, 批量 and 移交 have pages of their own."""


def visible_task(request: HttpRequest, uuid: UUID) -> Task:
    """Return the task, if its case is in the user's sight; otherwise 404."""
    rows = Task.objects.select_related("unit", "holder", "closed_by", "engine_task", "parent")
    task = get_object_or_404(rows, uuid=uuid)
    _, task.case = visible_case(request, task.case_kind, task.case_uuid)
    return task


def operation(request: HttpRequest, uuid: UUID, name: str) -> HttpResponse:
    """Show the form of an operation on a task, and do it when it is handed in."""
    task = visible_task(request, uuid)
    wanted = next((op for op in DOINGS if op.value == name), None)
    if wanted is None:
        raise Http404
    doing = DOINGS[wanted]
    person: Any = request.user
    typed = request.POST if request.method == "POST" else None
    form = doing.form(typed, task=task, user=person)
    if not form.is_valid() and not (allowed := can(wanted, task, person)):
        return _closed(request, task.case, allowed)
    if request.method != "POST":
        return _page(request, task.case, wanted, form, task)
    change = partial(doing.carry_out, task, by=person)
    return _attempt(request, task.case, wanted, form, change, task)


def hold(request: HttpRequest, kind: str, uuid: UUID, name: str) -> HttpResponse:
    """挂起、中止、恢复: show the form and do it."""
    _, case = visible_case(request, kind, uuid)
    held = {
        "suspend": (Operation.SUSPEND, shapes.HoldForm, operations.suspend),
        "stay": (Operation.STAY, shapes.StayForm, operations.stay),
        "resume": (Operation.RESUME, shapes.HoldForm, operations.resume),
    }
    if name not in held:
        raise Http404
    wanted, shape, change = held[name]
    if not can_hold(case, request.user):  # type: ignore[arg-type]
        raise PermissionDenied(may(request.user, CaseVerb.HOLD, case).reason)
    form = shape(request.POST or None)
    if request.method != "POST":
        return _page(request, case, wanted, form)
    return _attempt(request, case, wanted, form, partial(change, case, by=request.user))


def propose(request: HttpRequest, kind: str, uuid: UUID, name: str) -> HttpResponse:
    """提请终止、作废、恢复办理: show the form and hand it to the leader."""
    _, case = visible_case(request, kind, uuid)
    wanted = next((op for op in ACTS if op.value == name), None)
    if wanted is None or ACTS[wanted] not in case.acts():
        raise Http404
    answer = may(request.user, CaseVerb.PROPOSE, case)
    if not answer:
        raise PermissionDenied(answer.reason)
    form = shapes.ProposalForm(request.POST or None)
    if request.method != "POST":
        return _page(request, case, wanted, form, is_proposal=True)

    def change(reason: str) -> Any:
        return operations.propose(case, Wanted(wanted, reason), by=request.user)  # type: ignore[arg-type]

    return _attempt(request, case, wanted, form, change, is_proposal=True)


def proposal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what was proposed, and let the second person confirm it or not."""
    found = get_object_or_404(Proposal.objects.select_related("proposed_by", "at_task"), uuid=uuid)
    _, case = visible_case(request, found.case.KIND, found.case.uuid)
    answer = may(request.user, CaseVerb.CONFIRM, case)
    if not answer:
        raise PermissionDenied(answer.reason)
    wanted = Operation(found.operation)
    form = shapes.ConsentForm(request.POST or None)
    shown = {"proposal": found, "skipped": _skipped(case, found)}
    if request.method != "POST":
        return _page(request, case, wanted, form, **shown)

    def change(decision: str, answer: str) -> Any:
        decide = operations.confirm if decision == "confirm" else operations.reject
        return decide(found, by=request.user, answer=answer)

    return _attempt(request, case, wanted, form, change, **shown)


def _skipped(case: Any, found: Proposal) -> list[str]:
    """Return the steps that a repositioning bypasses, for the person who confirms it."""
    if found.operation != Operation.REPOSITION or found.at_task is None:
        return []
    flow: Any = flow_of_case(case)
    names = [step.name for step in flow.steps()]
    first, last = names.index(found.at_task.node), names.index(found.target)
    between = names[first:last] if first < last else []
    return [str(flow.step(name).task_title) for name in between]


def _closed(request: HttpRequest, case: Any, answer: Answered) -> HttpResponse:
    """Say why an operation is not open to this person now."""
    if answer.refused == "person":
        raise PermissionDenied(answer.reason)
    messages.warning(request, answer.reason)
    return redirect(case)


def _attempt(
    request: HttpRequest,
    case: Any,
    wanted: Operation,
    form: forms.Form,
    change: Callable[..., Any],
    task: Task | None = None,
    **shown: Any,
) -> HttpResponse:
    """Do it, or show the form again with what is missing or refused; nothing typed is lost."""
    if not form.is_valid():
        return _page(request, case, wanted, form, task, HTTPStatus.UNPROCESSABLE_ENTITY, **shown)
    facts = form.facts() if isinstance(form, shapes.OperationForm) else form.cleaned_data
    try:
        change(**facts)
    except RefusedByPerson as refusal:
        if not _names_a_person(form):
            raise PermissionDenied(refusal.message) from refusal
        form.add_error(None, refusal.message)
    except RefusedByLaw as refusal:
        form.add_error(None, refusal.message)
    except Refusal as refusal:
        told = {"message": refusal.message, "case": case}
        return render(request, "409.html", told, status=HTTPStatus.CONFLICT)
    else:
        word = "已提请" if shown.get("is_proposal") or wanted == Operation.REPOSITION else "已"
        messages.success(request, f"{word}{wanted.label}。")
        return redirect("workflows:workbench" if shown.get("proposal") else case)
    return _page(request, case, wanted, form, task, HTTPStatus.UNPROCESSABLE_ENTITY, **shown)


def _names_a_person(form: forms.Form) -> bool:
    """Tell whether a refusal can concern a person chosen in the form rather than the user."""
    return any(isinstance(each, shapes.OfficialField) for each in form.fields.values())


def _page(
    request: HttpRequest,
    case: Any,
    wanted: Operation,
    form: forms.Form,
    task: Task | None = None,
    status: int = HTTPStatus.OK,
    **shown: Any,
) -> HttpResponse:
    told = {"case": case, "task": task, "operation": wanted, "form": form, **shown}
    return render(request, "workflows/operation.html", told, status=status)
