"""Configure the app."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Fill an empty system by performing acts with a moving clock."""

    name = "demonstration"
    verbose_name = "演示"
