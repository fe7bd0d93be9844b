"""Say what a standard lacks before a case may use it (FQ-14, FQ-15)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from accreditation.rules.scoring import Mode
from indicators import registry
from indicators.rules import plain
from workflows.wording import quoted

HUNDRED = Decimal(100)


def defects(standard: Any, categories: Sequence[Any], vetoes: Sequence[Any]) -> list[str]:
    """Return in Chinese everything wrong with a standard; empty when a case may use it (FQ-15)."""
    found: list[str] = []
    total = sum((category.points for category in categories), Decimal(0))
    if total != HUNDRED:
        found.append(f"各类分值合计{plain(total)}分，应为100分。")
    if not vetoes:
        found.append("没有一票否决情形。")
    for category in categories:
        found += _category_defects(category)
    return found


def _category_defects(category: Any) -> Iterable[str]:
    scored = [item for item in category.item_list if item.mode != Mode.BONUS]
    within = sum((item.max_points for item in scored), Decimal(0))
    if within != category.points:
        yield (
            f"{quoted(category.title)}各项目合计{plain(within)}分，与该类{plain(category.points)}分不符。"
        )
    for item in category.item_list:
        yield from item_defects(item)


def item_defects(item: Any) -> Iterable[str]:
    """Yield in Chinese what is wrong with one item by its mode (FQ-14)."""
    name = f"项目{item.code}"
    if item.max_points <= 0:
        yield f"{name}的分值应大于0。"
    if item.mode == Mode.DEDUCT_PER_UNIT and item.per_unit <= 0:
        yield f"{name}按数扣分，须写明每项扣几分。"
    if item.floor < 0 or item.floor > item.max_points:
        yield f"{name}的扣分下限应在0和分值之间。"
    if item.mode == Mode.TIERED:
        yield from _tier_defects(name, item)
    if item.source and item.source not in {known.code for known in registry.indicators()}:
        yield f"{name}的指标代码“{item.source}”不存在。"
    if item.source and item.mode == Mode.BONUS:
        yield f"{name}是加分项，不能由指标计分。"
    if not item.evidence_kinds:
        yield f"{name}没有取证方式。"


def _tier_defects(name: str, item: Any) -> Iterable[str]:
    try:
        tiers = [(Decimal(threshold), Decimal(points)) for threshold, points in item.thresholds]
    except (InvalidOperation, ValueError, TypeError):
        yield f"{name}的分档写法不正确。"
        return
    if not tiers:
        yield f"{name}分档计分，须写明分档。"
        return
    if max(points for _, points in tiers) != item.max_points:
        yield f"{name}最高档的得分应等于分值{plain(item.max_points)}分。"
    if tiers != sorted(set(tiers)) or any(
        lower[1] > higher[1] for lower, higher in pairwise(tiers)
    ):
        yield f"{name}的分档应由低到高，得分不递减。"
