"""A world put back is row for row the one that was built, and only where nothing differs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from permissions.models import Unit, User
from tests import replaying
from tests.accreditation.steps import Walk
from tests.factories import make_people, make_tree, make_unit


@pytest.fixture
def again(db: None, clock: Any) -> Iterator[Callable[[], None]]:
    """Forget what was kept; give what undoes a test's rows and begins it anew."""
    kept, start = dict(replaying._kept), clock.now()
    replaying._kept.clear()
    before = transaction.savepoint()

    def undo(*, is_bent: bool = False) -> None:
        transaction.savepoint_rollback(before)
        clock.stand_at(start)
        replaying.watch.begin(is_bent=is_bent)

    yield undo
    replaying._kept.clear()
    replaying._kept.update(kept)


def rows() -> dict[str, list[Any]]:
    """Return all rows of all tables."""
    models = [model for model in apps.get_models() if model._meta.managed]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in models
    }


def province() -> Unit:
    """Build the smallest world."""
    return make_unit("37", "山东省", "province", None)


def calls(build: Callable[[], Any]) -> tuple[Callable[[], Any], list[int]]:
    """Return the build and a list that grows with each of its calls."""
    made: list[int] = []

    def counted() -> Any:
        made.append(1)
        return build()

    return counted, made


def test_a_walk_put_back_is_row_for_row_the_one_that_was_taken(again: Any, clock: Any) -> None:
    def walked() -> tuple[dict[str, list[Any]], Any, list[str]]:
        before = len(connection.run_on_commit)
        tree = replaying.once("tree", make_tree)
        people = replaying.once("people", lambda: make_people(tree))
        walk = Walk(people, tree, clock)
        case = walk.to("name_station")
        waiting = [str(entry[1]) for entry in connection.run_on_commit[before:]]
        return rows(), (vars(walk.title), case.state, clock.now(), walk.step), waiting

    built = walked()
    again()
    sent: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        put_back = walked()
    assert not [sql for sql in sent if "INSERT INTO" in sql]
    assert put_back[0] == built[0]
    assert put_back[1][1:] == built[1][1:]
    assert built[2] == put_back[2] and len(built[2]) > 5
    assert len(built[0]["audit.Entry"]) > 30
    again()
    replaying._kept.clear()
    taken = walked()
    assert {label: len(found) for label, found in taken[0].items()} == {
        label: len(found) for label, found in built[0].items()
    }


def test_rows_made_after_it_get_the_same_keys(again: Any) -> None:
    def two() -> int:
        replaying.once("province", province)
        return int(make_unit("3714", "德州市", "city", Unit.objects.get()).pk)

    first = two()
    again()
    assert two() == first


@pytest.mark.parametrize("differs", ["own row", "moment", "bent", "builds before"])
def test_where_something_differs_it_is_built_in_full(again: Any, clock: Any, differs: str) -> None:
    build, made = calls(province)
    replaying.once("province", build)
    again()
    replaying.once("province", build)
    assert len(made) == 1
    again(is_bent=differs == "bent")
    if differs == "own row":
        User.objects.create_user("somebody")
    elif differs == "moment":
        clock.forward(minutes=1)
    elif differs == "builds before":
        replaying.once("nothing", dict)
    replaying.once("province", build)
    assert len(made) == 2


def test_a_build_that_took_something_back_is_not_kept(again: Any) -> None:
    def build() -> None:
        before = transaction.savepoint()
        province()
        transaction.savepoint_rollback(before)

    counted, made = calls(build)
    replaying.once("nothing left", counted)
    again()
    replaying.once("nothing left", counted)
    assert len(made) == 2


def test_its_files_come_back(again: Any, tmp_path: Path) -> None:
    def build(folder: Path) -> SimpleNamespace:
        (folder / "sub").mkdir(parents=True)
        (folder / "sub" / "file").write_bytes(b"%PDF")
        return SimpleNamespace(unit=province())

    first, second = tmp_path / "first", tmp_path / "second"
    built = replaying.once("file", lambda: build(first), first)
    again()
    put_back = replaying.once("file", lambda: build(second), second)
    assert (second / "sub" / "file").read_bytes() == b"%PDF"
    assert put_back.unit == built.unit and put_back is not built


@pytest.fixture
def bending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bend something that a world might rest on."""
    monkeypatch.setitem({}, "a", "b")


def test_who_bends_by_a_fixture_has_everything_built_in_full(bending: None) -> None:
    assert replaying.watch.is_free


def test_a_bend_in_the_test_itself_is_noticed(
    people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not replaying.watch.is_free
    monkeypatch.setattr(replaying, "READING", replaying.READING)
    build, made = calls(lambda: None)
    replaying.once("anything", build)
    replaying.once("anything", build)
    assert len(made) == 2


def test_who_takes_settings_has_everything_built_in_full(settings: Any) -> None:
    assert replaying.watch.is_free
