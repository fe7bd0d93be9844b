"""Let Django tell which statements it asks, and with what it renders a page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import (
    CaptureQueriesContext,
    setup_test_environment,
    teardown_test_environment,
)


@contextmanager
def asked_of() -> Iterator[list[str]]:
    """Collect the statements asked inside; the list is full when the block has ended."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as asked:
        yield found
    found += [query["sql"] for query in asked.captured_queries]


@contextmanager
def told() -> Iterator[list[str]]:
    """Collect the statements, and let answers carry the context they were rendered with.

    Rendering is slower inside, so that nothing is timed here.
    """
    setup_test_environment()
    try:
        with asked_of() as found:
            yield found
    finally:
        teardown_test_environment()
