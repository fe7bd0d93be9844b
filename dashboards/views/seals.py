"""每日封存: list the daily seals and print one to be kept outside the system."""

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from audit import clock
from audit.models import Seal
from audit.recording import record_alone
from audit.seals import printed, seal_day
from permissions.permissions import Verb
from permissions.policy import demand, may
from workflows.pages import page_of_rows

SIZE = 31


@require_safe
def seal_list(request: HttpRequest) -> HttpResponse:
    """List the seals, the newest first."""
    demand(request.user, Verb.VIEW_TRACE)
    rows: QuerySet[Seal] = Seal.objects.all()
    return render(
        request,
        "dashboards/seals.html",
        {
            "page": page_of_rows(rows, request.GET.get("after", ""), by=("-day", "-pk"), size=SIZE),
            "may_seal": may(request.user, Verb.SEAL_TRACE),
            "sealed_today": rows.filter(day=clock.today()).exists(),
        },
    )


@require_POST
def seal_now(request: HttpRequest) -> HttpResponse:
    """Seal today; on a day already sealed that seal stands."""
    post = demand(request.user, Verb.SEAL_TRACE)
    seal = seal_day()
    record_alone(Verb.SEAL_TRACE, "作出每日封存", subject=seal, by=request.user, post=post)
    messages.success(request, f"{seal.day} 已封存至第 {seal.sequence} 条，请打印后存放在系统之外。")
    return redirect("dashboards:seal", day=seal.day.isoformat())


@require_safe
def seal_sheet(request: HttpRequest, day: str) -> HttpResponse:
    """Show the sheet to be printed, signed and kept."""
    post = demand(request.user, Verb.SEAL_TRACE)
    try:
        seal = get_object_or_404(Seal, day=date.fromisoformat(day))
    except ValueError as wrong:
        raise Http404 from wrong
    record_alone(Verb.SEAL_TRACE, Verb.SEAL_TRACE.label, subject=seal, by=request.user, post=post)
    return render(request, "dashboards/seal.html", {"seal": seal, "line": printed(seal)})
