"""Hold clean-ups: the documents of an issuer on a day, what is said of each, and the opinions."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from legality_review.lifecycle.cleanups import EDITABLE, CleanupLifecycle
from legality_review.models.normative_documents import NormativeDocument
from legality_review.permissions import CleanupVerb
from legality_review.rules.cleanup import Conclusion, first_conclusion, open_conclusions
from legality_review.rules.register import Status
from permissions.models import CaseException, Unit
from workflows.seats import Seats

WHO = settings.AUTH_USER_MODEL


class Cleanup(Seats, CleanupLifecycle):
    """A clean-up (清理) of the documents of one issuer as they stand on a day (LR-36)."""

    SECTION_WORD: ClassVar[str] = "合法性审查"
    ALONG: ClassVar[tuple[str, ...]] = ("unit", "process", "issuer_unit")

    issuer_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="制定机关"
    )
    as_of = models.DateField("清理截止日期")
    draft_place = models.CharField("清理意见公布位置", max_length=300, blank=True)
    draft_published_on = models.DateField("清理意见公布日期", null=True)
    handling = models.TextField("意见处理情况", blank=True)
    result_place = models.CharField("清理结果公布位置", max_length=300, blank=True)
    concluded_on = models.DateField("清理结果公布日期", null=True)

    class Meta:
        verbose_name = "规范性文件清理"
        verbose_name_plural = "规范性文件清理"
        ordering = ["-opened_on", "-pk"]
        permissions = CleanupVerb.for_model("cleanup")
        default_permissions = ()

    @property
    def is_editable(self) -> bool:
        """Tell whether the conclusions may be changed."""
        return self.state in EDITABLE

    def fill(self) -> None:
        """Take in every document of the issuer that was published by that day."""
        found = NormativeDocument.objects.issued_by(self.issuer_unit).published_by(self.as_of)
        CleanupLine.objects.bulk_create(
            CleanupLine(
                cleanup=self,
                document=document,
                status=(status := document.status_on(self.as_of)),
                conclusion=first_conclusion(status),
            )
            for document in found.order_by("published_on", "pk")
        )

    def keep_opinion(self, by: Any, on: date, *, author: str, content: str) -> None:
        """Add what somebody said of the draft."""
        CleanupOpinion.objects.create(
            cleanup=self, author=author, content=content, received_on=on, recorded_by=by
        )


class CleanupLine(models.Model):
    """What a clean-up says of one document."""

    cleanup = models.ForeignKey(Cleanup, on_delete=models.PROTECT, related_name="lines")
    document = models.ForeignKey(
        NormativeDocument, on_delete=models.PROTECT, related_name="cleanup_lines"
    )
    status = models.CharField("清理时效力", max_length=8, choices=Status.choices)
    conclusion = models.CharField("清理结论", max_length=8, choices=Conclusion.choices)
    reason = models.CharField("理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "清理结论"
        verbose_name_plural = "清理结论"
        ordering = ["cleanup_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cleanup", "document"], name="one_cleanup_line"),
        ]

    def __str__(self) -> str:
        return f"{self.document.title}：{self.get_conclusion_display()}"

    @property
    def choices(self) -> tuple[Conclusion, ...]:
        """Return what may be said of the document."""
        return open_conclusions(self.status)

    @property
    def needs_reason(self) -> bool:
        """Tell whether the conclusion changes something and so must be explained."""
        return self.conclusion == Conclusion.AMEND or (
            self.conclusion == Conclusion.REPEAL and self.status != Status.REPEALED
        )


class CleanupOpinion(models.Model):
    """What somebody said of the draft of a clean-up (LR-36)."""

    cleanup = models.ForeignKey(Cleanup, on_delete=models.PROTECT, related_name="opinions")
    author = models.CharField("提出人", max_length=100)
    content = models.TextField("意见")
    received_on = models.DateField("收到日期")
    recorded_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = "清理意见反馈"
        verbose_name_plural = "清理意见反馈"
        ordering = ["cleanup_id", "pk"]

    def __str__(self) -> str:
        return f"{self.author} {self.received_on}"


class CleanupException(CaseException):
    """A dated exception (协办、查阅) on one clean-up."""

    content_object = models.ForeignKey(Cleanup, on_delete=models.PROTECT, related_name="exceptions")

    class Meta(CaseException.Meta):
        verbose_name = "清理例外授权"
        verbose_name_plural = "清理例外授权"
