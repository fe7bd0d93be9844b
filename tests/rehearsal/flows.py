"""Say who works next on a rehearsal: two branches, one of them a vote, and a decision."""

from viewflow import this
from viewflow.workflow import flow

from permissions.roles import Role
from tests.rehearsal.models import REVIEW_TERM, Rehearsal
from workflows.flows import CaseFlow, End, Join, Parallel, Return, Step
from workflows.signing import Rule, Signing
from workflows.vocabulary import Operation

VOTE = Signing(
    Rule.VOTES, agree=("support",), disagree=("oppose",), abstain=("abstain",), percent=60
)


class RehearsalFlow(CaseFlow):
    """Draft, review and vote in parallel, decide."""

    process_title = "演练流程"
    case_class = Rehearsal

    start = flow.StartHandle().Annotation(title="发起").Next(this.draft)

    # 司法所所长
    draft = Step("submit", role=Role.STATION_CHIEF, at="unit", title="起草", law="演练").Next(
        this.check
    )

    # 基层科审核人
    check = Step(
        "opine", role=Role.COUNTY_REVIEWER, at="section", title="初审", law="演练",
        term=REVIEW_TERM, recall=True, batch=("opine",), also={Operation.ADD_AFTER},
        returns=(Return("draft", act="return_to_draft"),),
    ).Next(this.split)  # fmt: skip
    split = Parallel().Annotation(title="并行").Next(this.review).Next(this.vote)
    review = Step(
        "opine", role=Role.COUNTY_REVIEWER, at="section", title="复审", law="演练", recall=True,
        returns=(Return("check"), Return("draft", act="return_to_draft")),
    ).Next(this.join)  # fmt: skip

    # 评审员
    vote = Step(
        "support", "oppose", "abstain", role=Role.COUNTY_ASSESSOR, at="bureau", title="票决",
        law="演练", holders="panel_list", signing=VOTE, recall=True,
        returns=(Return("check"),), also={Operation.ADD_AFTER},
    ).Next(this.join)  # fmt: skip
    join = Join().Annotation(title="汇合").Next(this.decide)

    # 分管副局长
    decide = Step(
        "conclude", "refuse", role=Role.COUNTY_DEPUTY, at="bureau", title="决定", law="演练",
        returns=(Return("review"), Return("check"), Return("draft", act="return_to_draft")),
    ).Next(this.end)  # fmt: skip
    end = End().Annotation(title="结束")
