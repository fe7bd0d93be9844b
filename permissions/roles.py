"""Name the roles (岗位种类) of the bureau, its stations, the townships and the city."""

from django.db.models import TextChoices


class Role(TextChoices):
    """Roles a post can carry; what each may do is said by the verbs of the apps."""

    STATION_CHIEF = "station_chief", "司法所所长"
    STATION_OFFICER = "station_officer", "司法所工作人员"
    TOWNSHIP_CLERK = "township_clerk", "乡镇（街道）经办人"
    TOWNSHIP_LEADER = "township_leader", "乡镇（街道）负责人"
    COUNTY_REVIEWER = "county_reviewer", "基层科审核人"
    COUNTY_ASSESSOR = "county_assessor", "县级评审员"
    COUNTY_DEPUTY = "county_deputy", "分管副局长"
    COUNTY_DIRECTOR = "county_director", "局长"
    PARTY_SECRETARY = "party_secretary", "局党组书记"
    LEGAL_COUNSEL = "legal_counsel", "法律顾问（公职律师）"
    CITY_REVIEWER = "city_reviewer", "市局审核人"
    CITY_LEADER = "city_leader", "市局负责人"
    AUDITOR = "auditor", "审计员（只读）"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""The three separated administrators (三员分立, GB/T 22239 8.1.5): none holds a case verb."""

STATION_ROLES = frozenset({Role.STATION_CHIEF, Role.STATION_OFFICER})
TOWNSHIP_ROLES = frozenset({Role.TOWNSHIP_CLERK, Role.TOWNSHIP_LEADER})
COUNTY_ROLES = frozenset(
    {
        Role.COUNTY_REVIEWER,
        Role.COUNTY_ASSESSOR,
        Role.COUNTY_DEPUTY,
        Role.COUNTY_DIRECTOR,
        Role.PARTY_SECRETARY,
    }
)
CITY_ROLES = frozenset({Role.CITY_REVIEWER, Role.CITY_LEADER})

SUPERIORS = {
    Role.STATION_OFFICER: Role.STATION_CHIEF,
    Role.STATION_CHIEF: Role.COUNTY_DEPUTY,
    Role.TOWNSHIP_CLERK: Role.TOWNSHIP_LEADER,
    Role.TOWNSHIP_LEADER: Role.COUNTY_DEPUTY,
    Role.COUNTY_REVIEWER: Role.COUNTY_DEPUTY,
    Role.COUNTY_ASSESSOR: Role.COUNTY_DEPUTY,
    Role.COUNTY_DEPUTY: Role.COUNTY_DIRECTOR,
    Role.PARTY_SECRETARY: Role.COUNTY_DIRECTOR,
    Role.LEGAL_COUNSEL: Role.COUNTY_DEPUTY,
    Role.CITY_REVIEWER: Role.CITY_LEADER,
}
"""To whom a task that is overdue is reported (超时升级, operations.md 2.5): never decided by it."""
