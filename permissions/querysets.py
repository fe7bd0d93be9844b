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
FEW_KEYS = 4
"""Of how many reached units a list asks each for itself."""


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
        knows whether they have many cases, and does not look for five among a million. Of very few
        each is a part, whose rows an index has in order.
        """
        day = _day_of_sight(user, on)
        if day is None:
            return []
        excepted = {key for key, _ in user.exceptions_on(self.model, day)}
        rows = self._not_recused(user)
        parts = [rows.filter(way) for way in self._by_office(user, day, MOST_KEYS)]
        if excepted:
            parts.append(rows.filter(pk__in=excepted))
        return [*parts, rows._of_participant(user)]

    def _of_participant(self, user: Any) -> Self:
        """Keep the cases in which the user took part, in the order of an index by the date."""
        return self.filter(participations__user=user).annotate(
            ordering_opened_on=F("participations__opened_on")
        )

    def _ways_to_see(self, user: Any, on: date | None) -> list[Q]:
        """Return why the user may see a case: reach, standing in, exception, participation."""
        day = _day_of_sight(user, on)
        if day is None:
            return []
        model = self.model
        excepted = model.exceptions.rel.related_model.objects.in_force(day).filter(user=user)
        excepted = excepted.order_by().values("content_object_id")
        return [
            *self._by_office(user, day),
            Q(pk__in=excepted.union(user.took_part_in(model).order_by())),
        ]

    def _by_office(self, user: Any, day: date, most_keys: int = 0) -> list[Q]:
        """Say which cases a person sees by the reach of his posts, or of those he stands in for."""
        return [
            *self._of_units(user, day, most_keys),
            *self._as_substitute(user, day, most_keys),
        ]

    def _of_units(self, user: Any, day: date, most_keys: int) -> list[Q]:
        """Say which cases belong to the units that the posts of a person reach."""
        model = self.model
        units = model.unit.field.related_model.objects.reached_by(
            user, roles_with(model.VIEW_VERB), day
        )
        if most_keys:
            keys = list(units.order_by().values_list("pk", flat=True)[: most_keys + 1])
            if len(keys) <= FEW_KEYS:
                return [Q(unit=key) for key in keys]
            if len(keys) <= most_keys:
                return [Q(unit__in=keys)]
        return [Q(unit__in=units.values("pk"))]

    def _as_substitute(self, user: Any, day: date, most_keys: int) -> list[Q]:
        """Say which cases those see for whom the person stands in, one after the other."""
        seen = []
        for standing in user.standing_for(day):
            if standing.covers(getattr(self.model, "KIND", "")):
                recused = standing.principal.recusals.open().of(self.model)
                not_recused = ~Q(pk__in=recused.values("object_id"))
                reached = self._of_units(standing.principal, day, most_keys)
                seen += [units & not_recused for units in reached]
        return seen

    def _not_recused(self, user: Any) -> Self:
        """Leave out the cases from which the user is recused."""
        if not user.is_authenticated or not user.recused_from():
            return self
        return self.exclude(pk__in=user.recusals.open().of(self.model).values("object_id"))


def _day_of_sight(user: Any, on: date | None) -> date | None:
    """Return the day for which a person's sight is asked; None for whoever sees no case at all."""
    if not user.is_authenticated or not user.is_active:
        return None
    day: date = on or user.today()
    return day if user.case_posts_on(day) else None
