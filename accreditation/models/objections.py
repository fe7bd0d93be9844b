"""Hold objections during a publicity, and what an application asks of them (FQ-8)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accreditation.rules import terms as t
from workflows.terms import TermRule

WHO = settings.AUTH_USER_MODEL


class Objection(models.Model):
    """A real-name objection, what its investigation found and what was decided (FQ-8)."""

    class Proposal(models.TextChoices):
        """What the investigation proposes."""

        DISMISS = "dismiss", "异议不成立"
        CORRECT = "correct", "更正后重新公示"
        UPHOLD = "uphold", "异议成立"

    application = models.ForeignKey(
        "accreditation.Application", on_delete=models.PROTECT, related_name="objections"
    )
    level = models.CharField("公示级别", max_length=8)
    objector = models.CharField("异议人", max_length=60)
    contact = models.CharField("联系方式", max_length=60)
    content = models.TextField("异议内容")
    recorded_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="登记人"
    )
    received_on = models.DateField("收到日期")
    proposal = models.CharField("处理建议", max_length=12, choices=Proposal.choices, blank=True)
    finding = models.TextField("核查结论", blank=True)
    investigated_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="核查人"
    )
    investigated_on = models.DateField("核查日期", null=True)
    is_upheld = models.BooleanField("是否成立", null=True)
    decision = models.TextField("处理决定", blank=True)
    concluded_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="决定人"
    )
    concluded_on = models.DateField("决定日期", null=True)

    class Meta:
        verbose_name = "异议"
        verbose_name_plural = "异议"
        ordering = ["received_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(concluded_on=None), name="one_open_objection"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.received_on} {self.objector}的异议"


class ObjectionsOfApplication(models.Model):
    """What an application asks of its objections and writes to them in its acts."""

    class Meta:
        abstract = True

    publicity_level: str
    investigated_by: Any
    objections: Any

    @property
    def is_published_by_county(self) -> bool:
        """Tell whether the present (or last) publicity is the county's."""
        return self.publicity_level == "county"

    def publicity_rule(self) -> TermRule:
        """Return the rule of the present publicity."""
        return t.COUNTY_PUBLICITY if self.is_published_by_county else t.CITY_PUBLICITY

    @property
    def current_objection(self) -> "Objection | None":
        """Return the objection that waits for its decision."""
        found: Objection | None = self.objections.filter(concluded_on=None).first()
        return found

    @property
    def is_objected_at_county(self) -> bool:
        """Tell whether the county investigates an objection; the flow asks."""
        return self.is_published_by_county and self.current_objection is not None

    @property
    def is_objected_at_city(self) -> bool:
        """Tell whether the city investigates an objection; the flow asks."""
        return not self.is_published_by_county and self.current_objection is not None

    @property
    def is_objection_investigated(self) -> bool:
        """Tell whether the open objection was investigated."""
        objection = self.current_objection
        return objection is not None and objection.investigated_on is not None

    def keep_objection(self, by: Any, on: date, **facts: str) -> None:
        """Store a real-name objection (FQ-8)."""
        Objection.objects.create(
            application=self, level=self.publicity_level, recorded_by=by, received_on=on, **facts
        )

    def keep_investigation(self, by: Any, on: date, *, proposal: str, finding: str) -> None:
        """Store what the investigation of the open objection found (FQ-8)."""
        self.investigated_by = by
        self.objections.filter(concluded_on=None).update(
            proposal=proposal, finding=finding, investigated_by=by, investigated_on=on
        )

    def conclude_objection(self, by: Any, on: date, *, upheld: bool, decision: str) -> None:
        """Store what was decided on the open objection (FQ-8)."""
        self.objections.filter(concluded_on=None).update(
            is_upheld=upheld, decision=decision, concluded_by=by, concluded_on=on
        )
