"""Read the text of kept files once, keep it, and search what was read.

Whoever asks brings the texts a person may see (`ReadText.objects.belonging_to(cases)`); nothing
here decides about sight.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, Min, QuerySet

from documents import vault
from documents.inspection.refusals import Unsafe
from documents.models import ReadText, StoredFile, TextGram
from documents.reading import clauses, comparing, grams, reader
from documents.reading.paragraphs import Reading

READER = 1
"""Version of the reader: texts read by different versions may differ without a changed file."""
LONGEST_TITLE = 300
PAGE = 20
SNIPPETS = 3
FILL_INDEX = {
    "sqlite": """INSERT INTO documents_textgram (shelf, text_id, gram, stretches)
        SELECT %s, %s, CAST(key AS INTEGER), value FROM json_each(%s)""",
    "postgresql": """INSERT INTO documents_textgram (shelf, text_id, gram, stretches)
        SELECT %s, %s, key::bigint, value::bigint FROM json_each_text(%s)""",
}
AROUND = 40


def text_of(stored: StoredFile) -> ReadText:
    """Return the text of a kept file, reading it the first time.

    A file that cannot be read has a text too: its `problem` says why in Chinese. Raises
    `vault.Damaged` when the kept file is gone or changed. Reading takes up to a second: ask
    before a transaction that holds a case, not inside it.
    """
    kept = ReadText.objects.filter(file=stored).first()
    return kept or keep(stored, *_read(stored))


def read_again(stored: StoredFile) -> ReadText:
    """Try once more to read a file that could not be read; a text that was read stays."""
    ReadText.objects.filter(file=stored).exclude(problem="").delete()
    return text_of(stored)


def _read(stored: StoredFile) -> tuple[Reading, str]:
    """Read a file in the child process; return the reading and what was in the way."""
    vault.content_of(stored.stored_name, stored.sha256)
    try:
        return reader.read(vault.path_of(stored.stored_name), stored.kind), ""
    except Unsafe as refusal:
        return Reading(), str(refusal)


def keep(stored: StoredFile, reading: Reading, problem: str) -> ReadText:
    """Write a text and its index in one transaction; whoever comes second takes the first one's."""
    texts = reading.counting
    recognised = clauses.recognise(texts)
    folded = [grams.folded(one.text) for one in texts]
    try:
        with transaction.atomic():
            kept = ReadText.objects.create(
                file=stored,
                text="\n".join(one.text for one in texts),
                parts=[one.part.value for one in texts],
                margins=[one.text for one in reading.margins],
                labels=[clause.label for clause in recognised],
                folded="\n".join(folded),
                defects=reading.defects,
                problem=problem,
                title=clauses.title_of(recognised)[:LONGEST_TITLE],
                characters=sum(map(len, folded)),
                digest=comparing.digest_of(texts),
                reader=READER,
            )
            _index(kept, folded)
    except IntegrityError:
        return ReadText.objects.get(file=stored)
    return kept


def _index(text: ReadText, folded: list[str]) -> None:
    """Write the pairs of characters of a text in one statement."""
    rows = json.dumps(dict(sorted(grams.index_of(folded).items())))
    with connection.cursor() as cursor:
        cursor.execute(FILL_INDEX[connection.vendor], [_shelf_of(text.pk), text.pk, rows])


def _shelf_of(key: int) -> int:
    """Return the shelf of the index on which a text stands."""
    return key // TextGram.TEXTS_ON_A_SHELF


@dataclass(frozen=True)
class Snippet:
    """A piece of a paragraph around the words found, with where they stand in it."""

    label: str
    """How the clause is cited, empty where it has no number."""
    index: int
    """Which of the clauses of the text."""
    text: str
    marks: tuple[tuple[int, int], ...]
    """Begin and end of each word found, counted in `text`."""

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """Return the text cut at the marks: (piece, whether it was searched for)."""
        pieces, place = [], 0
        for start, end in self.marks:
            pieces += [(self.text[place:start], False), (self.text[start:end], True)]
            place = end
        pieces.append((self.text[place:], False))
        return [(piece, is_found) for piece, is_found in pieces if piece]


@dataclass(frozen=True)
class Hit:
    """A text in which every word was found."""

    text: ReadText
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True)
class Found:
    """One page of a search, newest text first."""

    hits: tuple[Hit, ...]
    about: int
    """How many texts hold the words, by the index (a few may turn out not to)."""
    after: int | None
    """Where the next page begins; None where there is none."""


def search(
    texts: QuerySet[ReadText], words: str, *, after: int | None = None, size: int = PAGE
) -> Found:
    """Return the texts among those given that hold every word, newest first, with snippets.

    Words of two and more characters, separated by spaces; raises `grams.Unsearchable` with a
    Chinese reason. `after` is the `after` of the former page.
    """
    wanted = grams.words_of(words)
    candidates = sorted(_candidates(texts, wanted), reverse=True)
    waiting = [key for key in candidates if after is None or key < after]
    hits: list[Hit] = []
    for start in range(0, len(waiting), size + 1):
        keys = waiting[start : start + size + 1]
        batch = ReadText.objects.select_related("file").defer("parts", "margins").in_bulk(keys)
        hits += filter(None, (_hit(batch[key], wanted) for key in keys if key in batch))
        if len(hits) > size:
            break
    more = len(hits) > size
    return Found(tuple(hits[:size]), len(candidates), hits[size - 1].text.pk if more else None)


def _candidates(texts: QuerySet[ReadText], words: list[str]) -> set[int]:
    """Return the texts whose index allows for every word."""
    pairs = {word: grams.pairs_of_word(word) for word in words}
    masks: dict[int, dict[int, int]] = {}
    ends = texts.order_by().aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return set()
    rows = TextGram.objects.filter(
        shelf__in=range(_shelf_of(ends["first"]), _shelf_of(ends["last"]) + 1),
        gram__in={pair for group in pairs.values() for pair in group},
        text__in=texts.order_by().values("pk"),
    ).values_list("text_id", "gram", "stretches")
    for text, gram, mask in rows.iterator(chunk_size=5000):
        masks.setdefault(text, {})[gram] = mask
    return {
        text
        for text, found in masks.items()
        if all(_shared_stretches(found, group) for group in pairs.values())
    }


def _shared_stretches(masks: dict[int, int], pairs: Iterable[int]) -> int:
    """Return the stretches in which all pairs of a word occur."""
    return reduce(lambda shared, pair: shared & masks.get(pair, 0), pairs, -1)


def _hit(text: ReadText, words: list[str]) -> Hit | None:
    """Look for the words in a text itself; None where one is not there."""
    if not all(word in text.folded for word in words):
        return None
    missing: set[str] = set(words)
    chosen: list[tuple[int, list[str]]] = []
    for index, line in enumerate(text.folded.split("\n")):
        present = [word for word in words if word in line]
        if present and (len(chosen) < SNIPPETS or not missing.isdisjoint(present)):
            chosen.append((index, present))
            missing.difference_update(present)
    lines = text.text.split("\n")
    return Hit(
        text,
        tuple(_snippet(text.labels[i], i, lines[i], present) for i, present in chosen),
    )


def _marks(line: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where words stand in a paragraph, joined where they touch or overlap."""
    plain, places = grams.folded_with_places(line)
    found = sorted(
        (places[start], places[start + len(word) - 1] + 1)
        for word in words
        for start in _starts(plain, word)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _starts(plain: str, word: str) -> Iterator[int]:
    """Yield every place at which a word begins."""
    start = plain.find(word)
    while start >= 0:
        yield start
        start = plain.find(word, start + 1)


def _snippet(label: str, index: int, line: str, words: list[str]) -> Snippet:
    """Cut a paragraph around the first words found; … stands for what is left out."""
    marks = _marks(line, words)
    start = max(marks[0][0] - AROUND, 0)
    end = min(max(marks[0][1], start + 3 * AROUND), len(line))
    head = "…" if start else ""
    shift = len(head) - start
    kept = tuple((a + shift, min(b, end) + shift) for a, b in marks if a < end)
    shown = f"{head}{line[start:end]}{'…' if end < len(line) else ''}"
    return Snippet(label, index, shown, kept)


def compare(before: ReadText, after: ReadText) -> comparing.Comparison:
    """Compare two texts that were read."""
    return comparing.compare(before.counting, after.counting)
