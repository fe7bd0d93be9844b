"""Asking for entries."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType

from audit.clock import standing_at
from audit.context import coming_from
from audit.models import Entry
from audit.recording import record
from tests.audit.examples import CASE, CHIEF, DEPUTY, ORIGIN, START, record_one


def numbers(entries: Any) -> list[int]:
    """Give the numbers of entries."""
    return [entry.sequence for entry in entries]


def test_entries_of_a_subject_leave_out_other_rows_and_other_kinds(db: None) -> None:
    record_one()
    record_one(subject=ContentType(pk=8))
    record_one(subject=Entry(pk=7))
    record_one(subject=None)
    assert numbers(Entry.objects.of_subject(CASE)) == [1]


def test_entries_of_an_actor_leave_out_whom_he_stood_in_for(db: None) -> None:
    record_one(by=CHIEF, on_behalf_of=DEPUTY)
    record_one(by=DEPUTY)
    assert numbers(Entry.objects.by_actor(DEPUTY)) == [2]


def test_entries_of_an_act_and_between_two_moments(db: None) -> None:
    record_one()
    with coming_from(ORIGIN), standing_at(START + timedelta(hours=1)):
        record("accreditation.name_station", "命名")
    assert numbers(Entry.objects.of_act("accreditation.name_station")) == [2]
    later = START + timedelta(hours=1)
    assert numbers(Entry.objects.between(START, later)) == [1]
    assert numbers(Entry.objects.between(later, later + timedelta(seconds=1))) == [2]


@pytest.mark.parametrize(
    ("words", "found"),
    [("市中", [1, 2]), ("市中 第二次", [2]), ("李四", []), ("张三 受理", [1, 2]), ("", [1, 2, 3])],
)
def test_search_wants_every_word(db: None, words: str, found: list[int]) -> None:
    record_one()
    record_one(reason="第二次")
    record_one(subject_title="x", post=None, by=None, reason="y")
    assert numbers(Entry.objects.search(words).oldest_first()) == found


def test_pages_follow_by_key_in_both_directions(five: list[Entry]) -> None:
    newest = Entry.objects.newest_first()
    assert numbers(newest[:2]) == [5, 4]
    assert numbers(newest.older_than(4)[:2]) == [3, 2]
    assert numbers(Entry.objects.oldest_first().newer_than(3)) == [4, 5]
