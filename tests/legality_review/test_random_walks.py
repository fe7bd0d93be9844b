"""LR-16, LR-17: no sequence of acts brings an unlawful or unreviewed text to the meeting.

People in random posts try every act that the state knows, most of them open ones. After every
step: whoever tabled, adopted or signed did so on a text with an opinion that allowed it; a closed
matter is immutable; no task is open on it; and nobody concluded on what he drafted.
"""

from collections.abc import Callable
from datetime import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from legality_review.models import Review
from legality_review.rules.adoption import Spoken
from legality_review.rules.findings import Verdicts, items_of
from legality_review.rules.matters import Conclusion, Matter
from tests.legality_review.steps import TEXT, Walk, text_file
from workflows.door import perform
from workflows.models.tasks import Task
from workflows.refusals import Refusal
from workflows.signatures import prove

State = Review.State
ALLOWING = {Conclusion.LAWFUL, Conclusion.NEEDS_AMENDMENT}
BEYOND_REVIEW = {State.DELIBERATION, State.ADOPTED, State.SIGNED, State.REJECTED}
STEPS = 25
VIEWS = (
    Spoken("甲", "agree", "", time(9)), Spoken("乙", "agree", "同意。", time(10), is_head=True),
)  # fmt: skip


def facts_of(act: str, case: Any, by: Any, people: SimpleNamespace, day: Any) -> dict[str, Any]:
    """Give an act what it asks for; a text to be signed is sometimes another one."""
    told: dict[str, Callable[[], dict[str, Any]]] = {
        "open_consultation": lambda: {"since": day, "place": "政府网站"},
        "close_consultation": lambda: {"result": "无。", "explanation": "已公开说明。"},
        "accept": lambda: {"counsel": people.counsel},
        "request_supplement": lambda: {"defects": "缺。"},
        "submit_supplement": lambda: {"supplement": "补。"},
        "give_counsel_opinion": lambda: {"counsel_opinion": "意见。"},
        "escalate": lambda: {"first_opinion": "初审。"},
        "submit_revision": lambda: {
            "answers": {one.pk: ("adopted", "") for one in case.advice}, "text": text_file(by),
        },
        "resubmit": lambda: {"text": text_file(by), "explanation": "改。"},
        "submit_changed_text": lambda: {"text": text_file(by), "explanation": "改。"},
        "proceed_with_risk": lambda: {"risk_note": "风险。"},
        "table_for_deliberation": lambda: {"text": text_file(by)},
        "deliberate": lambda: {
            "meeting": "会议", "held_on": day, "views": VIEWS, "outcome": "adopt",
        },
        "report_to_party": lambda: {"reported_on": day, "result": "同意。"},
        "sign_text": lambda: {"text": text_file(by, TEXT), "validity_years": 5},
        "reclassify": lambda: {"matter": Matter.CONTRACT, "reason": "改。"},
        "correct_facts": lambda: {"facts": {"is_hearing_due": True}},
        "begin_inquiry": lambda: {"notice": "论证。"},
        "end_inquiry": lambda: {"result": "可行。"},
    }  # fmt: skip
    names = {"find_lawful", "find_needing_amendment", "find_unlawful", "return_for_procedure"}
    if act in told:
        return told[act]()
    if act in names:
        return {"reasoning": "意见。"}
    without = {"submit", "complete_examination", "confirm_revision", "return_overdue"}
    return {} if act in without else {"reason": "理由。"}


def judge(case: Any) -> None:
    """Hold the matter to what must always be so."""
    if case.state in BEYOND_REVIEW:
        exempt = case.matter == Matter.DECISION and case.is_exploratory and case.risk_note
        assert case.conclusion in ALLOWING or exempt, (case.state, case.conclusion)
        assert case.has_opinion_paper
        assert case.concluded_by_id not in {case.opened_by_id, case.drafted_by_id}
    if case.is_closed:
        assert not Task.objects.of_case(case).open().exists()


@pytest.mark.parametrize("matter", [Matter.NORMATIVE, Matter.DECISION, Matter.CONTRACT])
def test_lr_17_no_sequence_brings_an_unlawful_text_to_the_meeting(walk: Walk, matter: str) -> None:
    walk.qualify()
    walk.submitted(matter)
    names = ("township_clerk", "township_leader", "chief", "officer", "reviewer", "counsel")
    people = [getattr(walk.people, name) for name in names]
    key = walk.case.pk
    reached: set[str] = set()

    @settings(
        max_examples=12, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(data=st.data())
    def live(data: st.DataObject) -> None:
        point = transaction.savepoint()
        for _ in range(STEPS):
            case = Review.objects.get(pk=key)
            if case.is_closed:
                break
            if case.is_in_review and data.draw(st.booleans()):
                verdict = data.draw(st.sampled_from([Verdicts.FINE, Verdicts.UNLAWFUL]))
                for item in items_of(case.matter):
                    case.keep_finding(walk.people.reviewer, item.code, verdict, "说明")
            fit = [
                name
                for name, act in case.acts().items()
                if case.state in act.sources and not act.operation and name != "withdraw"
            ]
            act, by = data.draw(st.sampled_from(fit)), data.draw(st.sampled_from(people))
            told = facts_of(act, case, by, walk.people, walk.clock.today())
            try:
                with transaction.atomic():
                    perform(case, act, by=by, proof=prove(case, act, by=by, factors="口令"), **told)
            except Refusal:
                continue
            case = Review.objects.get(pk=key)
            reached.add(case.state)
            judge(case)
        transaction.savepoint_rollback(point)

    live()
    assert len(reached) > 2, reached
    with pytest.raises(AssertionError):
        judge(_standing_in(walk.case, State.DELIBERATION))


def _standing_in(case: Any, state: str) -> Any:
    """Give the judge an unlawful matter before the meeting, as no act could: he must object."""
    return SimpleNamespace(
        state=state, conclusion=Conclusion.UNLAWFUL, matter=case.matter, is_exploratory=False,
        risk_note="", has_opinion_paper=True, concluded_by_id=1, opened_by_id=2, drafted_by_id=3,
        is_closed=False,
    )  # fmt: skip
