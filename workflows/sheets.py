"""Let a printed sheet be checked: its digest over the opinions, and the code that carries it.

The digest covers what was said, by whom and when, in order. What is said after the printing comes
behind it, so that an older sheet is still known as what was true when it was printed.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe

from audit import chain
from workflows import tasks
from workflows.models.tasks import Task, TaskState


def opinions_of(case: Any) -> list[Task]:
    """Return what was done on a case, in order; also what is no longer valid."""
    return opinions_among(tasks.all_of(case))


def opinions_among(rows: Iterable[Task]) -> list[Task]:
    """Return what was done of these tasks of a case, in order."""
    done = [row for row in rows if row.state == TaskState.DONE]
    return sorted(done, key=lambda row: (row.closed_at, row.pk))


def digest_of(case: Any, rows: Sequence[Task]) -> str:
    """Return the digest of opinions as a sheet shows them."""
    told = [
        {
            "环节": row.title,
            "处理": row.outcome,
            "意见": row.opinion,
            "办理人": row.closed_by_name,
            "岗位": row.closed_post,
            "时间": chain.moment_text(row.closed_at) if row.closed_at else "",
        }
        for row in rows
    ]
    return chain.digest_of({"案号": case.number, "意见": told}, chain.ALGORITHM)


def said_since(case: Any, digest: str) -> int | None:
    """Return how many opinions came after a sheet was printed; None where it does not agree."""
    rows = opinions_of(case)
    for since in range(len(rows) + 1):
        if digest_of(case, rows[: len(rows) - since]) == digest:
            return since
    return None


def code_of(address: str) -> SafeString:
    """Draw the QR code of an address as SVG with no style of its own: the policy forbids it."""
    drawn = segno.make(address, error="m").svg_inline(
        scale=3, border=2, svgclass="qr-code", lineclass=None, omitsize=False
    )
    described = drawn.replace("<svg ", '<svg role="img" aria-label="核对二维码" ', 1)
    return mark_safe(described)  # noqa: S308 - drawn here, of numbers only
