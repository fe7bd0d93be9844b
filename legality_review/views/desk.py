"""Show the reviewer's desk: the text and what was found in it, side by side (LR-18)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from audit import clock
from audit.recording import record
from documents import texts
from legality_review.forms.desk import AdviceForm, FindingsForm
from legality_review.lifecycle.states import NOT_REVIEWERS
from legality_review.models import Advice, Review
from legality_review.models.texts import readable
from legality_review.permissions import ReviewVerb as Verb
from permissions.policy import may
from workflows import drafts
from workflows.door import locked
from workflows.models.tasks import Task
from workflows.views.cases import keep_draft, record_case_view

FINDINGS_FORM, ADVICE_FORM = "form:findings", "form:advice"


def _examined(request: HttpRequest, uuid: UUID) -> tuple[Review, Any]:
    """Return the locked case and the acting post of whoever examines it now, or answer 403."""
    seen = get_object_or_404(Review.objects.visible_to(request.user), uuid=uuid)
    case = locked(seen)
    answer = may(request.user, Verb.EXAMINE, case)
    if not answer:
        raise PermissionDenied(answer.reason)
    if not case.is_in_review:
        raise PermissionDenied(f"该件现为“{case.get_state_display()}”，不能填写审查发现。")
    for name in NOT_REVIEWERS:
        label, people = case.people_of(name)
        if request.user.pk in people:
            raise PermissionDenied(f"您是该件的{label}，审查须由他人办理。")
    if not Task.objects.of_case(case).open().awaiting(request.user, clock.today()).exists():
        raise PermissionDenied("该件现在不由您审查。")
    return case, answer.post


@transaction.atomic
def desk(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the text beside the findings, and keep the findings."""
    user: Any = request.user
    case, post = _examined(request, uuid)
    form = FindingsForm(request.POST or None, case=case)
    draft = drafts.find(user, case, FINDINGS_FORM)
    drafts.fill(form, draft)
    if request.method == "POST" and form.is_valid():
        found = form.found()
        for code, (verdict, note) in found.items():
            case.keep_finding(user, code, verdict, note)
        drafts.drop(user, case, FINDINGS_FORM)
        record(
            Verb.EXAMINE, "填写审查发现", subject=case, subject_title=case.title, by=user,
            post=post, after=found,
        )  # fmt: skip
        left = len(case.items_without_finding())
        messages.success(
            request, f"审查发现已保存，{f'还有{left}项未填' if left else '各项均已填写'}。"
        )
        return redirect("legality_review:desk", uuid=uuid)
    record_case_view(request, case, "审查工作台")
    advice = AdviceForm(initial=_from_citation(request, case))
    return _show(request, case, form, advice, None if form.is_bound else draft)


def _from_citation(request: HttpRequest, case: Review) -> dict[str, str]:
    """Begin a piece of advice with the doubtful citation that was chosen, if one was."""
    chosen = request.GET.get("citation", "")
    place = int(chosen) if chosen.isascii() and chosen.isdigit() else None
    found = case.doubtful_citations() if place is not None else []
    if place is None or place >= len(found):
        return {}
    doubtful = found[place]
    clause = doubtful.clause
    return {
        "clause": clause.label if clause else "",
        "quoted": clause.text if clause else doubtful.citation.text,
        "problem": doubtful.sentence,
        "suggestion": f"删去或者更正对{doubtful.citation.name}的引用。",
    }


def _show(
    request: HttpRequest, case: Review, form: FindingsForm, advice: AdviceForm, draft: Any = None
) -> HttpResponse:
    """Show the desk with both forms."""
    text = case.current_text
    template = readable(case.template.file) if case.template else None
    in_force = readable(case.amends.text_file) if case.amends else None
    shown = {
        "case": case,
        "form": form,
        "advice_form": advice,
        "advice": case.advice,
        "clauses": text.clauses if text else (),
        "reading_defects": text.defects if text else (),
        "from_template": texts.compare(template, text).changed if template and text else None,
        "from_amended": texts.compare(in_force, text).changed if in_force and text else None,
        "citations": case.doubtful_citations(),
        "procedure": case.procedure_defects(),
        "escalation": case.second_review_grounds(),
        "draft": draft,
    }
    wrong = form.errors or advice.errors
    return render(request, "legality_review/desk.html", shown, status=422 if wrong else 200)


@require_POST
@transaction.atomic
def draft_findings(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep what was typed of the findings."""
    case, _ = _examined(request, uuid)
    return keep_draft(request, case, FINDINGS_FORM)


@require_POST
@transaction.atomic
def give_advice(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep one piece of advice on a clause."""
    case, post = _examined(request, uuid)
    advice = AdviceForm(request.POST)
    if not advice.is_valid():
        return _show(request, case, FindingsForm(case=case), advice)
    kept = Advice.objects.create(
        review=case, round=case.round, level=case.level, given_by=request.user,
        **advice.cleaned_data,
    )  # fmt: skip
    record(
        Verb.EXAMINE, "提出修改意见", subject=case, subject_title=case.title, by=request.user,
        post=post, after=advice.cleaned_data,
    )  # fmt: skip
    messages.success(request, f"已提出对“{kept.clause}”的修改意见。")
    return redirect("legality_review:desk", uuid=uuid)


@require_POST
@transaction.atomic
def withdraw_advice(request: HttpRequest, uuid: UUID, advice: UUID) -> HttpResponse:
    """Take a piece of advice back before the opinion is given; it stays on record."""
    case, post = _examined(request, uuid)
    found = case.advice.filter(uuid=advice).first()
    if found is None:
        raise Http404
    found.withdrawn_at = clock.now()
    found.save(update_fields=["withdrawn_at"])
    record(
        Verb.EXAMINE, "撤回修改意见", subject=case, subject_title=case.title, by=request.user,
        post=post, before={"clause": found.clause, "suggestion": found.suggestion},
    )  # fmt: skip
    messages.success(request, f"已撤回对“{found.clause}”的修改意见。")
    return redirect("legality_review:desk", uuid=uuid)
