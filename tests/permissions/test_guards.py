"""Two appointments at once: one wins, whatever the order (三员分立 under concurrency)."""

from collections.abc import Callable
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from permissions import guards
from permissions.models import Post, Unit, User
from permissions.roles import Role
from tests.factories import IN_POST_SINCE, make_person


def race(*acts: Callable[[], Any]) -> list[bool]:
    """Run acts at the same time, each on its own connection; tell which came through."""
    results, start = [False] * len(acts), Barrier(len(acts))

    def run(place: int) -> None:
        try:
            start.wait()
            with transaction.atomic():
                acts[place]()
            results[place] = True
        except IntegrityError:
            results[place] = False
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def put(user: User, role: Role, unit: Unit) -> Callable[[], Post]:
    """Say how to write a post past every check in Python."""
    fields: dict[str, Any] = {"user": user, "role": role, "unit": unit}
    return lambda: Post.objects.create(starts_on=IN_POST_SINCE, **fields)


@pytest.mark.row_locks
@pytest.mark.django_db(transaction=True)
def test_of_two_posts_that_exclude_each_other_one_is_written(
    transactional_db: None, tree: SimpleNamespace
) -> None:
    for number in range(20):
        person = make_person(f"person{number}")
        results = race(
            put(person, Role.AUDIT_ADMIN, tree.bureau),
            put(person, Role.COUNTY_REVIEWER, tree.bureau),
        )
        assert sorted(results) == [False, True]
        assert person.posts.count() == 1


@pytest.mark.row_locks
@pytest.mark.django_db(transaction=True)
def test_without_the_guard_both_would_be_written(
    transactional_db: None, tree: SimpleNamespace
) -> None:
    """Positive control: the same race with the triggers removed."""
    guards.remove(connection)
    try:
        person = make_person("person")
        results = race(
            put(person, Role.AUDIT_ADMIN, tree.bureau),
            put(person, Role.COUNTY_REVIEWER, tree.bureau),
        )
        assert results == [True, True]
    finally:
        guards.install(connection)
        person.posts.all().delete()
