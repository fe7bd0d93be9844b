"""Hold the versions of a matter's text, and compare them to the character (LR-22)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from documents import texts, uploads
from documents.models import ReadText, StoredFile
from laws.models import Examined, examine
from legality_review.rules import materials

MOST_PLACES = 5


class TextsOfReview:
    """What a matter asks of its texts: draft, revision, reviewed text, text to be signed."""

    draft_file: Any
    revision_file: Any
    reviewed_file: Any
    signing_file: Any
    template: Any
    amends: Any
    title: str
    today: Callable[[], date]

    def take_draft(self, stored: StoredFile) -> None:
        """Note which file is the draft under review; the caller has attached it."""
        self.draft_file = stored

    def replace_draft(self, by: Any, stored: StoredFile) -> None:
        """Hand in a new version of the draft; the former one stays on file."""
        self.draft_file = uploads.attach(stored, subject=self, by=by, slot=materials.DRAFT)
        self.revision_file = self.reviewed_file = self.signing_file = None

    def take_revision_as_draft(self) -> None:
        """Review the revised text as a new draft."""
        self.draft_file, self.revision_file = self.revision_file, None
        self.reviewed_file = None

    def add_revision(self, by: Any, stored: StoredFile, reasons: StoredFile | None) -> None:
        """Hand in the revised text, and why advice was not fully adopted (LR-21)."""
        self.revision_file = uploads.attach(stored, subject=self, by=by, slot=materials.REVISION)
        if reasons is not None:
            uploads.attach(reasons, subject=self, by=by, slot=materials.REASONS)

    def add_signing_text(self, by: Any, stored: StoredFile) -> None:
        """Hand in the text that is put before the meeting or signed."""
        self.signing_file = uploads.attach(stored, subject=self, by=by, slot=materials.SIGNING)

    def accept_text(self) -> None:
        """Make the newest version the reviewed text."""
        self.reviewed_file = self.revision_file or self.draft_file

    @property
    def current_text(self) -> ReadText | None:
        """Return the draft under review as it was read; None where it cannot be read."""
        return readable(self.draft_file)

    def signing_defects(self) -> list[str]:
        """Say where the text to be signed is not the reviewed text (LR-22)."""
        reviewed, signing = readable(self.reviewed_file), readable(self.signing_file)
        if reviewed is None or signing is None:
            return ["签发稿没有可识别的文字，不能与审查通过的文本核对（LR-22）。"]
        compared = texts.compare(reviewed, signing)
        if compared.is_same:
            return []
        places = list(dict.fromkeys(clause.label or "正文" for clause in compared.changed))
        told = "、".join(places[:MOST_PLACES]) + ("等" if len(places) > MOST_PLACES else "")
        return [
            f"签发稿与审查通过的文本有{len(places)}处条文不同（{told}），不得签发（LR-22）。"
            "请换成审查通过的文本；确需改动的，请重新送审。"
        ]

    def doubtful_citations(self) -> list[Examined]:
        """Return the citations of the draft that do not hold today (LR-18): repealed, unknown."""
        text = self.current_text
        if text is None:
            return []
        found = examine(text.clauses, self.today(), ignoring=[self.title])
        return [citation for citation in found if not citation.is_fine]

    def versions(self) -> list[tuple[str, StoredFile]]:
        """Return the versions that can be compared, each with its name."""
        named = (
            ("示范文本", self.template.file if self.template else None),
            ("现行文件", self.amends.text_file if self.amends else None),
            ("送审稿", self.draft_file),
            ("修改稿", self.revision_file),
            ("审查通过的文本", self.reviewed_file),
            ("签发稿", self.signing_file),
        )
        return [(name, stored) for name, stored in named if stored is not None]


def readable(stored: StoredFile | None) -> ReadText | None:
    """Return the text of a file that could be read."""
    if stored is None:
        return None
    text = texts.text_of(stored)
    return text if text.is_read else None
