"""Show accreditation and let people work on it."""

from accreditation.views.pages import ApplicationPage, TitlePage

__all__ = ["ApplicationPage", "TitlePage"]
