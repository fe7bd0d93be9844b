"""Answer the two questions about people that guard every act: may he, and who may."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from audit import clock
from permissions.models import Post, Recusal, StandIn, User
from permissions.models.people import LONGEST_CHAIN
from permissions.refusals import NotEntitled
from permissions.roles import ADMINISTRATORS, Role
from permissions.verbs import VerbEnum, roles_with, verb_of


@dataclass(frozen=True)
class Answer:
    """What `may` says: true or false, the reason in Chinese, and the post that carries it.

    `on_behalf_of` is the person for whom somebody stands in; the post is then that person's.
    """

    allowed: bool
    reason: str = ""
    post: Post | None = None
    basis: str = ""
    on_behalf_of: User | None = None

    def __bool__(self) -> bool:
        return self.allowed


def may(user: Any, verb: str, case: Any = None, on: date | None = None) -> Answer:
    """Tell whether the user may do the verb, on this case if one is given.

    In: a user, a verb of some app, a case (anything with `unit`) or None for verbs that concern
    no single case. Out: an `Answer`. A post whose unit reaches the case's unit must carry the
    verb, or a dated exception on this very case, or the person stands in for somebody who may;
    nobody recused may. There is no global grant and no superuser (design.md 5).
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Answer(False, "请先登录。")
    day = on or user.today()
    own = _for_himself(user, verb, case, day)
    if own or case is None or is_recused(user, case):
        return own
    return _as_substitute(user, verb, case, day) or own


def _for_himself(user: Any, verb: str, case: Any, day: date) -> Answer:
    """Answer from the posts and exceptions of the person himself."""
    carrying = [post for post in user.posts_on(day) if post.role in roles_with(verb)]
    if case is not None and is_recused(user, case):
        return Answer(False, "您已对该件回避，不得办理。")
    for post in carrying:
        if case is None or case.unit.path.startswith(post.unit.reach):
            return Answer(True, post=post, basis="岗位")
    if case is not None and (post := _excepted_post(user, verb, case, day)):
        return Answer(True, post=post, basis="例外授权")
    return Answer(False, _why_not(verb, carrying, case))


def _as_substitute(user: User, verb: str, case: Any, day: date) -> Answer | None:
    """Answer from the posts of those for whom the person stands in; None where none may.

    Like an exception, standing in widens an office and replaces none.
    """
    if not user.case_posts_on(day):
        return None
    for standing in user.standing_for(day):
        if standing.covers(getattr(type(case), "KIND", "")):
            answer = _for_himself(standing.principal, verb, case, day)
            if answer:
                return replace(answer, basis="代理", on_behalf_of=standing.principal)
    return None


def has_in_reach(user: Any, case: Any) -> bool:
    """Tell whether a post of the person lets him see the case: the commonest reason of sight.

    What `visible_to` says first; where this is false, only `visible_to` knows.
    """
    if not user.is_authenticated or not user.is_active or is_recused(user, case):
        return False
    roles = roles_with(case.VIEW_VERB)
    posts = [post for post in user.case_posts_on(user.today()) if post.role in roles]
    return any(case.unit.path.startswith(post.unit.reach) for post in posts)


def demand(user: Any, verb: str, case: Any = None) -> Post | None:
    """Return the post that carries the verb; raise `NotEntitled` with the reason if none does.

    The system itself (`user=None`: set-up, import on the server, demonstration) needs no post.
    """
    if user is None:
        return None
    answer = may(user, verb, case)
    if not answer:
        lacking = _as_verb(verb)
        raise NotEntitled(answer.reason, lacking.value, lacking.label, case)
    return answer.post


def _why_not(verb: str, carrying: list[Post], case: Any) -> str:
    """Say in Chinese whose turn it would be."""
    if carrying:
        return f"该件属于{case.unit}，不在您岗位的辖区内。"
    names = "、".join(role.label for role in Role if role in roles_with(verb))
    return f"由{names}办理，您的岗位没有此权限。"


def is_recused(user: User, case: Any) -> bool:
    """Tell whether the user is recused (回避) from the case."""
    if not isinstance(case, models.Model) or case.pk is None:
        return False
    return (ContentType.objects.get_for_model(case).pk, case.pk) in user.recused_from()


def _excepted_post(user: User, verb: str, case: Any, day: date) -> Post | None:
    """Return the post of a person to whom a dated exception on this case gives the verb.

    An exception widens an office, it does not replace one: without a post that can have to do
    with cases it gives nothing, so an administrator cannot be let in this way either.
    """
    if not hasattr(type(case), "exceptions"):
        return None
    post = next(iter(user.case_posts_on(day)), None)
    if post is None or not _belongs_to(verb, case):
        return None
    held = (case.pk, _as_verb(verb).codename) in user.exceptions_on(type(case), day)
    return post if held else None


def _belongs_to(verb: str, case: Any) -> bool:
    """Tell whether the verb is one of the app of the case; codenames alone could meet."""
    return _as_verb(verb).value.partition(".")[0] == case._meta.app_label


def _as_verb(verb: str) -> VerbEnum:
    return verb if isinstance(verb, VerbEnum) else verb_of(verb)


def first_post(user: User, day: date) -> Post | None:
    """Return the post a person acts in when none is asked for: the chosen one, else any."""
    return next(iter(user.posts_on(day)), None)


def who_may(verb: str, case: Any, on: date | None = None) -> list[Post]:
    """Return the posts whose holders may do the verb on the case on that day.

    For everybody: `may(user, verb, case, on)` is true exactly if a post of his is returned.
    """
    day = on or clock.today()
    posts = (
        Post.objects.on(day)
        .filter(role__in=roles_with(verb))
        .reaching(case.unit.path)
        .select_related("user", "unit")
    )
    if not isinstance(case, models.Model):
        return list(posts)
    recused = Recusal.objects.open().of(type(case)).filter(object_id=case.pk).values("user_id")
    carrying = list(posts.exclude(user_id__in=recused))
    known = {post.user_id for post in carrying}
    excepted = _posts_of_excepted(verb, case, day).exclude(user_id__in=recused)
    for post in excepted:
        if post.user_id not in known:
            known.add(post.user_id)
            carrying.append(post)
    return carrying + list(_posts_of_substitutes(verb, case, day, known))


def _posts_of_substitutes(verb: str, case: Any, day: date, known: set[int]) -> Iterator[Post]:
    """Yield a post of everybody who stands in for somebody that may, directly or by a chain."""
    asked, principals = set(known), set(known)
    for _ in range(LONGEST_CHAIN):
        rows = StandIn.objects.in_force(day).filter(principal__in=principals)
        found = {row.substitute_id: row.substitute for row in rows.select_related("substitute")}
        principals = set(found) - asked
        asked |= principals
        for key in sorted(principals):
            posts = found[key].case_posts_on(day)
            if posts and may(found[key], verb, case, day):
                yield posts[0]


def _posts_of_excepted(verb: str, case: Any, day: date) -> models.QuerySet[Post]:
    """Return the posts of the people to whom a dated exception on the case gives the verb."""
    if not hasattr(type(case), "exceptions") or not _belongs_to(verb, case):
        return Post.objects.none()
    excepted = case.exceptions.in_force(day).filter(permission__codename=_as_verb(verb).codename)
    return (
        Post.objects.on(day)
        .filter(user_id__in=excepted.values("user_id"))
        .exclude(role__in=ADMINISTRATORS)
        .select_related("user", "unit")
    )
