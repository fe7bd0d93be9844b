"""Hold a title in the register (FQ-9)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from accreditation import querysets
from accreditation.lifecycle.titles import STANDING, State, TitleLifecycle
from accreditation.models.rechecks import RechecksOfTitle
from accreditation.models.seats import Seats
from accreditation.models.standards import Level, Standard
from accreditation.permissions import TitleVerb
from accreditation.rules import terms as t
from documents.models import Paper
from permissions.models import CaseException
from permissions.roles import Role
from workflows import terms
from workflows.models.notices import Notice

WHO = settings.AUTH_USER_MODEL


class Title(Seats, RechecksOfTitle, TitleLifecycle):
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

    def drop_statement_term(self, on: date) -> None:
        """End the statement's term where it still runs."""
        if terms.is_open(self, t.STATEMENT):
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
