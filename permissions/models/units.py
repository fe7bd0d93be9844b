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

GOVERNMENTS = (UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY)
TOWNSHIPS = (UnitKind.TOWNSHIP, UnitKind.STREET)
PARENTS: dict[str, tuple[str, ...]] = {
    UnitKind.PROVINCE: (),
    UnitKind.CITY: (UnitKind.PROVINCE,),
    UnitKind.COUNTY: (UnitKind.CITY, UnitKind.PROVINCE),  # some counties lie right below the 省
    UnitKind.TOWNSHIP: (UnitKind.COUNTY, UnitKind.CITY),  # a 不设区的市 has no counties
    UnitKind.STREET: (UnitKind.COUNTY, UnitKind.CITY),
    UnitKind.VILLAGE: TOWNSHIPS,
    UnitKind.COMMUNITY: TOWNSHIPS,
    UnitKind.BUREAU: GOVERNMENTS,
    UnitKind.SECTION: (UnitKind.BUREAU,),
    UnitKind.STATION: TOWNSHIPS,
    UnitKind.TOWNSHIP_GOVERNMENT: TOWNSHIPS,
    UnitKind.LEGAL_SERVICE_OFFICE: (*TOWNSHIPS, UnitKind.COUNTY),
}
"""Below which kinds of units a unit may stand; a province is the root and stands below none."""

SUPERVISING = frozenset({UnitKind.BUREAU, UnitKind.SECTION, UnitKind.TOWNSHIP_GOVERNMENT})
"""The organs that work for their whole place; any other works for itself alone."""


class Unit(models.Model):
    """A unit (机构) in the one tree of places and the organs on them.

    `path` is made of the codes from the root down ("37/3714/371481/"). `reach` is the path of
    the nearest place at or above a supervising organ, which works for its place and all below it;
    of a place, a station or a legal-service office it is its own path.
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

    @property
    def is_supervising(self) -> bool:
        """Tell an organ that works for its whole place from one that works for itself."""
        return self.kind in SUPERVISING


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
