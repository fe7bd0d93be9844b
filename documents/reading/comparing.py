"""Compare two texts character by character, paragraph aligned with paragraph.

The comparison is of the canonical form, in which exactly these differences vanish, none of them
visible as a character:

* how a line ends: CR, LF, CR LF, VT, FF, NEL (U+0085), LS (U+2028) and PS (U+2029);
* how long a run of white space is and of what: space, tab, no-break space (U+00A0), ideographic
  space (U+3000) and the other spaces of Unicode (U+1680, U+2000 to U+200A, U+202F, U+205F) become
  one space between two characters, and none at the beginning or end of a paragraph;
* paragraphs without any character.

Everything else counts: a 、, a digit, full width against half width, simplified against
traditional, a combining mark, an invisible character (which the reader reports and leaves out).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from documents.reading.clauses import Clause, recognise
from documents.reading.paragraphs import Paragraph, as_paragraphs

LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
WHITE = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
PIECES = re.compile("[^，。；：！？、（）《》]*[，。；：！？、（）《》]?")
LIKE_ENOUGH = 0.34
MOST_PAIRS = 40_000
LONGEST_EXACT = 1200


class Same(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True)
class Segment:
    """A stretch of text that stands in both texts, or in one only."""

    kind: Same
    text: str


@dataclass(frozen=True)
class ComparedClause:
    """One clause before and after (None: not there), and its text in segments."""

    before: Clause | None
    after: Clause | None
    segments: tuple[Segment, ...]

    @property
    def label(self) -> str:
        """Return how the clause is cited now, or was before it was deleted."""
        return self.after.label if self.after else self.before.label if self.before else ""

    @property
    def label_above(self) -> str:
        """Return the label to stand above the clause; "" where its text has it already."""
        clause = self.after or self.before
        return "" if clause is None or clause.label in clause.text else clause.label

    @property
    def is_changed(self) -> bool:
        """Tell whether a character differs."""
        return any(segment.kind is not Same.SAME for segment in self.segments)


@dataclass(frozen=True)
class Comparison:
    """Two texts side by side."""

    clauses: tuple[ComparedClause, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether no character differs."""
        return not self.changed

    @property
    def changed(self) -> list[ComparedClause]:
        """Return the clauses that differ."""
        return [one for one in self.clauses if one.is_changed]

    @property
    def count(self) -> int:
        """Return how many stretches were inserted or deleted."""
        return sum(
            segment.kind is not Same.SAME for one in self.changed for segment in one.segments
        )

    @property
    def before(self) -> str:
        """Return the canonical former text, rebuilt from the segments."""
        return self._rebuilt(Same.DELETED)

    @property
    def after(self) -> str:
        """Return the canonical new text, rebuilt from the segments."""
        return self._rebuilt(Same.INSERTED)

    def _rebuilt(self, kept: Same) -> str:
        """Join the segments that stand in one of the texts."""
        side = "before" if kept is Same.DELETED else "after"
        return "\n".join(
            "".join(one.text for one in clause.segments if one.kind in (Same.SAME, kept))
            for clause in self.clauses
            if getattr(clause, side)
        )


Texts = Iterable[Paragraph | str]


def canonical_paragraphs(texts: Texts) -> list[Paragraph]:
    """Return the canonical form as paragraphs; see the module for what it levels."""
    lines = (
        Paragraph(WHITE.sub(" ", line).strip(" "), paragraph.part)
        for paragraph in as_paragraphs(texts)
        for line in LINE_ENDS.split(paragraph.text)
    )
    return [line for line in lines if line.text]


def canonical(texts: Texts) -> str:
    """Return the canonical form as one text."""
    return "\n".join(paragraph.text for paragraph in canonical_paragraphs(texts))


def digest_of(texts: Texts) -> str:
    """Return the SHA-256 digest of the canonical form."""
    return hashlib.sha256(canonical(texts).encode("utf-8", "surrogatepass")).hexdigest()


def is_same(before: Texts, after: Texts) -> bool:
    """Tell whether two texts are the same character by character."""
    return canonical(before) == canonical(after)


def compare(before: Texts, after: Texts) -> Comparison:
    """Compare two texts given as paragraphs."""
    old, new = recognise(canonical_paragraphs(before)), recognise(canonical_paragraphs(after))
    return Comparison(tuple(_compared(one, other) for one, other in _aligned(old, new)))


Pair = tuple[Clause | None, Clause | None]


def _aligned(old: list[Clause], new: list[Clause]) -> Iterator[Pair]:
    """Pair the clauses: those with the same words first, whatever their numbers are now."""
    former, latter = [one.text for one in old], [one.text for one in new]
    head = _shared_head(former, latter)
    tail = _shared_head(former[head:][::-1], latter[head:][::-1])
    yield from zip(old[:head], new[:head], strict=True)
    yield from _aligned_middle(old[head : len(old) - tail], new[head : len(new) - tail])
    yield from zip(old[len(old) - tail :], new[len(new) - tail :], strict=True)


def _aligned_middle(old: list[Clause], new: list[Clause]) -> Iterator[Pair]:
    """Pair the clauses between the common ends."""
    matcher = SequenceMatcher(None, [one.body for one in old], [one.body for one in new])
    for tag, i, end_i, j, end_j in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[i:end_i], new[j:end_j], strict=True)
        else:
            yield from _paired(old[i:end_i], new[j:end_j])


def _paired(old: list[Clause], new: list[Clause]) -> Iterator[Pair]:
    """Pair clauses that differ by how alike they are, keeping both orders."""
    if len(old) * len(new) > MOST_PAIRS:
        yield from _paired_by_number(old, new)
        return
    likeness = _likenesses(old, new)
    best = _best_sums(likeness, len(old), len(new))
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((one, None) for one in old[i:])
    yield from ((None, one) for one in new[j:])


def _paired_by_number(old: list[Clause], new: list[Clause]) -> Iterator[Pair]:
    """Pair the clauses of two wholly different texts by their labels only."""
    matcher = SequenceMatcher(
        None, [one.label or one.body for one in old], [one.label or one.body for one in new]
    )
    for tag, i, end_i, j, end_j in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[i:end_i], new[j:end_j], strict=True)
        else:
            yield from ((one, None) for one in old[i:end_i])
            yield from ((None, one) for one in new[j:end_j])


def _likenesses(old: list[Clause], new: list[Clause]) -> list[list[float]]:
    """Return how much of their pairs of characters each two clauses share, 0 where too little."""
    former, latter = [_pairs_in(one) for one in old], [_pairs_in(one) for one in new]
    return [
        [_likeness(one, other, a.label == b.label) for b, other in zip(new, latter, strict=True)]
        for a, one in zip(old, former, strict=True)
    ]


def _pairs_in(clause: Clause) -> frozenset[str]:
    """Return the pairs of characters in a clause, its own number left out."""
    text = f"^{clause.body}$"
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _likeness(one: frozenset[str], other: frozenset[str], has_same_label: bool) -> float:
    """Return the share of common pairs; the same label decides between equals."""
    share = 2 * len(one & other) / (len(one) + len(other))
    return share + (0.1 if has_same_label else 0) if share >= LIKE_ENOUGH else 0.0


def _best_sums(likeness: list[list[float]], rows: int, columns: int) -> list[list[float]]:
    """Return for each place the most likeness that can be paired from there on."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        row, below, like = best[i], best[i + 1], likeness[i]
        for j in range(columns - 1, -1, -1):
            row[j] = max(below[j], row[j + 1], below[j + 1] + like[j] if like[j] else 0.0)
    return best


def _compared(before: Clause | None, after: Clause | None) -> ComparedClause:
    """Compare two clauses that belong together."""
    if before is None or after is None:
        kind = Same.DELETED if before else Same.INSERTED
        text = (before or after).text  # type: ignore[union-attr]
        return ComparedClause(before, after, (Segment(kind, text),))
    return ComparedClause(before, after, tuple(segments_of(before.text, after.text)))


def segments_of(before: str, after: str) -> list[Segment]:
    """Compare two short texts; deleted stands in front of inserted."""
    head = _shared_head(before, after)
    tail = _shared_head(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    found = [Segment(Same.SAME, before[:head])]
    found += _middle_segments(old, new)
    found.append(Segment(Same.SAME, before[len(before) - tail :] if tail else ""))
    return _joined(found)


def _shared_head(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many characters (or paragraphs) two texts begin with alike."""
    shorter = min(len(one), len(other))
    if one[:shorter] == other[:shorter]:
        return shorter
    low, high = 0, shorter
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle)
    return low


def _middle_segments(old: str, new: str) -> Iterator[Segment]:
    """Compare what is left between the common ends: by phrases first where it is long."""
    if not old or not new or len(old) + len(new) <= LONGEST_EXACT:
        yield from _character_segments(old, new)
        return
    former, latter = PIECES.findall(old), PIECES.findall(new)
    matcher = SequenceMatcher(None, former, latter)
    for tag, i, end_i, j, end_j in matcher.get_opcodes():
        gone, come = "".join(former[i:end_i]), "".join(latter[j:end_j])
        if tag == "equal":
            yield Segment(Same.SAME, gone)
        elif len(gone) + len(come) <= LONGEST_EXACT:
            yield from _character_segments(gone, come)
        else:
            yield from (Segment(Same.DELETED, gone), Segment(Same.INSERTED, come))


def _character_segments(old: str, new: str) -> Iterator[Segment]:
    """Compare two stretches character by character."""
    for tag, i, end_i, j, end_j in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Segment(Same.SAME, old[i:end_i])
        else:
            yield from (
                Segment(Same.DELETED, old[i:end_i]),
                Segment(Same.INSERTED, new[j:end_j]),
            )


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """Leave out empty segments and join neighbours of one kind."""
    joined: list[Segment] = []
    for segment in segments:
        if not segment.text:
            continue
        if joined and joined[-1].kind is segment.kind:
            segment = Segment(segment.kind, joined.pop().text + segment.text)
        joined.append(segment)
    return joined
