"""Open an application, fill in the station's sheet, and bring its materials in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accreditation.forms.applications import ClaimForm, EntryForm, MaterialForm, OpeningForm
from accreditation.models import Application, SelfScore
from accreditation.permissions import ApplicationVerb as Verb
from accreditation.rules.applications import ENTRY, MATERIALS, claim_defects
from accreditation.views.pages import EDITABLE
from audit import clock
from audit.recording import record
from documents import uploads
from documents.forms import receive_for
from documents.models import StoredFile
from permissions.models import Unit, UnitKind
from permissions.policy import demand, may
from workflows import drafts
from workflows.door import locked, open_case
from workflows.refusals import RefusedByLaw, RefusedByPerson
from workflows.views.cases import keep_draft, record_case_view

OPENING_FORM, SHEET_FORM = "form:opening", "form:sheet"
"""The forms whose drafts are kept beside those of acts."""


def _own_stations(request: HttpRequest) -> Any:
    """Return the stations for which the person may open an application."""
    units = Unit.objects.reached_by(request.user, Verb.OPEN.roles, clock.today())
    return units.filter(kind=UnitKind.STATION, is_active=True)


def _station_to_open_for(request: HttpRequest) -> Unit:
    """Return the person's own station, or answer 403."""
    demand(request.user, Verb.OPEN)
    station: Unit | None = _own_stations(request).first()
    if station is None:
        raise PermissionDenied("您的岗位不在司法所，不能发起创建申报。")
    return station


def new_application(request: HttpRequest) -> HttpResponse:
    """Open an application for the person's own station."""
    user: Any = request.user
    station = _station_to_open_for(request)
    today = clock.today()
    form = OpeningForm(request.POST or None, on=today, initial={"batch_year": today.year})
    draft = drafts.find(user, station, OPENING_FORM)
    drafts.fill(form, draft)
    if request.method == "POST" and form.is_valid():
        try:
            case = open_case(
                Application, by=user, unit=station,
                title=f"{station}{form.cleaned_data['batch_year']}年创建“枫桥式司法所”",
                **form.cleaned_data,
            )  # fmt: skip
        except RefusedByPerson as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except RefusedByLaw as refusal:
            form.add_error(None, refusal.message)
        else:
            drafts.drop(user, station, OPENING_FORM)
            messages.success(request, f"已发起创建申报：{case.number}。")
            return redirect(case)
    shown = {"form": form, "station": station, "draft": None if form.is_bound else draft}
    return render(request, "accreditation/new.html", shown, status=422 if form.errors else 200)


@require_POST
def draft_opening(request: HttpRequest) -> HttpResponse:
    """Keep what was typed into the opening form."""
    return keep_draft(request, _station_to_open_for(request), OPENING_FORM)


def _in_assessment(case: Application) -> bool:
    """Tell whether the station may change its sheet."""
    return case.state in EDITABLE


def _takes_materials(case: Application) -> bool:
    """Tell whether files may still change."""
    return case.takes_materials


def _editable(
    request: HttpRequest, uuid: UUID, is_open: Callable[[Application], bool]
) -> tuple[Application, Any]:
    """Return the locked case and the acting post, if the person may edit it as it stands."""
    seen = get_object_or_404(Application.objects.visible_to(request.user), uuid=uuid)
    case = locked(seen)
    answer = may(request.user, Verb.EDIT, case)
    if not answer:
        raise PermissionDenied(answer.reason)
    if not is_open(case):
        raise PermissionDenied(f"该件现为“{case.get_state_display()}”，不能修改自评内容和材料。")
    return case, answer.post


@transaction.atomic
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the station's sheet and take its claims, item by item."""
    user: Any = request.user
    case, post = _editable(request, uuid, _in_assessment)
    rows = [(score, _claim(request, score)) for score in case.self_sheet()]
    entry = EntryForm(request.POST or None, case=case, prefix="entry")
    draft = drafts.find(user, case, SHEET_FORM)
    for form in (*(form for _, form in rows), entry):
        drafts.fill(form, draft)
    if request.method == "POST" and _all_good(rows, entry):
        changed = _keep(case, rows, entry.cleaned_data)
        drafts.drop(user, case, SHEET_FORM)
        record(
            Verb.EDIT, "填写自评", subject=case, subject_title=case.title, by=request.user,
            post=post, after=changed,
        )  # fmt: skip
        messages.success(request, "自评已保存。")
        return redirect("accreditation:sheet", uuid=uuid)
    record_case_view(request, case, "自评表")
    wrong = request.method == "POST"
    shown = {
        "case": case,
        "rows": rows,
        "entry": entry,
        "result": case.self_result(),
        "draft": None if wrong else draft,
    }
    return render(request, "accreditation/sheet.html", shown, status=422 if wrong else 200)


@require_POST
@transaction.atomic
def draft_sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep what was typed into the station's sheet."""
    case, _ = _editable(request, uuid, _in_assessment)
    return keep_draft(request, case, SHEET_FORM)


def _claim(request: HttpRequest, score: SelfScore) -> ClaimForm:
    """Return the form of one item, filled with what stands."""
    initial = {name: getattr(score, name) for name in ("claimed", "reason", "evidence")}
    prefix = f"i{score.item.code.replace('.', '_')}"
    return ClaimForm(request.POST or None, initial=initial, prefix=prefix)


def _all_good(rows: Any, entry: EntryForm) -> bool:
    """Check every claim and the declarations, so that all that is wrong is said at once."""
    checked = [_is_good(*row) for row in rows]
    return entry.is_valid() and all(checked)


def _is_good(score: SelfScore, form: ClaimForm) -> bool:
    """Check one claim against its item; what is wrong stands beside it."""
    if not form.is_valid():
        return False
    asked = SelfScore(item=score.item, proposed=score.proposed, **form.cleaned_data)
    for defect in claim_defects(asked):
        form.add_error(None, defect)
    return not form.errors


def _keep(case: Application, rows: Any, entry: dict[str, Any]) -> dict[str, Any]:
    """Store claims, conditions and declared vetoes; return what changed for the trace."""
    changed: dict[str, Any] = {}
    for score, form in rows:
        if form.has_changed():
            for name, value in form.cleaned_data.items():
                setattr(score, name, value)
            score.save(update_fields=["claimed", "reason", "evidence"])
            changed[score.item.code] = form.cleaned_data
    for name in ENTRY:
        setattr(case, name, entry[name])
    case.save(update_fields=list(ENTRY))
    case.veto_checks.update(is_declared=False)
    case.veto_checks.filter(veto_id__in=entry["vetoes"]).update(is_declared=True)
    return {**changed, **entry}


@require_POST
@transaction.atomic
def refresh(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let the system propose points anew from the indicators."""
    case, post = _editable(request, uuid, _in_assessment)
    changed = case.refresh_proposals()
    record(
        Verb.EDIT,
        "按指标重新计分",
        subject=case,
        subject_title=case.title,
        by=request.user,
        post=post,
        after={"changed": changed},
    )
    messages.success(request, f"已按最新指标重新计分，{changed}项有变化。")
    return redirect("accreditation:sheet", uuid=uuid)


@transaction.atomic
def materials(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the materials and take files in for them (FQ-5)."""
    case, post = _editable(request, uuid, _takes_materials)
    form = MaterialForm(request.POST or None, request.FILES or None)
    receive_for(form, request.user)
    if request.method == "POST" and form.is_valid():
        slot = form.cleaned_data["slot"]
        for stored in form.cleaned_data["files"]:
            uploads.attach(stored, subject=case, by=request.user, slot=slot)
        record(
            Verb.EDIT, "上传材料", subject=case, subject_title=case.title, by=request.user,
            post=post, after={slot: [stored.fingerprint for stored in form.cleaned_data["files"]]},
        )  # fmt: skip
        messages.success(request, f"已上传“{slot}”。")
        return redirect("accreditation:materials", uuid=uuid)
    present = list(case.materials())
    shown = {
        "case": case,
        "form": form,
        "materials": [
            (material, [stored for stored in present if stored.slot == material])
            for material in MATERIALS
        ],
    }
    return render(
        request, "accreditation/materials.html", shown, status=422 if form.errors else 200
    )


@require_POST
@transaction.atomic
def withdraw_material(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponse:
    """Take a file out of the materials; it is kept out of the lists, not deleted."""
    case, post = _editable(request, uuid, _takes_materials)
    stored = StoredFile.objects.of(case).standing().filter(uuid=file).first()
    if stored is None:
        raise Http404
    uploads.withdraw(stored, by=request.user)
    record(
        Verb.EDIT,
        "撤下材料",
        subject=case,
        subject_title=case.title,
        by=request.user,
        post=post,
        before={stored.slot: [stored.fingerprint]},
    )
    messages.success(request, f"已撤下“{stored.original_name}”。")
    return redirect(reverse("accreditation:materials", args=[uuid]))
