"""Hold deliberations with every view in them, and evaluations of decisions (LR-28, LR-39)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from audit import clock
from legality_review.rules.adoption import EvaluationGround, Outcome, Spoken, Stance

WHO = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """One deliberation of a matter; it is never changed, nor what was said in it (LR-40)."""

    review = models.ForeignKey(
        "legality_review.Review", on_delete=models.PROTECT, related_name="meetings"
    )
    name = models.CharField("会议名称", max_length=120)
    held_on = models.DateField("会议日期")
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    explanation = models.TextField("主要负责人对不同于多数意见的说明", blank=True)
    recorded_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="记录人"
    )
    recorded_at = models.DateTimeField("记录时间", default=clock.now)

    class Meta:
        verbose_name = "集体讨论"
        verbose_name_plural = "集体讨论"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}（{self.held_on}）：{self.get_outcome_display()}"


class View(models.Model):
    """What one member said in the meeting: who objected is exempt or mitigated later (LR-40)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="views")
    name = models.CharField("姓名", max_length=40)
    is_head = models.BooleanField("主要负责人")
    stance = models.CharField("态度", max_length=8, choices=Stance.choices)
    words = models.TextField("意见", blank=True)
    spoken_at = models.TimeField("发言时间")

    class Meta:
        verbose_name = "会议意见"
        verbose_name_plural = "会议意见"
        ordering = ["spoken_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name}：{self.get_stance_display()}"


class DecisionEvaluation(models.Model):
    """The evaluation of a decision after it was carried out (LR-39)."""

    review = models.ForeignKey(
        "legality_review.Review", on_delete=models.PROTECT, related_name="evaluations"
    )
    ground = models.CharField("启动理由", max_length=12, choices=EvaluationGround.choices)
    evaluator = models.CharField("评估机构", max_length=120)
    result = models.TextField("评估结论")
    recorded_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="登记人"
    )
    recorded_on = models.DateField("登记日期")

    class Meta:
        verbose_name = "决策后评估"
        verbose_name_plural = "决策后评估"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.evaluator}：{self.get_ground_display()}"


class MeetingsOfReview:
    """What a matter asks of its deliberations and evaluations."""

    meetings: Any
    evaluations: Any

    def keep_meeting(
        self, by: Any, name: str, held_on: date, views: Sequence[Spoken], outcome: str,
        explanation: str,
    ) -> None:  # fmt: skip
        """Store a deliberation with every view in it (LR-28)."""
        meeting = self.meetings.create(
            name=name, held_on=held_on, outcome=outcome, explanation=explanation, recorded_by=by
        )
        View.objects.bulk_create(
            View(
                meeting=meeting, name=view.name, is_head=view.is_head, stance=view.stance,
                words=view.words, spoken_at=view.at,
            )
            for view in views
        )  # fmt: skip

    @property
    def last_meeting(self) -> Meeting | None:
        """Return the newest deliberation."""
        newest: Meeting | None = self.meetings.order_by("-pk").first()
        return newest

    def keep_evaluation(self, by: Any, on: date, ground: str, evaluator: str, result: str) -> None:
        """Store the evaluation of a decision (LR-39)."""
        self.evaluations.create(
            ground=ground, evaluator=evaluator, result=result, recorded_by=by, recorded_on=on
        )
