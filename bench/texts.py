"""The product: a thousand documents taken in, read, searched and compared."""

import os
import time
from collections.abc import Callable
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402

from audit import clock  # noqa: E402
from bench.drafts import Drafts, pdf_file, word_file  # noqa: E402
from bench.peers import answer_all  # noqa: E402
from bench.timing import milliseconds  # noqa: E402
from documents import texts, uploads  # noqa: E402
from documents.models import ReadText, StoredFile  # noqa: E402
from documents.reading.paragraphs import Paragraph, Reading  # noqa: E402
from laws.models import examine  # noqa: E402
from permissions.models import Unit, User  # noqa: E402

LEAST, MOST = 10, 60
WRITERS = {"docx": word_file, "pdf": pdf_file}
drafts = Drafts(7)


def _people() -> tuple[Any, Any]:
    """Return whoever uploads, and what the files belong to."""
    user, _ = User.objects.get_or_create(username="texts", defaults={"full_name": "经办人"})
    place, _ = Unit.objects.get_or_create(
        code="1", defaults={"name": "郑店镇", "kind": "township", "path": "1/", "reach": "1/"}
    )
    return user, place


def _pages() -> int:
    """Return how long the next document is."""
    return drafts.chance.randint(LEAST, MOST)


def fill(count: int) -> int:
    """Keep so many texts as the reader would, without their files; return how many there are."""
    user, place = _people()
    begun = StoredFile.objects.count()
    for number in range(begun, begun + count):
        stored = StoredFile.objects.create(
            original_name=f"{number}.docx", kind="docx", size=1, sha256="0" * 64, subject=place,
            stored_name=f"{number:032x}", uploaded_by=user, uploaded_by_name="经办人",
        )  # fmt: skip
        paragraphs = [Paragraph(text) for text in drafts.document(_pages())]
        texts._keep(stored, Reading(paragraphs), "")
    return ReadText.objects.count()


def take_in(kind: str, count: int, pages: int = 0) -> list[dict[str, float]]:
    """Upload so many files and read each; return how long each step took."""
    return [_taken_in(kind, pages or _pages()) for _ in range(count)]


def _taken_in(kind: str, pages: int) -> dict[str, float]:
    """Upload one file and read it."""
    user, place = _people()
    content = WRITERS[kind](drafts.document(pages))
    file = SimpleUploadedFile(f"稿.{kind}", content)
    begun = time.perf_counter()
    stored = uploads.receive(file, by=user, subject=place)
    uploaded = time.perf_counter()
    text = texts.text_of(stored)
    read = time.perf_counter()
    if text.problem or len(text.counting) < pages:
        raise RuntimeError(f"not read: {text.problem}")
    return {"upload": (uploaded - begun) * 1000, "read": (read - uploaded) * 1000}


def _keys(count: int) -> list[int]:
    """Return the keys of some texts."""
    keys = list(ReadText.objects.values_list("pk", flat=True))
    return drafts.chance.sample(keys, min(count, len(keys)))


def show(count: int) -> list[float]:
    """Open the page of so many texts: the text with its clauses and what it hides."""

    def page(key: int) -> None:
        text = ReadText.objects.select_related("file").get(pk=key)
        assert len(text.clauses) == len(text.labels)

    return [milliseconds(lambda key=key: page(key)) for key in _keys(count)]


def cite(count: int) -> list[float]:
    """Examine the citations of so many texts."""
    found = [ReadText.objects.get(pk=key).clauses for key in _keys(count)]
    return [milliseconds(lambda one=one: examine(one, clock.today())) for one in found]


def search(words: list[str]) -> list[float]:
    """Search for words among the texts one may see; a first page each time."""
    _, place = _people()
    seen = ReadText.objects.belonging_to(Unit.objects.filter(pk=place.pk))
    return [milliseconds(lambda one=one: texts.search(seen, one)) for one in words]


def vocabulary(count: int) -> list[str]:
    """Return words of the documents: single ones, two joined, two apart."""
    forms: tuple[Callable[[], str], ...] = (
        drafts.word,
        lambda: drafts.word() + drafts.word(),
        lambda: f"{drafts.word()} {drafts.word()}",
    )
    return [forms[number % len(forms)]() for number in range(count)]


def compare(count: int, share: float) -> list[float]:
    """Compare documents of sixty pages with a version in which this share of clauses changed."""
    return [_compared(share) for _ in range(count)]


def _compared(share: float) -> float:
    """Compare one document with its changed version."""
    before = drafts.document(MOST)
    after = [
        text[:9] + drafts.word() + text[11:] if drafts.chance.random() < share else text
        for text in before
    ]
    return milliseconds(lambda: texts.comparing.compare(before, after))


ANSWERS: dict[str, Callable[..., Any]] = {
    "fill": fill,
    "take_in": take_in,
    "show": show,
    "cite": cite,
    "search": search,
    "vocabulary": vocabulary,
    "compare": compare,
}

if __name__ == "__main__":
    answer_all(ANSWERS)
