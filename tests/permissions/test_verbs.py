"""Verbs and the generated table of roles."""

from typing import Any

import pytest
from django.urls import reverse

from permissions.permissions import Verb
from permissions.roles import ADMINISTRATORS, Role
from permissions.tables import as_markdown, verb_tables
from permissions.verbs import VerbEnum, all_verbs, held_by, roles_with, verb_of


def test_every_verb_has_a_meaning_and_is_held_by_somebody() -> None:
    for verb in all_verbs():
        assert verb.label, verb
        assert verb.roles, verb
        assert verb.value.count(".") == 1
        assert verb.value.isascii()


def test_no_codename_is_declared_twice() -> None:
    codenames = [verb.value for verb in all_verbs()]
    assert len(codenames) == len(set(codenames))


def test_a_verb_is_found_by_its_codename() -> None:
    assert verb_of("permissions.manage_post") is Verb.MANAGE_POST
    assert roles_with("permissions.manage_post") == {Role.SECURITY_ADMIN}
    assert str(Verb.MANAGE_POST) == "permissions.manage_post"
    with pytest.raises(KeyError):
        verb_of("permissions.rule_the_world")


def test_the_permissions_of_a_model_are_those_of_its_whole_name() -> None:
    assert ("manage_user", "管理人员") in Verb.for_model("user")
    assert Verb.for_model("ser") == []


def test_the_offices_of_the_administrators_do_not_meet() -> None:
    """三员分立 (GB/T 22239 8.1.5): what changes something belongs to one of the three alone."""
    changing = [v for v in Verb if not v.codename.startswith("view_")]
    for verb in changing:
        assert len(verb.roles) == 1, verb
        assert verb.roles <= ADMINISTRATORS


def test_the_table_says_what_the_verbs_declare() -> None:
    for table in verb_tables():
        for role, marks in table.rows:
            held = [verb for verb, mark in zip(table.verbs, marks, strict=True) if mark]
            own = [verb for verb in held_by(role) if verb.value.startswith(f"{table.app}.")]
            assert held == own
    shown = [verb for table in verb_tables() for verb in table.verbs]
    assert set(shown) == set(all_verbs())


def test_the_table_is_written_for_the_documentation() -> None:
    text = as_markdown()
    assert "## 机构与岗位" in text
    row = next(line for line in text.splitlines() if line.startswith("| 安全管理员 |"))
    assert row.count("√") == sum(Role.SECURITY_ADMIN in verb.roles for verb in Verb)


def test_the_page_shows_every_verb_and_every_role(people: Any, signed_in: Any) -> None:
    page = signed_in(people.auditor).get(reverse("permissions:roles")).content.decode()
    for verb in all_verbs():
        assert f'<th scope="col">{verb.label}</th>' in page
    for role in Role:
        assert role.label in page


def test_every_verb_enum_belongs_to_an_installed_app() -> None:
    apps = {table.app for table in verb_tables()}
    for verbs in VerbEnum.__subclasses__():
        assert {verb.value.partition(".")[0] for verb in verbs} <= apps
