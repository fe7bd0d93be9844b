"""Show how the three-year plan goes on, the applications, and the register of titles."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accreditation.models import Application, PlanEntry, PlanTarget, Title
from accreditation.permissions import ApplicationVerb, StandardVerb, TitleVerb
from accreditation.rules.plan import Progress, behind_plan, progress, targets_until
from audit import clock
from indicators.rules import rounded
from permissions.models import Unit, UnitKind
from permissions.policy import may
from workflows.pages import page_of_parts


def _refuse_stranger(request: HttpRequest, verb: Any) -> None:
    answer = may(request.user, verb)
    if not answer:
        raise PermissionDenied(answer.reason)


def plan(request: HttpRequest) -> HttpResponse:
    """Show targets, chart, late stations, and each station with its state (FQ-1, FQ-2)."""
    _refuse_stranger(request, StandardVerb.VIEW_PLAN)
    today = clock.today()
    units = Unit.objects.reached_by(request.user, StandardVerb.VIEW_PLAN.roles, today)
    stations = list(units.filter(kind=UnitKind.STATION, is_active=True))
    planned = {
        entry.station_id: entry.year for entry in PlanEntry.objects.filter(station__in=stations)
    }
    named = _named(stations)
    targets = {target.year: target.percent for target in PlanTarget.objects.all()}
    steps = progress(targets_until(targets, today.year), planned, named)
    names = {station.pk: station for station in stations}
    shown = {
        "steps": [(step, f"{rounded(step.percent, 2)}%", step.year < today.year) for step in steps],
        "chart": _chart(steps) if len(stations) > 1 else None,
        "late": [(names[pk], year) for pk, year in behind_plan(planned, named, today)],
        "rows": _rows(stations, planned, named, request.user),
        "today": today,
    }
    return render(request, "accreditation/plan.html", shown)


def _named(stations: list[Unit]) -> dict[int, Any]:
    """Return the first day on which each station was named and still is, by key."""
    named: dict[int, Any] = {}
    titles = Title.objects.standing().filter(unit__in=stations).order_by("valid_from")
    for unit, day in titles.values_list("unit_id", "valid_from"):
        named.setdefault(unit, day)
    return named


def _rows(
    stations: list[Unit], planned: dict[int, int], named: dict[int, Any], user: Any
) -> list[dict[str, Any]]:
    """Return each station with its plan year, title and newest application, by plan year.

    An application from which the user is recused is not told, but that there is one.
    """
    newest: dict[int, Application] = {}
    of_stations = Application.objects.filter(unit__in=stations)
    seen = set(of_stations.visible_to(user).values_list("pk", flat=True))
    for case in of_stations.order_by("opened_on", "pk"):
        newest[case.unit_id] = case
    rows = [
        {
            "station": station,
            "planned": planned.get(station.pk),
            "named": named.get(station.pk),
            "case": newest.get(station.pk),
            "is_hidden": station.pk in newest and newest[station.pk].pk not in seen,
        }
        for station in stations
    ]
    return sorted(rows, key=lambda row: (row["planned"] or 9999, row["station"].path))


def _chart(steps: list[Progress]) -> dict[str, Any]:
    """Return the chart of share against target, as ECharts wants it."""
    years = [f"{step.year}年" for step in steps]
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"data": ["已建成（%）", "目标（%）"]},
        "xAxis": {"type": "category", "data": years},
        "yAxis": {"type": "value", "max": 100, "name": "建成率（%）"},
        "series": [
            {
                "name": "已建成（%）",
                "type": "bar",
                "data": [float(rounded(step.percent, 2)) for step in steps],
            },
            {
                "name": "目标（%）",
                "type": "line",
                "data": [float(step.target) for step in steps],
            },
        ],
    }


def applications(request: HttpRequest) -> HttpResponse:
    """List the applications the user may see, narrowed by state, the newest first."""
    _refuse_stranger(request, ApplicationVerb.VIEW)
    state = request.GET.get("state", "")
    rows = Application.objects.select_related("unit")
    if state in Application.State.values:
        rows = rows.filter(state=state)
    parts = rows.visible_parts(request.user)
    shown = {
        "page": page_of_parts(parts, request.GET.get("after", ""), by=("-opened_on", "-pk")),
        "states": Application.State.choices,
        "state": state,
        "today": clock.today(),
        "may_open": bool(may(request.user, ApplicationVerb.OPEN)),
    }
    return render(request, "accreditation/applications.html", shown)


def titles(request: HttpRequest) -> HttpResponse:
    """Show the register of titles, the newest first (FQ-9)."""
    _refuse_stranger(request, TitleVerb.VIEW)
    parts = Title.objects.select_related("unit", "application").visible_parts(request.user)
    shown = {"page": page_of_parts(parts, request.GET.get("after", ""), by=("-valid_from", "-pk"))}
    return render(request, "accreditation/titles.html", shown)
