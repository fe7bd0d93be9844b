"""Tell how a matter comes in: consultation, handing in, check, supplement (LR-1 to LR-15)."""

from datetime import date
from typing import Any

from django_fsm import GET_STATE

from legality_review.lifecycle.states import IN_REVIEW, NOT_REVIEWERS, State
from legality_review.permissions import ReviewVerb as Verb
from legality_review.rules import intake, procedure
from legality_review.rules import terms as t
from legality_review.rules.routing import goes_to_county_at_once
from workflows import terms
from workflows.acts import act
from workflows.lifecycle import Case
from workflows.refusals import refuse
from workflows.vocabulary import Operation

WAITING = "要求补正，等待起草单位补正"


class IntakeActs(Case):
    """The acts from the draft to its acceptance."""

    class Meta:
        abstract = True

    @act(
        "公开征求意见", field="state", source=State.DRAFT, target=State.CONSULTATION,
        verb=Verb.SUBMIT, law="LR-15",
        conditions=[procedure.consults_public, procedure.is_not_consulted_yet],
    )  # fmt: skip
    def open_consultation(self, *, by: Any, on: date, since: date, place: str) -> None:
        """公开征求意见: open the draft to the public; a shorter period must be explained."""
        refuse(*(["征求意见的开始日期不能晚于今天。"] if since > on else []))
        self.consulted_from, self.consulted_until, self.consultation_place = since, None, place
        self.start(t.consultation_rule(self), since)

    @act(
        "结束征求意见", field="state", source=State.CONSULTATION, target=State.DRAFT,
        verb=Verb.SUBMIT, law="LR-15",
    )  # fmt: skip
    def close_consultation(self, *, by: Any, on: date, result: str, explanation: str = "") -> None:
        """结束征求意见: note what was said and what became of it; why it was shorter, if it was."""
        defect = procedure.refusal_of_closing(self, on, explanation)
        refuse(*([defect] if defect else []))
        rule = t.consultation_rule(self)
        if terms.floor_has_run(self, rule, on):
            self.meet(rule, on)
        else:
            self.shortened_because = explanation
            terms.cancel(self, rule, on, reason=f"公开说明理由后缩短：{explanation}")
        self.consulted_until, self.consultation_result = on, result

    @act(
        "送审", field="state", source=State.DRAFT, target=State.SUBMITTED, verb=Verb.SUBMIT,
        law="LR-8", papers=["legality_review.request", "legality_review.material_list"],
        conditions=[*intake.ENTRY, procedure.is_not_consulting, procedure.has_due_procedure],
    )  # fmt: skip
    def submit(self, *, by: Any, on: date) -> None:
        """送审: hand the text in with all its materials; the reviewer checks them."""
        self.drafted_by = by
        self.open_round(on)
        self.start(t.CHECK, on)

    @act(
        "收回送审", field="state", source=State.SUBMITTED, target=State.DRAFT, verb=Verb.SUBMIT,
        law="LR-8", operation=Operation.TAKE_BACK,
    )  # fmt: skip
    def take_back_submission(self, *, by: Any, on: date, done_by: Any) -> None:
        """收回送审: the drafter takes back what nobody has looked at yet, and mends it."""
        terms.cancel(self, t.CHECK, on, reason="送审单位收回送审")
        self.void_request(by, "送审单位收回送审")
        self.undo_round()

    @act(
        "受理", field="state", source=State.SUBMITTED,
        target=GET_STATE(
            lambda case, **facts: (
                State.COUNTY_REVIEW if goes_to_county_at_once(case) else State.STATION_REVIEW
            ),
            states=list(IN_REVIEW),
        ),
        verb=Verb.CHECK, law="LR-8、LR-11、LR-23", not_by=[*NOT_REVIEWERS],
        conditions=[intake.has_complete_materials],
    )  # fmt: skip
    def accept(self, *, by: Any, on: date, counsel: Any = None) -> None:
        """受理: the materials are complete; the review term runs, counsel is asked where named."""
        self.counsel = counsel
        self.is_at_county = goes_to_county_at_once(self)
        self.accepted_on = on
        self.meet(t.CHECK, on)
        self.start(t.REVIEW[self.matter], on)
        if self.matter in t.FLOOR and not self.urgent_ground:
            self.start(t.FLOOR[self.matter], on)

    @act(
        "要求补正", field="state", source=[State.SUBMITTED, *IN_REVIEW], target=State.SUPPLEMENT,
        verb=Verb.CHECK, law="LR-9、LR-27", not_by=[*NOT_REVIEWERS],
        papers=["legality_review.supplement_notice"],
        conditions=[procedure.has_no_open_inquiry],
    )  # fmt: skip
    def request_supplement(self, *, by: Any, on: date, defects: str) -> None:
        """要求补正: name everything that lacks at once; the clock of the review stands."""
        self.defects, self.supplement = defects, ""
        self.supplement_from = self.state
        if self.accepted_on is None:
            self.stop(t.CHECK, on, reason=WAITING, law="LR-9")
        else:
            self.stop_review(on, reason=WAITING)
        self.start(t.SUPPLEMENT, on)

    @act(
        "提交补正", field="state", source=State.SUPPLEMENT,
        target=GET_STATE(
            lambda case, **facts: case.supplement_from, states=[State.SUBMITTED, *IN_REVIEW]
        ),
        verb=Verb.SUBMIT, law="LR-9、LR-27",
        conditions=[
            intake.is_supplement_due, intake.has_complete_materials, intake.has_readable_draft,
        ],
    )  # fmt: skip
    def submit_supplement(self, *, by: Any, on: date, supplement: str) -> None:
        """提交补正: hand in what lacked; the clock runs on from the next day."""
        self.supplement = supplement
        self.drafted_by = by
        self.meet(t.SUPPLEMENT, on)
        if self.accepted_on is None:
            self.resume(t.CHECK, on)
        else:
            self.resume_review(on)

    @act(
        "逾期未补正退回", field="state", source=State.SUPPLEMENT, target=State.RETURNED,
        verb=Verb.CHECK, law="LR-9", not_by=[*NOT_REVIEWERS],
        conditions=[intake.supplement_term_has_run_out], papers=["legality_review.return_notice"],
    )  # fmt: skip
    def return_overdue(self, *, by: Any, on: date) -> None:
        """逾期未补正退回: the supplement did not come in time; a new submission is needed."""
        terms.miss(self, t.SUPPLEMENT, on)
        self.end_reason = f"未在规定期限内补正：{self.defects}"

    @act(
        "退回", field="state", source=State.SUBMITTED, target=State.RETURNED, verb=Verb.CHECK,
        law="LR-9", not_by=[*NOT_REVIEWERS], papers=["legality_review.return_notice"],
    )  # fmt: skip
    def return_matter(self, *, by: Any, on: date, reason: str) -> None:
        """退回: the matter goes back and ends; it comes again only as a new submission."""
        self.end_reason = reason

    @act(
        "认定不属于审查范围", field="state", source=State.SUBMITTED, target=State.NOT_IN_SCOPE,
        verb=Verb.CHECK, law="LR-2、LR-3", not_by=[*NOT_REVIEWERS],
        conditions=[intake.is_normative_or_doubtful], papers=["legality_review.recognition"],
    )  # fmt: skip
    def decline_scope(self, *, by: Any, on: date, reason: str) -> None:
        """认定不属于审查范围: recognise in writing that the text is no normative document."""
        self.end_reason = reason

    @act(
        "改按其他类型审查", field="state", source=State.SUBMITTED, target=None, verb=Verb.CHECK,
        law="LR-1、LR-2", not_by=[*NOT_REVIEWERS],
    )  # fmt: skip
    def reclassify(self, *, by: Any, on: date, matter: str, reason: str) -> None:
        """改按其他类型审查: no normative document, but a decision or contract to be reviewed."""
        refuse(*(["请选择与现在不同的类型。"] if matter == self.matter else []))
        self.recognition = reason
        self.matter = matter
