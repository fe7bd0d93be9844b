"""Lay out the register (登记簿) of a series and year, for the screen, on paper and in Excel."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font

from audit import clock
from documents import numbers, rendering
from documents.models import Number
from documents.permissions import Verb
from documents.words import chinese_date, freeze
from permissions.models import Unit
from permissions.policy import may
from permissions.verbs import roles_with

COLUMNS = ["序号", "文号", "编号日期", "标题", "经办人", "状态", "作废原因", "作废人", "作废时间"]
WIDTHS = [1.3, 4.0, 2.2, 6.0, 1.8, 1.2, 3.0, 1.5, 2.2]


def series_open_to(user: Any) -> list[numbers.Series]:
    """Return the series whose register the user may see: those of units his posts reach."""
    if not may(user, Verb.VIEW_REGISTER):
        return []
    reached = set(
        Unit.objects.reached_by(user, roles_with(Verb.VIEW_REGISTER), user.today())
        .filter(code__in=[series.unit for series in numbers.declared()])
        .values_list("code", flat=True)
    )
    return [series for series in numbers.declared() if not series.unit or series.unit in reached]


def years_of(series: numbers.Series) -> list[int]:
    """Return the years in which the series gave out numbers, newest first."""
    return list(
        Number.objects.filter(series__code=series.code)
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct()
    )


def entries(series: numbers.Series, year: int) -> list[Number]:
    """Return the numbers of the register with their papers, in order."""
    return list(Number.objects.registered(series.code, year).select_related("paper"))


def row(number: Number) -> list[str]:
    """Return the cells of one number."""
    paper = getattr(number, "paper", None)
    voided = number.voided_at.astimezone(clock.PLACE) if number.voided_at else None
    return [
        str(number.value),
        number.text,
        f"{number.allocated_on:%Y-%m-%d}",
        paper.title if paper else "案件编号" if number.subject_id else "未用",
        paper.issued_by_name if paper else "",
        number.get_state_display(),
        number.void_reason,
        number.voided_by_name,
        f"{voided:%Y-%m-%d}" if voided else "",
    ]


def summary(numbered: list[Number]) -> str:
    """Say how many numbers there are, how many are void, and which are missing (none should be)."""
    void = sum(number.state == Number.State.VOID for number in numbered)
    present = {number.value for number in numbered}
    missing = [value for value in range(1, max(present, default=0) + 1) if value not in present]
    gaps = "缺第" + "、".join(map(str, missing)) + "号" if missing else "序号连续，没有缺号"
    return f"共{len(numbered)}号，其中作废{void}号，{gaps}。"


def heading(series: numbers.Series, year: int) -> str:
    """Return the title of the register."""
    return f"{series.title}登记簿（{year}年）"


def as_pdf(series: numbers.Series, year: int) -> bytes:
    """Return the register for printing."""
    numbered = entries(series, year)
    words, _ = freeze(
        {
            "title": heading(series, year),
            "paragraphs": [f"{summary(numbered)}打印日期：{chinese_date(clock.today())}"],
            "tables": [
                {"columns": COLUMNS, "rows": [row(one) for one in numbered], "widths": WIDTHS}
            ],
        }
    )
    return rendering.pdf(words, "register", clock.today(), archival=False)


def as_workbook(series: numbers.Series, year: int) -> bytes:
    """Return the register as an Excel file in which no text can become a formula."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("登记簿")
    for index, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHI"[index]].width = width * 6
    sheet.append([_text_cell(sheet, text, bold=True) for text in COLUMNS])
    for number in entries(series, year):
        sheet.append([_text_cell(sheet, text) for text in row(number)])
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _text_cell(sheet: Any, text: str, *, bold: bool = False) -> Cell:
    """Return a cell that holds text whatever its first character is."""
    cell = WriteOnlyCell(sheet, value=None)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    cell.font = Font(name="仿宋", size=11, bold=bold)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell
