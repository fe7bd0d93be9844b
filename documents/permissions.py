"""Declare the verb of the registers of numbers."""

from permissions.roles import Role
from permissions.verbs import VerbEnum


class Verb(VerbEnum):
    """What people may do with registers; papers and files follow the right to see their case."""

    VIEW_REGISTER = (
        "documents.view_register",
        "查看文号登记簿",
        {
            Role.COUNTY_REVIEWER,
            Role.COUNTY_DEPUTY,
            Role.COUNTY_DIRECTOR,
            Role.CITY_REVIEWER,
            Role.CITY_LEADER,
            Role.AUDITOR,
        },
    )
