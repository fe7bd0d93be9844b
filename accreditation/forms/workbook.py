"""Write a standard to Excel and read one back: every bad row by number and reason, all or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from io import BytesIO
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from django.db.models import Model
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from accreditation.forms.standards import parse_tiers, write_tiers
from accreditation.models import Category, EvidenceKind, Item, Standard, VetoItem
from accreditation.rules.scoring import Mode
from accreditation.rules.standards import item_defects
from indicators.rules import plain

ITEMS, VETOES = "评分项目", "一票否决"
ITEM_HEADS = (
    "类别序号", "类别", "类别分值", "项目编号", "项目", "要求", "分值", "计分方式", "每项扣分",
    "扣分下限", "分档", "取证方式", "指标代码", "依据",
)  # fmt: skip
VETO_HEADS = ("序号", "否决情形", "认定口径", "回溯年限", "依据")
MOST_ROWS = 500
MODES = {label: value for value, label in Mode.choices}


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be taken, with its number in the file and the reason."""

    sheet: str
    number: int
    reason: str


@dataclass
class Parsed:
    """What a workbook says: categories with items and veto items, or bad rows."""

    categories: dict[int, Category] = field(default_factory=dict)
    items: list[tuple[int, Item]] = field(default_factory=list)
    vetoes: list[VetoItem] = field(default_factory=list)
    bad_rows: list[BadRow] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Tell whether the whole file may be taken."""
        return not self.bad_rows


def write(standard: Standard) -> bytes:
    """Return the standard as an Excel file whose cells are all plain text."""
    book = Workbook()
    items = book.active
    items.title = ITEMS
    _head(items, ITEM_HEADS)
    for category in standard.category_list():
        for item in category.item_list:
            _row(items, _item_cells(category, item))
    vetoes = book.create_sheet(VETOES)
    _head(vetoes, VETO_HEADS)
    for veto in standard.veto_items.all():
        cells = (veto.number, veto.title, veto.requirement, veto.lookback_years, veto.basis)
        _row(vetoes, [str(cell) for cell in cells])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _item_cells(category: Category, item: Item) -> list[str]:
    return [
        str(category.number), category.title, plain(category.points), item.code, item.title,
        item.requirement, plain(item.max_points), Mode(item.mode).label, plain(item.per_unit),
        plain(item.floor), write_tiers(item.thresholds), item.evidence, item.source, item.basis,
    ]  # fmt: skip


def _head(sheet: Worksheet, heads: Sequence[str]) -> None:
    _row(sheet, list(heads))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _row(sheet: Worksheet, cells: Sequence[str]) -> None:
    """Write text cells; a text that begins with "=" stays a text and never becomes a formula."""
    number = 1 if sheet.max_row == 1 and sheet["A1"].value is None else sheet.max_row + 1
    for column, text in enumerate(cells, start=1):
        cell = sheet.cell(row=number, column=column)
        cell.value = text
        cell.data_type = "s"


def read(content: bytes) -> Parsed:
    """Read an Excel file; nothing is stored. Bad rows are named, the rest is in the answer."""
    parsed = Parsed()
    try:
        book = load_workbook(BytesIO(content), read_only=False, data_only=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        parsed.bad_rows.append(BadRow("", 0, "不是可以读取的Excel文件（.xlsx）。"))
        return parsed
    for name, heads, take in ((ITEMS, ITEM_HEADS, _take_item), (VETOES, VETO_HEADS, _take_veto)):
        if name not in book.sheetnames:
            parsed.bad_rows.append(BadRow(name, 0, f"缺少工作表“{name}”。"))
            continue
        for number, cells in _rows(book[name], heads, parsed):
            try:
                take(parsed, cells)
            except (ValueError, InvalidOperation) as wrong:
                parsed.bad_rows.append(BadRow(name, number, _reason(wrong)))
    return parsed


def _reason(wrong: Exception) -> str:
    return "数字格式不正确。" if isinstance(wrong, InvalidOperation) else str(wrong)


def _rows(
    sheet: Worksheet, heads: Sequence[str], parsed: Parsed
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows as texts by heading; wrong headings, formulas and excess are bad rows."""
    found = [str(cell.value or "").strip() for cell in sheet[1]][: len(heads)]
    if found != list(heads):
        parsed.bad_rows.append(BadRow(sheet.title, 1, f"表头应为：{'、'.join(heads)}。"))
        return
    if sheet.max_row > MOST_ROWS:
        parsed.bad_rows.append(BadRow(sheet.title, MOST_ROWS, f"最多{MOST_ROWS}行。"))
        return
    for number, row in enumerate(sheet.iter_rows(min_row=2, max_col=len(heads)), start=2):
        if any(cell.data_type == "f" for cell in row):
            parsed.bad_rows.append(BadRow(sheet.title, number, "单元格含有公式，请改为文本。"))
            continue
        texts = ["" if cell.value is None else str(cell.value).strip() for cell in row]
        if any(texts):
            yield number, dict(zip(heads, texts, strict=True))


def _whole(text: str, name: str) -> int:
    try:
        return int(Decimal(text))
    except (InvalidOperation, ValueError):
        raise ValueError(f"{name}应为整数，现为“{text}”。") from None


def _points(text: str, name: str) -> Decimal:
    try:
        points = Decimal(text or "0")
    except InvalidOperation:
        raise ValueError(f"{name}应为数字，现为“{text}”。") from None
    if not 0 <= points <= 100 or points != points.quantize(Decimal("0.01")):
        raise ValueError(f"{name}应在0至100之间，最多两位小数，现为“{text}”。")
    return points


def _take_item(parsed: Parsed, cells: dict[str, str]) -> None:
    number = _whole(cells["类别序号"], "类别序号")
    category = Category(
        number=number, title=cells["类别"], points=_points(cells["类别分值"], "类别分值")
    )
    known = parsed.categories.setdefault(number, category)
    if (known.title, known.points) != (category.title, category.points):
        raise ValueError(f"类别{number}的名称或分值与前面的行不一致。")
    item = _item(cells)
    if any(item.code == other.code for _, other in parsed.items):
        raise ValueError(f"项目编号{item.code}重复。")
    found = [*_misshapen(category), *_misshapen(item)] or list(item_defects(item))
    if found:
        raise ValueError("".join(found))
    parsed.items.append((number, item))


def _item(cells: dict[str, str]) -> Item:
    if cells["计分方式"] not in MODES:
        raise ValueError(f"计分方式应为{'、'.join(MODES)}之一，现为“{cells['计分方式']}”。")
    kinds = [kind for kind in cells["取证方式"].split("、") if kind]
    for kind in kinds:
        if kind not in EvidenceKind.values:
            raise ValueError(f"取证方式“{kind}”不在{'、'.join(EvidenceKind.values)}之内。")
    return Item(
        code=cells["项目编号"],
        title=cells["项目"],
        requirement=cells["要求"],
        max_points=_points(cells["分值"], "分值"),
        mode=MODES[cells["计分方式"]],
        per_unit=_points(cells["每项扣分"], "每项扣分"),
        floor=_points(cells["扣分下限"], "扣分下限"),
        thresholds=parse_tiers(cells["分档"]),
        evidence_kinds=kinds,
        source=cells["指标代码"],
        basis=cells["依据"],
    )


def _misshapen(row: Model) -> Iterator[str]:
    """Yield what the row's own fields refuse: empty, too long, out of bounds."""
    try:
        row.clean_fields(exclude=["standard", "category"])
    except ValidationError as wrong:
        for name, messages in wrong.message_dict.items():
            yield f"{row._meta.get_field(name).verbose_name}：{''.join(messages)}"


def _take_veto(parsed: Parsed, cells: dict[str, str]) -> None:
    veto = VetoItem(
        number=_whole(cells["序号"], "序号"),
        title=cells["否决情形"],
        requirement=cells["认定口径"],
        lookback_years=_whole(cells["回溯年限"], "回溯年限"),
        basis=cells["依据"],
    )
    found = list(_misshapen(veto))
    if any(veto.number == other.number for other in parsed.vetoes):
        found.append(f"序号{veto.number}重复。")
    if found:
        raise ValueError("".join(found))
    parsed.vetoes.append(veto)
