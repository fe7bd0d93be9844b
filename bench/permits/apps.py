"""Configure the app."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """Carry permits through the procedure that is measured."""

    name = "bench.permits"
    label = "permits"
    verbose_name = "测速用许可"
