"""List the verbs of accreditation."""

from permissions.roles import Role
from permissions.verbs import VerbEnum

BUSINESS = {
    Role.STATION_CHIEF,
    Role.STATION_OFFICER,
    Role.TOWNSHIP_CLERK,
    Role.TOWNSHIP_LEADER,
    Role.COUNTY_REVIEWER,
    Role.COUNTY_ASSESSOR,
    Role.COUNTY_DEPUTY,
    Role.COUNTY_DIRECTOR,
    Role.PARTY_SECRETARY,
    Role.CITY_REVIEWER,
    Role.CITY_LEADER,
    Role.AUDITOR,
}


class StandardVerb(VerbEnum):
    """Name what people may do with standards and the plan."""

    VIEW = "accreditation.view_standard", "查看创建标准", BUSINESS
    EDIT = (
        "accreditation.edit_standard",
        "编制创建标准",
        {Role.COUNTY_REVIEWER, Role.CITY_REVIEWER},
    )
    VIEW_PLAN = "accreditation.view_plan", "查看三年创建计划", BUSINESS


class ApplicationVerb(VerbEnum):
    """Name what people may do with an application for the title (创建申报)."""

    VIEW = "accreditation.view_application", "查看创建申报", BUSINESS
    OPEN = "accreditation.open_application", "发起创建申报", {Role.STATION_CHIEF}
    EDIT = (
        "accreditation.edit_application",
        "填写自评和上传材料",
        {Role.STATION_CHIEF, Role.STATION_OFFICER},
    )
    ASSESS = "accreditation.assess_application", "开展自评", {Role.STATION_CHIEF}
    OPINE = "accreditation.opine_application", "出具乡镇（街道）意见", {Role.TOWNSHIP_LEADER}
    APPLY = "accreditation.apply_application", "申报", {Role.STATION_CHIEF}
    SUPPLEMENT = "accreditation.supplement_application", "补正材料", {Role.STATION_CHIEF}
    WITHDRAW = "accreditation.withdraw_application", "撤回申报", {Role.STATION_CHIEF}
    CHECK = "accreditation.check_application", "形式审查", {Role.COUNTY_REVIEWER}
    APPOINT = "accreditation.appoint_application", "指派评审员", {Role.COUNTY_DEPUTY}
    SCORE = "accreditation.score_application", "现场评分", {Role.COUNTY_ASSESSOR}
    CONFIRM = "accreditation.confirm_application", "确认县级得分", {Role.COUNTY_REVIEWER}
    DECIDE = "accreditation.decide_application", "党组研究决定", {Role.PARTY_SECRETARY}
    PUBLISH = "accreditation.publish_application", "县级公示和上报", {Role.COUNTY_REVIEWER}
    RECORD_OBJECTION = (
        "accreditation.object_application",
        "登记异议",
        {Role.COUNTY_REVIEWER, Role.CITY_REVIEWER},
    )
    INVESTIGATE = (
        "accreditation.investigate_application",
        "核查县级公示的异议",
        {Role.COUNTY_REVIEWER},
    )
    INVESTIGATE_AT_CITY = (
        "accreditation.verify_application",
        "核查市级公示的异议",
        {Role.CITY_REVIEWER},
    )
    RECORD_VETO = "accreditation.veto_application", "登记否决情形（县级）", {Role.COUNTY_REVIEWER}
    RECORD_VETO_AT_CITY = (
        "accreditation.veto_city_application",
        "登记否决情形（市级）",
        {Role.CITY_REVIEWER},
    )
    INSPECT = "accreditation.inspect_application", "市级验收", {Role.CITY_REVIEWER}
    ACCEPT = "accreditation.accept_application", "决定验收结果", {Role.CITY_LEADER}
    RECTIFY = "accreditation.rectify_application", "报送整改", {Role.STATION_CHIEF}
    PUBLISH_CITY = "accreditation.announce_application", "市级公示", {Role.CITY_REVIEWER}
    NAME = "accreditation.name_application", "命名", {Role.CITY_LEADER}


class TitleVerb(VerbEnum):
    """Name what people may do with a title (称号)."""

    VIEW = "accreditation.view_title", "查看称号", BUSINESS
    REGISTER = "accreditation.register_title", "登记称号", {Role.CITY_LEADER}
    RECHECK = "accreditation.recheck_title", "年度复核", {Role.COUNTY_REVIEWER}
    DECIDE = "accreditation.decide_title", "决定复核结果", {Role.COUNTY_DEPUTY}
    RECTIFY = "accreditation.rectify_title", "报送整改和陈述申辩", {Role.STATION_CHIEF}
    PROPOSE = "accreditation.propose_title", "提请撤销称号", {Role.COUNTY_DEPUTY}
    REVOKE = "accreditation.revoke_title", "决定撤销称号", {Role.CITY_LEADER}
    APPEAL = "accreditation.appeal_title", "申诉", {Role.STATION_CHIEF}
    CANCEL = "accreditation.cancel_title", "注销称号", {Role.CITY_LEADER}
