"""Configure the app."""

from importlib import import_module

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Read declared figures over operational rows."""

    name = "indicators"
    verbose_name = "指标"

    def ready(self) -> None:
        """Declare the figures of the plan; later apps bring their queries afterwards."""
        import_module("indicators.catalogue")
