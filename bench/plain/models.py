"""Hold the unit to which a task is addressed, and the process with fields in its JSON column."""

from django.db import models
from viewflow import jsonstore
from viewflow.workflow.models import Process


class Office(models.Model):
    """A unit; guardian's rows on it say who holds which post there."""

    name = models.CharField(max_length=64)

    class Meta:
        permissions = [
            ("township_clerk_here", "is a clerk here"),
            ("station_chief_here", "is the chief here"),
            ("county_reviewer_here", "is a reviewer here"),
        ]

    def __str__(self) -> str:
        return self.name


class PermitProcess(Process):
    """A permit: the documented proxy whose fields lie in the JSON column."""

    title = jsonstore.CharField(max_length=200)
    decision = jsonstore.CharField(max_length=20, default="")
    note = jsonstore.CharField(max_length=500, default="")

    class Meta:
        proxy = True
        permissions = [
            ("check", "preliminary review"),
            ("review_first", "first review"),
            ("review_second", "second review"),
            ("decide", "decide"),
            ("issue", "issue the paper"),
        ]
