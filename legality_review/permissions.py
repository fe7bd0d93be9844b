"""List the verbs of legality review."""

from permissions.roles import Role
from permissions.verbs import VerbEnum

BUSINESS = {
    Role.STATION_CHIEF,
    Role.STATION_OFFICER,
    Role.TOWNSHIP_CLERK,
    Role.TOWNSHIP_LEADER,
    Role.LEGAL_COUNSEL,
    Role.COUNTY_REVIEWER,
    Role.COUNTY_DEPUTY,
    Role.COUNTY_DIRECTOR,
    Role.CITY_REVIEWER,
    Role.CITY_LEADER,
    Role.AUDITOR,
}
REVIEWERS = {Role.STATION_CHIEF, Role.STATION_OFFICER, Role.COUNTY_REVIEWER}


class ReviewVerb(VerbEnum):
    """Name what people may do with a matter under legality review (合法性审查事项)."""

    VIEW = "legality_review.view_review", "查看合法性审查事项", BUSINESS
    OPEN = "legality_review.open_review", "送请合法性审查", {Role.TOWNSHIP_CLERK}
    EDIT = "legality_review.edit_review", "填写送审信息和上传材料", {Role.TOWNSHIP_CLERK}
    SUBMIT = "legality_review.submit_review", "送审和补正", {Role.TOWNSHIP_CLERK}
    RESUBMIT = (
        "legality_review.resubmit_review",
        "文本有改动，重新送审",
        {Role.TOWNSHIP_CLERK, Role.TOWNSHIP_LEADER},
    )
    WITHDRAW = "legality_review.withdraw_review", "撤回送审", {Role.TOWNSHIP_CLERK}
    CHECK = "legality_review.check_review", "审核送审材料", REVIEWERS
    EXAMINE = "legality_review.examine_review", "填写审查发现", REVIEWERS
    CONCLUDE = "legality_review.conclude_review", "出具审查意见", REVIEWERS
    ESCALATE = (
        "legality_review.escalate_review",
        "提请县级复审",
        {Role.STATION_CHIEF, Role.STATION_OFFICER},
    )
    ADVISE = "legality_review.advise_review", "出具法律顾问意见", {Role.LEGAL_COUNSEL}
    EXTEND = "legality_review.extend_review", "批准延长审查期限", {Role.COUNTY_DEPUTY}
    ANSWER = "legality_review.answer_review", "反馈采纳情况", {Role.TOWNSHIP_CLERK}
    DELIBERATE = "legality_review.deliberate_review", "集体讨论决定", {Role.TOWNSHIP_LEADER}
    SIGN = "legality_review.sign_review", "签发", {Role.TOWNSHIP_LEADER}


class TemplateVerb(VerbEnum):
    """Name what people may do with the county's contract templates and lists of reviewers."""

    VIEW = "legality_review.view_contracttemplate", "查看合同示范文本", BUSINESS
    MAINTAIN = (
        "legality_review.maintain_contracttemplate",
        "维护合同示范文本和审查人员名册",
        {Role.COUNTY_REVIEWER},
    )


class DocumentVerb(VerbEnum):
    """Name what people may do with an adopted normative document (规范性文件)."""

    VIEW = "legality_review.view_normativedocument", "查看规范性文件", BUSINESS
    OPEN = "legality_review.open_normativedocument", "补录规范性文件", {Role.COUNTY_REVIEWER}
    REGISTER = (
        "legality_review.register_normativedocument",
        "登记、编号、印发",
        {Role.TOWNSHIP_CLERK},
    )
    PUBLISH = "legality_review.publish_normativedocument", "公布", {Role.TOWNSHIP_CLERK}
    FILE = "legality_review.file_normativedocument", "报送备案和纠正", {Role.TOWNSHIP_CLERK}
    CHECK_FILING = (
        "legality_review.check_normativedocument",
        "备案审查",
        {Role.COUNTY_REVIEWER},
    )
    DECIDE_FILING = (
        "legality_review.decide_normativedocument",
        "提请改变或者撤销",
        {Role.COUNTY_DEPUTY},
    )
    EVALUATE = (
        "legality_review.evaluate_normativedocument",
        "评估",
        {Role.TOWNSHIP_CLERK},
    )
    DECIDE = (
        "legality_review.settle_normativedocument",
        "决定延续、修改、废止",
        {Role.TOWNSHIP_LEADER},
    )


class CleanupVerb(VerbEnum):
    """Name what people may do with a clean-up of normative documents (清理)."""

    VIEW = "legality_review.view_cleanup", "查看规范性文件清理", BUSINESS
    OPEN = "legality_review.open_cleanup", "启动清理", {Role.TOWNSHIP_CLERK}
    EDIT = "legality_review.edit_cleanup", "拟定清理结论", {Role.TOWNSHIP_CLERK}
    PUBLISH = (
        "legality_review.publish_cleanup",
        "公布清理意见和征求意见",
        {Role.TOWNSHIP_CLERK},
    )
    CONCLUDE = "legality_review.conclude_cleanup", "公布清理结果", {Role.TOWNSHIP_LEADER}
