"""Open a matter: one of the four types by its form, or a contract by its short form (LR-1)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from documents import uploads
from documents.forms import receive_for
from documents.vault import Damaged
from legality_review.forms.intake import ContractForm, MatterForm
from legality_review.models import NormativeDocument, Review
from legality_review.models.texts import readable
from legality_review.permissions import ReviewVerb as Verb
from legality_review.rules import intake
from legality_review.rules import materials as kinds
from legality_review.rules.matters import Issuer, Matter
from permissions.models import Unit, UnitKind
from permissions.policy import demand
from workflows import drafts
from workflows.door import open_case, perform
from workflows.refusals import RefusedByLaw, RefusedByPerson
from workflows.sources import cited
from workflows.views.cases import keep_draft
from workflows.wording import joined

NEW_FORM, CONTRACT_FORM = "form:matter", "form:contract"
"""The forms whose drafts are kept beside those of acts."""

MEANINGS: dict[str, str] = {
    Matter.NORMATIVE: "涉及公众权利义务、普遍适用、反复适用的办法、规定、通告等。",
    Matter.DECISION: "列入目录的规划、重大项目、公共政策等，由会议决定的事项。",
    Matter.ENFORCEMENT: "作出前须经法制审核的处罚、强制、许可等决定。",
    Matter.CONTRACT: "金额较大，或者涉及土地、征收、担保、招商引资等，需要写明详细情况的合同。",
}
"""What each type of matter is, for whoever is to choose."""


def _drafter(request: HttpRequest) -> Unit:
    """Return the township government of the person's own post, or answer 403."""
    post = demand(request.user, Verb.OPEN)
    if post is None or post.unit.kind != UnitKind.TOWNSHIP_GOVERNMENT:
        raise PermissionDenied("您的岗位不在乡镇人民政府（街道办事处），不能送请合法性审查。")
    return post.unit


def _reviewer_of(drafter: Unit) -> Unit:
    """Return the station that reviews for a township; the township itself where it has none."""
    stations = Unit.objects.filter(
        kind=UnitKind.STATION, is_active=True, path__startswith=drafter.reach
    )
    return stations.first() or drafter


def _issuer(drafter: Unit) -> dict[str, str]:
    """Return the issuer a form begins with: the drafting government itself."""
    is_street = drafter.parent is not None and drafter.parent.kind == UnitKind.STREET
    kind = Issuer.STREET_OFFICE if is_street else Issuer.TOWNSHIP_GOVERNMENT
    return {"issuer_type": kind, "issuer_name": drafter.name}


def choose(request: HttpRequest) -> HttpResponse:
    """Let the drafter choose what he hands in; contracts have their short form first."""
    _drafter(request)
    matters = [(one.value, one.label, MEANINGS[one]) for one in Matter]
    return render(request, "legality_review/choose.html", {"matters": matters})


def new_matter(request: HttpRequest, matter: str) -> HttpResponse:
    """Open a matter of one type; `amends` in the address names the document it is to replace."""
    if matter not in Matter.values:
        raise Http404
    drafter = _drafter(request)
    amended = _amended(request, matter)
    defects = intake.amendment_defects(amended, drafter) if amended else []
    if amended and defects and request.method != "POST":
        messages.warning(request, cited(joined(defects)))
        return redirect(amended)
    begun = _issuer(drafter) if amended is None else _as_amended(amended)
    form = MatterForm(request.POST or None, matter=matter, initial=begun)
    about, name = _kept_as(matter, drafter, amended)
    draft = drafts.find(request.user, about, name)
    drafts.fill(form, draft)
    if request.method == "POST" and form.is_valid():
        case = _opened_of(request, drafter, matter, form, amended)
        if case is not None:
            drafts.drop(request.user, about, name)
            messages.success(request, f"已建立送审事项：{case.number}。请上传材料。")
            return redirect("legality_review:materials", uuid=case.uuid)
    shown = {
        "form": form,
        "matter": Matter(matter),
        "drafter": drafter,
        "amended": amended,
        "text": _text_in_force(amended) if amended else None,
        "draft": None if form.is_bound else draft,
    }
    return render(request, "legality_review/new.html", shown, status=422 if form.errors else 200)


def _opened_of(
    request: HttpRequest, drafter: Unit, matter: str, form: MatterForm, amended: Any
) -> Review | None:
    """Open the case that a form tells of; where the law refuses, the form says why."""
    try:
        return _opened(request.user, drafter, matter, form.told() | {"amends": amended})
    except RefusedByLaw as refusal:
        form.add_error(None, refusal.message)
        return None


def _amended(request: HttpRequest, matter: str) -> NormativeDocument | None:
    """Return the document in force that the new text amends, if the address names one."""
    told = request.GET.get("amends", "")
    if not told or matter != Matter.NORMATIVE:
        return None
    try:
        key = UUID(told)
    except ValueError as wrong:
        raise Http404 from wrong
    return get_object_or_404(NormativeDocument.objects.visible_to(request.user), uuid=key)


def _text_in_force(document: NormativeDocument) -> Any:
    """Return the text to be shown beside the form; None where there is none, or it is damaged."""
    try:
        return readable(document.text_file)
    except Damaged:
        return None


def _as_amended(document: NormativeDocument) -> dict[str, Any]:
    """Return what the form of an amended text begins with: what the register tells of the old."""
    return {
        "title": document.title,
        "issuer_type": document.issuer_type,
        "issuer_name": document.issuer_unit.name,
        "summary": f"修改现行的《{document.title}》（{document.registration_number}）。",
        **dict.fromkeys(intake.NORMATIVE_TESTS, True),
    }


def _kept_as(matter: str, drafter: Unit, amended: NormativeDocument | None) -> tuple[Any, str]:
    """Return about what and under which name the draft of the form is kept."""
    return amended or drafter, f"{NEW_FORM}-{matter}"


def _opened(user: Any, drafter: Unit, matter: str, told: dict[str, Any]) -> Review:
    """Open the case of a matter for the drafter's station."""
    facts = dict(told)
    try:
        return open_case(
            Review, by=user, unit=_reviewer_of(drafter), title=facts.pop("title"), matter=matter,
            drafter=drafter, **facts,
        )  # fmt: skip
    except RefusedByPerson as refusal:
        raise PermissionDenied(refusal.message) from refusal


@require_POST
def draft_matter(request: HttpRequest, matter: str) -> HttpResponse:
    """Keep what was typed of a new matter."""
    if matter not in Matter.values:
        raise Http404
    about, name = _kept_as(matter, _drafter(request), _amended(request, matter))
    return keep_draft(request, about, name)


def new_contract(request: HttpRequest) -> HttpResponse:
    """Take a contract in by its short form: opened, filed and handed in at once (LR-1).

    Where the law stands against handing it in, it waits as a draft and the reason is told.
    """
    user: Any = request.user
    drafter = _drafter(request)
    form = ContractForm(request.POST or None, request.FILES or None)
    receive_for(form, user)
    draft = drafts.find(user, drafter, CONTRACT_FORM)
    drafts.fill(form, draft)
    if request.method == "POST" and form.is_valid():
        case = _filed(user, drafter, form)
        drafts.drop(user, drafter, CONTRACT_FORM)
        try:
            case = perform(case, "submit", by=user)
        except RefusedByLaw as refusal:
            messages.warning(request, f"合同已保存，尚未送审：{refusal.message}")
        else:
            messages.success(request, f"合同已送审：{case.number}。")
        return redirect(case)
    shown = {"form": form, "drafter": drafter, "draft": None if form.is_bound else draft}
    status = 422 if form.errors else 200
    return render(request, "legality_review/contract.html", shown, status=status)


@transaction.atomic
def _filed(user: Any, drafter: Unit, form: ContractForm) -> Review:
    """Open the case of a contract and attach its files; all or nothing."""
    told = form.told() | {"is_short_form": True, **_issuer(drafter)}
    case = _opened(user, drafter, Matter.CONTRACT, told)
    case.take_draft(
        uploads.attach(form.cleaned_data["text"], subject=case, by=user, slot=kinds.DRAFT)
    )
    case.save(update_fields=["draft_file"])
    for stored in form.cleaned_data["party_papers"]:
        uploads.attach(stored, subject=case, by=user, slot=kinds.PARTY_PAPERS)
    return case


@require_POST
def draft_contract(request: HttpRequest) -> HttpResponse:
    """Keep what was typed into the short form."""
    return keep_draft(request, _drafter(request), CONTRACT_FORM)
