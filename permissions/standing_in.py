"""Let one person act for another who is away (请假代理), for a time and for named matters.

What is done so is done by the substitute on behalf of the principal (××代××): entries, tasks and
papers say both names. It gives no more than the principal has, and nobody a second vote.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit import clock
from audit.recording import record
from permissions.models import Post, StandIn, User
from permissions.permissions import SuperiorVerb
from permissions.policy import may
from permissions.refusals import Impossible
from permissions.roles import SUPERIORS, Role

LONGEST = timedelta(days=180)


@dataclass(frozen=True)
class Arrangement:
    """What is asked for: who stands in for whom, from when to when, for which kinds, and why."""

    principal: User
    substitute: User
    starts_on: date
    ends_on: date
    reason: str
    kinds: tuple[str, ...] = ()
    includes_waiting: bool = False


@transaction.atomic
def arrange(wanted: Arrangement, *, by: User) -> StandIn:
    """Arrange a stand-in; a person for himself, or a superior for his people.

    Raises `Impossible` with the Chinese reason; PermissionDenied for anybody else.
    """
    # Locked in the order of their keys, so that A for B and B for A cannot both get through.
    people = [wanted.principal.pk, wanted.substitute.pk]
    list(User.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    post = _post_of_arranger(wanted.principal, by)
    _check_dates(wanted.starts_on, wanted.ends_on)
    _check_people(wanted)
    stand_in = StandIn.objects.create(
        principal=wanted.principal,
        substitute=wanted.substitute,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        kinds=list(wanted.kinds),
        includes_waiting=wanted.includes_waiting,
        reason=wanted.reason,
        arranged_by=by,
    )
    record(
        "permissions.arrange_stand_in", "设定请假代理", subject=stand_in, by=by, post=post,
        reason=wanted.reason, after=_values(stand_in),
    )  # fmt: skip
    return stand_in


@transaction.atomic
def withdraw(stand_in: StandIn, *, reason: str, by: User) -> StandIn:
    """End a stand-in before its time (撤销代理); what was done under it stays done."""
    stand_in = StandIn.objects.select_for_update().get(pk=stand_in.pk)
    post = _post_of_arranger(stand_in.principal, by)
    if stand_in.withdrawn_at is not None:
        raise Impossible("该代理已经撤销。")
    before = _values(stand_in)
    stand_in.withdrawn_at = clock.now()
    stand_in.save(update_fields=["withdrawn_at"])
    record(
        "permissions.withdraw_stand_in", "撤销请假代理", subject=stand_in, by=by, post=post,
        reason=reason, before=before, after=_values(stand_in),
    )  # fmt: skip
    return stand_in


def end_all(person: User, *, reason: str, by: User) -> int:
    """End every stand-in that concerns a person whose work is handed over; return how many.

    The hand-over has asked whether `by` may; the caller's transaction holds both.
    """
    rows = list(StandIn.objects.select_for_update().concerning(person, clock.today()))
    post = next(iter(by.case_posts_on(clock.today())), None)
    for stand_in in rows:
        before = _values(stand_in)
        stand_in.withdrawn_at = clock.now()
        stand_in.save(update_fields=["withdrawn_at"])
        record(
            "permissions.withdraw_stand_in", "撤销请假代理", subject=stand_in, by=by, post=post,
            reason=reason, before=before, after=_values(stand_in),
        )  # fmt: skip
    return len(rows)


def may_arrange_for(principal: User, by: User) -> bool:
    """Tell whether somebody may arrange or withdraw stand-ins for this person."""
    try:
        _post_of_arranger(principal, by)
    except PermissionDenied:
        return False
    return True


def _post_of_arranger(principal: User, by: User) -> Post | None:
    """Return the post in which somebody arranges it, or refuse him."""
    today = clock.today()
    if by.pk == principal.pk:
        return next(iter(by.case_posts_on(today)), None)
    for held in principal.case_posts_on(today):
        answer = may(by, SuperiorVerb.ARRANGE_STAND_IN, held)
        if answer and answer.post and SUPERIORS.get(Role(held.role)) == answer.post.role:
            return answer.post
    raise PermissionDenied("请假代理由本人设定，或者由其上一级负责人设定。")


def _check_dates(starts_on: date, ends_on: date) -> None:
    """Refuse a window that is empty, over, or without a near end."""
    if ends_on < starts_on:
        raise Impossible("“代理至”不能早于“代理自”。")
    if starts_on < clock.today():
        raise Impossible("代理不能追溯：“代理自”不能早于今天。")
    if ends_on - starts_on > LONGEST:
        raise Impossible(f"代理一次最长{LONGEST.days}天，到期仍需要的请重新设定。")


def _check_people(wanted: Arrangement) -> None:
    """Refuse oneself, a person without a business post, and a circle."""
    principal, substitute = wanted.principal, wanted.substitute
    if principal.pk == substitute.pk:
        raise Impossible("代理人不能是本人。")
    for person in (principal, substitute):
        if not person.is_active or not person.case_posts_on(wanted.starts_on):
            raise Impossible(f"{person.full_name}在代理开始之日没有业务岗位，不能设定代理。")
    overlapping = StandIn.objects.overlapping(wanted.starts_on, wanted.ends_on)
    if overlapping.filter(principal=principal, substitute=substitute).exists():
        raise Impossible(f"{substitute.full_name}在此期间已经代理{principal.full_name}。")
    reached, found = {substitute.pk}, {substitute.pk}
    while found:
        rows = overlapping.filter(principal__in=found).values_list("substitute_id", flat=True)
        found = set(rows) - reached
        reached |= found
    if principal.pk in reached:
        raise Impossible(
            f"{substitute.full_name}在此期间由{principal.full_name}代理，不能互为代理。"
        )


def _values(stand_in: StandIn) -> dict[str, Any]:
    """Return what an entry says of a stand-in."""
    return {
        "principal": stand_in.principal.username,
        "substitute": stand_in.substitute.username,
        "starts_on": stand_in.starts_on,
        "ends_on": stand_in.ends_on,
        "kinds": stand_in.kinds,
        "includes_waiting": stand_in.includes_waiting,
        "withdrawn_at": stand_in.withdrawn_at,
    }
