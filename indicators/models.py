"""Hold the figures that stations report themselves (手工填报)."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit import clock
from indicators import permissions, querysets, registry, rules
from permissions.models import Unit


class Reported(models.Model):
    """One version of a figure that a station reported for a year, with evidence.

    Rows are only added: the newest version counts, the older ones stay to be read. A database
    trigger refuses changes.
    """

    VIEW_VERB = permissions.Verb.VIEW

    indicator = models.CharField("指标代码", max_length=60)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="reported_figures", verbose_name="司法所"
    )
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版次")
    numerator = models.DecimalField("计数", max_digits=14, decimal_places=4)
    denominator = models.DecimalField(
        "基数", max_digits=14, decimal_places=4, null=True, blank=True
    )
    note = models.CharField("说明", max_length=500, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="填报人"
    )
    reported_at = models.DateTimeField("填报时间", default=clock.now)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = querysets.ReportedQuerySet.as_manager()

    class Meta:
        verbose_name = "手工填报"
        verbose_name_plural = "手工填报"
        ordering = ["unit", "year", "indicator", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "indicator", "version"], name="one_reported_version"
            ),
            models.CheckConstraint(condition=Q(numerator__gte=0), name="reported_not_negative"),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gte=0),
                name="reported_base_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}年 {self.declared.title} 第{self.version}版"

    @property
    def declared(self) -> registry.Indicator:
        """Return the indicator this figure is of."""
        return registry.indicator(self.indicator)

    @property
    def shown(self) -> str:
        """Show the figure with enough digits to be told from the target."""
        value = rules.value_of(self.declared.unit, self.numerator, self.denominator)
        return rules.shown(value, self.declared.unit, self.declared.target(self.year))


def report(unit: Unit, code: str, year: int, *, by: Any, **figure: Any) -> Reported:
    """Add the next version of a figure; the caller has asked whether the person may."""
    indicator = registry.indicator(code)
    newest = Reported.objects.of(unit, year).filter(indicator=code).newest_first().first()
    return Reported.objects.create(
        indicator=indicator.code,
        unit=unit,
        year=year,
        version=newest.version + 1 if newest else 1,
        reported_by=by,
        **figure,
    )
