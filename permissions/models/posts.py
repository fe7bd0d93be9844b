"""Hold who works where in which role, and since when."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from permissions.models.people import User
from permissions.models.units import Unit
from permissions.querysets import PostQuerySet
from permissions.roles import Role


class Post(models.Model):
    """A post (岗位): a person in a role at a unit for a time; the last day counts.

    An administrator's post and any other post exclude each other at the same time (三员分立);
    besides `permissions.posts` a trigger of the database refuses it (`permissions.guards`).
    """

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="posts", verbose_name="人员"
    )
    role = models.CharField("岗位", max_length=24, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="posts", verbose_name="机构"
    )
    starts_on = models.DateField("任职自")
    ends_on = models.DateField("任职至", null=True, blank=True)
    withdrawn_at = models.DateTimeField("任命撤销时间", null=True, blank=True, editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "岗位"
        verbose_name_plural = "岗位"
        ordering = ["unit__path", "role", "starts_on", "pk"]
        indexes = [
            models.Index(fields=["user", "role"], name="post_user_role"),
            models.Index(fields=["unit", "role"], name="post_unit_role"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.full_name}（{self.unit.name} {self.get_role_display()}）"

    def is_held_on(self, day: date) -> bool:
        """Tell whether the post is held on that day."""
        if self.withdrawn_at is not None or day < self.starts_on:
            return False
        return self.ends_on is None or day <= self.ends_on
