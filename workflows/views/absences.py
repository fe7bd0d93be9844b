"""请假代理 and 移交: who stands in for whom, and what goes to a successor."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from audit import clock
from permissions import standing_in
from permissions.models import StandIn
from permissions.policy import demand, may
from permissions.refusals import Impossible
from workflows import operations
from workflows.forms import operations as shapes
from workflows.lifecycle import case_models
from workflows.permissions import CaseVerb
from workflows.refusals import Refusal


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of cases a stand-in can be for."""
    return [(model.KIND, str(model._meta.verbose_name)) for model in case_models()]


def stand_ins(request: HttpRequest) -> HttpResponse:
    """List the stand-ins that concern the person, and let him arrange another."""
    person: Any = request.user
    own = f"{person.full_name}（{person.username}）"
    form = shapes.StandInForm(request.POST or None, kinds=kinds(), initial={"principal": own})
    if request.method == "POST" and form.is_valid() and _arranged(request, form):
        return redirect("workflows:stand_ins")
    rows = StandIn.objects.select_related("principal", "substitute", "arranged_by")
    concerned = rows.filter(principal=person) | rows.filter(substitute=person)
    told = {
        "form": form,
        "rows": list((concerned | rows.filter(arranged_by=person)).distinct()[:100]),
        "kinds": dict(kinds()),
        "today": clock.today(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "workflows/stand_ins.html", told, status=status)


def _arranged(request: HttpRequest, form: shapes.StandInForm) -> bool:
    """Arrange what the form says; put a refusal on it."""
    facts = {**form.cleaned_data, "kinds": tuple(form.cleaned_data["kinds"])}
    try:
        row = standing_in.arrange(standing_in.Arrangement(**facts), by=request.user)  # type: ignore[arg-type]
    except (Impossible, PermissionDenied) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"已设定：{row}。期间所办事项均注明代理。")
    return True


@require_POST
def withdraw_stand_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """撤销代理: end a stand-in before its time."""
    row = get_object_or_404(StandIn.objects.select_related("principal"), uuid=uuid)
    person: Any = request.user
    if person.pk not in {row.principal_id, row.substitute_id, row.arranged_by_id}:
        raise Http404
    try:
        standing_in.withdraw(row, reason=request.POST.get("reason", "").strip(), by=person)
    except Impossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "代理已撤销。")
    return redirect("workflows:stand_ins")


def hand_over(request: HttpRequest) -> HttpResponse:
    """移交: show what lies with a person, then move it to his successor and tell the result."""
    demand(request.user, CaseVerb.HAND_OVER)
    form = shapes.HandOverForm(request.POST or None)
    told: dict[str, Any] = {"form": form, "today": clock.today()}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told["inventory"] = _visible_inventory(request, form.cleaned_data["person"])
            if "carry_out" not in request.POST or _handed_over(request, form, told):
                status = 200
    return render(request, "workflows/hand_over.html", told, status=status)


def _visible_inventory(request: HttpRequest, person: Any) -> operations.Inventory:
    """Return what lies with the person, as far as the superior is over it."""
    found = operations.inventory(person)
    found.tasks = [task for task in found.tasks if may(request.user, CaseVerb.HAND_OVER, task.case)]
    return found


def _handed_over(request: HttpRequest, form: shapes.HandOverForm, told: dict[str, Any]) -> bool:
    """Hand over; put a refusal on the form."""
    facts = form.cleaned_data
    if facts["successor"] is None:
        form.add_error("successor", "请选择接任人。")
        return False
    try:
        told["done"] = operations.hand_over(
            facts["person"],
            facts["successor"],
            by=request.user,
            reason=facts["reason"],  # type: ignore[arg-type]
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, f"已移交待办{len(told['done'].moved)}件。")
    return True
