"""Take in the State Council's holiday arrangement of a year from a table.

Reading and checking write nothing: a dry run tells which rows are bad, which days change and
which running terms would move. Only a table without a bad row can be put in force.
"""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from audit.recording import record
from permissions.policy import demand
from workflows.calendar import TURN_OF_YEAR, Calendar, Day, current, statutory
from workflows.models.calendar import CalendarDay, CalendarYear
from workflows.permissions import Verb
from workflows.reckoning import day_in_words
from workflows.refusals import Refusal
from workflows.terms.recomputing import Move, moves_under, recompute

COLUMNS = ("年", "日期", "放假/上班", "名称", "文号")
KINDS = {"放假": False, "上班": True}
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
MOST_ROWS = 1000
MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row; line 1 is the heading."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"第{self.line}行：{self.text}"


@dataclass
class Arrangement:
    """A table that was read: its good days, its faults, and what looks odd but is allowed."""

    source: str
    days: list[Day] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        """Return the years the table arranges."""
        return sorted({day.notice_year for day in self.days})

    def calendar(self) -> Calendar:
        """Return the calendar as it would be with this arrangement in force."""
        return current().rearranged(self.days, self.years)

    def changes(self) -> list[str]:
        """Tell which days would become working days or days of rest."""
        old, new = current(), self.calendar()
        named = {row.date for row in CalendarDay.objects.filter(notice_year__in=self.years)}
        ruled = {day.date for year in self.years for day in statutory(year)}
        return [
            f"{day_in_words(day, new)}：原为{_works(old, day)}，改为{_works(new, day)}"
            for day in sorted(named | ruled | {each.date for each in self.days})
            if old.is_working(day) != new.is_working(day)
        ]

    def moves(self) -> list[Move]:
        """Tell which running terms would move."""
        return list(moves_under(self.calendar()))


def _works(calendar: Calendar, day: date) -> str:
    """Return 上班 or 放假."""
    return "上班" if calendar.is_working(day) else "放假"


def read(name: str, content: bytes) -> Arrangement:
    """Read and check a table (.xlsx or .csv); raise Refusal where it is no such table."""
    if len(content) > MOST_BYTES:
        raise Refusal("文件超过2MB，不是放假安排表。")
    rows = _sheet(content) if name.lower().endswith(".xlsx") else _comma_separated(content)
    arrangement = Arrangement(source=name)
    numbered = enumerate(rows, start=1)
    heading = next(numbered, (1, []))[1]
    places = {_text(cell): place for place, cell in enumerate(heading)}
    if missing := [column for column in COLUMNS if column not in places]:
        raise Refusal(f"表头缺少：{'、'.join(missing)}。表头应为：{'、'.join(COLUMNS)}。")
    for line, row in numbered:
        if line > MOST_ROWS:
            raise Refusal(f"表格超过{MOST_ROWS}行，不是放假安排表。")
        cells = {
            column: row[places[column]] if places[column] < len(row) else None for column in COLUMNS
        }
        if any(_text(cell) for cell in cells.values()):
            _take(arrangement, line, cells)
    if not arrangement.days and not arrangement.faults:
        raise Refusal("表中没有数据行。")
    _compare(arrangement)
    return arrangement


def _sheet(content: bytes) -> Iterator[list[Any]]:
    """Give the rows of the first sheet, one more than are allowed at most."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        return iter([list(row) for row in islice(rows, MOST_ROWS + 1)])
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        LookupError,
        OSError,
        SyntaxError,
        ValueError,
    ):
        raise Refusal("文件不是可以读取的 Excel 表格（.xlsx）。") from None


def _comma_separated(content: bytes) -> Iterator[list[Any]]:
    """Give the rows of a CSV file in UTF-8 or, as Excel writes it in China, GB 18030."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise Refusal("文件编码无法识别，请另存为 UTF-8 或 GB 18030 编码的 CSV。") from None
    try:
        yield from csv.reader(io.StringIO(text), strict=True)
    except csv.Error:
        raise Refusal("文件不是可以读取的 CSV 表格。") from None


def _text(cell: object) -> str:
    """Return a cell as text."""
    return "" if cell is None else str(cell).strip()


def _take(arrangement: Arrangement, line: int, cells: dict[str, Any]) -> None:
    """Add a row to the days, or what is wrong with it to the faults."""
    faults: list[str] = []
    day, year = _date(cells["日期"]), _year(cells["年"])
    kind, name, number = (_text(cells[column]) for column in COLUMNS[2:])
    if day is None:
        faults.append(f"“{_text(cells['日期'])}”不是日期，请写成 2027-02-06。")
    if year is None:
        faults.append(f"“{_text(cells['年'])}”不是年份。")
    if day and year and not _belongs(day, year):
        faults.append(f"{day}不属于{year}年的安排（上年12月25日至当年12月31日）。")
    if kind not in KINDS:
        faults.append(f"“{kind}”应为“放假”或者“上班”。")
    if day and KINDS.get(kind) and day.weekday() < 5:
        faults.append(f"{day}本为工作日，不需要调休上班。")
    faults += [
        f"{column}应填写，且不超过{most}字。"
        for column, value, most in (("名称", name, 40), ("文号", number, 60))
        if not 0 < len(value) <= most
    ]
    if day and any(day == other.date for other in arrangement.days):
        faults.append(f"{day}重复。")
    if day and year and not faults:
        arrangement.days.append(Day(day, KINDS[kind], name, arrangement.source, year, number))
    arrangement.faults += [Fault(line, text) for text in faults]


def _date(cell: object) -> date | None:
    """Read a date from a cell of a sheet or from text."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for written in DATE_FORMATS:
        try:
            return datetime.strptime(_text(cell), written).date()
        except ValueError:
            continue
    return None


def _year(cell: object) -> int | None:
    """Read a year."""
    text = _text(cell).removesuffix("年")
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100 else None


def _belongs(day: date, year: int) -> bool:
    """Tell whether the notice for a year can name the day."""
    return day.year == year or (day.year == year - 1 and (day.month, day.day) >= TURN_OF_YEAR)


def _compare(arrangement: Arrangement) -> None:
    """Note statutory days the table leaves out, and a year with more than one notice number."""
    listed = {day.date: day for day in arrangement.days}
    for year in arrangement.years:
        numbers = {day.notice_no for day in arrangement.days if day.notice_year == year}
        if len(numbers) > 1:
            arrangement.warnings.append(
                f"{year}年有{len(numbers)}个文号：{'、'.join(sorted(numbers))}。"
            )
        names = Counter(day.name for day in statutory(year) if day.date not in listed)
        arrangement.warnings += [
            f"{year}年安排未列出按放假办法推算的{name}假日{count}天，请核对通知原文。"
            for name, count in names.items()
        ]


def put_in_force(arrangement: Arrangement, *, by: Any = None) -> list[Move]:
    """Write the arrangement, then derive the running terms anew; return those that moved.

    Refuse while a row is bad. The earlier arrangement stays in the trace and in the insert-only
    list of years; a term's old and new end are recorded and its holders told.
    """
    if arrangement.faults:
        raise Refusal(
            f"表中有{len(arrangement.faults)}处错误，更正后方可导入。{arrangement.faults[0]}"
        )
    _write(arrangement, by)
    notices = "、".join(sorted({day.notice_no for day in arrangement.days}))
    years = "、".join(f"{year}年" for year in arrangement.years)
    return recompute(reason=f"导入{years}放假安排（{notices}）", by=by)


@transaction.atomic
def _write(arrangement: Arrangement, by: Any) -> None:
    """Replace the days of the years, one import after another, and leave an entry."""
    post = demand(by, Verb.IMPORT_CALENDAR)
    list(CalendarYear.objects.select_for_update().order_by("pk"))
    changes = arrangement.changes()
    CalendarDay.objects.filter(notice_year__in=arrangement.years).delete()
    CalendarDay.objects.bulk_create(
        (_row(day) for day in arrangement.days),
        update_conflicts=True,
        unique_fields=["date"],
        update_fields=["is_working", "name", "notice_year", "notice_no", "source"],
    )
    importer = by.full_name if by else ""
    for year in arrangement.years:
        year_row = CalendarYear.objects.create(
            year=year,
            notice_no=next(day.notice_no for day in arrangement.days if day.notice_year == year),
            source=arrangement.source[:120],
            imported_by=importer,
        )
    record(
        Verb.IMPORT_CALENDAR,
        Verb.IMPORT_CALENDAR.label,
        subject=year_row,
        by=by,
        post=post,
        after={"years": arrangement.years, "changes": changes},
        reason=arrangement.source,
    )


def _row(day: Day) -> CalendarDay:
    """Return a day as a row."""
    return CalendarDay(
        date=day.date,
        is_working=day.is_working,
        name=day.name,
        notice_year=day.notice_year,
        notice_no=day.notice_no,
        source=day.source[:120],
    )


def rows_of(days: Iterable[Day]) -> Iterator[tuple[object, ...]]:
    """Give days as rows of the table that `read` takes, heading first, for the template file."""
    yield COLUMNS
    for day in days:
        kind = "上班" if day.is_working else "放假"
        yield day.notice_year, day.date.isoformat(), kind, day.name, day.notice_no
