"""Declare the verbs of registers, and of voiding papers and numbers."""

from permissions.roles import Role
from permissions.verbs import VerbEnum


class Verb(VerbEnum):
    """What people may do with registers and papers; seeing a paper follows from seeing its case.

    A paper is voided by the reviewers and leaders of the organ that issued it, hence two verbs.
    """

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
    VOID_COUNTY_PAPER = (
        "documents.void_county_paper",
        "作废县级及以下制发的文书",
        {Role.COUNTY_REVIEWER, Role.COUNTY_DEPUTY, Role.COUNTY_DIRECTOR},
    )
    VOID_CITY_PAPER = (
        "documents.void_city_paper",
        "作废市级制发的文书",
        {Role.CITY_REVIEWER, Role.CITY_LEADER},
    )
    VOID_NUMBER = (
        "documents.void_number",
        "作废未用的文号",
        {
            Role.COUNTY_REVIEWER,
            Role.COUNTY_DEPUTY,
            Role.COUNTY_DIRECTOR,
            Role.CITY_REVIEWER,
            Role.CITY_LEADER,
        },
    )
