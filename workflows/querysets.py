"""Ask for cases and tasks: open ones, overdue ones, those that wait for a person."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from permissions.querysets import CaseQuerySet


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


class TaskQuerySet(models.QuerySet[Any]):
    """Ways of asking for tasks."""

    def open(self) -> Self:
        """Keep what still waits for somebody."""
        return self.filter(closed_at=None)

    def of_case(self, case: Any) -> Self:
        """Keep the tasks of one case."""
        return self.filter(content_type=case.content_type(), object_id=case.pk)

    def awaiting(self, user: Any, on: date) -> Self:
        """Keep the open tasks the user can do now: held by him, or free for his posts."""
        if not user.is_active:
            return self.none()
        free = Q(pk__in=[])
        for post in user.posts_on(on):
            free |= Q(unit_id=post.unit_id, role=post.role)
        return self.open().filter(Q(holder=user) | Q(free, holder=None))

    def unclaimed(self, user: Any, on: date) -> Self:
        """Keep the open tasks of the user's posts that nobody has claimed (待签收)."""
        return self.awaiting(user, on).filter(holder=None)

    def done_by(self, user: Any) -> Self:
        """Keep what the user has done (已办); what he started is `started_by`."""
        return self.filter(closed_by=user, state=self.model.State.DONE).exclude(
            node=self.model.START
        )

    def started_by(self, user: Any) -> Self:
        """Keep the opening of every case the user started (我发起的)."""
        return self.filter(closed_by=user, node=self.model.START)
