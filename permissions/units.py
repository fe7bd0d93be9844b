"""Change the tree of units: add, rename, move, dissolve and restore, each with its trace."""

from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Case, F, TextField, Value, When
from django.db.models.functions import Concat, Substr

from audit import clock
from audit.recording import record
from permissions.models import PARENTS, Post, Unit, UnitKind, UnitMove
from permissions.permissions import Verb
from permissions.policy import demand
from permissions.refusals import Impossible


class ImpossibleMove(Impossible):
    """A move that would put a unit below itself, a dissolved one or one of the wrong kind."""


@transaction.atomic
def add_unit(*, code: str, name: str, kind: str, parent: Unit | None, by: Any = None) -> Unit:
    """Add a unit below its parent (None for the root) and return it."""
    post = demand(by, Verb.MANAGE_UNIT)
    if parent is not None and not parent.is_active:
        raise Impossible(f"上级机构“{parent}”已撤销，请另选上级。")
    unit = Unit(code=code, name=name, kind=kind, parent=parent)
    unit.path = f"{parent.path if parent else ''}{code}/"
    unit.reach = parent.reach if parent and unit.is_supervising else unit.path
    unit.full_clean(exclude=["path", "reach"])  # unique and short enough as the code is
    if fault := _misplaced(kind, parent):
        raise Impossible(fault)
    unit.save()
    record(
        "permissions.add_unit",
        "新增机构",
        subject=unit,
        by=by,
        post=post,
        after={"code": code, "name": name, "kind": kind, "path": unit.path},
    )
    return unit


def _misplaced(kind: str, parent: Unit | None) -> str:
    """Say in Chinese why a unit of this kind may not stand there; "" where it may."""
    allowed, label = PARENTS[kind], UnitKind(kind).label
    if parent is None:
        return f"“{label}”须有上级机构。" if allowed else ""
    if parent.kind in allowed:
        return ""
    if not allowed:
        return f"“{label}”是最高一级，没有上级机构。"
    names = "、".join(UnitKind(above).label for above in allowed)
    return f"“{label}”只能设在{names}之下，“{parent}”是{parent.get_kind_display()}，请另选上级。"


@transaction.atomic
def rename_unit(unit: Unit, name: str, *, reason: str, by: Any = None) -> Unit:
    """Give a unit another name; its code and its place in the tree stay."""
    post = demand(by, Verb.MANAGE_UNIT)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    old_name, unit.name = unit.name, name
    unit.full_clean(exclude=["path", "reach", "parent"])
    unit.save(update_fields=["name"])
    record(
        "permissions.rename_unit",
        "机构更名",
        subject=unit,
        by=by,
        post=post,
        reason=reason,
        before={"name": old_name},
        after={"name": name},
    )
    return unit


@transaction.atomic
def dissolve_unit(unit: Unit, *, reason: str, by: Any = None) -> Unit:
    """Take a unit out of use (撤销); it must be empty of units in use and of people in post."""
    post = demand(by, Verb.MANAGE_UNIT)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if below := unit.children.active().first():
        raise Impossible(f"其下还有在用机构“{below}”，请先调整或撤销下级机构。")
    if held := Post.objects.overlapping(clock.today(), None).filter(unit=unit).first():
        raise Impossible(f"还有人员任职：{held}。请先由安全管理员免去岗位。")
    return _set_in_use(unit, False, "permissions.dissolve_unit", "撤销机构", reason, by, post)


@transaction.atomic
def restore_unit(unit: Unit, *, reason: str, by: Any = None) -> Unit:
    """Take a dissolved unit into use again (恢复)."""
    post = demand(by, Verb.MANAGE_UNIT)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.parent is not None and not unit.parent.is_active:
        raise Impossible(f"上级机构“{unit.parent}”已撤销，请先恢复上级机构。")
    return _set_in_use(unit, True, "permissions.restore_unit", "恢复机构", reason, by, post)


def _set_in_use(
    unit: Unit, in_use: bool, act: str, label: str, reason: str, by: Any, post: Post | None
) -> Unit:
    """Write whether the unit is in use, and record it."""
    before = unit.is_active
    unit.is_active = in_use
    unit.save(update_fields=["is_active"])
    record(
        act,
        label,
        subject=unit,
        by=by,
        post=post,
        reason=reason,
        before={"is_active": before},
        after={"is_active": in_use},
    )
    return unit


@transaction.atomic
def move_unit(unit: Unit, parent: Unit, *, reason: str, by: Any = None) -> UnitMove:
    """Move a unit with all below it under another parent: one UPDATE, and a kept `UnitMove`.

    Raises `ImpossibleMove` when the new parent lies within the unit itself, is dissolved or of a
    kind below which the unit may not stand.
    """
    post = demand(by, Verb.MANAGE_UNIT)
    # Moves are rare and touch many rows: one at a time, so that two cannot form a ring.
    locked = {row.pk: row for row in Unit.objects.select_for_update().order_by("pk")}
    unit, parent = locked[unit.pk], locked[parent.pk]
    if parent.path.startswith(unit.path):
        raise ImpossibleMove("不能把机构移到自己或自己的下级之下。")
    if not parent.is_active:
        raise ImpossibleMove(f"上级机构“{parent}”已撤销，请另选上级。")
    if unit.parent_id == parent.pk:
        raise ImpossibleMove(f"“{unit}”已隶属“{parent}”，无需调整。")
    if fault := _misplaced(unit.kind, parent):
        raise ImpossibleMove(fault)
    old_path, new_path = unit.path, f"{parent.path}{unit.code}/"
    _rewrite_paths(unit, parent, new_path)
    move = UnitMove.objects.create(
        unit=unit, old_path=old_path, new_path=new_path, reason=reason, moved_by=by
    )
    record(
        "permissions.move_unit",
        "调整机构隶属",
        subject=unit,
        by=by,
        post=post,
        reason=reason,
        before={"path": old_path},
        after={"path": new_path},
    )
    return move


def _rewrite_paths(unit: Unit, parent: Unit, new_path: str) -> None:
    """Rewrite path and reach of the whole subtree, and the parent of its top, in one statement."""
    start = len(unit.path) + 1
    moved_reach = Case(
        When(
            reach__startswith=unit.path,
            then=Concat(Value(new_path), Substr("reach", start), output_field=TextField()),
        ),
        default=Value(parent.reach),
        output_field=TextField(),
    )
    Unit.objects.within(unit.path).update(
        path=Concat(Value(new_path), Substr("path", start), output_field=TextField()),
        reach=moved_reach,
        parent=Case(
            When(pk=unit.pk, then=Value(parent.pk)),
            default=F("parent_id"),
            output_field=BigIntegerField(),
        ),
    )
