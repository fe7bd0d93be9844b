"""Show the pages of legality review."""

from legality_review.views.cleanups import CleanupPage
from legality_review.views.normative_documents import NormativeDocumentPage
from legality_review.views.pages import ReviewPage

__all__ = ["CleanupPage", "NormativeDocumentPage", "ReviewPage"]
