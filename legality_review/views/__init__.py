"""Show the pages of legality review."""

from legality_review.views.pages import ReviewPage

__all__ = ["ReviewPage"]
