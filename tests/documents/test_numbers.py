"""Numbers: no gap, no repetition, no deletion, whatever happens at once."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Entry
from documents import numbers, triggers
from documents.models import Number, NumberCounter
from documents.numbers import Series
from tests.documents.conftest import ON, SERIES


def allocate(year: int = 2025, subject: Any = None) -> Number:
    """Allocate a number of the test's series."""
    return numbers.allocate(SERIES.code, year, subject, ON)


def values(year: int = 2025) -> list[int]:
    """Return the values given out, in order."""
    return list(Number.objects.registered(SERIES.code, year).values_list("value", flat=True))


def in_threads(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run the work in threads that start together; return what went wrong."""
    failures: list[BaseException] = []
    start = threading.Barrier(count)

    def run(index: int) -> None:
        start.wait()
        try:
            work(index)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_a_number_is_written_after_its_pattern(db: None) -> None:
    assert allocate().text == "乐司测〔2025〕1号"
    assert allocate().text == "乐司测〔2025〕2号"


def test_each_year_begins_with_one(db: None) -> None:
    allocate(2024), allocate(2024), allocate(2025)
    assert (values(2024), values(2025)) == ([1, 2], [1])


def test_a_rollback_leaves_no_gap(transactional_db: None) -> None:
    allocate()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        allocate()
        raise ZeroDivisionError
    assert allocate().value == 2
    assert values() == [1, 2]


@pytest.mark.row_locks
def test_max_plus_one_would_repeat_numbers(transactional_db: None) -> None:
    """Positive control: the race that `allocate` wins is lost by the naive way."""
    allocate()
    meeting = threading.Barrier(2, timeout=10)

    def naive(index: int) -> None:
        series = Number.objects.first().series
        last = max(values())
        meeting.wait()
        Number.objects.create(
            series=series, year=2025, value=last + 1, text=f"x{index}", allocated_on=ON
        )

    assert len(in_threads(2, naive)) >= 1


def test_a_voided_number_is_kept_and_never_given_again(db: None, people: Any) -> None:
    first = allocate()
    numbers.void(first, people.reviewer, "打印错误")
    assert allocate().value == 2
    kept = Number.objects.get(pk=first.pk)
    assert (kept.state, kept.void_reason, kept.voided_by_name) == ("void", "打印错误", "乐审核")
    entry = Entry.objects.get(act="documents.void_number")
    assert (entry.subject_title, entry.reason) == ("乐司测〔2025〕1号", "打印错误")


def test_a_number_is_voided_once_and_with_a_reason(db: None, people: Any) -> None:
    number = allocate()
    with pytest.raises(ValueError, match="必须说明原因"):
        numbers.void(number, people.reviewer, "  ")
    numbers.void(number, people.reviewer, "重复")
    with pytest.raises(numbers.AlreadyVoid, match="已由乐审核作废"):
        numbers.void(number, people.director, "再次")


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM documents_number",
        "UPDATE documents_number SET value = 7",
        "UPDATE documents_number SET text = 'x'",
        "UPDATE documents_number SET year = 1999",
        "UPDATE documents_number SET state = 'in_use' WHERE state = 'void'",
        "UPDATE documents_number SET void_reason = 'x' WHERE state = 'void'",
        "DELETE FROM documents_numbercounter",
        "UPDATE documents_numbercounter SET last = 0",
        "UPDATE documents_numbercounter SET last = last + 2",
        "INSERT INTO documents_number (uuid, series_id, year, value, text, state, void_reason,"
        " voided_by_name, allocated_on, allocated_at) SELECT"
        " '00000000000000000000000000000001', series_id, year, 9, 'y', 'in_use', '', '',"
        " allocated_on, allocated_at FROM documents_number",
    ],
)
def test_the_database_refuses_to_change_the_register(db: None, people: Any, tampering: str) -> None:
    numbers.void(allocate(), people.reviewer, "作废")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(tampering)
    with triggers.lifted(connection), transaction.atomic():
        sound = transaction.savepoint()
        with connection.cursor() as cursor:
            cursor.execute(tampering)  # the control: without the guard it goes through
        transaction.savepoint_rollback(sound)
    assert values() == [1]


OVERWRITING = {
    "sqlite": "INSERT OR REPLACE INTO documents_number (id, uuid, series_id, year, value, text,"
    " state, void_reason, voided_by_name, allocated_on, allocated_at) SELECT id, uuid, series_id,"
    " year, value, 'forged', state, void_reason, voided_by_name, allocated_on, allocated_at"
    " FROM documents_number",
    "postgresql": "INSERT INTO documents_number (id, uuid, series_id, year, value, text, state,"
    " void_reason, voided_by_name, allocated_on, allocated_at) SELECT id, uuid, series_id, year,"
    " value, 'forged', state, void_reason, voided_by_name, allocated_on, allocated_at"
    " FROM documents_number ON CONFLICT (id) DO UPDATE SET text = EXCLUDED.text",
}


def test_an_upsert_cannot_overwrite_a_number(db: None) -> None:
    allocate()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OVERWRITING[connection.vendor])
    assert Number.objects.get().text == "乐司测〔2025〕1号"


def test_a_number_is_assigned_to_its_case_once(db: None, tree: Any) -> None:
    number = allocate()
    numbers.assign(number, tree.station)
    assert Number.objects.of(tree.station).get() == number
    with pytest.raises(IntegrityError), transaction.atomic():
        numbers.assign(number, tree.other_station)


def test_the_counter_stands_at_the_last_number(db: None) -> None:
    allocate(), allocate()
    assert NumberCounter.objects.get().last == 2


def test_a_series_cannot_be_declared_twice_or_without_its_parts() -> None:
    with pytest.raises(ValueError, match="declared already"):
        numbers.declare(Series(SERIES.code, "另一个", "别的〔{year}〕{n}号"))
    with pytest.raises(ValueError, match="declared already"):
        numbers.declare(Series("another", "另一个", SERIES.pattern))
    with pytest.raises(ValueError, match="needs both"):
        numbers.declare(Series("no_year", "缺年度", "无年度{n}号"))


def test_an_undeclared_series_gives_no_number(db: None) -> None:
    with pytest.raises(KeyError):
        numbers.allocate("nobody", 2025, None, date(2025, 1, 1))
