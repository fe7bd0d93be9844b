"""Goals 1, 2 and 4: every address answers every kind of person as the access table says."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import clear_url_caches, get_resolver, path

from dashboards.views import trail
from permissions.querysets import CaseQuerySet
from permissions.views import health
from tests.access.matrix import Crowd, asks, faults, gaps
from tests.access.table import TABLE, everybody, shown

LEAST = 4_000


def test_every_address_stands_in_the_table_and_the_table_invents_none() -> None:
    assert gaps() == []


def test_an_address_that_the_table_forgot_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = path("planted/", health.healthz, name="planted")
    nameless = path("planted-too/", health.healthz)
    patterns = get_resolver().url_patterns
    monkeypatch.setattr(
        get_resolver(), "url_patterns", [*patterns, planted, nameless], raising=False
    )
    monkeypatch.setitem(TABLE, "workflows:invented", [shown(everybody(200))])
    assert gaps() == [
        "nameless planted-too/ 0: not in the table",
        "planted 0: not in the table",
        "workflows:invented 0: no such address",
    ]
    clear_url_caches()


def test_every_person_gets_what_the_table_says(crowd: Crowd, world: SimpleNamespace) -> None:
    wanted = list(asks(world))
    assert len(wanted) > LEAST
    assert faults(crowd, iter(wanted)) == []


def test_a_row_filter_that_was_taken_away_is_caught(
    crowd: Crowd, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(rows: Any, user: Any, on: Any = None) -> Any:
        return rows.all()

    monkeypatch.setattr(CaseQuerySet, "visible_to", everything)
    found = faults(crowd, asks(world, ["workflows:case", "documents:file"]))
    assert "other_chief get workflows:case (near): 200, not 404" in found
    assert "chief get documents:file (far): 200, not 404" in found
    assert "system_admin get workflows:case (near): 200, not 404" in found


def test_a_page_that_forgot_its_verb_is_caught(
    crowd: Crowd, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "demand", lambda user, verb: user.acting_post)
    found = faults(crowd, asks(world, ["dashboards:trail_export"]))
    assert "chief get dashboards:trail_export (office): 200, not 403" in found
    assert not [fault for fault in found if fault.startswith(("auditor", "audit_admin"))]
