"""Goals 1 and 4: every act of every kind of case, at moments of its life, asked by everybody."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.urls import URLResolver, get_resolver, reverse

from permissions import policy
from permissions.querysets import CaseQuerySet
from tests.access.acts import (
    ACTS,
    EVERYBODY,
    MOMENTS,
    SIGHT,
    Moment,
    answer,
    claim_answer,
    draft_answer,
)
from tests.access.matrix import Ask, Crowd, faults, only_statuses
from tests.access.table import TABLE
from tests.accreditation.steps import Walk
from workflows import door
from workflows.lifecycle import case_models
from workflows.models.tasks import Task
from workflows.views import cases

PEOPLE = ("stranger", *sorted(EVERYBODY))
ONE_OF_EACH_SORT = {"stranger", "auditor", "other_chief", "system_admin"}
OF_OPERATIONS = {"hold", "propose"}
"""Addresses of a case that the access table asks."""
UNKNOWN = "decide_everything"
LEAST, OF_A_SMALL_KIND = 2_000, {"cleanup": 1_200}


@pytest.fixture
def walk(people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> Walk:
    """云红's application, to be led from moment to moment."""
    return Walk(people, tree, clock)


def asks_of_acts(kind: str, moment: Moment, case: Any, people: Any) -> Iterator[Ask]:
    """Yield what everybody asks of an act that is open now, and of one that no kind knows.

    An act of another state is asked by whoever may do it then, and by one of each sort besides.
    """
    place = f"{kind} {moment.state}"
    for act in (*ACTS[kind], UNKNOWN):
        able, states = ACTS[kind].get(act, (set(), moment.state))
        is_open = moment.state in states.split()
        path = reverse("workflows:act", args=[kind, case.uuid, act])
        for person in people if is_open else sorted({*able, *ONE_OF_EACH_SORT} & {*people}):
            got, posted = answer(kind, moment, act, person)
            yield Ask(act, person, place, "post", path, {"asked": "1"}, posted)
            if is_open or person in able:
                yield Ask(act, person, place, "get", path, {}, got)
            if is_open:
                kept = draft_answer(kind, act, person)
                yield Ask(f"draft {act}", person, place, "post", f"{path}draft/", {"x": "1"}, kept)


def asks_of_pages(kind: str, moment: Moment, case: Any, people: Any) -> Iterator[Ask]:
    """Yield the pages of the case, and claiming and giving back its open task."""
    place = f"{kind} {moment.state}"
    task = Task.objects.of_case(case).open().last()
    for person in people:
        seen = 302 if person == "stranger" else 200 if person in SIGHT[kind] else 404
        for name in ("case", "case_print"):
            path = reverse(f"workflows:{name}", args=[kind, case.uuid])
            yield Ask(f"workflows:{name}", person, place, "get", path, {}, seen)
        if task is not None:
            path = reverse("workflows:claim", args=[task.uuid])
            yield Ask("claim", person, place, "post", path, {}, claim_answer(kind, moment, person))


def asks_of_strays(kind: str, moment: Moment, case: Any, people: Any) -> Iterator[Ask]:
    """Yield addresses that name the case of another kind, or none: 404, whoever asks."""
    other = next(word for word in ACTS if word != kind)
    for word, uuid in ((other, case.uuid), (kind, uuid4()), ("nothing", case.uuid)):
        for act in [act for act in ACTS.get(word, {}) if act in moment.answers] or [UNKNOWN]:
            path = reverse("workflows:act", args=[word, uuid, act])
            able = ACTS.get(word, {}).get(act, (set(), ""))[0]
            for person in sorted({*able, *ONE_OF_EACH_SORT} & {*people}):
                status = 302 if person == "stranger" else 404
                for method in ("get", "post"):
                    yield Ask(f"stray {act}", person, word, method, path, {}, status)


def asks_at(kind: str, moment: Moment, case: Any, people: Any = PEOPLE) -> Iterator[Ask]:
    """Yield every request about a case at a moment."""
    for several in (asks_of_acts, asks_of_pages, asks_of_strays):
        yield from several(kind, moment, case, people)


def addresses_of_kinds() -> set[str]:
    """Return the names of the addresses that take a kind and a key."""
    spaces = [r for r in get_resolver().url_patterns if isinstance(r, URLResolver)]
    found = [pattern for space in spaces for pattern in space.url_patterns]
    return {p.name for p in found if {"kind", "uuid"} <= set(p.pattern.converters)}


def test_every_kind_act_and_address_of_a_case_is_asked() -> None:
    """The tables know what the project declares: no more and no less."""
    kinds = [model for model in case_models() if not model.__module__.startswith("tests.")]
    declared = {model.KIND: set(model.acts()) for model in kinds}
    assert {kind: set(acts) for kind, acts in ACTS.items()} == declared
    assert set(MOMENTS) == set(declared)
    assert addresses_of_kinds() == {"case", "case_print", "act", "draft", *OF_OPERATIONS}
    assert all(TABLE[f"workflows:{name}"] for name in OF_OPERATIONS)


@pytest.mark.parametrize("kind", sorted(MOMENTS))
def test_everybody_gets_what_the_law_gives_him_at_every_moment(
    walk: Walk, people: SimpleNamespace, kind: str
) -> None:
    number = 0
    for moment in MOMENTS[kind]:
        case = moment.lead(walk)
        assert case.state == moment.state
        wanted = list(asks_at(kind, moment, case))
        number += len(wanted)
        assert faults(Crowd(people, PEOPLE), iter(wanted)) == []
    assert number > OF_A_SMALL_KIND.get(kind, LEAST)


@pytest.mark.parametrize("kind", sorted(MOMENTS))
def test_no_act_of_any_kind_is_done_without_token(
    walk: Walk, people: SimpleNamespace, kind: str
) -> None:
    """Goal 36: at the first moment, by whoever may do what is open, and for every other act."""
    moment = MOMENTS[kind][0]
    case = moment.lead(walk)
    crowd = Crowd(people, SIGHT[kind], enforce_csrf_checks=True)
    wanted = [a for a in asks_at(kind, moment, case, SIGHT[kind]) if a.method == "post"]
    wanted = list({a.path: a for a in wanted if a.status != 403}.values())
    assert len(wanted) > len(ACTS[kind])
    with only_statuses():
        assert {crowd.send(ask).status_code for ask in wanted} == {403}


def test_planted_holes_are_caught(
    walk: Walk, people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hole for each relation: stranger to the act, colleague, other township, other state."""
    kind, moment = "application", MOMENTS["application"][3]
    for before in MOMENTS[kind][:3]:
        before.lead(walk)
    case = moment.lead(walk)
    crowd = Crowd(people, PEOPLE)

    def found(*asked: str) -> list[str]:
        wanted = asks_at(kind, moment, case)
        return faults(crowd, (ask for ask in wanted if ask.name in asked))

    assert found("accept", "workflows:case", "claim") == []
    with monkeypatch.context() as hole:
        hole.setattr(policy, "roles_with", lambda verb: set(policy.Role))
        told = found("accept")
    assert "auditor post accept (application applied): 409, not 403" in told
    with monkeypatch.context() as hole:
        hole.setattr(door, "_task", lambda *_: None)
        told = found("accept")
    assert "second_reviewer post accept (application applied): 302, not 409" in told
    with monkeypatch.context() as hole:
        hole.setattr(CaseQuerySet, "visible_to", lambda rows, user, on=None: rows.all())
        told = found("workflows:case", "accept")
    assert "other_chief get workflows:case (application applied): 200, not 404" in told
    assert "system_admin post accept (application applied): 403, not 404" in told
    with monkeypatch.context() as hole:
        hole.setattr(door, "_refuse_by_state", lambda case, act, nodes: None)
        told = found("recommend")
    assert "auditor post recommend (application applied): 403, not 409" in told
    with monkeypatch.context() as hole:
        hole.setattr(cases, "demand", lambda user, verb, case: None)
        told = found("draft accept")
    assert "auditor post draft accept (application applied): 200, not 403" in told
