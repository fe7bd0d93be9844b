"""Give out numbers (文号) without gap or repetition, and void them without losing them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, models, transaction

from audit import clock
from audit.recording import record
from documents.models import Number, NumberCounter, NumberSeries
from permissions.refusals import Impossible


@dataclass(frozen=True)
class Series:
    """A series of numbers declared by an app's `documents.py`.

    `pattern` holds `{year}` and `{n}`: "乐司枫申〔{year}〕{n}号". `unit` is the code of the unit
    whose register it is; empty where one register serves all.
    """

    code: str
    title: str
    pattern: str
    unit: str = ""

    def text(self, year: int, value: int) -> str:
        """Write the number of this year and value."""
        return self.pattern.format(year=year, n=value)


class AlreadyVoid(Impossible):
    """A number that is void already; its text is shown as it is."""


TAKE = """UPDATE documents_numbercounter SET last = last + 1
    WHERE year = %s AND series_id = (SELECT id FROM documents_numberseries WHERE code = %s)
    RETURNING series_id, last"""

_declared: dict[str, Series] = {}


def declare(series: Series) -> Series:
    """Make a series known; a code or a pattern cannot be declared twice."""
    for known in _declared.values():
        if known != series and (known.code == series.code or known.pattern == series.pattern):
            raise ValueError(f"series {series.code} is declared already as {known.code}")
    if series.text(2000, 1) in {series.text(2000, 2), series.text(2001, 1)}:
        raise ValueError(f"pattern of {series.code} needs both {{year}} and {{n}}")
    _declared[series.code] = series
    return series


def declared() -> list[Series]:
    """Return every declared series, in order of declaration."""
    return list(_declared.values())


def series_of(code: str) -> Series:
    """Return the series with this code; `KeyError` when no app declares it."""
    return _declared[code]


@transaction.atomic(savepoint=False)
def allocate(series_code: str, year: int, subject: models.Model | None, on: date) -> Number:
    """Give out the next number of the series and year, in the caller's transaction.

    In: the code of a declared series, the year in the number, the case it belongs to (None for a
    paper without case) and the day. Out: the stored `Number`.
    """
    number = reserve(series_code, year, on)
    assign(number, subject)
    return number


@transaction.atomic(savepoint=False)
def reserve(series_code: str, year: int, on: date) -> Number:
    """Take the next value of the series and year; `assign` stores it with its case.

    The row of the counter stays locked until the caller's transaction ends, so that a rollback
    takes the number back before anybody else can get the next one (assurance: no duplicates, no
    unexplained gap).
    """
    declaration = series_of(series_code)
    taken = _take(series_code, year)
    if taken is None:
        _begin_counting(declaration, year)
        taken = _take(series_code, year)
    if taken is None:
        raise LookupError(f"series {series_code} has no counter for {year}")
    series, value = taken
    return Number(
        series_id=series,
        year=year,
        value=value,
        text=declaration.text(year, value),
        allocated_on=on,
    )


def _take(series_code: str, year: int) -> tuple[int, int] | None:
    """Lock and move the counter in one statement; None where nothing has been counted yet."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [year, series_code])
        taken: tuple[int, int] | None = cursor.fetchone()
    return taken


def _begin_counting(declaration: Series, year: int) -> None:
    """Make the rows of a series and of its year when the first number is asked for."""
    series, _ = NumberSeries.objects.get_or_create(
        code=declaration.code,
        defaults={"title": declaration.title, "pattern": declaration.pattern},
    )
    NumberCounter.objects.get_or_create(series=series, year=year)


@transaction.atomic
def void(
    number: Number, by: Any, reason: str, *, post: Any = None, on_behalf_of: Any = None
) -> Number:
    """Void a number with a reason: it stays in the register and is never given out again.

    Raises `AlreadyVoid` when somebody was faster and `ValueError` without a reason.
    """
    if not reason.strip():
        raise ValueError("作废文号必须说明原因。")
    locked = Number.objects.select_for_update().get(pk=number.pk)
    if locked.state == Number.State.VOID:
        raise AlreadyVoid(f"该文号已由{locked.voided_by_name}作废。")
    locked.state = Number.State.VOID
    locked.void_reason = reason.strip()
    locked.voided_by_name = by.full_name
    locked.voided_at = clock.now()
    locked.save(update_fields=["state", "void_reason", "voided_by_name", "voided_at"])
    record(
        "documents.void_number",
        "作废文号",
        subject=locked,
        subject_title=locked.text,
        by=by,
        post=post,
        on_behalf_of=on_behalf_of,
        before={"state": "在用"},
        after={"state": "作废"},
        reason=locked.void_reason,
    )
    return locked


def assign(number: Number, subject: models.Model | None) -> None:
    """Say which case a number belongs to, and store it if it was reserved only."""
    number.subject = subject
    number.save(update_fields=["subject_type", "subject_id"] if number.pk else None)
