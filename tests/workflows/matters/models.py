"""Hold a matter."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Matter(models.Model):
    """A matter with terms; its table lives as long as the test."""

    number = models.CharField(max_length=40)
    due_on = models.DateField(null=True)
    opened_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        app_label = "matters"

    def __str__(self) -> str:
        return self.number

    @classmethod
    def content_type(cls) -> ContentType:
        """Return the content type under which terms and tasks point at matters."""
        return ContentType.objects.get_for_model(cls)
