"""Store the chain of entries, its head and its daily seals.

No row holds a foreign key: names and numbers are kept as text, so that nothing cascades into the
trace and it outlives everything it tells of. Rows are never deleted
(网络安全法: logs are kept six months at least).
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from audit.querysets import EntryQuerySet


class Outcome(models.TextChoices):
    """结果: how the act ended."""

    DONE = "done", "完成"
    REFUSED = "refused", "拒绝"
    FAILED = "failed", "失败"


class Entry(models.Model):
    """留痕: one act, refusal, sign-in, view or export; inserted once and never changed.

    The chain counts `sequence` itself. The column is of the automatic kind because on SQLite
    that makes it the row's own key, stored once and in no second index that could disagree.
    """

    sequence = models.BigAutoField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    act = models.CharField("行为代码", max_length=200)
    label = models.CharField("行为", max_length=200)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices)
    actor_id = models.CharField("人员编号", max_length=64, blank=True)
    actor_name = models.CharField("人员", max_length=200)
    post_id = models.CharField("岗位编号", max_length=64, blank=True)
    post_text = models.CharField("岗位", max_length=300, blank=True)
    on_behalf_of_id = models.CharField("被代理人编号", max_length=64, blank=True)
    on_behalf_of_name = models.CharField("被代理人", max_length=200, blank=True)
    source_ip = models.CharField("来源地址", max_length=64, blank=True)
    user_agent = models.CharField("浏览器", max_length=500, blank=True)
    request_id = models.CharField("请求编号", max_length=64, blank=True)
    subject_kind = models.CharField("对象种类", max_length=100, blank=True)
    subject_id = models.CharField("对象编号", max_length=64, blank=True)
    subject_title = models.CharField("对象", max_length=500, blank=True)
    before = models.TextField("之前", blank=True)
    after = models.TextField("之后", blank=True)
    reason = models.TextField("理由", blank=True)
    algorithm = models.CharField("算法", max_length=16)
    previous_digest = models.CharField("前条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "留痕"
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["subject_kind", "subject_id", "sequence"], name="audit_entry_subject"
            ),
            models.Index(fields=["actor_id", "sequence"], name="audit_entry_actor"),
            models.Index(fields=["at", "sequence"], name="audit_entry_at"),
            models.Index(fields=["act", "sequence"], name="audit_entry_act"),
        ]

    def __str__(self) -> str:
        """Show number, person and act."""
        return f"{self.sequence} {self.actor_name} {self.label}"

    @property
    def values_before(self) -> Any:
        """Give what was true before the act, or None."""
        return json.loads(self.before) if self.before else None

    @property
    def values_after(self) -> Any:
        """Give what was true after the act, or None."""
        return json.loads(self.after) if self.after else None


class ChainHead(models.Model):
    """链头: number and digest of the newest entry, in one row whose lock orders the writers.

    It also betrays a tail that was cut off, which the entries alone could not.
    """

    id = models.PositiveSmallIntegerField(primary_key=True)
    sequence = models.BigIntegerField("序号")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "留痕链头"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="audit_chainhead_is_one_row"),
        ]

    def __str__(self) -> str:
        """Show the number of the newest entry."""
        return f"留痕链头 {self.sequence}"


class Seal(models.Model):
    """封印: where the chain stood on a day; printed and kept outside it proves no rewriting.

    Seals form a chain of their own (`previous_mark`, `mark`), so that none can be dropped or
    changed between two others.
    """

    day = models.DateField("日期", unique=True)
    sequence = models.BigIntegerField("序号")
    digest = models.CharField("摘要", max_length=64)
    made_at = models.DateTimeField("封印时间")
    algorithm = models.CharField("算法", max_length=16)
    previous_mark = models.CharField("前一封印码", max_length=64)
    mark = models.CharField("封印码", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "留痕封印"
        default_permissions = ()

    def __str__(self) -> str:
        """Show the day and the number it seals."""
        return f"{self.day:%Y-%m-%d} 封印至第 {self.sequence} 条"
