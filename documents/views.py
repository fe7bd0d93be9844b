"""Show papers, hand out papers and files, print registers; out of sight is 404."""

import logging
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from audit import clock
from audit.recording import record_alone, record_view
from documents import numbers, papers, registers, sight, vault, voiding, word_files
from documents.models import Number, Paper, StoredFile
from documents.permissions import Verb
from documents.words import WordsChanged
from permissions.forms.administration import ReasonForm
from permissions.policy import demand
from permissions.views.forming import form_page

logger = logging.getLogger(__name__)

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/octet-stream",
}
VIEWED = ("documents.view_paper", "查看文书")
UNREADABLE = (vault.Damaged, papers.CannotRender, WordsChanged)
LOCKED_DOWN = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


def _visible_paper(request: HttpRequest, uuid: UUID) -> Paper:
    """Return the paper if the person may see its case; 404 otherwise."""
    paper: Paper = get_object_or_404(Paper.objects.select_related("number"), uuid=uuid)
    if not sight.sees(request.user, paper):
        raise Http404
    return paper


def _visible_file(request: HttpRequest, uuid: UUID) -> StoredFile:
    """Return the file if the person may see its case, or staged it himself; 404 otherwise."""
    stored: StoredFile = get_object_or_404(StoredFile, uuid=uuid)
    if not sight.sees(request.user, stored):
        raise Http404
    return stored


def _trace(
    request: HttpRequest, act: str, label: str, *, subject: Any, title: str, **after: str
) -> None:
    """Record who took what out, with its digest."""
    record_alone(
        act, label, subject=subject, subject_title=title, by=request.user,
        post=request.user.acting_post, after=after,
    )  # fmt: skip


def handed_out(content: bytes, name: str, kind: str, *, inline: bool = False) -> HttpResponse:
    """Answer with a file that no cache keeps and no browser runs."""
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = LOCKED_DOWN
    response["Cache-Control"] = "private, no-store"
    return response


def _damaged(request: HttpRequest, reason: Exception) -> HttpResponse:
    """Say that a stored file cannot be handed out, and log it for the administrator."""
    logger.error("stored file refused: %s", reason)
    return render(request, "documents/damaged.html", {"reason": str(reason)}, status=409)


@require_safe
@login_required
def paper_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a paper: its pages, number, digest, state and what its fonts lack."""
    paper = _visible_paper(request, uuid)
    try:
        paper = papers.render(paper)
    except WordsChanged as changed:
        return _damaged(request, changed)
    except papers.CannotRender:
        logger.warning("paper %s is shown without its pages", paper.pk)
    _trace(request, *VIEWED, subject=paper, title=paper.title)
    return render(
        request,
        "documents/paper.html",
        {
            "paper": paper,
            "page_numbers": range(1, paper.pages + 1),
            "tone": "done" if paper.state == Paper.State.ISSUED else "refused",
            "may_void": voiding.may_void(request.user, paper),
        },
    )


@require_safe
@login_required
def paper_image(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Show one page of a paper as a picture."""
    paper = _visible_paper(request, uuid)
    try:
        images = papers.page_images(paper)
    except UNREADABLE as fault:
        return _damaged(request, fault)
    if not 1 <= number <= len(images):
        raise Http404
    user: Any = request.user
    record_view(*VIEWED, subject=paper, by=user, post=user.acting_post, subject_title=paper.title)
    return handed_out(images[number - 1], f"{number}.png", "png", inline=True)


@require_safe
@login_required
def paper_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand out the file of a paper; `?inline=1` shows it in the browser."""
    paper = _visible_paper(request, uuid)
    try:
        paper = papers.render(paper)
        content = papers.file_of(paper)
    except UNREADABLE as fault:
        return _damaged(request, fault)
    _trace(
        request, "documents.export_paper", "下载文书", subject=paper, title=paper.title,
        format="pdf", sha256=paper.pdf_sha256,
    )  # fmt: skip
    name = f"{_file_stem(paper)}.pdf"
    return handed_out(content, name, "pdf", inline=request.GET.get("inline") == "1")


@require_safe
@login_required
def paper_docx(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand out a paper for editing in Word or WPS, made of the frozen words."""
    paper = _visible_paper(request, uuid)
    try:
        content = word_files.build(paper)
    except UNREADABLE as fault:
        return _damaged(request, fault)
    _trace(
        request, "documents.export_paper", "下载文书", subject=paper, title=paper.title,
        format="docx", words_digest=paper.words_digest,
    )  # fmt: skip
    return handed_out(content, f"{_file_stem(paper)}.docx", "docx")


def _file_stem(paper: Paper) -> str:
    """Return the name a paper is saved under; that of a voided one says so."""
    mark = "（已作废）" if paper.state == Paper.State.VOIDED else ""
    return f"{mark}{paper.number.text if paper.number else ''}{paper.title}"[:80]


@login_required
def void_paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Void a paper with a reason; it stays on record with its number, which is not used again."""
    paper = _visible_paper(request, uuid)
    demand(request.user, voiding.verb_for(paper), paper.subject)
    back = reverse("documents:paper", args=[paper.uuid])
    if paper.state == Paper.State.VOIDED:
        return redirect(back)

    def change(reason: str) -> Paper:
        return voiding.void_paper(paper, by=request.user, reason=reason)

    return form_page(
        request,
        ReasonForm(request.POST or None),
        change,
        back=back,
        done="文书已作废，原件和文号留存备查，文号不再使用。",
        title=f"作废文书：{paper.title}",
        label="作废",
        note="作废后不能恢复；案件的状态不因此改变，需要时请另行制作文书。",
        tone="danger",
        crumbs=[(paper.title, back)],
    )


@login_required
def void_number(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Void a number that was given out and never used."""
    demand(request.user, Verb.VOID_NUMBER)
    number: Number = get_object_or_404(Number.objects.select_related("series"), uuid=uuid)
    _open_series(request, number.series.code)
    back = reverse("documents:register", args=[number.series.code, number.year])

    def change(reason: str) -> Number:
        return voiding.void_number(number, by=request.user, reason=reason)

    return form_page(
        request,
        ReasonForm(request.POST or None),
        change,
        back=back,
        done="文号已作废，留在登记簿中，不再使用。",
        title=f"作废文号：{number.text}",
        label="作废",
        note="作废后不能恢复；登记簿保留该号和作废原因。",
        tone="danger",
        crumbs=[("文号登记簿", reverse("documents:registers")), (str(number.series), back)],
    )


@require_safe
@login_required
def file_download(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand out an uploaded file, never shown by the browser."""
    return _file(request, _visible_file(request, uuid), inline=False)


@require_safe
@login_required
def file_view(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show an uploaded PDF or picture in the browser; other kinds are handed out."""
    stored = _visible_file(request, uuid)
    return _file(request, stored, inline=stored.is_viewable)


def _file(request: HttpRequest, stored: StoredFile, *, inline: bool) -> HttpResponse:
    """Open a file, record that it was taken out, and answer with it."""
    try:
        content = vault.content_of(stored.stored_name, stored.sha256)
    except vault.Damaged as damaged:
        return _damaged(request, damaged)
    _trace(
        request, "documents.export_file", "下载附件", subject=stored, title=stored.original_name,
        sha256=stored.sha256, slot=stored.slot,
    )  # fmt: skip
    return handed_out(content, stored.original_name, stored.kind, inline=inline)


def _open_series(request: HttpRequest, code: str) -> numbers.Series:
    """Return the series if its register is open to the person; 404 otherwise."""
    for series in registers.series_open_to(request.user):
        if series.code == code:
            return series
    raise Http404


@require_safe
@login_required
def register_list(request: HttpRequest) -> HttpResponse:
    """List the registers open to the person, by series and year."""
    listed = [
        {
            "series": series,
            "years": registers.years_of(series),
            "example": series.text(clock.today().year, 1),
        }
        for series in registers.series_open_to(request.user)
    ]
    return render(request, "documents/registers.html", {"listed": listed})


@require_safe
@login_required
def register_page(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show one register, ready to be printed."""
    series = _open_series(request, code)
    listed = registers.entries(series, year)
    return render(
        request,
        "documents/register.html",
        {
            "series": series,
            "year": year,
            "heading": registers.heading(series, year),
            "numbers": listed,
            "summary": registers.summary(listed),
            "voidable": voiding.voidable(request.user, listed),
        },
    )


@require_safe
@login_required
def register_pdf(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Hand out one register as PDF."""
    series = _open_series(request, code)
    return _exported(request, series, year, registers.as_pdf(series, year), "pdf")


@require_safe
@login_required
def register_xlsx(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Hand out one register as an Excel file."""
    series = _open_series(request, code)
    return _exported(request, series, year, registers.as_workbook(series, year), "xlsx")


def _exported(
    request: HttpRequest, series: numbers.Series, year: int, content: bytes, kind: str
) -> HttpResponse:
    """Record the export of a register and answer with it."""
    title = registers.heading(series, year)
    _trace(
        request, "documents.export_register", "导出文号登记簿", subject=None, title=title,
        series=series.code, year=str(year), format=kind,
    )  # fmt: skip
    return handed_out(content, f"{title}.{kind}", kind)
