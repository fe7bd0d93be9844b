"""Prove what pages say of dates, lights, terms and the consequences of acts."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from audit import clock
from workflows.acts import Act
from workflows.calendar import seeded_calendar
from workflows.models.terms import Term
from workflows.templatetags import display

CALENDAR = seeded_calendar()
FRIDAY = date(2025, 9, 26)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 22), "2026年11月22日"),
        (date(2026, 3, 4), "2026年3月4日"),
        (datetime(2026, 3, 4, 18, 5, tzinfo=UTC), "2026年3月5日 02:05"),
        (None, ""),
    ],
)
def test_date_in_chinese_and_in_chinas_time(value, words):
    assert display.date_zh(value) == words


def test_now_is_told_by_the_office_clock():
    with clock.standing_at(date(2025, 9, 26)):
        assert display.now_zh() == "2025年9月26日 09:00"


@pytest.mark.parametrize(
    ("due_on", "colour", "text"),
    [
        (date(2025, 9, 25), "red", "已超期1日"),
        (date(2025, 9, 26), "yellow", "今日到期"),
        (date(2025, 9, 30), "yellow", "剩3个工作日"),
        (date(2025, 10, 10), "green", "剩5个工作日"),
        (None, "grey", "不计时限"),
    ],
)
def test_light_always_has_words(due_on, colour, text):
    shown = f'<span class="light light-{colour}">{text}</span>'
    assert display.due_light(due_on, FRIDAY, CALENDAR) == shown


def test_term_is_explained_line_by_line():
    term = Term(
        pk=1, title="形式审查", law="WD-7", kind="deadline", starts="自受理之日起",
        silence="nothing", length_code="5wd", started_on=FRIDAY,
    )  # fmt: skip
    term._prefetched_objects_cache = {"stops": [], "extensions": []}
    assert display.reckoned(term, CALENDAR).due_on == date(2025, 10, 10)
    assert any("不计入" in line for line in display.explained(term, CALENDAR))


def _case(state: str) -> SimpleNamespace:
    """Return what the page asks of a case: its state, its labels, its closed states."""
    states = [("applied", "已申报"), ("accepted", "已受理"), ("withdrawn", "已撤回")]
    return SimpleNamespace(
        state=state,
        CLOSED=frozenset({"withdrawn"}),
        get_state_display=lambda: dict(states)[state],
        _meta=SimpleNamespace(get_field=lambda name: SimpleNamespace(flatchoices=states)),
    )


def _act(target: str | None, *, papers: tuple[str, ...] = ()) -> Act:
    """Return an act from 已申报 to the target."""
    return Act(
        name="act", label="行为", verb=None, law="FQ-6", sources=("applied",), target=target,
        papers=papers,
    )  # fmt: skip


def test_consequences_name_state_and_paper(monkeypatch):
    titles = {"acceptance_notice": SimpleNamespace(title="受理通知书")}
    monkeypatch.setattr(display.papers, "kind_of", titles.__getitem__)
    lines = display.consequences(_act("accepted", papers=("acceptance_notice",)), _case("applied"))
    assert lines == [
        "案件由“已申报”转为“已受理”。",
        "同时生成文书：《受理通知书》。",
        "提交后记入留痕，不能删除。",
    ]


def test_consequences_warn_that_the_case_is_closed():
    lines = display.consequences(_act("withdrawn"), _case("applied"))
    assert "案件随即办结，此后不能再改动。" in lines


def test_consequences_of_an_act_that_keeps_the_state_name_no_state():
    lines = display.consequences(_act(None), _case("applied"))
    assert lines == ["提交后记入留痕，不能删除。"]
