"""Hold who is qualified for a legal profession: the register of reviewers (LR-12)."""

from django.conf import settings
from django.db import models

from audit import clock
from legality_review.querysets import QualificationQuerySet

WHO = settings.AUTH_USER_MODEL


class Qualification(models.Model):
    """That a person is qualified for a legal profession, or is a government lawyer."""

    class Kind(models.TextChoices):
        """Kinds of qualification."""

        BAR = "bar", "国家统一法律职业资格"
        GOVERNMENT_LAWYER = "government_lawyer", "公职律师"

    user = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="qualifications", verbose_name="人员"
    )
    kind = models.CharField("资格", max_length=20, choices=Kind.choices)
    certificate = models.CharField("证书编号", max_length=60)
    obtained_on = models.DateField("取得日期")
    ended_on = models.DateField("失效日期", null=True, blank=True)
    recorded_by = models.ForeignKey(
        WHO, on_delete=models.PROTECT, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    objects = QualificationQuerySet.as_manager()

    class Meta:
        verbose_name = "审查人员资格"
        verbose_name_plural = "审查人员资格"
        ordering = ["user", "obtained_on"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "certificate"], name="one_certificate"),
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.get_kind_display()}"
