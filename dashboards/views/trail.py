"""留痕查询: let auditors search the trace, read and export it; their reading leaves entries too."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from audit import clock
from audit.models import ChainHead, Entry, Outcome
from audit.querysets import EntryQuerySet
from audit.recording import record_alone
from audit.verification import verify
from dashboards.comparison import comparison
from dashboards.exports import MOST_ROWS, workbook
from dashboards.forms import TraceFilter, VerificationForm
from permissions.permissions import Verb
from permissions.policy import demand
from permissions.workbooks import CONTENT_TYPE
from workflows.pages import Page

SIZE = 50
VERIFIED_HERE = 50_000
"""So many entries are verified while somebody waits (some seconds); more need the command."""
VERIFIED = "dashboards.verify_trace"


def page_of_entries(rows: EntryQuerySet, after: str) -> Page[Entry]:
    """Return the page that follows a sequence number, the newest first."""
    rows = rows.newest_first()
    is_first = not (after.isascii() and after.isdigit() and len(after) < 19)
    if not is_first:
        rows = rows.older_than(int(after))
    found = list(rows[: SIZE + 1])
    next_key = str(found[SIZE - 1].sequence) if len(found) > SIZE else ""
    return Page(found[:SIZE], next_key, is_first)


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Show the entries asked for; the reading itself is recorded."""
    post = demand(request.user, Verb.VIEW_TRACE)
    asked = TraceFilter(request.GET)
    page: Page[Entry] = Page([], "", True)
    if asked.is_valid():
        page = page_of_entries(asked.narrow(Entry.objects.all()), request.GET.get("after", ""))
        _read(request, post, asked.asked())
    return render(
        request,
        "dashboards/trail.html",
        {
            "form": asked,
            "page": page,
            "verification": VerificationForm(),
            "verified": Entry.objects.of_act(VERIFIED).newest_first().first(),
            "head": ChainHead.objects.first(),
            "verified_here": VERIFIED_HERE,
            "query": urlencode(asked.asked()) if asked.is_valid() else "",
        },
        status=200 if asked.is_valid() else 422,
    )


@require_safe
def entry_page(request: HttpRequest, sequence: int) -> HttpResponse:
    """Show one entry with what was before and after."""
    post = demand(request.user, Verb.VIEW_TRACE)
    entry = get_object_or_404(Entry, sequence=sequence)
    _read(request, post, {"sequence": str(sequence)})
    return render(
        request,
        "dashboards/entry.html",
        {
            "entry": entry,
            "lines": comparison(entry),
            "same_request": _of_same_request(entry),
        },
    )


def _of_same_request(entry: Entry) -> list[Entry]:
    """Return the neighbours that came with the same request; it lies within few numbers."""
    if not entry.request_id:
        return []
    near = Entry.objects.filter(
        sequence__range=(entry.sequence - SIZE, entry.sequence + SIZE),
        request_id=entry.request_id,
    )
    return list(near.exclude(sequence=entry.sequence).oldest_first())


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the entries asked for as an Excel file; the export is recorded."""
    post = demand(request.user, Verb.VIEW_TRACE)
    asked = TraceFilter(request.GET)
    if not asked.is_valid():
        messages.error(request, "查询条件有误，没有导出。")
        return redirect("dashboards:trail")
    entries = list(asked.narrow(Entry.objects.all()).newest_first()[: MOST_ROWS + 1])
    if len(entries) > MOST_ROWS:
        messages.error(request, f"符合条件的超过 {MOST_ROWS} 条，请缩小范围后再导出。")
        return redirect(f"{request.path.removesuffix('export/')}?{urlencode(asked.asked())}")
    _leave_entry(
        request, post, "dashboards.export_trace", "导出留痕", asked.asked(), count=len(entries)
    )
    name = f"trace-{clock.today()}.xlsx"
    return HttpResponse(
        workbook(entries),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
def verify_trail(request: HttpRequest) -> HttpResponse:
    """Verify the whole chain, where it is short enough to wait for."""
    post = demand(request.user, Verb.VIEW_TRACE)
    form = VerificationForm(request.POST)
    head = ChainHead.objects.first()
    if not form.is_valid():
        messages.error(request, "".join(form.errors["kept"]))
    elif head is not None and head.sequence > VERIFIED_HERE:
        messages.error(request, "留痕条数较多，请由系统管理员在服务器上核验。")
    else:
        _verify(request, post, form.cleaned_data["kept"])
    return redirect("dashboards:trail")


def _verify(request: HttpRequest, post: Any, kept: list[Any]) -> None:
    """Verify, record the outcome, tell it."""
    report = verify(kept)
    record_alone(
        VERIFIED,
        "核验留痕",
        by=request.user,
        post=post,
        outcome=Outcome.FAILED if report.faults else Outcome.DONE,
        after={
            "留痕条数": report.entries,
            "封印个数": report.seals,
            "比对库外封印": len(kept),
            "问题": report.faults,
        },
    )
    if report.faults:
        messages.error(request, f"核验不通过：{'；'.join(report.faults)}")
    else:
        messages.success(
            request, f"核验通过：共 {report.entries} 条留痕、{report.seals} 个封印，链条完整。"
        )


def _read(request: HttpRequest, post: Any, asked: dict[str, str]) -> None:
    """Leave an entry of a reading, once per request."""
    _leave_entry(request, post, Verb.VIEW_TRACE, Verb.VIEW_TRACE.label, asked)


def _leave_entry(
    request: HttpRequest, post: Any, act: str, label: str, asked: dict[str, str], **told: Any
) -> None:
    record_alone(act, label, by=request.user, post=post, after={"asked": asked, **told})
