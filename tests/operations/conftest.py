"""Fixtures of the tests of operations."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.rehearsal.making import Rehearsing


@pytest.fixture
def rehearsal(people: SimpleNamespace, tree: SimpleNamespace) -> Any:
    """A rehearsal that has just been opened."""
    return Rehearsing(people, tree)
