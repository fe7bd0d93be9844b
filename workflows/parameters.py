"""Declare what an office may set: a value in law or custom that differs by place and time.

An app's `rules.py` declares `Parameter(...)` with its default; an office records other values,
each in force from a day. A rule asks for the value on the day of its triggering event, so a
value recorded later never changes what has begun.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar, cast

from django.db import transaction
from django.db.models import QuerySet

from audit.recording import record as record_entry
from permissions.policy import demand
from workflows.models.parameters import ParameterValue
from workflows.permissions import Verb
from workflows.reckoning import Length
from workflows.refusals import Refusal

T = TypeVar("T")

_declared: dict[str, "Parameter[Any]"] = {}


def _whole(text: str) -> int:
    """Read a whole number that is not negative."""
    if not text.strip().isascii() or not text.strip().isdigit():
        raise ValueError(f"“{text}”不是非负整数。")
    return int(text)


def _yes_or_no(text: str) -> bool:
    """Read 是 or 否."""
    try:
        return {"是": True, "否": False}[text.strip()]
    except KeyError:
        raise ValueError("请填写“是”或“否”。") from None


def _decimal(text: str) -> Decimal:
    """Read a finite decimal number."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise ValueError(f"“{text}”不是数字。") from None
    if not number.is_finite():
        raise ValueError(f"“{text}”不是数字。")
    return number


def _clock_time(text: str) -> time:
    """Read a time of day such as 17:30."""
    try:
        return time.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"“{text}”不是时刻，请写成 17:30。") from None


READERS: dict[type, Callable[[str], Any]] = {
    bool: _yes_or_no,
    int: _whole,
    Decimal: _decimal,
    time: _clock_time,
    Length: Length.parse,
    str: str,
}


@dataclass(frozen=True)
class Parameter(Generic[T]):
    """One thing an office may set: its default, its law, and how sure that default is (`mark`)."""

    key: str
    label: str
    default: T
    law: str
    mark: str
    parse: Callable[[str], T] | None = None

    def __post_init__(self) -> None:
        if self.key in _declared:
            raise ValueError(f"parameter {self.key} is declared twice")
        if self.parse is None and type(self.default) not in READERS:
            raise TypeError(f"parameter {self.key} needs a parse function")
        _declared[self.key] = self

    def read(self, text: str) -> T:
        """Read a written value; raise Refusal with a Chinese reason where it is not one."""
        try:
            return (self.parse or READERS[type(self.default)])(text)
        except ValueError as wrong:
            raise Refusal(f"{self.label}：{wrong}") from wrong

    def on(self, day: date) -> T:
        """Return the value in force on that day; of two from one day the later recorded."""
        row = self.values().filter(valid_from__lte=day).last()
        return self.default if row is None else self.read(row.value)

    def values(self) -> QuerySet[ParameterValue]:
        """Return what was recorded, the oldest first."""
        return ParameterValue.objects.filter(key=self.key).order_by("valid_from", "pk")


def written(value: object) -> str:
    """Return a value as it is recorded and read again."""
    if isinstance(value, Length):
        return value.code
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def in_words(value: object) -> str:
    """Return a value as pages and documents show it."""
    return str(value) if isinstance(value, Length) else written(value)


def declared() -> list[Parameter[Any]]:
    """Return every declared parameter by key, for the page that shows them."""
    return [_declared[key] for key in sorted(_declared)]


def parameter(key: str) -> Parameter[Any]:
    """Return the parameter with that key; raise Refusal where none is declared."""
    if key not in _declared:
        raise Refusal(f"没有参数“{key}”。")
    return _declared[key]


@transaction.atomic
def record(
    chosen: Parameter[T], text: str, valid_from: date, *, by: Any, source: str
) -> ParameterValue:
    """Record a value from a day on and leave an entry; earlier rows stay as they are."""
    value = written(chosen.read(text))
    if not source.strip():
        raise Refusal(f"{chosen.label}：请写明依据。")
    post = demand(by, Verb.RECORD_PARAMETER)
    before = written(chosen.on(valid_from))
    row = ParameterValue.objects.create(
        key=chosen.key, value=value, valid_from=valid_from, source=source, recorded_by=by
    )
    record_entry(
        Verb.RECORD_PARAMETER,
        "设定参数",
        subject=row,
        subject_title=chosen.label,
        by=by,
        post=post,
        before={chosen.key: before},
        after={chosen.key: value, "valid_from": valid_from},
        reason=source,
    )
    return row


def value_on(setting: "T | Parameter[T]", day: date) -> T:
    """Return a setting's value on a day, whether it is fixed or a parameter."""
    if isinstance(setting, Parameter):
        return cast(T, setting.on(day))
    return setting
