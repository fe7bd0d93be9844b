"""Show a matter's text by clauses, and two versions of it compared to the character (LR-22)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from documents import texts
from legality_review.models import Review
from legality_review.models.texts import readable
from workflows.views.cases import record_case_view


def compare(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Compare two versions of the text; without a choice the last two."""
    case = get_object_or_404(Review.objects.visible_to(request.user), uuid=uuid)
    versions = [(name, text) for name, file in case.versions() if (text := readable(file))]
    if not versions:
        raise Http404
    places = range(len(versions))
    before = _chosen(request, "before", places, max(len(versions) - 2, 0))
    after = _chosen(request, "after", places, len(versions) - 1)
    record_case_view(request, case, "文本对照")
    shown = {
        "case": case,
        "versions": list(enumerate(name for name, _ in versions)),
        "before": before,
        "after": after,
        "comparison": texts.compare(versions[before][1], versions[after][1]),
        "only_changes": request.GET.get("only") == "changes",
    }
    return render(request, "legality_review/compare.html", shown)


def _chosen(request: HttpRequest, name: str, places: range, default: int) -> int:
    """Return the chosen place in the list of versions; the default where it is none."""
    told = request.GET.get(name, "")
    place = int(told) if told.isascii() and told.isdigit() else default
    return place if place in places else default


def text(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the draft under review by clauses."""
    case = get_object_or_404(Review.objects.visible_to(request.user), uuid=uuid)
    read = case.current_text
    if read is None:
        raise Http404
    record_case_view(request, case, "送审文本")
    return render(request, "legality_review/text.html", {"case": case, "text": read})
