"""Lay the statistics out as tables and a chart; every figure knows the rows behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import TextChoices
from django.utils.http import urlencode

from indicators.rules import PERCENT, shown
from legality_review.rules.adoption import Adopted
from legality_review.rules.matters import Conclusion, Matter
from legality_review.rules.statistics import Event, Figure, adoption, days, matching

COUNTED = (
    Figure.HANDED_IN, Figure.URGENT, Figure.SUPPLEMENT, Figure.RETURNED, Figure.NOT_IN_SCOPE,
    Figure.ESCALATED, Figure.OPINION, Figure.LATE,
)  # fmt: skip
LATE_TERMS = {
    "check": "送审材料审核", "supplement": "补正", "review": "审查", "revision": "修改和反馈",
    "confirmation": "复核修改稿",
}  # fmt: skip
"""The terms that can be late, by their code."""
ALL = "合计"


@dataclass(frozen=True)
class Cell:
    """What a cell says, and the query that finds the rows behind it (empty where there is none)."""

    text: str
    query: str = ""


@dataclass(frozen=True)
class Table:
    """A table of figures."""

    code: str
    title: str
    heads: tuple[str, ...]
    rows: list[list[Cell]]
    note: str = ""


class Tables:
    """All tables of a period for the townships in sight."""

    def __init__(
        self, events: Sequence[Event], drafters: Mapping[int, str], asked: Mapping[str, str],
        target: Decimal,
    ) -> None:  # fmt: skip
        """Take the events, the names of the drafting units, what was asked, and the target."""
        self.asked, self.target = asked, target
        self.events = {
            figure: [event for event in events if event.figure == figure] for figure in Figure
        }
        told = {event.drafter for event in events}
        self.drafters = {key: name for key, name in drafters.items() if key in told}

    def all(self) -> list[Table]:
        """Return the tables in the order of the page."""
        return [
            self.by_township(), self.by_matter(), self.conclusions(), self.days(), self.late(),
            self.adoption(),
        ]  # fmt: skip

    def _count(self, figure: Figure, **by: Any) -> Cell:
        """Return a count with the address of its rows."""
        found = len(matching(self.events[figure], figure, **by))
        narrowed = {name: str(value) for name, value in by.items() if value}
        query = urlencode({**self.asked, **narrowed, "figure": figure.value}) if found else ""
        return Cell(str(found), query)

    def _groups(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the townships, and all of them together."""
        rows = [(name, {"drafter": key}) for key, name in self.drafters.items()]
        return [*rows, (ALL, {})]

    def by_township(self) -> Table:
        """Count everything by township."""
        rows = [
            [Cell(name), *(self._count(figure, **by) for figure in COUNTED)]
            for name, by in self._groups()
        ]
        heads = ("起草单位", *(figure.label for figure in COUNTED))
        return Table("township", "各乡镇（街道）情况", heads, rows)

    def by_matter(self) -> Table:
        """Count everything by type of matter."""
        rows = [
            [Cell(name), *(self._count(figure, **by) for figure in COUNTED)]
            for name, by in _kinds()
        ]
        heads = ("事项类型", *(figure.label for figure in COUNTED))
        return Table("matter", "各类事项情况", heads, rows)

    def conclusions(self) -> Table:
        """Count the opinions by what they conclude and by type."""
        rows = [
            [Cell(str(label))]
            + [self._count(Figure.OPINION, detail=value, **by) for _, by in _kinds()]
            for value, label in Conclusion.choices
        ]
        heads = ("审查结论", *(name for name, _ in _kinds()))
        note = "按出具的意见书计数；一件事项多轮审查的，每份意见各计一次。"
        return Table("conclusion", "审查结论", heads, rows, note)

    def days(self) -> Table:
        """Set the working days used against those allowed, by type (LR-23 to LR-27)."""
        rows = []
        for name, by in _kinds():
            spent = days(matching(self.events[Figure.OPINION], Figure.OPINION, **by))
            texts = (
                spent.used, spent.allowed, _share(spent.share), _average(spent.average),
                spent.longest, spent.in_time, _share(spent.timeliness),
            )  # fmt: skip
            rows.append(
                [Cell(name), self._count(Figure.OPINION, **by), *(Cell(str(t)) for t in texts)]
            )
        heads = (
            "事项类型", "意见", "实际用时", "允许用时", "用时占比", "平均用时", "最长用时",
            "按期", "按期率",
        )  # fmt: skip
        note = "单位：工作日，自受理次日起算，补正、论证等中止期间不计；允许用时含批准的延长。"
        return Table("days", "审查用时", heads, rows, note)

    def late(self) -> Table:
        """Count what was late, by term and type."""
        rows = [
            [Cell(name)] + [self._count(Figure.LATE, detail=code, **by) for _, by in _kinds()]
            for code, name in LATE_TERMS.items()
        ]
        heads = ("期限", *(name for name, _ in _kinds()))
        note = "届满日在统计期内，逾期完成、逾期未完成和至今未完成的期限。"
        return Table("late", "逾期情况", heads, rows, note)

    def adoption(self) -> Table:
        """Show how much advice each township adopts: in full, and in full or in part (LR-21)."""
        rows = []
        for name, by in self._groups():
            found = adoption(matching(self.events[Figure.ANSWERED], Figure.ANSWERED, **by))
            reached = {None: "—", True: "达到", False: "未达到"}[found.reaches(self.target)]
            counts = [self._count(Figure.ANSWERED, detail=value, **by) for value in Adopted.values]
            rates = (_share(found.full_rate), _share(found.rate, self.target), reached)
            rows.append(
                [Cell(name), self._count(Figure.ANSWERED, **by), *counts, *map(Cell, rates)]
            )
        goal = shown(Fraction(self.target), PERCENT)
        heads = (
            "起草单位", "已答复意见", *(str(label) for label in Adopted.labels), "全部采纳率",
            "采纳率（含部分采纳）", f"目标{goal}",
        )  # fmt: skip
        return Table("adoption", "意见采纳情况", heads, rows, "与目标比较时不作舍入。")

    def chart(self) -> dict[str, Any] | None:
        """Return the chart of what each township handed in, by type; None without townships."""
        if not self.drafters:
            return None
        return {
            "tooltip": {"trigger": "axis"},
            "legend": {"data": [str(label) for label in Matter.labels]},
            "grid": {"containLabel": True, "bottom": 40},
            "xAxis": {
                "type": "category",
                "data": list(self.drafters.values()),
                "axisLabel": {"interval": 0, "rotate": 30},
            },
            "yAxis": {"type": "value", "name": "送审（件）", "minInterval": 1},
            "series": [self._bar(value, str(label)) for value, label in Matter.choices],
        }

    def _bar(self, matter: str, label: str) -> dict[str, Any]:
        """Return one type's part of the bars."""
        handed_in = [e for e in self.events[Figure.HANDED_IN] if e.matter == matter]
        counts = [sum(event.drafter == key for event in handed_in) for key in self.drafters]
        return {"name": label, "type": "bar", "stack": "all", "data": counts}


def _kinds() -> list[tuple[str, dict[str, Any]]]:
    """Return the types of matter, and all of them together."""
    rows = [(str(label), {"matter": value}) for value, label in Matter.choices]
    return [*rows, (ALL, {})]


def _share(value: Fraction | None, target: Decimal | None = None) -> str:
    """Write a share; — where there was nothing to divide by."""
    return "—" if value is None else shown(value, PERCENT, target)


def _average(value: Fraction | None) -> str:
    """Write an average of days with two places where it is no whole number."""
    return "—" if value is None else shown(value, "")


def detail_of(event: Event) -> str:
    """Say what the detail of an event means."""
    if event.figure == Figure.LATE:
        return LATE_TERMS.get(event.detail, event.detail)
    names: dict[Figure, type[TextChoices]] = {
        Figure.OPINION: Conclusion, Figure.ANSWERED: Adopted,
    }  # fmt: skip
    meaning = names.get(event.figure)
    return str(meaning(event.detail).label) if meaning else ""
