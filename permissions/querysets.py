"""Ask for units, posts and cases: who is where, and what a person may see."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q, Value

from permissions.verbs import roles_with

MOST_KEYS = 100
"""Of how many reached units a list names the keys instead of asking for them within."""


class UnitQuerySet(models.QuerySet[Any]):
    """Ways of asking for units."""

    def within(self, path: str) -> Self:
        """Keep the unit with this path and everything below it."""
        return self.filter(path__startswith=path)

    def active(self) -> Self:
        """Keep the units that exist today."""
        return self.filter(is_active=True)

    def above(self, path: str) -> Self:
        """Keep the unit with this path and everything above it, from the root down."""
        codes = path.strip("/").split("/")
        paths = ["/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]
        return self.filter(path__in=paths).order_by("path")

    def reached_by(self, user: Any, roles: Any, on: date) -> Self:
        """Keep the units that the user's posts in these roles reach on that day."""
        reaches = {post.unit.reach for post in user.posts_on(on) if post.role in roles}
        if not reaches:
            return self.none()
        condition = Q()
        for reach in reaches:
            condition |= Q(path__startswith=reach)
        return self.filter(condition)


class PostQuerySet(models.QuerySet[Any]):
    """Ways of asking for posts."""

    def on(self, day: date) -> Self:
        """Keep the posts held on that day by people in service; the last day counts."""
        return self.overlapping(day, day).filter(user__is_active=True)

    def overlapping(self, starts_on: date, ends_on: date | None) -> Self:
        """Keep the posts held on some day of the period; None means without end."""
        held = self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), withdrawn_at__isnull=True
        )
        return held if ends_on is None else held.filter(starts_on__lte=ends_on)

    def reaching(self, path: str) -> Self:
        """Keep the posts whose unit reaches the unit with this path."""
        return self.annotate(asked_path=Value(path, output_field=models.CharField())).filter(
            asked_path__startswith=F("unit__reach")
        )


class RecusalQuerySet(models.QuerySet[Any]):
    """Ways of asking for recusals."""

    def open(self) -> Self:
        """Keep the recusals that were not lifted."""
        return self.filter(lifted_at=None)

    def of(self, model: type[models.Model]) -> Self:
        """Keep the recusals from cases of this model."""
        return self.filter(content_type=ContentType.objects.get_for_model(model))


class CaseExceptionQuerySet(models.QuerySet[Any]):
    """Ways of asking for dated exceptions."""

    def in_force(self, day: date) -> Self:
        """Keep the exceptions that hold on that day; the last day counts."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, withdrawn_at=None)


class StandInQuerySet(models.QuerySet[Any]):
    """Ways of asking for stand-ins."""

    def overlapping(self, starts_on: date, ends_on: date) -> Self:
        """Keep the stand-ins in force on some day of the period; the last day counts."""
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on, withdrawn_at=None)

    def in_force(self, day: date) -> Self:
        """Keep the stand-ins in force on that day for people who are in service."""
        return self.overlapping(day, day).filter(principal__is_active=True)

    def concerning(self, user: Any, day: date) -> Self:
        """Keep what is in force from that day on with the person on either side."""
        still = self.filter(ends_on__gte=day, withdrawn_at=None)
        return still.filter(Q(principal=user) | Q(substitute=user))


class CaseQuerySet(models.QuerySet[Any]):
    """Ways of asking for cases of a model that has `unit`, `VIEW_VERB` and `exceptions`."""

    def visible_to(self, user: Any, on: date | None = None) -> Self:
        """Keep what the user may see.

        The cases of the units his posts reach, if a role of theirs holds the model's view verb;
        the same of whom he stands in for; those opened to him by a dated exception; and those in
        which he took part; of all these none from which he is recused. An administrator sees no
        case, whatever he did before.
        """
        ways = self._ways_to_see(user, on)
        return self._not_recused(user).filter(reduce(or_, ways)) if ways else self.none()

    def visible_parts(self, user: Any, on: date | None = None) -> list[Self]:
        """Return what `visible_to` keeps in parts that may overlap, one for each way of seeing.

        No index serves an "or" of the ways; a page asks each part for its first rows
        (`workflows.pages.page_of_parts`). Of few units the keys are read first: the database then
        knows whether they have many cases, and does not look for five among a million.
        """
        ways = self._ways_to_see(user, on, most_keys=MOST_KEYS)
        return [self._not_recused(user).filter(way) for way in ways]

    def _ways_to_see(self, user: Any, on: date | None, most_keys: int = 0) -> list[Q]:
        """Return why the user may see a case: reach, standing in, exception, participation."""
        day = on or user.today() if user.is_authenticated and user.is_active else None
        if day is None or not user.case_posts_on(day):
            return []
        model = self.model
        excepted = model.exceptions.rel.related_model.objects.in_force(day).filter(user=user)
        excepted = excepted.order_by().values("content_object_id")
        return [
            self._of_units(user, day, most_keys),
            *self._as_substitute(user, day, most_keys),
            Q(pk__in=excepted.union(user.took_part_in(model).order_by())),
        ]

    def _of_units(self, user: Any, day: date, most_keys: int) -> Q:
        """Say which cases belong to the units that the posts of a person reach."""
        model = self.model
        units = model.unit.field.related_model.objects.reached_by(
            user, roles_with(model.VIEW_VERB), day
        )
        if most_keys:
            keys = list(units.order_by().values_list("pk", flat=True)[: most_keys + 1])
            if len(keys) <= most_keys:
                return Q(unit__in=keys)
        return Q(unit__in=units.values("pk"))

    def _as_substitute(self, user: Any, day: date, most_keys: int) -> list[Q]:
        """Say which cases those see for whom the person stands in, one after the other."""
        seen = []
        for standing in user.standing_for(day):
            if standing.covers(getattr(self.model, "KIND", "")):
                recused = standing.principal.recusals.open().of(self.model)
                reached = self._of_units(standing.principal, day, most_keys)
                seen.append(reached & ~Q(pk__in=recused.values("object_id")))
        return seen

    def _not_recused(self, user: Any) -> Self:
        """Leave out the cases from which the user is recused."""
        if not user.is_authenticated or not user.recused_from():
            return self
        return self.exclude(pk__in=user.recusals.open().of(self.model).values("object_id"))
