"""A prepared statement answers as the query set it was composed of, and is composed once."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef

from audit.clock import standing_at
from audit.models import ChainHead, Entry, Seal
from audit.prepared import Prepared, Storing
from audit.seals import seal_day
from permissions.models import Unit
from tests.audit.examples import record_one

FIRST_DAY = date(2025, 9, 26)


@pytest.fixture
def sealed(db: None) -> list[Seal]:
    """Seal three days, each with an entry."""
    seals = []
    for number in range(3):
        record_one()
        with standing_at(FIRST_DAY + timedelta(days=number)):
            seals.append(seal_day())
    return seals


def since(day: date, least: int) -> models.QuerySet[Seal]:
    """Compose a statement with a day and a number, the number twice."""
    entries = Entry.objects.filter(sequence=OuterRef("sequence"), pk__gte=least)
    rows = Seal.objects.filter(day__gte=day, sequence__gte=least)
    return rows.annotate(is_known=Exists(entries)).order_by("day")


def test_it_answers_for_other_values_as_the_query_set_does(sealed: list[Seal]) -> None:
    prepared = Prepared(since, date, int)
    for number, least in ((0, 1), (1, 1), (0, 3), (9, 1)):
        day = FIRST_DAY + timedelta(days=number)
        found, wanted = prepared(day, least), list(since(day, least))
        assert found == wanted
        assert [vars(row)["digest"] for row in found] == [row.digest for row in wanted]
        assert all(row.is_known for row in found)  # type: ignore[attr-defined]
    assert len(prepared(FIRST_DAY, 1)) == 3


def test_it_is_composed_once_and_asked_each_time(
    sealed: list[Seal], django_assert_num_queries: Any
) -> None:
    composed = []

    def compose(digest: str) -> models.QuerySet[Seal]:
        composed.append(digest)
        return Seal.objects.filter(digest=digest)

    prepared = Prepared(compose, str)
    with django_assert_num_queries(3):
        assert [prepared(seal.digest) for seal in sealed] == [[seal] for seal in sealed]
    assert len(composed) == 1


def test_a_value_that_stands_nowhere_is_a_fault_of_the_program(db: None) -> None:
    with pytest.raises(ValueError, match="stands nowhere"):
        Prepared(lambda day: Seal.objects.filter(sequence=1), date)(FIRST_DAY)


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_within_a_transaction_alone() -> None:
    locked: Prepared[ChainHead] = Prepared(lambda: ChainHead.objects.select_for_update())
    with transaction.atomic():
        assert len(locked()) == 1
    with pytest.raises(transaction.TransactionManagementError):
        locked()


def test_new_rows_are_stored_in_order_and_told_their_keys(
    db: None, django_assert_num_queries: Any
) -> None:
    store = Storing(ContentType)
    rows = [ContentType(app_label="invented", model=f"thing{n}") for n in range(3)]
    with django_assert_num_queries(1):
        assert store(rows) == rows
    kept = ContentType.objects.filter(app_label="invented").order_by("pk")
    assert [(row.pk, row.model) for row in kept] == [(row.pk, row.model) for row in rows]
    rows[0].model = "changed"
    rows[0].save()
    assert ContentType.objects.filter(app_label="invented").count() == 3
    assert store([]) == []


def test_a_known_row_is_left_as_it_is_only_where_that_is_wanted(db: None) -> None:
    known = ContentType.objects.get_for_model(Entry)
    again = ContentType(app_label=known.app_label, model=known.model)
    Storing(ContentType, ignores_known=True)([again])
    assert ContentType.objects.filter(app_label="audit", model="entry").get() == known
    with pytest.raises(IntegrityError), transaction.atomic():
        Storing(ContentType)([again])


def test_a_row_that_brings_its_key_keeps_it(db: None) -> None:
    Storing(ContentType, has_key=True)(
        [ContentType(pk=90_001, app_label="invented", model="thing")]
    )
    assert ContentType.objects.get(model="thing").pk == 90_001


def test_a_row_that_points_at_one_not_stored_is_refused(db: None) -> None:
    permission = Permission(name="x", codename="x", content_type=ContentType(app_label="x"))
    with pytest.raises(ValueError, match="unsaved related object"):
        Storing(Permission)([permission])


def test_it_takes_moments_and_keys_of_128_bits(sealed: list[Seal], db: None) -> None:
    made = sorted(seal.made_at for seal in sealed)
    prepared = Prepared(lambda moment: Seal.objects.filter(made_at__gt=moment), datetime)
    assert len(prepared(made[0])) == sum(moment > made[0] for moment in made)
    assert len(prepared(made[0] - timedelta(microseconds=1))) == len(made)
    assert len(prepared(made[-1])) == 0
    unit = Unit.objects.create(
        code="X", name="单位", kind="city", path="X/", reach="X/", is_active=True
    )
    by_key = Prepared(lambda key: Unit.objects.filter(uuid=key), UUID)
    assert by_key(unit.uuid) == [unit]
    assert by_key(uuid4()) == []
