"""`manage.py term`: the end on the first line, the reasons below, Chinese where it is wrong."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from workflows import calendar

pytestmark = pytest.mark.django_db


def term(*arguments: str) -> list[str]:
    """Run the command and return its lines."""
    out = StringIO()
    call_command("term", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_wd_07_five_working_days_from_the_friday_before_national_day() -> None:
    lines = term("--from", "2025-09-26", "--length", "5wd")
    assert lines[0] == "2025-10-10"
    assert "2025-09-28（周日，调休上班）第1个工作日" in lines
    assert lines[-1] == "届满：2025-10-10（周五）"


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (("--from", "2025-09-28", "--length", "10cd"), "2025-10-09"),
        (("--from", "2025-08-31", "--length", "6mo"), "2026-02-28"),
        (("--from", "2024-02-29", "--length", "1y"), "2025-02-28"),
        (("--from", "2025-09-30T16:20", "--length", "48h"), "2025-10-02 16:20"),
        (("--from", "2025-09-30T08:20+00:00", "--length", "48h"), "2025-10-02 16:20"),
        (
            ("--from", "2025-03-03", "--length", "15wd", "--stop", "2025-03-06..2025-03-12"),
            "2025-03-28",
        ),
        (("--from", "2025-03-03", "--length", "15wd", "--stop", "2025-03-06.."), "中止计算"),
        (
            (
                *("--from", "2025-03-03", "--length", "9wd", "--extend", "1wd"),
                *("--stop", "2025-03-06..2025-03-07", "--stop", "2025-03-11..2025-03-12"),
            ),
            "2025-03-19",
        ),
        (("--from", "2025-06-16", "--length", "3cd", "--lead"), "2025-06-13"),
        (("--from", "2025-09-26", "--length", "5wd", "--extend", "5wd"), "2025-10-16"),
        (
            ("--from", "2024-03-01", "--length", "1y", "--no-roll", "--first-day-counts"),
            "2025-02-28",
        ),
        (("--from", "2026-12-20", "--length", "10wd"), "2027-01-04（暂定）"),
    ],
)
def test_first_line_is_the_end(arguments: tuple[str, ...], first: str) -> None:
    assert term(*arguments)[0] == first


def test_fq_8_floor_tells_the_first_open_day() -> None:
    lines = term("--from", "2025-09-26", "--length", "5wd", "--floor")
    assert lines[0] == "2025-10-10"
    assert lines[-1].startswith("最后一日届满后方可办理，最早为2025-10-11")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "不是期限长度"),
        (("--length", "5wd"), "不是日期"),
        (("--from", "2025-02-30", "--length", "5wd"), "“2025-02-30”不是日期"),
        (("--from", "2025-09-26", "--length", "5天"), "“5天”不是期限长度"),
        (("--from", "昨天", "--length", "48h"), "“昨天”不是时刻"),
        (("--from", "2025-09-26", "--length", "5wd", "--stop", "2025-10-01"), "不是期间"),
        (("--from", "2025-09-26", "--length", "5wd", "--stop", "x..y"), "“x”不是日期"),
        (("--from", "2025-09-26", "--length", "5wd", "--extend", "48h"), "不能按小时延长"),
        (("--from", "2025-09-26", "--length", "5wd", "--lead", "--extend", "5wd"), "提前期限"),
    ],
)
def test_wrong_input_ends_with_code_2_and_says_why(
    arguments: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CommandError, match=message) as wrong:
        term(*arguments)
    assert wrong.value.returncode == 2
    assert "示例：manage.py term" in str(wrong.value)


def test_before_the_database_is_set_up_the_shipped_calendar_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_table() -> None:
        raise OperationalError("no such table: workflows_calendaryear")

    monkeypatch.setattr(calendar, "current", no_table)
    out, said = StringIO(), StringIO()
    call_command("term", "--from", "2025-09-26", "--length", "5wd", stdout=out, stderr=said)
    assert out.getvalue().splitlines()[0] == "2025-10-10"
    assert "数据库尚未建立" in said.getvalue()
