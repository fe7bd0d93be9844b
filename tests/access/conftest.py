"""A world with something behind every address, and its people with their browsers."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import override_settings

from tests import replaying
from tests.access.matrix import Crowd
from tests.access.world import make_world


@pytest.fixture(autouse=True)
def vault_of_its_own(tmp_path: Path) -> Iterator[Path]:
    """Files of a test go to its own folder."""
    with override_settings(FILES_ROOT=tmp_path / "files"):
        yield tmp_path / "files"


@pytest.fixture
def world(
    people: SimpleNamespace, tree: SimpleNamespace, vault_of_its_own: Path
) -> SimpleNamespace:
    """Two townships with a case each, and the office's own things."""
    return replaying.once("world", lambda: make_world(people, tree), vault_of_its_own)


@pytest.fixture
def crowd(world: SimpleNamespace, people: SimpleNamespace) -> Crowd:
    """Everybody of the access table, signed in."""
    return Crowd(people)
