"""List the verbs of the register of laws."""

from permissions.roles import Role
from permissions.verbs import VerbEnum


class Verb(VerbEnum):
    """Name what people may do with the register of laws."""

    VIEW = (
        "laws.view_law",
        "查看法规库",
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
    MAINTAIN = (
        "laws.maintain_law",
        "维护法规库",
        {Role.COUNTY_REVIEWER},
    )
