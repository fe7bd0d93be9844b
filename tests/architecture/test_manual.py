"""Hold the manual to what there is: a line and a picture for every operation."""

import re
from pathlib import Path

import pytest

from workflows.vocabulary import Operation

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual"
TASKS = (MANUAL / "tasks.md").read_text("utf-8")
PICTURES = dict(re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", TASKS))
SHOWN_WITH = {
    Operation.CLAIM: "签收后的“下一步”",
    Operation.RELEASE: "签收后的“下一步”",
    Operation.DECLINE: "案件页的“其他操作”",
    Operation.RECALL_CONSULT: "收回",
    Operation.RESUME: "挂起",
    Operation.VOID: "提请终止",
    Operation.COPY: "传阅",
    Operation.WITHDRAW_COPY: "阅件",
}
"""Operations whose page looks like another's, or whose button stands on the page that is shown."""


@pytest.mark.parametrize("operation", list(Operation))
def test_every_operation_has_a_line_and_a_picture(operation: Operation) -> None:
    """Under its one word; the picture is there."""
    assert operation.label in TASKS
    caption = SHOWN_WITH.get(operation, operation.label)
    found = [file for title, file in PICTURES.items() if caption in title]
    assert found, f"{caption} is not pictured"
    assert all((MANUAL / file).is_file() for file in found)


@pytest.mark.parametrize("page", sorted(MANUAL.glob("*.md")), ids=lambda page: page.stem)
def test_a_page_shows_only_pictures_that_are_there(page: Path) -> None:
    """A renamed or forgotten picture is found."""
    for file in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text("utf-8")):
        assert (MANUAL / file).is_file(), file
