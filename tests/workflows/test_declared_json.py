"""Design 9: the declared flows and lives in JSON name every act, article, role and edge."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from accreditation.lifecycle.applications import State
from accreditation.models import Application
from permissions.roles import Role


def told(command: str) -> dict[str, Any]:
    """Return what a command prints as JSON, by kind."""
    out = StringIO()
    call_command(command, "--json", stdout=out)
    return {each["kind"]: each for each in json.loads(out.getvalue())}


def test_show_lifecycles_tells_states_acts_articles_and_roles() -> None:
    lives = told("show_lifecycles")
    assert set(lives) >= {"application", "title"}
    application = lives["application"]
    assert application["model"] == "accreditation.Application"
    assert application["initial"] == "planned"
    assert [state["state"] for state in application["states"]] == list(State.values)
    closed = {state["state"] for state in application["states"] if state["closed"]}
    assert closed >= {"not_recommended", "failed", "named", "withdrawn", "terminated", "voided"}
    acts = {act["act"]: act for act in application["acts"]}
    assert set(acts) == set(Application.acts())
    assert acts["accept"]["source"] == ["applied"]
    assert acts["accept"]["target"] == ["county_check"]
    assert acts["accept"]["roles"] == ["county_reviewer"]
    assert acts["accept"]["law"] == "FQ-6"
    assert acts["accept"]["conditions"] == ["has_complete_materials"]
    assert acts["pass_acceptance"]["not_by"] == ["opened_by", "station_people", "inspected_by"]
    assert acts["uphold_objection"]["target"] == ["not_recommended"]
    appeal = next(act for act in lives["title"]["acts"] if act["act"] == "appeal")
    assert appeal["for_closed"] and appeal["source"] == ["revoked"]


def test_every_declared_act_names_label_verb_article_role_and_known_states() -> None:
    for life in told("show_lifecycles").values():
        states = {state["state"] for state in life["states"]}
        for act in life["acts"]:
            assert act["label"] and act["meaning"] and act["verb"] and act["law"], act["act"]
            assert act["by_itself"] != bool(act["roles"]), act["act"]
            assert set(act["roles"]) <= set(Role.values), act["act"]
            assert {*act["source"], *act["target"]} <= states, act["act"]
        assert life["opening"]["label"] and life["opening"]["roles"]


def test_show_flows_tells_steps_terms_and_answered_edges() -> None:
    flow = told("show_flows")["application"]
    nodes = {node["node"]: node for node in flow["nodes"]}
    check = nodes["check"]
    assert (check["title"], check["roles"], check["unit"]) == (
        "形式审查", ["county_reviewer"], "section",
    )  # fmt: skip
    assert check["acts"] == ["accept", "return_for_supplement"]
    assert (check["law"], check["term"]) == ("FQ-6", "formal_check")
    assert nodes["score"]["holders"] == "assessor_list"
    edges = {(edge["from"], edge["to"]): edge["answer"] for edge in flow["edges"]}
    assert edges["township_agrees", "apply"] == "yes"
    assert edges["township_agrees", "assess"] == "no"
    assert edges["name", "end"] == ""


@pytest.mark.parametrize("kind", ["application", "title"])
def test_a_flow_is_one_net_whose_steps_perform_declared_acts(kind: str) -> None:
    flow, life = told("show_flows")[kind], told("show_lifecycles")[kind]
    names = {node["node"] for node in flow["nodes"]}
    assert {end for edge in flow["edges"] for end in (edge["from"], edge["to"])} == names
    reached, before = {"start"}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {edge["to"] for edge in flow["edges"] if edge["from"] in reached}
    assert reached == names
    done = {act for node in flow["nodes"] for act in node.get("acts", [])}
    assert done <= {act["act"] for act in life["acts"]}
    roles = {act["act"]: act["roles"] for act in life["acts"]}
    for node in flow["nodes"]:
        for act in node.get("acts", []):
            assert node["roles"][0] in roles[act], (node["node"], act)


@pytest.mark.parametrize("command", ["show_flows", "show_lifecycles"])
def test_the_short_list_names_the_kinds(command: str) -> None:
    out = StringIO()
    call_command(command, stdout=out)
    assert "application" in out.getvalue() and "title" in out.getvalue()
