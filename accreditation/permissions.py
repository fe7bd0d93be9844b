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
