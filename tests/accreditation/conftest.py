"""A walk through the procedure for the tests of accreditation."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.accreditation.steps import Walk


@pytest.fixture
def walk(people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> Walk:
    """An application of 云红司法所 that can be walked to any act."""
    return Walk(people, tree, clock)
