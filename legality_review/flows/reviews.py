"""Say who works next on a matter under legality review."""

from viewflow import this
from viewflow.workflow import flow

from legality_review.models import Review
from legality_review.rules import terms as t
from permissions.roles import Role
from workflows.flows import CaseFlow, End, If, Join, Parallel, Step
from workflows.signing import Rule, Signing
from workflows.vocabulary import Operation

OPINIONS = ("find_lawful", "find_needing_amendment", "find_unlawful", "return_for_procedure")
CHECKS = ("accept", "request_supplement", "return_matter", "decline_scope")
EACH_COUNSEL = Signing(Rule.ALL, agree=("give_counsel_opinion",))


class ReviewFlow(CaseFlow):
    """From a township's draft to the signed text (LR-8 to LR-30)."""

    process_title = "合法性审查"
    case_class = Review
    must_pass = {"deliberate": ("prepare", "table"), "table": ("prepare",), "sign": ("prepare",)}

    start = flow.StartHandle().Annotation(title="送请合法性审查").Next(this.prepare)

    # 乡镇（街道）经办人
    prepare = Step(
        "submit", "open_consultation", role=Role.TOWNSHIP_CLERK, at="drafting_unit",
        title="准备材料并送审", law="LR-8", recall="take_back_submission",
    ).Next(this.is_consulting)  # fmt: skip
    is_consulting = (
        If(lambda activation: activation.process.case.is_consulting)
        .Annotation(title="公开征求意见？")
        .Then(this.consult)
        .Else(this.is_for_county)
    )
    consult = Step(
        "close_consultation", role=Role.TOWNSHIP_CLERK, at="drafting_unit",
        title="公开征求意见", law="LR-15", term=t.CONSULTATION,
    ).Next(this.prepare)  # fmt: skip
    is_for_county = (
        If(lambda activation: activation.process.case.is_for_county)
        .Annotation(title="由县级直接审查？")
        .Then(this.check_at_county)
        .Else(this.check)
    )

    # 司法所所长
    check = Step(
        *CHECKS, role=Role.STATION_CHIEF, at="unit", title="审核送审材料", law="LR-8、LR-9",
        term=t.CHECK,
    ).Next(this.is_supplementing)  # fmt: skip

    # 基层科审核人
    check_at_county = Step(
        *CHECKS, role=Role.COUNTY_REVIEWER, at="section", title="审核送审材料（县级）",
        law="LR-8、LR-9、LR-11", term=t.CHECK,
    ).Next(this.is_supplementing)  # fmt: skip
    is_supplementing = (
        If(lambda activation: activation.process.case.is_supplementing)
        .Annotation(title="要求补正？")
        .Then(this.supplement)
        .Else(this.asks_counsel)
    )

    # 乡镇（街道）经办人
    supplement = Step(
        "submit_supplement", role=Role.TOWNSHIP_CLERK, at="drafting_unit", title="补正材料",
        law="LR-9", term=t.SUPPLEMENT,
    ).Next(this.is_accepted)  # fmt: skip
    is_accepted = (
        If(lambda activation: activation.process.case.is_accepted)
        .Annotation(title="已受理？")
        .Then(this.is_at_county)
        .Else(this.is_for_county)
    )
    asks_counsel = (
        If(lambda activation: activation.process.case.asks_counsel)
        .Annotation(title="请法律顾问提出意见？")
        .Then(this.side_by_side)
        .Else(this.is_at_county)
    )
    side_by_side = (
        Parallel().Annotation(title="审查与顾问意见同时进行").Next(this.examines_at_county)
        .Next(this.advise)
    )  # fmt: skip
    examines_at_county = (
        If(lambda activation: activation.process.case.is_for_county)
        .Annotation(title="由县级审查？")
        .Then(this.examine_at_county)
        .Else(this.examine)
    )

    # 司法所所长
    examine = Step(
        "complete_examination", role=Role.STATION_CHIEF, at="unit", title="逐项审查", law="LR-18",
        term=t.REVIEW_SHOWN, recall=True, also={Operation.ADD_AFTER},
    ).Next(this.both)  # fmt: skip

    # 基层科审核人
    examine_at_county = Step(
        "complete_examination", role=Role.COUNTY_REVIEWER, at="section",
        title="逐项审查（县级）", law="LR-18", term=t.REVIEW_SHOWN, recall=True,
        also={Operation.ADD_AFTER},
    ).Next(this.both)  # fmt: skip

    # 法律顾问（公职律师；可以请另一专业的顾问一并出具意见）
    advise = Step(
        "give_counsel_opinion", role=Role.LEGAL_COUNSEL, at="counsel_office",
        title="出具法律顾问意见", law="LR-14", term=t.REVIEW_SHOWN, holders="counsel_asked",
        signing=EACH_COUNSEL, recall="take_back_counsel_opinion",
    ).Next(this.both)  # fmt: skip
    both = Join().Annotation(title="审查和顾问意见均已完成").Next(this.is_at_county)
    is_at_county = (
        If(lambda activation: activation.process.case.is_for_county)
        .Annotation(title="由县级出具意见？")
        .Then(this.conclude_at_county)
        .Else(this.conclude)
    )

    # 司法所所长
    conclude = Step(
        *OPINIONS, "escalate", "request_supplement", role=Role.STATION_CHIEF, at="unit",
        title="出具审查意见", law="LR-12、LR-20", term=t.REVIEW_SHOWN,
    ).Next(this.is_supplementing_again)  # fmt: skip

    # 基层科审核人
    conclude_at_county = Step(
        *OPINIONS, "request_supplement", role=Role.COUNTY_REVIEWER, at="section",
        title="出具审查意见（县级）", law="LR-12、LR-20", term=t.REVIEW_SHOWN,
    ).Next(this.is_supplementing_again)  # fmt: skip
    is_supplementing_again = (
        If(lambda activation: activation.process.case.is_supplementing)
        .Annotation(title="要求补正？")
        .Then(this.supplement)
        .Else(this.is_escalated)
    )
    is_escalated = (
        If(lambda activation: activation.process.case.is_in_review)
        .Annotation(title="提请县级复审？")
        .Then(this.conclude_at_county)
        .Else(this.is_draft_again)
    )
    is_draft_again = (
        If(lambda activation: activation.process.case.is_draft_again)
        .Annotation(title="退回补正程序？")
        .Then(this.prepare)
        .Else(this.is_found_unlawful)
    )
    is_found_unlawful = (
        If(lambda activation: activation.process.case.is_found_unlawful)
        .Annotation(title="不合法？")
        .Then(this.reconsider)
        .Else(this.is_to_be_revised)
    )

    # 乡镇（街道）经办人
    reconsider = Step(
        "abandon", "resubmit", "proceed_with_risk", role=Role.TOWNSHIP_CLERK, at="drafting_unit",
        title="处理不合法意见", law="LR-17",
    ).Next(this.is_resubmitted)  # fmt: skip
    is_resubmitted = (
        If(lambda activation: activation.process.case.is_submitted)
        .Annotation(title="重新送审？")
        .Then(this.is_for_county)
        .Else(this.is_for_meeting)
    )
    is_to_be_revised = (
        If(lambda activation: activation.process.case.is_to_be_revised)
        .Annotation(title="须修改？")
        .Then(this.revise)
        .Else(this.is_for_meeting)
    )
    revise = Step(
        "submit_revision", role=Role.TOWNSHIP_CLERK, at="drafting_unit",
        title="修改并反馈采纳情况", law="LR-21", term=t.REVISION,
    ).Next(this.confirms_at_county)  # fmt: skip
    confirms_at_county = (
        If(lambda activation: activation.process.case.is_at_county)
        .Annotation(title="由县级复核？")
        .Then(this.confirm_at_county)
        .Else(this.confirm)
    )

    # 司法所所长
    confirm = Step(
        "confirm_revision", "reject_revision", "review_anew", role=Role.STATION_CHIEF, at="unit",
        title="复核修改稿", law="LR-22", term=t.CONFIRMATION,
    ).Next(this.is_revised_again)  # fmt: skip

    # 基层科审核人
    confirm_at_county = Step(
        "confirm_revision", "reject_revision", "review_anew", role=Role.COUNTY_REVIEWER,
        at="section", title="复核修改稿（县级）", law="LR-22", term=t.CONFIRMATION,
    ).Next(this.is_revised_again)  # fmt: skip
    is_revised_again = (
        If(lambda activation: activation.process.case.is_to_be_revised)
        .Annotation(title="退回重新修改？")
        .Then(this.revise)
        .Else(this.is_resubmitted)
    )
    is_for_meeting = (
        If(lambda activation: activation.process.case.is_for_meeting)
        .Annotation(title="须集体讨论？")
        .Then(this.table)
        .Else(this.is_for_party)
    )

    # 乡镇（街道）经办人
    table = Step(
        "table_for_deliberation", "submit_changed_text", role=Role.TOWNSHIP_CLERK,
        at="drafting_unit", title="提交集体讨论", law="LR-17、LR-22",
    ).Next(this.is_changed_before_meeting)  # fmt: skip
    is_changed_before_meeting = (
        If(lambda activation: activation.process.case.is_submitted)
        .Annotation(title="文本有改动？")
        .Then(this.is_for_county)
        .Else(this.deliberate)
    )

    # 乡镇（街道）负责人
    deliberate = Step(
        "deliberate", role=Role.TOWNSHIP_LEADER, at="drafting_unit", title="集体讨论",
        law="LR-28",
    ).Next(this.is_for_meeting)  # fmt: skip

    # 乡镇（街道）经办人
    is_for_party = (
        If(lambda activation: activation.process.case.is_for_party)
        .Annotation(title="须向党委报告？")
        .Then(this.report)
        .Else(this.sign)
    )
    report = Step(
        "report_to_party", role=Role.TOWNSHIP_CLERK, at="drafting_unit", title="登记向党委报告",
        law="LR-29",
    ).Next(this.sign)  # fmt: skip

    # 乡镇（街道）负责人
    sign = Step(
        "sign_text", "submit_changed_text", role=Role.TOWNSHIP_LEADER, at="drafting_unit",
        title="签发", law="LR-22",
    ).Next(this.is_changed_before_signing)  # fmt: skip
    is_changed_before_signing = (
        If(lambda activation: activation.process.case.is_submitted)
        .Annotation(title="文本有改动？")
        .Then(this.is_for_county)
        .Else(this.end)
    )
    end = End().Annotation(title="结束")
