"""Hold the State Council's holiday arrangements: special days, and which years are announced."""

import uuid

from django.db import models

from audit import clock


class CalendarDay(models.Model):
    """A day that differs from its weekday or has a name; every other day follows its weekday.

    `notice_year` is the year whose arrangement names the day: the notice for one year may move
    days of the last week of the year before (2018-12-29 worked for 2019).
    """

    date = models.DateField("日期", unique=True)
    is_working = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40)
    notice_year = models.PositiveSmallIntegerField("所属年度安排")
    notice_no = models.CharField("文号", max_length=60, blank=True)
    source = models.CharField("来源", max_length=120)

    class Meta:
        verbose_name = "日历特殊日"
        verbose_name_plural = "日历特殊日"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}{'上班' if self.is_working else '放假'}"


class CalendarYear(models.Model):
    """One arrangement of a year, insert-only; of several for one year the latest is in force.

    `edition` names the state of the whole calendar after this arrangement: processes compare
    it to know whether what they remember still holds. It is drawn at random, because a number
    taken by a transaction that was rolled back would come again with another content.
    """

    year = models.PositiveSmallIntegerField("年度")
    announced = models.BooleanField("已公布", default=True)
    notice_no = models.CharField("文号", max_length=60, blank=True)
    source = models.CharField("来源", max_length=120)
    imported_at = models.DateTimeField("导入时间", default=clock.now)
    imported_by = models.CharField("导入人", max_length=40, blank=True)
    edition = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = "年度放假安排"
        verbose_name_plural = "年度放假安排"
        ordering = ["pk"]
        indexes = [models.Index(fields=["year", "id"], name="calendar_year_latest")]

    def __str__(self) -> str:
        return f"{self.year}年放假安排 {self.notice_no}".rstrip()
