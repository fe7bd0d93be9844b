"""Put the volume (案卷) of a matter together: cover, index, every paper and file (LR-38)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

from django.conf import settings

from audit.clock import PLACE
from documents import binding, papers, rendering
from documents.models import Paper, StoredFile
from documents.words import WordsChanged, chinese_date, freeze
from legality_review.models import Review
from legality_review.rules.volume import group_of, place

MOST_BYTES = 200 * 1024 * 1024
"""So many bytes of uploaded files are bound at once; the rest is listed and handed out singly."""
COLUMNS = ["序号", "文件题名", "文号", "责任者", "日期", "页号", "页数", "摘要（SHA-256）", "备注"]
WIDTHS = [0.8, 4.0, 2.6, 1.6, 1.8, 1.4, 0.9, 3.4, 3.4]
DIGEST_PIECE = 16


@dataclass(frozen=True)
class Leaf:
    """A paper or file of the volume, in its part and at its place."""

    group: str
    title: str
    number: str
    author: str
    on: date
    sha256: str
    remark: str
    source: Paper | StoredFile

    @property
    def size(self) -> int:
        """Return the bytes of an uploaded file; papers are small."""
        return self.source.size if isinstance(self.source, StoredFile) else 0


@dataclass(frozen=True)
class Line:
    """A line of the index: the leaf, its pages in the volume, and why it has none."""

    leaf: Leaf
    first: int = 0
    last: int = 0
    reason: str = ""

    @property
    def is_bound(self) -> bool:
        """Tell whether the leaf is in the volume with its pages."""
        return not self.reason

    @property
    def pages(self) -> int:
        """Return how many pages it has in the volume."""
        return self.last - self.first + 1 if self.is_bound else 0

    @property
    def remark(self) -> str:
        """Say what is to be said of the leaf."""
        left_out = f"未编入：{self.reason}" if self.reason else ""
        return "；".join(part for part in (self.leaf.remark, left_out) if part)


@dataclass(frozen=True)
class Volume:
    """A volume put together."""

    content: bytes
    lines: Sequence[Line]

    @property
    def pages(self) -> int:
        """Return the numbered pages."""
        return sum(line.pages for line in self.lines)


def leaves(case: Review) -> list[Leaf]:
    """Return every paper and standing file of a matter in the order of the volume (LR-38)."""
    kept: list[tuple[Any, Leaf]] = [
        (place(paper.kind, paper.issued_on), _of_paper(paper))
        for paper in Paper.objects.of(case).select_related("number")
    ]
    for stored in StoredFile.objects.of(case).standing():
        leaf = _of_file(stored)
        kept.append((place(stored.slot, leaf.on), leaf))
    return [leaf for _, leaf in sorted(kept, key=lambda pair: (*pair[0], pair[1].source.pk))]


def _of_paper(paper: Paper) -> Leaf:
    """Return a paper as a leaf; what was superseded or voided stays on file and is marked."""
    is_standing = paper.state == Paper.State.ISSUED
    state = "" if is_standing else f"{paper.get_state_display()}：{paper.state_reason}"
    return Leaf(
        group=group_of(paper.kind).title, title=paper.title,
        number=str(paper.number) if paper.number else "", author=paper.issued_by_name,
        on=paper.issued_on, sha256=paper.pdf_sha256, remark=state, source=paper,
    )  # fmt: skip


def _of_file(stored: StoredFile) -> Leaf:
    """Return an uploaded file as a leaf; of a Word file the text is set anew."""
    remark = "据所读文字排印" if stored.kind == StoredFile.Kind.DOCX else ""
    return Leaf(
        group=group_of(stored.slot).title, title=f"{stored.slot}：{stored.original_name}",
        number="", author=stored.uploaded_by_name,
        on=stored.uploaded_at.astimezone(PLACE).date(), sha256=stored.sha256, remark=remark,
        source=stored,
    )  # fmt: skip


def build(case: Review, on: date) -> Volume:
    """Put the volume together; what cannot be bound stands in the index with its digest."""
    lines: list[Line] = []
    sheaves: list[binding.Sheaf] = []
    last, taken = 0, 0
    _render(case)
    for leaf in leaves(case):
        taken += leaf.size
        try:
            if taken > MOST_BYTES:
                raise binding.CannotBind("案卷过大，请单独下载。")
            pages = binding.pages_of(leaf.source)
        except binding.CannotBind as fault:
            lines.append(Line(leaf, reason=str(fault)))
            continue
        lines.append(Line(leaf, last + 1, last + len(pages)))
        sheaves.append(binding.Sheaf(leaf.title, pages))
        last += len(pages)
    front = [_cover(case, on, lines), _index(case, on, lines)]
    return Volume(binding.bind(front, sheaves), lines)


def _render(case: Review) -> None:
    """Make the files of papers that have none yet; what fails is told where it is bound."""
    for paper in Paper.objects.of(case).unrendered():
        with suppress(papers.CannotRender, WordsChanged):
            papers.render(paper)


def _set(words: dict[str, Any], template: str, on: date) -> bytes:
    """Set words that are no paper of the case."""
    notice = "示例数据" if settings.DEMONSTRATION else ""
    text, _ = freeze({**words, "notice": notice})
    return rendering.pdf(text, template, on, archival=False)


def _cover(case: Review, on: date, lines: Sequence[Line]) -> bytes:
    """Set the cover (案卷封面)."""
    state = case.get_state_display() + ("" if case.is_closed else "（尚未办结）")
    days = [case.opened_on, case.closed_on or on]
    bound = sum(line.is_bound for line in lines)
    fields = [
        ("案卷题名", case.title), ("事项类型", case.get_matter_display()),
        ("起草单位", str(case.drafter)), ("审查机构", str(case.reviewing_body)),
        ("审查结论", case.get_conclusion_display() or "无"), ("办理状态", state),
        ("起止日期", "至".join(chinese_date(day) for day in days)),
        ("卷内文件", f"{len(lines)}件，其中编入{bound}件、{sum(line.pages for line in lines)}页"),
    ]  # fmt: skip
    words = {
        "title": "合法性审查案卷",
        "number": case.number,
        "fields": [{"label": label, "value": value, "wide": True} for label, value in fields],
        "unit": str(case.reviewing_body),
        "date": chinese_date(on),
    }
    return _set(words, "form", on)


def _index(case: Review, on: date, lines: Sequence[Line]) -> bytes:
    """Set the index (卷内目录): number, date, pages and digest of everything in the volume."""
    rows = [
        [
            str(place), line.leaf.title, line.leaf.number, line.leaf.author, str(line.leaf.on),
            f"{line.first}—{line.last}" if line.is_bound else "—", str(line.pages),
            " ".join(wrap(line.leaf.sha256, DIGEST_PIECE)), line.remark,
        ]
        for place, line in enumerate(lines, start=1)
    ]  # fmt: skip
    words = {
        "title": "卷内目录",
        "paragraphs": [f"{case.title}（{case.number}）"],
        "tables": [{"columns": COLUMNS, "rows": rows, "widths": WIDTHS}],
    }
    return _set(words, "register", on)
