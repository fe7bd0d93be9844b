"""Hold matters under review and adopted documents."""

from legality_review.models.examinations import Advice, CounselOpinion, Finding, Level
from legality_review.models.meetings import DecisionEvaluation, Meeting, View
from legality_review.models.qualifications import Qualification
from legality_review.models.reviews import Review, ReviewException
from legality_review.models.templates import ContractTemplate

__all__ = [
    "Advice",
    "ContractTemplate",
    "CounselOpinion",
    "DecisionEvaluation",
    "Finding",
    "Level",
    "Meeting",
    "Qualification",
    "Review",
    "ReviewException",
    "View",
]
