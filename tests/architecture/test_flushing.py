"""After a transactional test the database is as migrations left it, guards and all."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from audit import triggers
from permissions.models import Unit
from tests.factories import make_unit


def rows() -> dict[str, int]:
    """Count the rows of every table."""
    models = [model for model in apps.get_models() if model._meta.managed]
    return {model._meta.label: model._base_manager.count() for model in models}


def trigger_names() -> set[str]:
    """Name the triggers that are switched on."""
    if connection.vendor == "sqlite":
        statement = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        statement = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_a_flush_restores_what_migrations_loaded(
    transactional_db: None, request: pytest.FixtureRequest
) -> None:
    before, guards = rows(), trigger_names()
    people: SimpleNamespace = request.getfixturevalue("people")
    assert rows()["permissions.User"] == len(people.all)
    call_command("flush", interactive=False, verbosity=0)
    assert rows() == before
    assert trigger_names() == guards
    assert triggers.missing(connection) == []
    assert make_unit("37", "山东省", "province", None) == Unit.objects.get()
