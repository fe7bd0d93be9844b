"""Show the statistics of legality review, the rows behind each figure, and hand them out."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from audit import clock
from audit.recording import record_alone
from legality_review.forms.exports import PurposeForm
from legality_review.forms.statistics import PeriodForm, RowsForm
from legality_review.indicators import ADOPTION_RATE
from legality_review.models import Review
from legality_review.models.statistics import Period, events_between
from legality_review.permissions import ReviewVerb
from legality_review.rules.statistics import Event, Figure, matching
from legality_review.views.figures import Table, Tables, detail_of
from legality_review.views.lists import refuse_stranger
from permissions.models import Unit
from permissions.policy import demand
from permissions.workbooks import CONTENT_TYPE, Column, Sheet, write_workbook

MOST_ROWS = 5000
ON_A_PAGE = 100
DETAIL_HEADS = (
    "日期", "统计项目", "案号", "事项", "事项类型", "起草单位", "说明", "用时（工作日）",
    "允许（工作日）",
)  # fmt: skip


class Statistics:
    """The statistics one person asks for: of the matters he may see, in a period."""

    def __init__(self, request: HttpRequest, form: type[PeriodForm], asked: Any) -> None:
        """Read what is asked; `form.is_valid()` tells whether it can be answered."""
        self.cases = Review.objects.visible_to(request.user)
        self.today = clock.today()
        seen = self.cases.order_by().values("drafter")
        self.drafters = Unit.objects.filter(pk__in=seen).order_by("path")
        self.form = form(asked, drafters=self.drafters, today=self.today)

    def events(self) -> list[Event]:
        """Return what happened in the period to the matters asked for."""
        asked = self.form.cleaned_data
        cases = self.cases
        if asked["drafter"]:
            cases = cases.filter(drafter=asked["drafter"])
        if asked["matter"]:
            cases = cases.filter(matter=asked["matter"])
        return events_between(cases, Period(asked["since"], asked["until"], self.today))

    def tables(self, events: Sequence[Event]) -> Tables:
        """Lay the events out."""
        names = dict(self.drafters.values_list("pk", "name"))
        target = ADOPTION_RATE.target(self.form.cleaned_data["until"].year)
        return Tables(events, names, self.form.said(), target)


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the tables and the chart of a period."""
    refuse_stranger(request, ReviewVerb.VIEW)
    return _show(request, Statistics(request, PeriodForm, request.GET))


def _show(
    request: HttpRequest, asked: Statistics, purpose: PurposeForm | None = None
) -> HttpResponse:
    """Show the page: the figures where the period can be read, what is wrong where it cannot."""
    shown: dict[str, Any] = {"form": asked.form, "purpose": purpose or PurposeForm()}
    if asked.form.is_valid():
        tables = asked.tables(asked.events())
        shown |= {"tables": tables.all(), "chart": tables.chart(), "said": asked.form.said()}
    is_wrong = not asked.form.is_valid() or (purpose is not None and not purpose.is_valid())
    status = 422 if is_wrong else 200
    return render(request, "legality_review/statistics.html", shown, status=status)


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """List what stands behind one figure, the newest first."""
    refuse_stranger(request, ReviewVerb.VIEW)
    asked = Statistics(request, RowsForm, request.GET)
    shown: dict[str, Any] = {"form": asked.form}
    if asked.form.is_valid():
        said = asked.form.cleaned_data
        found = matching(asked.events(), said["figure"], detail=said["detail"])
        page = Paginator(found[::-1], ON_A_PAGE).get_page(request.GET.get("page"))
        shown |= {
            "page": page,
            "rows": _told(page.object_list),
            "title": Figure(said["figure"]).label,
            "said": asked.form.said(),
        }
    status = 200 if asked.form.is_valid() else 422
    return render(request, "legality_review/statistics_rows.html", shown, status=status)


def _told(events: Sequence[Event]) -> list[tuple[Event, Review, str]]:
    """Return events with their matter and what their detail means; the matters in one statement."""
    cases = Review.objects.select_related("drafter").in_bulk({event.case for event in events})
    return [(event, cases[event.case], detail_of(event)) for event in events]


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Hand out tables and rows as an Excel file; count, filter, purpose and digest are recorded."""
    post = demand(request.user, ReviewVerb.VIEW)
    asked, purpose = Statistics(request, PeriodForm, request.POST), PurposeForm(request.POST)
    if not asked.form.is_valid() or not purpose.is_valid():
        return _show(request, asked, purpose)
    events = asked.events()
    if len(events) > MOST_ROWS:
        purpose.add_error(None, f"明细超过{MOST_ROWS}行，请缩小统计范围后再导出。")
        return _show(request, asked, purpose)
    content = _workbook(asked.tables(events).all(), events)
    record_alone(
        "legality_review.export_statistics", "导出合法性审查统计", by=request.user, post=post,
        after={
            "asked": asked.form.said(), "purpose": purpose.cleaned_data["purpose"],
            "count": len(events), "sha256": hashlib.sha256(content).hexdigest(),
        },
    )  # fmt: skip
    name = f"合法性审查统计-{clock.today()}.xlsx"
    return HttpResponse(
        content,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


def _workbook(tables: Sequence[Table], events: Sequence[Event]) -> bytes:
    """Return the tables and the rows behind them, a sheet each; every cell is text."""
    sheets = [
        _sheet(table.title, table.heads, [[cell.text for cell in row] for row in table.rows])
        for table in tables
    ]
    rows = [
        [
            str(event.on), event.figure.label, case.number, case.title,
            case.get_matter_display(), case.drafter.name, meaning,
            *(map(str, (event.used, event.allowed)) if event.allowed else ("", "")),
        ]
        for event, case, meaning in _told(events)
    ]  # fmt: skip
    return write_workbook([*sheets, _sheet("明细", DETAIL_HEADS, rows)])


def _sheet(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[Sheet, list[dict[str, str]]]:
    """Return a sheet and its rows; signs that Excel cannot hold are left out."""
    keys = [str(place) for place in range(len(heads))]
    sheet = Sheet(title, tuple(map(Column, keys, heads)))
    cleaned = ([ILLEGAL_CHARACTERS_RE.sub("", text) for text in row] for row in rows)
    return sheet, [dict(zip(keys, row, strict=True)) for row in cleaned]
