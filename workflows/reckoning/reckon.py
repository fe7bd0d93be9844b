"""Reckon a period: on which day it ends, and why, line by line (WD-1 to WD-20).

Pure: no database and no today. The start, the stops and the calendar are given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from audit.clock import PLACE
from workflows.reckoning.lengths import Kind, Length, ReckoningError, Unit, day_after
from workflows.reckoning.walking import Stop, Walk
from workflows.reckoning.words import PROVISIONAL, WorkingDays, moment_in_words


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The answer: when a period ends, and the reasons.

    `due` is None while the clock stands. `aim` is the day an organ should aim at: its raw last
    day, where `due` is the rolled one that is tolerated (WD-9). `first_open_day` is the first day
    on which the act after a floor is allowed (WD-12). `remaining` is what is left while stopped.
    """

    kind: Kind
    due: date | datetime | None
    aim: date | None
    lines: tuple[str, ...]
    is_provisional: bool = False
    remaining: Length | None = None

    @property
    def due_on(self) -> date | None:
        """Return the day of the end in China (WD-19)."""
        return self.due.astimezone(PLACE).date() if isinstance(self.due, datetime) else self.due

    @property
    def first_open_day(self) -> date | None:
        """Return the day after the last day of a floor; other kinds have none (WD-12, FQ-8)."""
        if self.kind != Kind.FLOOR or self.due_on is None:
            return None
        return day_after(self.due_on)

    def ends_at(self, close_of_business: time | None = None) -> datetime | None:
        """Return the moment of the end: close of business, or 24:00 (民法典 203, WD-4)."""
        if self.due is None or isinstance(self.due, datetime):
            return self.due
        if close_of_business is None:
            return datetime.combine(day_after(self.due), time.min, PLACE)
        return datetime.combine(self.due, close_of_business, PLACE)

    def is_kept_by(self, done: date | datetime, *, posted_on: date | None = None) -> bool:
        """Tell whether something done then is in time; what was posted counts by its postmark.

        While the clock stands nothing is late. Postmark: 民诉法 85, WD-13.
        """
        if self.due is None:
            return True
        if isinstance(self.due, datetime) and isinstance(done, datetime):
            return done <= self.due
        limit = self.due_on
        return limit is not None and (posted_on or _day(done)) <= limit

    @property
    def headline(self) -> str:
        """Return the end in short: "2025-10-10", with 暂定 where it may still change."""
        if self.due is None:
            return "中止计算"
        end = moment_in_words(self.due) if isinstance(self.due, datetime) else str(self.due)
        return f"{end}（{PROVISIONAL}）" if self.is_provisional else end


def reckon(
    start: date | datetime,
    length: Length,
    *,
    calendar: WorkingDays,
    kind: Kind = Kind.DEADLINE,
    stops: Iterable[tuple[date, date | None]] = (),
    extensions: Iterable[Length] = (),
    rolls: bool = True,
    first_day_counts: bool = False,
    by_organ: bool = False,
) -> Reckoning:
    """Reckon a period from its start; a lead is reckoned back from its event.

    `rolls=False` and `first_day_counts=True` are for penal and correction terms (WD-10).
    Raise ReckoningError with a Chinese text where the question has no answer.
    """
    walk = Walk(calendar, tuple(Stop(from_on, to_on) for from_on, to_on in stops))
    added = tuple(extensions)
    _check(start, length, kind, walk, added, first_day_counts)
    if length.unit == Unit.HOUR:
        return _by_hours(start, length, kind, added)
    if kind == Kind.LEAD:
        return _lead(_day(start), length, walk, rolls)
    raw, due = _last_day(_day(start), length, walk, rolls, first_day_counts, added)
    aim = raw if by_organ else due
    if aim != due:
        walk.lines.append(f"机关应当在{aim}前办结，顺延后的日期为最后容许日（WD-9）")
    return _answer(kind, due, aim, walk)


def _check(
    start: date | datetime,
    length: Length,
    kind: Kind,
    walk: Walk,
    added: tuple[Length, ...],
    first_day_counts: bool,
) -> None:
    """Refuse questions that mix what does not go together."""
    hourly = length.unit == Unit.HOUR
    if hourly and (not isinstance(start, datetime) or start.utcoffset() is None):
        raise ReckoningError("按小时计算的期限须有带时区的起算时刻（WD-2、WD-19）。")
    if isinstance(start, datetime) and start.utcoffset() is None:
        raise ReckoningError("起算时刻须带时区（WD-19）。")
    if hourly and (walk.stops or kind == Kind.FLOOR):
        raise ReckoningError("按小时计算的期限连续计算，不得中止，也不作最短期限（WD-2）。")
    if any((extra.unit == Unit.HOUR) != hourly for extra in added):
        raise ReckoningError("按小时计算的期限只能按小时延长，其他期限不能按小时延长（WD-2）。")
    if kind == Kind.LEAD and (walk.stops or added or first_day_counts):
        raise ReckoningError("提前期限自事件之日倒推，不能中止、延长，也不计入事件当日（WD-11）。")


def _day(start: date | datetime) -> date:
    """Return the day in China of a moment; a date is itself (WD-19)."""
    return start.astimezone(PLACE).date() if isinstance(start, datetime) else start


def _by_hours(
    start: date | datetime, length: Length, kind: Kind, added: tuple[Length, ...]
) -> Reckoning:
    """Run from the moment, without rounding and through holidays (民法典 201, WD-2)."""
    if not isinstance(start, datetime):
        raise ReckoningError("按小时计算的期限须有起算时刻（WD-2）。")
    sign, word = (-1, "倒推") if kind == Kind.LEAD else (1, "起连续计算")
    total = sum(each.amount for each in (length, *added))
    due = start + timedelta(hours=sign * total)
    lines = [f"自{moment_in_words(start)}{word}{length}，不扣除休息日（民法典第201条，WD-2）"]
    lines += [f"延长{extra}，自原期限届满时起算（WD-16）" for extra in added]
    lines.append(f"届满：{moment_in_words(due)}")
    return Reckoning(kind, due, _day(due), tuple(lines))


def _lead(event: date, length: Length, walk: Walk, rolls: bool) -> Reckoning:
    """Count back from an event; a latest day of rest gives way to the one before (WD-11)."""
    walk.lines.append(f"自{walk.words(event)}倒推{length}，事件当日不计入（WD-11）")
    due = walk.count_back(event, length)
    if rolls and not walk.works(due):
        earlier = walk.working_before(due)
        walk.lines.append(f"{walk.words(due)}为休息日，须提前至{walk.words(earlier)}（WD-11）")
        due = earlier
    return _answer(Kind.LEAD, due, due, walk)


def _last_day(
    start: date,
    length: Length,
    walk: Walk,
    rolls: bool,
    first_day_counts: bool,
    added: tuple[Length, ...],
) -> tuple[date | None, date | None]:
    """Return the raw last day and the day of the end, after every extension."""
    walk.lines.append(
        f"{walk.words(start)}计入期限，自当日起算{length}（WD-10）"
        if first_day_counts
        else f"{walk.words(start)}当日不计入，自次日起算{length}（民法典第201条，WD-1）"
    )
    raw = walk.count(start, length, first_day_counts=first_day_counts)
    due = walk.roll(raw) if raw and rolls else raw
    for extra in added:
        walk.lines.append(f"延长{extra}，自原届满日{due or ''}的次日起算（WD-16）")
        if due is None:
            continue
        begin = day_after(due) if first_day_counts else due
        raw = walk.count(begin, extra, first_day_counts=first_day_counts)
        due = walk.roll(raw) if raw and rolls else raw
    return (raw if due else None), due


def _answer(kind: Kind, due: date | None, aim: date | None, walk: Walk) -> Reckoning:
    """Close the reckoning with its last line."""
    if due is not None:
        walk.lines.append(f"届满：{walk.words(due)}")
    if due is not None and kind == Kind.FLOOR:
        walk.lines.append(f"最后一日届满后方可办理，最早为{walk.words(day_after(due))}（WD-12）")
    if walk.is_provisional:
        walk.lines.append("所依日期所在年度的放假安排尚未公布，结果为暂定，公布后重新计算（WD-18）")
    return Reckoning(kind, due, aim, tuple(walk.lines), walk.is_provisional, walk.remaining)
