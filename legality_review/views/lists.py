"""List matters under review, and search in the texts of those one may see."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit import clock
from documents import texts
from documents.models import ReadText
from documents.reading.grams import Unsearchable
from legality_review.models import Review
from legality_review.permissions import ReviewVerb
from legality_review.rules.matters import Conclusion, Matter
from permissions.policy import may
from workflows.pages import page_of_parts

FILTERS = {
    "state": Review.State.values,
    "matter": Matter.values,
    "conclusion": Conclusion.values,
}
"""What the list can be narrowed by."""


def refuse_stranger(request: HttpRequest, verb: str) -> None:
    """Answer 403 to whoever holds the verb by no post."""
    answer = may(request.user, verb)
    if not answer:
        raise PermissionDenied(answer.reason)


def reviews(request: HttpRequest) -> HttpResponse:
    """List the matters the user may see, narrowed by state, type and conclusion."""
    refuse_stranger(request, ReviewVerb.VIEW)
    chosen = {
        name: request.GET.get(name, "")
        for name, values in FILTERS.items()
        if request.GET.get(name, "") in values
    }
    rows = Review.objects.select_related("unit", "drafter").filter(**chosen)
    shown = {
        "page": page_of_parts(
            rows.visible_parts(request.user), request.GET.get("after", ""), by=("-opened_on", "-pk")
        ),
        "states": Review.State.choices,
        "matters": Matter.choices,
        "conclusions": Conclusion.choices,
        "chosen": chosen,
        "today": clock.today(),
        "may_open": bool(may(request.user, ReviewVerb.OPEN)),
    }
    return render(request, "legality_review/reviews.html", shown)


def search(request: HttpRequest) -> HttpResponse:
    """Search for words in the texts of the matters the user may see."""
    refuse_stranger(request, ReviewVerb.VIEW)
    words = request.GET.get("words", "").strip()
    shown: dict[str, Any] = {"words": words, "found": None, "problem": "", "cases": {}}
    if words:
        seen = ReadText.objects.belonging_to(Review.objects.visible_to(request.user)).readable()
        try:
            shown["found"] = texts.search(seen, words, after=_after(request))
        except Unsearchable as problem:
            shown["problem"] = str(problem)
    if shown["found"]:
        keys = {hit.text.file.subject_id for hit in shown["found"].hits}
        cases = Review.objects.in_bulk(keys)
        shown["hits"] = [
            (cases[hit.text.file.subject_id], hit.text.file, hit.snippets)
            for hit in shown["found"].hits
        ]
    return render(request, "legality_review/search.html", shown)


def _after(request: HttpRequest) -> int | None:
    """Return where the next page of hits begins; a forged key begins anew."""
    after = request.GET.get("after", "")
    return int(after) if after.isascii() and after.isdigit() else None
