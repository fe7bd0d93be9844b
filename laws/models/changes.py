"""Add, correct and end laws, each with its entry in the trace; no row is ever deleted."""

from datetime import date
from typing import Any

from django.db import transaction

from audit.recording import record
from laws.models.laws import Ending, Law
from laws.permissions import Verb
from laws.rules.names import plain_number, plain_title
from laws.rules.standing import overlaps
from permissions.policy import demand
from permissions.refusals import Impossible

OVERLAPPING = "与《{title}》已登记的另一文本的有效期重叠，请核对施行日期和失效日期。"


@transaction.atomic
def add_law(*, by: Any, **facts: Any) -> Law:
    """Register a law, or a further version of one; a version that stood until then ends."""
    post = demand(by, Verb.MAINTAIN)
    law = Law(**_tidied(facts))
    former = _open_before(law)
    if former is not None:
        before = former.facts
        former.effective_until, former.ending = law.effective_from, Ending.SUPERSEDED
        former.save(update_fields=["effective_until", "ending"])
    _check(law)
    law.save()
    if former is not None:
        former.superseded_by = law
        former.save(update_fields=["superseded_by"])
        record(
            "laws.end_law", "登记法规失效", subject=former, by=by, post=post,
            before=before, after=former.facts, reason="登记了新文本",
        )  # fmt: skip
    record("laws.add_law", "登记法规", subject=law, by=by, post=post, after=law.facts)
    return law


@transaction.atomic
def correct_law(law: Law, *, by: Any, reason: str, **facts: Any) -> Law:
    """Correct what is registered of a law."""
    post = demand(by, Verb.MAINTAIN)
    law = Law.objects.select_for_update().get(pk=law.pk)
    before = law.facts
    for name, value in _tidied(facts).items():
        setattr(law, name, value)
    _check(law)
    law.save()
    record(
        "laws.correct_law", "更正法规", subject=law, by=by, post=post,
        before=before, after=law.facts, reason=reason,
    )  # fmt: skip
    return law


@transaction.atomic
def end_law(law: Law, *, by: Any, on: date, ending: str, superseded_by: Law | None, reason: str
            ) -> Law:  # fmt: skip
    """Register that a law stands no more from a day on."""
    post = demand(by, Verb.MAINTAIN)
    law = Law.objects.select_for_update().get(pk=law.pk)
    if law.effective_until is not None:
        raise Impossible(f"{law}已登记自{law.effective_until}起失效；登记有误的，请用“更正”。")
    before = law.facts
    law.effective_until, law.ending, law.superseded_by = on, ending, superseded_by
    _check(law)
    law.save()
    record(
        "laws.end_law", "登记法规失效", subject=law, by=by, post=post,
        before=before, after=law.facts, reason=reason,
    )  # fmt: skip
    return law


def _tidied(facts: dict[str, Any]) -> dict[str, Any]:
    """Bring title, short names and number into the form in which they are compared."""
    tidied = dict(facts)
    if "title" in tidied:
        tidied["title"] = plain_title(tidied["title"]).strip("《》")
    if "aliases" in tidied:
        names = tidied["aliases"].replace("，", "、").replace(";", "、").replace("；", "、")
        kept = (plain_title(name).strip("《》") for name in names.split("、"))
        tidied["aliases"] = "、".join(filter(None, kept))
    if "document_number" in tidied:
        tidied["document_number"] = plain_number(tidied["document_number"])
    return tidied


def _open_before(law: Law) -> Law | None:
    """Return the version without an end that a new one follows."""
    if law.effective_from is None:
        return None
    rows = Law.objects.select_for_update().filter(title=law.title, effective_until=None)
    found: Law | None = rows.exclude(effective_from__gte=law.effective_from).first()
    return found


def _check(law: Law) -> None:
    """Refuse what contradicts itself or another version of the same law."""
    law.full_clean()
    if law.superseded_by_id is not None and law.superseded_by_id == law.pk:
        raise Impossible("法规不能由自己替代。")
    others = list(Law.objects.filter(title=law.title).exclude(pk=law.pk))
    if overlaps(law.effective_from, law.effective_until, others):
        raise Impossible(OVERLAPPING.format(title=law.title))
