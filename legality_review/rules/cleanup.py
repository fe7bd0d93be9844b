"""State how documents are cleaned up and what the result must agree with (LR-36)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import TextChoices

from legality_review.rules.register import Status
from workflows import terms
from workflows.conditions import Verdict, met_if
from workflows.parameters import Parameter
from workflows.reckoning import Kind, Length, Unit
from workflows.terms import TermRule


class Conclusion(TextChoices):
    """What a clean-up says of one document."""

    KEEP = "keep", "继续有效"
    AMEND = "amend", "拟修改"
    REPEAL = "repeal", "废止"
    LAPSED = "lapsed", "失效"


CONSULTATION = TermRule(
    "cleanup_consultation", "清理意见公开征求意见期限",
    Parameter(
        "legality_review.cleanup_consultation", "清理意见公开征求意见期限",
        Length(7, Unit.WORKING_DAY), "LR-36", "design",
    ),
    Kind.FLOOR, "LR-36", "自在网站公布清理意见之日起",
)  # fmt: skip


def first_conclusion(status: str) -> Conclusion:
    """Return what a clean-up begins with for a document of this validity."""
    return {Status.REPEALED: Conclusion.REPEAL, Status.LAPSED: Conclusion.LAPSED}.get(
        Status(status), Conclusion.KEEP
    )


def open_conclusions(status: str) -> tuple[Conclusion, ...]:
    """Return what may be said of a document: what has ended already stays ended."""
    if status in {Status.REPEALED, Status.LAPSED}:
        return (first_conclusion(status),)
    return (Conclusion.KEEP, Conclusion.AMEND, Conclusion.REPEAL)


def has_lines(case: Any, on: date) -> Verdict:
    """There is something to clean up."""
    return met_if(case.lines.exists(), f"截至{case.as_of}，制定机关没有已公布的规范性文件。")


def is_explained(case: Any, on: date) -> Verdict:
    """Whoever would amend or repeal says why, before the public is asked (LR-36)."""
    silent = [
        line.document.title
        for line in case.lines.select_related("document")
        if line.needs_reason and not line.reason.strip()
    ]
    return met_if(not silent, f"拟修改、废止的须说明理由：{'、'.join(silent)}。")


def has_been_public(case: Any, on: date) -> Verdict:
    """The public had its time on the website (LR-36)."""
    return terms.floor_has_run(case, CONSULTATION, on)


def unlike(pairs: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return the titles of the documents whose validity is not what the clean-up says of them."""
    ended = {Conclusion.REPEAL: Status.REPEALED, Conclusion.LAPSED: Status.LAPSED}
    return [
        title
        for title, conclusion, status in pairs
        if ended.get(Conclusion(conclusion), status) != status
        or (Conclusion(conclusion) not in ended and status in ended.values())
    ]


def agrees_with_the_register(case: Any, on: date) -> Verdict:
    """A list repeals nothing itself: each document is repealed by its own act first (LR-36)."""
    found = unlike(
        (line.document.title, line.conclusion, line.document.status_on(on))
        for line in case.lines.select_related("document")
    )
    return met_if(
        not found,
        f"下列文件的效力与清理结论不一致，请先办理废止或者更正清理结论：{'、'.join(found)}。",
    )
