"""Let the security administrator grant exceptions and record recusals on single cases."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode

from audit import clock
from permissions import exceptions
from permissions.forms.administration import ExceptionForm, ReasonForm, RecusalForm
from permissions.models import Recusal
from permissions.permissions import Verb
from permissions.views.forming import form_page, needs
from permissions.views.paging import SIZE, page_by

EXCEPTIONS = "permissions:exceptions"
RECUSALS = "permissions:recusals"


@needs(Verb.MANAGE_EXCEPTION)
def listing(request: HttpRequest) -> HttpResponse:
    """List the exceptions, the newest first."""
    before = _moment(request.GET.get("before", ""))
    rows = exceptions.granted(before, SIZE + 1)
    page = {
        "rows": rows[:SIZE],
        "today": clock.today(),
        "first_url": "?" if before else "",
        "next_url": "?" + urlencode({"before": rows[SIZE - 1].granted_at.isoformat()})
        if len(rows) > SIZE
        else "",
    }
    return render(request, "permissions/exceptions.html", page)


def _moment(text: str) -> Any:
    """Read a moment; None for anything else."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else None


@needs(Verb.MANAGE_EXCEPTION)
def grant(request: HttpRequest) -> HttpResponse:
    """Grant an exception."""

    def change(**facts: Any) -> Any:
        return exceptions.grant(**facts, by=request.user)

    return form_page(
        request,
        ExceptionForm(request.POST or None),
        change,
        back=reverse(EXCEPTIONS),
        done="例外权限已授予。",
        title="授予例外权限",
        label="授予",
        note="只对这一件案件、这一项权限、这一段时间有效，用于协办和查阅其他单位的案件。",
        crumbs=[("例外权限", reverse(EXCEPTIONS))],
    )


@needs(Verb.MANAGE_EXCEPTION)
def withdraw(request: HttpRequest, uuid: str) -> HttpResponse:
    """Withdraw an exception."""
    exception = exceptions.exception_with(uuid)
    if exception is None:
        raise Http404

    def change(reason: str) -> Any:
        return exceptions.withdraw(exception, reason=reason, by=request.user)

    return form_page(
        request,
        ReasonForm(request.POST or None),
        change,
        back=reverse(EXCEPTIONS),
        done="例外权限已收回。",
        title=f"收回例外权限：{exception.user}",
        label="收回",
        tone="danger",
        crumbs=[("例外权限", reverse(EXCEPTIONS))],
    )


@needs(Verb.MANAGE_RECUSAL)
def recusals(request: HttpRequest) -> HttpResponse:
    """List the recusals, the newest first."""
    rows = Recusal.objects.select_related("user", "recorded_by").prefetch_related("case")
    return render(request, "permissions/recusals.html", {"found": page_by(request, rows, "-pk")})


@needs(Verb.MANAGE_RECUSAL)
def recuse(request: HttpRequest) -> HttpResponse:
    """Record a recusal."""

    def change(**facts: Any) -> Recusal:
        return exceptions.recuse(**facts, by=request.user)

    return form_page(
        request,
        RecusalForm(request.POST or None),
        change,
        back=reverse(RECUSALS),
        done="回避已登记，该人员不能再查看和办理该件。",
        title="登记回避",
        label="登记",
        crumbs=[("回避", reverse(RECUSALS))],
    )


@needs(Verb.MANAGE_RECUSAL)
def lift(request: HttpRequest, uuid: str) -> HttpResponse:
    """Lift a recusal."""
    recusal = get_object_or_404(Recusal.objects.select_related("user"), uuid=uuid)

    def change(reason: str) -> Recusal:
        return exceptions.lift_recusal(recusal, reason=reason, by=request.user)

    return form_page(
        request,
        ReasonForm(request.POST or None),
        change,
        back=reverse(RECUSALS),
        done="回避已解除。",
        title=f"解除回避：{recusal.user}",
        label="解除",
        crumbs=[("回避", reverse(RECUSALS))],
    )
