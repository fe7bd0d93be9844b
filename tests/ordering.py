"""Say in which order tests run and which of them touch no database.

The longest come first, so that all processes of a run end together: the tests are handed out one
by one. Tests that share something costly stay together. What touches no database runs once, not
once for each kind of database.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

REACHING = {
    "db", "transactional_db", "live_server", "django_db_setup", "own_database", "stage", "told",
}  # fmt: skip
"""Fixtures that reach a database; without them and its mark pytest-django refuses every access."""

LONGEST = (
    "tests/faults/",
    "tests/access/test_acts.py",
    "tests/access/test_matrix.py",
    "tests/demonstration/",
    "tests/operations/test_concurrency.py",
    "tests/walks/",
    "tests/access/",
    "tests/accreditation/test_random_walks.py",
    "tests/journeys/",
    "tests/permissions/test_pages.py",
    "tests/permissions/test_units.py",
    "tests/documents/test_on_its_own.py",
    "tests/browser/test_naming.py",
    "tests/browser/test_review.py",
    "tests/browser/test_operations.py",
    "tests/browser/test_review_operations.py",
    "tests/browser/test_pages.py",
)
"""By a measured run; what is not named here is short."""


TOGETHER = ("tests/demonstration/",)
"""Where the tests share one load; each process that gets some of them would load it for itself.

The mark `xdist_group` of pytest-xdist 3.8 does nothing under pytest 9.2.
"""


class Handing(LoadScopeScheduling):
    """Hands the tests out to the processes one by one, and those together at once."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the name of what is handed out at once with a test."""
        return next((path for path in TOGETHER if nodeid.startswith(path)), nodeid)


def place(item: pytest.Item) -> int:
    """Return where a test stands in the order of a run."""
    return next(
        (place for place, path in enumerate(LONGEST) if item.nodeid.startswith(path)),
        len(LONGEST),
    )


def is_pure(item: Any) -> bool:
    """Tell whether a test cannot reach a database, neither here nor in a process it starts."""
    is_marked = item.get_closest_marker("django_db") is not None
    return not is_marked and not REACHING & {*getattr(item, "fixturenames", ())}
