"""Hold a text as it was read: paragraphs in reading order, and what is wrong with the file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Part(StrEnum):
    """Where a paragraph stands in the document."""

    BODY = "body"
    TABLE = "table"
    NOTE = "note"
    MARGIN = "margin"
    CONTENTS = "contents"


COUNTING_PARTS = frozenset({Part.BODY, Part.TABLE, Part.NOTE})
"""Parts that make up the text: page margins and the table of contents are set by a program."""

UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
"""Characters without a picture: zero widths, soft hyphens, marks that turn the order around."""
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `text` is what is seen, an automatic number in front of it included."""

    text: str
    part: Part = Part.BODY
    is_heading: bool = False
    """Whether the file itself sets it as a title or heading."""


@dataclass
class Reading:
    """What was read from a file."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    """Chinese sentences about what a reader of the printed page would not see or not get."""

    @property
    def counting(self) -> list[str]:
        """Return the texts of the paragraphs that make up the document."""
        return texts_of(self.paragraphs)

    def as_json(self) -> dict[str, Any]:
        """Return plain lists for the way out of the child process and into the database."""
        rows = [[one.text, one.part.value, one.is_heading] for one in self.paragraphs]
        return {"paragraphs": rows, "defects": self.defects}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Reading":
        """Read back what `as_json` gave."""
        return cls(paragraphs_from(kept["paragraphs"]), list(kept["defects"]))


def paragraphs_from(rows: Iterable[Any]) -> list[Paragraph]:
    """Read paragraphs back from plain lists."""
    return [Paragraph(text, Part(part), bool(heading)) for text, part, heading in rows]


def texts_of(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Return the texts of the paragraphs that make up the document."""
    return [one.text for one in paragraphs if one.part in COUNTING_PARTS]


def without_unseen(text: str) -> tuple[str, int]:
    """Return the text without characters nobody sees, and how many there were."""
    cleaned, unseen = UNSEEN.subn("", text)
    cleaned, controls = CONTROL.subn("", cleaned)
    return cleaned, unseen + controls
