"""What an entry holds, and when none may be written."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from audit import chain, triggers
from audit.models import ChainHead, Entry, Outcome
from audit.recording import ChainMissing, Stranger, record, record_alone
from audit.verification import verify
from tests.audit.examples import CASE, START, record_one


def test_an_entry_tells_who_in_which_post_for_whom_when_whence_what_and_why(db: None) -> None:
    entry = Entry.objects.get(pk=record_one().pk)
    assert {field.attname: getattr(entry, field.attname) for field in Entry._meta.fields} == {
        "sequence": 1,
        "at": START,
        "act": "accreditation.accept",
        "label": "受理",
        "outcome": "done",
        "actor_id": "11",
        "actor_name": "张三",
        "post_id": "21",
        "post_text": "张三（市中司法所 所长）",
        "on_behalf_of_id": "12",
        "on_behalf_of_name": "李四",
        "source_ip": "10.1.2.3",
        "user_agent": "Firefox/140",
        "request_id": "request-0001",
        "subject_kind": "contenttypes.contenttype",
        "subject_id": "7",
        "subject_title": "市中司法所创建",
        "before": '{"state":"submitted"}',
        "after": '{"state":"accepted","分数":98}',
        "reason": "材料齐全",
        "algorithm": chain.ALGORITHM,
        "previous_digest": chain.GENESIS,
        "digest": entry.digest,
    }
    assert entry.values_before == {"state": "submitted"}
    assert entry.values_after == {"state": "accepted", "分数": 98}
    assert verify().faults == []


def test_each_entry_follows_the_one_before_and_the_head_follows_it(five: list[Entry]) -> None:
    assert [entry.sequence for entry in five] == [1, 2, 3, 4, 5]
    assert [entry.previous_digest for entry in five[1:]] == [entry.digest for entry in five[:-1]]
    head = ChainHead.objects.get()
    assert (head.sequence, head.digest) == (5, five[-1].digest)


def test_the_digest_is_sm3_where_openssl_has_it_and_the_row_says_which() -> None:
    known = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert chain.ALGORITHM == "sm3"
    assert chain.hashlib.new(chain.ALGORITHM, b"abc").hexdigest() == known


def test_without_sm3_the_chain_uses_sha256_and_still_verifies(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_one()
    monkeypatch.setattr(chain, "ALGORITHM", "sha256")
    record_one()
    assert list(Entry.objects.oldest_first().values_list("algorithm", flat=True)) == [
        "sm3",
        "sha256",
    ]
    assert verify().faults == []


def test_sha256_is_chosen_where_openssl_lacks_sm3(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_sm3(name: str) -> None:
        raise ValueError(f"unsupported hash type {name}")

    assert chain._strongest() == "sm3"
    monkeypatch.setattr(chain.hashlib, "new", without_sm3)
    assert chain._strongest() == "sha256"


def test_nobody_means_the_system(db: None) -> None:
    entry = record_one(by=None, post=None, on_behalf_of=None, subject=None, subject_title="")
    assert (entry.actor_id, entry.actor_name) == ("", "系统")
    assert (entry.post_id, entry.post_text, entry.on_behalf_of_name) == ("", "", "")
    assert (entry.subject_kind, entry.subject_id, entry.subject_title) == ("", "", "")


def test_a_stranger_is_known_by_the_name_he_typed(db: None) -> None:
    entry = record_one(by=Stranger("zhang"), outcome=Outcome.REFUSED)
    assert (entry.actor_id, entry.actor_name, entry.outcome) == ("", "zhang", "refused")


def test_a_subject_without_title_is_called_what_it_calls_itself(db: None) -> None:
    assert record_one(subject_title="").subject_title == str(CASE)


def test_dates_decimals_and_uuids_are_written_as_text(db: None) -> None:
    after = {
        "day": date(2025, 9, 26),
        "moment": datetime(2025, 9, 26, 1, 2, 3, 4, UTC),
        "score": Decimal("98.50"),
        "uuid": UUID(int=1),
    }
    assert record_one(after=after).values_after == {
        "day": "2025-09-26",
        "moment": "2025-09-26T01:02:03.000004+00:00",
        "score": "98.50",
        "uuid": "00000000-0000-0000-0000-000000000001",
    }


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x", ContentType()])
def test_what_is_no_json_is_refused_and_nothing_is_written(db: None, value: Any) -> None:
    with pytest.raises(TypeError):
        record_one(after={"value": value})
    assert not Entry.objects.exists()


def test_numbers_that_are_none_are_refused(db: None) -> None:
    with pytest.raises(ValueError, match="JSON"):
        record_one(after={"rate": float("nan")})


def test_falsy_values_are_kept_apart_from_absent_ones(db: None) -> None:
    assert record_one(before={}, after=0).before == "{}"
    assert Entry.objects.get().after == "0"
    assert record_one(before=None).values_before is None


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "长" * 5000, "🀄𠮷", "'; DROP TABLE x --"])
def test_hostile_texts_never_stop_an_entry(db: None, text: str) -> None:
    record_one(
        reason=text,
        subject_title=text,
        by=Stranger(text),
        before={text: text},
    )
    record_one()
    entry = Entry.objects.get(pk=1)
    assert "\x00" not in entry.reason
    assert len(entry.subject_title) <= 500
    assert len(entry.reason) in {len(text), len(text) - 1}
    assert verify().faults == []


def test_outside_a_transaction_record_raises() -> None:
    with pytest.raises(TransactionManagementError):
        record("test.act", "受理")


def test_inside_a_transaction_record_alone_raises(db: None) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        record_alone("test.refuse", "拒绝")
    assert record_alone("test.refuse", "拒绝").sequence == 1


def test_a_rollback_takes_the_entry_along_and_frees_its_number(db: None) -> None:
    record_one()
    with pytest.raises(KeyError), transaction.atomic():
        assert record_one().sequence == 2
        raise KeyError
    assert record_one().sequence == 2
    assert verify().faults == []


def test_without_head_nothing_can_be_recorded(db: None, five: list[Entry]) -> None:
    triggers.remove(connection)
    ChainHead.objects.all().delete()
    with pytest.raises(ChainMissing, match="链头缺失"):
        record_one()
    assert Entry.objects.count() == len(five)


def test_an_unknown_outcome_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="maybe"):
        record_one(outcome="maybe")


def test_an_entry_takes_two_statements(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):  # with the savepoint of this test's own atomic()
        record_one()


def test_canonical_json_does_not_depend_on_the_order_of_keys(db: None) -> None:
    first = record_one(after=json.loads('{"b":1,"a":2}'))
    second = record_one(after=json.loads('{"a":2,"b":1}'))
    assert first.after == second.after == '{"a":2,"b":1}'


def test_an_entry_forged_past_the_door_is_refused(db: None, five: list[Entry]) -> None:
    forged = Entry(sequence=7, at=START, act="x", label="x", previous_digest=five[-1].digest)
    with pytest.raises(IntegrityError, match="链尾"), transaction.atomic():
        forged.save(force_insert=True)
    assert record_one().sequence == 6
