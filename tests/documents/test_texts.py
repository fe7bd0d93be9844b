"""Texts of files: read once, never changed, searched by words of two characters and more."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from documents import texts, uploads, vault
from documents.inspection.refusals import Unsafe
from documents.models import ReadText, StoredFile, TextGram
from documents.reading import grams, reader
from documents.reading.paragraphs import Paragraph, Part, Reading
from tests.documents import made_files as made
from tests.documents.conftest import upload

LINES = [
    "郑店镇农村生活垃圾管理办法",
    "第一条　为了加强垃圾管理，制定本办法。",
    "第二条　违反本办法的，由镇人民政府处二百元罚款。",
    "（一）乱倒垃圾的；",
]


@pytest.fixture
def keep(people: Any, tree: Any) -> Any:
    """Keep a text of these paragraphs, of a file of the station, without a file being read."""

    def make(*lines: str | Paragraph, subject: Any = tree.station, **reading: Any) -> ReadText:
        stored = StoredFile.objects.create(
            original_name="文稿.docx",
            kind="docx",
            size=1,
            sha256="0" * 64,
            stored_name=f"{StoredFile.objects.count():064x}",
            uploaded_by=people.chief,
            uploaded_by_name="云所长",
            subject=subject,
        )
        paragraphs = [Paragraph(one) if isinstance(one, str) else one for one in lines]
        return texts._keep(stored, Reading(paragraphs, **reading), "")

    return make


def found(words: str, **how: Any) -> list[str]:
    """Return the snippets of a search among all texts, what was found in 【】."""
    hits = texts.search(ReadText.objects.all(), words, **how).hits
    return [
        "".join(f"【{piece}】" if is_found else piece for piece, is_found in snippet.pieces)
        for hit in hits
        for snippet in hit.snippets
    ]


def test_an_uploaded_file_is_read_once(people: Any, tree: Any, monkeypatch: Any) -> None:
    stored = uploads.receive(
        upload("稿.docx", made.docx(tuple(LINES))), by=people.chief, subject=tree.station
    )
    text = texts.text_of(stored)
    monkeypatch.setattr(reader, "read", None)
    assert texts.text_of(stored) == text == stored.read_text
    assert (text.title, text.problem, text.defects) == (LINES[0], "", [])
    assert [one.text for one in ReadText.objects.get().counting] == LINES
    assert (
        [one.label for one in text.clauses]
        == text.labels
        == ["", "第一条", "第二条", "第二条第（一）项"]
    )
    assert text.characters == sum(map(len, LINES)) - 2
    assert text.grams.exists()


def test_a_file_that_cannot_be_read_is_kept_with_the_reason(people: Any, tree: Any) -> None:
    scan = uploads.receive(upload("扫描.pdf", made.pdf()), by=people.chief, subject=tree.station)
    text = texts.text_of(scan)
    assert text.problem == "未能识别文字（可能是扫描件），请上传可复制文字的文件。"
    assert not text.is_read and text.counting == [] and text.clauses == []
    assert vault.path_of(scan.stored_name).exists()
    assert not ReadText.objects.readable().exists()
    picture = uploads.receive(upload("图.png", made.png()), by=people.chief)
    assert "不能读取文字" in texts.text_of(picture).problem


def test_what_could_not_be_read_may_be_read_again(people: Any, tree: Any, monkeypatch: Any) -> None:
    stored = uploads.receive(
        upload("稿.docx", made.docx(tuple(LINES))), by=people.chief, subject=tree.station
    )

    def dies(*_: Any) -> None:
        raise Unsafe("文件内容过于复杂或已损坏")

    with monkeypatch.context() as patch:
        patch.setattr(reader, "read", dies)
        assert texts.text_of(stored).problem
    assert texts.text_of(stored).problem
    again = texts.read_again(stored)
    assert [one.text for one in again.counting] == LINES
    assert texts.read_again(stored) == again


def test_a_damaged_file_is_not_read(people: Any) -> None:
    stored = uploads.receive(upload("稿.docx", made.docx()), by=people.chief)
    vault.path_of(stored.stored_name).write_bytes(made.docx(("另一个",)))
    with pytest.raises(vault.Damaged):
        texts.text_of(stored)
    assert not ReadText.objects.exists()


def test_whoever_comes_second_takes_the_first_text(keep: Any) -> None:
    first = keep(*LINES)
    assert texts._keep(first.file, Reading([Paragraph("别的")]), "") == first
    assert ReadText.objects.get().text == "\n".join(LINES)


def test_a_text_is_never_changed_and_goes_only_with_a_staged_file(keep: Any) -> None:
    kept = keep(*LINES)
    rows = ReadText.objects.filter(pk=kept.pk)
    for change in (
        lambda: rows.update(text="改"),
        lambda: rows.update(digest="0" * 64),
        lambda: rows.update(defects=["无"]),
        lambda: rows.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    if connection.vendor == "sqlite":
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT OR REPLACE INTO documents_readtext SELECT * FROM documents_readtext"
            )
    assert rows.get().digest == kept.digest


def test_the_text_of_a_swept_file_goes_with_it(keep: Any, clock: Any) -> None:
    kept = keep(*LINES, subject=None)
    clock.stand_at(clock.now() + timedelta(days=15))
    assert uploads.sweep() == 1
    assert not ReadText.objects.filter(pk=kept.pk).exists()
    assert not TextGram.objects.exists()


@pytest.mark.parametrize(
    ("words", "snippets"),
    [
        (
            "垃圾",
            [
                "郑店镇农村生活【垃圾】管理办法", "第一条　为了加强【垃圾】管理，制定本办法。",
                "（一）乱倒【垃圾】的；",
            ],
        ),
        ("二百元罚款", ["第二条　违反本办法的，由镇人民政府处【二百元罚款】。"]),
        ("管理办法", ["郑店镇农村生活垃圾【管理办法】"]),
        (
            "制定 罚款",
            [
                "第一条　为了加强垃圾管理，【制定】本办法。",
                "第二条　违反本办法的，由镇人民政府处二百元【罚款】。",
            ],
        ),
        ("第一条为了", ["【第一条　为了】加强垃圾管理，制定本办法。"]),
        ("(一)乱", ["【（一）乱】倒垃圾的；"]),
        ("办法第一条", []), ("圾垃", []), ("垃圾 酒驾", []), ("二百元处罚", []),
    ],
)  # fmt: skip
def test_words_are_found_with_snippets(keep: Any, words: str, snippets: list[str]) -> None:
    keep(*LINES)
    assert found(words) == snippets


def test_snippets_name_the_clause_and_are_cut(keep: Any) -> None:
    keep(LINES[0], f"第一条　{'甲' * 100}罚款{'乙' * 300}")
    (hit,) = texts.search(ReadText.objects.all(), "罚款").hits
    (snippet,) = hit.snippets
    assert (snippet.label, snippet.index) == ("第一条", 1)
    assert snippet.text == f"…{'甲' * 40}罚款{'乙' * 78}…"
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["罚款"]


def test_letters_and_digits_are_found_however_wide(keep: Any) -> None:
    keep("依据国办发〔2018〕115号文件，ＡＢＣ公司")
    assert found("115号") and found("１１５号") and found("abc公司") and found("［２０１８］") == []


def test_margins_and_contents_are_not_searched(keep: Any) -> None:
    kept = keep("正文内容", Paragraph("页眉内容", Part.MARGIN), Paragraph("表格内容", Part.TABLE))
    assert kept.margins == ["页眉内容"]
    assert not found("页眉") and found("表格")


@pytest.mark.parametrize(
    "words", ["", "　", "罚", "罚款 的", "罚" * 33, " ".join(map(str, range(10, 19)))]
)
def test_what_cannot_be_searched_is_said(db: Any, words: str) -> None:
    with pytest.raises(grams.Unsearchable, match=r"两个字以上|最多 8 个词"):
        texts.search(ReadText.objects.all(), words)


def test_only_the_texts_one_may_see_are_searched(keep: Any, tree: Any, people: Any) -> None:
    keep("垃圾管理甲", subject=tree.station)
    keep("垃圾管理乙", subject=tree.other_station)
    withdrawn = keep("垃圾管理丙", subject=tree.station)
    uploads.withdraw(withdrawn.file, by=people.chief)
    keep("垃圾管理丁", subject=None)
    seen = ReadText.objects.belonging_to(type(tree.station).objects.filter(pk=tree.station.pk))
    hits = texts.search(seen, "垃圾").hits
    assert [hit.text.text for hit in hits] == ["垃圾管理甲"]
    assert texts.search(ReadText.objects.none(), "垃圾").hits == ()


def test_pages_follow_each_other_newest_first(keep: Any) -> None:
    for number in range(7):
        keep(f"垃圾管理第{number}稿")
    pages, after = [], None
    while True:
        page = texts.search(ReadText.objects.all(), "垃圾管理", after=after, size=3)
        pages.append([hit.text.text[5:6] for hit in page.hits])
        after = page.after
        if after is None:
            break
    assert pages == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert page.about == 7


def test_a_search_asks_few_questions(keep: Any, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        keep(*LINES)
    with django_assert_num_queries(3):
        texts.search(ReadText.objects.all(), "垃圾管理 罚款")


def test_every_word_of_a_text_is_found(keep: Any) -> None:
    """Words of two to sixteen characters from anywhere in a long text, across its stretches."""
    chance = random.Random(7)
    lines = ["".join(chance.choices("行政机关应当依法履行职责保护公民", k=97)) for _ in range(60)]
    kept = keep(*lines)
    for _ in range(60):
        line = chance.choice(lines)
        start = chance.randrange(len(line) - 16)
        word = line[start : start + chance.randint(2, 16)]
        assert texts._candidates(ReadText.objects.all(), [word]) == {kept.pk}


@given(st.lists(st.text(max_size=60), max_size=30), st.data())
def test_the_index_leaves_no_word_out(lines: list[str], data: st.DataObject) -> None:
    """Whatever the text: all pairs of a word in it share a stretch."""
    folded = [grams.folded(line) for line in lines]
    index = grams.index_of(folded)
    long_enough = [line for line in folded if len(line) > 1]
    if not long_enough:
        assert not index
        return
    line = data.draw(st.sampled_from(long_enough))
    start = data.draw(st.integers(0, len(line) - 2))
    word = line[start : start + data.draw(st.integers(2, grams.LONGEST_WORD))]
    assert texts._shared_stretches(index, grams.pairs_of_word(word))
    assert all(0 < mask < 2**63 for mask in index.values())


def test_two_texts_are_compared(keep: Any) -> None:
    before, after = keep(*LINES), keep(*LINES[:2], LINES[2].replace("二百", "一百"), LINES[3])
    comparison = texts.compare(before, after)
    assert [one.label for one in comparison.changed] == ["第二条"]
    assert before.digest != after.digest
