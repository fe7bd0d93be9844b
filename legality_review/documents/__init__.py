"""Turn cases into the words of their papers, and declare their series of numbers."""

from legality_review.documents import cleanups, intake, normative_documents, opinions

__all__ = ["cleanups", "intake", "normative_documents", "opinions"]
