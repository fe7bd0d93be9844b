"""Ask for laws."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from laws.rules.names import plain_number


class LawQuerySet(models.QuerySet[Any]):
    """Ways of asking for registered laws; a row is one version of a law."""

    def in_force(self, day: date) -> Self:
        """Keep what stands on a day."""
        return self.filter(
            Q(effective_from=None) | Q(effective_from__lte=day),
            Q(effective_until=None) | Q(effective_until__gt=day),
        )

    def ended(self, day: date) -> Self:
        """Keep what stands no more on a day."""
        return self.filter(effective_until__lte=day)

    def coming(self, day: date) -> Self:
        """Keep what does not stand yet on a day."""
        return self.filter(effective_from__gt=day)

    def named(self, words: str) -> Self:
        """Keep the laws whose title, short names or number contain every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(aliases__icontains=word)
                | Q(document_number__icontains=word)
                | Q(document_number__icontains=plain_number(word))
            )
        return found

    def versions_of(self, title: str) -> Self:
        """Keep the versions of one law, the latest first."""
        return self.filter(title=title).order_by(
            models.F("effective_from").desc(nulls_last=True), "pk"
        )
