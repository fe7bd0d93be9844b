"""List the verbs of permits."""

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
    Role.CITY_REVIEWER,
    Role.CITY_LEADER,
}


class PermitVerb(VerbEnum):
    """Name what people may do with a permit."""

    VIEW = "permits.view_permit", "查看许可", BUSINESS
    SUBMIT = "permits.submit_permit", "提交许可申请", {Role.STATION_CHIEF}
    CHECK = "permits.check_permit", "初审", {Role.COUNTY_REVIEWER}
    REVIEW = "permits.review_permit", "会审", {Role.COUNTY_ASSESSOR}
    DECIDE = "permits.decide_permit", "决定", {Role.COUNTY_DEPUTY}
    ISSUE = "permits.issue_permit", "发证", {Role.COUNTY_REVIEWER}
