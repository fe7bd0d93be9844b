"""Hold what is said of one person and one case: took part, is recused, has an exception."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from audit import clock
from permissions.models.people import User
from permissions.querysets import CaseExceptionQuerySet, RecusalQuerySet


class AboutCase(models.Model):
    """What is said of one person and one case of any kind."""

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name="人员"
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    case: Any = GenericForeignKey("content_type", "object_id")

    class Meta:
        abstract = True


class Participation(AboutCase):
    """That a person took part in a case, and so keeps seeing it.

    `opened_on` is the case's own, which never changes: the newest cases of a person who took part
    in thousands are then found by an index.
    """

    since = models.DateTimeField(default=clock.now)
    opened_on = models.DateField(editable=False)

    class Meta:
        verbose_name = "参与"
        verbose_name_plural = "参与"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content_type", "object_id"], name="one_participation"
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "content_type", "-opened_on", "-object_id"],
                name="participation_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.content_type_id}/{self.object_id}"


class Recusal(AboutCase):
    """A recusal (回避): the person neither sees nor decides the case until it is lifted."""

    reason = models.CharField("回避事由", max_length=200)
    recorded_at = models.DateTimeField("登记时间", default=clock.now)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField("解除时间", null=True, blank=True)
    lifted_because = models.CharField("解除事由", max_length=200, blank=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = "回避"
        verbose_name_plural = "回避"
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="recusal_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content_type", "object_id"],
                condition=Q(lifted_at=None),
                name="one_open_recusal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}回避：{self.reason}"


def _after_thirty_days() -> date:
    """Return the end of an exception for which none is said."""
    return clock.today() + timedelta(days=30)


class CaseException(UserObjectPermissionBase):
    """A dated exception (协办、查阅) on one case: guardian's row with dates and a reason.

    A case model declares its own subclass with `content_object = ForeignKey(<case>,
    related_name="exceptions")`; direct foreign keys, so that no right survives its case.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, verbose_name="人员")
    starts_on = models.DateField("自", default=clock.today)
    ends_on = models.DateField("至", default=_after_thirty_days)
    reason = models.CharField("事由", max_length=200)
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="授予人"
    )
    granted_at = models.DateTimeField("授予时间", default=clock.now)
    withdrawn_at = models.DateTimeField("收回时间", null=True, blank=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    # A subclass narrows `content_object` to its own kind of case.
    content_object: Any

    objects = CaseExceptionQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        # Guardian's unique row would overwrite a former exception; each grant stays on record.
        abstract = True

    def __str__(self) -> str:
        return f"{self.user}：{self.permission.name}（{self.starts_on}—{self.ends_on}）"
