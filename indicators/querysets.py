"""Ask for reported figures."""

from typing import Any, Self

from django.db import models


class ReportedQuerySet(models.QuerySet[Any]):
    """Ways of asking for reported figures."""

    def of(self, unit: Any, year: int) -> Self:
        """Keep what a station reported for one year."""
        return self.filter(unit=unit, year=year)

    def newest_first(self) -> Self:
        """Put the version that counts first."""
        return self.order_by("-version")

    def counting(self) -> Self:
        """Keep, of every indicator, unit and year, the newest version: it alone counts."""
        newer = self.model.objects.filter(
            indicator=models.OuterRef("indicator"),
            unit=models.OuterRef("unit"),
            year=models.OuterRef("year"),
            version__gt=models.OuterRef("version"),
        )
        return self.filter(~models.Exists(newer))

    def visible_to(self, user: Any) -> Self:
        """Keep the figures of the units that the user's posts reach."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        units = self.model.unit.field.related_model.objects.reached_by(
            user, self.model.VIEW_VERB.roles, user.today()
        )
        return self.filter(unit__in=units.values("pk"))
