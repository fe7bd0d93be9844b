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


@dataclass
class Reading:
    """What was read from a file."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    """Chinese sentences about what a reader of the printed page would not see or not get."""

    @property
    def counting(self) -> list[Paragraph]:
        """Return the paragraphs that make up the document."""
        return [one for one in self.paragraphs if one.part in COUNTING_PARTS]

    @property
    def margins(self) -> list[Paragraph]:
        """Return what does not count: headers, footers, the table of contents."""
        return [one for one in self.paragraphs if one.part not in COUNTING_PARTS]

    def as_json(self) -> dict[str, Any]:
        """Return plain lists for the way out of the child process."""
        rows = [[one.text, one.part.value] for one in self.paragraphs]
        return {"paragraphs": rows, "defects": self.defects}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Reading":
        """Read back what `as_json` gave."""
        paragraphs = [Paragraph(text, Part(part)) for text, part in kept["paragraphs"]]
        return cls(paragraphs, list(kept["defects"]))


def as_paragraphs(texts: Iterable[Paragraph | str]) -> list[Paragraph]:
    """Take plain texts for paragraphs of the body."""
    return [Paragraph(one) if isinstance(one, str) else one for one in texts]


def without_unseen(text: str) -> tuple[str, int]:
    """Return the text without characters nobody sees, and how many there were."""
    cleaned, unseen = UNSEEN.subn("", text)
    cleaned, controls = CONTROL.subn("", cleaned)
    return cleaned, unseen + controls
