"""Show a person's notices (通知), the unread first, and let him mark them read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Case as Choice
from django.db.models import IntegerField, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from audit import clock
from documents.sight import cases_visible
from workflows.models.notices import Notice
from workflows.pages import page_of_rows

UNREAD_FIRST = Choice(When(read_at=None, then=1), default=0, output_field=IntegerField())


def notices_of(user: Any) -> QuerySet[Notice]:
    """Return what is addressed to the person or to a post he holds today."""
    return Notice.objects.addressed_to(user, clock.today())


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Show the notices, paged by key."""
    rows = notices_of(request.user).annotate(is_unread=UNREAD_FIRST)
    page = page_of_rows(
        rows.select_related("unit", "read_by"),
        request.GET.get("after", ""),
        by=("-is_unread", "-pk"),
    )
    _show_cases(page.rows, request.user)
    return render(request, "workflows/notices.html", {"page": page})


def _show_cases(rows: list[Any], user: Any) -> None:
    """Give each notice its case where it is in the user's sight: one statement per kind."""
    wanted: dict[Any, set[int]] = {}
    for row in rows:
        if row.content_type_id:
            wanted.setdefault(row.content_type, set()).add(row.object_id)
    for kind, keys in wanted.items():
        visible = cases_visible(user, kind)
        found = {} if visible is None else visible.filter(pk__in=keys).in_bulk()
        for row in rows:
            if row.content_type_id == kind.pk:
                row.shown_case = found.get(row.object_id)


@require_POST
def read_notice(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mark one notice read."""
    notice = get_object_or_404(notices_of(request.user), uuid=uuid)
    notice.read(by=request.user)
    return redirect("workflows:notices")


@require_POST
def read_all_notices(request: HttpRequest) -> HttpResponse:
    """Mark every notice of the person read."""
    unread = notices_of(request.user).unread()
    number = unread.update(read_at=clock.now(), read_by=request.user)
    messages.success(request, f"已将 {number} 条通知标为已读。")
    return redirect("workflows:notices")
