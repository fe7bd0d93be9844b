"""Tell how a document in force is evaluated, renewed, amended, repealed, or lapses (LR-32).

Nothing prolongs a validity but a new registration, a new number and a new publication; an
extension by notice is no act. What is not renewed lapses by itself, whatever state it is in.
"""

from datetime import date
from typing import Any

from legality_review.lifecycle.document_states import OPEN, REPEALABLE, State
from legality_review.permissions import DocumentVerb as Verb
from legality_review.rules import evaluation, validity
from workflows import terms
from workflows.acts import act
from workflows.flows import divert
from workflows.lifecycle import Case
from workflows.refusals import refuse

REPEAL_NOTICE = "legality_review.repeal_notice"


class LifeActs(Case):
    """The acts of a document in force, up to its end."""

    class Meta:
        abstract = True

    @act(
        "期满前评估", field="state", source=State.IN_FORCE, target=State.EVALUATING,
        verb=Verb.EVALUATE, law="LR-32", conditions=[validity.is_within_evaluation_period],
        by_itself=True,
    )  # fmt: skip
    def open_evaluation(self, *, by: Any, on: date) -> None:
        """期满前评估: six months before expiry the evaluation opens by itself."""
        self.begin_evaluation(on, "有效期届满前评估")
        divert(self, "open_evaluation", reason="有效期届满前评估")

    @act(
        "提前评估", field="state", source=State.IN_FORCE, target=State.EVALUATING,
        verb=Verb.EVALUATE, law="LR-32", conditions=[validity.has_taken_effect],
    )  # fmt: skip
    def start_evaluation(self, *, by: Any, on: date, occasion: str) -> None:
        """提前评估: a change of law or of facts asks for an evaluation before its day."""
        self.begin_evaluation(on, occasion)
        divert(self, "start_evaluation", reason="提前评估")

    @act(
        "提出评估意见", field="state", source=State.EVALUATING, target=State.EVALUATED,
        verb=Verb.EVALUATE, law="LR-32", papers=["legality_review.evaluation_report"],
    )  # fmt: skip
    def evaluate(
        self, *, by: Any, on: date, lawfulness: str, effect: str, opinions: str, proposal: str
    ) -> None:
        """提出评估意见: lawfulness, effect, what was heard, and what is proposed."""
        refuse(*evaluation.report_defects(lawfulness, effect, opinions, proposal))
        self.keep_evaluation(
            by, on, lawfulness=lawfulness, effect=effect, opinions=opinions, proposal=proposal
        )
        self.evaluated_by = by

    @act(
        "延续", field="state", source=State.EVALUATED, target=State.REGISTERING, verb=Verb.DECIDE,
        law="LR-32", not_by=["evaluated_by"], conditions=[validity.has_not_expired],
    )  # fmt: skip
    def renew(self, *, by: Any, on: date, reason: str, validity_years: int) -> None:
        """延续: register, number and publish anew; the term runs anew from publication."""
        refuse(*validity.years_defects(self.title, validity_years, self.is_trial, on))
        self.decide_evaluation(by, on, evaluation.Proposal.CONTINUE, reason)
        self.validity_years = validity_years

    @act(
        "评估后修改", field="state", source=State.EVALUATED, target=State.AMENDING,
        verb=Verb.DECIDE, law="LR-32", not_by=["evaluated_by"],
    )  # fmt: skip
    def decide_amendment(self, *, by: Any, on: date, reason: str) -> None:
        """评估后修改: a new text goes to review; this one ends when that one replaces it."""
        self.decide_evaluation(by, on, evaluation.Proposal.AMEND, reason)

    @act(
        "评估后废止", field="state", source=State.EVALUATED, target=State.REPEALED,
        verb=Verb.DECIDE, law="LR-32", not_by=["evaluated_by"], papers=[REPEAL_NOTICE],
    )  # fmt: skip
    def decide_repeal(self, *, by: Any, on: date, reason: str) -> None:
        """评估后废止: the document is repealed before its validity ends."""
        self.decide_evaluation(by, on, evaluation.Proposal.REPEAL, reason)
        self.finish_on(on, reason)

    @act(
        "到期不再延续", field="state", source=State.EVALUATED, target=State.IN_FORCE,
        verb=Verb.DECIDE, law="LR-32", not_by=["evaluated_by"],
    )  # fmt: skip
    def let_lapse(self, *, by: Any, on: date, reason: str) -> None:
        """到期不再延续: it stays valid to its last day and then lapses by itself."""
        self.decide_evaluation(by, on, evaluation.Proposal.LAPSE, reason)

    @act(
        "启动修改", field="state", source=State.IN_FORCE, target=State.AMENDING, verb=Verb.DECIDE,
        law="LR-32",
    )  # fmt: skip
    def amend(self, *, by: Any, on: date, reason: str) -> None:
        """启动修改: a new text goes to review; this one is valid until it is replaced."""
        divert(self, "amend", reason=f"启动修改：{reason}")

    @act(
        "停止修改", field="state", source=State.AMENDING, target=State.IN_FORCE, verb=Verb.DECIDE,
        law="LR-32",
    )  # fmt: skip
    def stop_amending(self, *, by: Any, on: date, reason: str) -> None:
        """停止修改: no new text comes; this one goes on to the end of its validity."""
        divert(self, "stop_amending", reason=f"停止修改：{reason}")

    @act(
        "登记替代文件", field="state", source=State.AMENDING, target=State.REPLACED,
        verb=Verb.REGISTER, law="LR-32", conditions=[evaluation.has_successor],
    )  # fmt: skip
    def replace_by(self, *, by: Any, on: date, successor: Any) -> None:
        """登记替代文件: a published document takes its place; this one ends with its effect."""
        refuse(*evaluation.successor_defects(self, successor))
        self.link_successor(successor)
        self.finish_on(max(on, successor.effective_on), f"被《{successor.title}》替代")

    @act(
        "废止", field="state", source=REPEALABLE, target=State.REPEALED, verb=Verb.DECIDE,
        law="LR-32", papers=[REPEAL_NOTICE],
    )  # fmt: skip
    def repeal(self, *, by: Any, on: date, reason: str) -> None:
        """废止: the issuer repeals the document while its validity runs."""
        self.finish_on(on, reason)

    @act(
        "失效", field="state", source=OPEN, target=State.LAPSED, verb=Verb.DECIDE, law="LR-32",
        conditions=[validity.has_expired], papers=["legality_review.lapse_notice"], by_itself=True,
    )  # fmt: skip
    def lapse(self, *, by: Any, on: date) -> None:
        """失效: the validity is over; nobody decides it and nobody prolongs it."""
        self.end_reason = "有效期届满，自动失效"
        terms.meet(self, validity.VALIDITY, self.expires_on)
