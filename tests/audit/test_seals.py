"""The daily seal over the head of the chain."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models

from audit import triggers
from audit.clock import standing_at
from audit.models import Entry, Seal
from audit.seals import PrintedSeal, printed, read_printed, seal_day
from audit.verification import verify
from tests.audit.examples import record_one

FIRST_DAY = date(2025, 9, 26)
COLUMNS = [field.attname for field in Seal._meta.concrete_fields if not field.primary_key]


@pytest.fixture
def three_seals(five: list[Entry]) -> list[Seal]:
    """Seal three days with an entry between each."""
    seals = []
    for number in range(3):
        record_one()
        with standing_at(FIRST_DAY + timedelta(days=number)):
            seals.append(seal_day())
    return seals


def test_a_seal_holds_the_head_of_the_day(five: list[Entry]) -> None:
    with standing_at(FIRST_DAY):
        seal = seal_day()
    assert (seal.day, seal.sequence, seal.digest) == (FIRST_DAY, 5, five[-1].digest)
    assert (verify().seals, verify().faults) == (1, [])


def test_a_day_is_sealed_once(five: list[Entry]) -> None:
    with standing_at(FIRST_DAY):
        first = seal_day()
        record_one()
        assert seal_day() == first
    assert Seal.objects.count() == 1


def test_an_empty_chain_can_be_sealed(db: None) -> None:
    assert seal_day().sequence == 0
    record_one()
    assert (verify().seals, verify().faults) == (1, [])


def test_the_printed_line_says_all_and_reads_back(three_seals: list[Seal]) -> None:
    line = printed(three_seals[0])
    assert line.startswith("留痕封印 日期=2025-09-26 序号=6 ")
    assert "\n" not in line
    assert read_printed(f"{line}\n\n{printed(three_seals[1])}\n")[0] == PrintedSeal(
        "2025-09-26",
        6,
        "2025-09-26T01:00:00.000000+00:00",
        three_seals[0].algorithm,
        three_seals[0].digest,
        three_seals[0].mark,
    )


def test_the_command_prints_the_same_seal_again(five: list[Entry]) -> None:
    lines = []
    for _ in range(2):
        out = StringIO()
        call_command("seal_audit", stdout=out)
        lines.append(out.getvalue())
    assert lines[0] == lines[1] == printed(Seal.objects.get()) + "\n"


CHANGED: dict[str, Any] = {
    "day": date(2020, 1, 1),
    "sequence": models.F("sequence") - 1,
    "digest": "1" * 64,
    "made_at": models.F("made_at") + timedelta(microseconds=1)
    if connection.vendor == "postgresql"
    else "2020-01-01 00:00:00+00:00",
    "algorithm": "sha256",
    "previous_mark": "1" * 64,
    "mark": "1" * 64,
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_seal_changed_in_any_column_is_noticed(
    three_seals: list[Seal], column: str, number: int
) -> None:
    assert verify().faults == []
    with triggers.lifted(connection):
        Seal.objects.filter(pk=three_seals[number].pk).update(**{column: CHANGED[column]})
    assert verify().faults[0].startswith("封印有误")


@pytest.mark.parametrize("number", [0, 1])
def test_a_seal_taken_from_among_others_is_noticed(three_seals: list[Seal], number: int) -> None:
    with triggers.lifted(connection):
        three_seals[number].delete()
    assert "前一封印缺失" in verify().faults[0]
