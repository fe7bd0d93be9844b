"""Hold the re-checks of a title, each with its sheet, and what a title asks of them (FQ-11)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models

from accreditation.models.standards import Item, VetoItem
from accreditation.rules.scoring import Result, add_up, item_points

WHO = settings.AUTH_USER_MODEL


class Recheck(models.Model):
    """One re-check of a title (FQ-11); its points are the sum of its sheet."""

    class Outcome(models.TextChoices):
        """What was decided on it."""

        MAINTAIN = "maintain", "保持"
        WARN = "warn", "警告整改"
        REVOKE = "revoke", "提请撤销"

    title = models.ForeignKey(
        "accreditation.Title", on_delete=models.PROTECT, related_name="rechecks"
    )
    started_on = models.DateField("启动日期")
    occasion = models.CharField("事由", max_length=200)
    after_warning = models.BooleanField("警告整改后", default=False)
    points = models.DecimalField("复核得分", max_digits=6, decimal_places=2, null=True)
    bonus = models.DecimalField("复核加分", max_digits=6, decimal_places=2, null=True)
    veto = models.ForeignKey(
        VetoItem, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="否决情形"
    )
    finding = models.TextField("复核情况", blank=True)
    recorded_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    recorded_on = models.DateField("登记日期", null=True)
    outcome = models.CharField("决定", max_length=12, choices=Outcome.choices, blank=True)
    decided_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="决定人"
    )
    decided_on = models.DateField("决定日期", null=True)

    class Meta:
        verbose_name = "复核"
        verbose_name_plural = "复核"
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return f"{self.started_on} {self.occasion}"

    def result(self) -> Result:
        """Add the sheet up against the title's standard, the veto included (FQ-15, FQ-17)."""
        standard = self.title.standard
        points = dict(self.scores.values_list("item_id", "points"))
        vetoes = [self.veto.title] if self.veto else []
        return add_up(standard, standard.category_list(), points, vetoes)


class RecheckScore(models.Model):
    """One item of the sheet of a re-check: what was observed and the points it gives (FQ-14)."""

    recheck = models.ForeignKey(Recheck, on_delete=models.PROTECT, related_name="scores")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField("观测值", max_digits=12, decimal_places=4)
    points = models.DecimalField("得分", max_digits=5, decimal_places=2)
    remark = models.CharField("扣分原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "复核逐项得分"
        verbose_name_plural = "复核逐项得分"
        ordering = ["recheck", "item__category__number", "item"]
        constraints = [
            models.UniqueConstraint(fields=["recheck", "item"], name="one_recheck_score"),
        ]

    def __str__(self) -> str:
        return f"{self.item.code} {self.points}"


class RechecksOfTitle(models.Model):
    """What a title asks of its re-checks and writes to them in its acts."""

    class Meta:
        abstract = True

    standard: Any
    rechecks: Any

    @property
    def current_recheck(self) -> Recheck | None:
        """Return the newest re-check."""
        newest: Recheck | None = self.rechecks.last() if self.pk else None
        return newest

    @property
    def is_being_rechecked(self) -> bool:
        """Tell whether a re-check waits for its result; the flow asks."""
        recheck = self.current_recheck
        return recheck is not None and recheck.points is None

    @property
    def recheck_points(self) -> Decimal | None:
        """Return the points of the re-check under way."""
        recheck = self.current_recheck
        return recheck.points if recheck else None

    @property
    def recheck_veto(self) -> VetoItem | None:
        """Return the veto circumstance that the re-check under way found."""
        recheck = self.current_recheck
        return recheck.veto if recheck else None

    @property
    def is_after_warning(self) -> bool:
        """Tell whether the re-check under way follows a warning."""
        recheck = self.current_recheck
        return recheck is not None and recheck.after_warning

    def recheck_result(self) -> Result:
        """Add up the sheet of the re-check under way."""
        recheck = self.current_recheck
        return recheck.result() if recheck else add_up(self.standard, [], {})

    def open_recheck(self, on: date, *, occasion: str, after_warning: bool = False) -> None:
        """Add a re-check."""
        Recheck.objects.create(
            title=self, started_on=on, occasion=occasion, after_warning=after_warning
        )

    def keep_recheck(
        self, by: Any, on: date, *, observations: Mapping[int, Decimal],
        remarks: Mapping[int, str], finding: str, veto: VetoItem | None,
    ) -> None:  # fmt: skip
        """Store the sheet of the re-check under way; points follow from what was observed."""
        recheck = self.rechecks.last()
        RecheckScore.objects.bulk_create(
            RecheckScore(
                recheck=recheck,
                item=item,
                quantity=observations[item.pk],
                points=item_points(item, observations[item.pk]),
                remark=remarks.get(item.pk, ""),
            )
            for item in self.standard.items
        )
        recheck.veto, recheck.finding = veto, finding
        recheck.recorded_by, recheck.recorded_on = by, on
        result = recheck.result()
        recheck.points, recheck.bonus = result.total, result.bonus
        recheck.save()

    def close_recheck(self, by: Any, on: date, outcome: str) -> None:
        """Store what was decided on the re-check under way."""
        self.rechecks.filter(pk=self.rechecks.last().pk).update(
            outcome=outcome, decided_by=by, decided_on=on
        )
