"""List the laws, show one with its versions and history, and take changes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from audit import clock
from audit.models import Entry
from audit.recording import record_alone
from laws.forms import workbook
from laws.forms.register import CorrectForm, EndForm, LawForm
from laws.models import Law, LawKind, add_law, correct_law, end_law
from laws.permissions import Verb
from laws.rules.standing import Standing
from permissions.policy import first_post, may
from permissions.views.forming import form_page, needs
from permissions.views.paging import asked, page_by
from permissions.workbooks import CONTENT_TYPE

NEW_VERSION = (
    "登记修订后的新文本：填写它的施行日期；原来没有失效日期的文本自该日起自动登记为被新文本替代。"
)


def _wanted(request: HttpRequest) -> Any:
    """Return the laws the address asks for."""
    laws = Law.objects.select_related("superseded_by")
    today = clock.today()
    ways = {
        Standing.IN_FORCE.name: laws.in_force,
        Standing.ENDED.name: laws.ended,
        Standing.COMING.name: laws.coming,
    }
    if asked(request, "standing") in ways:
        laws = ways[asked(request, "standing")](today)
    if asked(request, "kind") in LawKind.values:
        laws = laws.filter(kind=asked(request, "kind"))
    return laws.named(asked(request, "q"))


@require_safe
@needs(Verb.VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """List the laws, found by words, kind and standing."""
    found = page_by(request, _wanted(request), "pk")
    today = clock.today()
    shown = {
        "found": found,
        "lines": [(law, law.standing(today)) for law in found.rows],
        "q": asked(request, "q"),
        "kind": asked(request, "kind"),
        "kinds": LawKind.choices,
        "standing": asked(request, "standing"),
        "standings": [(one.name, one.value) for one in Standing],
        "query": request.GET.urlencode(),
        "may_maintain": may(request.user, Verb.MAINTAIN),
    }
    return render(request, "laws/list.html", shown)


@require_safe
@needs(Verb.VIEW)
def law(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one law with its versions and what was changed."""
    found: Law = get_object_or_404(Law.objects.select_related("superseded_by"), uuid=uuid)
    today = clock.today()
    versions = Law.objects.versions_of(found.title)
    shown = {
        "law": found,
        "standing": found.standing(today),
        "versions": [(one, one.standing(today)) for one in versions],
        "replaced": found.superseded.all(),
        "entries": Entry.objects.of_subject(found).newest_first()[:50],
        "may_maintain": may(request.user, Verb.MAINTAIN),
    }
    return render(request, "laws/law.html", shown)


@needs(Verb.MAINTAIN)
def add(request: HttpRequest) -> HttpResponse:
    """Register a law."""

    def change(**facts: Any) -> Law:
        return add_law(by=request.user, **facts)

    return form_page(
        request,
        LawForm(request.POST or None),
        change,
        back=reverse("laws:laws"),
        done="已登记。",
        title="登记法规",
        label="登记",
        crumbs=[("法规库", reverse("laws:laws"))],
    )


def _page(request: HttpRequest, found: Law, form: Any, change: Any, **page: Any) -> HttpResponse:
    """Show a form about one law."""
    back = reverse("laws:law", args=[found.uuid])
    crumbs = [("法规库", reverse("laws:laws")), (str(found), back)]
    return form_page(request, form, change, back=back, crumbs=crumbs, **page)


def _facts_of(found: Law) -> dict[str, Any]:
    """Return what is registered, as a form begins with it."""
    return {name: getattr(found, name) for name in LawForm.base_fields}


@needs(Verb.MAINTAIN)
def correct(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct what is registered; the entry keeps what stood there before."""
    found = get_object_or_404(Law.objects.select_related("superseded_by"), uuid=uuid)

    def change(**facts: Any) -> Law:
        return correct_law(found, by=request.user, **facts)

    form = CorrectForm(request.POST or None, initial=_facts_of(found))
    return _page(
        request, found, form, change, done="已更正，原来的内容留在变更记录中。",
        title=f"更正{found}", label="更正",
    )  # fmt: skip


@needs(Verb.MAINTAIN)
def renew(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Register a new version of a law."""
    found = get_object_or_404(Law, uuid=uuid)

    def change(**facts: Any) -> Law:
        return add_law(by=request.user, **facts)

    kept = {"title", "aliases", "kind", "issuer"}
    initial = {name: value for name, value in _facts_of(found).items() if name in kept}
    return _page(
        request, found, LawForm(request.POST or None, initial=initial), change,
        done="新文本已登记。", title=f"登记{found}的新文本", label="登记", note=NEW_VERSION,
    )  # fmt: skip


@needs(Verb.MAINTAIN)
def end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Register that a law stands no more."""
    found = get_object_or_404(Law, uuid=uuid)

    def change(**facts: Any) -> Law:
        return end_law(found, by=request.user, **facts)

    return _page(
        request, found, EndForm(request.POST or None), change, done="已登记失效。",
        title=f"登记{found}失效", label="登记失效", tone="danger",
    )  # fmt: skip


@require_safe
@needs(Verb.VIEW)
def export(request: HttpRequest) -> HttpResponse:
    """Give the laws the address asks for as an Excel workbook that can be read back."""
    laws = _wanted(request).order_by("kind", "title", "effective_from", "pk")
    content = workbook.workbook_of(laws)
    user: Any = request.user
    record_alone(
        "laws.export_law", "导出法规库", by=user, post=first_post(user, clock.today()),
        after={"count": len(laws), "query": request.GET.urlencode()},
    )  # fmt: skip
    name = f"法规库{clock.today():%Y%m%d}.xlsx"
    return HttpResponse(
        content,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": str(content_disposition_header(True, name))},
    )
