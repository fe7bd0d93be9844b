"""Hold the registrations of a document: no gap in the numbers of an issuer and year (LR-30)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F

from legality_review.rules import registration, validity
from legality_review.rules.validity import VALIDITY, validity_of
from workflows import terms

WHO = settings.AUTH_USER_MODEL


class RegistrationCounter(models.Model):
    """The last serial given out to an issuer in a year; its row lock makes numbers gap-free."""

    unit_code = models.CharField("制定机关代码", max_length=12)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = "登记号计数"
        verbose_name_plural = "登记号计数"
        constraints = [
            models.UniqueConstraint(fields=["unit_code", "year"], name="one_registration_counter"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code} {self.year}：{self.last}"


class Registration(models.Model):
    """One registration of a document with the validity that came of it (LR-30, LR-32)."""

    document = models.ForeignKey(
        "legality_review.NormativeDocument", on_delete=models.PROTECT, related_name="registrations"
    )
    number = models.CharField("登记号", max_length=60, unique=True)
    unit_code = models.CharField("制定机关代码", max_length=12)
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("顺序号", null=True)
    document_number = models.CharField("文号", max_length=60)
    registered_on = models.DateField("登记日期")
    registered_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="登记人"
    )
    years = models.PositiveSmallIntegerField("有效期（年）")
    published_on = models.DateField("公布日期", null=True)
    valid_from = models.DateField("有效期自", null=True)
    expires_on = models.DateField("有效期至", null=True)

    class Meta:
        verbose_name = "规范性文件登记"
        verbose_name_plural = "规范性文件登记"
        ordering = ["document_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit_code", "year", "serial"], name="serial_once"),
        ]

    def __str__(self) -> str:
        return self.number


def next_serial(unit_code: str, year: int) -> int:
    """Take the next serial of an issuer and year, in the caller's transaction.

    The counter stays locked until it ends, so that a rollback takes the serial back.
    """
    RegistrationCounter.objects.get_or_create(unit_code=unit_code, year=year)
    counter = RegistrationCounter.objects.select_for_update().get(unit_code=unit_code, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


class RegistrationsOfDocument(models.Model):
    """What a document asks of its registrations and writes to them in its acts."""

    pk: Any
    title: str
    issuer_unit: Any
    registrations: Any

    is_from_before = models.BooleanField("系统启用前的文件", default=False)
    validity_years = models.PositiveSmallIntegerField("有效期（年）", null=True)
    is_trial = models.BooleanField("试行、暂行", default=False)
    registration_number = models.CharField("登记号", max_length=60, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    registered_on = models.DateField("登记日期", null=True)
    printed_on = models.DateField("印发日期", null=True)
    published_on = models.DateField("公布日期", null=True)
    effective_on = models.DateField("施行日期", null=True)
    valid_from = models.DateField("有效期自", null=True)
    expires_on = models.DateField("有效期至", null=True)
    evaluation_on = models.DateField("期满前评估自", null=True)

    class Meta:
        abstract = True

    @property
    def current_registration(self) -> Registration | None:
        """Return the newest registration."""
        newest: Registration | None = self.registrations.last() if self.pk else None
        return newest

    @property
    def is_renewal(self) -> bool:
        """Tell whether the document had a number before its present one (LR-32)."""
        return bool(self.registrations.count() > 1)

    def number_defects(self, document_number: str, registration_number: str = "") -> list[str]:
        """Return which numbers are taken: each is given once."""
        taken = Registration.objects.filter(
            document_number=document_number.strip(), document__issuer_unit=self.issuer_unit
        )
        found = [f"文号{document_number}已由《{row.document.title}》使用。" for row in taken[:1]]
        known = Registration.objects.filter(number=registration_number.strip())
        return found + [
            f"登记号{registration_number}已由《{row.document.title}》使用。" for row in known[:1]
        ]

    def take_number(self, by: Any, on: date, document_number: str) -> None:
        """Give the document the next registration number of its issuer and year (LR-30)."""
        unit = registration.unit_code(self.issuer_unit, on)
        serial = next_serial(unit, on.year)
        number = registration.number_of(on.year, unit, serial, on)
        self._keep(by, on, number, document_number, unit, serial)

    def take_known_number(self, by: Any, on: date, number: str, document_number: str) -> None:
        """Enter the number a document already has; the counter never gives it out again."""
        unit = registration.unit_code(self.issuer_unit, on)
        serial = registration.serial_in(number.strip(), on.year, unit, on)
        if serial is not None:
            RegistrationCounter.objects.get_or_create(unit_code=unit, year=on.year)
            RegistrationCounter.objects.filter(
                unit_code=unit, year=on.year, last__lt=serial
            ).update(last=serial)
        self._keep(by, on, number.strip(), document_number, unit, serial)

    def _keep(
        self, by: Any, on: date, number: str, document_number: str, unit: str, serial: int | None
    ) -> None:
        """Store a registration and carry its numbers to the document."""
        self.registration_number, self.document_number = number, document_number.strip()
        self.registered_on = on
        Registration.objects.create(
            document=self, number=number, unit_code=unit, year=on.year, serial=serial,
            document_number=self.document_number, registered_on=on, registered_by=by,
            years=self.validity_years,
        )  # fmt: skip

    def start_validity(self, published_on: date) -> None:
        """Start the validity: from effect at first, anew from publication when renewed (LR-32)."""
        years = self.validity_years or 0
        day = published_on if self.is_renewal else self.effective_on or published_on
        if terms.is_open(self, VALIDITY):
            terms.cancel(self, VALIDITY, published_on, reason="重新公布，有效期重新计算（LR-32）")
        term = terms.start(self, validity_of(years), day)
        self.valid_from, self.expires_on = day, term.due_on
        self.evaluation_on = validity.evaluation_opens_on(term.due_on)
        newest = self.registrations.order_by("pk").last()
        self.registrations.filter(pk=newest.pk).update(
            published_on=published_on, valid_from=day, expires_on=term.due_on, years=F("years")
        )
