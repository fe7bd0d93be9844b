"""Show how near an end is: green, yellow, red, and how much is left in words."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from workflows.calendar import Calendar
from workflows.parameters import Parameter
from workflows.reckoning import Length

WARNING_DAYS: Parameter[int] = Parameter(
    "workflows.warning_days", "期限黄灯提前量（工作日）", 3, "内部提醒，无法定标准", "design"
)
REMIND_BEFORE: Parameter[Length] = Parameter(
    "workflows.remind_before",
    "期限届满前提醒",
    Length.parse("2wd"),
    "内部提醒，无法定标准",
    "design",
)


class Colour(TextChoices):
    """Colours of the light."""

    GREEN = "green", "绿"
    YELLOW = "yellow", "黄"
    RED = "red", "红"


@dataclass(frozen=True, slots=True)
class Light:
    """The colour and the words beside it."""

    colour: Colour
    text: str


def light(
    due_on: date | None, today: date, calendar: Calendar, *, warning_days: int = 3
) -> Light | None:
    """Return how near the end is; nothing where nothing is due.

    What is left is told in working days, what is late in days, as officials count them.
    """
    if due_on is None:
        return None
    if due_on < today:
        return Light(Colour.RED, f"已超期{(today - due_on).days}日")
    if due_on == today:
        return Light(Colour.YELLOW, "今日到期")
    left = calendar.working_days_between(today, due_on)
    text = f"剩{left}个工作日" if left else f"剩{(due_on - today).days}日"
    return Light(Colour.YELLOW if left <= warning_days else Colour.GREEN, text)
