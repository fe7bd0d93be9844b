"""Move the register to Excel and back: every row checked as the page checks it, all or none."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from laws.forms.register import UNKNOWN, LawForm, law_named
from laws.models import Ending, Law, LawKind, add_law, correct_law
from permissions.refusals import Impossible
from permissions.workbooks import Column, Row, Sheet, read_workbook, write_workbook

SHEET = Sheet(
    "法规",
    (
        Column("title", "名称", True, "公平竞争审查条例"),
        Column("aliases", "简称", False, ""),
        Column("kind", "类别", True, "行政法规"),
        Column("issuer", "制定机关", False, "国务院"),
        Column("document_number", "文号", False, "国务院令第783号"),
        Column("promulgated_on", "公布日期", False, ""),
        Column("effective_from", "施行日期", False, "2024-08-01"),
        Column("effective_until", "失效日期", False, ""),
        Column("ending", "失效原因", False, ""),
        Column("superseded_by", "废止或者替代它的文件", False, ""),
        Column("highest_article", "最高条号", False, ""),
        Column("source", "来源说明", False, ""),
    ),
)
KEYS = tuple(column.key for column in SHEET.columns)
HEADINGS = {column.key: column.heading for column in SHEET.columns}
CHOICES = {"kind": LawKind, "ending": Ending}
ADDED, CORRECTED, SAME = "新登记", "更正", "没有变化"
REASON = "从 Excel 导入"


@dataclass
class Import:
    """What an import did, or what a dry run found: counts, and the bad rows."""

    counts: dict[str, int] = field(default_factory=dict)
    bad: list[Row] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Tell whether every row can be taken in."""
        return not self.bad and any(self.counts.values())


class _Undone(Exception):
    """Undo what was written: a dry run, or a bad row among good ones."""


def template() -> bytes:
    """Write the workbook to fill in, with one example row."""
    return write_workbook([(SHEET, [{one.key: one.example for one in SHEET.columns}])])


def workbook_of(laws: Iterable[Law]) -> bytes:
    """Write registered laws as a workbook that can be read back."""
    return write_workbook([(SHEET, map(texts_of, laws))])


def texts_of(law: Law) -> dict[str, str]:
    """Write a law as the texts of a row."""
    texts = {key: str(getattr(law, key) or "") for key in KEYS}
    for key, choices in CHOICES.items():
        texts[key] = choices(texts[key]).label if texts[key] else ""
    texts["superseded_by"] = law.superseded_by.title if law.superseded_by else ""
    return texts


def rows_of(content: bytes) -> list[Row]:
    """Read the workbook; raise `UnreadableWorkbook` when it is none of ours."""
    return read_workbook(content, (SHEET,))[SHEET.title]


def try_out(rows: list[Row], *, by: Any) -> Import:
    """Take the rows in and undo it all: the same code as the import says what is wrong."""
    found = Import()
    try:
        with transaction.atomic():
            found = _take_in(rows, by)
            raise _Undone
    except _Undone:
        return found


def carry_out(rows: list[Row], *, by: Any) -> Import:
    """Take all rows in, or none if a single one is bad."""
    found = Import()
    try:
        with transaction.atomic():
            found = _take_in(rows, by)
            if found.bad:
                raise _Undone
    except _Undone:
        pass
    return found


def _take_in(rows: list[Row], by: Any) -> Import:
    """Take in row after row, then what took their place, which may stand further below."""
    found = Import()
    taken: list[tuple[Row, Law]] = []
    for row in rows:
        row.faults = list(row.faults)
        law = None if row.faults else _attempt(row, _take_row, found, by)
        if law is not None:
            taken.append((row, law))
    for row, law in taken:
        if row.texts["superseded_by"]:
            _attempt(row, _link, law, by)
    found.bad = [row for row in rows if row.faults]
    return found


def _attempt(row: Row, change: Any, *given: Any) -> Any:
    """Run a change for one row; what is wrong with it is noted in Chinese."""
    try:
        with transaction.atomic():
            return change(row, *given)
    except Impossible as fault:
        row.faults.append(str(fault))
    except ValidationError as fault:
        row.faults += [
            f"{HEADINGS[key]}：{message}" if key in HEADINGS else message
            for key, messages in fault.message_dict.items()
            for message in messages
        ]
    return None


def _take_row(row: Row, found: Import, by: Any) -> Law:
    """Add or correct the law of one row; one that says what is registered changes nothing."""
    facts = _facts(row)
    known = Law.objects.filter(
        title=facts["title"], effective_from=facts["effective_from"]
    ).select_related("superseded_by")
    law = known.first()
    done = ADDED
    if law is None:
        law = add_law(by=by, **facts)
    elif _differs(law, facts):
        law, done = correct_law(law, by=by, reason=REASON, **facts), CORRECTED
    else:
        done = SAME
    found.counts[done] = found.counts.get(done, 0) + 1
    return law


def _facts(row: Row) -> dict[str, Any]:
    """Check the texts of a row as the page would; raise `ValidationError` with all faults."""
    texts = {key: text for key, text in row.texts.items() if key != "superseded_by"}
    for key, choices in CHOICES.items():
        labels = {one.label: one.value for one in choices}
        if texts[key] and texts[key] not in labels:
            raise Impossible(f"{HEADINGS[key]}“{texts[key]}”不在可选范围：{'、'.join(labels)}")
        texts[key] = labels.get(texts[key], "")
    form = LawForm(texts)
    if not form.is_valid():
        raise ValidationError({key: list(faults) for key, faults in form.errors.items()})
    return {key: form.cleaned_data[key] for key in KEYS if key != "superseded_by"}


def _differs(law: Law, facts: dict[str, Any]) -> bool:
    """Tell whether a row says anything else than what is registered."""
    return any((getattr(law, key) or "") != (value or "") for key, value in facts.items())


def _link(row: Row, law: Law, by: Any) -> None:
    """Note what took the place of a law."""
    successor = law_named(row.texts["superseded_by"])
    if successor is None:
        raise Impossible(f"{HEADINGS['superseded_by']}：{UNKNOWN}")
    law.refresh_from_db()
    if law.superseded_by_id is None or law.superseded_by.title != successor.title:
        correct_law(law, by=by, reason=REASON, superseded_by=successor)
