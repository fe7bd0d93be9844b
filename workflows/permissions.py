"""Declare the verbs of the calendar and the bureau's parameters."""

from permissions.roles import Role
from permissions.verbs import VerbEnum


class Verb(VerbEnum):
    """What is done for all cases at once; looking at it needs no verb."""

    IMPORT_CALENDAR = "workflows.import_calendar", "导入放假安排", {Role.SYSTEM_ADMIN}
    RECORD_PARAMETER = "workflows.record_parameter", "设定本局参数", {Role.SYSTEM_ADMIN}
