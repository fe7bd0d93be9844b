"""Fixtures of the tests about terms: a matter that has them, and the calendar."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests.workflows.matters.making import installed_matters
from workflows import parameters


@pytest.fixture
def new_matter(people: SimpleNamespace) -> Iterator[Callable[[], Any]]:
    """Give a maker of matters, opened by the reviewer."""
    with installed_matters() as matter_model:
        numbers = iter(range(1, 100_000))

        def make() -> Any:
            return matter_model.objects.create(
                number=f"乐司测〔2025〕{next(numbers)}号", opened_by=people.reviewer
            )

        yield make


@pytest.fixture
def matter(new_matter: Callable[[], Any]) -> Any:
    """One matter."""
    return new_matter()


@pytest.fixture
def own_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test declare parameters that are forgotten after it."""
    monkeypatch.setattr(parameters, "_declared", dict(parameters._declared))
