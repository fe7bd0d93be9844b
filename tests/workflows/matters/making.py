"""Make the table of matters inside a test, and matters in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import modify_settings

TABLE = (
    "CREATE TABLE matters_matter (id {key} PRIMARY KEY, number varchar(40) NOT NULL,"
    " due_on date, opened_by_id bigint NOT NULL)"
)
KEYS = {"postgresql": "bigserial", "sqlite": "integer"}


@contextmanager
def installed_matters() -> Iterator[type]:
    """Install the app and its table; whoever made the table in a transaction loses it with it."""
    with modify_settings(INSTALLED_APPS={"append": "tests.workflows.matters"}):
        from tests.workflows.matters.models import Matter  # noqa: PLC0415 - only once installed

        with connection.cursor() as cursor:
            cursor.execute(TABLE.format(key=KEYS[connection.vendor]))
        ContentType.objects.clear_cache()
        yield Matter
        ContentType.objects.clear_cache()
