"""Lay what was before an act beside what was after it, in the words of the pages."""

import json
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from audit.models import Entry

NOTHING = "—"


@dataclass(frozen=True)
class Line:
    """One fact before and after."""

    name: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Tell whether the fact was there before and is another now."""
        return NOTHING not in {self.before, self.after} and self.before != self.after


def comparison(entry: Entry) -> list[Line]:
    """Return the facts of an entry by name; facts that are no list of names stand in one line."""
    before, after = entry.values_before, entry.values_after
    if not all(isinstance(each, dict | None) for each in (before, after)):
        return [Line("内容", _text(before), _text(after))]
    before, after = before or {}, after or {}
    model = _model(entry.subject_kind)
    return [
        Line(
            _name(model, key),
            _in_words(model, key, before.get(key)),
            _in_words(model, key, after.get(key)),
        )
        for key in dict.fromkeys([*before, *after])
    ]


def _model(kind: str) -> Any:
    """Return the model of a kind; None for one that is gone."""
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def _field(model: Any, key: str) -> Any:
    """Return the model's field of this name, if it has one."""
    try:
        return model._meta.get_field(key) if model else None
    except FieldDoesNotExist:
        return None


def _name(model: Any, key: str) -> str:
    """Return what pages call a fact; its code where no page does."""
    return str(getattr(_field(model, key), "verbose_name", key))


def _in_words(model: Any, key: str, value: Any) -> str:
    """Return a value as pages show it: a choice by its label."""
    choices: dict[Any, Any] = dict(getattr(_field(model, key), "flatchoices", None) or ())
    if isinstance(value, str) and value in choices:
        return str(choices[value])
    return _text(value)


def _text(value: Any) -> str:
    """Return a value as text."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
