"""Taking in a year's arrangement: bad rows, dry run, and running terms that move openly."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

from audit.models import Entry
from permissions.roles import Role
from workflows import arrangements, calendar, terms
from workflows.calendar import statutory
from workflows.models import CalendarDay, CalendarYear, Notice, Term
from workflows.models.tasks import Task
from workflows.reckoning import Kind, Length, Unit
from workflows.refusals import Refusal
from workflows.terms import TermRule
from workflows.terms.recomputing import recompute

pytestmark = pytest.mark.django_db

RULE = TermRule(
    "review", "审核期限", Length(6, Unit.WORKING_DAY), Kind.DEADLINE, "115号", "自受理之日起"
)
FLOOR = TermRule(
    "publicity", "公示期", Length(5, Unit.WORKING_DAY), Kind.FLOOR, "FQ-8", "自公示之日起"
)
NUMBER = "国办发明电〔2026〕9号"
STARTED = date(2027, 2, 1)
# The notice invented for 2027: the statutory days, a longer Spring Festival, two make-up days.
EXTRA = [
    (date(2027, 2, 11), "放假", "春节"),
    (date(2027, 1, 31), "上班", "春节"),
    (date(2027, 2, 20), "上班", "春节"),
    (date(2026, 12, 26), "上班", "元旦"),
]


def rows(year: int = 2027) -> list[list[Any]]:
    """Give the invented arrangement as a table."""
    ruled = [[year, day.date, "放假", day.name, NUMBER] for day in statutory(year)]
    extra = [[year, day, kind, name, NUMBER] for day, kind, name in EXTRA]
    return [list(arrangements.COLUMNS), *ruled, *extra]


def as_csv(table: list[list[Any]], encoding: str = "utf-8-sig") -> bytes:
    """Write a table as Excel saves it."""
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return out.getvalue().encode(encoding)


def as_xlsx(table: list[list[Any]]) -> bytes:
    """Write a table as a workbook."""
    book = Workbook()
    for row in table:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(**bad: Any) -> bytes:
    """Write the arrangement with one bad row in line 2."""
    cells = {"年": 2027, "日期": "2027-01-01", "放假/上班": "放假", "名称": "元旦", "文号": NUMBER}
    good = [row for row in rows() if row[1] != date(2027, 1, 1)]
    return as_csv([good[0], list({**cells, **bad}.values()), *good[1:]])


def import_2027(by: Any = None) -> list[Any]:
    """Put the invented arrangement in force."""
    return arrangements.put_in_force(arrangements.read("2027.csv", as_csv(rows())), by=by)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("2027.csv", as_csv(rows())),
        ("2027.CSV", as_csv(rows(), "gb18030")),
        ("2027.xlsx", as_xlsx(rows())),
        ("2027.xlsx", as_xlsx([row[::-1] for row in rows()])),
        ("2027.csv", as_csv([[*row, "备注"] for row in rows()] + [[""] * 6])),
    ],
)
def test_workbook_and_csv_are_read_alike(name: str, content: bytes) -> None:
    found = arrangements.read(name, content)
    assert (found.faults, found.warnings, found.years) == ([], [], [2027])
    assert len(found.days) == len(rows()) - 1
    assert {day.notice_no for day in found.days} == {NUMBER}
    assert [day.date for day in found.days if day.is_working] == [
        date(2027, 1, 31), date(2027, 2, 20), date(2026, 12, 26)
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["2027/1/1", "2027.01.01", "2027年1月1日", " 2027-01-01 "])
def test_dates_are_read_as_officials_write_them(written: str) -> None:
    found = arrangements.read("x.csv", table(日期=written, 年="2027年"))
    assert not found.faults
    assert found.days[0].date == date(2027, 1, 1)


def test_a_workbook_gives_moments_as_well_as_days() -> None:
    good = rows()
    good[1][1] = datetime(2027, 1, 1)
    assert arrangements.read("x.xlsx", as_xlsx(good)).days[0].date == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"日期": "元旦那天"}, "“元旦那天”不是日期"),
        ({"日期": ""}, "“”不是日期"),
        ({"年": "今年"}, "“今年”不是年份"),
        ({"年": "20270"}, "“20270”不是年份"),
        ({"年": 2026}, "2027-01-01不属于2026年的安排"),
        ({"日期": "2026-12-24"}, "2026-12-24不属于2027年的安排"),
        ({"放假/上班": "休"}, "“休”应为“放假”或者“上班”"),
        ({"放假/上班": "上班"}, "2027-01-01本为工作日，不需要调休上班"),
        ({"名称": " "}, "名称应填写"),
        ({"名称": "节" * 41}, "名称应填写，且不超过40字"),
        ({"文号": ""}, "文号应填写"),
    ],
)
def test_bad_rows_are_reported_with_their_line_and_nothing_is_written(
    bad: dict[str, Any], message: str
) -> None:
    found = arrangements.read("x.csv", table(**bad))
    assert str(found.faults[0]).startswith(f"第2行：{message}")
    with pytest.raises(Refusal, match="更正后方可导入"):
        arrangements.put_in_force(found)
    assert CalendarYear.objects.count() == 23


def test_a_day_listed_twice_is_bad() -> None:
    found = arrangements.read("x.csv", as_csv([*rows(), rows()[1]]))
    assert [fault.text for fault in found.faults] == ["2027-01-01重复。"]


def test_missing_festivals_and_mixed_numbers_are_warned_of() -> None:
    thin = [row for row in rows() if row[3] != "中秋节"]
    thin[1][4] = "另一文号"
    found = arrangements.read("x.csv", as_csv(thin))
    assert not found.faults
    assert len(found.warnings) == 2
    assert "2个文号" in found.warnings[0]
    assert found.warnings[1] == "2027年安排未列出按放假办法推算的中秋节假日1天，请核对通知原文。"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.csv", as_csv([["年", "日期"]]), "表头缺少：放假/上班、名称、文号"),
        ("x.csv", b"", "表头缺少"),
        ("x.csv", as_csv(rows()[:1]), "没有数据行"),
        ("x.xlsx", b"not a workbook", "不是可以读取的 Excel"),
        ("x.xlsx", as_csv(rows()), "不是可以读取的 Excel"),
        ("x.csv", b"\xff\xff\xff\x81", "编码无法识别"),
        ("x.csv", '年,日期,放假/上班,名称,文号\n"开'.encode(), "不是可以读取的 CSV"),
        ("x.csv", b"x" * (2 * 1024 * 1024 + 1), "超过2MB"),
        ("x.csv", as_csv([rows()[0], *[rows()[1]] * 1000]), "超过1000行"),
        ("x.xlsx", as_xlsx([rows()[0], *[rows()[1]] * 1000]), "超过1000行"),
    ],
)
def test_what_is_no_such_table_is_refused(name: str, content: bytes, message: str) -> None:
    with pytest.raises(Refusal, match=message):
        arrangements.read(name, content)


def test_the_dry_run_tells_changes_and_moves_and_writes_nothing(matter: Any) -> None:
    terms.start(matter, RULE, STARTED)
    found = arrangements.read("x.csv", as_csv(rows()))
    assert found.changes() == [
        "2026-12-26（周六，调休上班）：原为放假，改为上班",
        "2027-01-31（周日，调休上班）：原为放假，改为上班",
        "2027-02-11（周四，春节放假）：原为上班，改为放假",
        "2027-02-20（周六，调休上班）：原为放假，改为上班",
    ]
    assert [str(move) for move in found.moves()] == ["审核期限由2027-02-15改为2027-02-16"]
    assert CalendarYear.objects.count() == 23
    assert Term.objects.get().due_on == date(2027, 2, 15)
    assert not Notice.objects.exists()


def test_wd_18_import_makes_the_year_announced(people: SimpleNamespace) -> None:
    assert calendar.current().is_provisional(date(2027, 3, 1))
    import_2027(by=people.system_admin)
    current = calendar.current()
    assert not current.is_provisional(date(2027, 3, 1))
    assert not current.is_provisional(date(2026, 12, 31))
    assert current.is_working(date(2027, 2, 20))
    assert current.is_working(date(2026, 12, 26))
    assert not current.is_working(date(2027, 2, 11))
    assert current.source(date(2027, 2, 11)) == NUMBER
    row = CalendarYear.objects.latest("pk")
    assert (row.year, row.notice_no, row.source, row.imported_by) == (
        2027,
        NUMBER,
        "2027.csv",
        "系统员",
    )
    entry = Entry.objects.get(act="workflows.import_calendar")
    assert entry.actor_name == "系统员"
    assert "2027-02-20（周六，调休上班）：原为放假，改为上班" in entry.after


def test_a_second_notice_replaces_the_first(people: SimpleNamespace) -> None:
    import_2027()
    second = [row for row in rows() if row[1] not in {day for day, *_ in EXTRA}]
    arrangements.put_in_force(arrangements.read("更正.csv", as_csv(second)), by=people.system_admin)
    current = calendar.current()
    assert not current.is_working(date(2027, 2, 20))
    assert not current.is_working(date(2026, 12, 26))
    assert current.is_working(date(2027, 2, 11))
    assert CalendarDay.objects.filter(notice_year=2027).count() == len(second) - 1
    assert CalendarYear.objects.filter(year=2027).count() == 2


def route(matter: Any, people: SimpleNamespace, tree: SimpleNamespace, **changes: Any) -> Task:
    """Address a task of a matter to the reviewers of the section."""
    facts = {
        "content_type": matter.content_type(),
        "object_id": matter.pk,
        "case_kind": "matter",
        "case_uuid": "00000000-0000-4000-8000-000000000000",
        "case_number": matter.number,
        "case_title": "事项",
        "case_unit": tree.station,
        "node": "review",
        "title": "审核",
        "role": Role.COUNTY_REVIEWER,
        "unit": tree.section,
        "term_code": RULE.code,
        "due_on": date(2027, 2, 15),
        "sorts_on": date(2027, 2, 15),
        **changes,
    }
    task: Task = Task.objects.create(**facts)
    return task


def test_goal_22_a_moved_term_is_recorded_and_its_holders_told(
    matter: Any, people: SimpleNamespace, tree: SimpleNamespace
) -> None:
    terms.start(matter, RULE, STARTED)
    matter.save()
    free = route(matter, people, tree)
    held = route(matter, people, tree, holder=people.deputy, state="claimed", term_code="")
    moves = import_2027(by=people.system_admin)
    assert [(move.old, move.new) for move in moves] == [(date(2027, 2, 15), date(2027, 2, 16))]
    term = Term.objects.get()
    assert (term.due_on, term.is_provisional) == (date(2027, 2, 16), False)
    matter.refresh_from_db()
    free.refresh_from_db()
    held.refresh_from_db()
    assert matter.due_on == free.due_on == free.sorts_on == date(2027, 2, 16)
    assert (held.due_on, held.sorts_on) == (date(2027, 2, 15), date(2027, 2, 15))
    entry = Entry.objects.get(act="workflows.recompute_term")
    assert entry.subject_id == str(matter.pk)
    assert '"review":"2027-02-15"' in entry.before
    assert '"review":"2027-02-16"' in entry.after
    assert NUMBER in entry.reason
    told = Notice.objects.all()
    assert {(note.user, note.role, note.unit) for note in told} == {
        (people.deputy, "", None),
        (None, Role.COUNTY_REVIEWER, tree.section),
    }
    assert {note.text for note in told} == {
        f"{matter.number}：审核期限由2027-02-15改为2027-02-16。原因：导入2027年放假安排（{NUMBER}）"
    }
    assert {note.case for note in told} == {matter}


def test_goal_22_without_a_task_the_opener_is_told(matter: Any, people: SimpleNamespace) -> None:
    terms.start(matter, RULE, STARTED)
    import_2027()
    assert Notice.objects.get().user == people.reviewer


def test_goal_22_what_does_not_move_is_not_told_but_no_longer_provisional(matter: Any) -> None:
    terms.start(matter, RULE, date(2027, 6, 28))
    assert Term.objects.get().is_provisional
    assert import_2027() == []
    term = Term.objects.get()
    assert (term.is_provisional, term.edition) == (False, calendar.current().edition)
    assert not Notice.objects.exists()
    assert not Entry.objects.filter(act="workflows.recompute_term").exists()


def test_goal_22_ended_terms_stay_as_they_were(matter: Any) -> None:
    terms.start(matter, RULE, STARTED)
    terms.meet(matter, RULE, date(2027, 2, 12))
    assert import_2027() == []
    assert Term.objects.get().due_on == date(2027, 2, 15)


def test_goal_22_a_stopped_term_stays_open_ended(matter: Any) -> None:
    terms.start(matter, RULE, STARTED)
    terms.stop(matter, RULE, date(2027, 2, 3), reason="补正", law="LR-27")
    assert import_2027() == []
    assert Term.objects.get().due_on is None


def test_goal_22_a_floor_moves_too_and_the_case_keeps_its_end(matter: Any) -> None:
    terms.start(matter, FLOOR, date(2027, 2, 4))
    assert Term.objects.get().due_on == date(2027, 2, 17)
    moves = import_2027()
    assert [str(move) for move in moves] == ["公示期由2027-02-17改为2027-02-18"]
    matter.refresh_from_db()
    assert matter.due_on is None


def test_goal_22_a_term_started_under_the_old_table_is_caught_by_the_sweep(matter: Any) -> None:
    """Another process began it in the moment of the import: its row shows the old edition."""
    old = calendar.current()
    import_2027()
    terms.start(matter, RULE, STARTED)
    term = Term.objects.with_history().get()
    terms.ledger.remember_end(term, old)
    assert term.due_on == date(2027, 2, 15)
    assert [move.new for move in recompute(reason="定时核对")] == [date(2027, 2, 16)]
    assert recompute(reason="定时核对") == []
    assert Notice.objects.count() == 1


def test_goal_22_many_edits_leave_a_trail_for_every_move(new_matter: Callable[[], Any]) -> None:
    """Whatever the edits: the last recorded end is the stored one, and it is the derived one."""
    matters = [new_matter() for _ in range(5)]
    for number, matter in enumerate(matters):
        terms.start(matter, RULE, date(2027, 3, 1 + number))
        matter.save()
    trail = {matter.pk: [term_due(matter)] for matter in matters}
    for day in range(5, 13):
        edited = [*rows(), [2027, date(2027, 3, day), "放假", "临时放假", NUMBER]]
        edited = edited if date(2027, 3, day).weekday() < 5 else rows()
        for move in arrangements.put_in_force(arrangements.read("x.csv", as_csv(edited))):
            assert move.old == trail[move.term.object_id][-1]
            trail[move.term.object_id].append(move.new)
    for matter in matters:
        assert trail[matter.pk][-1] == term_due(matter)
    moved = sum(len(ends) - 1 for ends in trail.values())
    assert moved == Entry.objects.filter(act="workflows.recompute_term").count()
    assert moved == Notice.objects.count() > 0


def term_due(matter: Any) -> date | None:
    """Return the stored end of a matter's term, which must be the derived one."""
    term: Term = Term.objects.with_history().of_case(matter).get()
    matter.refresh_from_db()
    assert term.reckoning(calendar.current()).due == term.due_on == matter.due_on
    return term.due_on


def test_the_template_reads_back() -> None:
    content = as_csv([list(row) for row in arrangements.rows_of(calendar.seeded(2026))])
    found = arrangements.read("2026.csv", content)
    assert (found.faults, found.warnings, found.changes()) == ([], [], [])


def run(path: Path, *options: str) -> list[str]:
    """Run the command and return its lines."""
    out = StringIO()
    call_command("import_calendar", str(path), *options, stdout=out)
    return out.getvalue().splitlines()


def test_command_tells_first_and_writes_on_demand(matter: Any, tmp_path: Path) -> None:
    terms.start(matter, RULE, STARTED)
    path = tmp_path / "2027.csv"
    path.write_bytes(as_csv(rows()))
    dry = run(path)
    assert dry[-2:] == [
        f"{matter}：审核期限由2027-02-15改为2027-02-16",
        f"试算，未写入：{len(rows()) - 1}天，1个期限将变动。",
    ]
    assert CalendarYear.objects.count() == 23
    assert run(path, "--apply")[-1] == f"已导入：{len(rows()) - 1}天，1个期限已变动。"
    assert CalendarYear.objects.count() == 24


def test_command_ends_with_code_2_on_a_bad_table(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    for content, message in (
        (None, "读不到文件"),
        (b"", "表头缺少"),
        (table(日期="？"), "表中有错误，未导入"),
    ):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(CommandError, match=message) as wrong:
            run(path, "--apply")
        assert wrong.value.returncode == 2
    assert CalendarYear.objects.count() == 23


def test_notice_reaches_its_reader_and_is_read_once(
    people: SimpleNamespace, tree: SimpleNamespace, clock: Any
) -> None:
    own = Notice.objects.create(user=people.reviewer, text="本人")
    post = Notice.objects.create(role=Role.COUNTY_REVIEWER, unit=tree.section, text="岗位")
    Notice.objects.create(role=Role.COUNTY_REVIEWER, unit=tree.bureau, text="别处")
    Notice.objects.create(user=people.deputy, text="他人")
    mine = Notice.objects.addressed_to(people.reviewer, clock.today())
    assert set(mine) == {own, post}
    assert set(Notice.objects.addressed_to(people.second_reviewer, clock.today())) == {post}
    post.read(by=people.second_reviewer)
    clock.forward(hours=1)
    post.read(by=people.reviewer)
    assert (post.read_by, post.read_at) == (people.second_reviewer, post.created_at)
    assert set(mine.unread()) == {own}
    assert str(own) == "本人"
