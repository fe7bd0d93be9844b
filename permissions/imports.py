"""Import units and people, and appointments, from Excel: all rows or none.

Units and people come from the system administrator, appointments from the security administrator:
one workbook for both would join what 三员分立 keeps apart.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.recording import record
from permissions.models import Unit, UnitKind, User
from permissions.people import add_person
from permissions.permissions import Verb
from permissions.policy import demand
from permissions.posts import appoint
from permissions.refusals import Impossible
from permissions.roles import Role
from permissions.units import add_unit
from permissions.workbooks import Column, Row, Sheet, read_workbook, write_workbook

UNITS = Sheet(
    "机构",
    (
        Column("code", "机构代码", True, "371481104"),
        Column("name", "名称", True, "郑店镇"),
        Column("kind", "类别", True, "乡镇"),
        Column("parent", "上级机构代码", True, "371481"),
    ),
)
PEOPLE = Sheet(
    "人员",
    (
        Column("username", "账号", True, "zhangsan"),
        Column("full_name", "姓名", True, "张三"),
        Column("phone", "联系电话", False, "0534-6220000"),
    ),
)
POSTS = Sheet(
    "岗位",
    (
        Column("username", "账号", True, "zhangsan"),
        Column("role", "岗位", True, "司法所所长"),
        Column("unit", "机构代码", True, "371481104SFS"),
        Column("starts_on", "任职自", True, "2025-10-01"),
        Column("ends_on", "任职至", False, ""),
    ),
)
PASSWORDS = Sheet(
    "初始口令",
    (Column("username", "账号"), Column("full_name", "姓名"), Column("password", "初始口令")),
)
SHEETS = (UNITS, PEOPLE, POSTS)
KINDS = {kind.label: kind for kind in UnitKind}
ROLES = {role.label: role for role in Role}


@dataclass(frozen=True)
class Kind:
    """A kind of import: its verb, its sheets in the order in which they are taken in."""

    title: str
    verb: Verb
    sheets: tuple[Sheet, ...]


DIRECTORY = Kind("机构和人员", Verb.IMPORT_PEOPLE, (UNITS, PEOPLE))
APPOINTMENTS = Kind("岗位任命", Verb.MANAGE_POST, (POSTS,))


@dataclass
class Import:
    """What an import did, or what a dry run found: counts per sheet, bad rows, passwords."""

    counts: dict[str, int] = field(default_factory=dict)
    bad: list[Row] = field(default_factory=list)
    passwords: list[dict[str, str]] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Tell whether every row can be taken in."""
        return not self.bad and any(self.counts.values())


class _Undone(Exception):
    """Undo what was written: a dry run, or a bad row among good ones."""


def template_of(kind: Kind) -> bytes:
    """Write the workbook to fill in, with one example row per sheet."""
    return write_workbook(
        (sheet, [{column.key: column.example for column in sheet.columns}]) for sheet in kind.sheets
    )


def password_sheet(found: Import) -> bytes:
    """Write the sheet of initial passwords, to be handed out and destroyed."""
    return write_workbook([(PASSWORDS, found.passwords)])


def rows_of(kind: Kind, content: bytes) -> list[Row]:
    """Read the workbook; raise `UnreadableWorkbook` when it is none of ours."""
    sheets = read_workbook(content, kind.sheets)
    return [row for sheet in kind.sheets for row in sheets.get(sheet.title, [])]


def try_out(kind: Kind, rows: list[Row], *, by: User) -> Import:
    """Take the rows in and undo it all: the same code as the import says what is wrong."""
    found = Import()
    try:
        with transaction.atomic():
            found = _take_in(kind, rows, by)
            raise _Undone
    except _Undone:
        found.passwords.clear()
    return found


def carry_out(kind: Kind, rows: list[Row], *, by: User) -> Import:
    """Take all rows in, or none if a single one is bad."""
    found = Import()
    try:
        with transaction.atomic():
            found = _take_in(kind, rows, by)
            if found.bad:
                raise _Undone
            post = demand(by, kind.verb)
            record("permissions.import", f"导入{kind.title}", by=by, post=post, after=found.counts)
    except _Undone:
        found.passwords.clear()
    return found


def _take_in(kind: Kind, rows: list[Row], by: User) -> Import:
    """Take in row after row; a bad one is noted and the next one tried."""
    found = Import()
    for row in rows:
        row.faults = list(row.faults)
        if not row.faults:
            row.faults = _faults_of(row, found, by)
        if row.faults:
            found.bad.append(row)
        else:
            found.counts[row.sheet] = found.counts.get(row.sheet, 0) + 1
    return found


def _faults_of(row: Row, found: Import, by: User) -> list[str]:
    """Take one row in; return what is wrong with it in Chinese."""
    try:
        with transaction.atomic():
            TAKE_IN[row.sheet](row.texts, found, by)
    except Impossible as fault:
        return [str(fault)]
    except ValidationError as fault:
        return _sentences(fault)
    return []


def _sentences(fault: ValidationError) -> list[str]:
    """Say what is wrong, with the heading of the column where it is about one."""
    headings = {column.key: column.heading for sheet in SHEETS for column in sheet.columns}
    return [
        f"{headings[key]}：{message}" if key in headings else message
        for key, messages in fault.message_dict.items()
        for message in messages
    ]


def _take_unit(texts: dict[str, str], found: Import, by: User) -> None:
    """Add a unit; its parent may stand above it on the same sheet."""
    add_unit(
        code=texts["code"],
        name=texts["name"],
        kind=_one_of(KINDS, texts["kind"], "类别"),
        parent=_unit(texts["parent"]),
        by=by,
    )


def _take_person(texts: dict[str, str], found: Import, by: User) -> None:
    """Add an account with an initial password that must be changed."""
    _, password = add_person(**texts, by=by)
    found.passwords.append({**texts, "password": password})


def _take_post(texts: dict[str, str], found: Import, by: User) -> None:
    """Appoint a person."""
    user = User.objects.filter(username=texts["username"]).first()
    if user is None:
        raise Impossible(f"没有账号“{texts['username']}”")
    appoint(
        user,
        _one_of(ROLES, texts["role"], "岗位"),
        _unit(texts["unit"]),
        _day(texts["starts_on"], "任职自"),
        _day(texts["ends_on"], "任职至") if texts["ends_on"] else None,
        reason="批量导入",
        by=by,
    )


TAKE_IN: dict[str, Callable[[dict[str, str], Import, User], None]] = {
    UNITS.title: _take_unit,
    PEOPLE.title: _take_person,
    POSTS.title: _take_post,
}


def _one_of(choices: dict[str, Any], text: str, heading: str) -> Any:
    """Return the choice with this Chinese name."""
    if text not in choices:
        raise Impossible(f"{heading}“{text}”不在可选范围：{'、'.join(choices)}")
    return choices[text]


def _unit(code: str) -> Unit:
    """Return the unit with this code."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Impossible(f"没有机构代码为“{code}”的机构；在同一表中新增的上级须排在下级之前")
    return unit


def _day(text: str, heading: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError as fault:
        raise Impossible(f"{heading}“{text}”不是日期，请写成 2025-10-01 的样子") from fault
