"""Configure the app."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

ROOMS = (
    "permissions",
    "rules",
    "rules.sources",
    "documents",
    "indicators",
    "flows",
    "views",
    "menu",
)
"""The rooms in which apps declare something that others find by asking."""


class WorkflowsConfig(AppConfig):
    """Carry cases through acts, terms and tasks."""

    name = "workflows"
    verbose_name = "案件与待办"

    def ready(self) -> None:
        """Load what the apps declare; guard the tables whenever they were migrated."""
        for room in ROOMS:
            autodiscover_modules(room)
        guards = import_module("workflows.guards")
        post_migrate.connect(guards.align, dispatch_uid="workflows.guards")
