"""List the verbs of the indicators."""

from permissions.roles import Role
from permissions.verbs import VerbEnum


class Verb(VerbEnum):
    """Name what people may do with indicators."""

    VIEW = (
        "indicators.view_indicator",
        "查看指标",
        {
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
        },
    )
    REPORT = (
        "indicators.report_indicator",
        "填报指标",
        {Role.STATION_CHIEF, Role.STATION_OFFICER},
    )
