"""Comparing: a single changed character is found (LR-22), and nothing invisible is a change."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.reading.comparing import (
    ComparedClause,
    Same,
    Segment,
    canonical,
    compare,
    digest_of,
    is_same,
)

WHITE = "\u00a0\u1680\u202f\u205f\u3000\u0085\u2028\u2029" + "".join(
    map(chr, range(0x2000, 0x200B))
)
SEEN = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"], exclude_characters=WHITE
)
LEGAL = st.sampled_from("的、，。；第一二三条款（）《》〔〕0123456789元罚款镇政府\u3000 ")
LINES = st.lists(st.text(st.one_of(SEEN, LEGAL), max_size=40), max_size=12)


def changed(before: list[str], after: list[str]) -> list[list[tuple[str, str]]]:
    """Return the segments of the clauses that differ."""
    return [
        [(one.kind.value, one.text) for one in clause.segments]
        for clause in compare(before, after).changed
    ]


@settings(max_examples=200)
@given(LINES, st.text(SEEN, min_size=1, max_size=1), st.data())
def test_lr22_a_single_changed_character_is_found_anywhere(
    before: list[str], other: str, data: st.DataObject
) -> None:
    """A character inserted, deleted or replaced: found, counted, and both texts rebuilt."""
    joined = canonical(before)
    place = data.draw(st.integers(0, len(joined)))
    end = data.draw(st.sampled_from([place, min(place + 1, len(joined))]))
    if joined[place:end] == other:
        return
    after = (joined[:place] + other + joined[end:]).split("\n")
    comparison = compare(before, after)
    assert not comparison.is_same
    assert not is_same(before, after)
    assert digest_of(before) != digest_of(after)
    assert comparison.count >= 1
    assert comparison.before == joined
    assert comparison.after == canonical(after)


@settings(max_examples=200)
@given(LINES, LINES)
def test_any_two_texts_are_rebuilt(before: list[str], after: list[str]) -> None:
    comparison = compare(before, after)
    assert comparison.before == canonical(before)
    assert comparison.after == canonical(after)
    assert comparison.is_same == is_same(before, after)
    assert comparison.is_same == (comparison.count == 0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("公民、法人", "公民，法人"), ("二百元", "二千元"), ("其他的组织", "其他组织"), ("１", "1"),
        ("應當", "应当"), ("（", "("), ("e\u0301", "é"), ("罚\u200b款", "罚款"), ("金", "\uf90a"),
        ("甲 乙", "甲乙"), ("甲-乙", "甲—乙"), ("“甲”", "\"甲\""), ("甲\n乙", "甲乙"), ("O", "0"),
        ("⼈", "人"),
    ],
)  # fmt: skip
def test_every_character_counts(before: str, after: str) -> None:
    assert not is_same(before.split("\n"), after.split("\n"))
    assert not compare(before.split("\n"), after.split("\n")).is_same


@pytest.mark.parametrize("white", [" ", "  ", "\t", "\u3000", "\u00a0\u2003", "\u202f", "\u205f"])
def test_runs_of_white_space_are_alike(white: str) -> None:
    assert is_same([f"{white}第一条{white}甲{white}"], ["第一条 甲"])


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_line_ends_are_alike(end: str) -> None:
    assert is_same([f"甲{end}{end}乙{end}"], ["甲", "", " ", "乙"])


def test_an_inserted_article_renumbers_and_does_not_shift() -> None:
    before = ["第一条　目的。", "第二条　范围和对象。", "第三条　本办法自公布之日起施行。"]
    after = [
        before[0],
        "第二条　村委会协助收集。",
        "第三条　范围和对象。",
        "第四条　本办法自公布之日起施行。",
    ]
    assert changed(before, after) == [
        [("inserted", "第二条 村委会协助收集。")],
        [("same", "第"), ("deleted", "二"), ("inserted", "三"), ("same", "条 范围和对象。")],
        [("same", "第"), ("deleted", "三"), ("inserted", "四"),
         ("same", "条 本办法自公布之日起施行。")],
    ]  # fmt: skip


def test_a_changed_clause_is_shown_with_its_label() -> None:
    before = ["第一条　目的。", "第二条　违反本办法的，处二百元罚款。"]
    comparison = compare(before, [before[0], "第二条　违反本办法的，给予批评教育。"])
    (clause,) = comparison.changed
    assert isinstance(clause, ComparedClause)
    assert clause.label == "第二条"
    assert clause.segments[0] == Segment(Same.SAME, "第二条 违反本办法的，")
    assert comparison.clauses[0].label == "第一条" and not comparison.clauses[0].is_changed


def test_a_deleted_clause_keeps_its_label() -> None:
    (clause,) = compare(["第一条　甲乙丙。", "第二条　丁。"], ["第一条　甲乙丙。"]).changed
    assert (clause.label, clause.after) == ("第二条", None)


ARTICLE = "行政机关应当按照规定履行职责，保护公民、法人和其他组织的合法权益；"
LONG = [f"第{number}条　{ARTICLE * 4}第{number * 7}号。" for number in range(300)]


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("one character", [*LONG[:150], LONG[150].replace("应当", "应"), *LONG[151:]]),
        ("everywhere", [line.replace("规定", "规章") for line in LONG]),
        ("turned around", LONG[::-1]),
        ("one paragraph", ["".join(LONG)]),
        ("something else", [f"{number}、{'甲乙丙丁戊己庚辛' * 17}" for number in range(300)]),
        ("one character only", ["的" * 40_000]),
    ],
)
def test_sixty_pages_are_compared_at_once(name: str, after: list[str]) -> None:
    """40 000 characters; the ceiling is far above what it takes (0.05 s), for loaded machines."""
    begun = time.process_time()
    comparison = compare(LONG, after)
    assert time.process_time() - begun < 1.0
    assert (comparison.before, comparison.after) == (canonical(LONG), canonical(after))


def test_many_equal_rows_are_compared_at_once() -> None:
    begun = time.process_time()
    compare(["0"] * 3000 + ["x"] + ["1"] * 3000, ["0"] * 3000 + ["y"] + ["1"] * 2999)
    assert time.process_time() - begun < 2.0
