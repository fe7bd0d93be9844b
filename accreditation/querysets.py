"""Ask for standards and titles."""

from datetime import date
from typing import Any, Self

from django.db import models

from workflows.querysets import CaseRegister


class StandardQuerySet(models.QuerySet[Any]):
    """Ways of asking for standards."""

    def draft(self) -> Self:
        """Keep the standards that may still be edited."""
        return self.filter(frozen_at=None)

    def usable_on(self, day: date) -> Self:
        """Keep what a case may be opened under on that day."""
        return self.filter(valid_from__lte=day)

    def next_version(self, year: int, level: str) -> int:
        """Return the number of the next version of a year and level."""
        newest = self.filter(year=year, level=level).aggregate(newest=models.Max("version"))
        return int(newest["newest"] or 0) + 1


class TitleQuerySet(CaseRegister):
    """Ways of asking for titles."""

    def standing(self) -> Self:
        """Keep the titles that stations bear: neither revoked (nor under appeal) nor cancelled."""
        return self.filter(revoked_on=None, cancelled_on=None)

    def revoked(self) -> Self:
        """Keep the revoked titles."""
        return self.exclude(revoked_on=None)
