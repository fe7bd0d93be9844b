"""Keep one row for each version of a law."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from audit import clock
from laws.querysets import LawQuerySet
from laws.rules.standing import Standing, standing_on

REGISTERED = "同一名称、同一施行日期的法规已经登记。"


class LawKind(models.TextChoices):
    """Kinds of law, the highest first."""

    LAW = "law", "法律"
    REGULATION = "regulation", "行政法规"
    LOCAL_REGULATION = "local_regulation", "地方性法规"
    DEPARTMENT_RULE = "department_rule", "部门规章"
    GOVERNMENT_RULE = "government_rule", "政府规章"
    NORMATIVE_DOCUMENT = "normative_document", "规范性文件"
    JUDICIAL_INTERPRETATION = "judicial_interpretation", "司法解释"
    PARTY_RULE = "party_rule", "党内法规"


class Ending(models.TextChoices):
    """Ways in which a version of a law ends."""

    REPEALED = "repealed", "废止"
    SUPERSEDED = "superseded", "被新文本替代"
    LAPSED = "lapsed", "期满失效"


class Law(models.Model):
    """One version of a law (法规): from when to when it stands, and up to which article."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField("名称", max_length=200)
    aliases = models.CharField("简称", max_length=300, blank=True)
    kind = models.CharField("类别", max_length=24, choices=LawKind.choices)
    issuer = models.CharField("制定机关", max_length=100, blank=True)
    document_number = models.CharField("文号", max_length=100, blank=True)
    promulgated_on = models.DateField("公布日期", null=True, blank=True)
    effective_from = models.DateField("施行日期", null=True, blank=True)
    effective_until = models.DateField("失效日期", null=True, blank=True)
    ending = models.CharField("失效原因", max_length=12, choices=Ending.choices, blank=True)
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded",
        verbose_name="废止或者替代它的文件",
    )
    highest_article = models.PositiveIntegerField("最高条号", null=True, blank=True)
    source = models.CharField("来源说明", max_length=500, blank=True)
    registered_at = models.DateTimeField("登记时间", default=clock.now)

    objects = LawQuerySet.as_manager()

    class Meta:
        verbose_name = "法规"
        verbose_name_plural = "法规"
        ordering = ["title", "effective_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "effective_from"],
                name="one_version_from_a_day",
                violation_error_message=REGISTERED,
            ),
            models.UniqueConstraint(
                fields=["title"],
                condition=Q(effective_from=None),
                name="one_version_from_an_unknown_day",
                violation_error_message=REGISTERED,
            ),
            models.CheckConstraint(
                condition=Q(effective_until=None)
                | Q(effective_from=None)
                | Q(effective_until__gt=F("effective_from")),
                name="law_ends_after_it_begins",
                violation_error_message="失效日期须晚于施行日期。",
            ),
            models.CheckConstraint(
                condition=(Q(effective_until=None) & Q(ending=""))
                | (Q(effective_until__isnull=False) & ~Q(ending="")),
                name="law_ends_for_a_reason",
                violation_error_message="失效日期和失效原因须同时填写。",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def names(self) -> list[str]:
        """Return title and short names."""
        return [self.title, *filter(None, self.aliases.split("、"))]

    def standing(self, day: date) -> Standing:
        """Say how it stands on a day."""
        return standing_on(self, day)

    @property
    def facts(self) -> dict[str, str]:
        """Return what the trace keeps of it."""
        return {
            field.verbose_name: str(getattr(self, field.name) or "")
            for field in self._meta.concrete_fields
            if field.name not in {"id", "uuid", "registered_at"}
        }
