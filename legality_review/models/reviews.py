"""Hold a matter under legality review and what is told of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents import papers
from documents.models import Paper, StoredFile
from documents.words import chinese_date
from legality_review.lifecycle.reviews import ReviewLifecycle
from legality_review.lifecycle.states import EDITABLE, IN_REVIEW
from legality_review.models.courses import CourseOfReview
from legality_review.models.examinations import ExaminationsOfReview
from legality_review.models.meetings import MeetingsOfReview
from legality_review.models.reviewers import ReviewersOfReview
from legality_review.models.templates import ContractTemplate
from legality_review.models.texts import TextsOfReview
from legality_review.permissions import ReviewVerb
from legality_review.rules import materials, procedure, routing, validity
from legality_review.rules import terms as t
from legality_review.rules.intake import ContractKind, Exclusion
from legality_review.rules.matters import Conclusion, Issuer, Matter, Urgency
from legality_review.rules.procedure import ExceptionGround, FairCompetition
from permissions.models import CaseException, Unit
from permissions.roles import Role
from workflows import terms
from workflows.calendar import current
from workflows.models.notices import Notice
from workflows.reckoning import reckon
from workflows.sources import cited

WHO = settings.AUTH_USER_MODEL
OPINIONS = ("lawful", "amend", "unlawful", "procedure")
REQUEST = ("legality_review.request", "legality_review.material_list")
CORRECTABLE: tuple[str, ...] = (
    "touches_operators", "is_market_related", "is_consultation_due", "is_hearing_due",
    "is_expert_review_due", "is_risk_assessment_due", "is_consent_due", "is_in_catalogue",
    "touches_land", "households", "amount", "is_disputed",
)  # fmt: skip
"""What the drafter tells of the matter and the reviewer may correct (LR-10, LR-12)."""


def _file(label: str) -> Any:
    return models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=label
    )


def _person(label: str) -> Any:
    return models.ForeignKey(
        WHO, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=label
    )


class Review(
    ReviewersOfReview, CourseOfReview, TextsOfReview, ExaminationsOfReview, MeetingsOfReview,
    ReviewLifecycle,
):  # fmt: skip
    """A matter under legality review: of one township, from the draft to the signed text.

    `unit` is the judicial station that reviews for the township, or the drafting government
    itself where it has none; `drafter` is the government (office) that asks for the review.
    """

    matter = models.CharField("事项类型", max_length=12, choices=Matter.choices)
    is_short_form = models.BooleanField("简易送审", default=False)
    drafter = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="起草单位"
    )
    drafted_by = _person("送审人")
    issuer_type = models.CharField("制定（决定、签约）主体", max_length=24, choices=Issuer.choices)
    issuer_name = models.CharField("主体名称", max_length=80)
    summary = models.TextField("主要内容和必要性", blank=True)
    amends = models.ForeignKey(
        "legality_review.NormativeDocument", on_delete=models.PROTECT, null=True,
        related_name="amendments", verbose_name="修改的现行文件",
    )  # fmt: skip
    # Is it a normative document (LR-2, LR-3)?
    is_by_competent_organ = models.BooleanField("由法定主体制定", null=True)
    is_under_law = models.BooleanField("依照法定权限和程序", null=True)
    is_to_be_published = models.BooleanField("公开发布", null=True)
    touches_rights = models.BooleanField("涉及权利义务", null=True)
    is_general = models.BooleanField("普遍约束、反复适用", null=True)
    exclusion = models.CharField("排除情形", max_length=20, choices=Exclusion.choices, blank=True)
    sets_public_duties = models.BooleanField("为公众设定权利义务", default=False)
    recognition = models.TextField("类型认定说明", blank=True)
    # How urgent (LR-23 to LR-25).
    urgent_ground = models.CharField("紧急情形", max_length=16, choices=Urgency.choices, blank=True)
    wanted_by = models.DateField("希望审结日期", null=True, blank=True)
    # The public, operators, experts (LR-13 to LR-15).
    is_consultation_due = models.BooleanField("必须公开征求意见", default=False)
    no_consultation_because = models.TextField("未公开征求意见的理由", blank=True)
    consulted_from = models.DateField("征求意见开始", null=True, editable=False)
    consulted_until = models.DateField("征求意见结束", null=True, editable=False)
    consultation_place = models.CharField("征求意见方式", max_length=200, blank=True)
    consultation_result = models.TextField("征求意见及采纳情况", blank=True)
    shortened_because = models.TextField("缩短征求意见期的公开说明", blank=True)
    is_hearing_due = models.BooleanField("应当听证", default=False)
    hearing_told_on = models.DateField("听证材料送达日期", null=True, blank=True)
    hearing_held_on = models.DateField("听证日期", null=True, blank=True)
    is_expert_review_due = models.BooleanField("应当专家论证", default=False)
    is_risk_assessment_due = models.BooleanField("应当风险评估", default=False)
    is_consent_due = models.BooleanField("应当事先征得有关机关同意", default=False)
    touches_operators = models.BooleanField("涉及经营者经济活动", default=False)
    is_market_related = models.BooleanField("与市场主体生产经营密切相关", default=False)
    fair_competition = models.CharField(
        "公平竞争审查结论", max_length=12, choices=FairCompetition.choices, blank=True
    )
    exception_ground = models.CharField(
        "例外规定的情形", max_length=16, choices=ExceptionGround.choices, blank=True
    )
    has_no_milder_way = models.BooleanField("没有对公平竞争影响更小的替代方案", default=False)
    exception_until = models.CharField("例外的实施期限或者终止条件", max_length=120, blank=True)
    # Decisions (LR-6, LR-17).
    is_in_catalogue = models.BooleanField("列入重大行政决策目录", default=False)
    is_emergency_response = models.BooleanField("突发事件应急处置", default=False)
    is_exploratory = models.BooleanField("国家尚无明确规定的探索性改革", default=False)
    risk_note = models.TextField("法律风险说明", blank=True)
    # Contracts (LR-7) and what sends a matter up (LR-12).
    contract_kind = models.CharField(
        "合同类别", max_length=16, choices=ContractKind.choices, blank=True
    )
    counterparty = models.CharField("合同相对方", max_length=120, blank=True)
    amount = models.DecimalField("金额（万元）", max_digits=14, decimal_places=4, null=True)
    template = models.ForeignKey(
        ContractTemplate, on_delete=models.PROTECT, null=True, related_name="reviews",
        verbose_name="采用的示范文本",
    )  # fmt: skip
    is_guarantee = models.BooleanField("为他人提供保证担保", default=False)
    promises_favours = models.BooleanField("承诺税收、土地等优惠", default=False)
    touches_land = models.BooleanField("涉及土地、征收、拆迁", default=False)
    households = models.PositiveIntegerField("涉及户数", null=True)
    is_disputed = models.BooleanField("司法所与起草单位意见分歧", default=False)
    # The texts (LR-22).
    draft_file = _file("送审稿")
    revision_file = _file("修改稿")
    reviewed_file = _file("审查通过的文本")
    signing_file = _file("签发稿")
    # The course of the present round.
    round = models.PositiveSmallIntegerField("审查轮次", default=0)
    submitted_on = models.DateField("送审日期", null=True, editable=False)
    accepted_on = models.DateField("受理日期", null=True, editable=False)
    is_at_county = models.BooleanField("县级审查", default=False, editable=False)
    counsel = _person("法律顾问")
    defects = models.TextField("需要补正的内容", blank=True)
    supplement = models.TextField("补正（修改）说明", blank=True)
    supplement_from = models.CharField("补正前状态", max_length=40, blank=True, editable=False)
    inquiry_since = models.DateField("论证（听证、调查）开始", null=True, editable=False)
    inquiry_notice = models.CharField("论证（听证、调查）通知", max_length=300, blank=True)
    inquiry_result = models.TextField("论证（听证、调查）结果", blank=True)
    is_inquiry_excluded = models.BooleanField("不计入审查期限", default=False)
    escalation_grounds = models.CharField("提请复审的理由", max_length=300, blank=True)
    first_opinion = models.TextField("司法所初审意见", blank=True)
    first_reviewer = _person("初审人")
    conclusion = models.CharField(
        "审查结论", max_length=24, choices=Conclusion.choices, blank=True, editable=False
    )
    reasoning = models.TextField("审查意见", blank=True)
    concluded_by = _person("审查人")
    concluded_on = models.DateField("审查意见日期", null=True, editable=False)
    revision_remark = models.TextField("复核意见", blank=True)
    adopted_on = models.DateField("讨论通过日期", null=True, editable=False)
    party_reported_on = models.DateField("向党委报告日期", null=True, editable=False)
    party_result = models.TextField("党委意见", blank=True)
    signed_by = _person("签发人")
    signed_on = models.DateField("签发日期", null=True, editable=False)
    suspended_on = models.DateField("中止执行日期", null=True, editable=False)
    suspended_because = models.TextField("中止执行理由", blank=True)
    end_reason = models.TextField("办结说明", blank=True)

    class Meta:
        verbose_name = "合法性审查"
        verbose_name_plural = "合法性审查"
        ordering = ["-opened_on", "-pk"]
        permissions = ReviewVerb.for_model("review")
        default_permissions = ()
        indexes = [
            models.Index(fields=["unit", "-opened_on", "-id"], name="review_of_unit"),
            models.Index(fields=["-opened_on", "-id"], name="review_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="amount_not_negative"
            ),
        ]

    @property
    def amount_told(self) -> str:
        """Return the amount of the contract as a paper says it; "" where none is known."""
        return "" if self.amount is None else f"{self.amount.normalize():f}万元"

    @property
    def is_editable(self) -> bool:
        """Tell whether the drafter may change what he tells of the matter."""
        return self.state in EDITABLE

    @property
    def is_in_review(self) -> bool:
        """Tell whether the text is being examined."""
        return self.state in IN_REVIEW

    # Terms.

    @property
    def review_rule(self) -> Any:
        """Return the rule of the review's longest time."""
        return t.REVIEW[self.matter]

    def stop_review(self, on: date, *, reason: str) -> None:
        """Stop the clock of the review where it runs; what has run out is noted as late."""
        term = terms.latest(self, self.review_rule)
        if term is not None and terms.is_open(self, self.review_rule) and term.due_on >= on:
            self.stop(self.review_rule, on, reason=reason, law="LR-27")

    def resume_review(self, on: date) -> None:
        """Let the clock of the review run on where it stands."""
        term = terms.latest(self, self.review_rule)
        if term is not None and term.open_stop:
            self.resume(self.review_rule, on)

    # Materials.

    def materials(self) -> "models.QuerySet[StoredFile]":
        """Return the files that stand for a material."""
        return StoredFile.objects.of(self).standing().exclude(slot="")

    def material_slots(self) -> set[str]:
        """Return the materials that are there (LR-8)."""
        return set(self.materials().values_list("slot", flat=True))

    def required_materials(self) -> tuple[str, ...]:
        """Return the materials this matter needs today."""
        return materials.required(self, self.today())

    def floor_warning(self) -> str:
        """Say that the opinion is wanted before the shortest time is over (LR-23, LR-24)."""
        rule = t.FLOOR.get(self.matter)
        if rule is None or self.wanted_by is None or self.urgent_ground:
            return ""
        begun = self.accepted_on or self.submitted_on or self.today()
        reckoning = reckon(begun, rule.length_on(begun), calendar=current())
        if reckoning.due_on is None or self.wanted_by > reckoning.due_on:
            return ""
        return (
            f"希望{chinese_date(self.wanted_by)}前审结，短于最短审查时间"
            f"{rule.length_on(begun)}（{cited(rule.law)}），应当调整或者说明紧急情形。"
        )

    def procedure_defects(self) -> list[str]:
        """Return what the compulsory procedure lacks today (LR-10)."""
        return procedure.defects(self, self.today())

    def second_review_grounds(self) -> list[str]:
        """Return the grounds on which the county must review after the station (LR-12)."""
        return [] if self.is_at_county else routing.grounds(self, self.today())

    # Course.

    def validity_defects(self, years: int | None, is_trial: bool, on: date) -> list[str]:
        """Say what is wrong with the validity that the text states (LR-31)."""
        if self.matter != Matter.NORMATIVE:
            return []
        return validity.years_defects(self.title, years, is_trial, on)

    def correct(self, facts: Mapping[str, Any]) -> None:
        """Take over what the reviewer corrects of the drafter's facts."""
        for name in CORRECTABLE:
            if name in facts:
                setattr(self, name, facts[name])

    def open_round(self, on: date) -> None:
        """Begin a round of review: nothing of the former one counts any more (LR-22)."""
        self.round += 1
        self.submitted_on = on
        self.accepted_on = self.concluded_on = self.concluded_by = self.counsel = None
        self.first_reviewer = self.inquiry_since = None
        self.conclusion = self.reasoning = self.first_opinion = self.escalation_grounds = ""
        self.is_at_county = False

    def undo_round(self) -> None:
        """Undo a round that was handed in and taken back before anybody had looked at it."""
        self.round -= 1
        self.submitted_on = None

    def void_request(self, by: Any, reason: str) -> None:
        """Void the papers by which the matter was handed in this time."""
        handed_in = (
            Paper.objects.of(self)
            .standing()
            .filter(kind__in=REQUEST, issued_on__gte=self.submitted_on)
        )
        for paper in handed_in.order_by("-pk"):
            papers.void(paper, by=by, reason=reason)

    def conclude(self, conclusion: str, by: Any, on: date, reasoning: str) -> None:
        """Note the conclusion and end the clocks of the review."""
        self.conclusion, self.reasoning = conclusion, reasoning
        self.concluded_by, self.concluded_on = by, on
        self.meet(self.review_rule, on)
        floor = t.FLOOR.get(self.matter)
        if floor is not None and terms.is_open(self, floor):
            if terms.floor_has_run(self, floor, on):
                self.meet(floor, on)
            else:
                terms.cancel(self, floor, on, reason="审查机构在最短时间届满前完成审查")
        self.tell_conclusion()

    def tell_conclusion(self) -> None:
        """Tell the drafter's leader of the opinion, and the station of one of the county's."""
        told = f"{self.title}：审查意见为“{self.get_conclusion_display()}”。"
        copied = [(Role.TOWNSHIP_LEADER, self.drafter)]
        copied += [(Role.STATION_CHIEF, self.unit)] if self.is_at_county else []
        for role, unit in copied:
            Notice.objects.create(role=role, unit=unit, case=self, text=told)

    def reopen_procedure(self) -> None:
        """Let the drafter make up what lacks; he may ask the public anew (LR-10)."""
        if not self.consulted_until:
            self.consulted_from = None

    @property
    def has_opinion_paper(self) -> bool:
        """Tell whether an opinion that lets the text go on was issued (LR-16)."""
        return self._opinions().exists()

    def _opinions(self) -> "models.QuerySet[Paper]":
        """Ask for the opinions that were issued and stand."""
        kinds = [f"legality_review.opinion_{word}" for word in OPINIONS]
        return Paper.objects.of(self).standing().filter(kind__in=kinds)

    @property
    def opinion_number(self) -> str:
        """Return the number of the newest opinion, for the papers that refer to it."""
        paper = self._opinions().order_by("-pk").first()
        return str(paper.number) if paper and paper.number else ""


class ReviewException(CaseException):
    """A dated exception (协办、查阅) on one matter under review."""

    content_object = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="exceptions")

    class Meta(CaseException.Meta):
        verbose_name = "合法性审查例外授权"
        verbose_name_plural = "合法性审查例外授权"
