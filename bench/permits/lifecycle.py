"""Tell the legal life of a permit: one return, two reviewers in parallel, decision, paper."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models
from django_fsm import GET_STATE, FSMField

from bench.permits import rules
from bench.permits.permissions import PermitVerb as Verb
from workflows.acts import act
from workflows.lifecycle import Case, Opening, Stage

REVIEWERS = 2


class State(models.TextChoices):
    """States of a permit."""

    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "已退回"
    REVIEWING = "reviewing", "会审中"
    REVIEWED = "reviewed", "已会审"
    DECIDED = "decided", "已决定"
    ISSUED = "issued", "已发证"


class PermitLifecycle(Case):
    """The acts of a permit."""

    State = State
    KIND = "permit"
    SERIES = "permits.application"
    CLOSED = frozenset({State.ISSUED})
    VIEW_VERB = Verb.VIEW
    OPENING = Opening("提交申请", Verb.SUBMIT, "测速")
    ALONG = (*Case.ALONG, "bureau")
    STAGES = (
        Stage("初审", frozenset({State.SUBMITTED, State.RETURNED})),
        Stage("会审", frozenset({State.REVIEWING, State.REVIEWED})),
        Stage("发证", frozenset({State.DECIDED, State.ISSUED})),
    )

    state = FSMField("状态", default=State.SUBMITTED, choices=State.choices, protected=True)

    class Meta:
        abstract = True

    @act(
        "退回", field=state, source=State.SUBMITTED, target=State.RETURNED, verb=Verb.CHECK,
        law="测速",
    )  # fmt: skip
    def return_to_applicant(self, *, by: Any, on: date) -> None:
        """退回: the application goes back; the term of its supplement starts."""
        self.start(rules.SUPPLEMENT, on)

    @act(
        "补正后再提交", field=state, source=State.RETURNED, target=State.SUBMITTED,
        verb=Verb.SUBMIT, law="测速",
    )  # fmt: skip
    def resubmit(self, *, by: Any, on: date) -> None:
        """补正后再提交: the application comes again."""
        self.meet(rules.SUPPLEMENT, on)

    @act(
        "受理", field=state, source=State.SUBMITTED, target=State.REVIEWING, verb=Verb.CHECK,
        law="测速",
    )  # fmt: skip
    def accept(self, *, by: Any, on: date, reviewers: Sequence[Any]) -> None:
        """受理: two reviewers are named; the term of the decision starts."""
        self.first_reviewer, self.second_reviewer = reviewers
        self.start(rules.DECISION, on)

    @act(
        "会审", field=state, source=State.REVIEWING,
        target=GET_STATE(
            lambda case, **facts: (
                State.REVIEWED if case.reviews == REVIEWERS else State.REVIEWING
            ),
            states=[State.REVIEWING, State.REVIEWED],
        ),
        verb=Verb.REVIEW, law="测速",
    )  # fmt: skip
    def review(self, *, by: Any, on: date) -> None:
        """会审: one of the two reviewers agrees."""
        self.reviews += 1

    @act(
        "决定", field=state, source=State.REVIEWED, target=State.DECIDED, verb=Verb.DECIDE,
        law="测速", not_by=["first_reviewer", "second_reviewer"],
    )  # fmt: skip
    def decide(self, *, by: Any, on: date) -> None:
        """决定: the permit is granted within its term."""
        self.decided_on = on
        self.meet(rules.DECISION, on)

    @act(
        "发证", field=state, source=State.DECIDED, target=State.ISSUED, verb=Verb.ISSUE,
        law="测速", papers=["permits.permit"],
    )  # fmt: skip
    def issue(self, *, by: Any, on: date) -> None:
        """发证: the paper is issued and the case is over."""
