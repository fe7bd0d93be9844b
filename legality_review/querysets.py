"""Ask for contract templates and qualifications."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from legality_review.permissions import TemplateVerb
from permissions.policy import may


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
