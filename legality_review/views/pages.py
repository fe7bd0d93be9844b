"""Show a matter under review and perform its acts."""

from typing import Any

from legality_review.forms.acts import ACT_FORMS
from legality_review.models import Review
from legality_review.permissions import ReviewVerb
from legality_review.rules import intake, materials
from legality_review.rules.matters import Matter
from permissions.policy import may
from workflows.models.tasks import Task
from workflows.views.cases import CasePage

EXAMINING = frozenset({"examine", "examine_at_county", "conclude", "conclude_at_county"})
"""The steps at which the reviewer's desk is open."""


class ReviewPage(CasePage):
    """The page of a matter under review."""

    model = Review
    template = "legality_review/review.html"
    act_template = "legality_review/act.html"
    forms = ACT_FORMS

    @classmethod
    def context(cls, case: Review, user: Any) -> dict[str, Any]:
        """Show materials, findings, advice, counsel, meetings and what lacks."""
        present = list(case.materials())
        required = case.required_materials()
        names = [*required, *sorted({f.slot for f in present} - set(required))]
        mine = Task.objects.of_case(case).open().awaiting(user, case.today())
        return {
            "material_rows": [(n, [f for f in present if f.slot == n]) for n in names],
            "required_materials": required,
            "missing_materials": materials.missing(case, case.today()),
            "scope": intake.Scope(intake.scope_of(case)).label
            if case.matter == Matter.NORMATIVE
            else "",
            "findings": case.findings.order_by("-round", "level", "pk"),
            "advice": case.all_advice.filter(withdrawn_at=None)
            .order_by("-round", "pk")
            .select_related("given_by", "answered_by"),
            "counsel_opinions": case.counsel_opinions.select_related("given_by"),
            "meetings": case.meetings.prefetch_related("views"),
            "evaluations": case.evaluations.all(),
            "procedure": case.procedure_defects(),
            "escalation": case.second_review_grounds() if case.is_in_review else [],
            "versions": case.versions(),
            "may_edit": case.is_editable and bool(may(user, ReviewVerb.EDIT, case)),
            "may_examine": case.is_in_review
            and bool(may(user, ReviewVerb.EXAMINE, case))
            and any(task.node in EXAMINING for task in mine),
            "floor_warning": case.floor_warning(),
        }
