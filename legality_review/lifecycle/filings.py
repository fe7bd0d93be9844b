"""Tell how a published document is filed and what the county's review of the filing leads to.

LR-34 and LR-35: the issuer files within its term; the bureau registers the filing, asks for more,
declines it, or orders a correction. What is not corrected is proposed to the government to be
altered or annulled; the bureau itself annuls nothing.
"""

from datetime import date
from typing import Any

from django_fsm import GET_STATE

from legality_review.lifecycle.document_states import State
from legality_review.permissions import DocumentVerb as Verb
from legality_review.rules import filing as rules
from legality_review.rules.filing import Correction, Decision, Outcome
from workflows import terms
from workflows.acts import act
from workflows.flows import divert
from workflows.lifecycle import Case
from workflows.refusals import refuse

OPINION = "legality_review.filing_opinion"


class FilingActs(Case):
    """The acts of filing, of its review, and of correction."""

    class Meta:
        abstract = True

    @act(
        "报送备案", field="state", source=State.PUBLISHED, target=State.FILED, verb=Verb.FILE,
        law="LR-34", papers=["legality_review.filing_report"],
    )  # fmt: skip
    def file(
        self, *, by: Any, on: date, text: Any = None, note: Any = None, bases: Any = None,
        review_opinion: Any = None,
    ) -> None:  # fmt: skip
        """报送备案: report, text, note, bases and opinion go to the bodies that the law names."""
        found = {
            rules.TEXT: text, rules.NOTE: note, rules.BASES: bases, rules.OPINION: review_opinion,
        }  # fmt: skip
        self.take_materials(by, found)
        refuse(*rules.material_defects(self.present_materials()))
        self.meet(rules.FILING, on)
        self.open_filings(on)
        self.start(rules.FILING_REVIEW, on)

    @act(
        "予以备案登记", field="state", source=State.FILED, target=State.IN_FORCE,
        verb=Verb.CHECK_FILING, law="LR-35", papers=[OPINION],
    )  # fmt: skip
    def register_filing(self, *, by: Any, on: date, finding: str) -> None:
        """予以备案登记: the filing is registered; nothing is found against the document."""
        self.keep_outcome(by, on, Outcome.REGISTERED, finding)
        self.meet(rules.FILING_REVIEW, on)

    @act(
        "不予备案", field="state", source=State.FILED, target=State.IN_FORCE,
        verb=Verb.CHECK_FILING, law="LR-35、LR-2", papers=[OPINION],
    )  # fmt: skip
    def refuse_filing(self, *, by: Any, on: date, finding: str) -> None:
        """不予备案: what was filed is not for filing; its validity is not touched by that."""
        self.keep_outcome(by, on, Outcome.NOT_FOR_FILING, finding)
        self.meet(rules.FILING_REVIEW, on)

    @act(
        "要求补充备案材料", field="state", source=State.FILED, target=State.FILING_SUPPLEMENT,
        verb=Verb.CHECK_FILING, law="LR-35", papers=[OPINION],
    )  # fmt: skip
    def ask_filing_supplement(self, *, by: Any, on: date, finding: str) -> None:
        """要求补充备案材料: all that lacks is named at once; the review's clock stands still."""
        self.keep_outcome(by, on, Outcome.SUPPLEMENT, finding)
        self.pause_filing_review(on)
        self.start(rules.FILING_SUPPLEMENT, on)

    @act(
        "补充备案材料", field="state", source=State.FILING_SUPPLEMENT, target=State.FILED,
        verb=Verb.FILE, law="LR-35",
    )  # fmt: skip
    def supply_filing(self, *, by: Any, on: date, account: str, files: Any = ()) -> None:
        """补充备案材料: what lacked is handed in; the review's clock runs on."""
        self.take_supplement(by, on, account, files)
        self.meet(rules.FILING_SUPPLEMENT, on)
        self.resume_filing_review(on)

    @act(
        "限期纠正", field="state", source=State.FILED, target=State.CORRECTING,
        verb=Verb.CHECK_FILING, law="LR-35", papers=[OPINION],
    )  # fmt: skip
    def order_correction(self, *, by: Any, on: date, finding: str) -> None:
        """限期纠正: the document is unlawful or improper; its issuer corrects or repeals it."""
        self.keep_outcome(by, on, Outcome.CORRECT, finding)
        self.problems, self.correction, self.correction_account = finding, "", ""
        self.meet(rules.FILING_REVIEW, on)
        self.start(rules.CORRECTION, on)

    @act(
        "报告纠正情况", field="state", source=State.CORRECTING, target=State.CORRECTION_REPORTED,
        verb=Verb.FILE, law="LR-35",
    )  # fmt: skip
    def report_correction(
        self, *, by: Any, on: date, correction: str, account: str, text: Any = None
    ) -> None:
        """报告纠正情况: amended, repealed, or why the issuer does not correct."""
        refuse(*rules.correction_defects(correction, text is not None))
        self.correction, self.correction_account = correction, account
        self.correction_text = self.take_text(by, text)
        self.meet(rules.CORRECTION, on)

    @act(
        "确认已纠正", field="state", source=State.CORRECTION_REPORTED,
        target=GET_STATE(
            lambda case, **facts: (
                State.REPEALED if case.correction == Correction.REPEALED else State.IN_FORCE
            ),
            states=[State.IN_FORCE, State.REPEALED],
        ),
        verb=Verb.CHECK_FILING, law="LR-35", conditions=[rules.correction_was_made],
    )  # fmt: skip
    def accept_correction(self, *, by: Any, on: date, finding: str) -> None:
        """确认已纠正: the amended text is the document's now, or it is repealed."""
        if self.correction == Correction.REPEALED:
            self.finish_on(on, f"经备案审查自行废止：{self.correction_account}")
        else:
            self.text_file = self.correction_text
        self.keep_outcome(by, on, Outcome.REGISTERED, finding)

    @act(
        "认定未予纠正", field="state", source=State.CORRECTION_REPORTED, target=State.UNCORRECTED,
        verb=Verb.CHECK_FILING, law="LR-35",
    )  # fmt: skip
    def find_uncorrected(self, *, by: Any, on: date, finding: str) -> None:
        """认定未予纠正: what was reported does not cure the document."""
        self.uncorrected_because, self.checked_by = finding, by

    @act(
        "逾期未报告纠正", field="state", source=State.CORRECTING, target=State.UNCORRECTED,
        verb=Verb.CHECK_FILING, law="LR-35", conditions=[rules.correction_term_has_run_out],
    )  # fmt: skip
    def note_uncorrected(self, *, by: Any, on: date) -> None:
        """逾期未报告纠正: the term ran out without a report."""
        self.uncorrected_because, self.checked_by = "逾期未报告纠正情况。", by
        terms.miss(self, rules.CORRECTION, on)
        divert(self, "note_uncorrected", reason="逾期未报告纠正情况")

    @act(
        "提请改变或者撤销", field="state", source=State.UNCORRECTED,
        target=State.ALTERATION_PROPOSED, verb=Verb.DECIDE_FILING, law="LR-35",
        not_by=["checked_by"], papers=["legality_review.alteration_proposal"],
    )  # fmt: skip
    def propose_alteration(self, *, by: Any, on: date, grounds: str) -> None:
        """提请改变或者撤销: the bureau proposes, the government decides."""
        self.alteration_grounds, self.alteration_proposed_on = grounds, on

    @act(
        "不予提请", field="state", source=State.UNCORRECTED, target=State.IN_FORCE,
        verb=Verb.DECIDE_FILING, law="LR-35", not_by=["checked_by"],
    )  # fmt: skip
    def dismiss_alteration(self, *, by: Any, on: date, reason: str) -> None:
        """不予提请: the deputy does not follow; the document stays as it is."""
        self.alteration_grounds = reason

    @act(
        "登记政府决定", field="state", source=State.ALTERATION_PROPOSED,
        target=GET_STATE(
            lambda case, **facts: (
                State.ANNULLED if case.government_decision == Decision.ANNUL else State.IN_FORCE
            ),
            states=[State.IN_FORCE, State.ANNULLED],
        ),
        verb=Verb.CHECK_FILING, law="LR-35",
    )  # fmt: skip
    def record_decision(
        self, *, by: Any, on: date, decision: str, decision_number: str, text: Any = None
    ) -> None:
        """登记政府决定: annulled, altered, or left as it is."""
        refuse(*rules.decision_defects(decision, text is not None))
        self.government_decision, self.government_number = decision, decision_number
        if decision == Decision.ANNUL:
            self.finish_on(on, f"经政府决定撤销（{decision_number}）")
        elif decision == Decision.ALTER:
            self.text_file = self.take_text(by, text)
