"""Show the index of a matter's volume, and hand the whole volume out as one PDF (LR-38)."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from audit import clock
from audit.recording import record_alone
from documents import vault
from documents.models import Paper, StoredFile
from documents.views import handed_out
from legality_review.documents import volume as volumes
from legality_review.forms.exports import PurposeForm
from legality_review.models import Review
from workflows.views.cases import record_case_view


@require_safe
def volume(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the index: every paper and file in the order of the volume."""
    case = get_object_or_404(Review.objects.visible_to(request.user), uuid=uuid)
    record_case_view(request, case, "案卷目录")
    return _show(request, case, PurposeForm())


def _show(request: HttpRequest, case: Review, purpose: PurposeForm) -> HttpResponse:
    """Show the index with the form that asks what the volume is taken out for."""
    leaves = volumes.leaves(case)
    shown = {
        "case": case,
        "rows": [(leaf, _fault(leaf.source), _is_file(leaf.source)) for leaf in leaves],
        "purpose": purpose,
    }
    status = 422 if purpose.errors else 200
    return render(request, "legality_review/volume.html", shown, status=status)


def _is_file(source: Paper | StoredFile) -> bool:
    return isinstance(source, StoredFile)


def _fault(source: Paper | StoredFile) -> str:
    """Say why a kept file cannot be handed out any more; empty where it is whole."""
    name, digest = (
        (source.stored_name, source.sha256)
        if isinstance(source, StoredFile)
        else (source.pdf_name, source.pdf_sha256)
    )
    try:
        if digest:
            vault.content_of(name, digest)
    except vault.Damaged as damaged:
        return str(damaged)
    return ""


@require_POST
def volume_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand out cover, index and everything as one PDF; purpose and digests are recorded."""
    user: Any = request.user
    case = get_object_or_404(Review.objects.visible_to(user), uuid=uuid)
    purpose = PurposeForm(request.POST)
    if not purpose.is_valid():
        return _show(request, case, purpose)
    made = volumes.build(case, clock.today())
    record_alone(
        "legality_review.export_volume", "导出案卷", subject=case, subject_title=case.title,
        by=user, post=user.acting_post,
        after={
            "purpose": purpose.cleaned_data["purpose"],
            "sha256": hashlib.sha256(made.content).hexdigest(),
            "pages": made.pages,
            "leaves": [
                {"title": line.leaf.title, "sha256": line.leaf.sha256}
                for line in made.lines
            ],
            "left_out": [line.leaf.title for line in made.lines if not line.is_bound],
        },
    )  # fmt: skip
    return handed_out(made.content, f"{case.number}案卷.pdf", "pdf")
