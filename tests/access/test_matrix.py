"""Goals 1, 2 and 4: every address answers every kind of person as the access table says."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import clear_url_caches, get_resolver, path

from dashboards.views import trail
from permissions.querysets import CaseQuerySet
from permissions.views import health
from tests.access.matrix import Ask, Crowd, asks, faults, gaps, only_statuses
from tests.access.table import TABLE, everybody, shown
from workflows.models.notices import Notice
from workflows.views import inbox

LEAST = 100


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


@pytest.mark.parametrize("app", sorted({name.partition(":")[0] for name in TABLE}))
def test_every_person_gets_what_the_table_says(
    crowd: Crowd, world: SimpleNamespace, app: str
) -> None:
    wanted = list(asks(world, [name for name in TABLE if name.partition(":")[0] == app]))
    assert len(wanted) > LEAST
    assert faults(crowd, iter(wanted)) == []


def test_planted_holes_are_caught(
    crowd: Crowd, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(rows: Any, user: Any, on: Any = None) -> Any:
        return rows.all()

    def sent(request: Any, *asked: Any) -> dict[str, int]:
        Notice.objects.create(user=request.user, text="已读")
        return {}

    with monkeypatch.context() as without_filter:
        without_filter.setattr(CaseQuerySet, "visible_to", everything)
        found = faults(crowd, asks(world, ["workflows:case", "documents:file"]))
    assert "other_chief get workflows:case (near): 200, not 404" in found
    assert "chief get documents:file (far): 200, not 404" in found
    assert "system_admin get workflows:case (near): 200, not 404" in found
    with monkeypatch.context() as without_verb:
        without_verb.setattr(trail, "demand", lambda user, verb: user.acting_post)
        found = faults(crowd, asks(world, ["dashboards:trail_export"]))
    assert "chief get dashboards:trail_export (office): 200, not 403" in found
    assert not [fault for fault in found if fault.startswith(("auditor", "audit_admin"))]
    with monkeypatch.context() as writing:
        writing.setattr(inbox, "counts", sent)
        found = faults(crowd, asks(world, ["workflows:inbox"]))
    assert "chief get workflows:inbox (office): writes workflows_notice" in found
    assert found[-1] == "workflows_notice: changed by reading"
    assert not [fault for fault in found if " post " in fault]


def unprotected(people: SimpleNamespace, wanted: list[Ask]) -> list[str]:
    """Return what is done for a form that carries no token."""
    crowd = Crowd(people, enforce_csrf_checks=True)
    with only_statuses():
        answers = [(ask, crowd.send(ask).status_code) for ask in wanted]
    return [f"{ask.person} {ask.name}: {got}" for ask, got in answers if got != 403]


def sent_by_somebody(world: SimpleNamespace) -> list[Ask]:
    """Return one POST of every address, a good one where it takes any."""
    taken: dict[str, Ask] = {}
    sent = (ask for ask in asks(world) if ask.method == "post" and ask.person != "stranger")
    for ask in sent:
        if ask.status in {200, 302, 422} or (ask.path not in taken and ask.status != 403):
            taken[ask.path] = ask
    return list(taken.values())


def test_nothing_is_done_for_a_form_without_token(
    world: SimpleNamespace, people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = sent_by_somebody(world)
    assert {ask.name for ask in wanted} == set(TABLE)
    assert unprotected(people, wanted) == []
    monkeypatch.setattr(inbox.claim, "csrf_exempt", True, raising=False)
    found = unprotected(people, [ask for ask in wanted if ask.name == "workflows:claim"])
    assert {"chief workflows:claim: 302", "other_chief workflows:claim: 302"} <= set(found)
