"""Tell what is declared: lifecycles and flows as plain lists, for documents and outside checks."""

from typing import Any

from viewflow.workflow.nodes.if_gate import If

from permissions.roles import Role
from workflows.acts import Act
from workflows.diagram import node_kind
from workflows.flows import CaseFlow, Step, all_flows
from workflows.lifecycle import Case, case_models
from workflows.vocabulary import in_order


def lifecycles() -> list[dict[str, Any]]:
    """Return every kind of case with its states, opening and acts."""
    return [lifecycle(model) for model in case_models()]


def lifecycle(model: type[Case]) -> dict[str, Any]:
    """Return the legal life of one kind of case."""
    field = model.state_field()
    return {
        "kind": model.KIND,
        "model": model._meta.label,
        "title": str(model._meta.verbose_name),
        "initial": str(field.get_default()),
        "states": [
            {"state": value, "label": label, "closed": value in model.CLOSED}
            for value, label in field.choices
        ],
        "opening": {
            "label": model.OPENING.label,
            "verb": model.OPENING.verb.value,
            "law": model.OPENING.law,
            "roles": _roles(model.OPENING.verb.roles),
        },
        "view_verb": model.VIEW_VERB.value,
        "acts": [_act(act) for act in model.acts().values()],
    }


def _act(act: Act) -> dict[str, Any]:
    return {
        "act": act.name,
        "label": act.label,
        "meaning": act.meaning,
        "source": [str(source) for source in act.sources],
        "target": [str(target) for target in act.targets],
        "verb": act.verb.value,
        "law": act.law,
        "roles": [] if act.by_itself else _roles(act.verb.roles),
        "by_itself": act.by_itself,
        "not_by": list(act.not_by),
        "conditions": [condition.__name__ for condition in act.conditions],
        "papers": list(act.papers),
        "for_closed": act.for_closed,
        "signed": act.signed,
    }


def _roles(roles: frozenset[Role]) -> list[str]:
    return [role.value for role in Role if role in roles]


def flows() -> list[dict[str, Any]]:
    """Return every flow with its nodes and edges."""
    return [flow(found) for found in all_flows()]


def flow(found: type[CaseFlow]) -> dict[str, Any]:
    """Return one flow: nodes with roles and units, edges with their answers."""
    nodes = found.nodes_in_order()
    return {
        "flow": found.__name__,
        "version": found.version,
        "kind": found.case_class.KIND,
        "title": str(found.process_title),
        "nodes": [_node(node) for node in nodes],
        "edges": [
            {"from": edge.src.name, "to": edge.dst.name, "answer": _answer(edge)}
            for node in nodes
            for edge in node._outgoing()
        ],
    }


def _node(node: Any) -> dict[str, Any]:
    told = {"node": node.name, "title": str(node.task_title), "kind": node_kind(node)}
    if isinstance(node, Step):
        told |= {
            "acts": list(node.acts),
            "roles": [str(node.role)],
            "unit": node.at,
            "law": node.law,
            "term": node.term.code if node.term else "",
            "awaits_term": node.awaits_term,
            "holders": node.holders,
            "signing": node.signing.rule.value if node.signing else "",
            "operations": [operation.value for operation in in_order(node.operations)],
            "returns": [
                {"to": way.to, "act": way.act, "stepwise": way.stepwise, "direct": way.direct}
                for way in node.returns
            ],
        }
    return told


def _answer(edge: Any) -> str:
    if isinstance(edge.src, If):
        return {"cond_true": "yes", "cond_false": "no"}.get(edge.edge_class, "")
    return ""
