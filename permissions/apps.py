"""Configure the app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.module_loading import import_string


class PermissionsConfig(AppConfig):
    """Answer who may act and who may see."""

    name = "permissions"
    verbose_name = "机构与岗位"

    def ready(self) -> None:
        """Put every session on the list, however the person came to be signed in."""
        opened = import_string("permissions.sessions.opened")
        user_logged_in.connect(opened, dispatch_uid="permissions.sessions.opened")
