"""Hold every declared act, verb and flow to the rules of the project."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission

from permissions.roles import ADMINISTRATORS, Role
from permissions.verbs import all_verbs, is_administrative
from workflows.acts import Act, DirectCall
from workflows.flows import CaseFlow, Step, all_flows
from workflows.lifecycle import Case, case_models
from workflows.permissions import CaseVerb

ROOT = Path(__file__).resolve().parents[2]
KINDS = [model for model in case_models() if not model.__module__.startswith("tests.")]
"""The product's kinds of cases; the one on which the suite rehearses operations left out."""
ACTS = [(model, act) for model in KINDS for act in model.acts().values()]
STEPS = [(flow, step) for flow in all_flows() for step in flow.steps()]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def named(pair: tuple[Any, Any]) -> str:
    """Name a test case after the act or step."""
    return str(pair[1].name)


def test_there_are_acts_and_steps_to_examine() -> None:
    """The rules below would hold of nothing at all."""
    assert len(ACTS) > 15
    assert len(STEPS) > 8


@pytest.mark.parametrize("pair", ACTS, ids=named)
def test_an_act_has_chinese_label_law_and_meaning(pair: tuple[type[Case], Act]) -> None:
    """Label, article and a docstring that begins with a Chinese term are mandatory."""
    _, act = pair
    assert CHINESE.match(act.label)
    assert act.law
    assert CHINESE.match(act.meaning), f"{act.name}: docstring must begin with its Chinese term"


@pytest.mark.parametrize("pair", ACTS, ids=named)
def test_an_act_is_performed_by_some_test(pair: tuple[type[Case], Act]) -> None:
    """Each act is named in a test of its app."""
    model, act = pair
    folder = ROOT / "tests" / model._meta.app_label
    texts = (path.read_text() for path in folder.glob("test_*.py"))
    assert any(f'"{act.name}"' in text for text in texts)


@pytest.mark.parametrize("pair", ACTS, ids=named)
def test_an_act_stands_in_the_glossary(pair: tuple[type[Case], Act]) -> None:
    """One word travels from statute to glossary to act."""
    _, act = pair
    assert act.label in (ROOT / "docs" / "glossary.md").read_text()


@pytest.mark.parametrize("pair", ACTS, ids=named)
def test_an_act_called_directly_does_nothing(pair: tuple[type[Case], Act]) -> None:
    """The door is the only caller (design.md 4)."""
    model, act = pair
    case = model()
    case.__dict__["state"] = act.sources[0]
    with pytest.raises(DirectCall):
        getattr(case, act.name)(by=None, on=None)
    assert case.state == act.sources[0]


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.KIND)
def test_a_kind_can_be_finished_from_every_state(model: type[Case]) -> None:
    """Every state is reached from the first, and from each a closed state can be reached."""
    moves: dict[str, set[str]] = {}
    for act in model.acts().values():
        for source in act.sources:
            moves.setdefault(str(source), set()).update(map(str, act.targets))
    states = {value for value, _ in model._meta.get_field("state").choices}
    initial = str(model._meta.get_field("state").get_default())
    assert reached(moves, {initial}) == states
    closed = {str(state) for state in model.CLOSED}
    assert all(reached(moves, {state}) & closed for state in states)


def reached(moves: dict[str, set[str]], found: set[str]) -> set[str]:
    """Return every state that can be reached, the first ones included."""
    while more := {t for s in found for t in moves.get(s, set())} - found:
        found = found | more
    return found


@pytest.mark.parametrize("pair", STEPS, ids=named)
def test_a_step_performs_acts_its_role_may_do(pair: tuple[type[CaseFlow], Step]) -> None:
    """A step names acts of its case, a role that holds their verbs, and a unit of the case."""
    flow, step = pair
    acts = flow.case_class.acts()
    assert step.acts
    for name in step.acts:
        assert step.role in acts[name].verb.roles
    assert hasattr(flow.case_class, step.at)
    assert not step.holders or hasattr(flow.case_class, step.holders)
    assert step.law and CHINESE.match(str(step.task_title))


def test_every_verb_has_a_role_and_a_chinese_meaning() -> None:
    """A verb nobody holds could never be done."""
    for verb in all_verbs():
        assert verb.roles, verb.value
        assert CHINESE.search(verb.label), verb.value


def test_administrators_hold_no_case_verb() -> None:
    """三员分立: what an administrator may do, no case post may, and the reverse."""
    for verb in all_verbs():
        if verb.roles & ADMINISTRATORS:
            assert is_administrative(verb) or verb.roles <= ADMINISTRATORS | {Role.AUDITOR}


@pytest.mark.django_db
def test_no_verb_is_granted_globally() -> None:
    """Neither a person nor a group holds a Django permission (design.md 5)."""
    assert not Group.objects.exists()
    assert not Permission.objects.filter(user__isnull=False).exists()
    assert not Permission.objects.filter(group__isnull=False).exists()


@pytest.mark.django_db
def test_every_case_verb_is_a_permission_of_its_model() -> None:
    """Exceptions on single cases are guardian rows, which point at Django's permissions."""
    for model, act in ACTS:
        if isinstance(act.verb, CaseVerb):
            continue  # held by posts alone: no exception gives it
        assert Permission.objects.filter(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            codename=act.verb.codename,
        ).exists(), act.verb.value
