"""Put the longest tests first, so that all processes of a run end together.

`tools/test.sh` hands the tests out one by one in this order. Tests that share something costly
carry the mark `xdist_group` and stay together.
"""

import pytest

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
)
"""By a measured run; what is not named here is short."""


def place(item: pytest.Item) -> int:
    """Return where a test stands in the order of a run."""
    return next(
        (place for place, path in enumerate(LONGEST) if item.nodeid.startswith(path)),
        len(LONGEST),
    )
