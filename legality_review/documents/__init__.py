"""Turn cases into the words of their papers, and declare their series of numbers."""

from legality_review.documents import normative_documents

__all__ = ["normative_documents"]
