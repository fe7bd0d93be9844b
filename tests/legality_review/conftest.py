"""Walks for the tests of legality review."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.legality_review.norm_steps import NormWalk
from tests.legality_review.steps import Walk


@pytest.fixture
def walk(people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> Walk:
    """A matter of 云红街道 that can be walked to any act."""
    return Walk(people, tree, clock)


@pytest.fixture
def norm(people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> NormWalk:
    """A normative document of 云红街道 that can be walked to any act."""
    return NormWalk(people, tree, clock)
