"""Hold a title in the register, and its re-checks."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accreditation import querysets
from accreditation.lifecycle.titles import STANDING, State, TitleLifecycle
from accreditation.models.seats import Seats
from accreditation.models.standards import Level, Standard, VetoItem
from accreditation.permissions import TitleVerb
from accreditation.rules import terms as t
from documents.models import Paper
from permissions.models import CaseException
from permissions.roles import Role
from workflows import terms
from workflows.models.notices import Notice

WHO = settings.AUTH_USER_MODEL


class Title(Seats, TitleLifecycle):
    """The title 枫桥式司法所 of a station, a line of the register (称号名册, FQ-9)."""

    application = models.OneToOneField(
        "accreditation.Application", on_delete=models.PROTECT, related_name="conferred",
        verbose_name="创建申报",
    )  # fmt: skip
    standard = models.ForeignKey(
        Standard, on_delete=models.PROTECT, related_name="titles", verbose_name="创建标准"
    )
    level = models.CharField("级别", max_length=12, choices=Level.choices)
    batch_year = models.PositiveSmallIntegerField("批次年度")
    plaque_number = models.CharField("牌匾编号", max_length=60)
    valid_from = models.DateField("称号有效自")
    last_checked_on = models.DateField("最近命名或复核日期")
    rechecked_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="复核登记人"
    )
    requirements = models.TextField("整改要求", blank=True)
    rectification = models.TextField("整改情况", blank=True)
    grounds = models.TextField("提请撤销理由", blank=True)
    proposed_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="提请撤销人"
    )
    statement = models.TextField("陈述申辩", blank=True)
    stated_on = models.DateField("陈述申辩日期", null=True)
    revocation_decision = models.TextField("撤销（不予撤销）理由", blank=True)
    revoked_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="撤销决定人"
    )
    revoked_on = models.DateField("撤销日期", null=True)
    appeal_until = models.DateField("申诉期限届满日", null=True)
    appeal_grounds = models.TextField("申诉理由", blank=True)
    appealed_on = models.DateField("申诉日期", null=True)
    appeal_decision = models.TextField("申诉复查结论", blank=True)
    appeal_decided_on = models.DateField("申诉复查日期", null=True)
    cancel_reason = models.TextField("注销原因", blank=True)
    cancelled_on = models.DateField("注销日期", null=True)
    plaque_to_return = models.BooleanField("牌匾待交回", default=False)
    plaque_returned_on = models.DateField("牌匾交回日期", null=True)

    objects = querysets.TitleQuerySet.as_manager()

    class Meta:
        verbose_name = "枫桥式司法所称号"
        verbose_name_plural = "枫桥式司法所称号"
        ordering = ["-valid_from", "-pk"]
        permissions = TitleVerb.for_model("title")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "level"], condition=Q(closed_on=None), name="one_standing_title"
            ),
        ]

    @property
    def pass_line(self) -> Decimal:
        """Return the points a re-check must reach."""
        return self.standard.pass_line

    @property
    def document_number(self) -> str:
        """Return the number of the naming document (FQ-9)."""
        naming = Paper.objects.of(self.application).filter(kind="accreditation.naming_document")
        paper = naming.select_related("number").first()
        return paper.number.text if paper and paper.number else ""

    @property
    def is_standing(self) -> bool:
        """Tell whether the station bears the title."""
        return self.state in STANDING

    @property
    def is_warned(self) -> bool:
        """Tell whether the station is to rectify; the flow asks."""
        return self.state == State.WARNED

    @property
    def is_revocation_proposed(self) -> bool:
        """Tell whether a revocation waits for its decision; the flow asks."""
        return self.state == State.REVOCATION_PROPOSED

    @property
    def is_under_appeal(self) -> bool:
        """Tell whether an appeal waits for its decision; the flow asks."""
        return self.appealed_on is not None and self.appeal_decided_on is None

    @property
    def is_over(self) -> bool:
        """Tell whether the title has ended; the flow asks."""
        return self.is_closed

    @property
    def current_recheck(self) -> "Recheck | None":
        """Return the newest re-check."""
        return self.rechecks.last() if self.pk else None

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
    def recheck_passes(self) -> bool:
        """Tell whether the re-check reaches the pass line without a veto (FQ-11, FQ-17)."""
        points = self.recheck_points
        return points is not None and points >= self.pass_line and self.recheck_veto is None

    @property
    def is_after_warning(self) -> bool:
        """Tell whether the re-check under way follows a warning."""
        recheck = self.current_recheck
        return recheck is not None and recheck.after_warning

    def open_recheck(self, on: date, *, occasion: str, after_warning: bool = False) -> None:
        """Add a re-check."""
        Recheck.objects.create(
            title=self, started_on=on, occasion=occasion, after_warning=after_warning
        )

    def keep_recheck(
        self, by: Any, on: date, *, points: Decimal, finding: str, veto: VetoItem | None
    ) -> None:
        """Store the result of the re-check under way."""
        self.rechecks.filter(pk=self.rechecks.last().pk).update(
            points=points, finding=finding, veto=veto, recorded_by=by, recorded_on=on
        )

    def close_recheck(self, by: Any, on: date, outcome: str) -> None:
        """Store what was decided on the re-check under way."""
        self.rechecks.filter(pk=self.rechecks.last().pk).update(
            outcome=outcome, decided_by=by, decided_on=on
        )

    def drop_statement_term(self, on: date) -> None:
        """End the statement's term where it still runs."""
        term = terms.latest(self, t.STATEMENT)
        if term is not None and term.is_open:
            terms.cancel(self, t.STATEMENT, on, reason="决定不予撤销")

    def tell_station(self, text: str) -> None:
        """Send a notice to the chief's post at the station."""
        Notice.objects.create(
            role=Role.STATION_CHIEF, unit=self.unit, case=self, text=f"{self.title}：{text}"
        )


class TitleException(CaseException):
    """A dated exception (协办、查阅) on one title."""

    content_object = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="exceptions")

    class Meta(CaseException.Meta):
        verbose_name = "称号例外授权"
        verbose_name_plural = "称号例外授权"


class Recheck(models.Model):
    """One re-check of a title (FQ-11)."""

    class Outcome(models.TextChoices):
        """What was decided on it."""

        MAINTAIN = "maintain", "保持"
        WARN = "warn", "警告整改"
        REVOKE = "revoke", "提请撤销"

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="rechecks")
    started_on = models.DateField("启动日期")
    occasion = models.CharField("事由", max_length=200)
    after_warning = models.BooleanField("警告整改后", default=False)
    points = models.DecimalField("复核得分", max_digits=6, decimal_places=2, null=True)
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
