"""Ask for numbers, papers and files."""

from datetime import datetime
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models


class SubjectQuerySet(models.QuerySet[Any]):
    """Rows that belong to a case of any kind by content type and id."""

    def of(self, subject: models.Model) -> Self:
        """Keep the rows of this case."""
        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
        )


class NumberQuerySet(SubjectQuerySet):
    """Ways of asking for numbers."""

    def registered(self, series_code: str, year: int) -> Self:
        """Keep one series and year, in the order of the register."""
        return self.filter(series__code=series_code, year=year).order_by("value")


class PaperQuerySet(SubjectQuerySet):
    """Ways of asking for papers."""

    def standing(self) -> Self:
        """Keep the papers that are neither voided nor superseded."""
        return self.filter(state="issued")

    def unrendered(self) -> Self:
        """Keep the papers whose file has not been made yet."""
        return self.filter(pdf_sha256="")


class StoredFileQuerySet(SubjectQuerySet):
    """Ways of asking for uploaded files."""

    def staged(self) -> Self:
        """Keep the files received but not yet attached to a case (暂存)."""
        return self.filter(subject_type=None)

    def staged_by(self, user: Any) -> Self:
        """Keep what this person uploaded and has not attached yet."""
        return self.staged().filter(uploaded_by=user)

    def standing(self) -> Self:
        """Keep the attached files that were not withdrawn."""
        return self.filter(withdrawn_at=None).exclude(subject_type=None)

    def received_before(self, moment: datetime) -> Self:
        """Keep the files uploaded before a moment."""
        return self.filter(uploaded_at__lt=moment)


class ReadTextQuerySet(models.QuerySet[Any]):
    """Ways of asking for the texts of files."""

    def belonging_to(self, cases: models.QuerySet[Any]) -> Self:
        """Keep the texts of standing files of these cases (say `Case.objects.visible_to(user)`)."""
        return self.filter(
            file__subject_type=ContentType.objects.get_for_model(cases.model),
            file__subject_id__in=cases.order_by().values("pk"),
            file__withdrawn_at=None,
        )

    def readable(self) -> Self:
        """Keep the texts that could be read."""
        return self.filter(problem="")
