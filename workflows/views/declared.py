"""Show what is declared: the flow and the legal life of every kind of case."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import clock
from documents import papers
from permissions.permissions import Verb as OfficeVerb
from permissions.policy import may
from permissions.roles import Role
from workflows.acts import Act
from workflows.diagram import plain_drawing
from workflows.flows import CaseFlow, Step, flow_of
from workflows.lifecycle import Case, case_models, kind_of
from workflows.reckoning import Kind
from workflows.soundness import checked
from workflows.sources import cited
from workflows.vocabulary import beyond_standard


@dataclass(frozen=True)
class ShownStep:
    """A step of a flow in words."""

    title: str
    role: str
    acts: str
    law: str
    term: str
    everybody: bool
    signing: str
    returns: str
    also: str


@dataclass(frozen=True)
class ShownAct:
    """An act in words: from which states to which, by whom, on what basis, with which papers."""

    label: str
    sources: str
    targets: str
    roles: str
    law: str
    papers: str


@require_safe
def flow_list(request: HttpRequest) -> HttpResponse:
    """List every kind of case."""
    kinds = [
        {
            "kind": model.KIND,
            "title": model._meta.verbose_name,
            "states": len(model.state_field().choices),
            "acts": len(model.acts()),
            "flow": flow_of(model),
        }
        for model in case_models()
    ]
    return render(request, "workflows/flows.html", {"kinds": kinds})


@require_safe
def flow_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the diagram, the steps, the states and the acts of a kind of case."""
    try:
        model = kind_of(kind)
    except LookupError as unknown:
        raise Http404 from unknown
    flow = flow_of(model)
    return render(
        request,
        "workflows/flow.html",
        {
            "title": model._meta.verbose_name,
            "opening": model.OPENING,
            "opening_roles": _roles(model.OPENING.verb.roles),
            "diagram": plain_drawing(flow) if flow else None,
            "steps": _steps(flow) if flow else [],
            "soundness": checked(flow) if flow else None,
            "states": _states(model),
            "acts": [_act(model, act) for act in model.acts().values()],
            "may_view_roles": may(request.user, OfficeVerb.VIEW_ROLES),
        },
    )


def _steps(flow: type[CaseFlow]) -> list[ShownStep]:
    """Return the steps in words, in their declared order."""
    labels = {name: act.label for name, act in flow.case_class.acts().items()}
    return [
        ShownStep(
            title=str(step.task_title),
            role=str(Role(step.role).label),
            acts="、".join(labels[name] for name in step.acts),
            law=cited(step.law),
            term=_term(step),
            everybody=bool(step.holders) and step.signing is None,
            signing=step.signing.rule.label if step.signing else "",
            returns="、".join(str(flow.step(way.to).task_title) for way in step.returns),  # type: ignore[union-attr]
            also=beyond_standard(step.operations),
        )
        for step in flow.steps()
    ]


def _term(step: Step) -> str:
    """Return the term of a step with its length in force today, and whether it is awaited."""
    rule = step.term
    if rule is None:
        return ""
    waits = "（期满方可办理）" if step.awaits_term or rule.kind == Kind.FLOOR else ""
    return f"{rule.title}：{rule.starts}{rule.length_on(clock.today())}{waits}"


def _states(model: type[Case]) -> list[tuple[str, bool]]:
    """Return the states with whether the case is over in them."""
    return [(label, value in model.CLOSED) for value, label in model.state_field().choices]


def _act(model: type[Case], act: Act) -> ShownAct:
    """Return an act in words."""
    labels: dict[Any, str] = dict(model.state_field().flatchoices)
    return ShownAct(
        label=act.label,
        sources="、".join(labels[source] for source in act.sources),
        targets="、".join(labels[target] for target in act.targets),
        roles=_roles(act.verb.roles),
        law=cited(act.law),
        papers="、".join(f"《{papers.kind_of(kind).title}》" for kind in act.papers),
    )


def _roles(roles: frozenset[Role]) -> str:
    """Return roles in words, in their declared order."""
    return "、".join(role.label for role in Role if role in roles)
