"""Hold the filings of a document with their outcomes, and its correction (LR-34, LR-35)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from documents import uploads
from documents.models import StoredFile
from legality_review.models.registrations import Registration
from legality_review.rules import filing as rules
from legality_review.rules.filing import Body, Correction, Decision, Outcome
from workflows import terms

WHO = settings.AUTH_USER_MODEL
SUPPLEMENT, CORRECTED = "补充备案材料", "纠正后的文本"


class Filing(models.Model):
    """One filing of a published document with one body (LR-34)."""

    document = models.ForeignKey(
        "legality_review.NormativeDocument", on_delete=models.PROTECT, related_name="filings"
    )
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="filings")
    to_body = models.CharField("备案机关", max_length=24, choices=Body.choices)
    filed_on = models.DateField("报送日期")

    class Meta:
        verbose_name = "备案"
        verbose_name_plural = "备案"
        ordering = ["document_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "to_body"], name="one_filing_with_a_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_to_body_display()} {self.filed_on}"


class FilingFinding(models.Model):
    """What the bureau's review of a filing came to, one row for each opinion (LR-35)."""

    document = models.ForeignKey(
        "legality_review.NormativeDocument", on_delete=models.PROTECT, related_name="findings"
    )
    outcome = models.CharField("备案审查结果", max_length=16, choices=Outcome.choices)
    finding = models.TextField("备案审查意见")
    decided_on = models.DateField("审查日期")
    decided_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="审查人"
    )
    answer = models.TextField("补充情况", blank=True)
    answered_on = models.DateField("补充日期", null=True)

    class Meta:
        verbose_name = "备案审查意见"
        verbose_name_plural = "备案审查意见"
        ordering = ["document_id", "pk"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.decided_on}"


class FilingsOfDocument(models.Model):
    """What a document asks of its filings and writes to them in its acts."""

    issuer_type: str
    opinion_number: str
    review: Any
    filings: Any
    findings: Any
    current_registration: Any

    text_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="正式文本"
    )
    filing_outcome = models.CharField(
        "备案审查结果", max_length=16, choices=Outcome.choices, blank=True
    )
    checked_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="备案审查人"
    )
    problems = models.TextField("要求纠正的问题", blank=True)
    correction = models.CharField("纠正方式", max_length=12, choices=Correction.choices, blank=True)
    correction_account = models.TextField("纠正情况", blank=True)
    correction_text = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+",
        verbose_name="纠正后的文本",
    )  # fmt: skip
    uncorrected_because = models.TextField("未予纠正的认定", blank=True)
    alteration_grounds = models.TextField("提请（不予提请）的理由", blank=True)
    alteration_proposed_on = models.DateField("提请日期", null=True)
    government_decision = models.CharField(
        "政府决定", max_length=8, choices=Decision.choices, blank=True
    )
    government_number = models.CharField("政府决定文号", max_length=60, blank=True)

    class Meta:
        abstract = True

    def take_materials(self, by: Any, files: Mapping[str, Any]) -> None:
        """Attach what was handed in, each to its slot; the text is the document's from now on."""
        for slot, stored in files.items():
            if stored is not None:
                uploads.attach(stored, subject=self, by=by, slot=slot)
        self.text_file = files.get(rules.TEXT) or self.text_file

    def present_materials(self) -> set[str]:
        """Return which materials are there; the opinion may be known by its number."""
        present = {slot for slot, files in self.filing_files() if files}
        return present | ({rules.OPINION} if self.opinion_number else set())

    def filing_files(self) -> list[tuple[str, list[StoredFile]]]:
        """Return each material of the filing with its files: this case's own, else its review's.

        The note and the bases were handed in for the review already (LR-8); the text is the one
        in the register.
        """
        own = list(StoredFile.objects.of(self).standing())
        reviewed = list(self.review.materials()) if self.review else []
        found = []
        for slot in rules.MATERIALS:
            files = [file for file in own if file.slot == slot]
            if not files and slot in rules.FROM_REVIEW:
                files = [file for file in reviewed if file.slot == slot]
            if not files and slot == rules.TEXT and self.text_file:
                files = [self.text_file]
            found.append((slot, files))
        return found

    def take_text(self, by: Any, text: Any) -> Any:
        """Attach a changed text, if there is one, and return it."""
        if text is None:
            return None
        return uploads.attach(text, subject=self, by=by, slot=CORRECTED)

    def take_supplement(self, by: Any, on: date, account: str, files: Sequence[Any]) -> None:
        """Store what was supplied to the finding that asked for it."""
        for stored in files:
            uploads.attach(stored, subject=self, by=by, slot=SUPPLEMENT)
        asked = self.findings.filter(outcome=Outcome.SUPPLEMENT).last()
        self.findings.filter(pk=asked.pk).update(answer=account, answered_on=on)

    def open_filings(self, on: date) -> None:
        """Add a filing for each body that the law names (LR-34)."""
        Filing.objects.bulk_create(
            Filing(document=self, registration=self.current_registration, to_body=body, filed_on=on)
            for body in rules.bodies_for(self.issuer_type, on)
        )

    def keep_outcome(self, by: Any, on: date, outcome: str, finding: str) -> None:
        """Store what the review of the filing came to."""
        FilingFinding.objects.create(
            document=self, outcome=outcome, finding=finding, decided_on=on, decided_by=by
        )
        self.filing_outcome, self.checked_by = outcome, by

    def pause_filing_review(self, on: date) -> None:
        """Stop the review's clock; where it has run out already, note it as late (WD-17)."""
        term = terms.latest(self, rules.FILING_REVIEW)
        if term is not None and term.due_on is not None and on > term.due_on:
            terms.meet(self, rules.FILING_REVIEW, on)
            return
        terms.stop(
            self, rules.FILING_REVIEW, on, reason="要求补充备案材料", law=rules.FILING_REVIEW.law
        )

    def resume_filing_review(self, on: date) -> None:
        """Let the review's clock run on, or start it anew where it had run out."""
        if terms.is_open(self, rules.FILING_REVIEW):
            terms.resume(self, rules.FILING_REVIEW, on)
        else:
            terms.start(self, rules.FILING_REVIEW, on)
