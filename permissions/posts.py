"""Appoint to posts and end them (任免岗位), with 三员分立 and who may not appoint himself.

Appointing belongs to the security administrator alone; a trigger of the database
(`permissions.guards`) holds the separation against every other way of writing.
"""

from datetime import date
from typing import Any

from django.db import transaction

from audit import clock
from audit.recording import record
from permissions import sessions
from permissions.models import Post, SessionEnd, Unit, UnitKind, User
from permissions.permissions import Verb
from permissions.policy import demand
from permissions.refusals import Impossible
from permissions.roles import (
    ADMINISTRATORS,
    CITY_ROLES,
    COUNTY_ROLES,
    STATION_ROLES,
    TOWNSHIP_ROLES,
    Role,
)

OFFICES = frozenset({UnitKind.BUREAU, UnitKind.SECTION})
# Roles, the kinds of units they belong to, and the place whose organ that unit must be.
BELONGS = (
    (STATION_ROLES, frozenset({UnitKind.STATION}), None),
    (TOWNSHIP_ROLES, frozenset({UnitKind.TOWNSHIP_GOVERNMENT}), None),
    (COUNTY_ROLES, OFFICES, UnitKind.COUNTY),
    (CITY_ROLES, OFFICES, UnitKind.CITY),
    (ADMINISTRATORS, OFFICES, None),
)


@transaction.atomic
def appoint(
    user: User,
    role: Role,
    unit: Unit,
    starts_on: date,
    ends_on: date | None = None,
    *,
    reason: str = "",
    by: Any = None,
) -> Post:
    """Put a person into a role at a unit (任命) and return the post.

    Raises `Impossible` with the Chinese reason when the rules of posts forbid it.
    """
    carried_by = demand(by, Verb.MANAGE_POST)
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_own(user, by)
    _check_person_and_unit(user, role, unit)
    if ends_on is not None and ends_on < starts_on:
        raise Impossible("“任职至”不能早于“任职自”。")
    _check_other_posts(user, role, unit, starts_on, ends_on)
    post = Post.objects.create(
        user=user, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on
    )
    record(
        "permissions.appoint", "任命岗位", subject=post, by=by, post=carried_by, reason=reason,
        after=_values(post),
    )  # fmt: skip
    return post


def refuse_own(user: User, by: Any) -> None:
    """Refuse an administrator who would change his own posts or rights."""
    if by is not None and by.pk == user.pk:
        raise Impossible("不能变更本人的岗位和权限，请由其他安全管理员办理。")


def _check_person_and_unit(user: User, role: Role, unit: Unit) -> None:
    """Refuse a closed account, a dissolved unit and a unit of the wrong kind."""
    if not user.is_active:
        raise Impossible(f"{user.full_name}的账号已停用，请先由系统管理员恢复。")
    if not unit.is_active:
        raise Impossible(f"“{unit}”已撤销，请另选机构。")
    for roles, kinds, place in BELONGS:
        if role in roles and unit.kind not in kinds:
            names = "、".join(kind.label for kind in UnitKind if kind in kinds)
            raise Impossible(f"“{Role(role).label}”只能任职于{names}，“{unit}”不是。")
        if role in roles and place is not None and _kind_of_place(unit) != place:
            raise Impossible(f"“{Role(role).label}”只能任职于{place.label}一级的司法局。")


def _kind_of_place(unit: Unit) -> str:
    """Return the kind of the nearest place: which government the organ belongs to."""
    return str(Unit.objects.values_list("kind", flat=True).get(path=unit.reach))


def _check_other_posts(
    user: User, role: Role, unit: Unit, starts_on: date, ends_on: date | None
) -> None:
    """Refuse the same post twice at the same time, and an administrator with another post."""
    for held in user.posts.overlapping(starts_on, ends_on).select_related("unit", "user"):
        if held.role == role and held.unit_id == unit.pk:
            raise Impossible(f"{held}在此期间已经任职，不必重复任命。")
        if held.role != role and (held.role in ADMINISTRATORS or role in ADMINISTRATORS):
            raise Impossible(
                f"三员分立：{user.full_name}在此期间任{held.get_role_display()}，不得同时担任"
                f"{Role(role).label}。请先免去原岗位，或者另选人员。"
            )


@transaction.atomic
def end_post(post: Post, last_day: date, *, reason: str, by: Any = None) -> Post:
    """End a post (免职): the last day counts; a last day before its first withdraws it.

    The person's sessions end, so that nothing opened before goes on in the old post.
    """
    carried_by = demand(by, Verb.MANAGE_POST)
    post = Post.objects.select_for_update().get(pk=post.pk)
    refuse_own(post.user, by)
    _refuse_last_security_administrator(post)
    before = _values(post)
    close_post(post, last_day)
    sessions.end(post.user.signed_in_sessions.all(), SessionEnd.POST_ENDED)
    record(
        "permissions.end_post", "免去岗位", subject=post, by=by, post=carried_by, reason=reason,
        before=before, after=_values(post),
    )  # fmt: skip
    return post


def close_post(post: Post, last_day: date) -> None:
    """Write the end of a post; one that has not begun by then is withdrawn."""
    if post.withdrawn_at is not None or (post.ends_on is not None and post.ends_on <= last_day):
        raise Impossible("该岗位在此之前已经结束。")
    if last_day < post.starts_on:
        post.withdrawn_at = clock.now()
    else:
        post.ends_on = last_day
    post.save(update_fields=["ends_on", "withdrawn_at"])


def _refuse_last_security_administrator(post: Post) -> None:
    """Refuse to leave nobody who could appoint anybody."""
    if post.role == Role.SECURITY_ADMIN and not others_in_security(post.user):
        raise Impossible("这是唯一的安全管理员，免去后无人能任免岗位。请先任命接任者。")


def others_in_security(user: User) -> bool:
    """Tell whether somebody else holds the security administrator's post today."""
    in_post = Post.objects.on(clock.today()).filter(role=Role.SECURITY_ADMIN)
    return bool(in_post.exclude(user=user).exists())


def is_administrator(user: User) -> bool:
    """Tell whether the person holds one of the three administrators' posts, now or later."""
    held = user.posts.overlapping(clock.today(), None)
    return bool(held.filter(role__in=ADMINISTRATORS).exists())


def _values(post: Post) -> dict[str, Any]:
    """Return what an entry says of a post."""
    return {
        "person": post.user.username,
        "role": post.get_role_display(),
        "unit": post.unit.code,
        "starts_on": post.starts_on,
        "ends_on": post.ends_on,
        "withdrawn_at": post.withdrawn_at,
    }
