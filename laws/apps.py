"""Configure the app."""

from django.apps import AppConfig


class LawsConfig(AppConfig):
    """Keep the register of laws."""

    name = "laws"
    verbose_name = "法规库"
