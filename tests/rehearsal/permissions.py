"""List the verbs of rehearsals."""

from permissions.roles import Role
from permissions.verbs import VerbEnum

OFFICIALS = {
    Role.STATION_CHIEF,
    Role.STATION_OFFICER,
    Role.TOWNSHIP_CLERK,
    Role.TOWNSHIP_LEADER,
    Role.COUNTY_REVIEWER,
    Role.COUNTY_ASSESSOR,
    Role.COUNTY_DEPUTY,
    Role.COUNTY_DIRECTOR,
    Role.PARTY_SECRETARY,
}


class Verb(VerbEnum):
    """Name what people may do with a rehearsal."""

    VIEW = "rehearsal.view_rehearsal", "查看演练件", OFFICIALS
    OPEN = "rehearsal.open_rehearsal", "发起演练件", {Role.STATION_CHIEF}
    SUBMIT = "rehearsal.submit_rehearsal", "提交演练件", {Role.STATION_CHIEF}
    OPINE = "rehearsal.opine_rehearsal", "提出演练意见", OFFICIALS
    DECIDE = "rehearsal.decide_rehearsal", "决定演练件", {Role.COUNTY_DEPUTY, Role.COUNTY_DIRECTOR}
