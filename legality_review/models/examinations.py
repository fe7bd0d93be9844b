"""Hold what reviewers and counsel find, and what the drafter answers (LR-14, LR-18, LR-21)."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from audit import clock
from legality_review.rules.adoption import Adopted
from legality_review.rules.findings import Item, Verdicts, item, items_of

WHO = settings.AUTH_USER_MODEL


class Level(models.TextChoices):
    """Who examines: the station first, the county second (LR-12)."""

    STATION = "station", "司法所"
    COUNTY = "county", "县级"


class Finding(models.Model):
    """What was found on one item in one round at one level (LR-18)."""

    review = models.ForeignKey(
        "legality_review.Review", on_delete=models.PROTECT, related_name="findings"
    )
    round = models.PositiveSmallIntegerField("轮次")
    level = models.CharField("审查层级", max_length=8, choices=Level.choices)
    item = models.CharField("审查项目", max_length=8)
    verdict = models.CharField("审查发现", max_length=16, choices=Verdicts.choices)
    note = models.TextField("说明", blank=True)
    found_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="审查人"
    )
    found_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "审查发现"
        verbose_name_plural = "审查发现"
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "round", "level", "item"], name="one_finding_an_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked.title}：{self.get_verdict_display()}"

    @property
    def asked(self) -> Item:
        """Return the item that was examined."""
        return item(self.item)

    @property
    def is_fault(self) -> bool:
        """Tell whether something is wrong with the item."""
        return self.verdict not in {Verdicts.FINE, Verdicts.NOT_APPLICABLE}

    @property
    def examination(self) -> str:
        """Return in which round and at which level it was found."""
        return f"第{self.round}轮，{self.get_level_display()}"


class Advice(models.Model):
    """One piece of advice on a clause, and what the drafter does with it (LR-20, LR-21)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(
        "legality_review.Review", on_delete=models.PROTECT, related_name="all_advice"
    )
    round = models.PositiveSmallIntegerField("轮次")
    level = models.CharField("审查层级", max_length=8, choices=Level.choices)
    clause = models.CharField("条款", max_length=60)
    quoted = models.TextField("原文", blank=True)
    problem = models.TextField("存在的问题")
    basis = models.CharField("法律依据", max_length=300)
    suggestion = models.TextField("修改意见")
    given_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="审查人"
    )
    given_at = models.DateTimeField("时间", default=clock.now)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, editable=False)
    adopted = models.CharField("采纳情况", max_length=8, choices=Adopted.choices, blank=True)
    answer = models.TextField("理由", blank=True)
    answered_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    answered_on = models.DateField("答复日期", null=True)

    class Meta:
        verbose_name = "修改意见"
        verbose_name_plural = "修改意见"
        ordering = ["pk"]
        indexes = [models.Index(fields=["review", "round"], name="advice_of_round")]

    def __str__(self) -> str:
        return f"{self.clause}：{self.suggestion}"


class CounselOpinion(models.Model):
    """What counsel or a government lawyer said in one round (LR-14)."""

    review = models.ForeignKey(
        "legality_review.Review", on_delete=models.PROTECT, related_name="counsel_opinions"
    )
    round = models.PositiveSmallIntegerField("轮次")
    text = models.TextField("法律顾问意见")
    given_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="法律顾问"
    )
    given_on = models.DateField("日期")
    withdrawn_at = models.DateTimeField("收回时间", null=True)

    class Meta:
        verbose_name = "法律顾问意见"
        verbose_name_plural = "法律顾问意见"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.given_by}：{self.text}"


class ExaminationsOfReview:
    """What a matter asks of its findings, advice and counsel."""

    round: int
    matter: str
    is_at_county: bool
    findings: Any
    all_advice: Any
    counsel_opinions: Any

    @property
    def level(self) -> str:
        """Return the level at which the matter is examined now."""
        return Level.COUNTY if self.is_at_county else Level.STATION

    def current_findings(self) -> Any:
        """Return the findings of this round at this level."""
        return self.findings.filter(round=self.round, level=self.level)

    def items_without_finding(self) -> list[Item]:
        """Return the items that are still blank (LR-18)."""
        known = set(self.current_findings().values_list("item", flat=True))
        return [each for each in items_of(self.matter) if each.code not in known]

    def items_found(self, verdict: str) -> list[str]:
        """Return the codes of the items on which this was found."""
        found = self.current_findings().filter(verdict=verdict)
        return list(found.values_list("item", flat=True))

    def findings_of_procedure(self) -> list[str]:
        """Return the items on which a compulsory step was found to lack (LR-10)."""
        return self.items_found(Verdicts.PROCEDURE)

    def keep_finding(self, by: Any, code: str, verdict: str, note: str) -> None:
        """Store what was found on an item, in place of what this level had found before."""
        self.findings.update_or_create(
            round=self.round, level=self.level, item=code,
            defaults={
                "verdict": verdict, "note": note, "found_by": by, "found_at": clock.now(),
            },
        )  # fmt: skip

    @property
    def advice(self) -> Any:
        """Return the advice of this round that stands."""
        return self.all_advice.filter(round=self.round, withdrawn_at=None)

    def keep_answers(self, by: Any, on: date, answers: Mapping[int, tuple[str, str]]) -> None:
        """Store what the drafter does with each piece of advice, and why (LR-21)."""
        for advice in self.advice:
            advice.adopted, advice.answer = answers[advice.pk]
            advice.answered_by, advice.answered_on = by, on
            advice.save(update_fields=["adopted", "answer", "answered_by", "answered_on"])

    def keep_counsel_opinion(self, by: Any, on: date, text: str) -> None:
        """Store the opinion of counsel in this round (LR-14)."""
        self.counsel_opinions.create(round=self.round, text=text, given_by=by, given_on=on)

    def withdraw_counsel_opinion(self, given_by: Any) -> None:
        """Note that a counsel took his opinion of this round back; it stays on record."""
        self.standing_counsel_opinions.filter(given_by=given_by).update(withdrawn_at=clock.now())

    @property
    def standing_counsel_opinions(self) -> Any:
        """Return the opinions of counsel in this round that were not taken back (LR-14)."""
        return self.counsel_opinions.filter(round=self.round, withdrawn_at=None)

    @property
    def has_counsel_opinion(self) -> bool:
        """Tell whether counsel gave an opinion in this round (LR-14)."""
        return bool(self.standing_counsel_opinions.exists())
