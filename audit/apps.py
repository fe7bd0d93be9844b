"""Name the app for Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """留痕: the leaf app that every other app may write its entries to."""

    name = "audit"
    verbose_name = "留痕"
    default_auto_field = "django.db.models.BigAutoField"
