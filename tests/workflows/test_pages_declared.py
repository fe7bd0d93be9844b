"""Flows, help and the menu: what every signed-in person can look up."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from workflows.flows import Step, all_flows
from workflows.lifecycle import case_models
from workflows.sources import cited

Enter = Callable[[Any], Client]
FLOWS = all_flows()


@pytest.mark.parametrize("model", case_models(), ids=lambda model: model.KIND)
def test_a_kind_shows_every_state_act_and_step(
    signed_in: Enter, people: SimpleNamespace, model: Any
) -> None:
    client = signed_in(people.officer)
    assert str(model._meta.verbose_name) in client.get("/flows/").content.decode()
    page = client.get(f"/flows/{model.KIND}/").content.decode()
    for _, label in model.state_field().choices:
        assert label in page
    for act in model.acts().values():
        assert act.label in page
        assert escape(cited(act.law)) in page


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.__name__)
def test_steps_are_listed_in_their_declared_order(
    signed_in: Enter, people: SimpleNamespace, flow: Any
) -> None:
    answer = signed_in(people.officer).get(f"/flows/{flow.case_class.KIND}/")
    declared = [str(node.task_title) for node in vars(flow).values() if isinstance(node, Step)]
    assert len(declared) > 2
    assert [step.title for step in answer.context["steps"]] == declared


def test_a_step_tells_what_it_allows_beyond_every_other(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    """收回, 后加签, 并加签 stand beside the steps that declare them; what all have, does not."""
    page = signed_in(people.chief).get("/flows/review/").content.decode()
    for told in ("收回", "后加签、收回", "并加签、收回", "—"):
        assert f'<td data-label="另可办理">{told}</td>' in page


def test_an_unknown_kind_is_not_found(signed_in: Enter, people: SimpleNamespace) -> None:
    assert signed_in(people.officer).get("/flows/no-such/").status_code == 404


def test_help_opens_ones_own_first_steps_first(signed_in: Enter, people: SimpleNamespace) -> None:
    guides = signed_in(people.reviewer).get("/help/").context["guides"]
    mine = [shown["is_mine"] for shown in guides]
    assert mine == sorted(mine, reverse=True)
    assert [shown["guide"].title for shown in guides if shown["is_mine"]] == [
        "每天怎样开始",
        "枫桥式司法所创建：县（市）司法局审核、评审、领导",
        "合法性审查：司法所、基层科审查人",
    ]


def test_help_says_what_to_do_after_a_refusal(signed_in: Enter, people: SimpleNamespace) -> None:
    page = signed_in(people.officer).get("/help/").content.decode()
    assert "系统说不能办理怎么办" in page
    assert "请签收人退签" in page


@pytest.mark.parametrize("word", ["转办", "委派（征求意见）", "请假代理", "收回（撤回）", "作废"])
def test_help_explains_the_words_of_the_one_vocabulary(
    signed_in: Enter, people: SimpleNamespace, word: str
) -> None:
    assert word in signed_in(people.officer).get("/help/").content.decode()


def shown_menu(client: Client, address: str) -> dict[str, bool]:
    """Return the labels of the menu with whether each is marked as the present page."""
    groups = client.get(address).context["shell"]["menu"]
    return {entry.label: entry.active for _, entries in groups for entry in entries}


def test_the_menu_shows_what_is_open_and_marks_one_entry(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    officer = shown_menu(signed_in(people.officer), "/calendar/2025/")
    assert officer["工作日历"]
    assert list(officer.values()).count(True) == 1
    assert "留痕查询" not in officer
    assert "例外权限" not in officer
    assert "留痕查询" in shown_menu(signed_in(people.auditor), "/help/")
    assert "例外权限" in shown_menu(signed_in(people.security_admin), "/help/")


def test_of_two_entries_above_a_page_the_nearest_is_marked(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    menu = shown_menu(signed_in(people.audit_admin), "/dashboards/trail/1/")
    assert [label for label, active in menu.items() if active] == ["留痕查询"]
