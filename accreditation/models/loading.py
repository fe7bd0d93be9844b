"""Load the default standard (FQ-15, FQ-16, FQ-17) and the three-year plan (FQ-1).

One loader for the migration that brings the defaults, for the demonstration and for tests.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from accreditation.rules.plan import STATIONS, TARGETS
from accreditation.rules.template import CATEGORIES
from accreditation.rules.vetoes import VETOES

BASIS = (
    "《乐陵市新时代“枫桥式司法所”建设三年行动实施方案》第五部分十三项主要任务；"
    "《山东省省级规范化司法所建设标准》《德州市新时代“枫桥式司法所”建设三年行动方案"
    "(2021-2023)》原文未取得，分值为默认值，可由局里修订。"
)

GetModel = Callable[[str, str], Any]


def load_standard(get_model: GetModel, *, year: int = 2021, level: str = "municipal") -> Any:
    """Load the default 100-point template as a draft and return it.

    `get_model` is the registry's of a migration or the live one: one loader for both.
    """
    standard = get_model("accreditation", "Standard").objects.create(
        name="新时代“枫桥式司法所”创建标准",
        year=year,
        level=level,
        version=1,
        pass_line=Decimal(90),
        category_floor_percent=Decimal(60),
        valid_from=date(year, 1, 1),
        basis=BASIS,
    )
    for number, (title, points, items) in enumerate(CATEGORIES, start=1):
        category = get_model("accreditation", "Category").objects.create(
            standard=standard, number=number, title=title, points=Decimal(points)
        )
        for item in items:
            get_model("accreditation", "Item").objects.create(category=category, **item.fields())
    for number, veto in enumerate(VETOES, start=1):
        get_model("accreditation", "VetoItem").objects.create(
            standard=standard, number=number, **veto
        )
    return standard


def load_targets(get_model: GetModel) -> None:
    """Load the cumulative targets 40, 80 and 100 percent (FQ-1)."""
    for year, percent in TARGETS.items():
        get_model("accreditation", "PlanTarget").objects.update_or_create(
            year=year, defaults={"percent": Decimal(percent)}
        )


def load_plan(get_model: GetModel, stations: Mapping[str, Any]) -> None:
    """Load the plan year of each of the sixteen stations; `stations` holds units by short name."""
    for year, names in STATIONS.items():
        for name in names:
            get_model("accreditation", "PlanEntry").objects.update_or_create(
                station=stations[name], defaults={"year": year}
            )
