"""Hold the one tree of places and the organs on them, and the moves within it."""

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from audit import clock
from permissions.querysets import UnitQuerySet


class UnitKind(models.TextChoices):
    """Kinds of units: places of the plain-government line, and organs on them."""

    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县（市、区）"
    TOWNSHIP = "township", "乡镇"
    STREET = "street", "街道"
    VILLAGE = "village", "村"
    COMMUNITY = "community", "社区"
    BUREAU = "bureau", "司法局"
    SECTION = "section", "科室"
    STATION = "station", "司法所"
    TOWNSHIP_GOVERNMENT = "township_government", "乡镇人民政府（街道办事处）"
    LEGAL_SERVICE_OFFICE = "legal_service_office", "基层法律服务所"


PLACES = frozenset(
    {
        UnitKind.PROVINCE,
        UnitKind.CITY,
        UnitKind.COUNTY,
        UnitKind.TOWNSHIP,
        UnitKind.STREET,
        UnitKind.VILLAGE,
        UnitKind.COMMUNITY,
    }
)


class Unit(models.Model):
    """A unit (机构) in the one tree of places and the organs on them.

    `path` is made of the codes from the root down ("37/3714/371481/"). `reach` is the path of
    the nearest place at or above the unit: an organ works for its place and all below it.
    """

    code = models.CharField(
        "机构代码",
        max_length=24,
        unique=True,
        error_messages={"unique": "该机构代码已被使用。"},
        # No sign that means something in a path or in LIKE; no case that a database might fold.
        validators=[RegexValidator(r"\A[0-9A-Z]+\Z", "机构代码只能用数字和大写英文字母。")],
    )
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=24, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级机构",
    )
    path = models.CharField("路径", max_length=240, unique=True, editable=False)
    reach = models.CharField("辖区路径", max_length=240, editable=False)
    is_active = models.BooleanField("在用", default=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        ordering = ["path"]
        indexes = [models.Index(fields=["reach"], name="unit_reach")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_place(self) -> bool:
        """Tell a place of the government line from an organ."""
        return self.kind in PLACES


class UnitMove(models.Model):
    """One move of a unit in the tree, kept for ever."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="moves")
    old_path = models.CharField("原路径", max_length=240)
    new_path = models.CharField("新路径", max_length=240)
    reason = models.CharField("事由", max_length=200)
    moved_at = models.DateTimeField("时间", default=clock.now)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "机构调整"
        verbose_name_plural = "机构调整"
        ordering = ["-moved_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.unit}：{self.old_path} → {self.new_path}"
