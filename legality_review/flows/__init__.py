"""Say who works next on a matter under review and on an adopted document."""

from legality_review.flows.normative_documents import NormativeDocumentFlow

__all__ = ["NormativeDocumentFlow"]
