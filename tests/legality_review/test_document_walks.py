"""LR-30 to LR-36: no sequence of acts and no passing of time puts a document into force wrongly.

People in random posts try every act and operation of a document, with right facts and with wrong
ones, while days or years go by. After every step: nothing is in force without number, publication
and validity; what is over stays over and is never valid again; one entry was written for what was
done, and a refusal changed nothing and says in Chinese why; tasks and terms are open only while
the document goes on; and the chain of entries verifies.

`DOCUMENT_SEED=<seed> pytest tests/legality_review/test_document_walks.py` walks one walk again.
"""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from audit.models import Entry, Outcome
from audit.verification import verify
from legality_review.models import NormativeDocument, Registration
from legality_review.rules.evaluation import Proposal
from legality_review.rules.filing import Correction, Decision
from legality_review.rules.register import Status
from permissions.verbs import roles_with
from tests.legality_review.norm_steps import NormWalk, staged
from workflows import operations
from workflows.door import perform
from workflows.falling_due import befall_due
from workflows.models.operations import Proposal as Proposed
from workflows.models.tasks import Task
from workflows.models.terms import Term
from workflows.operations.proposing import Wanted
from workflows.refusals import Refusal
from workflows.vocabulary import Operation

State = NormativeDocument.State
SEEDS = [int(os.environ["DOCUMENT_SEED"])] if "DOCUMENT_SEED" in os.environ else range(40)
STEPS, STEPS_AFTER_THE_END = 40, 4
LENGTHS = (1, 1, 5, 5, 16, 31, 31, 200, 900)
"""Days that go by at once; the longest reach evaluation and end."""
RARE = {"repeal", "stop_amending"}
"""What would end most walks, or lead them in circles, if it were tried as often as the rest."""
STAFF = (
    "township_clerk", "township_leader", "reviewer", "deputy", "chief", "other_township_clerk",
    "auditor",
)  # fmt: skip
UNBORN = {State.REGISTERING, State.REGISTERED, State.TERMINATED, State.VOIDED}
"""States in which a document need not have been published."""
OPERATED = {
    "terminate": Operation.TERMINATE, "void": Operation.VOID, "reopen": Operation.REOPEN,
}  # fmt: skip
SENTENCE = re.compile(r"[\u4e00-\u9fff].*。$", re.DOTALL)
MACHINE_WORDS = re.compile(r"None|Error|object at|[a-z]{3,}_[a-z]+")


class Life:
    """One document on its walk, and what became of it."""

    def __init__(self, key: int, walk: NormWalk, successor: Any, random: Random) -> None:
        self.key, self.walk, self.successor, self.random = key, walk, successor, random
        self.roles = {
            one: one.posts.get().role for one in (getattr(walk.people, name) for name in STAFF)
        }
        self.over: dict[str, Any] = {}
        self.reached: set[str] = set()

    @property
    def case(self) -> Any:
        """Read the document as it is stored."""
        return NormativeDocument.objects.get(pk=self.key)

    def row(self) -> dict[str, Any]:
        """Return what is stored of the document."""
        return NormativeDocument.objects.values().get(pk=self.key)

    def done(self) -> int:
        """Count what was done on the document."""
        return Entry.objects.of_subject(self.case).filter(outcome=Outcome.DONE).count()

    def one_of(self, *choices: Any) -> Any:
        """Draw one of the choices."""
        return self.random.choice(choices)

    def live(self) -> None:
        """Do one thing after the other, and some more when the document is over."""
        left, was_over = STEPS, False
        while left:
            written, row = self.done(), self.row()
            expected = self.pass_time() if self.one_of(*range(5)) == 0 else self.try_something()
            assert self.done() - written == expected, "not one entry for what was done"
            if not expected:
                assert self.row() == row, "what was refused changed the document"
            self.judge()
            left -= 1
            if self.over and not was_over:
                left = min(left, STEPS_AFTER_THE_END)
            was_over = bool(self.over)
        assert verify().faults == []

    def pass_time(self) -> int:
        """Let days go by and what falls due come about; return how many acts that were."""
        self.walk.clock.forward(days=self.one_of(*LENGTHS))
        before = self.case.state
        befall_due(self.walk.clock.today())
        after = self.case.state
        assert after in {before, State.LAPSED, State.EVALUATING}, f"time led to {after}"
        return int(before != after)

    def try_something(self) -> int:
        """Try an act or an operation; return how many entries are due for it."""
        case = self.case
        by_hand = {name: act for name, act in case.acts().items() if not act.operation}
        fit = [
            name
            for name, act in by_hand.items()
            if case.state in act.sources and name not in RARE and not act.by_itself
        ]
        among = self.one_of(*[fit or by_hand] * 14, by_hand, OPERATED)
        name = self.one_of(*among)
        if name in OPERATED:
            return self.operate(OPERATED[name])
        by = self.person(by_hand[name].verb)
        told = self.facts_of(name, case, by)
        return self.attempt(lambda: perform(case, name, by=by, **told))

    def person(self, verb: Any) -> Any:
        """Draw whoever tries it: mostly one whose post carries the verb."""
        holders = roles_with(verb)
        able = [one for one, role in list(self.roles.items())[:4] if role in holders]
        return self.one_of(*able * 20, *self.roles)

    def operate(self, operation: Operation) -> int:
        """Propose to end, void or reopen the document, and let another one confirm it."""
        people = self.walk.people

        def call() -> None:
            operations.propose(self.case, Wanted(operation, "重复登记"), by=people.reviewer)
            operations.confirm(Proposed.objects.latest("pk"), by=people.deputy)

        return 2 * self.attempt(call)

    def attempt(self, call: Callable[[], Any]) -> int:
        """Try a call, all or nothing; a refusal says clearly why. Return 1 if it was done."""
        try:
            with transaction.atomic():
                call()
        except Refusal as refusal:
            assert SENTENCE.search(refusal.message), refusal.message
            assert not MACHINE_WORDS.search(refusal.message), refusal.message
            return 0
        return 1

    def facts_of(self, act: str, case: Any, by: Any) -> dict[str, Any]:
        """Give an act what it asks for; now and then what the law refuses."""
        day, wrong = self.walk.clock.today(), self.one_of(*range(8)) == 0
        serial = Registration.objects.count() + 1
        effective = day + timedelta(days=-5 if wrong else self.one_of(30, 60))
        number = "云政发3号" if wrong else f"云政发〔{day.year}〕{serial}号"
        text = None if wrong else staged(by)
        told: dict[str, dict[str, Any]] = {
            "register": {
                "document_number": number, "printed_on": day,
                "validity_years": self.one_of(1, 3, 5, 6),
            },
            "publish": {
                "media": [] if wrong else ["website"], "place": "网站",
                "effective_on": None if case.is_renewal else effective,
            },
            "enter_existing": {
                "registration_number": f"LLDR-{day.year}-9{serial:06}", "document_number": number,
                "published_on": day, "effective_on": day + timedelta(days=int(wrong)),
                "validity_years": 3,
            },
            "file": {"text": staged(by), "note": staged(by), "bases": text},
            "supply_filing": {"account": "已补。"},
            "report_correction": {
                "correction": self.one_of(*Correction.values), "account": "情况如下。",
                "text": text,
            },
            "propose_alteration": {"grounds": "违法。"},
            "record_decision": {
                "decision": self.one_of(*Decision.values), "decision_number": "乐政字〔2025〕1号",
                "text": text,
            },
            "start_evaluation": {"occasion": "上位法修改。"},
            "evaluate": {
                "lawfulness": "" if wrong else "合法。", "effect": "良好。", "opinions": "已听取。",
                "proposal": self.one_of(*Proposal.values),
            },
            "renew": {"reason": "继续执行。", "validity_years": self.one_of(3, 5, 6)},
            "replace_by": {"successor": case if wrong else self.successor},
            "note_uncorrected": {}, "open_evaluation": {}, "lapse": {},
        }  # fmt: skip
        said = {verb: {"finding": "意见。"} for verb in SAYING}
        return (told | said).get(act, {"reason": "理由。"})

    # -- what must hold

    def judge(self) -> None:
        """Hold the document to what must always be so."""
        case, row = self.case, self.row()
        self.reached.add(case.state)
        judge_force(case, case.registrations.last())
        tasks, terms = Task.objects.of_case(case).open(), Term.objects.of_case(case).open()
        if case.is_closed:
            assert not tasks.exists() and not terms.exists(), "something waits on what is over"
            self.judge_end(case)
        elif case.state != State.IN_FORCE:
            assert tasks.exists(), f"nobody has anything to do: {case.state}"
        if not self.over and case.is_closed:
            self.over = row
        elif self.over and not case.is_closed:
            assert self.over["state"] == State.TERMINATED, f"{self.over['state']} came back"
            self.over = {}
        elif self.over:
            assert {**row, "held_as": ""} == {**self.over, "held_as": ""}, "what is over changed"

    def judge_end(self, case: Any) -> None:
        """Hold what is over to it: on no later day is it valid again, nor in the register so."""
        last = max(filter(None, (case.ended_on, self.walk.clock.today())))
        for days in (0, 1, 400, 3000):
            day = last + timedelta(days=days)
            valid = NormativeDocument.objects.in_status(Status.VALID, day)
            assert not valid.filter(pk=case.pk).exists(), f"{case.state} is valid on {day}"
        if case.state in {State.TERMINATED, State.VOIDED}:
            is_wrong_entry = case.state == State.VOIDED and case.is_from_before
            assert case.published_on is None or is_wrong_entry, "what had effect never had any"


SAYING = (
    "register_filing", "refuse_filing", "ask_filing_supplement", "order_correction",
    "accept_correction", "find_uncorrected",
)  # fmt: skip


def judge_force(case: Any, newest: Any) -> None:
    """Nothing is in force, nor ever was, without number, publication and validity."""
    if case.state in UNBORN:
        return
    assert case.registration_number and case.document_number, f"{case.state} without number"
    assert newest.number == case.registration_number
    # A renewal that came too late was registered, and lapsed before it was published anew.
    is_published = newest.published_on or case.state == State.LAPSED
    assert case.published_on and is_published, f"{case.state} without publication"
    assert case.effective_on and case.valid_from < case.expires_on, f"{case.state} without validity"
    assert case.opinion_number or case.is_from_before, f"{case.state} without review"


def beginnings(norm: NormWalk) -> list[tuple[int, Any]]:
    """Bring documents to where walks begin; return their keys and the moments of that."""
    norm.from_before()
    begun = [
        norm.case.pk,
        another(norm, "集市管理办法", 4),
        another(norm, "养犬管理办法", 5, "open"),
    ]
    found = [(key, norm.clock.now()) for key in begun]
    norm.facts, norm.step = {"title": "云红街道物业管理办法"}, -1
    return [*found, (norm.renewing().pk, norm.clock.now())]


def another(norm: NormWalk, title: str, number: int, act: str = "register_filing") -> int:
    """Bring one more document up to and with an act; return its key."""
    other = NormWalk(norm.people, norm.tree, norm.clock)
    other.facts = {"title": f"云红街道{title}"}
    other.to("open")
    if act != "open":
        other.register(f"云政发〔2025〕{number}号")
        other.step += 1
        other.to(act)
    key: int = other.case.pk
    return key


def test_lr30_no_sequence_puts_a_document_into_force_wrongly(norm: NormWalk) -> None:
    successor, begun = norm.successor(), beginnings(norm)
    reached: set[str] = set()
    for seed in SEEDS:
        random = Random(seed)
        key, moment = random.choice(begun)
        norm.clock.stand_at(moment)
        life = Life(key, norm, successor, random)
        point = transaction.savepoint()
        try:
            life.live()
        except BaseException as failure:
            failure.add_note(f"DOCUMENT_SEED={seed}")
            raise
        reached |= life.reached
        transaction.savepoint_rollback(point)
    assert len(reached) > 15 or len(SEEDS) == 1, sorted(reached)


def test_the_judge_objects_to_what_no_act_could_bring_about() -> None:
    registered = SimpleNamespace(number="LLDR-2025-0010001", published_on=None)
    unpublished = SimpleNamespace(
        state=State.IN_FORCE, registration_number=registered.number, document_number="云政发1号",
        published_on=None,
    )  # fmt: skip
    with pytest.raises(AssertionError, match="without publication"):
        judge_force(unpublished, registered)
    with pytest.raises(AssertionError, match="without number"):
        judge_force(SimpleNamespace(state=State.LAPSED, registration_number=""), registered)
