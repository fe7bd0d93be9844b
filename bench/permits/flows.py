"""Say who works next on a permit."""

from viewflow import this
from viewflow.workflow import flow

from bench.permits import rules
from bench.permits.models import Permit
from permissions.roles import Role
from workflows.flows import CaseFlow, End, If, Step


class PermitFlow(CaseFlow):
    """Preliminary review, one return, two reviewers in parallel, decision, paper."""

    process_title = "测速用许可"
    case_class = Permit

    start = flow.StartHandle().Annotation(title="提交申请").Next(this.check)

    # 基层科审核人
    check = Step(
        "return_to_applicant", "accept", role=Role.COUNTY_REVIEWER, at="bureau", title="初审",
        law="测速",
    ).Next(this.is_accepted)  # fmt: skip
    is_accepted = (
        If(lambda activation: activation.process.case.is_accepted)
        .Annotation(title="受理？")
        .Then(this.review)
        .Else(this.supplement)
    )

    # 司法所所长
    supplement = Step(
        "resubmit", role=Role.STATION_CHIEF, at="unit", title="补正", law="测速",
        term=rules.SUPPLEMENT,
    ).Next(this.check)  # fmt: skip

    # 县级评审员
    review = Step(
        "review", role=Role.COUNTY_ASSESSOR, at="bureau", title="会审", law="测速",
        term=rules.DECISION, holders="reviewers",
    ).Next(this.decide)  # fmt: skip

    # 分管副局长
    decide = Step(
        "decide", role=Role.COUNTY_DEPUTY, at="bureau", title="决定", law="测速",
        term=rules.DECISION,
    ).Next(this.issue)  # fmt: skip

    # 基层科审核人
    issue = Step(
        "issue", role=Role.COUNTY_REVIEWER, at="bureau", title="发证", law="测速"
    ).Next(this.end)  # fmt: skip
    end = End().Annotation(title="结束")
