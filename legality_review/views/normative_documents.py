"""Show a normative document with its numbers, filings and validity, and perform its acts."""

from typing import Any

from legality_review.forms.normative_documents import ACT_FORMS
from legality_review.models import NormativeDocument
from legality_review.permissions import ReviewVerb
from legality_review.rules.register import Status
from permissions.policy import may
from workflows.views.cases import CasePage

TONES = {
    Status.VALID: "done",
    Status.PENDING: "open",
    Status.LAPSED: "stopped",
    Status.REPEALED: "stopped",
}
"""How the validity looks; its word alone says everything."""


def _may_send_amendment(case: NormativeDocument, user: Any) -> bool:
    """Tell whether the person opens the review of an amended text of this document."""
    if not case.is_amending:
        return False
    answer = may(user, ReviewVerb.OPEN)
    return bool(answer) and answer.post is not None and answer.post.unit == case.issuer_unit


class NormativeDocumentPage(CasePage):
    """The page of a normative document."""

    model = NormativeDocument
    template = "legality_review/normative_document.html"
    forms = ACT_FORMS

    @classmethod
    def context(cls, case: NormativeDocument, user: Any) -> dict[str, Any]:
        """Show validity, registrations, filings, findings and evaluations."""
        status = case.status_on(case.today())
        amendment = case.amendment if case.is_amending else None
        return {
            "amendment": amendment,
            "amended_text": case.amended_text() if amendment else None,
            "resting": case.resting,
            "may_send_amendment": amendment is None and _may_send_amendment(case, user),
            "filing_files": case.filing_files(),
            "status": status,
            "status_tone": TONES[status],
            "registrations": case.registrations.select_related("registered_by"),
            "filings": case.filings.select_related("registration"),
            "findings": case.findings.select_related("decided_by"),
            "evaluations": case.evaluations.select_related("evaluated_by", "decided_by"),
        }
