"""Change what is told of a matter while it is its drafter's, and bring its materials in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from audit.recording import record
from documents import texts, uploads
from documents.forms import receive_for
from documents.models import StoredFile
from legality_review.forms.intake import MaterialForm, MatterForm
from legality_review.models import Review
from legality_review.permissions import ReviewVerb as Verb
from legality_review.rules import materials as kinds
from permissions.policy import may
from workflows import drafts
from workflows.door import locked
from workflows.views.cases import keep_draft, record_case_view

EDIT_FORM = "form:edit"
"""The form whose draft is kept beside those of acts."""


def _editable(request: HttpRequest, uuid: UUID) -> tuple[Review, Any]:
    """Return the locked case and the acting post, if the person may edit it as it stands."""
    seen = get_object_or_404(Review.objects.visible_to(request.user), uuid=uuid)
    case = locked(seen)
    answer = may(request.user, Verb.EDIT, case)
    if not answer:
        raise PermissionDenied(answer.reason)
    if not case.is_editable:
        raise PermissionDenied(f"该件现为“{case.get_state_display()}”，不能修改送审信息和材料。")
    return case, answer.post


@transaction.atomic
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change what the drafter tells of the matter, while it is his."""
    user: Any = request.user
    case, post = _editable(request, uuid)
    form = MatterForm(request.POST or None, matter=case.matter, instance=case)
    draft = drafts.find(user, case, EDIT_FORM)
    drafts.fill(form, draft)
    if request.method == "POST" and form.is_valid():
        form.save()
        drafts.drop(user, case, EDIT_FORM)
        record(
            Verb.EDIT, "修改送审信息", subject=case, subject_title=case.title, by=user, post=post,
            after={name: form.cleaned_data[name] for name in form.changed_data},
        )  # fmt: skip
        messages.success(request, "送审信息已保存。")
        return redirect(case)
    record_case_view(request, case, "送审信息")
    shown = {"form": form, "case": case, "draft": None if form.is_bound else draft}
    return render(request, "legality_review/edit.html", shown, status=422 if form.errors else 200)


@require_POST
@transaction.atomic
def draft_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep what was typed of a matter."""
    case, _ = _editable(request, uuid)
    return keep_draft(request, case, EDIT_FORM)


def materials(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the materials and take files in for them (LR-8)."""
    case, form = _received(request, uuid)
    if form.is_bound and form.is_valid():
        messages.success(request, f"已上传“{form.cleaned_data['slot']}”。")
        return redirect("legality_review:materials", uuid=uuid)
    present = list(case.materials())
    required = case.required_materials()
    names = [*required, *(name for name in kinds.KNOWN if name not in required)]
    listed = [(name, [file for file in present if file.slot == name]) for name in names]
    shown = {
        "case": case,
        "form": form,
        "required": required,
        "missing": [name for name in required if not any(file.slot == name for file in present)],
        "materials": [(name, files) for name, files in listed if files or name in required],
    }
    status = 422 if form.errors else 200
    return render(request, "legality_review/materials.html", shown, status=status)


@transaction.atomic
def _received(request: HttpRequest, uuid: UUID) -> tuple[Review, MaterialForm]:
    """Take the posted files in for their material; the newest draft is the one under review."""
    case, post = _editable(request, uuid)
    lacking = kinds.missing(case, case.today())
    form = MaterialForm(request.POST or None, request.FILES or None, missing=lacking)
    receive_for(form, request.user)
    if request.method == "POST" and form.is_valid():
        slot, files = form.cleaned_data["slot"], form.cleaned_data["files"]
        problem = texts.text_of(files[-1]).problem if slot == kinds.DRAFT else ""
        if problem:
            form.add_error("files", f"“{files[-1].original_name}”：{problem}")
            return case, form
        for stored in files:
            uploads.attach(stored, subject=case, by=request.user, slot=slot)
        if slot == kinds.DRAFT:
            case.take_draft(files[-1])
            case.save(update_fields=["draft_file"])
        record(
            Verb.EDIT, "上传材料", subject=case, subject_title=case.title, by=request.user,
            post=post, after={slot: [stored.fingerprint for stored in files]},
        )  # fmt: skip
    return case, form


@require_POST
@transaction.atomic
def withdraw_material(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponse:
    """Take a file out of the materials; it is kept out of the lists, not deleted."""
    case, post = _editable(request, uuid)
    stored = StoredFile.objects.of(case).standing().filter(uuid=file).first()
    if stored is None:
        raise Http404
    uploads.withdraw(stored, by=request.user)
    if case.draft_file_id == stored.pk:
        drafts_left = case.materials().filter(slot=kinds.DRAFT).order_by("-pk")
        case.draft_file = drafts_left.first()
        case.save(update_fields=["draft_file"])
    record(
        Verb.EDIT, "撤下材料", subject=case, subject_title=case.title, by=request.user,
        post=post, before={stored.slot: [stored.fingerprint]},
    )  # fmt: skip
    messages.success(request, f"已撤下“{stored.original_name}”。")
    return redirect("legality_review:materials", uuid=uuid)
