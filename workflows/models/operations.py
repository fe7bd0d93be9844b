"""Hold what operations leave beside tasks: proposals, copies, urgings, signatures, phrases."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from audit import clock
from permissions.models import Unit
from workflows.models.tasks import Task
from workflows.querysets import CopyQuerySet
from workflows.vocabulary import Operation


def _person(verbose_name: str, **options: Any) -> Any:
    """Return a foreign key to a person whose rows nobody can take away."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=verbose_name,
        **options,
    )


class OfCase(models.Model):
    """What belongs to one case of any kind."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    case: Any = GenericForeignKey("content_type", "object_id")

    class Meta:
        abstract = True


class ProposalState(models.TextChoices):
    """How a proposal ended; while open, nothing of it has happened."""

    OPEN = "open", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "未同意"
    LAPSED = "lapsed", "已失效"


class Proposal(OfCase):
    """A proposal (提请): what one person proposes and another must confirm before it is done."""

    State = ProposalState

    operation = models.CharField("操作", max_length=24)
    reason = models.CharField("理由", max_length=500)
    target = models.CharField("目标环节", max_length=60, blank=True)
    at_task = models.ForeignKey(
        Task, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="所在待办"
    )
    consent_task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="proposal")
    state = models.CharField(
        "状态", max_length=12, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    proposed_by = _person("提出人")
    proposed_at = models.DateTimeField("提出时间", default=clock.now)
    decided_by = _person("确认人", null=True)
    decided_at = models.DateTimeField("确认时间", null=True)
    answer = models.CharField("确认意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "提请"
        verbose_name_plural = "提请"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(state=ProposalState.OPEN),
                name="one_open_proposal",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="proposal_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.case}"

    @property
    def word(self) -> str:
        """Return the Chinese word of what is proposed."""
        return Operation(self.operation).label


class Copy(OfCase):
    """A copy (抄送、传阅): a person may read this one case; reading it waits for nothing."""

    case_kind = models.CharField("事项类别", max_length=24)
    case_uuid = models.UUIDField(editable=False)
    case_number = models.CharField("案号", max_length=60)
    case_title = models.CharField("事项", max_length=200)
    reader = _person("阅知人")
    sent_by = _person("抄送人")
    sent_at = models.DateTimeField("抄送时间", default=clock.now)
    asks_opinion = models.BooleanField("可填写意见", default=False)
    message = models.CharField("说明", max_length=500, blank=True)
    read_at = models.DateTimeField("阅知时间", null=True, blank=True)
    opinion = models.TextField("传阅意见", blank=True)
    opinion_at = models.DateTimeField("意见时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name = "抄送传阅"
        verbose_name_plural = "抄送传阅"
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["reader", "-sent_at", "-id"], name="copy_reader"),
            models.Index(fields=["content_type", "object_id"], name="copy_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "reader"],
                condition=Q(withdrawn_at=None),
                name="one_copy_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.reader}"

    @property
    def word(self) -> str:
        """Return 传阅 or 抄送."""
        return "传阅" if self.asks_opinion else "抄送"


class Urging(models.Model):
    """An urging (催办) of one task, and what its holder answered."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="urgings")
    by = _person("催办人")
    at = models.DateTimeField("催办时间", default=clock.now)
    text = models.CharField("催办内容", max_length=300)
    answered_by = _person("答复人", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answer = models.CharField("答复", max_length=300, blank=True)
    expected_on = models.DateField("预计办结日期", null=True)

    class Meta:
        verbose_name = "催办"
        verbose_name_plural = "催办"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["task", "at"], name="urging_of_task")]

    def __str__(self) -> str:
        return f"{self.task} {self.at:%Y-%m-%d %H:%M}"


class Decline(models.Model):
    """That a candidate declined a free task (拒签): it is no longer offered to him."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="declines")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="declined_tasks",
        verbose_name="拒签人",
    )
    at = models.DateTimeField("拒签时间", default=clock.now)
    reason = models.CharField("原因", max_length=200)
    is_over = models.BooleanField("已失效", default=False)

    class Meta:
        verbose_name = "拒签"
        verbose_name_plural = "拒签"
        constraints = [
            models.UniqueConstraint(
                fields=["task", "by"], condition=Q(is_over=False), name="one_decline_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.by}"


class Signature(models.Model):
    """An electronic signature (电子签名): who confirmed which content, after signing in anew.

    `content` is the canonical text that was signed, `digest` its digest; the entry of the act
    carries the digest into the chain, so that neither can be changed unseen.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="signature")
    signed_by = _person("签名人")
    signed_for = _person("被代理人", null=True)
    post = models.CharField("岗位", max_length=120)
    signed_at = models.DateTimeField("签名时间", default=clock.now)
    act = models.CharField("行为", max_length=60)
    content = models.TextField("签名内容")
    algorithm = models.CharField("算法", max_length=16)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "电子签名"
        verbose_name_plural = "电子签名"

    def __str__(self) -> str:
        return f"{self.signed_by} {self.digest[:8]}"


class Phrase(models.Model):
    """A phrase (常用语) for opinions, of one person or of a unit."""

    user = _person("本人", null=True, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    text = models.CharField("常用语", max_length=200)
    place = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "常用语"
        verbose_name_plural = "常用语"
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, unit__isnull=False) | Q(user__isnull=False, unit=None),
                name="phrase_of_person_or_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class FlowMove(OfCase):
    """That a running case was moved to another version of its flow, and how to move it back."""

    old = models.CharField("原流程", max_length=120)
    new = models.CharField("新流程", max_length=120)
    nodes: "models.JSONField[Any, Any]" = models.JSONField("环节对应")
    before: "models.JSONField[Any, Any]" = models.JSONField("原环节")
    moved_at = models.DateTimeField("迁移时间", default=clock.now)
    undone_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        verbose_name = "流程迁移"
        verbose_name_plural = "流程迁移"
        ordering = ["pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="flow_move_of_case")]

    def __str__(self) -> str:
        return f"{self.case}：{self.old} → {self.new}"
