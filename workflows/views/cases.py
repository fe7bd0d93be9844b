"""Show a case of any kind and perform its acts; a kind says here only what is its own."""

from functools import cache
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from audit import clock
from audit.models import Entry, Outcome
from audit.prepared import Prepared
from audit.recording import record, record_view
from documents.models import Paper, StoredFile
from permissions.models import User
from permissions.policy import demand, has_in_reach
from permissions.refusals import NotEntitled
from workflows import diagram, drafts, sheets, signatures, tasks
from workflows.acts import Act
from workflows.door import OpenAct, open_acts, perform, refuse_unentitled
from workflows.flows import flow_of_case
from workflows.forms import ActForm
from workflows.lifecycle import Case, kind_of
from workflows.models.tasks import Link, Task
from workflows.models.terms import Term
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByRace, RefusedByState
from workflows.views.panels import operation_context
from workflows.views.phrases import phrases_of
from workflows.views.signing import proof_of, signing_form


class CasePage:
    """What the pages of one kind of case have of their own; a subclass in the app's views.

    `model`, the kind; `template`, which extends workflows/case.html; `forms`, the form of each
    act that needs facts (`ActForm` for the rest); `context`, what the template shows beyond the
    parts all kinds share.
    """

    model: ClassVar[type[Case]]
    template: ClassVar[str] = "workflows/case.html"
    act_template: ClassVar[str] = "workflows/act.html"
    forms: ClassVar[dict[str, type[ActForm]]] = {}

    @classmethod
    def context(cls, case: Any, user: User) -> dict[str, Any]:
        """Return what the case's page shows beyond the shared parts."""
        return {}

    @classmethod
    def sensitive_parts(cls, context: dict[str, Any]) -> tuple[str, ...]:
        """Name the parts of the page whose being seen is recorded beside the page itself."""
        return ()

    @classmethod
    def form_of(cls, act: str) -> type[ActForm]:
        """Return the form of an act."""
        return cls.forms.get(act, ActForm)


def page_of(kind: str) -> type[CasePage]:
    """Return the page of a kind of case, or answer that there is none."""
    try:
        model = kind_of(kind)
    except LookupError as unknown:
        raise Http404 from unknown
    for page in CasePage.__subclasses__():
        if page.model is model:
            return page
    return type("PlainPage", (CasePage,), {"model": model})


def visible_case(request: HttpRequest, kind: str, uuid: UUID) -> tuple[type[CasePage], Any]:
    """Return page and case, if the case is in the user's sight; otherwise 404."""
    page, user = page_of(kind), request.user
    shown: Any = next(iter(_case_of(page.model)(uuid)), None)
    if shown is None:
        raise Http404
    if not has_in_reach(user, shown):
        visible: Any = page.model._default_manager.visible_to(user)  # type: ignore[attr-defined]
        if not visible.filter(pk=shown.pk).exists():
            raise Http404
    return page, shown


@cache
def _case_of(model: type[Case]) -> Prepared[Any]:
    """Return the statement that reads a case of a kind by the key of its address."""
    rows = model._default_manager.select_related("unit", "opened_by", "process")
    return Prepared(lambda uuid: rows.filter(uuid=uuid), UUID)


def case(request: HttpRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Show a case: state, next step, terms, acts, papers, files and history.

    The first look of whoever a task waits for is kept: from then on it is not taken back (收回).
    """
    page, shown = visible_case(request, kind, uuid)
    shared = {**case_context(shown, request.user), **page.context(shown, request.user)}  # type: ignore[arg-type]
    tasks.note_opened(shared["mine"])
    for seen in ("案件", *page.sensitive_parts(shared)):
        record_case_view(request, shown, seen)
    return render(request, page.template, shared)


PRINTED = {"rounds": "已失效的意见", "history": "办理经过", "files": "附件清单"}
"""What stands on an approval sheet only if the address asks for it (`rounds=all`), and its name."""


def case_print(request: HttpRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Show the approval sheet of a case for printing, with the code by which it is checked.

    What is no longer valid (失效), the whole history and the list of files are left out unless
    asked for. The code covers the opinions alone.
    """
    page, shown = visible_case(request, kind, uuid)
    shared = {**case_context(shown, request.user), **page.context(shown, request.user)}  # type: ignore[arg-type]
    for seen in page.sensitive_parts(shared):
        record_case_view(request, shown, seen)
    digest = sheets.digest_of(shown, shared["done_tasks"])
    address = reverse("workflows:check_sheet", args=[shown.uuid, digest])
    wanted = [part for part in PRINTED if request.GET.get(part) == "all"]
    shared |= {
        "wanted": wanted,
        "void_rounds": sum(task.is_void for task in shared["done_tasks"]),
        "digest": digest,
        "code": sheets.code_of(request.build_absolute_uri(address)),
    }
    _record_printing(request, shown, wanted)
    return render(request, "workflows/case_print.html", shared)


def _record_printing(request: HttpRequest, shown: Any, wanted: list[str]) -> None:
    """Leave an entry of who printed the sheet, and with what besides."""
    user: Any = request.user
    with transaction.atomic():
        record(
            shown.VIEW_VERB, "打印办理情况表", subject=shown, subject_title=shown.title, by=user,
            post=user.acting_post, after={"连同": "、".join(PRINTED[part] for part in wanted)},
        )  # fmt: skip


def record_case_view(request: HttpRequest, shown: Case, seen: str) -> None:
    """Record that the person looked at the case or at a sensitive part of it."""
    user: Any = request.user
    post = user.acting_post
    record_view(
        shown.VIEW_VERB, f"查看{seen}", subject=shown, by=user, post=post, subject_title=shown.title
    )


def _linked(shown: Any, kind: Any, user: Any) -> list[tuple[str, Any]]:
    """Return meaning and case of every link, as far as the user may see the other case."""
    others = [
        (f"来源（{link.meaning}）", link.from_case)
        if link.to_case == shown
        else (link.meaning, link.to_case)
        for link in _links_of(kind.pk, shown.pk)
    ]
    return [
        (meaning, other)
        for meaning, other in others
        if type(other)._default_manager.visible_to(user).filter(pk=other.pk).exists()
    ]


def case_context(shown: Any, user: Any) -> dict[str, Any]:
    """Return what the page of every kind of case shows."""
    kind = shown.content_type()
    history = _history_of(shown._meta.label_lower, str(shown.pk), shown.VIEW_VERB.value)
    rows = tasks.all_of(shown)
    return {
        "case": shown,
        "today": clock.today(),
        **(turn := turn_context(shown, user, rows)),
        **operation_context(shown, user, rows, turn["mine"]),
        "stages": diagram.stage_bar(shown, _states_passed(history)),
        "diagram": diagram.drawing(shown, rows),
        "terms": _terms_of(kind.pk, shown.pk),
        "papers": _papers_of(kind.pk, shown.pk),
        "files": _files_of(kind.pk, shown.pk),
        "done_tasks": done_tasks(shown, rows),
        "history": history,
        "linked": _linked(shown, kind, user),
    }


def _terms_of(kind: int, key: int) -> list[Term]:
    """Return the terms of a case with their history."""
    found = _plain_terms_of(kind, key)
    prefetch_related_objects(found, *Term.HISTORY)
    return found


_plain_terms_of: Prepared[Term] = Prepared(
    lambda kind, key: Term.objects.filter(content_type=kind, object_id=key), int, int
)
_papers_of: Prepared[Paper] = Prepared(
    lambda kind, key: Paper.objects.filter(subject_type=kind, subject_id=key).select_related(
        "number"
    ),
    int,
    int,
)
_files_of: Prepared[StoredFile] = Prepared(
    lambda kind, key: StoredFile.objects.filter(subject_type=kind, subject_id=key).select_related(
        "uploaded_by"
    ),
    int,
    int,
)
_links_of: Prepared[Link] = Prepared(
    lambda kind, key: Link.objects.filter(
        Q(from_type=kind, from_id=key) | Q(to_type=kind, to_id=key)
    ),
    int,
    int,
)
_history_of: Prepared[Entry] = Prepared(
    lambda kind, key, viewing: (
        Entry.objects.filter(subject_kind=kind, subject_id=key, outcome=Outcome.DONE)
        .exclude(act=viewing)
        .order_by("sequence")
    ),
    str,
    str,
    str,
)


def done_tasks(shown: Any, rows: list[Task]) -> list[Task]:
    """Return what was done on the case, in order, each with its signature and the check of it."""
    found = sheets.opinions_among(rows)
    signed = signatures.checked(shown)
    for task in found:
        task.signed = signed.get(task.pk)  # type: ignore[attr-defined]
    return found


def _states_passed(history: list[Entry]) -> set[str]:
    """Return the states the case has been brought into, as its entries tell them."""
    return {state for entry in history if (state := (entry.values_after or {}).get("state"))}


def turn_context(shown: Any, user: Any, rows: list[Task]) -> dict[str, Any]:
    """Return whose turn it is, and which acts are open to the user, due from him or closed."""
    waiting = [row for row in rows if row.is_open]
    by_urgency = sorted(waiting, key=lambda row: (row.sorts_on, row.pk))
    acts = open_acts(shown, user, waiting=by_urgency)
    mine = list(Task.objects.of_case(shown).awaiting(user, clock.today())) if waiting else []
    nodes = {task.node for task in mine}
    flow = flow_of_case(shown)
    steps = [step for step in flow.steps() if step.name in nodes] if flow else []
    return {
        "open_acts": [act for act in acts if act.allowed],
        "closed_acts": [act for act in acts if not act.allowed],
        "due_acts": {name for step in steps for name in step.acts},
        "waiting": waiting,
        "mine": mine,
    }


@sensitive_post_parameters("signing-password", "signing-code")
def act(request: HttpRequest, kind: str, uuid: UUID, name: str) -> HttpResponse:
    """Show the form of an act, and perform the act when it is handed in."""
    page, shown = visible_case(request, kind, uuid)
    declared = shown.acts().get(name)
    if declared is None:
        raise Http404
    if request.method != "POST":
        return _ask(request, page, shown, declared)
    form = page.form_of(name)(request.POST, request.FILES, case=shown, user=request.user)
    return _perform(request, page, shown, declared, form)


def _ask(request: HttpRequest, page: type[CasePage], shown: Any, declared: Act) -> HttpResponse:
    """Show the empty form, or what was kept of it; say why where the act is closed."""
    found = _open_act(shown, request.user, declared.name)
    if found is None:
        messages.warning(request, f"该件现为“{shown.state_label}”，不能{declared.label}。")
        return redirect(shown)
    if found.refused == "person":
        raise NotEntitled(found.reason, declared.verb, declared.label, shown)
    if not found.allowed:
        messages.warning(request, found.reason)
        return redirect(shown)
    record_case_view(request, shown, f"办理页（{declared.label}）")
    draft = drafts.find(request.user, shown, declared.name)
    form = page.form_of(declared.name)(
        initial=draft.fields if draft else None, case=shown, user=request.user
    )
    return _show(request, page, shown, declared, form, HTTPStatus.OK, draft=draft)


def _perform(
    request: HttpRequest, page: type[CasePage], shown: Any, declared: Act, form: ActForm
) -> HttpResponse:
    """Go through the door; a refusal is shown and loses nothing that was typed."""
    signing, proof = signing_form(request, declared), None
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        is_complete = all([form.is_valid(), signing is None or signing.is_valid()])
        if not is_complete:
            refuse_unentitled(shown, declared.name, by=request.user)  # type: ignore[arg-type]
            return _show(request, page, shown, declared, form, wrong, signing=signing)
        if signing is not None and _is_open(shown, request.user, declared.name):
            proof = proof_of(request, shown, declared, signing)
            if proof is None:
                return _show(request, page, shown, declared, form, wrong, signing=signing)
        perform(shown, declared.name, by=request.user, proof=proof, **form.facts())  # type: ignore[arg-type]
    except RefusedByPerson as refusal:
        raise PermissionDenied(refusal.message) from refusal
    except (RefusedByRace, RefusedByState) as refusal:
        return render(
            request,
            "409.html",
            {"message": refusal.message, "case": shown},
            status=HTTPStatus.CONFLICT,
        )
    except RefusedByLaw as refusal:
        form.add_error(None, refusal.message)
        return _show(request, page, shown, declared, form, wrong, signing=signing)
    drafts.drop(request.user, shown, declared.name)
    messages.success(request, f"已{declared.label}。")
    return redirect(shown)


def _show(
    request: HttpRequest,
    page: type[CasePage],
    shown: Any,
    declared: Act,
    form: ActForm,
    status: int,
    draft: Any = None,
    signing: Any = None,
) -> HttpResponse:
    shared = {
        "case": shown,
        "act": declared,
        "form": form,
        "draft": draft,
        "signing": signing or signing_form(request, declared),
        "phrases": phrases_of(request.user),
    }
    return render(request, page.act_template, shared, status=status)


def _open_act(shown: Any, user: Any, name: str) -> OpenAct | None:
    return next((act for act in open_acts(shown, user) if act.name == name), None)


def _is_open(shown: Any, user: Any, name: str) -> bool:
    """Tell whether the door would let the person in: only then is his password asked of him."""
    found = _open_act(shown, user, name)
    return found is not None and found.allowed


@require_POST
def save_draft(request: HttpRequest, kind: str, uuid: UUID, name: str) -> JsonResponse:
    """Keep what has been typed so far, or forget it; answers with the moment."""
    _, shown = visible_case(request, kind, uuid)
    declared = shown.acts().get(name)
    if declared is None:
        raise Http404
    demand(request.user, declared.verb, shown)
    return keep_draft(request, shown, name)


def keep_draft(request: HttpRequest, about: Any, form: str) -> JsonResponse:
    """Answer the script that keeps drafts, for whoever was found to hold the form."""
    user: Any = request.user
    if "discard" in request.POST:
        drafts.drop(user, about, form)
        return JsonResponse({"saved_at": ""})
    draft = drafts.keep(user, about, form, request.POST)
    return JsonResponse({"saved_at": f"{draft.saved_at.astimezone(clock.PLACE):%H:%M:%S}"})
