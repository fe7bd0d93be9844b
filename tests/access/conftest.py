"""A world with something behind every address, and its people with their browsers."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import replaying
from tests.access.matrix import Crowd
from tests.access.world import make_world


@pytest.fixture(autouse=True)
def vault_of_its_own(settings: Any, tmp_path: Path) -> None:
    """Files of a test go to its own folder."""
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def world(people: SimpleNamespace, tree: SimpleNamespace, settings: Any) -> SimpleNamespace:
    """Two townships with a case each, and the office's own things."""
    return replaying.once("world", lambda: make_world(people, tree), settings.FILES_ROOT)


@pytest.fixture
def crowd(world: SimpleNamespace, people: SimpleNamespace) -> Crowd:
    """Everybody of the access table, signed in."""
    return Crowd(people)
