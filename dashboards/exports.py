"""Write entries of the trace to Excel; every cell is text, so that no formula can run."""

from collections.abc import Iterable

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from audit import clock
from audit.models import Entry
from permissions.workbooks import Column, Sheet, write_workbook

MOST_ROWS = 5000
FIELDS = (
    "sequence", "at", "label", "act", "outcome", "actor_name", "post_text", "on_behalf_of_name",
    "subject_title", "reason", "before", "after", "source_ip", "user_agent", "request_id", "digest",
)  # fmt: skip
SHEET = Sheet(
    "留痕",
    tuple(Column(name, str(Entry._meta.get_field(name).verbose_name)) for name in FIELDS),
)


def workbook(entries: Iterable[Entry]) -> bytes:
    """Return the entries as an Excel file."""
    return write_workbook([(SHEET, [_row(entry) for entry in entries])])


def _row(entry: Entry) -> dict[str, str]:
    """Return an entry as texts; signs that Excel cannot hold are left out."""
    texts = {name: str(getattr(entry, name)) for name in FIELDS}
    texts["at"] = f"{entry.at.astimezone(clock.PLACE):%Y-%m-%d %H:%M:%S}"
    texts["outcome"] = entry.get_outcome_display()
    return {name: ILLEGAL_CHARACTERS_RE.sub("", text) for name, text in texts.items()}
