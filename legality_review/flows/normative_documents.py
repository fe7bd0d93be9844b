"""Say who works next on an adopted normative document."""

from viewflow import this
from viewflow.workflow import flow

from legality_review.models import NormativeDocument
from legality_review.rules import filing
from legality_review.rules.validity import VALIDITY
from permissions.roles import Role
from workflows.flows import CaseFlow, End, If, Rest, Step


class NormativeDocumentFlow(CaseFlow):
    """From the registration to the end of the effect (LR-30 to LR-35)."""

    process_title = "规范性文件管理"
    case_class = NormativeDocument
    must_pass = {  # LR-30、LR-32、LR-34、LR-35
        "publish": ("register",),
        "file": ("register", "publish"),
        "check_filing": ("publish", "file"),
        "verify": ("check_filing", "correct"),
        "propose": ("check_filing",),
        "record": ("propose",),
        "decide": ("evaluate",),
    }
    diverts = {  # LR-32、LR-35
        "note_uncorrected": "propose",
        "open_evaluation": "evaluate",
        "start_evaluation": "evaluate",
        "amend": "replace",
        "stop_amending": "in_force",
    }

    start = flow.StartHandle().Annotation(title="列入名册").Next(this.comes_from_before)
    comes_from_before = (
        If(lambda activation: activation.process.case.is_from_before)
        .Annotation(title="系统启用前的文件？")
        .Then(this.enter)
        .Else(this.register)
    )

    # 基层科审核人
    enter = Step(
        "enter_existing", role=Role.COUNTY_REVIEWER, at="section", title="补录登记", law="LR-30"
    ).Next(this.in_force)

    # 乡镇（街道）经办人
    register = Step(
        "register", role=Role.TOWNSHIP_CLERK, at="township_desk", title="登记编号",
        law="LR-30、LR-31",
    ).Next(this.publish)  # fmt: skip
    publish = Step(
        "publish", role=Role.TOWNSHIP_CLERK, at="township_desk", title="公布", law="LR-30、LR-33"
    ).Next(this.file)
    file = Step(
        "file", role=Role.TOWNSHIP_CLERK, at="township_desk", title="报送备案", law="LR-34",
        term=filing.FILING,
    ).Next(this.check_filing)  # fmt: skip

    # 基层科审核人
    check_filing = Step(
        "register_filing", "ask_filing_supplement", "refuse_filing", "order_correction",
        role=Role.COUNTY_REVIEWER, at="section", title="备案审查", law="LR-35",
        term=filing.FILING_REVIEW,
    ).Next(this.is_supplementing)  # fmt: skip
    is_supplementing = (
        If(lambda activation: activation.process.case.is_supplementing)
        .Annotation(title="补充材料？")
        .Then(this.supply)
        .Else(this.is_correcting)
    )
    is_correcting = (
        If(lambda activation: activation.process.case.is_correcting)
        .Annotation(title="限期纠正？")
        .Then(this.correct)
        .Else(this.in_force)
    )

    # 乡镇（街道）经办人
    supply = Step(
        "supply_filing", role=Role.TOWNSHIP_CLERK, at="township_desk", title="补充备案材料",
        law="LR-35", term=filing.FILING_SUPPLEMENT,
    ).Next(this.check_filing)  # fmt: skip
    correct = Step(
        "report_correction", role=Role.TOWNSHIP_CLERK, at="township_desk", title="纠正并报告",
        law="LR-35", term=filing.CORRECTION,
    ).Next(this.verify)  # fmt: skip

    # 基层科审核人
    verify = Step(
        "accept_correction", "find_uncorrected", role=Role.COUNTY_REVIEWER, at="section",
        title="核对纠正情况", law="LR-35",
    ).Next(this.is_uncorrected)  # fmt: skip
    is_uncorrected = (
        If(lambda activation: activation.process.case.is_uncorrected)
        .Annotation(title="未予纠正？")
        .Then(this.propose)
        .Else(this.in_force)
    )

    # 分管副局长
    propose = Step(
        "propose_alteration", "dismiss_alteration", role=Role.COUNTY_DEPUTY, at="deputy_office",
        title="决定是否提请改变或者撤销", law="LR-35",
    ).Next(this.is_alteration_proposed)  # fmt: skip
    is_alteration_proposed = (
        If(lambda activation: activation.process.case.is_alteration_proposed)
        .Annotation(title="已提请？")
        .Then(this.record)
        .Else(this.in_force)
    )

    # 基层科审核人
    record = Step(
        "record_decision", role=Role.COUNTY_REVIEWER, at="section", title="登记政府决定",
        law="LR-35",
    ).Next(this.in_force)  # fmt: skip

    in_force = Rest("open_evaluation", "start_evaluation", "amend", title="有效期内").Next(
        this.evaluate
    )

    # 乡镇（街道）经办人
    evaluate = Step(
        "evaluate", role=Role.TOWNSHIP_CLERK, at="township_desk", title="评估", law="LR-32",
        term=VALIDITY,
    ).Next(this.decide)  # fmt: skip

    # 乡镇（街道）负责人
    decide = Step(
        "renew", "decide_amendment", "decide_repeal", "let_lapse", role=Role.TOWNSHIP_LEADER,
        at="township", title="决定延续、修改、废止", law="LR-32", term=VALIDITY,
    ).Next(this.is_renewing)  # fmt: skip
    is_renewing = (
        If(lambda activation: activation.process.case.is_renewing)
        .Annotation(title="延续？")
        .Then(this.register)
        .Else(this.is_amending)
    )
    is_amending = (
        If(lambda activation: activation.process.case.is_amending)
        .Annotation(title="修改？")
        .Then(this.replace)
        .Else(this.in_force)
    )

    # 乡镇（街道）经办人
    replace = Step(
        "replace_by", role=Role.TOWNSHIP_CLERK, at="township_desk", title="修改并登记替代文件",
        law="LR-32", term=VALIDITY,
    ).Next(this.end)  # fmt: skip
    end = End().Annotation(title="结束")
