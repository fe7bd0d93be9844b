"""Flows made unsound on purpose: each breaks one thing that the checker must name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from viewflow import this
from viewflow.workflow import fields, flow

from permissions.roles import Role
from tests.rehearsal.models import Rehearsal
from workflows.flows import CaseFlow, End, If, Parallel, Rest, Return, Step
from workflows.vocabulary import Operation


def step(*acts: str, title: str, **more: Any) -> Step:
    """Return a step at the bureau."""
    return Step(*acts, role=Role.COUNTY_DEPUTY, at="bureau", title=title, law="演练", **more)


def draft(**more: Any) -> Step:
    """Return the step with which every rehearsal begins."""
    return Step("submit", role=Role.STATION_CHIEF, at="unit", title="起草", law="演练", **more)


def is_so(activation: Any) -> bool:
    """Answer a gateway; the checker tries both answers."""
    return True


def ends_without_a_decision() -> dict[str, Any]:
    """The flow ends, the case does not."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.review),
        "review": step("opine", title="审查").Next(this.end),
        "end": End().Annotation(title="结束"),
    }


def a_step_nobody_reaches() -> dict[str, Any]:
    """Nothing leads to a declared step."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.decide),
        "decide": step("conclude", "refuse", title="决定").Next(this.end),
        "forgotten": step("opine", title="被遗忘的环节").Next(this.decide),
        "end": End().Annotation(title="结束"),
    }


def a_step_whose_act_is_not_lawful_there() -> dict[str, Any]:
    """The case has been handed in already when the step asks to hand it in again."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.again),
        "again": draft().Next(this.end),
        "end": End().Annotation(title="结束"),
    }


def gateways_that_ask_each_other() -> dict[str, Any]:
    """An automatic loop: two gateways that can lead to each other for ever."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.one),
        "one": If(is_so).Annotation(title="甲？").Then(this.other).Else(this.decide),
        "other": If(is_so).Annotation(title="乙？").Then(this.one).Else(this.decide),
        "decide": step("conclude", "refuse", title="决定").Next(this.end),
        "end": End().Annotation(title="结束"),
    }


def branches_that_meet_without_a_join() -> dict[str, Any]:
    """Two branches reach one step: it would be asked for twice."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.split),
        "split": Parallel().Annotation(title="并行").Next(this.left).Next(this.right),
        "left": step("opine", title="左").Next(this.decide),
        "right": step("opine", title="右").Next(this.decide),
        "decide": step("opine", title="复核").Next(this.finish),
        "finish": End().Annotation(title="结束"),
    }


def a_return_to_a_later_step() -> dict[str, Any]:
    """A step declares a way back to a step that comes after it."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.review),
        "review": step("opine", title="审查", returns=(Return("decide"),)).Next(this.decide),
        "decide": step("conclude", "refuse", title="决定").Next(this.end),
        "end": End().Annotation(title="结束"),
    }


def a_return_without_its_law() -> dict[str, Any]:
    """The case goes back to drafting, but it stays handed in: nobody can draft."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.decide),
        "decide": step("conclude", "refuse", title="决定", returns=(Return("draft"),)).Next(
            this.end
        ),
        "end": End().Annotation(title="结束"),
    }


def after_signing_what_changes_the_law() -> dict[str, Any]:
    """The decision would take effect before those who sign after it have agreed."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.decide),
        "decide": step("conclude", "refuse", title="决定", also={Operation.ADD_AFTER}).Next(
            this.end
        ),
        "end": End().Annotation(title="结束"),
    }


def taking_back_what_changes_the_law() -> dict[str, Any]:
    """The flow would go back to drafting, and the case would stay handed in."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft(recall=True).Next(this.decide),
        "decide": step("conclude", "refuse", title="决定").Next(this.end),
        "end": End().Annotation(title="结束"),
    }


def taking_back_by_an_act_of_another_kind() -> dict[str, Any]:
    """The act named for taking back is one of sending back."""
    return {
        **taking_back_what_changes_the_law(),
        "draft": draft(recall="return_to_draft").Next(this.decide),
    }


def work_without_a_person() -> dict[str, Any]:
    """An automatic node: where it fails, the engine's end would count it as finished."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.send),
        "send": flow.Function(is_so).Annotation(title="自动发送").Next(this.decide),
        "decide": step("conclude", "refuse", title="决定").Next(this.end),
        "end": End().Annotation(title="结束"),
    }


def a_rest_that_nothing_ends() -> dict[str, Any]:
    """The case rests where no act is declared to lead the flow on."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.resting),
        "resting": Rest("seal", title="静候").Next(this.decide),
        "decide": step("conclude", "refuse", title="决定").Next(this.end),
        "end": flow.End().Annotation(title="结束"),
    }


def a_way_around_what_the_law_demands() -> dict[str, Any]:
    """A gateway leads past the review to the decision."""
    return {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": draft().Next(this.is_small),
        "is_small": If(is_so).Annotation(title="小额？").Then(this.decide).Else(this.review),
        "review": step("opine", title="审查").Next(this.decide),
        "decide": step("conclude", "refuse", title="决定").Next(this.end),
        "end": End().Annotation(title="结束"),
        "must_pass": {"decide": ("review",)},
    }


UNSOUND: dict[Callable[[], dict[str, Any]], tuple[str, str]] = {
    ends_without_a_decision: ("流程结束时案件仍为“审查中”", "立案 → 起草：提交 → 审查：审查"),
    a_step_nobody_reaches: ("“被遗忘的环节”环节永远不会办理", ""),
    a_step_whose_act_is_not_lawful_there: ("“起草”环节永远不会办理", ""),
    gateways_that_ask_each_other: ("自动环节循环", ""),
    branches_that_meet_without_a_join: ("同时到达两次", ""),
    a_return_to_a_later_step: ("“审查”不在“决定”之后", ""),
    a_return_without_its_law: ("没有可以办理的行为", "立案 → 起草：提交 → 决定：退回起草"),
    after_signing_what_changes_the_law: ("不能后加签", ""),
    taking_back_what_changes_the_law: ("“起草”环节的行为变更案件状态，不能收回", ""),
    taking_back_by_an_act_of_another_kind: ("收回的行为return_to_draft没有规定为收回", ""),
    work_without_a_person: ("流程中不设自动执行的环节", ""),
    a_rest_that_nothing_ends: ("“静候”没有引出的行为：seal不在diverts中", ""),
    a_way_around_what_the_law_demands: ("不经“审查”就到达“决定”", "立案 → 起草：提交"),
}
"""What the checker must say of each, and the path it must show."""

NEVER_CURRENT = -1
"""A version below every other, so that a flow made for a test is never the one in use."""


@contextmanager
def declared(name: str, nodes: dict[str, Any], version: int = NEVER_CURRENT) -> Iterator[type]:
    """Declare a flow for the length of a test; afterwards nobody finds it any more."""
    attributes = {
        "__module__": __name__,
        "process_title": name,
        "case_class": Rehearsal,
        "version": version,
        **nodes,
    }
    made = type(CaseFlow)(name, (CaseFlow,), attributes)
    globals()[name] = made
    try:
        yield made
    finally:
        made.case_class = None
        del globals()[name]
        # The engine remembers by name; another test may give the name to another flow.
        for remembered in (fields.import_flow_by_ref, fields.import_task_by_ref):
            remembered.cache_clear()
