"""Say how long a period is (5个工作日, 1个月, 48小时) and shift dates by it."""

import calendar as months
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices


class ReckoningError(ValueError):
    """A question about dates that has no answer; its text is Chinese and complete."""


class Unit(TextChoices):
    """Units of a period; each rule states its own, there is no general one (WD-8)."""

    WORKING_DAY = "wd", "个工作日"
    DAY = "cd", "日"
    MONTH = "mo", "个月"
    YEAR = "y", "年"
    HOUR = "h", "小时"


class Kind(TextChoices):
    """What a period asks for."""

    DEADLINE = "deadline", "最迟期限"
    FLOOR = "floor", "最短期限"
    LEAD = "lead", "提前期限"


class Silence(TextChoices):
    """What the law attaches to letting a term run out in silence (WD-20)."""

    NOTHING = "nothing", "逾期不产生视为同意的效果"
    ACCEPTED = "accepted", "逾期视为受理"
    RENEWED = "renewed", "逾期视为准予延续"
    ABANDONED = "abandoned", "逾期视为放弃"


_WRITTEN = re.compile(r"([1-9]\d{0,4})\s*(wd|cd|mo|y|h)")


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: a whole positive amount of one unit."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ReckoningError(f"期限长度必须是正整数，不能是{self.amount}。")

    def __str__(self) -> str:
        return f"{self.amount}{self.unit.label}"

    @property
    def code(self) -> str:
        """Return the length as it is stored: "5wd"."""
        return f"{self.amount}{self.unit.value}"

    @classmethod
    def parse(cls, text: str) -> "Length":
        """Read "5wd", "10cd", "1mo", "2y" or "48h"; raise ReckoningError for anything else."""
        written = _WRITTEN.fullmatch(text.strip().lower())
        if not written:
            raise ReckoningError(
                f"“{text}”不是期限长度，请写成 5wd（工作日）、10cd（日）、"
                "1mo（月）、2y（年）或 48h（小时）。"
            )
        return cls(int(written[1]), Unit(written[2]))

    @property
    def in_months(self) -> int:
        """Return the length in months; only months and years have one."""
        return self.amount * 12 if self.unit == Unit.YEAR else self.amount


def corresponding(start: date, count: int) -> tuple[date, bool]:
    """Return the corresponding day `count` months away (民法典 202, WD-3).

    Where the month has no such day, its last day; the second value tells whether it had one.
    """
    try:
        years, month = divmod(start.month - 1 + count, 12)
        year, month = start.year + years, month + 1
        last = months.monthrange(year, month)[1]
        return date(year, month, min(start.day, last)), start.day <= last
    except (ValueError, IndexError) as beyond:
        raise ReckoningError("期限超出可以计算的年份。") from beyond


def day_after(day: date, count: int = 1) -> date:
    """Return the day `count` days later; raise ReckoningError beyond the calendar's end."""
    try:
        return day + timedelta(days=count)
    except OverflowError as beyond:
        raise ReckoningError("期限超出可以计算的年份。") from beyond
