"""Tell how a text is examined and concluded (LR-10 to LR-14, LR-18 to LR-20, LR-26, LR-27)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from legality_review.lifecycle.states import DRAFTERS, IN_REVIEW, NOT_REVIEWERS, State
from legality_review.permissions import ReviewVerb as Verb
from legality_review.rules import findings, procedure, routing
from legality_review.rules import terms as t
from legality_review.rules.matters import Conclusion
from workflows import terms
from workflows.acts import act
from workflows.lifecycle import Case
from workflows.vocabulary import Operation

READY_TO_CONCLUDE = (
    findings.has_finding_on_every_item,
    procedure.has_no_open_inquiry,
    procedure.has_counsel_opinion,
    routing.is_final_here,
)
"""What must hold before any opinion is given."""


class ReviewingActs(Case):
    """The acts of the reviewers, at the station and at the county."""

    class Meta:
        abstract = True

    @act(
        "更正送审事项属性", field="state", source=[State.SUBMITTED, *IN_REVIEW], target=None,
        verb=Verb.CHECK, law="LR-10、LR-12", not_by=[*NOT_REVIEWERS],
    )  # fmt: skip
    def correct_facts(self, *, by: Any, on: date, facts: Mapping[str, Any]) -> None:
        """更正送审事项属性: what the drafter told of the matter does not fit."""
        self.correct(facts)

    @act(
        "完成审查", field="state", source=list(IN_REVIEW), target=None, verb=Verb.EXAMINE,
        law="LR-18", not_by=[*NOT_REVIEWERS], conditions=[findings.has_finding_on_every_item],
    )  # fmt: skip
    def complete_examination(self, *, by: Any, on: date) -> None:
        """完成审查: every item has a finding, while counsel writes his opinion beside."""

    @act(
        "出具法律顾问意见", field="state", source=list(IN_REVIEW), target=None, verb=Verb.ADVISE,
        law="LR-14（国令第713号第二十八条）", not_by=[*DRAFTERS],
    )  # fmt: skip
    def give_counsel_opinion(self, *, by: Any, on: date, counsel_opinion: str) -> None:
        """出具法律顾问意见: counsel or a government lawyer gives his opinion in writing."""
        self.keep_counsel_opinion(by, on, counsel_opinion)

    @act(
        "收回法律顾问意见", field="state", source=list(IN_REVIEW), target=None, verb=Verb.ADVISE,
        law="LR-14", operation=Operation.TAKE_BACK,
    )  # fmt: skip
    def take_back_counsel_opinion(self, *, by: Any, on: date, done_by: Any) -> None:
        """收回法律顾问意见: counsel gives his opinion anew; the former one counts no more."""
        self.withdraw_counsel_opinion(done_by)

    @act(
        "启动专家论证（听证、调查）", field="state", source=list(IN_REVIEW), target=None,
        verb=Verb.CHECK, law="LR-27", not_by=[*NOT_REVIEWERS],
        conditions=[procedure.has_no_open_inquiry],
    )  # fmt: skip
    def begin_inquiry(self, *, by: Any, on: date, notice: str, is_excluded: bool = False) -> None:
        """启动专家论证（听证、调查）: its time is not counted only if the notice says so."""
        self.inquiry_since, self.inquiry_notice, self.inquiry_result = on, notice, ""
        self.is_inquiry_excluded = is_excluded
        if is_excluded:
            self.stop_review(on, reason=notice)

    @act(
        "结束专家论证（听证、调查）", field="state", source=list(IN_REVIEW), target=None,
        verb=Verb.CHECK, law="LR-27", not_by=[*NOT_REVIEWERS],
        conditions=[procedure.has_open_inquiry],
    )  # fmt: skip
    def end_inquiry(self, *, by: Any, on: date, result: str) -> None:
        """结束专家论证（听证、调查）: note its result; the clock runs on."""
        self.inquiry_result, self.inquiry_since = result, None
        if self.is_inquiry_excluded:
            self.resume_review(on)

    @act(
        "延长审查期限", field="state", source=list(IN_REVIEW), target=None, verb=Verb.EXTEND,
        law="LR-26", not_by=[*DRAFTERS],
    )  # fmt: skip
    def extend_review(self, *, by: Any, on: date, reason: str) -> None:
        """延长审查期限: the leader lets the review take longer, once, before it has run out."""
        terms.extend(
            self, t.REVIEW[self.matter], t.EXTENSION, on, reason=reason, by=by, law="LR-26"
        )

    @act(
        "提请县级复审", field="state", source=State.STATION_REVIEW, target=State.COUNTY_REVIEW,
        verb=Verb.ESCALATE, law="LR-12", not_by=[*NOT_REVIEWERS],
        conditions=[findings.has_finding_on_every_item, procedure.has_no_open_inquiry],
        papers=["legality_review.first_opinion"],
    )  # fmt: skip
    def escalate(self, *, by: Any, on: date, first_opinion: str) -> None:
        """提请县级复审: a difficult or major matter goes up with the first opinion."""
        found = routing.grounds(self, on)
        self.escalation_grounds = "、".join(found) or "疑难、重大或者跨领域事项"
        self.first_opinion, self.first_reviewer = first_opinion, by
        self.is_at_county = True

    @act(
        "出具“合法”意见", field="state", source=list(IN_REVIEW), target=State.READY,
        verb=Verb.CONCLUDE, law="LR-20", not_by=[*NOT_REVIEWERS], signed=True,
        conditions=[
            *READY_TO_CONCLUDE, findings.procedure_comes_first, findings.finds_nothing_unlawful,
            findings.finds_nothing_to_amend,
        ],
        papers=["legality_review.opinion_lawful"],
    )  # fmt: skip
    def find_lawful(self, *, by: Any, on: date, reasoning: str) -> None:
        """出具“合法”意见: nothing stands against the text; it may go to the meeting."""
        self.conclude(Conclusion.LAWFUL, by, on, reasoning)
        self.accept_text()

    @act(
        "出具“应当予以修改”意见", field="state", source=list(IN_REVIEW), target=State.REVISING,
        verb=Verb.CONCLUDE, law="LR-20", not_by=[*NOT_REVIEWERS], signed=True,
        conditions=[
            *READY_TO_CONCLUDE, findings.procedure_comes_first, findings.finds_nothing_unlawful,
            findings.finds_something_to_amend,
        ],
        papers=["legality_review.opinion_amend"],
    )  # fmt: skip
    def find_needing_amendment(self, *, by: Any, on: date, reasoning: str) -> None:
        """出具“应当予以修改”意见: single clauses must be changed, and the opinion says how."""
        self.conclude(Conclusion.NEEDS_AMENDMENT, by, on, reasoning)
        self.start(t.REVISION, on)

    @act(
        "出具“不合法”意见", field="state", source=list(IN_REVIEW), target=State.UNLAWFUL,
        verb=Verb.CONCLUDE, law="LR-17、LR-20", not_by=[*NOT_REVIEWERS], signed=True,
        conditions=[
            *READY_TO_CONCLUDE, findings.procedure_comes_first, findings.finds_something_unlawful,
        ],
        papers=["legality_review.opinion_unlawful"],
    )  # fmt: skip
    def find_unlawful(self, *, by: Any, on: date, reasoning: str) -> None:
        """出具“不合法”意见: no power, or the main content unlawful; advise not to issue it."""
        self.conclude(Conclusion.UNLAWFUL, by, on, reasoning)

    @act(
        "退回补正程序", field="state", source=list(IN_REVIEW), target=State.DRAFT,
        verb=Verb.CONCLUDE, law="LR-10、LR-20", not_by=[*NOT_REVIEWERS], signed=True,
        conditions=[
            findings.has_finding_on_every_item, procedure.has_no_open_inquiry,
            procedure.has_procedural_defect, routing.is_final_here,
        ],
        papers=["legality_review.opinion_procedure"],
    )  # fmt: skip
    def return_for_procedure(self, *, by: Any, on: date, reasoning: str) -> None:
        """退回补正程序: a compulsory step lacks; the drafter makes it up and hands in anew."""
        self.conclude(Conclusion.RETURN_FOR_PROCEDURE, by, on, reasoning)
        self.reopen_procedure()

    @act(
        "确认已按意见修改", field="state", source=State.CONFIRMING, target=State.READY,
        verb=Verb.CONCLUDE, law="LR-21、LR-22", not_by=[*NOT_REVIEWERS],
    )  # fmt: skip
    def confirm_revision(self, *, by: Any, on: date) -> None:
        """确认已按意见修改: the text was changed as advised; this is now the reviewed text."""
        self.meet(t.CONFIRMATION, on)
        self.accept_text()

    @act(
        "退回重新修改", field="state", source=State.CONFIRMING, target=State.REVISING,
        verb=Verb.CONCLUDE, law="LR-21", not_by=[*NOT_REVIEWERS],
    )  # fmt: skip
    def reject_revision(self, *, by: Any, on: date, reason: str) -> None:
        """退回重新修改: the text was not changed as the answers say."""
        self.meet(t.CONFIRMATION, on)
        self.revision_remark = reason
        self.start(t.REVISION, on)

    @act(
        "改动超出意见，重新审查", field="state", source=State.CONFIRMING, target=State.SUBMITTED,
        verb=Verb.CONCLUDE, law="LR-22", not_by=[*NOT_REVIEWERS],
    )  # fmt: skip
    def review_anew(self, *, by: Any, on: date, reason: str) -> None:
        """改动超出意见，重新审查: changed beyond the advice; it is reviewed as a new text."""
        self.meet(t.CONFIRMATION, on)
        self.revision_remark = reason
        self.take_revision_as_draft()
        self.open_round(on)
        self.start(t.CHECK, on)
