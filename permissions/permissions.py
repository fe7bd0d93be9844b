"""Declare the verbs of managing units, people, posts and exceptions."""

from permissions.roles import Role
from permissions.verbs import VerbEnum


class Verb(VerbEnum):
    """What administrators and auditors may do; separated by 三员分立 (GB/T 22239 8.1.5)."""

    MANAGE_UNIT = "permissions.manage_unit", "管理机构", {Role.SYSTEM_ADMIN}
    MANAGE_USER = "permissions.manage_user", "管理人员", {Role.SYSTEM_ADMIN}
    IMPORT_PEOPLE = "permissions.import_user", "导入机构和人员", {Role.SYSTEM_ADMIN}
    MANAGE_POST = "permissions.manage_post", "任免岗位", {Role.SECURITY_ADMIN}
    MANAGE_EXCEPTION = "permissions.manage_exception", "授予和收回例外权限", {Role.SECURITY_ADMIN}
    MANAGE_RECUSAL = "permissions.manage_recusal", "登记和解除回避", {Role.SECURITY_ADMIN}
    END_SESSION = "permissions.end_session", "结束他人会话", {Role.SECURITY_ADMIN}
    REMOVE_SECOND_FACTOR = (
        "permissions.remove_second_factor",
        "解除他人动态口令",
        {Role.SECURITY_ADMIN},
    )
    VIEW_ROLES = (
        "permissions.view_roles",
        "查看岗位权限表",
        {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.AUDITOR},
    )
    VIEW_DIRECTORY = (
        "permissions.view_user",
        "查看机构和人员",
        {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.AUDITOR},
    )
    VIEW_TRACE = "permissions.view_trace", "查阅留痕", {Role.AUDIT_ADMIN, Role.AUDITOR}
    SEAL_TRACE = "permissions.seal_trace", "打印每日封存", {Role.AUDIT_ADMIN}


class SuperiorVerb(VerbEnum):
    """What superiors in business posts may do for their people; none is an administrator's."""

    ARRANGE_STAND_IN = (
        "permissions.arrange_standin",
        "为下级设定请假代理",
        {
            Role.STATION_CHIEF,
            Role.TOWNSHIP_LEADER,
            Role.COUNTY_DEPUTY,
            Role.COUNTY_DIRECTOR,
            Role.CITY_LEADER,
        },
    )
