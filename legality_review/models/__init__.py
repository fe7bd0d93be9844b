"""Hold matters under review and adopted documents."""

from legality_review.models.cleanups import (
    Cleanup,
    CleanupException,
    CleanupLine,
    CleanupOpinion,
)
from legality_review.models.evaluations import Evaluation
from legality_review.models.examinations import Advice, CounselOpinion, Finding, Level
from legality_review.models.filings import Filing, FilingFinding
from legality_review.models.meetings import DecisionEvaluation, Meeting, View
from legality_review.models.normative_documents import (
    NormativeDocument,
    NormativeDocumentException,
)
from legality_review.models.qualifications import Qualification
from legality_review.models.registrations import Registration, RegistrationCounter
from legality_review.models.reviews import Review, ReviewException
from legality_review.models.templates import ContractTemplate

__all__ = [
    "Advice",
    "Cleanup",
    "CleanupException",
    "CleanupLine",
    "CleanupOpinion",
    "ContractTemplate",
    "CounselOpinion",
    "DecisionEvaluation",
    "Evaluation",
    "Filing",
    "FilingFinding",
    "Finding",
    "Level",
    "Meeting",
    "NormativeDocument",
    "NormativeDocumentException",
    "Qualification",
    "Registration",
    "RegistrationCounter",
    "Review",
    "ReviewException",
    "View",
]
