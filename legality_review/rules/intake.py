"""State what may come under review and in what condition (LR-1 to LR-9)."""

from datetime import date
from typing import Any

from django.db.models import TextChoices

from legality_review.rules import materials
from legality_review.rules.matters import MAY_ISSUE, Issuer, Matter
from workflows import terms
from workflows.conditions import MET, Unmet, Verdict, met_if

NORMATIVE_TESTS: dict[str, str] = {
    "is_by_competent_organ": "由行政机关或者法律、法规授权的组织制定",
    "is_under_law": "依照法定权限和程序制定",
    "is_to_be_published": "公开发布",
    "touches_rights": "涉及公民、法人和其他组织的权利义务",
    "is_general": "具有普遍约束力，在一定期限内反复适用",
}
"""The five marks of a normative document, all of which it must bear (LR-2)."""


class Exclusion(TextChoices):
    """What is no normative document by its nature (LR-3)."""

    NONE = "", "不属于下列情形"
    INTERNAL_RULES = "internal_rules", "内部管理规范、内部工作制度"
    ORGANISATION = "organisation", "机构编制、人员配备"
    MINUTES = "minutes", "会议纪要"
    WORK_PLAN = "work_plan", "工作方案、工作计划、工作要点"
    REPORT = "report", "请示、报告"
    COMMENDATION = "commendation", "对工作人员的表彰奖惩"
    APPOINTMENT = "appointment", "人事任免"
    INDIVIDUAL = "individual", "对具体事项作出的行政处理决定"
    TECHNICAL = "technical", "技术操作规程、行业技术标准"
    EMERGENCY_PLAN = "emergency_plan", "应急预案"
    PARTY_DOCUMENT = "party_document", "党组织文件"


TITLE_WORDS: dict[str, str] = {
    "会议纪要": Exclusion.MINUTES,
    "工作方案": Exclusion.WORK_PLAN,
    "工作计划": Exclusion.WORK_PLAN,
    "工作要点": Exclusion.WORK_PLAN,
    "请示": Exclusion.REPORT,
    "报告": Exclusion.REPORT,
    "表彰": Exclusion.COMMENDATION,
    "任免": Exclusion.APPOINTMENT,
    "任职": Exclusion.APPOINTMENT,
    "技术规程": Exclusion.TECHNICAL,
    "应急预案": Exclusion.EMERGENCY_PLAN,
}
"""Words of a title that hint at an exclusion; the substance decides, not the title (LR-3)."""


class Scope(TextChoices):
    """Whether a text is a normative document (LR-2, LR-3)."""

    NORMATIVE = "normative", "行政规范性文件"
    EXCLUDED = "excluded", "不属于行政规范性文件"
    RECOGNISE = "recognise", "须由审查机构认定"


def exclusion_hinted(title: str) -> str:
    """Return the exclusion at which the words of a title hint; "" where none does."""
    return next((kind for word, kind in TITLE_WORDS.items() if word in title), Exclusion.NONE)


def failed_tests(case: Any) -> list[str]:
    """Return the marks of a normative document that the text does not bear (LR-2)."""
    return [label for name, label in NORMATIVE_TESTS.items() if getattr(case, name) is False]


def scope_of(case: Any) -> Scope:
    """Say whether the text is a normative document, by its substance over its title (LR-2, LR-3).

    What the drafter names as excluded is, unless it sets duties for the public; a title that
    hints at an exclusion, or a mark that lacks, is for the reviewer to recognise (认定).
    """
    if case.exclusion:
        return Scope.RECOGNISE if case.sets_public_duties else Scope.EXCLUDED
    if failed_tests(case) or exclusion_hinted(case.title):
        return Scope.RECOGNISE
    return Scope.NORMATIVE


def amendment_defects(document: Any, drafter: Any) -> list[str]:
    """Return why a text may not come under review as the amendment of a document (LR-32)."""
    found = []
    if document.issuer_unit != drafter:
        found.append(f"《{document.title}》不是{drafter}制定的文件。")
    if not document.is_amending:
        found.append(
            f"《{document.title}》现为“{document.get_state_display()}”，"
            "须先办理“启动修改”或者“评估后修改”（LR-32）。"
        )
    coming = document.amendment
    if coming is not None:
        found.append(f"《{document.title}》的修改稿已送请审查（{coming.number}），不能重复送审。")
    return found


def issuer_may_issue(case: Any, on: date) -> Verdict:
    """A normative document has an issuer who may issue one (LR-4)."""
    if case.matter != Matter.NORMATIVE or case.issuer_type in MAY_ISSUE:
        return MET
    issuer = Issuer(case.issuer_type).label
    return Unmet(f"{issuer}不得制定行政规范性文件（LR-4），请由有权机关制定。")


def answers_scope_test(case: Any, on: date) -> Verdict:
    """The five questions on the nature of a normative document are answered (LR-2)."""
    if case.matter != Matter.NORMATIVE:
        return MET
    open_ones = [label for name, label in NORMATIVE_TESTS.items() if getattr(case, name) is None]
    return met_if(not open_ones, f"请逐项回答规范性文件认定问题：{'；'.join(open_ones)}。")


def is_not_excluded(case: Any, on: date) -> Verdict:
    """What is plainly no normative document needs no review as one (LR-3)."""
    if case.matter != Matter.NORMATIVE or scope_of(case) != Scope.EXCLUDED:
        return MET
    return Unmet(
        f"“{Exclusion(case.exclusion).label}”不是行政规范性文件，不需要合法性审核（LR-3）。"
        "内容为公众设定义务的，请勾选“为公众设定权利义务”，由审查机构认定。"
    )


def is_no_emergency_response(case: Any, on: date) -> Verdict:
    """The response to an emergency does not follow the procedure of decisions (LR-6)."""
    stops = case.matter == Matter.DECISION and case.is_emergency_response
    return met_if(not stops, "突发事件应急处置决定不适用重大行政决策程序（LR-6）。")


class ContractKind(TextChoices):
    """What a contract of the government is about (LR-7)."""

    LAND = "land", "土地、房屋征收补偿和搬迁"
    ASSETS = "assets", "国有（集体）资产资源处置"
    INVESTMENT = "investment", "招商引资"
    CONSTRUCTION = "construction", "建设工程"
    PROCUREMENT = "procurement", "政府采购、购买服务"
    PARTNERSHIP = "partnership", "特许经营、政府和社会资本合作"
    LOAN = "loan", "借款"
    COOPERATION = "cooperation", "委托、合作"
    LEASE = "lease", "租赁"
    EMPLOYMENT = "employment", "聘用、劳动合同"
    OTHER = "other", "其他"


def contract_is_reviewed(case: Any, on: date) -> Verdict:
    """A contract of employment is not reviewed here (LR-7)."""
    stops = case.matter == Matter.CONTRACT and case.contract_kind == ContractKind.EMPLOYMENT
    return met_if(not stops, "聘用、劳动合同不属于本系统审查的行政机关合同（LR-7）。")


def contract_has_no_stop(case: Any, on: date) -> Verdict:
    """An organ stands surety for nobody, and promises no unlawful favours (LR-7)."""
    if case.matter != Matter.CONTRACT:
        return MET
    if case.is_guarantee:
        return Unmet("机关法人不得为保证人（《中华人民共和国民法典》第六百八十三条，LR-7）。")
    return met_if(
        not case.promises_favours,
        "合同不得违法承诺税收、土地等优惠（《公平竞争审查条例》第十条，LR-7）。",
    )


def has_complete_materials(case: Any, on: date) -> Verdict:
    """Everything is handed in; what lacks is named all at once (LR-8)."""
    lacking = materials.missing(case, on)
    return met_if(not lacking, f"缺少：{'、'.join(lacking)}（LR-8）。")


def has_readable_draft(case: Any, on: date) -> Verdict:
    """The draft can be read, so that it can be shown, compared and searched."""
    return met_if(case.current_text is not None, "送审稿没有可识别的文字，请上传可复制文字的文件。")


ENTRY = (
    issuer_may_issue,
    answers_scope_test,
    is_not_excluded,
    is_no_emergency_response,
    contract_is_reviewed,
    contract_has_no_stop,
    has_complete_materials,
    has_readable_draft,
)
"""What must hold when a matter is handed in, in the order in which defects are told."""


def is_supplement_due(case: Any, on: date) -> Verdict:
    """The time for the supplement has not run out (LR-9)."""
    newest = terms.open_terms(case)
    late = [term for term in newest if term.code == "supplement" and term.due_on < on]
    return met_if(not late, "补正期限已过，不能再提交补正（LR-9）。")


def supplement_term_has_run_out(case: Any, on: date) -> Verdict:
    """The time for the supplement ran out unused (LR-9)."""
    late = [
        term for term in terms.open_terms(case) if term.code == "supplement" and term.due_on < on
    ]
    return met_if(late, "补正期限尚未届满。")


def is_normative_or_doubtful(case: Any, on: date) -> Verdict:
    """Only a text handed in as a normative document can be recognised as none (LR-2)."""
    return met_if(case.matter == Matter.NORMATIVE, "只有按规范性文件送审的，才作不属于的认定。")
