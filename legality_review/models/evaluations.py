"""Hold the evaluations of a document, and how its effect ends (LR-32)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit import clock
from legality_review.models.registrations import Registration
from legality_review.rules.evaluation import Proposal
from workflows.models.tasks import Link

WHO = settings.AUTH_USER_MODEL


class Evaluation(models.Model):
    """One evaluation of a document in the course of a validity (LR-32)."""

    document = models.ForeignKey(
        "legality_review.NormativeDocument", on_delete=models.PROTECT, related_name="evaluations"
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="evaluations"
    )
    opened_on = models.DateField("启动日期")
    occasion = models.CharField("事由", max_length=2000)
    lawfulness = models.TextField("合法性评估", blank=True)
    effect = models.TextField("实施效果", blank=True)
    opinions = models.TextField("听取意见情况", blank=True)
    proposal = models.CharField("评估建议", max_length=12, choices=Proposal.choices, blank=True)
    evaluated_on = models.DateField("评估日期", null=True)
    evaluated_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="评估人"
    )
    decision = models.CharField("决定", max_length=12, choices=Proposal.choices, blank=True)
    reason = models.TextField("决定理由", blank=True)
    decided_on = models.DateField("决定日期", null=True)
    decided_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="决定人"
    )

    class Meta:
        verbose_name = "评估"
        verbose_name_plural = "评估"
        ordering = ["document_id", "pk"]

    def __str__(self) -> str:
        return f"{self.opened_on} {self.occasion}"


class EvaluationsOfDocument(models.Model):
    """What a document asks of its evaluations and writes to them in its acts."""

    pk: Any
    evaluations: Any
    amendments: Any
    issuer_unit: Any
    current_registration: Any

    evaluated_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="评估人"
    )
    ended_on = models.DateField("效力终止日期", null=True)
    end_reason = models.TextField("效力终止原因", blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced",
        verbose_name="替代文件",
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def current_evaluation(self) -> Evaluation | None:
        """Return the newest evaluation."""
        newest: Evaluation | None = self.evaluations.last() if self.pk else None
        return newest

    @property
    def is_evaluated(self) -> bool:
        """Tell whether this validity has had its evaluation already."""
        return bool(self.evaluations.filter(registration=self.current_registration).exists())

    def begin_evaluation(self, on: date, occasion: str) -> None:
        """Open an evaluation of the present validity."""
        Evaluation.objects.create(
            document=self, registration=self.current_registration, opened_on=on, occasion=occasion
        )

    def keep_evaluation(self, by: Any, on: date, **told: str) -> None:
        """Store the report of the evaluation under way."""
        self._change(**told, evaluated_on=on, evaluated_by=by)

    def decide_evaluation(self, by: Any, on: date, decision: str, reason: str) -> None:
        """Store what was decided on the evaluation under way."""
        self._change(decision=decision, reason=reason, decided_on=on, decided_by=by)

    def _change(self, **facts: Any) -> None:
        newest = self.evaluations.last()
        self.evaluations.filter(pk=newest.pk).update(**facts)

    @property
    def amendment(self) -> Any:
        """Return the newest review of a text that is to take this one's place, if it goes on.

        One that was signed goes on as long as the document that came of it.
        """
        goes_on = Q(closed_on=None) | Q(documents__closed_on=None, documents__isnull=False)
        return self.amendments.filter(goes_on).order_by("-pk").first()

    def amended_text(self) -> Any:
        """Return the document that came of the review of an amended text, if one did."""
        coming = self.amendment
        return coming.documents.order_by("-pk").first() if coming is not None else None

    def successors(self) -> Any:
        """Ask for what may take this one's place: published documents of the same issuer."""
        others = type(self)._default_manager.exclude(pk=self.pk).exclude(published_on=None)
        return others.filter(issuer_unit=self.issuer_unit, closed_on=None)

    def finish_on(self, day: date, reason: str) -> None:
        """Say from which day the document has no effect any more, and why."""
        self.ended_on, self.end_reason = day, reason

    def link_successor(self, successor: Any) -> None:
        """Point at the document that takes the place of this one, from both sides."""
        self.successor = successor
        kind = type(successor).content_type()
        Link.objects.create(
            from_type=kind, from_id=self.pk, to_type=kind, to_id=successor.pk,
            meaning="替代文件", linked_at=clock.now(),
        )  # fmt: skip
