"""Walk over days, count those that count, and write down why."""

from dataclasses import dataclass, field
from datetime import date

from workflows.reckoning.lengths import (
    Length,
    ReckoningError,
    Unit,
    corresponding,
    day_after,
)
from workflows.reckoning.words import WorkingDays, day_in_words, rest_in_words

NEARBY = range(1, 367)
ENDLESS_REST = "日历中连续一年没有工作日，无法计算期限。"


@dataclass(frozen=True, slots=True)
class Stop:
    """An interval in which the clock stands: from the end of one day to the end of another.

    The day of stopping is used up, the day of resuming is not counted; so stopping and
    resuming on one day costs nothing (WD-15, LR-27).
    """

    from_on: date
    to_on: date | None

    def __post_init__(self) -> None:
        if self.to_on is not None and self.to_on < self.from_on:
            raise ReckoningError(f"中止期间的止日{self.to_on}早于起日{self.from_on}。")

    def excludes(self, day: date) -> bool:
        """Tell whether the day does not count."""
        return self.from_on < day and (self.to_on is None or day <= self.to_on)

    def stands_on(self, day: date) -> bool:
        """Tell whether a period cannot end on the day, because the clock stands at its close."""
        if self.to_on is None:
            return self.from_on <= day
        return self.from_on < self.to_on and self.from_on <= day <= self.to_on


@dataclass
class Walk:
    """One reckoning under way: its calendar, its stops, and the lines written so far."""

    calendar: WorkingDays
    stops: tuple[Stop, ...] = ()
    lines: list[str] = field(default_factory=list)
    is_provisional: bool = False
    remaining: Length | None = None

    def works(self, day: date) -> bool:
        """Ask the calendar, and remember when its answer may still change."""
        self.is_provisional = self.is_provisional or self.calendar.is_provisional(day)
        return self.calendar.is_working(day)

    def words(self, day: date) -> str:
        """Return the day in words."""
        return day_in_words(day, self.calendar)

    def count(self, start: date, length: Length, *, first_day_counts: bool = False) -> date | None:
        """Return the last day of the length, or None while the clock stands."""
        first = start if first_day_counts else day_after(start)
        if length.unit == Unit.WORKING_DAY:
            return self._count_working(first, length)
        if length.unit == Unit.DAY:
            return self._count_days(first, length.amount, str(length))
        last = self._last_by_months(start, length, first_day_counts)
        return self._count_days(first, (last - first).days + 1, str(length))

    def _last_by_months(self, start: date, length: Length, first_day_counts: bool) -> date:
        """Return the last day of months or years and say why it is that day (WD-3, WD-10)."""
        day, exists = corresponding(start, length.in_months)
        if not exists:
            self.lines.append(
                f"{length}后的月份没有{start.day}日，以该月末日{self.words(day)}为最后一日"
                "（民法典第202条，WD-3）"
            )
            return day
        self.lines.append(f"{length}后的对应日为{self.words(day)}（民法典第202条，WD-3）")
        return day_after(day, -1) if first_day_counts else day

    def _count_working(self, first: date, length: Length) -> date | None:
        """Count working days one by one (WD-6, WD-7)."""
        counted, day, rest = 0, first, list[date]()
        while counted < length.amount:
            if self._stands(day):
                self._tell_rest(rest)
                self._stand(Length(length.amount - counted, Unit.WORKING_DAY))
                return None
            if (stop := self._stop_over(day)) is not None:
                self._tell_rest(rest)
                day = self._pass(day, stop)
                continue
            if self.works(day):
                counted += 1
                self._tell_rest(rest)
                self.lines.append(f"{self.words(day)}第{counted}个工作日")
            else:
                rest.append(day)
                self._bound(rest)
            last, day = day, day_after(day)
        return last

    def _count_days(self, first: date, amount: int, length: str) -> date | None:
        """Count calendar days; rest days inside the period count (WD-5)."""
        left, day = amount, first
        for stop in sorted(self.stops, key=lambda stop: stop.from_on):
            if day_after(day, left - 1) <= stop.from_on:
                break
            left -= max((stop.from_on - day).days + 1, 0)
            day = max(day, day_after(stop.from_on))
            if stop.to_on is None:
                self._stand(Length(left, Unit.DAY))
                return None
            if stop.excludes(day):
                day = self._pass(day, stop)
        last = day_after(day, left - 1)
        self.lines.append(f"{length}，期间的休息日计算在内，最后一日为{self.words(last)}（WD-5）")
        return last

    def _stands(self, day: date) -> bool:
        """Tell whether an open stop covers the day."""
        return any(stop.to_on is None and stop.excludes(day) for stop in self.stops)

    def _stop_over(self, day: date) -> Stop | None:
        """Return a closed stop that covers the day."""
        return next((stop for stop in self.stops if stop.excludes(day)), None)

    def _stand(self, remaining: Length) -> None:
        """Write down that the clock stands, and what is left."""
        self.remaining = remaining
        self.lines.append(f"期限中止计算，尚余{remaining}（WD-15）")

    def _pass(self, day: date, stop: Stop) -> date:
        """Write down a closed stop and return the first day after it."""
        if stop.to_on is None:
            raise ReckoningError("尚未恢复的中止没有后续日期。")
        self.lines.append(
            f"{self.words(day)}至{self.words(stop.to_on)}中止，不计入；次日起继续计算剩余期限（WD-15）"
        )
        return day_after(stop.to_on)

    def _tell_rest(self, rest: list[date]) -> None:
        """Write down the rest days gathered so far."""
        if rest:
            self.lines.append(rest_in_words(rest, self.calendar))
            rest.clear()

    def _bound(self, rest: list[date]) -> None:
        """Refuse a calendar in which nobody ever works."""
        if len(rest) > len(NEARBY):
            raise ReckoningError(ENDLESS_REST)

    def roll(self, last: date) -> date | None:
        """Return the day on which a period really ends (民法典 203, WD-4, WD-15).

        A last day of rest gives way to the next working day; a last day on whose evening the
        clock stands gives way to the day after the stop.
        """
        day = last
        for _ in NEARBY:
            stop = next((stop for stop in self.stops if stop.stands_on(day)), None)
            if stop is not None and stop.to_on is None:
                self.lines.append("最后一日届满前中止计算，恢复后的首个工作日届满（WD-15）")
                return None
            if stop is not None and stop.to_on is not None:
                day = day_after(stop.to_on)
                self.lines.append(
                    f"届满前中止至{stop.to_on}，最后一日移至{self.words(day)}（WD-15）"
                )
            elif self.works(day):
                return day
            else:
                day = self._next_working(day)
        raise ReckoningError("中止期间过多，无法计算期限。")

    def _next_working(self, day: date) -> date:
        """Return the first working day after a day of rest, and write down why."""
        later = next((day_after(day, n) for n in NEARBY if self.works(day_after(day, n))), None)
        if later is None:
            raise ReckoningError(ENDLESS_REST)
        self.lines.append(
            f"最后一日{self.words(day)}为法定休息日，顺延至{self.words(later)}"
            "（民法典第203条，WD-4）"
        )
        return later

    def count_back(self, event: date, length: Length) -> date:
        """Return the latest day that lies the length before an event (WD-11)."""
        if length.unit == Unit.WORKING_DAY:
            day = event
            for nth in range(1, length.amount + 1):
                day = self.working_before(day)
                self.lines.append(f"{self.words(day)}倒数第{nth}个工作日")
            return day
        if length.unit == Unit.DAY:
            return day_after(event, -length.amount)
        return corresponding(event, -length.in_months)[0]

    def working_before(self, day: date) -> date:
        """Return the last working day before the day."""
        earlier = next((day_after(day, -n) for n in NEARBY if self.works(day_after(day, -n))), None)
        if earlier is None:
            raise ReckoningError(ENDLESS_REST)
        return earlier
