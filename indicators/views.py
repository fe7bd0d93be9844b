"""Show a station's indicators of a year and take what it reports itself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from audit import clock
from audit.recording import record
from documents import uploads
from documents.forms import receive_for
from documents.models import StoredFile
from indicators import reading, registry
from indicators.forms import ReportForm
from indicators.models import Reported, report
from indicators.permissions import Verb
from permissions.models import Unit, UnitKind
from permissions.policy import demand, may
from workflows import drafts
from workflows.views.cases import keep_draft
from workflows.wording import quoted

FIRST_YEAR = 2021


def stations_of(user: Any) -> Any:
    """Return the stations whose indicators the user may see."""
    reached = Unit.objects.reached_by(user, Verb.VIEW.roles, clock.today())
    return reached.filter(kind=UnitKind.STATION, is_active=True)


class StationPage(LoginRequiredMixin, View):
    """A page about one station and one year; out of sight is 404."""

    @cached_property
    def station(self) -> Unit:
        """Return the station of the address, if the user may see it."""
        return get_object_or_404(stations_of(self.request.user), uuid=self.kwargs["station"])

    @cached_property
    def year(self) -> int:
        """Return the year of the address; from the plan's first to this one."""
        year = self.kwargs["year"]
        if not FIRST_YEAR <= year <= clock.today().year:
            raise Http404("没有该年度的指标。")
        return int(year)

    def place(self) -> dict[str, Any]:
        """Return what every page of a station shows."""
        return {
            "station": self.station,
            "year": self.year,
            "years": range(FIRST_YEAR, clock.today().year + 1),
            "may_report": may(self.request.user, Verb.REPORT, Reported(unit=self.station)),
        }


class Stations(LoginRequiredMixin, TemplateView):
    """List the stations whose indicators the user may see."""

    template_name = "indicators/stations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the stations with this year's address."""
        return super().get_context_data(
            stations=stations_of(self.request.user), year=clock.today().year, **kwargs
        )


class Sheet(StationPage):
    """Show all indicators of a station for a year, with target, source and rows."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the sheet."""
        return render(
            request,
            "indicators/sheet.html",
            {**self.place(), "readings": reading.sheet(self.station, self.year)},
        )


class Report(StationPage):
    """Show the versions of one figure and take a new one (手工填报)."""

    @cached_property
    def indicator(self) -> registry.Indicator:
        """Return the indicator of the address."""
        try:
            return registry.indicator(self.kwargs["code"])
        except KeyError:
            raise Http404("没有这项指标。") from None

    @property
    def draft_name(self) -> str:
        """Name the form whose draft is kept, about the station."""
        return f"form:{self.indicator.code}:{self.year}"

    def demand_report(self) -> Any:
        """Return the post that may report for the station, or answer 403."""
        return demand(self.request.user, Verb.REPORT, Reported(unit=self.station))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, what was typed and not yet reported, and what was reported before."""
        form = ReportForm(indicator=self.indicator)
        user: Any = request.user
        draft = drafts.find(user, self.station, self.draft_name)
        drafts.fill(form, draft)
        return self.page(form, draft=draft)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add a version; nothing typed is lost when something is wrong."""
        user: Any = request.user
        post = self.demand_report()
        form = ReportForm(request.POST, request.FILES, indicator=self.indicator)
        receive_for(form, request.user)
        if not form.is_valid():
            return self.page(form, status=422)
        with transaction.atomic():
            figure = dict(form.cleaned_data)
            evidence = figure.pop("evidence")
            reported = report(
                self.station, self.indicator.code, self.year, by=request.user, **figure
            )
            for stored in evidence:
                uploads.attach(stored, subject=reported, by=request.user, slot="佐证材料")
            self.trace(reported, post, evidence)
            drafts.drop(user, self.station, self.draft_name)
        messages.success(request, f"已填报{quoted(self.indicator.title)}第{reported.version}版。")
        return redirect(
            reverse("indicators:sheet", kwargs={"station": self.station.uuid, "year": self.year})
        )

    def trace(self, reported: Reported, post: Any, evidence: list[StoredFile]) -> None:
        """Leave an entry of the report, its files by name and digest."""
        record(
            Verb.REPORT,
            Verb.REPORT.label,
            subject=reported,
            subject_title=str(reported),
            by=self.request.user,
            post=post,
            after={
                "numerator": str(reported.numerator),
                "denominator": str(reported.denominator),
                "note": reported.note,
                "evidence": [stored.fingerprint for stored in evidence],
            },
        )

    def page(self, form: ReportForm, status: int = 200, draft: Any = None) -> HttpResponse:
        """Show the form, the reading that counts now, and all versions."""
        versions = Reported.objects.of(self.station, self.year).filter(
            indicator=self.indicator.code
        )
        return render(
            self.request,
            "indicators/report.html",
            {
                **self.place(),
                "form": form,
                "draft": draft,
                "reading": reading.read(self.indicator.code, self.station, self.year),
                "versions": versions.newest_first().select_related("reported_by"),
            },
            status=status,
        )


class ReportDraft(Report):
    """Keep what was typed into the form of a figure."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer the script that keeps drafts."""
        self.demand_report()
        return keep_draft(request, self.station, self.draft_name)
