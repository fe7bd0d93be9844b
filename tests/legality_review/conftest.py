"""Walks for the tests of legality review."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.legality_review.norm_steps import NormWalk


@pytest.fixture
def norm(people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> NormWalk:
    """A normative document of 云红街道 that can be walked to any act."""
    return NormWalk(people, tree, clock)
