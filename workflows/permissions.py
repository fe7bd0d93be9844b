"""Declare the verbs of the calendar, of parameters, and of operations on cases of any kind."""

from permissions.roles import Role
from permissions.verbs import VerbEnum


class Verb(VerbEnum):
    """What is done for all cases at once; looking at it needs no verb."""

    IMPORT_CALENDAR = "workflows.import_calendar", "导入放假安排", {Role.SYSTEM_ADMIN}
    RECORD_PARAMETER = "workflows.record_parameter", "设定本局参数", {Role.SYSTEM_ADMIN}


class CaseVerb(VerbEnum):
    """What is done with a case whatever its kind; one person proposes, another confirms."""

    HOLD = (
        "workflows.hold_case",
        "挂起、中止和恢复案件",
        {Role.COUNTY_REVIEWER, Role.COUNTY_DEPUTY, Role.CITY_REVIEWER, Role.CITY_LEADER},
    )
    PROPOSE = (
        "workflows.propose_case",
        "提请重定位、终止、作废、恢复办理",
        {Role.COUNTY_REVIEWER, Role.CITY_REVIEWER},
    )
    CONFIRM = (
        "workflows.confirm_case",
        "确认重定位、终止、作废、恢复办理",
        {Role.COUNTY_DEPUTY, Role.COUNTY_DIRECTOR, Role.CITY_LEADER},
    )
    HAND_OVER = (
        "workflows.hand_over_case",
        "移交离岗人员的待办",
        {
            Role.STATION_CHIEF,
            Role.TOWNSHIP_LEADER,
            Role.COUNTY_DEPUTY,
            Role.COUNTY_DIRECTOR,
            Role.CITY_LEADER,
        },
    )
