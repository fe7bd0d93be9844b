"""Tell how an issuer cleans up its documents: a draft, the public's views, the result (LR-36)."""

from datetime import date
from typing import Any

from django.db import models
from django_fsm import FSMField

from legality_review.permissions import CleanupVerb as Verb
from legality_review.rules import cleanup as rules
from workflows import closing
from workflows.acts import act
from workflows.lifecycle import Case, Opening, Stage
from workflows.refusals import refuse


class State(models.TextChoices):
    """States of a clean-up."""

    DRAFTING = "drafting", "拟定清理意见"
    CONSULTING = "consulting", "公开征求意见"
    REVISING = "revising", "修改清理意见"
    CONCLUDED = "concluded", "已公布结果"
    TERMINATED = "terminated", "已终止"
    VOIDED = "voided", "已作废"


EDITABLE = (State.DRAFTING, State.REVISING)
"""States in which the conclusions on the documents may be changed."""
OPEN = (State.DRAFTING, State.CONSULTING, State.REVISING)


class CleanupLifecycle(Case):
    """The acts of a clean-up (清理)."""

    State = State
    KIND = "cleanup"
    SERIES = "legality_review.cleanup"
    CLOSED = frozenset({State.CONCLUDED, State.TERMINATED, State.VOIDED})
    VIEW_VERB = Verb.VIEW
    OPENING = Opening("启动清理", Verb.OPEN, "LR-36")
    STAGES = (
        Stage("拟定清理意见", frozenset({State.DRAFTING})),
        Stage("公开征求意见", frozenset({State.CONSULTING})),
        Stage("修改清理意见", frozenset({State.REVISING})),
        Stage("公布结果", frozenset({State.CONCLUDED})),
    )

    state = FSMField("状态", default=State.DRAFTING, choices=State.choices, protected=True)

    class Meta:
        abstract = True

    def begin(self, *, by: Any, on: date, issuer_unit: Any, as_of: date) -> None:
        """Say whose documents are cleaned up, and as they stand on which day."""
        refuse(*(["清理截止日期不能晚于今天。"] if as_of > on else []))
        super().begin(by=by, on=on, issuer_unit=issuer_unit, as_of=as_of)

    @act(
        "公布清理意见", field=state, source=State.DRAFTING, target=State.CONSULTING,
        verb=Verb.PUBLISH, law="LR-36", conditions=[rules.has_lines, rules.is_explained],
        papers=["legality_review.cleanup_draft"],
    )  # fmt: skip
    def publish_draft(self, *, by: Any, on: date, place: str) -> None:
        """公布清理意见: the draft goes on the website; the public may state its view."""
        self.draft_place, self.draft_published_on = place, on
        self.start(rules.CONSULTATION, on)

    @act(
        "登记意见", field=state, source=State.CONSULTING, target=None, verb=Verb.PUBLISH,
        law="LR-36",
    )  # fmt: skip
    def record_opinion(self, *, by: Any, on: date, author: str, content: str) -> None:
        """登记意见: what somebody said of the draft."""
        self.keep_opinion(by, on, author=author, content=content)

    @act(
        "结束征求意见", field=state, source=State.CONSULTING, target=State.REVISING,
        verb=Verb.PUBLISH, law="LR-36", conditions=[rules.has_been_public],
    )  # fmt: skip
    def close_consultation(self, *, by: Any, on: date, handling: str) -> None:
        """结束征求意见: the public had its time; what became of the opinions is told."""
        self.handling = handling
        self.meet(rules.CONSULTATION, on)

    @act(
        "公布清理结果", field=state, source=State.REVISING, target=State.CONCLUDED,
        verb=Verb.CONCLUDE, law="LR-36",
        conditions=[rules.is_explained, rules.agrees_with_the_register],
        papers=["legality_review.cleanup_list"],
    )  # fmt: skip
    def conclude(self, *, by: Any, on: date, place: str) -> None:
        """公布清理结果: the list of valid, repealed and lapsed documents is published."""
        self.result_place, self.concluded_on = place, on

    terminate = closing.termination(state, OPEN, State.TERMINATED, law="LR-36")
    void = closing.voiding(state, OPEN, State.VOIDED, law="LR-36")
    reopen = closing.reopening(state, State.TERMINATED, OPEN, law="LR-36")
