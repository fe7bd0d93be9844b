"""Hold an application for the title and what belongs to it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accreditation.lifecycle.applications import ApplicationLifecycle
from accreditation.lifecycle.states import State
from accreditation.models.objections import ObjectionsOfApplication
from accreditation.models.seats import Seats
from accreditation.models.sheets import SheetsOfApplication
from accreditation.models.standards import Level, Standard
from accreditation.models.titles import Title
from accreditation.permissions import ApplicationVerb
from accreditation.rules import applications as rules
from accreditation.rules import standards
from accreditation.rules import terms as t
from documents.models import StoredFile
from permissions.models import CaseException, Post, Unit
from permissions.policy import may
from permissions.roles import STATION_ROLES, Role
from workflows import terms
from workflows.models.notices import Notice

WHO = settings.AUTH_USER_MODEL


class Application(Seats, SheetsOfApplication, ObjectionsOfApplication, ApplicationLifecycle):
    """An application (创建申报) of one station for one year and level, from plan to naming."""

    standard = models.ForeignKey(
        Standard, on_delete=models.PROTECT, related_name="applications", verbose_name="创建标准"
    )
    batch_year = models.PositiveSmallIntegerField("批次年度")
    # What the station declares (FQ-4) and reports.
    on_staffing_list = models.BooleanField("列入机构编制名册", default=False)
    has_mediation_room = models.BooleanField("人民调解功能区", default=False)
    has_correction_room = models.BooleanField("社区矫正功能区", default=False)
    has_assistance_room = models.BooleanField("安置帮教功能区", default=False)
    has_service_room = models.BooleanField("法律服务功能区", default=False)
    is_street_facing = models.BooleanField("沿街落地", default=False)
    has_unified_exterior = models.BooleanField("外观标识统一", default=False)
    summary = models.TextField("自评综述", blank=True)
    self_total = models.DecimalField("自评得分", max_digits=6, decimal_places=2, null=True)
    self_bonus = models.DecimalField("自评加分", max_digits=6, decimal_places=2, null=True)
    # The township's opinion (FQ-3).
    township_agrees = models.BooleanField("乡镇（街道）同意", null=True)
    township_opinion = models.TextField("乡镇（街道）意见", blank=True)
    township_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="乡镇签署人"
    )
    township_on = models.DateField("乡镇签署日期", null=True)
    # The county stage (FQ-5, FQ-6).
    applied_on = models.DateField("申报日期", null=True)
    supplement_asked_on = models.DateField("告知补正日期", null=True)
    defects = models.TextField("补正内容", blank=True)
    supplement = models.TextField("补正说明", blank=True)
    resumes_directly = models.BooleanField("改后直达", default=False, editable=False)
    accepted_on = models.DateField("受理日期", null=True)
    assessors = models.ManyToManyField(
        WHO,
        through="accreditation.Appointment",
        through_fields=("application", "assessor"),
        related_name="+",
        verbose_name="评审员",
    )
    county_total = models.DecimalField("县级得分", max_digits=6, decimal_places=2, null=True)
    county_bonus = models.DecimalField("县级加分", max_digits=6, decimal_places=2, null=True)
    confirmed_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="得分确认人"
    )
    confirmed_on = models.DateField("得分确认日期", null=True)
    meeting = models.CharField("党组会议", max_length=120, blank=True)
    decision = models.TextField("党组决定", blank=True)
    decided_on = models.DateField("党组决定日期", null=True)
    # Publicity (FQ-8).
    publicity_level = models.CharField("公示级别", max_length=8, blank=True)
    publicity_place = models.CharField("公示方式", max_length=200, blank=True)
    published_on = models.DateField("公示日期", null=True)
    investigated_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="异议核查人"
    )
    veto_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="否决情形登记人"
    )
    # The city stage (FQ-7).
    reported_on = models.DateField("上报日期", null=True)
    round = models.PositiveSmallIntegerField("验收轮次", default=0)
    inspected_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="验收审核人"
    )
    requirements = models.TextField("整改要求", blank=True)
    rectification = models.TextField("整改情况", blank=True)
    city_accepted_on = models.DateField("验收合格日期", null=True)
    # The end (FQ-9).
    named_on = models.DateField("命名日期", null=True)
    plaque_number = models.CharField("牌匾编号", max_length=60, blank=True)
    end_reason = models.TextField("终结原因", blank=True)

    class Meta:
        verbose_name = "创建申报"
        verbose_name_plural = "创建申报"
        ordering = ["-opened_on", "-pk"]
        permissions = ApplicationVerb.for_model("application")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(closed_on=None), name="one_open_application"
            ),
        ]

    @property
    def level(self) -> str:
        """Return the level applied for."""
        return str(self.standard.level)

    @property
    def level_label(self) -> str:
        """Return the level in Chinese."""
        return str(Level(self.level).label)

    @property
    def is_supported_by_township(self) -> bool:
        """Tell whether the township agreed; the flow asks."""
        return self.township_agrees is True

    @property
    def is_accepted(self) -> bool:
        """Tell whether the county took the application up; the flow asks."""
        return self.accepted_on is not None

    @property
    def is_awaiting_supplement(self) -> bool:
        """Tell whether the station is to supplement."""
        return self.state == State.SUPPLEMENT

    @property
    def is_checked_late(self) -> bool:
        """Tell whether the formal check was over before the defects were told."""
        return not terms.is_open(self, t.FORMAL_CHECK)

    @property
    def takes_materials(self) -> bool:
        """Tell whether files may still change: not once the township has spoken on them (FQ-5)."""
        if self.state == State.TOWNSHIP_OPINION:
            return self.township_agrees is None
        return self.state in {State.SELF_ASSESSING, State.SUPPLEMENT}

    @property
    def is_accepted_by_city(self) -> bool:
        """Tell whether the city's acceptance was passed; the flow asks."""
        return self.city_accepted_on is not None

    def lock_station(self) -> None:
        """Let two who open an application of one station at once go one after the other."""
        Unit.objects.select_for_update().get(pk=self.unit_id)

    def open_applications(self) -> list[str]:
        """Return the numbers of the station's open applications, this one left out."""
        others = Application.objects.open().filter(unit=self.unit).exclude(pk=self.pk)
        return list(others.values_list("number", flat=True))

    def holds_title(self, level: str) -> bool:
        """Tell whether the station holds a standing title of that level (FQ-9)."""
        return Title.objects.standing().filter(unit=self.unit, level=level).exists()

    def last_revocation(self) -> date | None:
        """Return the day of the station's last revoked title of this level."""
        revoked = Title.objects.revoked().filter(unit=self.unit, level=self.level)
        newest: date | None = revoked.aggregate(newest=models.Max("revoked_on"))["newest"]
        return newest

    def standard_defects(self) -> list[str]:
        """Return what the standard lacks."""
        standard = self.standard
        return standards.defects(
            standard, standard.category_list(), list(standard.veto_items.all())
        )

    def materials(self) -> "models.QuerySet[StoredFile]":
        """Return the files of the case that stand for a material."""
        return StoredFile.objects.of(self).standing().exclude(slot="")

    def material_slots(self) -> set[str]:
        """Return the materials that are there (FQ-5)."""
        return set(self.materials().values_list("slot", flat=True))

    def attached_people(self) -> set[int]:
        """Return the people who hold or held a post at the station (FQ-6)."""
        posts = Post.objects.filter(unit=self.unit, role__in=STATION_ROLES)
        return set(posts.values_list("user_id", flat=True))

    def unfit_assessors(self, people: Iterable[Any], on: date) -> list[str]:
        """Say who may not score this case at all: no such post, or recused."""
        return [
            f"{person.full_name}不能担任该件评审员：{answer.reason}"
            for person in people
            if not (answer := may(person, ApplicationVerb.SCORE, self, on))
        ]

    def keep_replacement(self, on: date, leaving: Any, successor: Any, reason: str) -> None:
        """Store that one assessor took the place of another; both stay on record (FQ-6)."""
        self.appointments.filter(assessor=leaving).update(
            ended_on=on, end_reason=reason, successor=successor
        )
        Appointment.objects.create(application=self, assessor=successor)

    def tell(self, role: Role, unit: Unit, text: str) -> None:
        """Send a notice to a post."""
        Notice.objects.create(role=role, unit=unit, case=self, text=f"{self.title}：{text}")

    @property
    def current_inspection(self) -> "Inspection | None":
        """Return the city's inspection of the present round."""
        return self.inspections.filter(round=self.round).first()

    def keep_inspection(self, by: Any, on: date, findings: Mapping[str, Any]) -> None:
        """Store the inspection of the present round (FQ-7)."""
        Inspection.objects.create(
            application=self, round=self.round, inspected_by=by, inspected_on=on, **findings
        )

    def entry_conditions(self) -> list[tuple[str, bool]]:
        """Return the entry conditions with what the station declared (FQ-4)."""
        return [(label, getattr(self, name)) for name, label in rules.ENTRY.items()]


class ApplicationException(CaseException):
    """A dated exception (协办、查阅) on one application."""

    content_object = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="exceptions"
    )

    class Meta(CaseException.Meta):
        verbose_name = "创建申报例外授权"
        verbose_name_plural = "创建申报例外授权"


class Appointment(models.Model):
    """That a person assesses an application on site (FQ-6)."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="appointments"
    )
    assessor = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="评审员"
    )
    ended_on = models.DateField("更换日期", null=True)
    end_reason = models.CharField("更换原因", max_length=300, blank=True)
    successor = models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="接替人"
    )

    class Meta:
        verbose_name = "评审员指派"
        verbose_name_plural = "评审员指派"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"], name="one_appointment_of_assessor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor}"


class Inspection(models.Model):
    """The city's acceptance inspection of one round (FQ-7)."""

    class Proposal(models.TextChoices):
        """What the reviewer proposes."""

        PASS = "pass", "合格"
        CONDITIONAL = "conditional", "限期整改"
        FAIL = "fail", "不合格"

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="inspections"
    )
    round = models.PositiveSmallIntegerField("轮次")
    file_review = models.TextField("档案审查情况")
    site_visit = models.TextField("实地查看情况")
    interviews = models.TextField("座谈走访情况")
    satisfaction_percent = models.DecimalField("满意度（%）", max_digits=5, decimal_places=2)
    proposal = models.CharField("验收建议", max_length=12, choices=Proposal.choices)
    problems = models.TextField("发现的问题", blank=True)
    inspected_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="验收审核人"
    )
    inspected_on = models.DateField("验收日期")

    class Meta:
        verbose_name = "市级验收"
        verbose_name_plural = "市级验收"
        ordering = ["application", "round"]
        constraints = [
            models.UniqueConstraint(fields=["application", "round"], name="one_inspection_a_round"),
            models.CheckConstraint(
                condition=Q(satisfaction_percent__gte=0, satisfaction_percent__lte=100),
                name="satisfaction_in_100",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.round}次验收：{self.get_proposal_display()}"
