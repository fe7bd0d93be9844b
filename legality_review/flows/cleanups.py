"""Say who works next on a clean-up of documents."""

from viewflow import this
from viewflow.workflow import flow

from legality_review.models import Cleanup
from legality_review.rules.cleanup import CONSULTATION
from permissions.roles import Role
from workflows.flows import CaseFlow, Step


class CleanupFlow(CaseFlow):
    """From the draft to the published result (LR-36)."""

    process_title = "规范性文件清理"
    case_class = Cleanup
    must_pass = {"conclude": ("draft", "consult")}  # LR-36

    start = flow.StartHandle().Annotation(title="启动清理").Next(this.draft)

    # 乡镇（街道）经办人
    draft = Step(
        "publish_draft", role=Role.TOWNSHIP_CLERK, at="township_desk",
        title="拟定并公布清理意见", law="LR-36",
    ).Next(this.consult)  # fmt: skip
    consult = Step(
        "close_consultation", role=Role.TOWNSHIP_CLERK, at="township_desk",
        title="公开征求意见", law="LR-36", term=CONSULTATION, awaits_term=True,
    ).Next(this.conclude)  # fmt: skip

    # 乡镇（街道）负责人
    conclude = Step(
        "conclude", role=Role.TOWNSHIP_LEADER, at="township", title="公布清理结果", law="LR-36"
    ).Next(this.end)
    end = flow.End().Annotation(title="结束")
