"""Hold matters under review and adopted documents."""

from legality_review.models.evaluations import Evaluation
from legality_review.models.filings import Filing, FilingFinding
from legality_review.models.normative_documents import (
    NormativeDocument,
    NormativeDocumentException,
)
from legality_review.models.registrations import Registration, RegistrationCounter

__all__ = [
    "Evaluation",
    "Filing",
    "FilingFinding",
    "NormativeDocument",
    "NormativeDocumentException",
    "Registration",
    "RegistrationCounter",
]
