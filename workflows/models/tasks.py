"""Hold tasks (待办), drafts of forms, links between cases and the declared pairs of states."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from viewflow.workflow.models import Task as EngineTask

from audit import clock
from permissions.models import Unit
from permissions.roles import Role
from workflows.querysets import TaskQuerySet

NO_DUE_DATE = date(9999, 12, 31)


class TaskState(models.TextChoices):
    """States of a task; a superseded task ends cancelled with reason and successor."""

    READY = "ready", "待签收"
    CLAIMED = "claimed", "办理中"
    WAITING = "waiting", "等待加签意见"
    DELEGATED = "delegated", "等待被委派人答复"
    DONE = "done", "已办"
    RETURNED = "returned", "已退回"
    RECALLED = "recalled", "已收回"
    SKIPPED = "skipped", "已跳过"
    CANCELLED = "cancelled", "已取消"


OPEN_STATES = (TaskState.READY, TaskState.CLAIMED, TaskState.WAITING, TaskState.DELEGATED)
CLOSED_STATES = tuple(state for state in TaskState if state not in OPEN_STATES)


class TaskKind(models.TextChoices):
    """What is asked of a task's holder; all but the first hang below the task they were added to.

    Only WORK and ALONGSIDE perform an act of the case; the others give an opinion.
    """

    WORK = "work", "办理"
    ALONGSIDE = "alongside", "并加签"
    BEFORE = "before", "前加签"
    AFTER = "after", "后加签"
    CONSULT = "consult", "征求意见"
    ASSIST = "assist", "协办"
    CONSENT = "consent", "确认"


DECIDING = (TaskKind.WORK, TaskKind.ALONGSIDE)
"""Kinds of task whose holder performs an act and whose verdict counts in countersigning."""


class Verdict(models.TextChoices):
    """What a holder said in countersigning (会签) or when asked for his opinion."""

    AGREE = "agree", "同意"
    DISAGREE = "disagree", "不同意"
    ABSTAIN = "abstain", "弃权"


class Task(models.Model):
    """A task addressed to a role at a unit: the routing row that the in-box reads."""

    State = TaskState
    Kind = TaskKind
    START = "start"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    case: Any = GenericForeignKey("content_type", "object_id")
    case_kind = models.CharField("事项类别", max_length=24)
    case_uuid = models.UUIDField(editable=False)
    case_number = models.CharField("案号", max_length=60)
    case_title = models.CharField("事项", max_length=200)
    case_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="报送单位"
    )
    node = models.CharField("环节代码", max_length=60)
    title = models.CharField("环节", max_length=60)
    role = models.CharField("岗位", max_length=24, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="办理机构"
    )
    state = models.CharField(
        "状态", max_length=12, choices=TaskState.choices, default=TaskState.READY
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="held_tasks",
        verbose_name="办理人",
    )
    is_personal = models.BooleanField("指定到人", default=False)
    kind = models.CharField(
        "任务类型", max_length=12, choices=TaskKind.choices, default=TaskKind.WORK
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    place = models.PositiveSmallIntegerField("顺序", default=0)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    case_state = models.CharField("到达时案件状态", max_length=40, blank=True)
    request = models.CharField("交办要求", max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="原办理人",
    )
    hops = models.PositiveSmallIntegerField("转办次数", default=0)
    term_code = models.CharField("期限代码", max_length=60, blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    awaits_term = models.BooleanField("期满方可办理", default=False)
    opens_on = models.DateField("可办理日", null=True, blank=True)
    sorts_on = models.DateField(default=NO_DUE_DATE, editable=False)
    created_at = models.DateTimeField("到达时间", default=clock.now)
    claimed_at = models.DateTimeField("签收时间", null=True, blank=True)
    opened_at = models.DateTimeField("首次打开时间", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="closed_tasks",
        verbose_name="办结人",
    )
    closed_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="被代理人",
    )
    closed_post = models.CharField("办结岗位", max_length=120, blank=True)
    verdict = models.CharField("表态", max_length=12, choices=Verdict.choices, blank=True)
    is_void = models.BooleanField("已失效", default=False)
    in_batch = models.BooleanField("批量办理", default=False)
    outcome = models.CharField("处理", max_length=60, blank=True)
    opinion = models.TextField("意见", blank=True)
    close_reason = models.CharField("结束原因", max_length=200, blank=True)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    engine_task = models.ForeignKey(
        EngineTask, on_delete=models.PROTECT, related_name="routed", null=True
    )
    reminded_on = models.DateField("提醒日", null=True, blank=True)
    escalated_on = models.DateField("上报日", null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "待办"
        verbose_name_plural = "待办"
        ordering = ["sorts_on", "pk"]
        indexes = [
            models.Index(
                fields=["unit", "role", "sorts_on", "id"],
                condition=Q(closed_at=None),
                name="task_open_at_post",
            ),
            models.Index(
                fields=["holder", "sorts_on", "id"],
                condition=Q(closed_at=None),
                name="task_open_of_holder",
            ),
            models.Index(fields=["closed_by", "closed_at", "id"], name="task_closed_by"),
            models.Index(fields=["content_type", "object_id"], name="task_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, state__in=OPEN_STATES)
                | Q(closed_at__isnull=False, state__in=CLOSED_STATES),
                name="task_closed_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the page of the case, where the task is done."""
        return reverse("workflows:case", args=[self.case_kind, self.case_uuid])

    @property
    def is_open(self) -> bool:
        """Tell whether the task still waits for somebody."""
        return self.closed_at is None

    @property
    def decides(self) -> bool:
        """Tell whether the holder performs an act of the case, rather than giving an opinion."""
        return self.kind in DECIDING

    @property
    def closed_by_name(self) -> str:
        """Return who closed the task; a substitute with the name of whom he stood in for."""
        if self.closed_by and self.closed_for:
            return f"{self.closed_by.full_name}代{self.closed_for.full_name}"
        return self.closed_by.full_name if self.closed_by else ""

    @property
    def addressee(self) -> str:
        """Return in Chinese to whom the task is addressed."""
        if self.holder:
            return f"{self.unit} {self.holder.full_name}"
        return f"{self.unit} {self.get_role_display()}"


class Draft(models.Model):
    """What a person has typed into the form of an act and not yet handed in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    act = models.CharField(max_length=60)
    fields: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "草稿"
        verbose_name_plural = "草稿"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content_type", "object_id", "act"], name="one_draft_per_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.act}"


class Link(models.Model):
    """That one case led to another, by content type and key on both sides."""

    from_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    from_id = models.PositiveBigIntegerField()
    from_case = GenericForeignKey("from_type", "from_id")
    to_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    to_id = models.PositiveBigIntegerField()
    to_case = GenericForeignKey("to_type", "to_id")
    meaning = models.CharField("关系", max_length=60)
    linked_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "关联案件"
        verbose_name_plural = "关联案件"
        indexes = [
            models.Index(fields=["from_type", "from_id"], name="link_from"),
            models.Index(fields=["to_type", "to_id"], name="link_to"),
        ]

    def __str__(self) -> str:
        return f"{self.from_case} → {self.to_case}"


class DeclaredStep(models.Model):
    """A declared pair of states of a kind of case; triggers refuse every other change."""

    case_table = models.CharField(max_length=80)
    source = models.CharField(max_length=40)
    target = models.CharField(max_length=40)

    class Meta:
        verbose_name = "状态变更"
        verbose_name_plural = "状态变更"
        constraints = [
            models.UniqueConstraint(
                fields=["case_table", "source", "target"], name="one_declared_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_table}: {self.source} → {self.target}"
