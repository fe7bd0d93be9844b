"""A running case keeps its flow; a plan moves it where it can go on as it stands, and back."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict
from viewflow import this
from viewflow.workflow import flow

from audit.models import Entry
from permissions.roles import Role
from tests.rehearsal.flows import VOTE, RehearsalFlow
from tests.rehearsal.models import REVIEW_TERM, Rehearsal
from tests.rehearsal.unsound import declared
from workflows import drafts
from workflows.door import open_case, perform
from workflows.flows import End, Join, Parallel, Step, flow_of, flow_of_case
from workflows.flows.versions import Plan, carry_out, dry_run, undo
from workflows.models.tasks import Task


def second_version(*, keeps_check: bool = True) -> dict[str, Any]:
    """Return the nodes of a changed flow: the first review is called otherwise, or is gone."""
    first = "first_check" if keeps_check else "split"
    nodes = {
        "start": flow.StartHandle().Annotation(title="发起").Next(this.draft),
        "draft": Step(
            "submit", role=Role.STATION_CHIEF, at="unit", title="起草", law="演练"
        ).Next(getattr(this, first)),
        "split": Parallel().Annotation(title="并行").Next(this.review).Next(this.vote),
        "review": Step(
            "opine", role=Role.COUNTY_REVIEWER, at="section", title="复审", law="演练"
        ).Next(this.join),
        "vote": Step(
            "support", "oppose", "abstain", role=Role.COUNTY_ASSESSOR, at="bureau", title="票决",
            law="演练", holders="panel_list", signing=VOTE,
        ).Next(this.join),
        "join": Join().Annotation(title="汇合").Next(this.decide),
        "decide": Step(
            "conclude", "refuse", role=Role.COUNTY_DIRECTOR, at="bureau", title="局长决定",
            law="演练",
        ).Next(this.end),
        "end": End().Annotation(title="结束"),
    }  # fmt: skip
    if keeps_check:
        nodes["first_check"] = Step(
            "opine", role=Role.COUNTY_REVIEWER, at="section", title="形式审查", law="演练",
            term=REVIEW_TERM,
        ).Next(this.split)  # fmt: skip
    return nodes


def test_a_running_case_keeps_the_flow_it_began_with(rehearsal: Any) -> None:
    """A new version is for new cases; the running one goes on as it was."""
    rehearsal.to_check()
    with declared("LaterFlow", second_version(), version=2) as later:
        assert flow_of(type(rehearsal.case)) is later
        assert flow_of_case(rehearsal.fresh()) is RehearsalFlow
        rehearsal.do("opine", rehearsal.people.reviewer)
        assert sorted(set(rehearsal.open_nodes())) == ["review", "vote"]


def test_a_renamed_step_is_mapped_and_the_case_goes_on_there(rehearsal: Any) -> None:
    """Dry run writes nothing; carried out, the case stands on the renamed step and ends."""
    rehearsal.to_check()
    with declared("LaterFlow", second_version(), version=2) as later:
        plan = Plan(RehearsalFlow, later, {"check": "first_check"})
        (verdict,) = dry_run(plan)
        assert verdict.nodes == (("check", "first_check"),)
        assert rehearsal.open_nodes() == ["check"]
        carry_out(plan, reason="新规定施行")
        assert rehearsal.open_nodes() == ["first_check"]
        assert rehearsal.task("first_check").title == "形式审查"
        assert flow_of_case(rehearsal.fresh()) is later
        assert Entry.objects.get(act="workflows.move_flow").reason == "新规定施行"
        rehearsal.do("opine", rehearsal.people.reviewer)
        rehearsal.do("opine", rehearsal.people.reviewer)
        for person in rehearsal.panel[:2]:
            rehearsal.do("support", person)
        assert rehearsal.task("decide").role == Role.COUNTY_DIRECTOR
        rehearsal.do("conclude", rehearsal.people.director)
        assert rehearsal.fresh().is_closed


def test_what_has_no_place_in_the_new_flow_stays_with_its_reason(rehearsal: Any) -> None:
    """A removed step: blocked and told why; a join that waits moves with its branches."""
    rehearsal.to_check()
    with declared("LaterFlow", second_version(keeps_check=False), version=2) as later:
        plan = Plan(RehearsalFlow, later)
        (verdict,) = carry_out(plan, reason="简化")
        assert not verdict.can_move
        assert "没有“初审”环节" in verdict.reason
        assert flow_of_case(rehearsal.fresh()) is RehearsalFlow
        rehearsal.do("opine", rehearsal.people.reviewer)
        rehearsal.do("opine", rehearsal.people.reviewer)
        (verdict,) = carry_out(plan, reason="简化")
        assert verdict.can_move
        for person in rehearsal.panel[:2]:
            rehearsal.do("support", person)
        assert rehearsal.open_nodes() == ["decide"]


def test_a_move_is_undone_while_the_case_still_stands_there(rehearsal: Any) -> None:
    """Back to the old version; once the case has gone on it stays where it is."""
    rehearsal.to_check()
    with declared("LaterFlow", second_version(), version=2) as later:
        plan = Plan(RehearsalFlow, later, {"check": "first_check"})
        carry_out(plan, reason="试")
        assert undo(plan, reason="退回旧版")[0].can_move
        assert rehearsal.open_nodes() == ["check"]
        assert flow_of_case(rehearsal.fresh()) is RehearsalFlow
        carry_out(plan, reason="再试")
        rehearsal.do("opine", rehearsal.people.reviewer)
        assert "已经继续办理" in undo(plan, reason="晚了")[0].reason


def test_the_command_tells_a_verdict_for_each_case(rehearsal: Any, signed_in: Any) -> None:
    """Without --carry-out nothing is written; lists and pages answer for old and moved cases."""
    rehearsal.to_check()
    with declared("LaterFlow", second_version(), version=2):
        told = StringIO()
        call_command(
            "migrate_flow", "RehearsalFlow", "LaterFlow", "--map", "check=first_check", stdout=told
        )
        assert "check→first_check" in told.getvalue()
        assert rehearsal.open_nodes() == ["check"]
        client = signed_in(rehearsal.people.reviewer)
        for _ in range(2):
            assert client.get("/inbox/").status_code == 200
            assert client.get(rehearsal.case.get_absolute_url()).status_code == 200
            call_command(
                "migrate_flow", "RehearsalFlow", "LaterFlow", "--map", "check=first_check",
                "--carry-out", stdout=told,
            )  # fmt: skip
        assert rehearsal.open_nodes() == ["first_check"]


def test_a_draft_follows_the_newest_version_when_it_is_handed_in(people: Any, tree: Any) -> None:
    """steedos#161: what is kept before the opening knows no version, saved again or not."""
    chief, station = people.chief, tree.station
    typed = QueryDict("title=演练合同审查")
    drafts.keep(chief, station, "open.rehearsal", typed)
    with declared("LaterFlow", second_version(), version=2) as later:
        drafts.keep(chief, station, "open.rehearsal", typed)
        found = drafts.find(chief, station, "open.rehearsal")
        assert found is not None
        case = open_case(Rehearsal, by=chief, unit=station, title=found.fields["title"])
        assert flow_of_case(case) is later
        panel = [people.assessor_a, people.assessor_b, people.assessor_c]
        perform(case, "submit", by=chief, panel=panel)
        (waiting,) = Task.objects.of_case(case).open()
        assert (waiting.node, waiting.title) == ("first_check", "形式审查")


def test_a_case_in_its_first_state_keeps_the_version_it_was_opened_with(rehearsal: Any) -> None:
    """steedos#161: once opened it has a number and a flow; a form saved again changes neither."""
    people, case = rehearsal.people, rehearsal.case
    drafts.keep(people.chief, case, "submit", QueryDict("opinion=请审"))
    with declared("LaterFlow", second_version(), version=2):
        drafts.keep(people.chief, case, "submit", QueryDict("opinion=请审查"))
        rehearsal.do("submit", people.chief, panel=rehearsal.panel)
        assert flow_of_case(rehearsal.fresh()) is RehearsalFlow
        assert rehearsal.open_nodes() == ["check"]


def test_an_unknown_flow_is_named(db: None) -> None:
    """A slip in a name is told with the names there are."""
    with pytest.raises(Exception, match="没有流程Nothing；现有："):
        call_command("migrate_flow", "Nothing", "RehearsalFlow")
