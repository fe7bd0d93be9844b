"""Hold the values an office sets for declared parameters, each in force from a day."""

from django.conf import settings
from django.db import models

from audit import clock


class ParameterValue(models.Model):
    """One value of a parameter from a day on, insert-only; the declaration holds the default."""

    key = models.CharField("参数", max_length=80)
    value = models.CharField("取值", max_length=200)
    valid_from = models.DateField("自")
    source = models.CharField("依据", max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        verbose_name = "参数取值"
        verbose_name_plural = "参数取值"
        ordering = ["key", "valid_from", "pk"]
        indexes = [models.Index(fields=["key", "valid_from", "id"], name="parameter_in_force")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}（自{self.valid_from}）"
