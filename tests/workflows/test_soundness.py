"""Every declared flow is sound; one made unsound is named with the shortest path to its fault."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from tests.rehearsal.flows import RehearsalFlow
from tests.rehearsal.unsound import UNSOUND, declared
from workflows.flows import CaseFlow, all_flows
from workflows.soundness import check, checking


@pytest.mark.parametrize("flow", all_flows(), ids=lambda flow: flow.__name__)
def test_a_declared_flow_is_sound(flow: type[CaseFlow]) -> None:
    """Option to complete, proper completion, no dead step, nothing skipped that the law demands."""
    told = check(flow)
    assert told.faults == []
    assert told.markings > len(flow.steps())


def test_the_legal_order_of_an_accreditation_is_proven() -> None:
    """FQ-3: naming is not reached without decision, publicity and acceptance."""
    flow = next(flow for flow in all_flows() if flow.__name__ == "ApplicationFlow")
    assert set(flow.must_pass["name"]) >= {"decide", "publish_county", "conclude", "publish_city"}


def test_fq8_an_objection_that_led_nowhere_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Positive control: without `diverts` a registered objection hangs where nobody can act."""
    flow = next(flow for flow in all_flows() if flow.__name__ == "ApplicationFlow")
    monkeypatch.setattr(flow, "diverts", {})
    assert any("县级异议核查" in str(fault) for fault in check(flow).faults)


@pytest.mark.parametrize("made", UNSOUND, ids=lambda made: made.__name__)
def test_an_unsound_flow_is_named_with_its_path(made: Callable[[], dict[str, Any]]) -> None:
    """Positive control: each planted fault is found, told in words, with the way to it."""
    what, path = UNSOUND[made]
    with declared("UnsoundFlow", made()) as flow:
        told = check(flow)
    assert not told.is_sound
    assert any(what in str(fault) and path in str(fault) for fault in told.faults), told.faults


def test_the_command_fails_on_an_unsound_flow(capsys: pytest.CaptureFixture[str]) -> None:
    """`make check` runs it: exit 1 and the readable path; exit 0 where all are sound."""
    call_command("check_flows")
    made = next(iter(UNSOUND))
    with declared("UnsoundFlow", made()), pytest.raises(SystemExit):
        call_command("check_flows")
    assert "路径：立案 → 起草：提交" in capsys.readouterr().out


def test_a_flow_without_bounds_is_not_explored_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """More markings than anybody could understand is a fault of its own."""
    monkeypatch.setattr(checking, "MOST_MARKINGS", 5)
    assert "没有界限" in str(check(RehearsalFlow).faults[0])
