"""Tell the legal life of a matter under legality review, from the draft to the signed text."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django_fsm import GET_STATE, FSMField

from legality_review.lifecycle.intake import IntakeActs
from legality_review.lifecycle.reviewing import ReviewingActs
from legality_review.lifecycle.states import BEFORE_MEETING, CLOSED, OPEN, State
from legality_review.permissions import ReviewVerb as Verb
from legality_review.rules import adoption, intake
from legality_review.rules import terms as t
from legality_review.rules.adoption import Outcome, Spoken
from legality_review.rules.matters import Matter
from workflows import closing
from workflows.acts import act
from workflows.door import open_follow_up
from workflows.lifecycle import Opening, Stage
from workflows.refusals import refuse

MET = {Outcome.ADOPT: State.ADOPTED, Outcome.DEFER: State.READY, Outcome.REJECT: State.REJECTED}
"""Where the meeting leads."""


class ReviewLifecycle(IntakeActs, ReviewingActs):
    """The acts of a matter under review, in the order of the procedure."""

    State = State
    KIND = "review"
    SERIES = "legality_review.review"
    CLOSED = frozenset(CLOSED)
    VIEW_VERB = Verb.VIEW
    GROUPS = {"drafters": "起草单位人员", "reviewers_elsewhere": "非本级审查人员"}
    OPENING = Opening("送请合法性审查", Verb.OPEN, "LR-1")
    STAGES = (
        Stage("起草", frozenset({State.DRAFT, State.CONSULTATION})),
        Stage("送审", frozenset({State.SUBMITTED, State.SUPPLEMENT, State.RETURNED})),
        Stage("司法所审查", frozenset({State.STATION_REVIEW, State.NOT_IN_SCOPE})),
        Stage("县级复审", frozenset({State.COUNTY_REVIEW})),
        Stage(
            "修改",
            frozenset({State.REVISING, State.CONFIRMING, State.UNLAWFUL, State.ABANDONED}),
        ),
        Stage("集体讨论", frozenset({State.READY, State.DELIBERATION, State.REJECTED})),
        Stage("签发", frozenset({State.ADOPTED, State.SIGNED})),
    )

    state = FSMField("状态", default=State.DRAFT, choices=State.choices, protected=True)

    class Meta:
        abstract = True

    def begin(self, *, by: Any, on: date, amends: Any = None, **facts: Any) -> None:
        """Open a matter; a text that amends a document in force says which (LR-32)."""
        super().begin(by=by, on=on, amends=amends, **facts)
        refuse(*(intake.amendment_defects(amends, self.drafter) if amends else []))

    @act(
        "反馈采纳情况", field=state, source=State.REVISING, target=State.CONFIRMING,
        verb=Verb.ANSWER, law="LR-21", papers=["legality_review.answers"],
    )  # fmt: skip
    def submit_revision(
        self, *, by: Any, on: date, answers: Mapping[int, tuple[str, str]], text: Any,
        reasons: Any = None,
    ) -> None:  # fmt: skip
        """反馈采纳情况: answer every piece of advice and hand in the revised text."""
        told = [(advice.clause, *answers.get(advice.pk, ("", ""))) for advice in self.advice]
        refuse(*adoption.answer_defects(told, reasons is not None))
        self.keep_answers(by, on, answers)
        self.add_revision(by, text, reasons)
        self.meet(t.REVISION, on)
        self.start(t.CONFIRMATION, on)

    @act(
        "不予制定", field=state, source=State.UNLAWFUL, target=State.ABANDONED, verb=Verb.ANSWER,
        law="LR-17、LR-20",
    )  # fmt: skip
    def abandon(self, *, by: Any, on: date, reason: str) -> None:
        """不予制定: the drafter follows the advice and does not issue the text."""
        self.end_reason = reason

    @act(
        "修改后重新送审", field=state, source=State.UNLAWFUL, target=State.SUBMITTED,
        verb=Verb.ANSWER, law="LR-17",
    )  # fmt: skip
    def resubmit(self, *, by: Any, on: date, text: Any, explanation: str) -> None:
        """修改后重新送审: a new version comes under a new review."""
        self.replace_draft(by, text)
        self.supplement = explanation
        self.drafted_by = by
        self.open_round(on)
        self.start(t.CHECK, on)

    @act(
        "载明法律风险提交讨论", field=state, source=State.UNLAWFUL, target=State.READY,
        verb=Verb.ANSWER, law="LR-17（国令第713号第二十五条）",
        conditions=[adoption.may_go_with_risk],
    )  # fmt: skip
    def proceed_with_risk(self, *, by: Any, on: date, risk_note: str) -> None:
        """载明法律风险提交讨论: an exploratory reform goes to the meeting with its risk stated."""
        refuse(*([] if risk_note.strip() else ["须载明法律风险（LR-17）。"]))
        self.risk_note = risk_note
        self.accept_text()

    @act(
        "提交集体讨论", field=state, source=State.READY, target=State.DELIBERATION,
        verb=Verb.SUBMIT, law="LR-17、LR-28、LR-29",
        conditions=[
            adoption.has_written_opinion, adoption.is_cleared_for_meeting, adoption.has_dossier,
        ],
    )  # fmt: skip
    def table_for_deliberation(self, *, by: Any, on: date, text: Any) -> None:
        """提交集体讨论: the text before the meeting is the reviewed text, to the character."""
        self.add_signing_text(by, text)
        refuse(*self.signing_defects())

    @act(
        "记录集体讨论", field=state, source=State.DELIBERATION,
        target=GET_STATE(
            lambda case, outcome, **facts: MET[outcome], states=list(dict.fromkeys(MET.values()))
        ),
        verb=Verb.DELIBERATE, law="LR-28、LR-40", papers=["legality_review.minutes"],
        conditions=[adoption.is_cleared_for_meeting],
    )  # fmt: skip
    def deliberate(
        self, *, by: Any, on: date, meeting: str, held_on: date, views: Sequence[Spoken],
        outcome: str, explanation: str = "",
    ) -> None:  # fmt: skip
        """记录集体讨论: who was there, what each said, the head last, and what was decided."""
        late = ["会议日期不能晚于今天。"] if held_on > on else []
        refuse(*late, *adoption.meeting_defects(views, outcome, explanation))
        self.keep_meeting(by, meeting, held_on, views, outcome, explanation)
        if outcome == Outcome.ADOPT:
            self.adopted_on = held_on
        if outcome == Outcome.REJECT:
            self.end_reason = f"{meeting}未予通过"

    @act(
        "登记向党委报告", field=state, source=State.ADOPTED, target=None, verb=Verb.SUBMIT,
        law="LR-29（国令第713号第三十一条）", conditions=[adoption.is_decision],
    )  # fmt: skip
    def report_to_party(self, *, by: Any, on: date, reported_on: date, result: str) -> None:
        """登记向党委报告: a decision is reported to the party committee before it is issued."""
        refuse(*(["报告日期不能晚于今天。"] if reported_on > on else []))
        self.party_reported_on, self.party_result = reported_on, result

    @act(
        "签发", field=state, source=[State.READY, State.ADOPTED], target=State.SIGNED,
        verb=Verb.SIGN, law="LR-17、LR-22", signed=True, reserved=True,
        conditions=[
            adoption.has_written_opinion, adoption.is_cleared_for_meeting,
            adoption.has_been_deliberated, adoption.has_reported_to_party,
        ],
    )  # fmt: skip
    def sign_text(
        self, *, by: Any, on: date, text: Any, validity_years: int | None = None,
        is_trial: bool = False,
    ) -> None:  # fmt: skip
        """签发: sign the reviewed text; a normative document goes on to be registered (LR-30)."""
        self.add_signing_text(by, text)
        refuse(*self.signing_defects(), *self.validity_defects(validity_years, is_trial, on))
        self.signed_by, self.signed_on = by, on
        if self.matter == Matter.NORMATIVE:
            open_follow_up(
                self, "legality_review.NormativeDocument", by=by, on=on, title=self.title,
                meaning="审查通过后登记的规范性文件", issuer_unit=self.drafter,
                issuer_type=self.issuer_type, adopted_on=self.adopted_on, text_file=text,
                validity_years=validity_years, is_trial=is_trial,
                opinion_number=self.opinion_number, review=self,
            )  # fmt: skip

    @act(
        "文本有改动，重新送审", field=state, source=[State.READY, State.ADOPTED],
        target=State.SUBMITTED, verb=Verb.RESUBMIT, law="LR-22",
    )  # fmt: skip
    def submit_changed_text(self, *, by: Any, on: date, text: Any, explanation: str) -> None:
        """文本有改动，重新送审: changed beyond the advice; the new text is reviewed again."""
        self.replace_draft(by, text)
        self.supplement = explanation
        self.adopted_on = self.party_reported_on = None
        self.open_round(on)
        self.start(t.CHECK, on)

    @act(
        "撤回送审", field=state, source=list(BEFORE_MEETING), target=State.WITHDRAWN,
        verb=Verb.WITHDRAW, law="LR-17",
    )  # fmt: skip
    def withdraw(self, *, by: Any, on: date, reason: str) -> None:
        """撤回送审: the drafter takes the matter back before the meeting, with a reason."""
        self.end_reason = reason

    @act(
        "启动决策后评估", field=state, source=State.SIGNED, target=None, verb=Verb.DELIBERATE,
        law="LR-39（国令第713号第三十六条）", for_closed=True, conditions=[adoption.is_decision],
    )  # fmt: skip
    def evaluate_decision(
        self, *, by: Any, on: date, ground: str, evaluator: str, made_prior_assessment: bool,
        result: str,
    ) -> None:  # fmt: skip
        """启动决策后评估: evaluate a decision carried out, by others than before."""
        refuse(
            *(["承担主要前期评估工作的第三方，不得再作决策后评估（LR-39）。"]
              if made_prior_assessment else [])
        )  # fmt: skip
        self.keep_evaluation(by, on, ground, evaluator, result)

    @act(
        "中止执行决策", field=state, source=State.SIGNED, target=None, verb=Verb.SIGN,
        law="LR-39（国令第713号第三十七条）", for_closed=True, conditions=[adoption.is_decision],
    )  # fmt: skip
    def suspend_execution(self, *, by: Any, on: date, reason: str) -> None:
        """中止执行决策: in urgency the head may first decide to suspend the execution."""
        self.suspended_on, self.suspended_because = on, reason

    terminate = closing.termination(state, OPEN, State.TERMINATED, law="LR-17")
    void = closing.voiding(state, OPEN, State.VOIDED, law="LR-17")
    reopen = closing.reopening(state, State.TERMINATED, OPEN, law="LR-17")
