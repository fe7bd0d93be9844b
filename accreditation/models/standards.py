"""Hold the standards: categories, items and veto items of a year, frozen once a case uses them."""

import uuid
from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from accreditation import querysets
from accreditation.rules.scoring import Mode
from audit import clock
from indicators.rules import plain


class Level(models.TextChoices):
    """Levels of the title (FQ-9)."""

    COUNTY = "county", "县级"
    MUNICIPAL = "municipal", "市级"
    PROVINCIAL = "provincial", "省级"
    NATIONAL = "national", "国家级"


class EvidenceKind(models.TextChoices):
    """How an item is proved (FQ-14)."""

    LEDGER = "台账", "台账"
    ON_SITE = "实地查看", "实地查看"
    SYSTEM = "系统数据", "系统数据"
    INTERVIEW = "座谈", "座谈"


class Standard(models.Model):
    """A scoring standard (创建标准) of a level and year.

    A draft is edited freely; from the moment a case uses it, a database trigger refuses changes,
    and work goes on in a copy.
    """

    name = models.CharField("名称", max_length=80)
    year = models.PositiveSmallIntegerField("年度")
    level = models.CharField("级别", max_length=12, choices=Level.choices)
    version = models.PositiveSmallIntegerField("版次", default=1)
    pass_line = models.DecimalField(
        "合格线（分）", max_digits=5, decimal_places=2, default=Decimal(90)
    )
    category_floor_percent = models.DecimalField(
        "各类最低得分率（%）", max_digits=5, decimal_places=2, default=Decimal(60)
    )
    valid_from = models.DateField("启用日期")
    basis = models.TextField("依据")
    frozen_at = models.DateTimeField("锁定时间", null=True, blank=True, editable=False)
    copied_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name="复制自",
        editable=False,
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = querysets.StandardQuerySet.as_manager()

    class Meta:
        verbose_name = "创建标准"
        verbose_name_plural = "创建标准"
        ordering = ["-year", "level", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "level", "version"], name="one_standard_version"
            ),
            models.CheckConstraint(
                condition=Q(pass_line__gte=0, pass_line__lte=100), name="pass_line_in_100"
            ),
            models.CheckConstraint(
                condition=Q(category_floor_percent__gte=0, category_floor_percent__lte=100),
                name="category_floor_in_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.year}年{self.get_level_display()}第{self.version}版）"

    @property
    def is_draft(self) -> bool:
        """Tell whether the standard may still be edited."""
        return self.frozen_at is None

    @property
    def state_label(self) -> str:
        """Say the standard's condition in Chinese."""
        return "草案" if self.is_draft else "已锁定"

    @property
    def items(self) -> "models.QuerySet[Item]":
        """Return all items in their order."""
        return Item.objects.filter(category__standard=self).select_related("category")

    def category_list(self) -> "list[Category]":
        """Return the categories with their items in `item_list`, in two statements."""
        return list(self.categories.prefetch_related(models.Prefetch("items", to_attr="item_list")))

    def freeze(self) -> None:
        """Close the standard for ever; a case uses it now (FQ-14)."""
        now = clock.now()
        if Standard.objects.filter(pk=self.pk, frozen_at=None).update(frozen_at=now):
            self.frozen_at = now


class Category(models.Model):
    """A category of a standard: one task of the plan with its maximum (FQ-15)."""

    standard = models.ForeignKey(
        Standard, on_delete=models.CASCADE, related_name="categories", verbose_name="标准"
    )
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("类别", max_length=60)
    points = models.DecimalField(
        "分值", max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )

    class Meta:
        verbose_name = "类别"
        verbose_name_plural = "类别"
        ordering = ["standard", "number"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="one_category_number"),
            models.CheckConstraint(condition=Q(points__gt=0), name="category_points_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}（{plain(self.points)}分）"


class Item(models.Model):
    """A scored item (FQ-14): what is required, how it is scored and how it is proved."""

    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="items", verbose_name="类别"
    )
    code = models.CharField("项目编号", max_length=12)
    title = models.CharField("项目", max_length=60)
    requirement = models.TextField("要求")
    max_points = models.DecimalField(
        "分值", max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    mode = models.CharField("计分方式", max_length=16, choices=Mode.choices)
    per_unit = models.DecimalField(
        "每缺（发现）一项扣分", max_digits=5, decimal_places=2, default=Decimal(0)
    )
    floor = models.DecimalField("扣分下限", max_digits=5, decimal_places=2, default=Decimal(0))
    thresholds = models.JSONField("分档（数值, 得分）", default=list, blank=True)
    evidence_kinds = models.JSONField("取证方式", default=list)
    source = models.CharField("指标代码", max_length=60, blank=True)
    basis = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = "评分项目"
        verbose_name_plural = "评分项目"
        ordering = ["category__standard", "category__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["category", "code"], name="one_item_code"),
            models.CheckConstraint(condition=Q(max_points__gt=0), name="item_points_positive"),
            models.CheckConstraint(
                condition=Q(floor__gte=0, floor__lte=models.F("max_points")),
                name="item_floor_within",
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.DEDUCT_PER_UNIT) | Q(per_unit__gt=0),
                name="item_deduction_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def evidence(self) -> str:
        """Return the kinds of proof as one text."""
        return "、".join(self.evidence_kinds)

    @property
    def method(self) -> str:
        """Say in Chinese how the item is scored."""
        points = plain(self.max_points)
        if self.mode == Mode.DEDUCT_PER_UNIT:
            floor = f"，最低{plain(self.floor)}分" if self.floor else "，扣完为止"
            return f"共{points}分，每缺（发现）一项扣{plain(self.per_unit)}分{floor}"
        if self.mode == Mode.TIERED:
            tiers = "；".join(f"达{threshold}得{given}分" for threshold, given in self.thresholds)
            return f"共{points}分，{tiers}；不足最低档不得分"
        if self.mode == Mode.BONUS:
            return f"加分项，最多{points}分，不计入100分"
        return f"达标得{points}分，不达标不得分"


class VetoItem(models.Model):
    """A circumstance that fails a case whatever its points (一票否决, FQ-17)."""

    standard = models.ForeignKey(
        Standard, on_delete=models.CASCADE, related_name="veto_items", verbose_name="标准"
    )
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("否决情形", max_length=120)
    requirement = models.TextField("认定口径")
    lookback_years = models.PositiveSmallIntegerField("回溯年限", default=2)
    basis = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = "一票否决情形"
        verbose_name_plural = "一票否决情形"
        ordering = ["standard", "number"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="one_veto_number"),
        ]

    def __str__(self) -> str:
        return self.title


def copy_standard(standard: Standard, **changes: Any) -> Standard:
    """Copy a standard with all its parts as the next draft version, and return the draft."""
    year, level = changes.get("year", standard.year), changes.get("level", standard.level)
    draft = Standard.objects.create(
        **{
            "name": standard.name,
            "pass_line": standard.pass_line,
            "category_floor_percent": standard.category_floor_percent,
            "valid_from": standard.valid_from,
            "basis": standard.basis,
            **changes,
            "year": year,
            "level": level,
            "version": Standard.objects.next_version(year, level),
            "copied_from": standard,
        }
    )
    for category in standard.category_list():
        copied = Category.objects.create(
            standard=draft, **_fields(category, "number", "title", "points")
        )
        Item.objects.bulk_create(
            Item(category=copied, **_fields(item, *ITEM_FIELDS)) for item in category.item_list
        )
    VetoItem.objects.bulk_create(
        VetoItem(standard=draft, **_fields(veto, *VETO_FIELDS))
        for veto in standard.veto_items.all()
    )
    return draft


ITEM_FIELDS = (
    "code", "title", "requirement", "max_points", "mode", "per_unit", "floor", "thresholds",
    "evidence_kinds", "source", "basis",
)  # fmt: skip
VETO_FIELDS = ("number", "title", "requirement", "lookback_years", "basis")


def _fields(row: models.Model, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
