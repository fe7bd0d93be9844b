"""Issue papers (文书): number and freeze the words in the act's transaction, render after it."""

import io
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models, transaction
from pypdf import PdfReader
from typst import TypstError

from audit.recording import record
from documents import fonts, numbers, rendering, vault
from documents.models import Number, Paper
from documents.words import characters, chinese_date, freeze, thaw

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper declared by an app's `documents.py`.

    `words(case, on)` gives the words (`documents.words.Words`); number, date and, in the
    demonstration, the mark 示例数据 are filled in where it leaves them out. `template` is a file of
    `templates/papers/` without its ending: official, form, certificate, register or an app's own.
    `series` is the code of the series that numbers it. With `replaces_earlier` a new paper
    supersedes those of the same kind.
    """

    code: str
    title: str
    words: Callable[[Any, date], Mapping[str, Any]]
    template: str = "official"
    series: str | None = None
    replaces_earlier: bool = False


class CannotRender(RuntimeError):
    """A paper whose file cannot be made now; its text is shown as it is."""


_declared: dict[str, PaperKind] = {}


def declare(kind: PaperKind) -> PaperKind:
    """Make a kind of paper known; a code cannot be declared twice."""
    if _declared.get(kind.code, kind) != kind:
        raise ValueError(f"paper kind {kind.code} is declared twice")
    _declared[kind.code] = kind
    return kind


def declared() -> list[PaperKind]:
    """Return every declared kind, in order of declaration."""
    return list(_declared.values())


def kind_of(code: str) -> PaperKind:
    """Return the kind with this code; `KeyError` when no app declares it."""
    return _declared[code]


@transaction.atomic(savepoint=False)
def issue(subject: models.Model, kind_code: str, *, by: Any, on: date) -> Paper:
    """Issue a paper on a case in the caller's transaction and return its row.

    In: a stored case, the code of a declared kind, who acts (None for the system) and the day.
    The number is allocated and the words are frozen with their digest at once; the file is made
    after the commit, and where that fails on first view or by `render_pending`.
    """
    kind = kind_of(kind_code)
    number = numbers.allocate(kind.series, on.year, subject, on) if kind.series else None
    words = {
        "title": kind.title,
        "number": number.text if number else "",
        "date": chinese_date(on),
        "notice": "示例数据" if settings.DEMONSTRATION else "",
        **kind.words(subject, on),
    }
    text, digest = freeze(words)
    if kind.replaces_earlier:
        _supersede_earlier(subject, kind)
    paper = Paper.objects.create(
        kind=kind.code,
        template=kind.template,
        title=thaw(text, digest)["title"],
        number=number,
        subject=subject,
        words=text,
        words_digest=digest,
        missing_glyphs=fonts.missing(characters(thaw(text, digest))),
        issued_on=on,
        issued_by=by,
        issued_by_name=by.full_name if by else "系统",
    )
    transaction.on_commit(partial(_render_after_commit, paper.pk))
    return paper


def _supersede_earlier(subject: models.Model, kind: PaperKind) -> None:
    """Mark the standing papers of this kind on the case as superseded."""
    Paper.objects.of(subject).standing().filter(kind=kind.code).update(
        state=Paper.State.SUPERSEDED, state_reason=f"已重新制作《{kind.title}》"[:200]
    )


@transaction.atomic
def void(
    paper: Paper, *, by: Any, reason: str, post: Any = None, on_behalf_of: Any = None
) -> Paper:
    """Void a paper and its number with a reason; both stay on record.

    Who may is asked in `documents.voiding`; `post` is the one in which he does it, and
    `on_behalf_of` whom he stands in for.
    """
    if not reason.strip():
        raise ValueError("作废文书必须说明原因。")
    locked: Paper = Paper.objects.select_for_update().get(pk=paper.pk)
    if locked.state == Paper.State.VOIDED:
        raise numbers.AlreadyVoid("该文书已经作废。")
    locked.state = Paper.State.VOIDED
    locked.state_reason = reason.strip()
    locked.save(update_fields=["state", "state_reason"])
    if locked.number and locked.number.state == Number.State.IN_USE:
        numbers.void(locked.number, by, reason, post=post, on_behalf_of=on_behalf_of)
    record(
        "documents.void_paper",
        "作废文书",
        subject=locked,
        subject_title=locked.title,
        by=by,
        post=post,
        on_behalf_of=on_behalf_of,
        after={"state": "已作废"},
        reason=locked.state_reason,
    )
    return locked


def render(paper: Paper) -> Paper:
    """Make the file of a paper if it has none yet, store its digest once, return the fresh row.

    Two that render at once make the same bytes; the first row written wins and the other file
    is dropped.
    """
    if paper.is_rendered:
        return paper
    content = _pdf_of(paper)
    with _faults_told(), vault.receiving([content]) as incoming:
        stored_name = vault.settle(incoming)
        won = Paper.objects.filter(pk=paper.pk, pdf_sha256="").update(
            pdf_name=stored_name,
            pdf_sha256=incoming.sha256,
            pages=len(PdfReader(io.BytesIO(content)).pages),
            fonts_note=fonts.note(),
        )
    if not won:
        vault.discard(stored_name)
    fresh: Paper = Paper.objects.get(pk=paper.pk)
    return fresh


def _pdf_of(paper: Paper) -> bytes:
    """Make the PDF out of the frozen words, after checking that they are unchanged."""
    thaw(paper.words, paper.words_digest)
    with _faults_told():
        return rendering.pdf(
            paper.words, paper.template, paper.issued_on, archival=not paper.missing_glyphs
        )


@contextmanager
def _faults_told() -> Iterator[None]:
    """Turn what may go wrong while a file is made into one sentence, and log the cause."""
    try:
        yield
    except (TypstError, fonts.NoFonts, OSError) as fault:
        logger.exception("a paper could not be rendered")
        raise CannotRender(
            "文书内容已经固定，但文件暂时不能生成，请稍后再试或联系系统管理员。"
        ) from fault


def file_of(paper: Paper) -> bytes:
    """Return the PDF of a paper; make it again if it is lost and comes out identical.

    Raises `vault.Damaged` where the file was changed, or is lost and cannot be made identically.
    """
    paper = render(paper)
    if not vault.path_of(paper.pdf_name).exists():
        with _faults_told(), vault.receiving([_pdf_of(paper)]) as incoming:
            if incoming.sha256 == paper.pdf_sha256:
                vault.settle(incoming, paper.pdf_name)
    return vault.content_of(paper.pdf_name, paper.pdf_sha256)


def page_images(paper: Paper) -> tuple[bytes, ...]:
    """Return a PNG image of each page, out of the same frozen words as the file."""
    thaw(paper.words, paper.words_digest)
    with _faults_told():
        return rendering.page_images(paper.words, paper.template, paper.issued_on)


def _render_after_commit(pk: int) -> None:
    """Render without letting a failure reach the act, which is committed already."""
    try:
        render(Paper.objects.get(pk=pk))
    except Exception:
        logger.exception("paper %s could not be rendered after commit", pk)


def render_pending(limit: int = 200) -> int:
    """Render papers that have no file yet (for `tick`) and return how many came out."""
    pending = list(Paper.objects.unrendered().order_by("pk")[:limit])
    for paper in pending:
        _render_after_commit(paper.pk)
    keys = [paper.pk for paper in pending]
    return Paper.objects.filter(pk__in=keys).exclude(pdf_sha256="").count()
