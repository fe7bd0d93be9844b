"""Ask for normative documents."""

from datetime import date
from typing import Any, Self

from legality_review.rules.register import in_status
from workflows.querysets import CaseRegister


class NormativeDocumentQuerySet(CaseRegister):
    """Ways of asking for normative documents."""

    def in_status(self, status: str, day: date) -> Self:
        """Keep what has that validity on a day; what was voided or ended unborn never had any."""
        return self.exclude(state__in=("terminated", "voided")).filter(in_status(status, day))

    def issued_by(self, unit: Any) -> Self:
        """Keep what one government issued."""
        return self.filter(issuer_unit=unit)
