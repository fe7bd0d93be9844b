"""Show clean-ups of normative documents, and let their lists be worked on (LR-36)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from audit.recording import record, record_alone
from legality_review.forms.cleanups import ACT_FORMS, LinesForm, NewCleanupForm
from legality_review.models import Cleanup, CleanupLine
from legality_review.permissions import CleanupVerb as Verb
from permissions.models import Unit, UnitKind
from permissions.policy import demand, may
from permissions.workbooks import CONTENT_TYPE, Column, Sheet, write_workbook
from workflows import drafts
from workflows.door import locked, open_case
from workflows.pages import page_of_parts
from workflows.refusals import RefusedByLaw, RefusedByPerson
from workflows.views.cases import CasePage, keep_draft, record_case_view

LINES_FORM = "form:cleanup-lines"
SHEET = Sheet(
    "清理目录",
    tuple(
        Column(heading, heading)
        for heading in (
            "登记号", "文号", "标题", "公布日期", "有效期至", "清理时效力", "清理结论", "理由",
        )
    ),
)  # fmt: skip


class CleanupPage(CasePage):
    """The page of a clean-up."""

    model = Cleanup
    template = "legality_review/cleanup.html"
    forms = ACT_FORMS

    @classmethod
    def context(cls, case: Cleanup, user: Any) -> dict[str, Any]:
        """Show the list and the opinions."""
        return {
            "lines": case.lines.select_related("document"),
            "opinions": case.opinions.select_related("recorded_by"),
            "may_edit": case.is_editable and bool(may(user, Verb.EDIT, case)),
        }


@require_safe
def cleanups(request: HttpRequest) -> HttpResponse:
    """List the clean-ups the user may see, the newest first."""
    demand(request.user, Verb.VIEW)
    parts = Cleanup.objects.visible_parts(request.user)
    page = page_of_parts(
        parts, request.GET.get("after", ""), by=("-opened_on", "-pk"), along=("issuer_unit",)
    )
    shown = {"page": page, "may_open": bool(may(request.user, Verb.OPEN))}
    return render(request, "legality_review/cleanups.html", shown)


def _government(user: Any) -> Unit:
    """Return the township government of the person's own post, or answer 403."""
    post: Any = demand(user, Verb.OPEN)
    if post.unit.kind != UnitKind.TOWNSHIP_GOVERNMENT:
        raise PermissionDenied("您的岗位不在乡镇人民政府（街道办事处），不能启动清理。")
    unit: Unit = post.unit
    return unit


def new_cleanup(request: HttpRequest) -> HttpResponse:
    """Begin a clean-up of the documents of one's own government."""
    government = _government(request.user)
    form = NewCleanupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = _begun(request.user, government, form.cleaned_data["as_of"])
        except RefusedByPerson as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except RefusedByLaw as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, f"已启动清理：{case.number}，列入{case.lines.count()}件文件。"
            )
            return redirect(case)
    shown = {"form": form, "government": government}
    status = 422 if form.errors else 200
    return render(request, "legality_review/new_cleanup.html", shown, status=status)


@transaction.atomic
def _begun(user: Any, government: Unit, as_of: Any) -> Cleanup:
    """Open a clean-up for the station of the township and take its documents in."""
    stations = Unit.objects.filter(
        kind=UnitKind.STATION, is_active=True, path__startswith=government.reach
    )
    case = open_case(
        Cleanup, by=user, unit=stations.first() or government,
        title=f"{government}规范性文件清理（截至{as_of}）", issuer_unit=government, as_of=as_of,
    )  # fmt: skip
    case.fill()
    return case


def _editable(request: HttpRequest, uuid: UUID) -> tuple[Cleanup, Any]:
    """Return the locked clean-up and the acting post, if its list may be changed now."""
    case = locked(get_object_or_404(Cleanup.objects.visible_to(request.user), uuid=uuid))
    post = demand(request.user, Verb.EDIT, case)
    if not case.is_editable:
        raise PermissionDenied(f"该件现为“{case.state_label}”，不能修改清理结论。")
    return case, post


@transaction.atomic
def lines(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the list of a clean-up and take its conclusions in."""
    user: Any = request.user
    case, post = _editable(request, uuid)
    form = LinesForm(request.POST or None, case=case)
    draft = drafts.find(user, case, LINES_FORM)
    drafts.fill(form, draft)
    if request.method == "POST" and form.is_valid():
        changed = form.changed_lines()
        CleanupLine.objects.bulk_update(changed, ["conclusion", "reason"])
        record(
            Verb.EDIT, Verb.EDIT.label, subject=case, subject_title=case.title, by=user, post=post,
            after={line.document.number: [line.conclusion, line.reason] for line in changed},
        )  # fmt: skip
        drafts.drop(user, case, LINES_FORM)
        messages.success(request, f"已保存，{len(changed)}件文件的清理结论有变化。")
        return redirect(case)
    record_case_view(request, case, "清理结论")
    shown = {"case": case, "form": form, "draft": None if form.is_bound else draft}
    status = 422 if form.errors else 200
    return render(request, "legality_review/cleanup_lines.html", shown, status=status)


@require_POST
@transaction.atomic
def draft_lines(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep what was typed into the list."""
    return keep_draft(request, _editable(request, uuid)[0], LINES_FORM)


@require_safe
def export(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand the list of a clean-up out as an Excel file; the export is recorded."""
    user: Any = request.user
    case = get_object_or_404(Cleanup.objects.visible_to(user), uuid=uuid)
    post = demand(user, Verb.VIEW, case)
    found = list(case.lines.select_related("document"))
    record_alone(
        "legality_review.export_cleanup", "导出清理目录", subject=case, subject_title=case.title,
        by=user, post=post, after={"count": len(found)},
    )  # fmt: skip
    return HttpResponse(
        write_workbook([(SHEET, [_row(line) for line in found])]),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="cleanup-{case.as_of}.xlsx"'},
    )


def _row(line: CleanupLine) -> dict[str, str]:
    """Return a line as texts, in the order of the sheet; what Excel cannot hold is left out."""
    document = line.document
    texts = (
        document.registration_number, document.document_number, document.title,
        document.published_on, document.expires_on, line.get_status_display(),
        line.get_conclusion_display(), line.reason,
    )  # fmt: skip
    return {
        column.key: ILLEGAL_CHARACTERS_RE.sub("", str(text)) if text else ""
        for column, text in zip(SHEET.columns, texts, strict=True)
    }
