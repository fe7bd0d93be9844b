"""Tell the legal life of an adopted normative document: registered, published, then in force.

LR-30 to LR-37. Filing and its review stand in `filings`, evaluation and the end in `evaluations`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django_fsm import FSMField

from legality_review.lifecycle.document_states import CLOSED, OPEN, UNPUBLISHED, State
from legality_review.lifecycle.evaluations import LifeActs
from legality_review.lifecycle.filings import FilingActs
from legality_review.permissions import DocumentVerb as Verb
from legality_review.rules import publication, registration, validity
from workflows import closing
from workflows.acts import act
from workflows.lifecycle import Opening, Stage
from workflows.refusals import refuse


class NormativeDocumentLifecycle(FilingActs, LifeActs):
    """The acts of a normative document (规范性文件)."""

    State = State
    KIND = "normative-document"
    SERIES = "legality_review.normative_document"
    CLOSED = frozenset(CLOSED)
    VIEW_VERB = Verb.VIEW
    OPENING = Opening("列入规范性文件名册", Verb.OPEN, "LR-30")
    STAGES = (
        Stage("登记编号", frozenset({State.REGISTERING})),
        Stage("公布", frozenset({State.REGISTERED})),
        Stage("报送备案", frozenset({State.PUBLISHED})),
        Stage("备案审查", frozenset({State.FILED, State.FILING_SUPPLEMENT})),
        Stage(
            "纠正",
            frozenset(
                {
                    State.CORRECTING,
                    State.CORRECTION_REPORTED,
                    State.UNCORRECTED,
                    State.ALTERATION_PROPOSED,
                }
            ),
        ),
        Stage("有效期内", frozenset({State.IN_FORCE})),
        Stage("评估和修改", frozenset({State.EVALUATING, State.EVALUATED, State.AMENDING})),
        Stage("终止效力", frozenset(CLOSED)),
    )

    state = FSMField("状态", default=State.REGISTERING, choices=State.choices, protected=True)

    class Meta:
        abstract = True

    def begin(
        self, *, by: Any, on: date, issuer_unit: Any, issuer_type: str, adopted_on: date | None,
        validity_years: int | None, is_trial: bool = False, text_file: Any = None,
        opinion_number: str = "", is_from_before: bool = False, review: Any = None,
    ) -> None:  # fmt: skip
        """Take in an adopted text with its legality opinion, or what existed before the system."""
        refuse(*registration.origin_defects(opinion_number, is_from_before))
        super().begin(
            by=by, on=on, issuer_unit=issuer_unit, issuer_type=issuer_type, adopted_on=adopted_on,
            validity_years=validity_years, is_trial=is_trial, text_file=text_file,
            opinion_number=opinion_number, is_from_before=is_from_before, review=review,
        )  # fmt: skip

    @classmethod
    def falling_due(cls, today: date) -> Iterator[tuple[Any, str]]:
        """Yield what lapses and what comes to its evaluation by that day (LR-32)."""
        standing = cls._default_manager.filter(closed_on=None)
        for case in standing.filter(expires_on__lt=today):
            yield case, "lapse"
        near = standing.filter(
            state=State.IN_FORCE, evaluation_on__lte=today, expires_on__gte=today
        )
        for case in near:
            if not case.is_evaluated:
                yield case, "open_evaluation"

    @act(
        "登记编号", field=state, source=State.REGISTERING, target=State.REGISTERED,
        verb=Verb.REGISTER, law="LR-30、LR-31",
        conditions=[registration.may_issue, registration.is_new, validity.has_not_expired],
        papers=["legality_review.registration_sheet"],
    )  # fmt: skip
    def register(
        self, *, by: Any, on: date, document_number: str, printed_on: date, validity_years: int,
        interpretation: str = "",
    ) -> None:  # fmt: skip
        """登记编号: register, number and print centrally (三统一); the validity is stated."""
        refuse(
            *registration.registration_defects(document_number, printed_on, self.adopted_on, on),
            *self.number_defects(document_number),
            *validity.years_defects(self.title, validity_years, self.is_trial, on),
        )
        self.validity_years, self.printed_on = validity_years, printed_on
        self.interpretation = interpretation or self.interpretation
        self.take_number(by, on, document_number)

    @act(
        "公布", field=state, source=State.REGISTERED, target=State.PUBLISHED, verb=Verb.PUBLISH,
        law="LR-30、LR-33",
        conditions=[registration.is_registered, validity.has_not_expired],
    )  # fmt: skip
    def publish(
        self, *, by: Any, on: date, media: Sequence[str], place: str,
        published_on: date | None = None, effective_on: date | None = None,
        early_reason: str = "", favours_persons: bool = False,
    ) -> None:  # fmt: skip
        """公布: to the public, not as an internal paper; filing term and validity start."""
        day = published_on or on
        refuse(*publication.publication_defects(self, day, on, media))
        if not self.is_renewal:
            refuse(
                *publication.effect_defects(
                    day, effective_on, early_reason=early_reason, favours_persons=favours_persons
                )
            )
            self.effective_on, self.early_reason = effective_on, early_reason
            self.favours_persons = favours_persons
        self.published_on, self.media, self.publication_place = day, list(media), place
        self.start_validity(day)
        self.start(publication.FILING, day)

    @act(
        "补录登记", field=state, source=State.REGISTERING, target=State.IN_FORCE, verb=Verb.OPEN,
        law="LR-30、LR-36", conditions=[registration.is_from_before],
    )  # fmt: skip
    def enter_existing(
        self, *, by: Any, on: date, registration_number: str, document_number: str,
        published_on: date, effective_on: date, validity_years: int,
    ) -> None:  # fmt: skip
        """补录登记: what existed before the system comes into the register as it stands."""
        refuse(
            *publication.known_defects(published_on, effective_on, on),
            *self.number_defects(document_number, registration_number),
        )
        self.validity_years = validity_years
        self.published_on, self.effective_on = published_on, effective_on
        self.take_known_number(by, published_on, registration_number, document_number)
        self.start_validity(published_on)

    terminate = closing.termination(
        state, UNPUBLISHED, State.TERMINATED, law="LR-30",
        conditions=[publication.has_never_been_published],
    )  # fmt: skip
    void = closing.voiding(
        state, OPEN, State.VOIDED, law="LR-30", conditions=[publication.is_no_act_of_the_issuer]
    )
    reopen = closing.reopening(state, State.TERMINATED, UNPUBLISHED, law="LR-30")
