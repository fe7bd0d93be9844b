"""Keep the register of normative documents: list it, export it, and complete it (LR-30, LR-36)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from audit import clock
from audit.recording import record_alone
from documents import uploads
from legality_review.forms.normative_documents import ExistingForm
from legality_review.forms.register import RegisterFilter
from legality_review.models import NormativeDocument
from legality_review.permissions import DocumentVerb as Verb
from legality_review.rules import filing
from legality_review.views.normative_documents import TONES
from permissions.models import Unit, UnitKind
from permissions.policy import demand, may
from permissions.workbooks import CONTENT_TYPE, Column, Sheet, write_workbook
from workflows import drafts
from workflows.door import open_case, perform
from workflows.pages import page_of_parts
from workflows.refusals import RefusedByLaw, RefusedByPerson
from workflows.views.cases import keep_draft

EXISTING_FORM = "form:existing-document"
MOST_ROWS = 5000
SHEET = Sheet(
    "规范性文件名册",
    tuple(
        Column(heading, heading)
        for heading in (
            "登记号", "文号", "标题", "制定机关", "公布日期", "施行日期", "有效期至", "效力",
            "办理状态", "效力终止日期", "效力终止原因",
        )
    ),
)  # fmt: skip


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Show the register, narrowed by validity on a day, issuer, state, year and words."""
    demand(request.user, Verb.VIEW)
    asked = RegisterFilter(request.GET, user=request.user)
    page, query = None, ""
    if asked.is_valid():
        parts = [
            asked.narrow(part) for part in NormativeDocument.objects.visible_parts(request.user)
        ]
        page = page_of_parts(
            parts, request.GET.get("after", ""), by=("-opened_on", "-pk"), along=("issuer_unit",)
        )
        query = urlencode(asked.asked())
    shown = {
        "form": asked,
        "page": page,
        "rows": [_with_status(case, asked.day) for case in page.rows] if page else [],
        "day": asked.day if asked.is_valid() else clock.today(),
        "query": query,
        "may_open": bool(may(request.user, Verb.OPEN)),
    }
    status = 200 if asked.is_valid() else 422
    return render(request, "legality_review/normative_documents.html", shown, status=status)


def _with_status(case: NormativeDocument, day: Any) -> tuple[NormativeDocument, str, str]:
    """Return a document with its validity on a day, in words and as it looks."""
    if case.has_no_effect:
        return case, str(case.state_label), "stopped"
    status = case.status_on(day)
    return case, str(status.label), TONES[status]


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand the documents asked for out as an Excel file; the export is recorded."""
    user: Any = request.user
    post = demand(user, Verb.VIEW)
    asked = RegisterFilter(request.GET, user=user)
    if not asked.is_valid():
        messages.error(request, "查询条件有误，没有导出。")
        return redirect("legality_review:documents")
    rows = asked.narrow(NormativeDocument.objects.visible_to(user)).select_related("issuer_unit")
    found = list(rows.order_by("-opened_on", "-pk")[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        messages.error(request, f"符合条件的超过 {MOST_ROWS} 件，请缩小范围后再导出。")
        return redirect(f"{request.path.removesuffix('export/')}?{urlencode(asked.asked())}")
    record_alone(
        "legality_review.export_documents", "导出规范性文件名册", by=user, post=post,
        after={"asked": asked.asked(), "count": len(found)},
    )  # fmt: skip
    content = write_workbook([(SHEET, [_row(case, asked.day) for case in found])])
    name = f"documents-{clock.today()}.xlsx"
    return HttpResponse(
        content,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _row(case: NormativeDocument, day: Any) -> dict[str, str]:
    """Return a document as texts, in the order of the sheet; what Excel cannot hold is left out."""
    texts = (
        case.registration_number, case.document_number, case.title, case.issuer_unit,
        case.published_on, case.effective_on, case.expires_on, _with_status(case, day)[1],
        case.state_label, case.ended_on, case.end_reason,
    )  # fmt: skip
    return {
        column.key: ILLEGAL_CHARACTERS_RE.sub("", str(text)) if text else ""
        for column, text in zip(SHEET.columns, texts, strict=True)
    }


def _desk(user: Any) -> Unit:
    """Return the unit at which the person enters documents, or answer 403."""
    post: Any = demand(user, Verb.OPEN)
    unit: Unit = post.unit
    return unit


def enter(request: HttpRequest) -> HttpResponse:
    """Enter a document that existed before the system (补录): opened and registered at once."""
    user: Any = request.user
    about = _desk(user)
    form = ExistingForm(request.POST or None, request.FILES or None, user=user)
    draft = drafts.find(user, about, EXISTING_FORM)
    drafts.fill(form, draft)
    if request.method == "POST" and form.is_valid():
        try:
            case = _entered(user, form.cleaned_data)
        except RefusedByPerson as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except RefusedByLaw as refusal:
            form.add_error(None, refusal.message)
        else:
            drafts.drop(user, about, EXISTING_FORM)
            messages.success(request, f"已补录《{case.title}》，登记号{case.registration_number}。")
            return redirect(case)
    shown = {"form": form, "draft": None if form.is_bound else draft}
    status = 422 if form.errors else 200
    return render(request, "legality_review/enter_document.html", shown, status=status)


@transaction.atomic
def _entered(user: Any, told: dict[str, Any]) -> NormativeDocument:
    """Open the case of a document, attach its text and enter its numbers; all or nothing."""
    issuer = told["issuer_unit"]
    case = open_case(
        NormativeDocument, by=user, unit=_unit_of(issuer), title=told["title"],
        issuer_unit=issuer, issuer_type=told["issuer_type"], adopted_on=told["adopted_on"],
        validity_years=told["validity_years"], is_from_before=True,
    )  # fmt: skip
    case.text_file = uploads.attach(told["text"], subject=case, by=user, slot=filing.TEXT)
    case.save(update_fields=["text_file"])
    names = (
        "registration_number", "document_number", "published_on", "effective_on", "validity_years",
    )  # fmt: skip
    return perform(case, "enter_existing", by=user, **{name: told[name] for name in names})


def _unit_of(issuer: Unit) -> Unit:
    """Return the station of an issuing township; any other issuer stands for itself."""
    stations = Unit.objects.filter(
        kind=UnitKind.STATION, is_active=True, path__startswith=issuer.reach
    )
    is_township = issuer.kind == UnitKind.TOWNSHIP_GOVERNMENT
    return (stations.first() if is_township else None) or issuer


@require_POST
def draft_entry(request: HttpRequest) -> HttpResponse:
    """Keep what was typed of a document that is entered."""
    return keep_draft(request, _desk(request.user), EXISTING_FORM)
