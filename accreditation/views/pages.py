"""Say what the pages of an application and of a title show of their own."""

from typing import Any

from accreditation.forms import applications, titles
from accreditation.models import Application, Title
from accreditation.permissions import ApplicationVerb
from accreditation.rules.applications import MATERIALS
from accreditation.rules.plan import years_early
from accreditation.rules.scoring import losses
from audit import clock
from permissions.policy import may
from workflows.views.cases import CasePage

MOST_LOSSES = 8


class ApplicationPage(CasePage):
    """The page of an application."""

    model = Application
    template = "accreditation/application.html"
    act_template = "accreditation/act.html"
    forms = applications.ACT_FORMS

    @classmethod
    def context(cls, case: Application, user: Any) -> dict[str, Any]:
        """Show scores, materials, sheets, objections and inspections."""
        self_sheet = case.self_sheet()
        claimed = {score.item_id: score.claimed for score in self_sheet}
        result = case.self_result() if self_sheet else None
        present = list(case.materials())
        has_county_scores = case.county_scores.exists()
        return {
            "self_sheet": self_sheet,
            "self_result": result,
            "losses": losses([s.item for s in self_sheet], claimed)[:MOST_LOSSES],
            "entry_conditions": case.entry_conditions(),
            "materials": [
                (material, [stored for stored in present if stored.slot == material])
                for material in MATERIALS
            ],
            "sheets": case.visible_sheets(user),
            "replaced_assessors": case.appointments.exclude(ended_on=None).select_related(
                "assessor", "successor"
            ),
            "recorded_vetoes": case.veto_checks.exclude(recorded_on=None).select_related(
                "veto", "recorded_by", "decided_by"
            ),
            "waiting_assessors": case.assessors_without_sheet(),
            "county_result": case.county_result() if has_county_scores else None,
            "may_edit": bool(may(user, ApplicationVerb.EDIT, case)),
            "is_editable": case.state in EDITABLE,
            "plan_remarks": _plan_remarks(case),
        }

    @classmethod
    def sensitive_parts(cls, context: dict[str, Any]) -> tuple[str, ...]:
        """Name the assessors' sheets where any are shown."""
        return ("评审员评分表",) if context["sheets"] else ()


def _plan_remarks(case: Application) -> list[str]:
    """Return what the plan says of a station that did not hold a title when it applied (FQ-2)."""
    if Title.objects.filter(unit=case.unit, valid_from__lte=case.opened_on).exists():
        return []
    plan = getattr(case.unit, "plan_entry", None)
    return list(years_early(plan.year if plan else None, case.opened_on))


EDITABLE = {Application.State.SELF_ASSESSING}


class TitlePage(CasePage):
    """The page of a title."""

    model = Title
    template = "accreditation/title.html"
    act_template = "accreditation/act.html"
    forms = titles.ACT_FORMS

    @classmethod
    def context(cls, case: Title, user: Any) -> dict[str, Any]:
        """Show the re-checks."""
        return {
            "rechecks": case.rechecks.select_related("veto", "decided_by").prefetch_related(
                "scores__item"
            ),
            "today": clock.today(),
        }
