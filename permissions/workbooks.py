"""Read and write Excel workbooks: nothing hostile in, no formula out.

A workbook is a zip of XML: before it is opened, its size, the number and the unpacked size of its
parts are counted, and parts that declare entities are refused.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEGABYTE = 1024 * 1024
LARGEST = 5 * MEGABYTE
LARGEST_UNPACKED = 60 * MEGABYTE
MOST_PARTS = 200
MOST_ROWS = 2000
WIDTH = 22

TOO_LARGE = f"文件超过 {LARGEST // MEGABYTE} 兆字节，请分成几个文件导入。"
NOT_A_WORKBOOK = "文件不是 Excel 工作簿（.xlsx），请下载模板填写后再上传。"
SUSPICIOUS = "文件内容异常（解压后过大或者含有不允许的声明），未予打开。"


class UnreadableWorkbook(ValueError):
    """A file that is not read; its Chinese text is shown as it is."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet: key, heading, whether it must be filled, an example."""

    key: str
    heading: str
    required: bool = False
    example: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its title and columns."""

    title: str
    columns: tuple[Column, ...]


@dataclass
class Row:
    """A row as it was typed: its number on the sheet, its texts by key, what is wrong with it."""

    sheet: str
    number: int
    texts: dict[str, str]
    faults: list[str]


def read_workbook(content: bytes, sheets: Sequence[Sheet]) -> dict[str, list[Row]]:
    """Return the rows of each sheet that is present, by its title; empty rows are skipped.

    Raises `UnreadableWorkbook` for what is no workbook, is hostile, or has other headings.
    """
    _inspect(content)
    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    except (InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as fault:
        raise UnreadableWorkbook(NOT_A_WORKBOOK) from fault
    try:
        present = [sheet for sheet in sheets if sheet.title in workbook.sheetnames]
        if not present:
            titles = "”、“".join(sheet.title for sheet in sheets)
            raise UnreadableWorkbook(f"工作簿里没有名为“{titles}”的工作表，请用模板填写。")
        return {sheet.title: _read_sheet(workbook[sheet.title], sheet) for sheet in present}
    finally:
        workbook.close()


def _inspect(content: bytes) -> None:
    """Refuse what could exhaust the machine before anything is unpacked."""
    if len(content) > LARGEST:
        raise UnreadableWorkbook(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
                raise UnreadableWorkbook(SUSPICIOUS)
            if any(b"<!DOCTYPE" in archive.read(part) for part in parts):
                raise UnreadableWorkbook(SUSPICIOUS)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as fault:
        raise UnreadableWorkbook(NOT_A_WORKBOOK) from fault


def _read_sheet(worksheet: Any, sheet: Sheet) -> list[Row]:
    """Read the rows below the headings."""
    width = len(sheet.columns)
    lines = worksheet.iter_rows(max_col=width, max_row=MOST_ROWS + 2)
    headings = [_text(cell) for cell in next(lines, ())]
    expected = [column.heading for column in sheet.columns]
    if headings != expected:
        raise UnreadableWorkbook(
            f"工作表“{sheet.title}”的表头应依次为：{'、'.join(expected)}。请用模板填写。"
        )
    rows = [_read_row(sheet, number, cells) for number, cells in enumerate(lines, start=2)]
    filled = [row for row in rows if any(row.texts.values()) or row.faults]
    if len(rows) > MOST_ROWS:
        raise UnreadableWorkbook(f"工作表“{sheet.title}”超过 {MOST_ROWS} 行，请分批导入。")
    return filled


def _read_row(sheet: Sheet, number: int, cells: Sequence[Any]) -> Row:
    """Read one row and note formulas and empty cells that must be filled."""
    row = Row(sheet.title, number, {}, [])
    for column, cell in zip(sheet.columns, cells, strict=False):
        if cell.data_type == "f":
            row.faults.append(f"“{column.heading}”是公式，请改为直接填写内容")
            row.texts[column.key] = ""
        else:
            row.texts[column.key] = _text(cell)
    for column in sheet.columns:
        row.texts.setdefault(column.key, "")
    if any(row.texts.values()):
        row.faults += [
            f"“{column.heading}”未填写"
            for column in sheet.columns
            if column.required and not row.texts[column.key] and not row.faults
        ]
    return row


def _text(cell: Any) -> str:
    """Return what a cell shows: whole numbers without a point, days as 2025-09-26."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def write_workbook(sheets: Iterable[tuple[Sheet, Iterable[dict[str, str]]]]) -> bytes:
    """Write sheets with their headings and rows; every cell is text, so no formula can run."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet, rows in sheets:
        worksheet = workbook.create_sheet(sheet.title)
        worksheet.append([column.heading for column in sheet.columns])
        for cell in worksheet[1]:
            cell.font = Font(bold=True)
            worksheet.column_dimensions[cell.column_letter].width = WIDTH
        for number, row in enumerate(rows, start=2):
            for place, column in enumerate(sheet.columns, start=1):
                cell = worksheet.cell(row=number, column=place)
                cell.value, cell.data_type = row.get(column.key, ""), "s"
                cell.number_format = "@"
        worksheet.freeze_panes = "A2"
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()
