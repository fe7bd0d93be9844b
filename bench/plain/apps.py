"""Configure the app."""

from django.apps import AppConfig


class PlainConfig(AppConfig):
    """Hold the process of plain viewflow."""

    name = "bench.plain"
    label = "plain"
