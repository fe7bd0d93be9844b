"""Hold the three-year plan: which station in which year, and the yearly target (FQ-1)."""

from django.db import models
from django.db.models import Q

from indicators.rules import plain
from permissions.models import Unit


class PlanEntry(models.Model):
    """A station's year in the plan (FQ-1); a target, not an application (FQ-2)."""

    station = models.OneToOneField(
        Unit, on_delete=models.PROTECT, related_name="plan_entry", verbose_name="司法所"
    )
    year = models.PositiveSmallIntegerField("计划建成年度")

    class Meta:
        verbose_name = "创建计划"
        verbose_name_plural = "创建计划"
        ordering = ["year", "station__path"]

    def __str__(self) -> str:
        return f"{self.year}年 {self.station}"


class PlanTarget(models.Model):
    """The cumulative share of stations to be named by the end of a year (FQ-1)."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    percent = models.DecimalField("建成率目标（%）", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = "计划目标"
        verbose_name_plural = "计划目标"
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="plan_target_in_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年 {plain(self.percent)}%"
