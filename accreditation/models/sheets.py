"""Hold the sheets of an application: the station's, each assessor's, and the county's result."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models

from accreditation.models.standards import Item, VetoItem
from accreditation.rules.scoring import (
    Deviation,
    Result,
    add_up,
    deviations,
    item_points,
    proposed_points,
)
from audit import clock
from indicators.reading import Reading, sheet

WHO = settings.AUTH_USER_MODEL
APPLICATION = "accreditation.Application"


class SelfScore(models.Model):
    """One item of the station's sheet: the system's points and what the station claims."""

    application = models.ForeignKey(
        APPLICATION, on_delete=models.PROTECT, related_name="self_scores"
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    proposed = models.DecimalField("系统计分", max_digits=5, decimal_places=2, default=Decimal(0))
    reading = models.CharField("指标数值", max_length=200, blank=True)
    claimed = models.DecimalField("自评得分", max_digits=5, decimal_places=2, default=Decimal(0))
    reason = models.CharField("说明", max_length=300, blank=True)
    evidence = models.CharField("佐证目录", max_length=300, blank=True)

    class Meta:
        verbose_name = "自评得分"
        verbose_name_plural = "自评得分"
        ordering = ["application", "item__category__number", "item"]
        constraints = [
            models.UniqueConstraint(fields=["application", "item"], name="one_self_score"),
        ]

    def __str__(self) -> str:
        return f"{self.item.code} {self.claimed}"


class VetoCheck(models.Model):
    """One veto item of a case: what the station declared, assessors reported, county confirmed."""

    application = models.ForeignKey(
        APPLICATION, on_delete=models.PROTECT, related_name="veto_checks"
    )
    veto = models.ForeignKey(VetoItem, on_delete=models.PROTECT, related_name="+")
    is_declared = models.BooleanField("司法所申明存在", default=False)
    reported = models.TextField("评审员反映", blank=True)
    is_confirmed = models.BooleanField("确认存在", default=False)
    # What came to light after the county's score (FQ-17).
    evidence = models.TextField("登记的事实和证据", blank=True)
    recorded_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    recorded_on = models.DateField("登记日期", null=True)
    decision = models.TextField("决定", blank=True)
    decided_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="决定人"
    )
    decided_on = models.DateField("决定日期", null=True)

    class Meta:
        verbose_name = "一票否决核查"
        verbose_name_plural = "一票否决核查"
        ordering = ["application", "veto__number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "veto"], name="one_veto_check"),
        ]

    def __str__(self) -> str:
        return f"{self.veto}"


class AssessorSheet(models.Model):
    """One assessor's sheet, submitted once and by himself (FQ-6)."""

    application = models.ForeignKey(
        APPLICATION, on_delete=models.PROTECT, related_name="assessor_sheets"
    )
    assessor = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="评审员"
    )
    note = models.TextField("总体评价", blank=True)
    submitted_at = models.DateTimeField("提交时间", default=clock.now)

    class Meta:
        verbose_name = "现场评分表"
        verbose_name_plural = "现场评分表"
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "assessor"], name="one_assessor_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.assessor}的现场评分"


class AssessorScore(models.Model):
    """One item of an assessor's sheet: what was observed and the points it gives (FQ-14)."""

    sheet = models.ForeignKey(AssessorSheet, on_delete=models.PROTECT, related_name="scores")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField("观测值", max_digits=12, decimal_places=4)
    points = models.DecimalField("得分", max_digits=5, decimal_places=2)
    remark = models.CharField("扣分原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "现场得分"
        verbose_name_plural = "现场得分"
        ordering = ["sheet", "item__category__number", "item"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="one_assessor_score"),
        ]

    def __str__(self) -> str:
        return f"{self.item.code} {self.points}"


class CountyScore(models.Model):
    """One item of the county's result: agreed by the sheets, or settled with a reason (FQ-6)."""

    application = models.ForeignKey(
        APPLICATION, on_delete=models.PROTECT, related_name="county_scores"
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField("县级得分", max_digits=5, decimal_places=2)
    reason = models.CharField("差异处理理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "县级得分"
        verbose_name_plural = "县级得分"
        ordering = ["application", "item__category__number", "item"]
        constraints = [
            models.UniqueConstraint(fields=["application", "item"], name="one_county_score"),
        ]

    def __str__(self) -> str:
        return f"{self.item.code} {self.points}"


def proposal(item: Item, readings: Mapping[str, Reading]) -> tuple[Decimal, str]:
    """Return the points the item's indicator gives, and the figure in words (FQ-16)."""
    if not item.source:
        return Decimal(0), ""
    reading = readings[item.source]
    shown = f"{reading.source.value}：{reading.shown}（{reading.counted}）"
    return proposed_points(item, reading), shown


class SheetsOfApplication(models.Model):
    """What an application asks of its sheets and writes to them in its acts."""

    class Meta:
        abstract = True

    standard: Any
    unit: Any
    batch_year: int
    appointments: Any
    self_scores: Any
    veto_checks: Any
    assessor_sheets: Any
    county_scores: Any

    def open_sheet(self) -> None:
        """Write a row for every item and veto item; the system proposes points (FQ-16)."""
        readings = self.readings()
        rows = []
        for item in self.standard.items:
            points, shown = proposal(item, readings)
            rows.append(
                SelfScore(
                    application=self, item=item, proposed=points, claimed=points, reading=shown
                )
            )
        SelfScore.objects.bulk_create(rows)
        VetoCheck.objects.bulk_create(
            VetoCheck(application=self, veto=veto) for veto in self.standard.veto_items.all()
        )

    def readings(self) -> dict[str, Reading]:
        """Return the station's indicators of the batch's year by code."""
        return {each.indicator.code: each for each in sheet(self.unit, self.batch_year)}

    def refresh_proposals(self) -> int:
        """Propose anew from the indicators; return how many proposals changed.

        A claim that equalled the old proposal follows; a lowered one stays where it may.
        """
        changed, readings = 0, self.readings()
        for score in self.self_scores.exclude(item__source="").select_related("item"):
            points, shown = proposal(score.item, readings)
            if (points, shown) == (score.proposed, score.reading):
                continue
            follows = score.claimed == score.proposed or score.claimed > points
            score.claimed = points if follows else score.claimed
            score.proposed, score.reading = points, shown
            score.save(update_fields=["proposed", "claimed", "reading"])
            changed += 1
        return changed

    def self_sheet(self) -> "list[SelfScore]":
        """Return the station's sheet in the order of the standard."""
        return list(self.self_scores.select_related("item", "item__category"))

    def self_result(self) -> Result:
        """Add the station's sheet up."""
        points = {score.item_id: score.claimed for score in self.self_scores.all()}
        return self._added_up(points, self.declared_vetoes())

    def declared_vetoes(self) -> list[str]:
        """Return the veto circumstances the station declared."""
        return [
            check.veto.title
            for check in self.veto_checks.filter(is_declared=True).select_related("veto")
        ]

    def confirmed_vetoes(self) -> list[str]:
        """Return the veto circumstances the county confirmed (FQ-17)."""
        return [
            check.veto.title
            for check in self.veto_checks.filter(is_confirmed=True).select_related("veto")
        ]

    def undecided_vetoes(self) -> "list[VetoCheck]":
        """Return the circumstances registered after the score that wait for a decision."""
        found = self.veto_checks.filter(recorded_on__isnull=False, decided_on=None)
        return list(found.select_related("veto"))

    def keep_veto(self, by: Any, on: date, veto: VetoItem, evidence: str) -> None:
        """Store a circumstance that came to light after the score; it counts at once (FQ-17)."""
        VetoCheck.objects.update_or_create(
            application=self, veto=veto,
            defaults={
                "is_confirmed": True, "evidence": evidence, "recorded_by": by, "recorded_on": on,
                "decision": "", "decided_by": None, "decided_on": None,
            },
        )  # fmt: skip

    def decide_vetoes(self, by: Any, on: date, *, stands: bool, decision: str) -> None:
        """Store what was decided on the registered circumstances."""
        self.veto_checks.filter(recorded_on__isnull=False, decided_on=None).update(
            is_confirmed=stands, decision=decision, decided_by=by, decided_on=on
        )

    @property
    def assessor_list(self) -> list[Any]:
        """Return the appointed assessors; the parallel step opens a task for each."""
        standing = self.appointments.filter(ended_on=None).select_related("assessor")
        return [row.assessor for row in standing]

    def ever_assessors(self) -> set[int]:
        """Return the keys of all who are or were assessors of the case."""
        return set(self.appointments.values_list("assessor_id", flat=True))

    def assessors_to_score(self) -> list[Any]:
        """Return the assessors who have not submitted."""
        submitted = set(self.assessor_sheets.values_list("assessor_id", flat=True))
        return [each for each in self.assessor_list if each.pk not in submitted]

    def assessors_without_sheet(self) -> list[str]:
        """Return the names of the assessors who have not submitted."""
        return [each.full_name for each in self.assessors_to_score()]

    def sheet_defects(self, person: Any) -> list[str]:
        """Say why a person cannot hand in a sheet: not appointed, or handed in already."""
        if all(person.pk != each.pk for each in self.assessor_list):
            return ["您不是该件的评审员。"]
        if self.assessor_sheets.filter(assessor=person).exists():
            return ["您已提交评分，不能再次提交。"]
        return []

    def visible_sheets(self, user: Any) -> "list[AssessorSheet]":
        """Return the sheets a person may see: his own, and all once all are in (FQ-6)."""
        sheets = list(
            self.assessor_sheets.select_related("assessor").prefetch_related("scores__item")
        )
        if self.assessors_without_sheet():
            return [sheet for sheet in sheets if sheet.assessor_id == user.pk]
        return sheets

    def keep_sheet(
        self, by: Any, observations: Mapping[int, Decimal], remarks: Mapping[int, str],
        vetoes: Mapping[int, str], note: str,
    ) -> None:  # fmt: skip
        """Store an assessor's sheet; the points follow from what was observed (FQ-14)."""
        sheet = AssessorSheet.objects.create(application=self, assessor=by, note=note)
        AssessorScore.objects.bulk_create(
            AssessorScore(
                sheet=sheet,
                item=item,
                quantity=observations[item.pk],
                points=item_points(item, observations[item.pk]),
                remark=remarks.get(item.pk, ""),
            )
            for item in self.standard.items
        )
        for check in self.veto_checks.filter(veto_id__in=vetoes):
            told = f"{by.full_name}：{vetoes[check.veto_id]}"
            check.reported = f"{check.reported}\n{told}".strip()
            check.save(update_fields=["reported"])

    def points_by_assessor(self) -> dict[str, dict[int, Decimal]]:
        """Return the points of each sheet by item."""
        return {
            sheet.assessor.full_name: {score.item_id: score.points for score in sheet.scores.all()}
            for sheet in self.assessor_sheets.select_related("assessor").prefetch_related("scores")
        }

    def deviations(self) -> list[Deviation]:
        """Return the items on which the assessors differ (FQ-6)."""
        return deviations(self.standard.items, self.points_by_assessor())

    def keep_county_score(
        self, settled: Mapping[int, tuple[Decimal, str]], vetoes: set[int]
    ) -> None:
        """Store the county's result: settled points where sheets differ, the agreed ones else."""
        differing = {deviation.item.pk for deviation in self.deviations()}
        agreed = next(iter(self.points_by_assessor().values()))
        rows = []
        for item in self.standard.items:
            points, reason = settled[item.pk] if item.pk in differing else (agreed[item.pk], "")
            rows.append(CountyScore(application=self, item=item, points=points, reason=reason))
        CountyScore.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["application", "item"],
            update_fields=["points", "reason"],
        )
        self.veto_checks.update(is_confirmed=False)
        self.veto_checks.filter(veto_id__in=vetoes).update(is_confirmed=True)

    def county_result(self) -> Result:
        """Add the county's result up, vetoes included (FQ-15, FQ-17)."""
        points = {score.item_id: score.points for score in self.county_scores.all()}
        return self._added_up(points, self.confirmed_vetoes())

    def _added_up(self, points: Mapping[int, Decimal], vetoes: list[str]) -> Result:
        return add_up(self.standard, self.standard.category_list(), points, vetoes)
