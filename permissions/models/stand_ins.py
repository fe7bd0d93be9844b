"""Hold who stands in for whom while somebody is away."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from audit import clock
from permissions.models.people import User
from permissions.querysets import StandInQuerySet


class StandIn(models.Model):
    """A stand-in (请假代理): another person acts for one who is away; the last day counts.

    `kinds` lists the kinds of cases it covers, none meaning all; `includes_waiting` says whether
    it also covers tasks that lay there before it began. Never changed but to withdraw it.
    """

    principal = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="stand_ins", verbose_name="被代理人"
    )
    substitute = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="stood_in", verbose_name="代理人"
    )
    starts_on = models.DateField("代理自")
    ends_on = models.DateField("代理至")
    kinds: "models.JSONField[Any, Any]" = models.JSONField("代理事项", default=list)
    includes_waiting = models.BooleanField("包括此前已到达的待办", default=False)
    reason = models.CharField("事由", max_length=200)
    arranged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="设定人"
    )
    arranged_at = models.DateTimeField("设定时间", default=clock.now)
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True, editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = "请假代理"
        verbose_name_plural = "请假代理"
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(fields=["substitute", "starts_on"], name="stand_in_substitute"),
            models.Index(fields=["principal", "starts_on"], name="stand_in_principal"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="stand_in_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(principal=F("substitute")), name="stand_in_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute}代{self.principal}（{self.starts_on}—{self.ends_on}）"

    def covers(self, kind: str) -> bool:
        """Tell whether cases of this kind are covered."""
        return not self.kinds or kind in self.kinds
