"""Configure the app."""

from django.apps import AppConfig


class LegalityReviewConfig(AppConfig):
    """Review the legality of normative documents, decisions and contracts (LR-1)."""

    name = "legality_review"
    verbose_name = "合法性审查"
