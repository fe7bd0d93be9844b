"""Tell the legal life of an application for the title 枫桥式司法所 (FQ-19)."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django_fsm import GET_STATE, FSMField

from accreditation.lifecycle.objections import ObjectionActs
from accreditation.lifecycle.states import APPLICANT, CLOSED, OPEN, UNDECIDED, State
from accreditation.lifecycle.vetoes import VetoActs
from accreditation.permissions import ApplicationVerb as Verb
from accreditation.rules import applications as rules
from accreditation.rules import terms as t
from accreditation.rules.objections import has_no_confirmed_veto
from documents import numbers
from workflows import closing, tasks, terms
from workflows.acts import act
from workflows.door import open_follow_up
from workflows.lifecycle import Opening, Stage
from workflows.refusals import refuse
from workflows.replacing import replace_holder
from workflows.vocabulary import Operation


class ApplicationLifecycle(ObjectionActs, VetoActs):
    """The acts of an application, in the order of the procedure (FQ-3)."""

    State = State
    KIND = "application"
    SERIES = "accreditation.application"
    CLOSED = frozenset(CLOSED)
    VIEW_VERB = Verb.VIEW
    GROUPS = {"station_people": "申报单位人员"}
    OPENING = Opening("发起创建申报", Verb.OPEN, "FQ-2", (rules.has_no_open_application,))
    STAGES = (
        Stage("自评", frozenset({State.PLANNED, State.SELF_ASSESSING})),
        Stage("乡镇意见", frozenset({State.TOWNSHIP_OPINION})),
        Stage("形式审查", frozenset({State.APPLIED, State.SUPPLEMENT, State.DEFERRED})),
        Stage("县级评审", frozenset({State.COUNTY_CHECK, State.COUNTY_SCORED})),
        Stage("党组决定", frozenset({State.RECOMMENDED, State.NOT_RECOMMENDED})),
        Stage("县级公示", frozenset({State.COUNTY_PUBLICITY, State.OBJECTION})),
        Stage("市级验收", frozenset({State.CITY_REVIEW, State.RECTIFYING, State.FAILED})),
        Stage("市级公示", frozenset({State.ACCEPTED, State.PUBLICITY, State.CITY_OBJECTION})),
        Stage("命名", frozenset({State.NAMED})),
    )

    state = FSMField("状态", default=State.PLANNED, choices=State.choices, protected=True)

    class Meta:
        abstract = True

    def begin(self, *, by: Any, on: date, **facts: Any) -> None:
        """Take the standard and year; ask what the level of the standard decides (FQ-9, FQ-12)."""
        super().begin(by=by, on=on, **facts)
        self.lock_station()
        conditions = (
            rules.has_no_open_application,
            rules.standard_is_complete,
            rules.has_no_title,
            rules.has_waited_since_revocation,
        )
        verdicts = [condition(self, on) for condition in conditions]
        refuse(*[verdict.reason for verdict in verdicts if not verdict])

    @act(
        "开展自评", field=state, source=State.PLANNED, target=State.SELF_ASSESSING,
        verb=Verb.ASSESS, law="FQ-3", conditions=[rules.standard_is_complete],
    )  # fmt: skip
    def start_self_assessment(self, *, by: Any, on: date) -> None:
        """开展自评: freeze the standard and let the system propose points from the indicators."""
        self.standard.freeze()
        self.open_sheet()

    @act(
        "提交自评", field=state, source=State.SELF_ASSESSING,
        target=GET_STATE(
            lambda case, **facts: (
                State.APPLIED if case.resumes_directly else State.TOWNSHIP_OPINION
            ),
            states=[State.TOWNSHIP_OPINION, State.APPLIED],
        ),
        verb=Verb.ASSESS, law="FQ-3、FQ-5", papers=["accreditation.self_sheet"],
        conditions=[
            rules.has_assessed_every_item, rules.meets_entry_conditions, rules.declares_no_veto,
            rules.has_complete_materials,
        ],
    )  # fmt: skip
    def submit_self_assessment(self, *, by: Any, on: date, summary: str) -> None:
        """提交自评: close the station's sheet and ask the township for its opinion.

        Where the county returned it to come straight back (改后直达), the township's opinion
        stands and the application is with the county again.
        """
        self.summary = summary
        result = self.self_result()
        self.self_total, self.self_bonus = result.total, result.bonus
        if not self.resumes_directly:
            self.township_agrees = None

    @act(
        "出具乡镇（街道）意见", field=state, source=State.TOWNSHIP_OPINION, target=None,
        verb=Verb.OPINE, law="FQ-3、FQ-5", not_by=[*APPLICANT],
        conditions=[rules.awaits_township_opinion],
    )  # fmt: skip
    def give_township_opinion(self, *, by: Any, on: date, township_opinion: str) -> None:
        """出具乡镇（街道）意见: agree in writing that the station applies."""
        self.township_agrees = True
        self.township_opinion = township_opinion
        self.township_by, self.township_on = by, on

    @act(
        "退回司法所", field=state, source=State.TOWNSHIP_OPINION, target=State.SELF_ASSESSING,
        verb=Verb.OPINE, law="FQ-3", not_by=[*APPLICANT],
        conditions=[rules.awaits_township_opinion],
    )  # fmt: skip
    def return_to_station(self, *, by: Any, on: date, township_opinion: str) -> None:
        """退回司法所: the township does not agree yet and says why."""
        self.township_agrees = False
        self.township_opinion = township_opinion
        self.township_by, self.township_on = by, on

    @act(
        "申报", field=state, source=State.TOWNSHIP_OPINION, target=State.APPLIED,
        verb=Verb.APPLY, law="FQ-3、FQ-4、FQ-5", papers=["accreditation.application_form"],
        conditions=[
            rules.has_township_opinion, rules.meets_entry_conditions, rules.declares_no_veto,
            rules.has_complete_materials,
        ],
    )  # fmt: skip
    def apply(self, *, by: Any, on: date) -> None:
        """申报: hand the complete application to the county; the formal check begins."""
        self.applied_on = on
        self.start(t.FORMAL_CHECK, on)

    @act(
        "受理", field=state, source=State.APPLIED, target=State.COUNTY_CHECK, verb=Verb.CHECK,
        law="FQ-6", not_by=[*APPLICANT], conditions=[rules.has_complete_materials],
    )  # fmt: skip
    def accept(self, *, by: Any, on: date) -> None:
        """受理: the formal check is passed."""
        self.accepted_on = on
        self.meet(t.FORMAL_CHECK, on)

    @act(
        "退回申报", field=state, source=State.APPLIED, target=State.SELF_ASSESSING,
        verb=Verb.CHECK, law="FQ-3、FQ-5", not_by=[*APPLICANT], operation=Operation.SEND_BACK,
    )  # fmt: skip
    def return_for_rework(self, *, by: Any, on: date, direct: bool) -> None:
        """退回申报: the station assesses itself anew, and applies again or comes straight back.

        Applying again begins a new formal check; coming straight back gives the office no more
        time (operations.md 2.5).
        """
        self.resumes_directly = direct
        if not direct:
            terms.cancel(self, t.FORMAL_CHECK, on, reason="退回申报，重新申报后重新起算")

    @act(
        "一次性告知补正", field=state, source=State.APPLIED, target=State.SUPPLEMENT,
        verb=Verb.CHECK, law="FQ-5", not_by=[*APPLICANT],
        conditions=[rules.has_not_been_supplemented], papers=["accreditation.supplement_notice"],
    )  # fmt: skip
    def return_for_supplement(self, *, by: Any, on: date, defects: str) -> None:
        """一次性告知补正: name all defects at once; the clock of the formal check stands.

        A notice after the term is still given, for the station must know what lacks: the check is
        then noted as met late, nothing is stopped, and a new check begins with the supplement.
        """
        self.defects = defects
        self.supplement_asked_on = on
        if rules.is_within_formal_check(self, on):
            self.stop(t.FORMAL_CHECK, on, reason="告知补正，等待司法所补正", law="FQ-5")
        else:
            self.meet(t.FORMAL_CHECK, on)
        self.start(t.SUPPLEMENT, on)

    @act(
        "提交补正", field=state, source=State.SUPPLEMENT, target=State.APPLIED,
        verb=Verb.SUPPLEMENT, law="FQ-5",
        conditions=[rules.is_within_supplement_term, rules.has_complete_materials],
    )  # fmt: skip
    def submit_supplement(self, *, by: Any, on: date, supplement: str) -> None:
        """提交补正: hand in what was missing; the clock of the formal check runs on."""
        self.supplement = supplement
        self.meet(t.SUPPLEMENT, on)
        if terms.is_open(self, t.FORMAL_CHECK):
            self.resume(t.FORMAL_CHECK, on)
        else:
            self.start(t.FORMAL_CHECK, on)

    @act(
        "转入下一批次", field=state, source=[State.APPLIED, State.SUPPLEMENT],
        target=State.DEFERRED, verb=Verb.CHECK, law="FQ-5", not_by=[*APPLICANT],
        conditions=[rules.may_be_deferred],
    )  # fmt: skip
    def defer(self, *, by: Any, on: date) -> None:
        """转入下一批次: the supplement did not come in time or does not do."""
        if self.is_awaiting_supplement:
            terms.miss(self, t.SUPPLEMENT, on)
            self.end_reason = "补正逾期，转入下一批次"
        else:
            self.meet(t.FORMAL_CHECK, on)
            self.end_reason = "补正后仍不齐全，转入下一批次"

    @act(
        "指派评审员", field=state, source=State.COUNTY_CHECK, target=None, verb=Verb.APPOINT,
        law="FQ-6", not_by=[*APPLICANT], conditions=[rules.has_no_assessors],
    )  # fmt: skip
    def appoint_assessors(self, *, by: Any, on: date, assessors: Iterable[Any]) -> None:
        """指派评审员: two or three people who do not belong to the station."""
        people = list(assessors)
        number = rules.number_of_assessors_fits(len(people), on)
        refuse(
            *([] if number else [number.reason]),
            *rules.assessor_defects(people, self.unit, self.attached_people()),
            *self.unfit_assessors(people, on),
        )
        self.assessors.set(people)
        self.start(t.ON_SITE, on)

    @act(
        "更换评审员", field=state, source=State.COUNTY_CHECK, target=None, verb=Verb.APPOINT,
        law="FQ-6", not_by=[*APPLICANT],
        conditions=[rules.has_assessors, rules.is_awaiting_a_sheet],
    )  # fmt: skip
    def replace_assessor(
        self, *, by: Any, on: date, leaving: Any, successor: Any, reason: str
    ) -> None:
        """更换评审员: another takes the place of one who cannot score; who scored stays."""
        refuse(
            *rules.replacement_defects(self, leaving, successor, reason),
            *rules.assessor_defects([successor], self.unit, self.attached_people()),
            *self.unfit_assessors([successor], on),
        )
        self.keep_replacement(on, leaving, successor, reason)
        replace_holder(self, "score", leaving=leaving, successor=successor, reason=reason)

    @act(
        "提交现场评分", field=state, source=State.COUNTY_CHECK, target=None, verb=Verb.SCORE,
        law="FQ-6、FQ-14", reserved=True, not_by=[*APPLICANT], conditions=[rules.has_assessors],
    )  # fmt: skip
    def submit_sheet(
        self, *, by: Any, on: date, observations: Mapping[int, Decimal],
        remarks: Mapping[int, str], vetoes: Mapping[int, str], note: str = "",
    ) -> None:  # fmt: skip
        """提交现场评分: one assessor's own sheet, which the others cannot see before theirs."""
        refuse(*self.sheet_defects(by))
        self.keep_sheet(by, observations, remarks, vetoes, note)
        if not self.assessors_without_sheet():
            self.meet(t.ON_SITE, on)

    @act(
        "确认县级得分", field=state, source=State.COUNTY_CHECK, target=State.COUNTY_SCORED,
        verb=Verb.CONFIRM, law="FQ-6、FQ-17", not_by=[*APPLICANT, "assessors"],
        conditions=[rules.has_all_sheets], papers=["accreditation.on_site_sheet"],
    )  # fmt: skip
    def confirm_county_score(
        self, *, by: Any, on: date, settled: Mapping[int, tuple[Decimal, str]],
        vetoes: Iterable[int] = (),
    ) -> None:  # fmt: skip
        """确认县级得分: settle every difference with a reason and confirm or drop vetoes."""
        refuse(*rules.settlement_defects(self.deviations(), settled))
        self.keep_county_score(settled, set(vetoes))
        result = self.county_result()
        self.county_total, self.county_bonus = result.total, result.bonus
        self.confirmed_by, self.confirmed_on = by, on

    @act(
        "退回县级评分", field=state, source=State.COUNTY_SCORED, target=State.COUNTY_CHECK,
        verb=Verb.DECIDE, law="FQ-6", not_by=[*APPLICANT], operation=Operation.SEND_BACK,
    )  # fmt: skip
    def return_county_score(self, *, by: Any, on: date, direct: bool) -> None:
        """退回县级评分: the party group asks for the county's score to be confirmed anew."""

    @act(
        "推荐", field=state, source=State.COUNTY_SCORED, target=State.RECOMMENDED,
        verb=Verb.DECIDE, law="FQ-6、FQ-15、FQ-17",
        not_by=[*APPLICANT, "assessors", "confirmed_by"],
        conditions=[rules.county_score_passes], papers=["accreditation.county_opinion"],
        signed=True,
    )  # fmt: skip
    def recommend(self, *, by: Any, on: date, meeting: str, decision: str) -> None:
        """推荐: the party group decides to recommend the station to the city."""
        self.meeting, self.decision, self.decided_on = meeting, decision, on

    @act(
        "不予推荐", field=state, source=State.COUNTY_SCORED, target=State.NOT_RECOMMENDED,
        verb=Verb.DECIDE, law="FQ-6、FQ-17", not_by=[*APPLICANT, "assessors", "confirmed_by"],
        papers=["accreditation.county_opinion"],
        signed=True,
    )  # fmt: skip
    def decline_recommendation(self, *, by: Any, on: date, meeting: str, decision: str) -> None:
        """不予推荐: the party group decides not to recommend, with reasons."""
        self.meeting, self.decision, self.decided_on = meeting, decision, on
        self.end_reason = "党组研究决定不予推荐"

    @act(
        "发布县级公示", field=state, source=State.RECOMMENDED, target=State.COUNTY_PUBLICITY,
        verb=Verb.PUBLISH, law="FQ-8", not_by=[*APPLICANT],
        papers=["accreditation.publicity_notice"],
        conditions=[has_no_confirmed_veto],
    )  # fmt: skip
    def publish_county(self, *, by: Any, on: date, place: str) -> None:
        """发布县级公示: publish the recommendation; reporting waits until the floor has run."""
        self.publicity_level, self.publicity_place, self.published_on = "county", place, on
        self.start(t.COUNTY_PUBLICITY, on)

    @act(
        "上报市局", field=state, source=State.COUNTY_PUBLICITY, target=State.CITY_REVIEW,
        verb=Verb.PUBLISH, law="FQ-3、FQ-8", not_by=[*APPLICANT],
        conditions=[rules.county_publicity_has_run, has_no_confirmed_veto],
    )  # fmt: skip
    def report_to_city(self, *, by: Any, on: date) -> None:
        """上报市局: the county publicity has run without an objection that stands."""
        self.meet(t.COUNTY_PUBLICITY, on)
        self.reported_on, self.round = on, 1
        self.start(t.CITY_REVIEW, on)

    @act(
        "提出验收意见", field=state, source=State.CITY_REVIEW, target=None, verb=Verb.INSPECT,
        law="FQ-7", not_by=[*APPLICANT], conditions=[rules.has_no_inspection],
    )  # fmt: skip
    def propose_acceptance(self, *, by: Any, on: date, **findings: Any) -> None:
        """提出验收意见: file review, on-site visit and satisfaction, with a proposal."""
        self.keep_inspection(by, on, findings)
        self.inspected_by = by
        self.meet(t.CITY_REVIEW, on)
        self.start(t.FEEDBACK, on)

    @act(
        "验收合格", field=state, source=State.CITY_REVIEW, target=State.ACCEPTED,
        verb=Verb.ACCEPT, law="FQ-7", not_by=[*APPLICANT, "inspected_by"],
        conditions=[
            rules.has_inspection, rules.satisfies_those_served, has_no_confirmed_veto
        ],
    )  # fmt: skip
    def pass_acceptance(self, *, by: Any, on: date) -> None:
        """验收合格: the city decides that the station passes."""
        self.meet(t.FEEDBACK, on)
        self.city_accepted_on = on

    @act(
        "限期整改", field=state, source=State.CITY_REVIEW, target=State.RECTIFYING,
        verb=Verb.ACCEPT, law="FQ-7", not_by=[*APPLICANT, "inspected_by"],
        conditions=[rules.has_inspection, rules.is_first_round, has_no_confirmed_veto],
        papers=["accreditation.rectification_notice"],
    )  # fmt: skip
    def pass_conditionally(self, *, by: Any, on: date, requirements: str) -> None:
        """限期整改: conditional pass; rectify in time, then one re-visit."""
        self.meet(t.FEEDBACK, on)
        self.requirements = requirements
        self.start(t.RECTIFICATION, on)

    @act(
        "验收不合格", field=state, source=State.CITY_REVIEW, target=State.FAILED,
        verb=Verb.ACCEPT, law="FQ-7", not_by=[*APPLICANT, "inspected_by"],
        conditions=[rules.has_inspection], papers=["accreditation.failure_notice"],
    )  # fmt: skip
    def fail_acceptance(self, *, by: Any, on: date, reasons: str) -> None:
        """验收不合格: the city decides that the station fails, with reasons."""
        self.meet(t.FEEDBACK, on)
        self.end_reason = reasons

    @act(
        "报送整改", field=state, source=State.RECTIFYING, target=State.CITY_REVIEW,
        verb=Verb.RECTIFY, law="FQ-7", conditions=[rules.is_within_rectification_term],
    )  # fmt: skip
    def submit_rectification(self, *, by: Any, on: date, rectification: str) -> None:
        """报送整改: report what was rectified; the one re-visit follows."""
        self.rectification = rectification
        self.round = 2
        self.meet(t.RECTIFICATION, on)
        self.start(t.CITY_REVIEW, on)

    @act(
        "逾期未整改不合格", field=state, source=State.RECTIFYING, target=State.FAILED,
        verb=Verb.ACCEPT, law="FQ-7", not_by=[*APPLICANT, "inspected_by"],
        conditions=[rules.rectification_term_has_run_out],
        papers=["accreditation.failure_notice"],
    )  # fmt: skip
    def fail_overdue(self, *, by: Any, on: date) -> None:
        """逾期未整改不合格: the time for rectification ran out unused."""
        terms.miss(self, t.RECTIFICATION, on)
        self.end_reason = "整改期限届满未报送整改情况"

    @act(
        "发布市级公示", field=state, source=State.ACCEPTED, target=State.PUBLICITY,
        verb=Verb.PUBLISH_CITY, law="FQ-8", not_by=[*APPLICANT],
        papers=["accreditation.publicity_notice"],
        conditions=[has_no_confirmed_veto],
    )  # fmt: skip
    def publish_city(self, *, by: Any, on: date, place: str) -> None:
        """发布市级公示: publish the list to be named; naming waits until the floor has run."""
        self.publicity_level, self.publicity_place, self.published_on = "city", place, on
        self.start(t.CITY_PUBLICITY, on)

    @act(
        "命名", field=state, source=State.PUBLICITY, target=State.NAMED, verb=Verb.NAME,
        law="FQ-8、FQ-9、FQ-10", not_by=[*APPLICANT, "inspected_by"],
        conditions=[
            rules.city_publicity_has_run, has_no_confirmed_veto, rules.has_lower_title
        ],
        papers=["accreditation.naming_document", "accreditation.plaque_certificate"],
        signed=True,
    )  # fmt: skip
    def name_station(self, *, by: Any, on: date) -> None:
        """命名: confer the title with document and plaque, and enter it in the register."""
        self.meet(t.CITY_PUBLICITY, on)
        self.named_on = on
        self.plaque_number = numbers.allocate("accreditation.plaque", on.year, self, on).text
        title = open_follow_up(
            self, "accreditation.Title", by=by, on=on, meaning="命名产生称号",
            title=f"{self.unit}“枫桥式司法所”（{self.level_label}）", level=self.level,
            batch_year=self.batch_year, plaque_number=self.plaque_number, standard=self.standard,
            application=self,
        )  # fmt: skip
        title.start(t.YEARLY_RECHECK, on)
        title.save()
        tasks.refresh_due_dates(title)

    @act(
        "撤回申报", field=state, source=list(UNDECIDED), target=State.WITHDRAWN,
        verb=Verb.WITHDRAW, law="FQ-19",
    )  # fmt: skip
    def withdraw(self, *, by: Any, on: date, reason: str) -> None:
        """撤回申报: the station takes its application back before the party group decides."""
        self.end_reason = reason

    terminate = closing.termination(state, OPEN, State.TERMINATED, law="FQ-19")
    void = closing.voiding(state, OPEN, State.VOIDED, law="FQ-19")
    reopen = closing.reopening(state, State.TERMINATED, OPEN, law="FQ-19")
