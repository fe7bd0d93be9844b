"""Show the working-day calendar of a year, take in arrangements, and reckon periods on trial."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from audit import clock
from permissions import workbooks
from permissions.policy import demand, may
from workflows import arrangements, calendar
from workflows.calendar import Calendar, Day
from workflows.forms import CalendarConfirmation, CalendarUpload, TrialForm
from workflows.models.calendar import CalendarYear
from workflows.permissions import Verb

YEARS_AHEAD = 2
TEMPLATE = workbooks.Sheet(
    "放假安排",
    tuple(workbooks.Column(heading, heading) for heading in arrangements.COLUMNS),
)


@dataclass
class Span:
    """Days in a row that are special in the same way, as the list beside the months shows them."""

    name: str
    mark: str
    first: date
    last: date
    source: str
    is_provisional: bool

    @property
    def length(self) -> int:
        """Return how many days."""
        return (self.last - self.first).days + 1

    def goes_on_with(self, day: Day, mark: str) -> bool:
        """Tell whether the day follows and is special in the same way, on the same basis."""
        return (mark, day.source, day.date) == (
            self.mark,
            self.source,
            self.last + timedelta(days=1),
        )

    def take(self, day: Day) -> None:
        """Take in the day that follows; two festivals in a row both stand in the name."""
        self.last = day.date
        if day.name not in self.name.split("、"):
            self.name = f"{self.name}、{day.name}"


def mark_of(day: Day) -> str:
    """Return 休 or 班 for a day that differs from its weekday or has a name; else nothing."""
    is_weekend = day.date.weekday() >= 5
    if day.is_working:
        return "班" if is_weekend else ""
    return "休" if day.name or not is_weekend else ""


def spans(shown: Calendar, year: int) -> list[Span]:
    """Return the special days of a year, those in a row together."""
    found: list[Span] = []
    day = date(year, 1, 1)
    while day.year == year:
        told = shown.day(day)
        mark = mark_of(told)
        if mark and found and found[-1].goes_on_with(told, mark):
            found[-1].take(told)
        elif mark:
            found.append(Span(told.name, mark, day, day, told.source, told.is_provisional))
        day += timedelta(days=1)
    return found


def months_of(shown: Calendar, year: int) -> list[dict[str, Any]]:
    """Return the months of a year as weeks of days with their marks."""
    return [
        {
            "number": number,
            "weeks": [
                [{"day": day, "mark": mark_of(day)} if day else None for day in week]
                for week in shown.month(year, number)
            ],
        }
        for number in range(1, 13)
    ]


def _shown_years() -> range:
    """Return the years that have a page."""
    return range(calendar.SEEDED_YEARS.start, clock.today().year + YEARS_AHEAD + 1)


@require_GET
def year_page(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show the months of a year, what is special, and on what each answer rests."""
    year = year or clock.today().year
    if year not in _shown_years():
        raise Http404
    shown = calendar.current()
    listed = spans(shown, year)
    return render(
        request,
        "workflows/calendar.html",
        {
            "year": year,
            "earlier": year - 1 if year - 1 in _shown_years() else None,
            "later": year + 1 if year + 1 in _shown_years() else None,
            "months": months_of(shown, year),
            "spans": listed,
            "working_total": shown.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)),
            "is_provisional": shown.is_provisional(date(year, 1, 1)),
            "arrangement": CalendarYear.objects.filter(year=year).last(),
            "today": clock.today(),
            "may_import": may(request.user, Verb.IMPORT_CALENDAR),
        },
    )


def import_page(request: HttpRequest) -> HttpResponse:
    """Take a table and show what it would do; nothing is written."""
    demand(request.user, Verb.IMPORT_CALENDAR)
    if request.method != "POST":
        return _import_page(request, CalendarUpload())
    form = CalendarUpload(request.POST, request.FILES)
    if not form.is_valid():
        return _import_page(request, form, status=422)
    arrangement = form.arrangement
    if arrangement.faults:
        return _import_page(request, form, status=422, arrangement=arrangement)
    return _import_page(
        request,
        form,
        arrangement=arrangement,
        changes=arrangement.changes(),
        moves=_with_cases(arrangement.moves()),
        checked=form.checked(request.user),  # type: ignore[arg-type]
    )


def _import_page(
    request: HttpRequest, form: CalendarUpload, *, status: int = 200, **found: Any
) -> HttpResponse:
    """Show the form and, below it, what the table says."""
    next_year = clock.today().year + 1
    told = {"form": form, "next_year": next_year, **found}
    return render(request, "workflows/calendar_import.html", told, status=status)


def _with_cases(moves: list[Any]) -> list[Any]:
    """Read the cases of moved terms, one statement per kind."""
    prefetch_related_objects([move.term for move in moves], "case")
    return moves


@require_POST
def carry_out_import(request: HttpRequest) -> HttpResponse:
    """Put the table of a dry run in force and derive the running terms anew."""
    demand(request.user, Verb.IMPORT_CALENDAR)
    form = CalendarConfirmation(request.POST, user=request.user)  # type: ignore[arg-type]
    if not form.is_valid():
        messages.error(request, "试算结果已失效，请重新上传后再确认。")
        return redirect("workflows:calendar_import")
    years = form.arrangement.years
    moves = arrangements.put_in_force(form.arrangement, by=request.user)
    named = "、".join(f"{year}年" for year in years)
    messages.success(
        request,
        f"已导入{named}放假安排；{len(moves)} 个进行中的期限重新计算，已通知办理人。",
    )
    return redirect("workflows:calendar", year=years[-1])


@require_GET
def import_template(request: HttpRequest, year: int) -> HttpResponse:
    """Hand out a table to fill in, begun with the statutory days of the year."""
    demand(request.user, Verb.IMPORT_CALENDAR)
    if year not in _shown_years():
        raise Http404
    _, *rows = arrangements.rows_of(calendar.statutory(year))
    content = workbooks.write_workbook(
        [(TEMPLATE, [dict(zip(arrangements.COLUMNS, map(str, row), strict=True)) for row in rows])]
    )
    return HttpResponse(
        content,
        content_type=workbooks.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="calendar-{year}.xlsx"'},
    )


@require_GET
def trial(request: HttpRequest) -> HttpResponse:
    """期限试算: answer a question about a period with the same lines a term is explained by."""
    if "start" not in request.GET:
        return render(request, "workflows/trial.html", {"form": TrialForm()})
    form = TrialForm(request.GET)
    answer = form.reckon(calendar.current()) if form.is_valid() else None
    return render(
        request,
        "workflows/trial.html",
        {"form": form, "answer": answer},
        status=200 if answer else 422,
    )
