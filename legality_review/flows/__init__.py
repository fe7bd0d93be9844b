"""Say who works next on a matter under review and on an adopted document."""

from legality_review.flows.cleanups import CleanupFlow
from legality_review.flows.normative_documents import NormativeDocumentFlow
from legality_review.flows.reviews import ReviewFlow

__all__ = ["CleanupFlow", "NormativeDocumentFlow", "ReviewFlow"]
