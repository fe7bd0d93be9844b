"""Hold notices (通知) to a person, or to whoever holds a post at a unit."""

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from audit import clock
from permissions.models import Unit
from permissions.roles import Role
from workflows.querysets import AboutCaseQuerySet


class NoticeQuerySet(AboutCaseQuerySet):
    """Ways of asking for notices."""

    def unread(self) -> Self:
        """Keep what nobody has read yet."""
        return self.filter(read_at=None)

    def addressed_to(self, user: Any, on: date) -> Self:
        """Keep what is addressed to the person or to a post held on that day.

        A notice names its case; it reaches nobody who may no longer see it.
        """
        posts = Q(pk__in=[])
        for post in user.posts_on(on):
            posts |= Q(unit_id=post.unit_id, role=post.role)
        return self.filter(Q(user=user) | Q(posts, user=None)).told_to(user, on)


class Notice(models.Model):
    """A notice to a person, or to a role at a unit; read once by whoever reads it first."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True,
        related_name="notices", verbose_name="收件人",
    )  # fmt: skip
    role = models.CharField("收件岗位", max_length=24, choices=Role.choices, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="收件机构",
    )  # fmt: skip
    content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    case = GenericForeignKey("content_type", "object_id")
    text = models.CharField("内容", max_length=500)
    created_at = models.DateTimeField("时间", default=clock.now)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", verbose_name="阅读人",
    )  # fmt: skip

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "read_at", "-id"], name="notice_of_person"),
            models.Index(fields=["unit", "role", "read_at", "-id"], name="notice_of_post"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, unit=None, role="")
                | (Q(user=None, unit__isnull=False) & ~Q(role="")),
                name="notice_has_one_addressee",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def read(self, *, by: Any) -> None:
        """Note who read it first; reading again changes nothing."""
        NoticeQuerySet(type(self)).filter(pk=self.pk, read_at=None).update(
            read_at=clock.now(), read_by=by
        )
        self.refresh_from_db(fields=["read_at", "read_by"])
