"""Reckoning holds law.md section 9, rule by rule, and agrees with a second implementation."""

import os
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from audit.clock import PLACE
from tests.workflows import second_reckoning as second
from workflows.calendar import seeded_calendar
from workflows.reckoning import (
    Kind,
    Length,
    Reckoning,
    ReckoningError,
    Silence,
    Unit,
    reckon,
)
from workflows.terms.rule import TermRule

CALENDAR = seeded_calendar()
EXAMPLES = int(os.environ.get("RECKONING_EXAMPLES", "400"))
THOROUGH = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def on(text: str) -> date:
    """Read a date."""
    return date.fromisoformat(text)


def answer(start: str, length: str, **options: object) -> Reckoning:
    """Reckon from written values with the announced calendar."""
    return reckon(on(start), Length.parse(length), calendar=CALENDAR, **options)


def due(start: str, length: str, **options: object) -> str:
    """Return the end as text."""
    return str(answer(start, length, **options).due)


def test_wd_01_start_day_is_not_counted() -> None:
    assert due("2025-03-03", "1cd") == "2025-03-04"
    assert due("2025-03-03", "1wd") == "2025-03-04"
    assert "当日不计入" in answer("2025-03-03", "1cd").lines[0]
    assert "民法典第201条" in answer("2025-03-03", "1cd").lines[0]


def test_wd_02_hours_run_from_the_moment_through_holidays() -> None:
    start = datetime(2025, 9, 30, 16, 20, tzinfo=PLACE)
    found = reckon(start, Length(48, Unit.HOUR), calendar=CALENDAR)
    assert found.due == datetime(2025, 10, 2, 16, 20, tzinfo=PLACE)
    assert found.due_on == date(2025, 10, 2)
    assert not found.is_provisional
    assert "民法典第201条" in found.lines[0]


@pytest.mark.parametrize(("amount", "hour"), [(1, 23), (2, 0), (8, 6), (12, 10)])
def test_wd_02_warning_hours_are_exact(amount: int, hour: int) -> None:
    start = datetime(2027, 12, 31, 22, 0, tzinfo=PLACE)
    found = reckon(start, Length(amount, Unit.HOUR), calendar=CALENDAR)
    assert isinstance(found.due, datetime)
    assert found.due.hour == hour
    assert found.due - start == timedelta(hours=amount)


def test_wd_02_hours_can_neither_stop_nor_start_on_a_bare_day() -> None:
    start = datetime(2025, 9, 30, 16, tzinfo=PLACE)
    hours = Length(48, Unit.HOUR)
    with pytest.raises(ReckoningError, match="起算时刻"):
        reckon(date(2025, 9, 30), hours, calendar=CALENDAR)
    with pytest.raises(ReckoningError, match="时区"):
        reckon(start.replace(tzinfo=None), hours, calendar=CALENDAR)
    with pytest.raises(ReckoningError, match="不得中止"):
        reckon(start, hours, calendar=CALENDAR, stops=[(on("2025-09-30"), None)])
    with pytest.raises(ReckoningError, match="不得中止，也不作最短期限"):
        reckon(start, hours, calendar=CALENDAR, kind=Kind.FLOOR)


def test_wd_02_hours_extend_by_hours_only() -> None:
    start = datetime(2025, 9, 30, 16, tzinfo=PLACE)
    hours = Length(24, Unit.HOUR)
    found = reckon(start, hours, calendar=CALENDAR, extensions=[hours])
    assert found.due == datetime(2025, 10, 2, 16, tzinfo=PLACE)
    with pytest.raises(ReckoningError, match="只能按小时延长"):
        reckon(start, hours, calendar=CALENDAR, extensions=[Length(1, Unit.DAY)])
    with pytest.raises(ReckoningError, match="不能按小时延长"):
        answer("2025-09-30", "5cd", extensions=[hours])


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2025-01-31", "1mo", "2025-02-28"),
        ("2024-02-29", "12mo", "2025-02-28"),
        ("2024-02-29", "1y", "2025-02-28"),
        ("2025-08-31", "6mo", "2026-02-28"),
        ("2025-03-12", "1mo", "2025-04-14"),
        ("2025-11-14", "2mo", "2026-01-14"),
    ],
)
def test_wd_03_month_ends_on_the_corresponding_day(start: str, length: str, end: str) -> None:
    assert due(start, length) == end


def test_wd_03_says_when_the_month_has_no_such_day() -> None:
    assert any("没有31日" in line for line in answer("2025-01-31", "1mo").lines)
    assert any("对应日为2025-04-12" in line for line in answer("2025-03-12", "1mo").lines)


def test_wd_04_last_day_of_rest_gives_way_to_the_next_working_day() -> None:
    found = answer("2025-09-21", "10cd")
    assert found.due == date(2025, 10, 9)
    assert any("顺延至2025-10-09" in line and "203" in line for line in found.lines)


def test_wd_04_ends_at_midnight_or_at_close_of_business() -> None:
    found = answer("2025-09-26", "5wd")
    assert found.ends_at() == datetime(2025, 10, 11, 0, 0, tzinfo=PLACE)
    assert found.ends_at(time(17, 30)) == datetime(2025, 10, 10, 17, 30, tzinfo=PLACE)
    hourly = reckon(datetime(2025, 9, 26, 8, tzinfo=PLACE), Length(2, Unit.HOUR), calendar=CALENDAR)
    assert hourly.ends_at(time(17)) == hourly.due


def test_wd_05_only_the_last_day_is_rolled() -> None:
    assert due("2025-09-28", "10cd") == "2025-10-09"
    assert due("2025-01-23", "5cd") == "2025-02-05"
    assert due("2025-09-28", "12cd") == "2025-10-10"


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-10-11", True),
        ("2025-09-28", True),
        ("2025-10-08", False),
        ("2026-02-14", True),
        ("2026-02-28", True),
        ("2025-10-18", False),
        ("2025-10-17", True),
    ],
)
def test_wd_06_made_up_weekends_work_and_adjusted_days_rest(day: str, works: bool) -> None:
    assert CALENDAR.is_working(on(day)) is works


def test_wd_06_a_last_day_on_a_made_up_saturday_is_not_rolled() -> None:
    assert due("2025-10-01", "10cd") == "2025-10-11"


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2025-09-26", 5, "2025-10-10"),
        ("2025-09-26", 7, "2025-10-13"),
        ("2025-09-26", 10, "2025-10-16"),
        ("2025-09-26", 15, "2025-10-23"),
        ("2025-09-26", 20, "2025-10-30"),
        ("2025-09-30", 5, "2025-10-14"),
        ("2025-09-30", 15, "2025-10-28"),
        ("2025-04-28", 5, "2025-05-08"),
    ],
)
def test_wd_07_working_days_after_national_day(start: str, amount: int, end: str) -> None:
    assert due(start, f"{amount}wd") == end


def test_wd_07_explains_every_working_day() -> None:
    assert answer("2025-09-26", "5wd").lines == (
        "2025-09-26（周五）当日不计入，自次日起算5个工作日（民法典第201条，WD-1）",
        "2025-09-27（周六）休息，不计入（WD-7）",
        "2025-09-28（周日，调休上班）第1个工作日",
        "2025-09-29（周一）第2个工作日",
        "2025-09-30（周二）第3个工作日",
        "2025-10-01（周三，国庆节放假）至2025-10-08（周三，国庆节放假）共8日休息，不计入（WD-7）",
        "2025-10-09（周四）第4个工作日",
        "2025-10-10（周五）第5个工作日",
        "届满：2025-10-10（周五）",
    )


def test_wd_08_days_and_working_days_differ_by_rule() -> None:
    assert due("2025-09-26", "10wd") == "2025-10-16"
    assert due("2025-09-26", "10cd") == "2025-10-09"


def test_wd_09_an_organ_aims_at_the_raw_day_and_the_rolled_one_is_tolerated() -> None:
    organ = answer("2025-09-28", "5cd", by_organ=True)
    assert (organ.aim, organ.due) == (date(2025, 10, 3), date(2025, 10, 9))
    assert any("2025-10-03前办结" in line for line in organ.lines)
    person = answer("2025-09-28", "5cd")
    assert (person.aim, person.due) == (date(2025, 10, 9), date(2025, 10, 9))
    assert not any("WD-9" in line for line in person.lines)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2024-03-01", "1y", "2025-02-28"),
        ("2024-06-16", "1y", "2025-06-15"),
        ("2025-03-01", "1mo", "2025-03-31"),
        ("2025-01-31", "1mo", "2025-02-28"),
        ("2025-01-30", "1mo", "2025-02-28"),
        ("2025-01-28", "1mo", "2025-02-27"),
        ("2025-10-01", "3cd", "2025-10-03"),
    ],
)
def test_wd_10_penal_terms_count_the_first_day_and_never_roll(
    start: str, length: str, end: str
) -> None:
    found = answer(start, length, rolls=False, first_day_counts=True)
    assert str(found.due) == end
    assert "WD-10" in found.lines[0]
    assert not any("顺延" in line for line in found.lines)


def test_wd_10_an_extended_penal_term_ends_before_the_corresponding_day() -> None:
    options = {"rolls": False, "first_day_counts": True, "extensions": [Length(1, Unit.MONTH)]}
    assert due("2025-01-01", "6mo", **options) == "2025-07-31"


def test_wd_11_lead_counts_back_and_acts_before_a_day_of_rest() -> None:
    found = answer("2025-06-16", "3cd", kind=Kind.LEAD)
    assert found.due == date(2025, 6, 13)
    assert found.first_open_day is None
    assert due("2025-06-17", "3cd", kind=Kind.LEAD) == "2025-06-13"
    assert due("2025-10-09", "3wd", kind=Kind.LEAD) == "2025-09-28"
    assert due("2025-03-31", "1mo", kind=Kind.LEAD) == "2025-02-28"
    assert due("2025-06-17", "3cd", kind=Kind.LEAD, rolls=False) == "2025-06-14"


def test_wd_11_lead_by_hours_runs_back_from_the_moment() -> None:
    event = datetime(2025, 10, 2, 9, tzinfo=PLACE)
    found = reckon(event, Length(24, Unit.HOUR), calendar=CALENDAR, kind=Kind.LEAD)
    assert found.due == datetime(2025, 10, 1, 9, tzinfo=PLACE)


@pytest.mark.parametrize(
    "options",
    [
        {"stops": [(date(2025, 6, 1), None)]},
        {"extensions": [Length(1, Unit.DAY)]},
        {"first_day_counts": True},
    ],
)
def test_wd_11_lead_is_neither_stopped_nor_extended(options: dict[str, object]) -> None:
    with pytest.raises(ReckoningError, match="提前期限"):
        answer("2025-06-16", "3cd", kind=Kind.LEAD, **options)


def test_wd_12_the_act_after_a_floor_is_allowed_the_day_after_its_last_day() -> None:
    found = answer("2025-09-02", "30cd", kind=Kind.FLOOR)
    assert found.due == date(2025, 10, 9)
    assert found.first_open_day == date(2025, 10, 10)


def test_fq_8_publicity_opens_on_the_made_up_saturday() -> None:
    found = answer("2025-09-26", "5wd", kind=Kind.FLOOR)
    assert found.due == date(2025, 10, 10)
    assert found.first_open_day == date(2025, 10, 11)
    assert any("最早为2025-10-11（周六，调休上班）" in line for line in found.lines)
    assert answer("2025-09-26", "5wd").first_open_day is None


def test_wd_13_posted_before_the_end_is_in_time() -> None:
    found = answer("2025-09-26", "5wd")
    assert found.is_kept_by(date(2025, 10, 10))
    assert not found.is_kept_by(date(2025, 10, 11))
    assert found.is_kept_by(date(2025, 10, 14), posted_on=date(2025, 10, 10))
    assert not found.is_kept_by(date(2025, 10, 14), posted_on=date(2025, 10, 11))


def test_wd_14_another_start_gives_another_end() -> None:
    assert due("2025-09-26", "5wd") != due("2025-09-30", "5wd")


def test_wd_15_lr_27_remaining_days_resume_the_day_after_the_supplement() -> None:
    assert due("2025-03-03", "15wd") == "2025-03-24"
    found = answer("2025-03-03", "15wd", stops=[(on("2025-03-06"), on("2025-03-12"))])
    assert found.due == date(2025, 3, 28)
    assert "2025-03-06（周四）第3个工作日" in found.lines
    assert "2025-03-13（周四）第4个工作日" in found.lines
    assert any("2025-03-07（周五）至2025-03-12（周三）中止" in line for line in found.lines)


def test_wd_15_stopping_and_resuming_on_one_day_costs_nothing() -> None:
    stops = [(on("2025-03-06"), on("2025-03-06"))]
    assert due("2025-03-03", "15wd", stops=stops) == "2025-03-24"
    assert due("2025-03-03", "15cd", stops=stops) == due("2025-03-03", "15cd")
    assert due("2025-03-03", "3wd", stops=stops) == "2025-03-06"


def test_wd_15_an_open_stop_leaves_the_end_open_and_tells_what_is_left() -> None:
    found = answer("2025-03-03", "15wd", stops=[(on("2025-03-06"), None)])
    assert (found.due, found.due_on, found.first_open_day, found.ends_at()) == (None,) * 4
    assert found.remaining == Length(12, Unit.WORKING_DAY)
    assert found.headline == "中止计算"
    assert found.is_kept_by(date(2030, 1, 1))
    days = answer("2025-03-03", "10cd", stops=[(on("2025-03-06"), None)])
    assert days.remaining == Length(7, Unit.DAY)


def test_wd_15_a_stop_on_the_last_day_moves_it_past_the_stop() -> None:
    last = on("2025-03-24")
    assert due("2025-03-03", "15wd", stops=[(last, on("2025-03-26"))]) == "2025-03-27"
    assert answer("2025-03-03", "15wd", stops=[(last, None)]).due is None


def test_wd_15_a_stop_while_the_last_day_is_rolled_moves_it_past_the_stop() -> None:
    saturday, sunday, monday = on("2025-03-22"), on("2025-03-23"), on("2025-03-24")
    assert due("2025-03-20", "2cd") == "2025-03-24"
    assert due("2025-03-20", "2cd", stops=[(saturday, monday)]) == "2025-03-25"
    assert due("2025-03-20", "2cd", stops=[(sunday, monday)]) == "2025-03-25"
    assert due("2025-03-20", "2cd", stops=[(monday, on("2025-03-26"))]) == "2025-03-27"
    assert due("2025-03-20", "2cd", stops=[(saturday, sunday)]) == "2025-03-24"


def test_wd_15_a_stop_next_to_the_last_day_of_a_term_that_never_rolls() -> None:
    last, before = on("2025-03-20"), on("2025-03-19")
    penal = {"rolls": False, "first_day_counts": True}
    assert due("2025-03-11", "10cd", **penal) == "2025-03-20"
    assert due("2025-03-11", "10cd", stops=[(last, on("2025-03-22"))], **penal) == "2025-03-20"
    assert due("2025-03-11", "10cd", stops=[(before, on("2025-03-22"))], **penal) == "2025-03-23"
    assert due("2025-03-11", "10cd", stops=[(last, None)], **penal) == "2025-03-20"
    assert answer("2025-03-11", "10cd", stops=[(before, None)], **penal).remaining == Length(
        1, Unit.DAY
    )


def test_wd_15_a_stop_cannot_end_before_it_begins() -> None:
    with pytest.raises(ReckoningError, match="早于"):
        answer("2025-03-03", "15wd", stops=[(on("2025-03-12"), on("2025-03-06"))])


def test_wd_16_extension_counts_from_the_original_end() -> None:
    found = answer("2025-09-26", "5wd", extensions=[Length(5, Unit.WORKING_DAY)])
    assert found.due == date(2025, 10, 16)
    assert any("自原届满日2025-10-10的次日起算" in line for line in found.lines)
    assert due("2025-03-20", "2cd", extensions=[Length(10, Unit.DAY)]) == "2025-04-03"
    two = [Length(10, Unit.WORKING_DAY), Length(1, Unit.MONTH)]
    assert due("2025-03-03", "20wd", extensions=two) == "2025-05-15"


def test_wd_16_an_extension_of_a_stopped_term_waits() -> None:
    stops = [(on("2025-03-06"), None)]
    found = answer("2025-03-03", "15wd", stops=stops, extensions=[Length(5, Unit.WORKING_DAY)])
    assert found.due is None
    assert any(line.startswith("延长5个工作日") for line in found.lines)


def test_wd_18_a_year_not_announced_is_provisional() -> None:
    found = answer("2026-12-20", "10wd")
    assert found.due == date(2027, 1, 4)
    assert found.is_provisional
    assert found.headline == "2027-01-04（暂定）"
    assert "暂定" in found.lines[-1]
    assert due("2027-02-01", "5wd") == "2027-02-12"


def test_wd_18_the_turn_of_the_year_is_provisional_until_the_next_notice() -> None:
    assert not answer("2026-12-20", "3wd").is_provisional
    assert answer("2026-12-20", "5wd").is_provisional
    assert not answer("2025-12-22", "5wd").is_provisional


def test_wd_18_what_does_not_ask_the_calendar_is_not_provisional() -> None:
    assert not answer("2027-03-01", "1y", rolls=False, first_day_counts=True).is_provisional
    assert answer("2027-03-01", "10cd").is_provisional


def test_wd_19_a_moment_counts_by_its_day_in_china() -> None:
    late = datetime(2025, 9, 25, 16, 30, tzinfo=UTC)
    found = reckon(late, Length(5, Unit.WORKING_DAY), calendar=CALENDAR)
    assert found.due == date(2025, 10, 10)
    with pytest.raises(ReckoningError, match="时区"):
        reckon(late.replace(tzinfo=None), Length(5, Unit.WORKING_DAY), calendar=CALENDAR)
    hourly = reckon(late, Length(1, Unit.HOUR), calendar=CALENDAR)
    assert hourly.due_on == date(2025, 9, 26)
    assert hourly.headline == "2025-09-26 01:30"
    assert hourly.is_kept_by(late + timedelta(hours=1))
    assert not hourly.is_kept_by(late + timedelta(hours=1, seconds=1))
    assert hourly.is_kept_by(date(2025, 9, 26))
    assert not hourly.is_kept_by(date(2025, 9, 27))
    assert found.is_kept_by(datetime(2025, 10, 10, 23, 59, tzinfo=PLACE))


def test_wd_20_silence_means_nothing_unless_an_article_says_so() -> None:
    rule = TermRule(
        "x", "内部审批", Length(5, Unit.WORKING_DAY), Kind.DEADLINE, "内部规定", "自收到之日起"
    )
    assert rule.silence == Silence.NOTHING


@pytest.mark.parametrize(
    ("written", "shown"),
    [("5wd", "5个工作日"), ("10cd", "10日"), ("1mo", "1个月"), ("2y", "2年"), ("48h", "48小时")],
)
def test_length_is_written_and_shown(written: str, shown: str) -> None:
    assert str(Length.parse(written)) == shown
    assert Length.parse(f" {written.upper()} ").code == written


@pytest.mark.parametrize(
    "text", ["", "5", "wd", "0wd", "-5wd", "5.5wd", "5w", "五wd", "٣wd", "123456cd"]
)
def test_length_refuses_anything_else(text: str) -> None:
    with pytest.raises(ReckoningError, match="不是期限长度"):
        Length.parse(text)


def test_length_is_positive() -> None:
    with pytest.raises(ReckoningError, match="正整数"):
        Length(0, Unit.DAY)


@pytest.mark.parametrize("length", ["9999y", "99999mo"])
def test_a_period_beyond_the_calendar_is_refused(length: str) -> None:
    with pytest.raises(ReckoningError, match="超出"):
        answer("2025-01-01", length)
    with pytest.raises(ReckoningError, match="超出"):
        answer("2025-01-01", length, kind=Kind.LEAD)


class NobodyWorks:
    """A calendar whose every day is one of rest."""

    def is_working(self, day: date) -> bool:
        """Never."""
        return False

    def is_provisional(self, day: date) -> bool:
        """Never."""
        return False

    def name(self, day: date) -> str:
        """Return no name."""
        return ""


@pytest.mark.parametrize(
    ("length", "kind"),
    [("5wd", Kind.DEADLINE), ("5cd", Kind.DEADLINE), ("5cd", Kind.LEAD)],
)
def test_a_calendar_without_working_days_is_refused(length: str, kind: Kind) -> None:
    with pytest.raises(ReckoningError, match="没有工作日"):
        reckon(on("2025-01-01"), Length.parse(length), calendar=NobodyWorks(), kind=kind)


days = st.dates(date(2018, 1, 1), date(2027, 9, 30))
lengths = st.one_of(
    st.tuples(st.integers(1, 60), st.just("wd")),
    st.tuples(st.integers(1, 90), st.just("cd")),
    st.tuples(st.integers(1, 14), st.just("mo")),
    st.tuples(st.integers(1, 2), st.just("y")),
)


@st.composite
def intervals(draw: st.DrawFn, start: date) -> list[tuple[date, date | None]]:
    """Draw up to three stops, one of which may be open; they may touch and overlap."""
    found: list[tuple[date, date | None]] = []
    for _ in range(draw(st.integers(0, 3))):
        first = start + timedelta(days=draw(st.integers(0, 70)))
        span = draw(st.one_of(st.integers(0, 12), st.integers(0, 12), st.none()))
        found.append((first, None if span is None else first + timedelta(days=span)))
    return found


@THOROUGH
@given(st.data(), days, lengths, st.lists(lengths, max_size=2), st.booleans(), st.booleans())
def test_goal_21_two_implementations_agree(
    data: st.DataObject,
    start: date,
    length: tuple[int, str],
    extensions: list[tuple[int, str]],
    rolls: bool,
    first_counts: bool,
) -> None:
    stops = data.draw(intervals(start))
    expected = second.due(start, *length, stops, extensions, rolls=rolls, first_counts=first_counts)
    # In 2028 two festivals fall on one day; only a notice can tell how that is made up.
    assume(expected is None or expected < date(2028, 10, 1))
    found = reckon(
        start,
        Length.parse(f"{length[0]}{length[1]}"),
        calendar=CALENDAR,
        stops=stops,
        extensions=[Length.parse(f"{amount}{unit}") for amount, unit in extensions],
        rolls=rolls,
        first_day_counts=first_counts,
    )
    assert found.due == expected


@THOROUGH
@given(days, lengths)
def test_goal_21_two_implementations_agree_on_leads(event: date, length: tuple[int, str]) -> None:
    found = reckon(
        event, Length.parse(f"{length[0]}{length[1]}"), calendar=CALENDAR, kind=Kind.LEAD
    )
    assert found.due == second.latest_before(event, *length)


@THOROUGH
@given(days, st.integers(1, 60))
def test_goal_21_working_days_are_provisional_when_they_touch_a_year_to_come(
    start: date, amount: int
) -> None:
    found = reckon(start, Length(amount, Unit.WORKING_DAY), calendar=CALENDAR)
    assert isinstance(found.due, date)
    assert found.is_provisional is (found.due >= date(2026, 12, 25))
    numbered = [line for line in found.lines if "第" in line and line.endswith("个工作日")]
    assert len(numbered) == amount
    assert numbered[-1].startswith(str(found.due))
