"""Keep the county's contract templates and the register of qualified reviewers (LR-7, LR-12)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from audit import clock
from audit.recording import record
from documents import uploads
from documents.forms import receive_for
from legality_review.forms.registers import QualificationForm, TemplateForm
from legality_review.models import ContractTemplate, Qualification
from legality_review.permissions import TemplateVerb as Verb
from legality_review.views.lists import refuse_stranger
from permissions.models import Post, User
from permissions.policy import demand, may

TEMPLATE_SLOT = "合同示范文本"


@transaction.atomic
def templates(request: HttpRequest) -> HttpResponse:
    """Show the contract templates, and take in a new one."""
    refuse_stranger(request, Verb.VIEW)
    user: Any = request.user
    form = None
    if may(user, Verb.MAINTAIN):
        form = TemplateForm(request.POST or None, request.FILES or None)
        receive_for(form, user)
    if request.method == "POST":
        post = demand(user, Verb.MAINTAIN)
        if form is not None and form.is_valid():
            kept = _published(user, form.cleaned_data)
            record(
                Verb.MAINTAIN, "发布合同示范文本", subject=kept, by=user, post=post,
                after={"title": kept.title, "file": kept.file.fingerprint},
            )  # fmt: skip
            messages.success(request, f"已发布“{kept.title}”。")
            return redirect("legality_review:templates")
    shown = {"form": form, "templates": ContractTemplate.objects.select_related("file")}
    status = 422 if form is not None and form.errors else 200
    return render(request, "legality_review/templates.html", shown, status=status)


def _published(user: Any, told: dict[str, Any]) -> ContractTemplate:
    """Store a template and attach its file to it."""
    kept = ContractTemplate.objects.create(published_by=user, **told)
    uploads.attach(told["file"], subject=kept, by=user, slot=TEMPLATE_SLOT)
    return kept


@require_POST
@transaction.atomic
def retire_template(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Offer a template no longer; contracts that used it keep it."""
    post = demand(request.user, Verb.MAINTAIN)
    kept = get_object_or_404(ContractTemplate.objects.usable(), uuid=uuid)
    kept.retired_at = clock.now()
    kept.save(update_fields=["retired_at"])
    record(Verb.MAINTAIN, "停用合同示范文本", subject=kept, by=request.user, post=post)
    messages.success(request, f"已停用“{kept.title}”。")
    return redirect("legality_review:templates")


@transaction.atomic
def qualifications(request: HttpRequest) -> HttpResponse:
    """Show who is qualified for a legal profession, and record one more (LR-12)."""
    post = demand(request.user, Verb.MAINTAIN)
    units = post.unit.reach if post else ""
    reached = Post.objects.on(clock.today()).filter(unit__path__startswith=units)
    people = User.objects.filter(pk__in=reached.values("user_id"), is_active=True)
    form = QualificationForm(request.POST or None, people=people.order_by("full_name", "pk"))
    if request.method == "POST" and form.is_valid():
        form.instance.recorded_by = request.user
        kept = form.save()
        record(
            Verb.MAINTAIN, "登记审查人员资格", subject=kept, by=request.user, post=post,
            after={name: str(form.cleaned_data[name]) for name in form.changed_data},
        )  # fmt: skip
        messages.success(request, f"已登记{kept.user.full_name}的资格。")
        return redirect("legality_review:qualifications")
    rows = Qualification.objects.filter(user__in=people).select_related("user")
    shown = {"form": form, "qualifications": rows, "today": clock.today()}
    status = 422 if form.errors else 200
    return render(request, "legality_review/qualifications.html", shown, status=status)
