"""Show the tree of units and let the system administrator change it."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from audit import clock
from permissions import units
from permissions.forms.administration import MoveForm, ReasonForm, RenameForm, UnitForm
from permissions.models import Unit, UnitKind
from permissions.permissions import Verb
from permissions.policy import may
from permissions.views.forming import form_page, needs
from permissions.views.paging import asked, page_by

TREE_SIZE = 200
LEAVES = (UnitKind.VILLAGE, UnitKind.COMMUNITY)


@needs(Verb.VIEW_DIRECTORY)
def tree(request: HttpRequest) -> HttpResponse:
    """List the units in the order of the tree; villages and communities only when searched."""
    words = asked(request, "q")
    rows = Unit.objects.all()
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code__startswith=words))
    else:
        rows = rows.exclude(kind__in=LEAVES)
    found = page_by(request, rows, "path", TREE_SIZE)
    depths = [unit.path.count("/") for unit in found.rows]
    lines = [
        (unit, depth, range(depth - 1)) for unit, depth in zip(found.rows, depths, strict=True)
    ]
    page = {
        "found": found,
        "lines": lines,
        "q": words,
        "may_manage": may(request.user, Verb.MANAGE_UNIT),
    }
    return render(request, "permissions/units.html", page)


@needs(Verb.VIEW_DIRECTORY)
def unit(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show one unit: where it stands, what is below it, who works there, how it moved."""
    shown = get_object_or_404(Unit, uuid=uuid)
    held = shown.posts.on(clock.today()).select_related("user", "unit")
    page = {
        "unit": shown,
        "above": Unit.objects.above(shown.path).exclude(pk=shown.pk),
        "children": page_by(request, shown.children.all(), "path"),
        "posts": held,
        "moves": shown.moves.select_related("moved_by"),
        "may_manage": may(request.user, Verb.MANAGE_UNIT),
    }
    return render(request, "permissions/unit.html", page)


def _page_of(shown: Unit) -> str:
    """Return the address of a unit."""
    return reverse("permissions:unit", args=[shown.uuid])


def _crumbs(shown: Unit | None = None) -> list[tuple[str, str]]:
    """Return the way to a page about a unit."""
    way = [("机构", reverse("permissions:units"))]
    return way + ([(shown.name, _page_of(shown))] if shown else [])


@needs(Verb.MANAGE_UNIT)
def add(request: HttpRequest) -> HttpResponse:
    """Add a unit below another."""
    above = Unit.objects.filter(code=asked(request, "parent")).first()
    start = {"parent": f"{above.name}（{above.code}）"} if above else {}

    def change(**facts: Any) -> Unit:
        return units.add_unit(**facts, by=request.user)

    return form_page(
        request,
        UnitForm(request.POST or None, initial=start),
        change,
        back=_page_of(above) if above else reverse("permissions:units"),
        done="机构已新增。",
        title="新增机构",
        label="新增",
        crumbs=_crumbs(above),
    )


@needs(Verb.MANAGE_UNIT)
def rename(request: HttpRequest, uuid: str) -> HttpResponse:
    """Give a unit another name."""
    shown = get_object_or_404(Unit, uuid=uuid)

    def change(name: str, reason: str) -> Unit:
        return units.rename_unit(shown, name, reason=reason, by=request.user)

    return form_page(
        request,
        RenameForm(request.POST or None, initial={"name": shown.name}),
        change,
        back=_page_of(shown),
        done="机构名称已更改。",
        title=f"更名：{shown.name}",
        label="更名",
        note="已经制发的文书不改动，更名之后的文书用新名称。",
        crumbs=_crumbs(shown),
    )


@needs(Verb.MANAGE_UNIT)
def move(request: HttpRequest, uuid: str) -> HttpResponse:
    """Move a unit with all below it under another."""
    shown = get_object_or_404(Unit, uuid=uuid)

    def change(parent: Unit, reason: str) -> Any:
        return units.move_unit(shown, parent, reason=reason, by=request.user)

    return form_page(
        request,
        MoveForm(request.POST or None),
        change,
        back=_page_of(shown),
        done="隶属关系已调整，下级机构和案件一并随之调整。",
        title=f"调整隶属：{shown.name}",
        label="调整",
        note="下级机构随之移动；能办理、能查看这些案件的岗位从此按新的隶属关系确定。",
        tone="danger",
        crumbs=_crumbs(shown),
    )


@needs(Verb.MANAGE_UNIT)
def dissolve(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take a unit out of use."""
    shown = get_object_or_404(Unit, uuid=uuid)

    def change(reason: str) -> Unit:
        return units.dissolve_unit(shown, reason=reason, by=request.user)

    return form_page(
        request,
        ReasonForm(request.POST or None),
        change,
        back=_page_of(shown),
        done="机构已撤销，历史案件和文书保留。",
        title=f"撤销机构：{shown.name}",
        label="撤销",
        note="其下不能还有在用机构和任职人员。撤销后不能再任命人员，历史案件和文书保留。",
        tone="danger",
        crumbs=_crumbs(shown),
    )


@needs(Verb.MANAGE_UNIT)
def restore(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take a dissolved unit into use again."""
    shown = get_object_or_404(Unit, uuid=uuid)

    def change(reason: str) -> Unit:
        return units.restore_unit(shown, reason=reason, by=request.user)

    return form_page(
        request,
        ReasonForm(request.POST or None),
        change,
        back=_page_of(shown),
        done="机构已恢复。",
        title=f"恢复机构：{shown.name}",
        label="恢复",
        crumbs=_crumbs(shown),
    )
