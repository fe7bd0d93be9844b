"""Ask for entries; every answer is paged by key (the sequence), never by offset."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q


class EntryQuerySet(models.QuerySet[Any]):
    """Chainable questions to the trace; each runs on an index except `search`."""

    def of_subject(self, subject: models.Model) -> EntryQuerySet:
        """Keep the entries about one row."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))

    def by_actor(self, actor: Any) -> EntryQuerySet:
        """Keep what one person did, for himself or for another."""
        return self.filter(actor_id=str(actor.pk))

    def of_act(self, act: str) -> EntryQuerySet:
        """Keep the entries of one act, for instance `accreditation.accept`."""
        return self.filter(act=act)

    def between(self, start: datetime, end: datetime) -> EntryQuerySet:
        """Keep the entries from `start` (included) to `end` (excluded)."""
        return self.filter(at__gte=start, at__lt=end)

    def search(self, words: str) -> EntryQuerySet:
        """Keep the entries that contain every word in label, subject, person, post or reason."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(label__icontains=word)
                | Q(subject_title__icontains=word)
                | Q(actor_name__icontains=word)
                | Q(post_text__icontains=word)
                | Q(reason__icontains=word)
            )
        return found

    def newest_first(self) -> EntryQuerySet:
        """Order from the head of the chain backwards."""
        return self.order_by("-sequence")

    def oldest_first(self) -> EntryQuerySet:
        """Order as the chain was written."""
        return self.order_by("sequence")

    def older_than(self, sequence: int) -> EntryQuerySet:
        """Start the next page of `newest_first` after the last row shown."""
        return self.filter(sequence__lt=sequence)

    def newer_than(self, sequence: int) -> EntryQuerySet:
        """Start the next page of `oldest_first` after the last row shown."""
        return self.filter(sequence__gt=sequence)
