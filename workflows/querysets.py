"""Ask for cases and tasks: open ones, overdue ones, those that wait for a person."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from audit import clock
from permissions.models import Post, Recusal
from permissions.querysets import CaseQuerySet

SAME_CASE = {"content_type": OuterRef("content_type"), "object_id": OuterRef("object_id")}


class CaseRegister(CaseQuerySet):
    """Ways of asking for cases of one kind."""

    def open(self) -> Self:
        """Keep the cases that are not closed."""
        return self.filter(closed_on=None)

    def closed(self) -> Self:
        """Keep the closed cases."""
        return self.exclude(closed_on=None)

    def overdue(self, on: date) -> Self:
        """Keep the open cases whose nearest term has run out before that day."""
        return self.open().filter(due_on__lt=on)


def is_left(on: date) -> Q:
    """Say which claimed tasks are free again.

    Their holder has left the post he claimed them by, or is recused from the case.
    """
    held = Post.objects.on(on).filter(
        user=OuterRef("holder"), unit=OuterRef("unit"), role=OuterRef("role")
    )
    recused = Recusal.objects.open().filter(user=OuterRef("holder"), **SAME_CASE)
    return Q(~Exists(held) | Exists(recused), holder__isnull=False, is_personal=False)


def is_free(on: date) -> Q:
    """Say which tasks nobody in post has claimed."""
    return Q(holder=None) | is_left(on)


def at_posts_of(user: Any, on: date) -> Q:
    """Say which tasks are addressed to a post of this person."""
    units: dict[str, list[int]] = {}
    for post in user.posts_on(on):
        units.setdefault(post.role, []).append(post.unit_id)
    parts = [Q(role=role, unit_id__in=keys) for role, keys in units.items()]
    return reduce(or_, parts) if parts else Q(pk__in=[])


def has_declined(user: Any) -> Q:
    """Say which tasks the person has declined (拒签); they are read once, not for each task."""
    return Q(pk__in=user.declined_tasks.filter(is_over=False).values("task"))


def waits_for(user: Any, on: date) -> Q:
    """Say which tasks the person holds, or could claim at a post of his; recusals left aside.

    What he holds at a post that he has left is free again (`is_left`).
    """
    at_posts = at_posts_of(user, on)
    holds = Q(holder=user) & (Q(is_personal=True) | at_posts)
    return holds | (at_posts & is_free(on) & ~has_declined(user))


def is_recused(user: Any) -> Q:
    """Say which rows tell of a case from which the person is recused."""
    return Q(Exists(user.recusals.open().filter(**SAME_CASE)))


class AboutCaseQuerySet(models.QuerySet[Any]):
    """Ways of asking for rows that tell of a case by its content type and key."""

    def told_to(self, user: Any, on: date) -> Self:
        """Leave out what tells of a case the user may not see, whatever he did in it before.

        That is a case from which he is recused; for an administrator it is every case.
        """
        if not user.case_posts_on(on):
            return self.filter(content_type=None)
        return self.exclude(is_recused(user)) if user.recused_from() else self


class TaskQuerySet(AboutCaseQuerySet):
    """Ways of asking for tasks."""

    def open(self) -> Self:
        """Keep what still waits for somebody."""
        return self.filter(closed_at=None)

    def of_case(self, case: Any) -> Self:
        """Keep the tasks of one case."""
        return self.filter(content_type=case.content_type(), object_id=case.pk)

    def awaiting(self, user: Any, on: date) -> Self:
        """Keep the open tasks the user can do now: held by him, or free for his posts.

        What he declined is not offered again; what waits for whom he stands in for is (请假代理).
        """
        if not user.is_active:
            return self.none()
        todo = self.open().filter(waits_for(user, on) | self._as_substitute(user, on))
        return todo.told_to(user, on)

    def _as_substitute(self, user: Any, on: date) -> Q:
        """Say which tasks wait for those the user stands in for, as far as that covers them."""
        found = Q(pk__in=[])
        for standing in user.standing_for(on):
            principal = standing.principal
            theirs = waits_for(principal, on) & ~is_recused(principal)
            if standing.kinds is not None:
                theirs &= Q(case_kind__in=standing.kinds)
            if not standing.includes_waiting:
                theirs &= Q(created_at__gte=clock.start_of(standing.since))
            found |= theirs
        return found

    def left(self, on: date) -> Self:
        """Keep the claimed tasks that a colleague of their holder may take."""
        return self.open().filter(is_left(on))

    def done_by(self, user: Any, on: date) -> Self:
        """Keep what the user has done (已办); what he started is `started_by`."""
        done = self.filter(closed_by=user, state=self.model.State.DONE)
        return done.exclude(node=self.model.START).told_to(user, on)

    def started_by(self, user: Any, on: date) -> Self:
        """Keep the opening of every case the user started (我发起的)."""
        return self.filter(closed_by=user, node=self.model.START).told_to(user, on)


class CopyQuerySet(AboutCaseQuerySet):
    """Ways of asking for copies (抄送、传阅)."""

    def in_force(self) -> Self:
        """Keep the copies that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def of_case(self, case: Any) -> Self:
        """Keep the copies of one case."""
        return self.filter(content_type=case.content_type(), object_id=case.pk)

    def for_reader(self, user: Any) -> Self:
        """Keep what was sent to this person; it outlives the end of the case."""
        return self.in_force().filter(reader=user)

    def unread(self) -> Self:
        """Keep what has not been read yet."""
        return self.filter(read_at=None)
