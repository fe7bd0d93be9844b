"""Configure the app."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Show read-only overviews over the apps below."""

    name = "dashboards"
    verbose_name = "总览"
