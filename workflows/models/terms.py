"""Hold terms (期限): stored start, length and article, with every stop and extension.

Nothing here counts down. What a term's end is follows from these rows and the calendar;
`due_on` and its companions are the remembered answer, written only by `workflows.terms`.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from audit.clock import PLACE
from workflows.reckoning import Kind, Length, Reckoning, Silence, WorkingDays, reckon


class TermState(models.TextChoices):
    """States of a term; a stopped term is an open one whose clock stands."""

    OPEN = "open", "进行中"
    MET = "met", "按期完成"
    MET_LATE = "met_late", "逾期完成"
    MISSED = "missed", "逾期未完成"
    CANCELLED = "cancelled", "撤销"


class TermQuerySet(models.QuerySet[Any]):
    """Ways of asking for terms."""

    def of_case(self, case: models.Model) -> Self:
        """Keep the terms of one case."""
        return self.filter(content_type=ContentType.objects.get_for_model(case), object_id=case.pk)

    def open(self) -> Self:
        """Keep the terms that still ask for something."""
        return self.filter(state=TermState.OPEN)

    def pressing(self) -> Self:
        """Keep the open terms that can be missed: floors cannot."""
        return self.open().exclude(kind=Kind.FLOOR)

    def overdue(self, on: date) -> Self:
        """Keep the pressing terms that ended before a day, or before a moment for hours."""
        if isinstance(on, datetime):
            day = on.astimezone(PLACE).date()
            return self.pressing().filter(
                Q(due_on__lt=day, due_at=None) | Q(due_at__lt=on, due_at__isnull=False)
            )
        return self.pressing().filter(due_on__lt=on)

    def with_history(self) -> Self:
        """Read the stops and extensions along."""
        return self.prefetch_related(*self.model.HISTORY)

    def marked(self) -> Self:
        """Say of each term whether it has any history, so that most need not be asked for it."""
        stops = TermStop.objects.filter(term=OuterRef("pk"))
        extensions = TermExtension.objects.filter(term=OuterRef("pk"))
        return self.annotate(has_history=Exists(stops) | Exists(extensions))


class Term(models.Model):
    """A term of a case: from when, how long, by which article, and how it ended."""

    HISTORY = ("stops", "extensions")
    State = TermState

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    case = GenericForeignKey("content_type", "object_id")
    code = models.CharField("期限代码", max_length=60)
    title = models.CharField("期限", max_length=60)
    law = models.CharField("依据", max_length=200)
    kind = models.CharField("性质", max_length=12, choices=Kind.choices)
    starts = models.CharField("起算事由", max_length=60)
    silence = models.CharField("逾期效果", max_length=12, choices=Silence.choices)
    length_code = models.CharField("期限长度", max_length=12)
    rolls = models.BooleanField("末日逢休息日顺延", default=True)
    first_day_counts = models.BooleanField("首日计入", default=False)
    by_organ = models.BooleanField("机关义务", default=False)
    most_extensions = models.PositiveSmallIntegerField("延长次数上限", null=True)
    started_on = models.DateField("起算日")
    started_at = models.DateTimeField("起算时刻", null=True)
    state = models.CharField(
        "状态", max_length=12, choices=TermState.choices, default=TermState.OPEN
    )
    met_on = models.DateField("完成日", null=True)
    posted_on = models.DateField("邮戳日", null=True)
    ended_on = models.DateField("终止日", null=True)
    end_reason = models.CharField("终止原因", max_length=200, blank=True)
    due_on = models.DateField("届满日", null=True)
    due_at = models.DateTimeField("届满时刻", null=True)
    is_provisional = models.BooleanField("暂定", default=False)
    edition = models.UUIDField("所依日历", null=True)

    objects = TermQuerySet.as_manager()

    has_history = True
    """Whether there may be stops or extensions; `marked` and the start of a term know better."""

    class Meta:
        verbose_name = "期限"
        verbose_name_plural = "期限"
        ordering = ["started_on", "pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="term_of_case"),
            models.Index(
                fields=["due_on", "id"], condition=Q(state="open"), name="term_open_by_due"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "code"],
                condition=Q(state="open"),
                name="one_open_term_of_a_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.length}）"

    @property
    def length(self) -> Length:
        """Return the length the term was started with."""
        return Length.parse(self.length_code)

    @property
    def is_open(self) -> bool:
        """Tell whether the term still asks for something."""
        return self.state == TermState.OPEN

    @property
    def open_stop(self) -> "TermStop | None":
        """Return the stop that has not ended, if the clock stands."""
        return next((stop for stop in self._all_stops() if stop.to_on is None), None)

    def _all_stops(self) -> "Iterable[TermStop]":
        return self.stops.all() if self.has_history else ()

    def _all_extensions(self) -> "Iterable[TermExtension]":
        return self.extensions.all() if self.has_history else ()

    def reckoning(self, calendar: WorkingDays) -> Reckoning:
        """Derive the end from the stored history (goal: explained, never a counter)."""
        return reckon(
            self.started_at or self.started_on,
            self.length,
            calendar=calendar,
            kind=Kind(self.kind),
            stops=[(stop.from_on, stop.to_on) for stop in self._all_stops()],
            extensions=[Length.parse(extra.length_code) for extra in self._all_extensions()],
            rolls=self.rolls,
            first_day_counts=self.first_day_counts,
            by_organ=self.by_organ,
        )


class TermStop(models.Model):
    """An interval in which the clock of a term stands, with reason and article (WD-15, WD-17)."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="stops")
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True)
    reason = models.CharField("事由", max_length=200)
    law = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "期限中止"
        verbose_name_plural = "期限中止"
        ordering = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["term"], condition=Q(to_on=None), name="one_open_stop"),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="stop_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on}—{self.to_on or ''} {self.reason}"


class TermExtension(models.Model):
    """An extension of a term, counted from its original end (WD-16)."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="extensions")
    length_code = models.CharField("延长", max_length=12)
    reason = models.CharField("事由", max_length=200)
    law = models.CharField("依据", max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="决定人"
    )
    decided_on = models.DateField("决定日")

    class Meta:
        verbose_name = "期限延长"
        verbose_name_plural = "期限延长"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"延长{Length.parse(self.length_code)}：{self.reason}"
