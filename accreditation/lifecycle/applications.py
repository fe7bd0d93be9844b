"""Tell the legal life of an application for the title 枫桥式司法所 (FQ-19)."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django_fsm import GET_STATE, FSMField

from accreditation.permissions import ApplicationVerb as Verb
from accreditation.rules import applications as rules
from accreditation.rules import terms as t
from documents import numbers
from workflows import tasks, terms
from workflows.acts import act
from workflows.door import open_follow_up
from workflows.lifecycle import Case, Opening, Stage
from workflows.refusals import RefusedByLaw


class State(models.TextChoices):
    """States of an application (FQ-19)."""

    PLANNED = "planned", "已列入计划"
    SELF_ASSESSING = "self_assessing", "自评中"
    TOWNSHIP_OPINION = "township_opinion", "征求乡镇（街道）意见"
    APPLIED = "applied", "已申报"
    SUPPLEMENT = "supplement", "补正中"
    COUNTY_CHECK = "county_check", "县级评审"
    COUNTY_SCORED = "county_scored", "县级已评分"
    RECOMMENDED = "recommended", "已推荐"
    NOT_RECOMMENDED = "not_recommended", "不予推荐"
    COUNTY_PUBLICITY = "county_publicity", "县级公示"
    OBJECTION = "objection", "异议核查"
    CITY_REVIEW = "city_review", "市级验收"
    RECTIFYING = "rectifying", "限期整改"
    ACCEPTED = "accepted", "验收合格"
    FAILED = "failed", "验收不合格"
    PUBLICITY = "publicity", "市级公示"
    NAMED = "named", "已命名"
    DEFERRED = "deferred", "转入下一批次"
    WITHDRAWN = "withdrawn", "已撤回"


APPLICANT = ("opened_by", "station_people")
"""Who applied, and those in post at the station: they do nothing that county or city decide."""

UNDECIDED = (
    State.PLANNED,
    State.SELF_ASSESSING,
    State.TOWNSHIP_OPINION,
    State.APPLIED,
    State.SUPPLEMENT,
    State.COUNTY_CHECK,
    State.COUNTY_SCORED,
)
"""States before the decision of the party group, in which the station may withdraw."""


def refuse(*defects: str) -> None:
    """Refuse the act with all reasons at once, if there are any."""
    if defects:
        raise RefusedByLaw("".join(defects))


class ApplicationLifecycle(Case):
    """The acts of an application, in the order of the procedure (FQ-3)."""

    State = State
    KIND = "application"
    SERIES = "accreditation.application"
    CLOSED = frozenset(
        {State.NOT_RECOMMENDED, State.FAILED, State.NAMED, State.DEFERRED, State.WITHDRAWN}
    )
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
        Stage("市级公示", frozenset({State.ACCEPTED, State.PUBLICITY})),
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
        "提交自评", field=state, source=State.SELF_ASSESSING, target=State.TOWNSHIP_OPINION,
        verb=Verb.ASSESS, law="FQ-3、FQ-5", papers=["accreditation.self_sheet"],
        conditions=[
            rules.has_assessed_every_item, rules.meets_entry_conditions, rules.declares_no_veto,
            rules.has_complete_materials,
        ],
    )  # fmt: skip
    def submit_self_assessment(self, *, by: Any, on: date, summary: str) -> None:
        """提交自评: close the station's sheet and ask the township for its opinion."""
        self.summary = summary
        result = self.self_result()
        self.self_total, self.self_bonus = result.total, result.bonus
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
        "一次性告知补正", field=state, source=State.APPLIED, target=State.SUPPLEMENT,
        verb=Verb.CHECK, law="FQ-5", not_by=[*APPLICANT],
        conditions=[rules.has_not_been_supplemented],
    )  # fmt: skip
    def return_for_supplement(self, *, by: Any, on: date, defects: str) -> None:
        """一次性告知补正: name all defects at once; the clock of the formal check stands."""
        self.defects = defects
        self.supplement_asked_on = on
        self.stop(t.FORMAL_CHECK, on, reason="告知补正，等待司法所补正", law="FQ-5")
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
        self.resume(t.FORMAL_CHECK, on)

    @act(
        "转入下一批次", field=state, source=[State.APPLIED, State.SUPPLEMENT],
        target=State.DEFERRED, verb=Verb.CHECK, law="FQ-5", not_by=[*APPLICANT],
        conditions=[rules.may_be_deferred],
    )  # fmt: skip
    def defer(self, *, by: Any, on: date) -> None:
        """转入下一批次: the supplement did not come in time or does not do."""
        self.end_reason = "补正逾期或补正后仍不齐全，转入下一批次"

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
        "提交现场评分", field=state, source=State.COUNTY_CHECK, target=None, verb=Verb.SCORE,
        law="FQ-6、FQ-14", not_by=[*APPLICANT], conditions=[rules.has_assessors],
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
        "推荐", field=state, source=State.COUNTY_SCORED, target=State.RECOMMENDED,
        verb=Verb.DECIDE, law="FQ-6、FQ-15、FQ-17",
        not_by=[*APPLICANT, "assessors", "confirmed_by"],
        conditions=[rules.county_score_passes], papers=["accreditation.county_opinion"],
    )  # fmt: skip
    def recommend(self, *, by: Any, on: date, meeting: str, decision: str) -> None:
        """推荐: the party group decides to recommend the station to the city."""
        self.meeting, self.decision, self.decided_on = meeting, decision, on

    @act(
        "不予推荐", field=state, source=State.COUNTY_SCORED, target=State.NOT_RECOMMENDED,
        verb=Verb.DECIDE, law="FQ-6、FQ-17", not_by=[*APPLICANT, "assessors", "confirmed_by"],
        papers=["accreditation.county_opinion"],
    )  # fmt: skip
    def decline_recommendation(self, *, by: Any, on: date, meeting: str, decision: str) -> None:
        """不予推荐: the party group decides not to recommend, with reasons."""
        self.meeting, self.decision, self.decided_on = meeting, decision, on
        self.end_reason = "党组研究决定不予推荐"

    @act(
        "发布县级公示", field=state, source=State.RECOMMENDED, target=State.COUNTY_PUBLICITY,
        verb=Verb.PUBLISH, law="FQ-8", not_by=[*APPLICANT],
        papers=["accreditation.publicity_notice"],
    )  # fmt: skip
    def publish_county(self, *, by: Any, on: date, place: str) -> None:
        """发布县级公示: publish the recommendation; reporting waits until the floor has run."""
        self.publicity_level, self.publicity_place, self.published_on = "county", place, on
        self.start(t.COUNTY_PUBLICITY, on)

    @act(
        "登记异议", field=state, source=[State.COUNTY_PUBLICITY, State.PUBLICITY],
        target=State.OBJECTION, verb=Verb.INVESTIGATE, law="FQ-8", not_by=[*APPLICANT],
    )  # fmt: skip
    def record_objection(
        self, *, by: Any, on: date, objector: str, contact: str, content: str
    ) -> None:
        """登记异议: a real-name objection; it is investigated before anything goes on."""
        real_named = rules.objection_is_real_named(objector, contact)
        refuse(*([] if real_named else [real_named.reason]))
        self.keep_objection(by, on, objector=objector, contact=contact, content=content)

    @act(
        "异议不成立", field=state, source=State.OBJECTION,
        target=GET_STATE(
            lambda case, **facts: case.publicity_state(),
            states=[State.COUNTY_PUBLICITY, State.PUBLICITY],
        ),
        verb=Verb.INVESTIGATE, law="FQ-8", not_by=[*APPLICANT],
    )  # fmt: skip
    def dismiss_objection(self, *, by: Any, on: date, finding: str) -> None:
        """异议不成立: the list stays as it is, so the publicity's clock was never reset."""
        self.conclude_objection(by, on, upheld=False, finding=finding)

    @act(
        "更正后重新公示", field=state, source=State.OBJECTION,
        target=GET_STATE(
            lambda case, **facts: case.publicity_state(),
            states=[State.COUNTY_PUBLICITY, State.PUBLICITY],
        ),
        verb=Verb.INVESTIGATE, law="FQ-8", not_by=[*APPLICANT],
        papers=["accreditation.publicity_notice"],
    )  # fmt: skip
    def correct_and_republish(self, *, by: Any, on: date, finding: str) -> None:
        """更正后重新公示: what was published changes, so the publicity's clock starts anew."""
        self.conclude_objection(by, on, upheld=True, finding=finding)
        rule = self.publicity_rule()
        terms.cancel(self, rule, on, reason="公示内容更正，重新公示")
        self.published_on = on
        self.start(rule, on)

    @act(
        "异议成立", field=state, source=State.OBJECTION,
        target=GET_STATE(
            lambda case, **facts: (
                State.NOT_RECOMMENDED if case.publicity_level == "county" else State.FAILED
            ),
            states=[State.NOT_RECOMMENDED, State.FAILED],
        ),
        verb=Verb.INVESTIGATE, law="FQ-8", not_by=[*APPLICANT],
    )  # fmt: skip
    def uphold_objection(self, *, by: Any, on: date, finding: str) -> None:
        """异议成立: the station is taken off the list and the application ends."""
        self.conclude_objection(by, on, upheld=True, finding=finding)
        self.end_reason = "公示期内异议经查属实"

    @act(
        "上报市局", field=state, source=State.COUNTY_PUBLICITY, target=State.CITY_REVIEW,
        verb=Verb.PUBLISH, law="FQ-3、FQ-8", not_by=[*APPLICANT],
        conditions=[rules.county_publicity_has_run],
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
            rules.has_inspection, rules.satisfies_those_served, rules.has_no_confirmed_veto
        ],
    )  # fmt: skip
    def pass_acceptance(self, *, by: Any, on: date) -> None:
        """验收合格: the city decides that the station passes."""
        self.meet(t.FEEDBACK, on)
        self.city_accepted_on = on

    @act(
        "限期整改", field=state, source=State.CITY_REVIEW, target=State.RECTIFYING,
        verb=Verb.ACCEPT, law="FQ-7", not_by=[*APPLICANT, "inspected_by"],
        conditions=[rules.has_inspection, rules.is_first_round],
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
        conditions=[rules.has_inspection],
    )  # fmt: skip
    def fail_acceptance(self, *, by: Any, on: date, reasons: str) -> None:
        """验收不合格: the city decides that the station fails, with reasons."""
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
    )  # fmt: skip
    def fail_overdue(self, *, by: Any, on: date) -> None:
        """逾期未整改不合格: the time for rectification ran out unused."""
        self.end_reason = "整改期限届满未报送整改情况"

    @act(
        "发布市级公示", field=state, source=State.ACCEPTED, target=State.PUBLICITY,
        verb=Verb.PUBLISH_CITY, law="FQ-8", not_by=[*APPLICANT],
        papers=["accreditation.publicity_notice"],
    )  # fmt: skip
    def publish_city(self, *, by: Any, on: date, place: str) -> None:
        """发布市级公示: publish the list to be named; naming waits until the floor has run."""
        self.publicity_level, self.publicity_place, self.published_on = "city", place, on
        self.start(t.CITY_PUBLICITY, on)

    @act(
        "命名", field=state, source=State.PUBLICITY, target=State.NAMED, verb=Verb.NAME,
        law="FQ-8、FQ-9、FQ-10", not_by=[*APPLICANT, "inspected_by"],
        conditions=[
            rules.city_publicity_has_run, rules.has_no_confirmed_veto, rules.has_lower_title
        ],
        papers=["accreditation.naming_document", "accreditation.plaque_certificate"],
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
