"""Ask for contract templates, qualifications and normative documents."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from legality_review.permissions import TemplateVerb
from legality_review.rules.register import in_status
from permissions.policy import may
from workflows.querysets import CaseRegister


class ContractTemplateQuerySet(models.QuerySet[Any]):
    """Ways of asking for contract templates."""

    def usable(self) -> Self:
        """Keep the templates that may be chosen for a new contract."""
        return self.filter(retired_at=None)

    def visible_to(self, user: Any) -> Self:
        """Keep all for whoever may see templates; they are no secret of a unit."""
        return self.all() if may(user, TemplateVerb.VIEW) else self.none()


class QualificationQuerySet(models.QuerySet[Any]):
    """Ways of asking for qualifications."""

    def in_force(self, on: date) -> Self:
        """Keep what holds on that day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on), obtained_on__lte=on)


class NormativeDocumentQuerySet(CaseRegister):
    """Ways of asking for normative documents."""

    def in_status(self, status: str, day: date) -> Self:
        """Keep what has that validity on a day; what was voided or ended unborn never had any."""
        return self.exclude(state__in=("terminated", "voided")).filter(in_status(status, day))

    def published_by(self, day: date) -> Self:
        """Keep what was published by a day; what was voided never was."""
        return self.exclude(state__in=("terminated", "voided")).filter(published_on__lte=day)

    def issued_by(self, unit: Any) -> Self:
        """Keep what one government issued."""
        return self.filter(issuer_unit=unit)
