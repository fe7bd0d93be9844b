"""State when and how a document is published and when it takes effect (LR-30, LR-33)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import TextChoices

from legality_review.rules.filing import FILING
from legality_review.rules.validity import EFFECT_DELAY
from workflows.calendar import current
from workflows.conditions import Verdict, met_if
from workflows.reckoning import reckon

__all__ = [
    "FILING",
    "Medium",
    "earliest_effect",
    "effect_defects",
    "has_never_been_published",
    "is_no_act_of_the_issuer",
    "known_defects",
    "publication_defects",
]


class Medium(TextChoices):
    """Where a document is published; an internal paper publishes nothing (LR-30)."""

    GAZETTE = "gazette", "政府公报"
    WEBSITE = "website", "政府网站"
    NEW_MEDIA = "new_media", "政务新媒体"
    NOTICE_BOARD = "notice_board", "公告栏、公示栏"


def publication_defects(case: Any, day: date, on: date, media: Sequence[str]) -> list[str]:
    """Return what stands against a publication on that day in these media."""
    found = []
    if not [one for one in media if one in Medium.values]:
        found.append(
            "须通过政府公报、政府网站、政务新媒体或者公告栏向社会公布，不得内部发文（LR-30）。"
        )
    if day > on:
        found.append("公布日期不能晚于今天。")
    if case.registered_on and day < case.registered_on:
        found.append(f"公布日期不能早于登记日期{case.registered_on}（LR-30）。")
    return found


def earliest_effect(published_on: date) -> date:
    """Return the first day on which a document has effect without a reason for haste (LR-33)."""
    delay = EFFECT_DELAY.on(published_on)
    found = reckon(published_on, delay, calendar=current(), rolls=False).due_on
    if found is None:
        raise LookupError("the delay of the effect never stands still")
    return found


def effect_defects(
    published_on: date, effective_on: date | None, *, early_reason: str, favours_persons: bool
) -> list[str]:
    """Return what stands against a day of effect: no retroactivity, time to prepare (LR-33)."""
    if effective_on is None:
        return ["文件须载明施行日期（LR-33）。"]
    if effective_on < published_on:
        if favours_persons:
            return []
        return ["施行日期早于公布日期：规范性文件不溯及既往，为更好保护当事人权益的除外（LR-33）。"]
    delay, earliest = EFFECT_DELAY.on(published_on), earliest_effect(published_on)
    if early_reason.strip() or effective_on >= earliest:
        return []
    return [
        f"施行日期距公布日期不足{delay}（最早{earliest}），"
        "须说明不立即施行将影响执行的理由（LR-33）。"
    ]


def has_never_been_published(case: Any, on: date) -> Verdict:
    """What has had effect is not ended as if it never had any, also while it is renewed (LR-32)."""
    return met_if(
        case.published_on is None,
        "文件已经公布生效，不能终止；不再延续的，有效期届满自动失效（LR-32）。",
    )


def is_no_act_of_the_issuer(case: Any, on: date) -> Verdict:
    """What was published is repealed, never void; an entry of an older document may be wrong."""
    return met_if(
        case.published_on is None or case.is_from_before,
        "文件已经公布，不能作废；需要停止执行的，由制定机关废止（LR-30、LR-32）。",
    )


def known_defects(published_on: date, effective_on: date, on: date) -> list[str]:
    """Return what cannot be true of a document that existed before the system."""
    if max(published_on, effective_on) > on:
        return ["补录的文件应已公布施行，公布日期和施行日期不能晚于今天。"]
    return []
