"""Hold the adopted normative documents of the register (LR-30 to LR-37)."""

from typing import Any, ClassVar

from django.db import models

from documents.words import chinese_date
from legality_review.lifecycle.document_states import State
from legality_review.lifecycle.normative_documents import NormativeDocumentLifecycle
from legality_review.models.evaluations import EvaluationsOfDocument
from legality_review.models.filings import FilingsOfDocument
from legality_review.models.registrations import RegistrationsOfDocument
from legality_review.permissions import DocumentVerb
from legality_review.querysets import NormativeDocumentQuerySet
from legality_review.rules.matters import Issuer
from legality_review.rules.publication import Medium
from legality_review.rules.register import Status, status_on
from permissions.models import CaseException, Unit
from workflows.seats import Seats


class NormativeDocument(
    Seats,
    RegistrationsOfDocument,
    FilingsOfDocument,
    EvaluationsOfDocument,
    NormativeDocumentLifecycle,
):
    """A normative document (规范性文件) from its registration to the end of its effect.

    Its unit is the judicial station of the issuing township; `issuer_unit` is the government.
    """

    SECTION_WORD: ClassVar[str] = "合法性审查"
    ALONG: ClassVar[tuple[str, ...]] = ("unit", "process", "issuer_unit")

    issuer_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="制定机关"
    )
    issuer_type = models.CharField("制定主体", max_length=20, choices=Issuer.choices)
    adopted_on = models.DateField("通过日期", null=True)
    opinion_number = models.CharField("合法性审查意见书文号", max_length=60, blank=True)
    review = models.ForeignKey(
        "legality_review.Review", on_delete=models.PROTECT, null=True,
        related_name="documents", verbose_name="形成本文件的审查",
    )  # fmt: skip
    interpretation = models.TextField("解释", blank=True)
    media = models.JSONField("公布载体", default=list)
    publication_place = models.CharField("公布位置", max_length=300, blank=True)
    early_reason = models.TextField("提前施行的理由", blank=True)
    favours_persons = models.BooleanField("为更好保护当事人权益", default=False)

    objects = NormativeDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "规范性文件"
        verbose_name_plural = "规范性文件"
        ordering = ["-opened_on", "-pk"]
        permissions = DocumentVerb.for_model("normativedocument")
        default_permissions = ()
        indexes = [
            models.Index(fields=["-opened_on", "-id"], name="document_list"),
            models.Index(
                fields=["expires_on"], name="document_expiry", condition=models.Q(closed_on=None)
            ),
        ]

    @property
    def media_labels(self) -> list[str]:
        """Return the Chinese names of the media of publication."""
        return [str(Medium(one).label) for one in self.media]

    @property
    def interpreter(self) -> str:
        """Return who interprets the document: its issuer (LR-37)."""
        return self.interpretation or f"由{self.issuer_unit}负责解释"

    @property
    def resting(self) -> str:
        """Say why nobody has to do anything on a document in force, and when that changes."""
        if self.state != State.IN_FORCE:
            return ""
        then = (
            f"{chinese_date(self.evaluation_on)}起自动开展期满前评估，"
            if self.evaluation_on and not self.is_evaluated
            else ""
        )
        return (
            f"文件在有效期内，现在没有必须办理的事项；{then}"
            f"有效期至{chinese_date(self.expires_on)}，届满自动失效。"
        )

    @property
    def has_no_effect(self) -> bool:
        """Tell whether the document was voided, or ended before it had any effect."""
        return self.state in {State.TERMINATED, State.VOIDED}

    def status_on(self, day: Any) -> Status:
        """Return the validity of the document on a day."""
        return status_on(day, self.effective_on, self.expires_on, self.ended_on)

    @property
    def is_supplementing(self) -> bool:
        """Tell whether the filing lacks something; the flow asks."""
        return self.state == State.FILING_SUPPLEMENT

    @property
    def is_correcting(self) -> bool:
        """Tell whether a correction was ordered; the flow asks."""
        return self.state == State.CORRECTING

    @property
    def is_uncorrected(self) -> bool:
        """Tell whether the issuer did not correct; the flow asks."""
        return self.state == State.UNCORRECTED

    @property
    def is_alteration_proposed(self) -> bool:
        """Tell whether the government is to decide; the flow asks."""
        return self.state == State.ALTERATION_PROPOSED

    @property
    def is_renewing(self) -> bool:
        """Tell whether the document is registered anew; the flow asks."""
        return self.state == State.REGISTERING

    @property
    def is_amending(self) -> bool:
        """Tell whether another document is to take its place; the flow asks."""
        return self.state == State.AMENDING


class NormativeDocumentException(CaseException):
    """A dated exception (协办、查阅) on one normative document."""

    content_object = models.ForeignKey(
        NormativeDocument, on_delete=models.PROTECT, related_name="exceptions"
    )

    class Meta(CaseException.Meta):
        verbose_name = "规范性文件例外授权"
        verbose_name_plural = "规范性文件例外授权"
