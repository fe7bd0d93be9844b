"""Hold a permit."""

from typing import Any

from django.conf import settings
from django.db import models

from bench.permits.lifecycle import PermitLifecycle, State
from bench.permits.permissions import PermitVerb
from permissions.models import CaseException, Unit

WHO = settings.AUTH_USER_MODEL


class Permit(PermitLifecycle):
    """A permit: applied for at a station, decided by the bureau of its county."""

    bureau = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    first_reviewer = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="会审人"
    )
    second_reviewer = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="会审人"
    )
    reviews = models.PositiveSmallIntegerField(default=0)
    decided_on = models.DateField(null=True)

    class Meta:
        verbose_name = "许可"
        verbose_name_plural = "许可"
        ordering = ["-opened_on", "-pk"]
        permissions = PermitVerb.for_model("permit")
        default_permissions = ()
        indexes = [
            models.Index(fields=["-opened_on", "-id"], name="permit_newest"),
            models.Index(fields=["unit", "-opened_on", "-id"], name="permit_newest_of_unit"),
        ]

    @property
    def is_accepted(self) -> bool:
        """Tell whether the preliminary review was passed; the flow asks."""
        return self.state == State.REVIEWING

    @property
    def reviewers(self) -> list[Any]:
        """Return the people who must all review."""
        return [self.first_reviewer, self.second_reviewer]


class PermitException(CaseException):
    """A dated exception on one permit."""

    content_object = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="exceptions")

    class Meta(CaseException.Meta):
        verbose_name = "许可例外授权"
        verbose_name_plural = "许可例外授权"
