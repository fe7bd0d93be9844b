"""Say who works next on an application and on a title."""

from viewflow import this
from viewflow.workflow import flow

from accreditation.models import Application, Title
from accreditation.rules import terms as t
from permissions.roles import Role
from workflows.flows import CaseFlow, End, If, Return, Step


class ApplicationFlow(CaseFlow):
    """From the plan to the naming (FQ-3, FQ-19)."""

    process_title = "枫桥式司法所创建"
    case_class = Application
    must_pass = {  # FQ-3、FQ-6、FQ-7、FQ-8
        "decide": ("opine", "check", "score", "confirm"),
        "inspect": ("decide", "publish_county", "report"),
        "name": ("decide", "publish_county", "conclude", "publish_city"),
    }
    diverts = {  # FQ-8
        "record_objection": "investigate",
        "record_objection_at_city": "investigate_at_city",
    }

    start = flow.StartHandle().Annotation(title="发起创建申报").Next(this.prepare)

    # 司法所所长
    prepare = Step(
        "start_self_assessment", role=Role.STATION_CHIEF, at="unit", title="开展自评", law="FQ-3"
    ).Next(this.assess)
    assess = Step(
        "submit_self_assessment", role=Role.STATION_CHIEF, at="unit", title="填写并提交自评",
        law="FQ-3、FQ-5",
    ).Next(this.opine)  # fmt: skip

    # 乡镇（街道）负责人
    opine = Step(
        "give_township_opinion", "return_to_station", role=Role.TOWNSHIP_LEADER, at="township",
        title="乡镇（街道）意见", law="FQ-3",
    ).Next(this.township_agrees)  # fmt: skip
    township_agrees = (
        If(lambda activation: activation.process.case.is_supported_by_township)
        .Annotation(title="乡镇（街道）同意？")
        .Then(this.apply)
        .Else(this.assess)
    )

    # 司法所所长
    apply = Step("apply", role=Role.STATION_CHIEF, at="unit", title="申报", law="FQ-3、FQ-4").Next(
        this.check
    )

    # 基层科审核人
    check = Step(
        "accept", "return_for_supplement", role=Role.COUNTY_REVIEWER, at="section",
        title="形式审查", law="FQ-6", term=t.FORMAL_CHECK,
        returns=(Return("assess", act="return_for_rework"),),
    ).Next(this.is_accepted)  # fmt: skip
    is_accepted = (
        If(lambda activation: activation.process.case.is_accepted)
        .Annotation(title="受理？")
        .Then(this.appoint)
        .Else(this.supplement)
    )

    # 司法所所长
    supplement = Step(
        "submit_supplement", role=Role.STATION_CHIEF, at="unit", title="补正材料", law="FQ-5",
        term=t.SUPPLEMENT,
    ).Next(this.check)  # fmt: skip

    # 分管副局长
    appoint = Step(
        "appoint_assessors", role=Role.COUNTY_DEPUTY, at="deputy_office", title="指派评审员",
        law="FQ-6",
    ).Next(this.score)  # fmt: skip

    # 县级评审员（各自评分，全部提交后继续）
    score = Step(
        "submit_sheet", role=Role.COUNTY_ASSESSOR, at="assessors_office", title="现场评分",
        law="FQ-6、FQ-14", term=t.ON_SITE, holders="assessor_list",
    ).Next(this.confirm)  # fmt: skip

    # 基层科审核人
    confirm = Step(
        "confirm_county_score", role=Role.COUNTY_REVIEWER, at="section", title="确认县级得分",
        law="FQ-6",
    ).Next(this.decide)  # fmt: skip

    # 局党组书记
    decide = Step(
        "recommend", "decline_recommendation", role=Role.PARTY_SECRETARY, at="party_group",
        title="党组研究决定", law="FQ-6、FQ-17",
        returns=(Return("confirm", act="return_county_score", direct=False),),
    ).Next(this.publish_county)  # fmt: skip

    # 基层科审核人
    publish_county = Step(
        "publish_county", role=Role.COUNTY_REVIEWER, at="section", title="县级公示", law="FQ-8"
    ).Next(this.is_objected_at_county)
    is_objected_at_county = (
        If(lambda activation: activation.process.case.is_objected_at_county)
        .Annotation(title="公示期内有异议？")
        .Then(this.investigate)
        .Else(this.report)
    )
    report = Step(
        "report_to_city", role=Role.COUNTY_REVIEWER, at="section", title="公示期满上报市局",
        law="FQ-8", term=t.COUNTY_PUBLICITY, batch=("report_to_city",),
    ).Next(this.inspect)  # fmt: skip

    # 基层科审核人（未确认得分的）
    investigate = Step(
        "investigate_objection", role=Role.COUNTY_REVIEWER, at="section", title="核查异议",
        law="FQ-8", term=t.OBJECTION_CHECK,
    ).Next(this.conclude_objection)  # fmt: skip

    # 局党组书记
    conclude_objection = Step(
        "dismiss_objection", "correct_and_republish", "uphold_objection",
        role=Role.PARTY_SECRETARY, at="party_group", title="党组决定异议是否成立", law="FQ-8",
        term=t.OBJECTION_CHECK,
    ).Next(this.report)  # fmt: skip

    # 市局审核人
    inspect = Step(
        "propose_acceptance", role=Role.CITY_REVIEWER, at="city_section", title="市级验收",
        law="FQ-7", term=t.CITY_REVIEW,
    ).Next(this.conclude)  # fmt: skip

    # 市局负责人
    conclude = Step(
        "pass_acceptance", "pass_conditionally", "fail_acceptance", role=Role.CITY_LEADER,
        at="city_office", title="决定验收结果", law="FQ-7", term=t.FEEDBACK,
    ).Next(this.is_accepted_by_city)  # fmt: skip
    is_accepted_by_city = (
        If(lambda activation: activation.process.case.is_accepted_by_city)
        .Annotation(title="验收合格？")
        .Then(this.publish_city)
        .Else(this.rectify)
    )

    # 司法所所长
    rectify = Step(
        "submit_rectification", role=Role.STATION_CHIEF, at="unit", title="限期整改", law="FQ-7",
        term=t.RECTIFICATION,
    ).Next(this.inspect)  # fmt: skip

    # 市局审核人
    publish_city = Step(
        "publish_city", role=Role.CITY_REVIEWER, at="city_section", title="市级公示", law="FQ-8"
    ).Next(this.is_objected_at_city)
    is_objected_at_city = (
        If(lambda activation: activation.process.case.is_objected_at_city)
        .Annotation(title="市级公示期内有异议？")
        .Then(this.investigate_at_city)
        .Else(this.name)
    )

    # 市局审核人（未提出验收意见的）
    investigate_at_city = Step(
        "investigate_at_city", role=Role.CITY_REVIEWER, at="city_section", title="市局核查异议",
        law="FQ-8", term=t.OBJECTION_CHECK,
    ).Next(this.conclude_at_city)  # fmt: skip

    # 市局负责人
    conclude_at_city = Step(
        "dismiss_at_city", "republish_at_city", "uphold_at_city", role=Role.CITY_LEADER,
        at="city_office", title="市局决定异议是否成立", law="FQ-8", term=t.OBJECTION_CHECK,
    ).Next(this.name)  # fmt: skip
    name = Step(
        "name_station", role=Role.CITY_LEADER, at="city_office", title="命名", law="FQ-9",
        term=t.CITY_PUBLICITY,
    ).Next(this.end)  # fmt: skip
    end = End().Annotation(title="结束")


class TitleFlow(CaseFlow):
    """The yearly round of a title until it ends (FQ-11, FQ-12)."""

    process_title = "枫桥式司法所称号动态管理"
    case_class = Title
    must_pass = {"decide": ("recheck",), "decide_revocation": ("decide",)}  # FQ-11、FQ-12

    start = flow.StartHandle().Annotation(title="列入称号名册").Next(this.is_under_appeal)
    is_under_appeal = (
        If(lambda activation: activation.process.case.is_under_appeal)
        .Annotation(title="申诉复查？")
        .Then(this.decide_appeal)
        .Else(this.is_being_rechecked)
    )
    is_being_rechecked = (
        If(lambda activation: activation.process.case.is_being_rechecked)
        .Annotation(title="正在复核？")
        .Then(this.recheck)
        .Else(this.await_recheck)
    )

    # 基层科审核人
    await_recheck = Step(
        "start_recheck", role=Role.COUNTY_REVIEWER, at="section", title="启动年度复核",
        law="FQ-11", term=t.YEARLY_RECHECK,
    ).Next(this.recheck)  # fmt: skip
    recheck = Step(
        "record_recheck", role=Role.COUNTY_REVIEWER, at="section", title="复核评分", law="FQ-11"
    ).Next(this.decide)

    # 分管副局长
    decide = Step(
        "maintain", "warn", "propose_revocation", role=Role.COUNTY_DEPUTY, at="deputy_office",
        title="决定复核结果", law="FQ-11、FQ-12",
    ).Next(this.is_warned)  # fmt: skip
    is_warned = (
        If(lambda activation: activation.process.case.is_warned)
        .Annotation(title="警告整改？")
        .Then(this.rectify)
        .Else(this.is_revocation_proposed)
    )

    # 司法所所长
    rectify = Step(
        "submit_rectification", role=Role.STATION_CHIEF, at="unit", title="整改", law="FQ-11",
        term=t.WARNING,
    ).Next(this.recheck)  # fmt: skip
    is_revocation_proposed = (
        If(lambda activation: activation.process.case.is_revocation_proposed)
        .Annotation(title="提请撤销？")
        .Then(this.decide_revocation)
        .Else(this.await_recheck)
    )

    # 市局负责人
    decide_revocation = Step(
        "revoke", "dismiss_revocation", role=Role.CITY_LEADER, at="city_office",
        title="决定是否撤销", law="FQ-12", term=t.STATEMENT, awaits_term=True,
    ).Next(this.is_over)  # fmt: skip
    decide_appeal = Step(
        "uphold_revocation", "annul_revocation", role=Role.CITY_LEADER, at="city_office",
        title="申诉复查", law="FQ-12",
    ).Next(this.is_over)  # fmt: skip
    is_over = (
        If(lambda activation: activation.process.case.is_over)
        .Annotation(title="称号终止？")
        .Then(this.end)
        .Else(this.await_recheck)
    )
    end = End().Annotation(title="结束")
