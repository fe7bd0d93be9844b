"""LR-16, LR-17: no sequence of acts brings an unlawful or unreviewed text to the meeting.

People in random posts try every act that the state knows, most of them open ones, and operations
on the tasks between (收回, 加签, 减签, 转办, 委派 …). After every step: whoever tabled, adopted or
signed did so on a text with an opinion that allowed it; a closed matter is immutable; no task is
open on it, and an open one waits for somebody; nobody concluded on what he drafted, nor agreed to
an examination of it; a decision has counsel's opinion that was not taken back.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import time
from random import Random
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
from tests.walks.walking import undone
from workflows import operations
from workflows.door import perform
from workflows.models.tasks import Task, TaskKind, Verdict
from workflows.refusals import Refusal
from workflows.signatures import prove

State = Review.State
ALLOWING = {Conclusion.LAWFUL, Conclusion.NEEDS_AMENDMENT}
BEYOND_REVIEW = {State.DELIBERATION, State.ADOPTED, State.SIGNED, State.REJECTED}
STEPS = 35
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


WAYS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "claim": lambda row, by, other: operations.claim(row, by=by),
    "release": lambda row, by, other: operations.release(row, by=by, reason="另有任务"),
    "transfer": lambda row, by, other: operations.transfer(row, by=by, reason="转", person=other),
    "consult": lambda row, by, other: operations.consult(row, by=by, reason="请答", person=other),
    "recall_consult": lambda row, by, other: operations.recall_consult(row, by=by),
    "answer": lambda row, by, other: operations.answer(row, by=by, opinion="无意见。"),
    "disagree": lambda row, by, other: operations.answer(
        row, by=by, opinion="不同意。", verdict=Verdict.DISAGREE
    ),
    "add_before": lambda row, by, other: operations.add_before(
        row, by=by, reason="先看", people=[other]
    ),
    "add_after": lambda row, by, other: operations.add_after(
        row, by=by, reason="复核", people=[other]
    ),
    "add_alongside": lambda row, by, other: operations.add_alongside(
        row, by=by, reason="一并", person=other
    ),
    "remove_signer": lambda row, by, other: operations.remove_signer(row, by=by, reason="不必"),
    "take_back": lambda row, by, other: operations.take_back(row, by=by, reason="漏写"),
}
"""How each operation is tried: on which task, by whom, with whom."""
ASKED = ["answer", "disagree", "remove_signer"]
"""What is mostly tried with whoever was added to a task."""


def operate(choose: Callable[[list[Any]], Any], case: Any, people: list[Any]) -> str:
    """Try an operation on a task of the matter, mostly by whose task it is; return its name."""
    rows = list(Task.objects.of_case(case).exclude(node=Task.START).order_by("-pk"))
    waiting = [row for row in rows if row.is_open]
    row = choose([*waiting, *waiting, *rows[:5]])
    own = [one for one in (row.holder, row.closed_by, row.parent and row.parent.holder) if one]
    own = own or [one for one in people if (row.unit_id, row.role) in posts_of(one, case)]
    by = choose(choose([own or people, own or people, people]))
    fit = ASKED if row.parent is not None else sorted(WAYS)
    name: str = choose(choose([fit, sorted(WAYS)]))
    WAYS[name](row, by, choose(people))
    return name


def fit(case: Any) -> list[str]:
    """Return the acts of the matter's state, but for taking it back as a whole."""
    return [
        name
        for name, act in case.acts().items()
        if case.state in act.sources and not act.operation and name != "withdraw"
    ]


def posts_of(person: Any, case: Any) -> set[tuple[int, str]]:
    """Return at which units the person holds which roles."""
    return {(post.unit_id, post.role) for post in person.posts_on(case.today())}


def judge(case: Any) -> None:
    """Hold the matter to what must always be so."""
    if case.state in BEYOND_REVIEW:
        exempt = case.matter == Matter.DECISION and case.is_exploratory and case.risk_note
        assert case.conclusion in ALLOWING or exempt, (case.state, case.conclusion)
        assert case.has_opinion_paper
        assert case.concluded_by_id not in {case.opened_by_id, case.drafted_by_id}
    if case.matter == Matter.DECISION and case.conclusion in ALLOWING:
        assert case.has_counsel_opinion
    if isinstance(case, Review):
        judge_tasks(case)


def judge_tasks(case: Review) -> None:
    """Hold the tasks of the matter to what must always be so."""
    rows = Task.objects.of_case(case)
    assert rows.open().exists() is not case.is_closed
    drafting = {case.opened_by_id, case.drafted_by_id} | case.drafters
    agreeing = rows.filter(kind__in=[TaskKind.AFTER, TaskKind.ALONGSIDE])
    assert not agreeing.filter(holder__in=drafting).exists()


@pytest.mark.parametrize("matter", [Matter.NORMATIVE, Matter.DECISION, Matter.CONTRACT])
def test_lr_17_no_sequence_brings_an_unlawful_text_to_the_meeting(walk: Walk, matter: str) -> None:
    walk.qualify()
    walk.submitted(matter)
    names = ("township_clerk", "township_leader", "chief", "officer", "reviewer", "counsel")
    people = [getattr(walk.people, name) for name in names]
    known = [*people, walk.people.county_counsel, walk.people.second_reviewer]
    key = walk.case.pk
    reached: set[str] = set()

    @settings(
        max_examples=12, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(data=st.data())
    def live(data: st.DataObject) -> None:
        with undone():
            for _ in range(STEPS):
                case = Review.objects.get(pk=key)
                if case.is_closed:
                    break
                go_on(data, case)

    def go_on(data: st.DataObject, case: Any) -> None:
        if case.is_in_review and data.draw(st.booleans()):
            verdict = data.draw(st.sampled_from([Verdicts.FINE, Verdicts.UNLAWFUL]))
            for item in items_of(case.matter):
                case.keep_finding(walk.people.reviewer, item.code, verdict, "说明")
        with suppress(Refusal), transaction.atomic():
            if data.draw(st.integers(0, 4)) == 0:
                operate(lambda rows: data.draw(st.sampled_from(rows)), case, known)
            else:
                act, by = data.draw(st.sampled_from(fit(case))), data.draw(st.sampled_from(people))
                told = facts_of(act, case, by, walk.people, walk.clock.today())
                proof = prove(case, act, by=by, factors="口令")
                reached.add(perform(case, act, by=by, proof=proof, **told).state)
        judge(Review.objects.get(pk=key))

    live()
    assert len(reached) > 2, reached
    with pytest.raises(AssertionError):
        judge(_standing_in(walk.case, State.DELIBERATION))


EXAMINING = ("complete_examination", "give_counsel_opinion", "find_lawful", "request_supplement")


def test_lr_14_no_sequence_of_operations_loses_a_decision_under_review(walk: Walk) -> None:
    """Seeded, so that every operation is known to be done: examined, advised on, taken back."""
    walk.accepted(Matter.DECISION)
    walk.examine()
    names = ("township_clerk", "chief", "officer", "reviewer", "counsel", "county_counsel")
    people = [getattr(walk.people, name) for name in names]
    done: set[str] = set()
    for seed in range(20):
        random = Random(seed)
        with undone():
            for _ in range(STEPS):
                case = Review.objects.get(pk=walk.case.pk)
                with suppress(Refusal), transaction.atomic():
                    done.add(examine_or_operate(random, case, people, walk))
                judge(Review.objects.get(pk=case.pk))
    assert done >= {*WAYS, *EXAMINING[:2]} - {"release"}, set(WAYS) - done


def examine_or_operate(random: Random, case: Any, people: list[Any], walk: Walk) -> str:
    """Let somebody try an act of the review, or an operation; return what it was."""
    name = random.choice(EXAMINING)
    if random.random() > 0.3 or case.state not in case.acts()[name].sources:
        return operate(random.choice, case, people)
    by = random.choice(people)
    told = facts_of(name, case, by, walk.people, walk.clock.today())
    perform(case, name, by=by, proof=prove(case, name, by=by, factors="口令"), **told)
    return name


def _standing_in(case: Any, state: str) -> Any:
    """Give the judge an unlawful matter before the meeting, as no act could: he must object."""
    return SimpleNamespace(
        state=state, conclusion=Conclusion.UNLAWFUL, matter=case.matter, is_exploratory=False,
        risk_note="", has_opinion_paper=True, concluded_by_id=1, opened_by_id=2, drafted_by_id=3,
        is_closed=False, has_counsel_opinion=False,
    )  # fmt: skip
