"""Void papers and numbers (作废): who may, and from which organ; both stay on record."""

from collections.abc import Iterable
from typing import Any

from documents import numbers, papers
from documents.models import Number, Paper
from documents.permissions import Verb
from permissions.models import Post
from permissions.policy import Answer, demand, may
from permissions.refusals import Impossible
from permissions.roles import CITY_ROLES


def verb_for(paper: Paper) -> Verb:
    """Return the verb by which the organ that issued the paper may void it."""
    return Verb.VOID_CITY_PAPER if _by_city([paper]) else Verb.VOID_COUNTY_PAPER


def _by_city(issued: Iterable[Paper]) -> set[int]:
    """Return the keys of those papers whose issuer held a post of the city on that day."""
    issued = list(issued)
    held = Post.objects.filter(
        user__in={paper.issued_by_id for paper in issued}, role__in=CITY_ROLES, withdrawn_at=None
    )
    spans = [(post.user_id, post) for post in held]
    return {
        paper.pk
        for paper in issued
        for user_id, post in spans
        if user_id == paper.issued_by_id and post.is_held_on(paper.issued_on)
    }


def may_void(user: Any, paper: Paper) -> Answer:
    """Tell whether the user may void this paper, which he sees."""
    if paper.state == Paper.State.VOIDED:
        return Answer(False, "该文书已经作废。")
    return may(user, verb_for(paper), paper.subject)


def voidable(user: Any, listed: Iterable[Number]) -> set[int]:
    """Return the keys of the listed numbers that the user's posts may void: for the register.

    Two statements whatever their number; the case of each paper is asked on its own page.
    """
    standing = [number for number in listed if number.state == Number.State.IN_USE]
    issued = [number.paper for number in standing if hasattr(number, "paper")]
    by_city = _by_city(issued)
    verbs = {verb for verb in Verb if may(user, verb)}
    found = set()
    for number in standing:
        paper = getattr(number, "paper", None)
        if paper is None:
            verb = Verb.VOID_NUMBER if is_unused(number) else None
        else:
            verb = Verb.VOID_CITY_PAPER if paper.pk in by_city else Verb.VOID_COUNTY_PAPER
        if verb in verbs:
            found.add(number.pk)
    return found


def is_unused(number: Number) -> bool:
    """Tell a number that stands on no paper and names no case."""
    return number.subject_id is None and not hasattr(number, "paper")


def void_paper(paper: Paper, *, by: Any, reason: str) -> Paper:
    """Void a paper with its number, if its organ's reviewer or leader does it."""
    verb = verb_for(paper)
    demand(by, verb, paper.subject)
    answer = may(by, verb, paper.subject)
    return papers.void(
        paper, by=by, reason=reason, post=answer.post, on_behalf_of=answer.on_behalf_of
    )


def void_number(number: Number, *, by: Any, reason: str) -> Number:
    """Void a number that was given out and never used; any other goes with its paper."""
    post = demand(by, Verb.VOID_NUMBER)
    if not is_unused(number):
        raise Impossible("该文号已用于文书或者案件；文书的文号随文书作废，案件的编号不能作废。")
    return numbers.void(number, by, reason, post=post)
