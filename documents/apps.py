"""Configure the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    """Number, render and keep papers and files."""

    name = "documents"
    verbose_name = "文书"

    def ready(self) -> None:
        """Read every app's `documents.py`, where it declares its series and kinds of paper."""
        autodiscover_modules("documents")
