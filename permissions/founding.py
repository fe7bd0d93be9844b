"""Found a bureau on an empty database: its line of units and the three administrators.

Only here does one hand put all three into post (三员分立 begins afterwards), and only while there
is none; it runs on the server, where whoever runs it holds the database anyway.
"""

from dataclasses import dataclass

from django.db import transaction

from audit import clock
from audit.recording import record
from permissions import passwords, second_factor, sessions
from permissions.models import Post, SessionEnd, Unit, UnitKind, User
from permissions.people import add_person
from permissions.posts import appoint, is_administrator
from permissions.refusals import Impossible
from permissions.roles import ADMINISTRATORS, Role
from permissions.units import add_unit

LINE = (UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY, UnitKind.BUREAU)
OFFICES = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


@dataclass(frozen=True)
class Given:
    """An account and the initial password it was given."""

    user: User
    office: str
    password: str


@transaction.atomic
def found(line: list[tuple[str, str]], accounts: list[tuple[str, str]]) -> list[Given]:
    """Make the bureau and its administrators; return their initial passwords, kept nowhere.

    In: code and name of province, city, county, bureau; account and name of the system, the
    security and the audit administrator. Raises `Impossible` when there is an administrator.
    """
    if Post.objects.on(clock.today()).filter(role__in=ADMINISTRATORS).exists():
        raise Impossible("已有管理员在任。岗位由安全管理员在页面上任免。")
    if len({username for username, _ in accounts}) != len(OFFICES) or len(line) != len(LINE):
        raise Impossible("须给出省、市、县、司法局四级机构，和三个不同的账号。")
    units: list[Unit | None] = [None]
    for (code, name), kind in zip(line, LINE, strict=True):
        present = Unit.objects.filter(code=code).first()
        units.append(present or add_unit(code=code, name=name, kind=kind, parent=units[-1]))
    bureau = Unit.objects.get(code=line[-1][0])
    return [
        _put_into_office(username, full_name, office, bureau)
        for (username, full_name), office in zip(accounts, OFFICES, strict=True)
    ]


def _put_into_office(username: str, full_name: str, office: Role, unit: Unit) -> Given:
    """Make one administrator."""
    user, password = add_person(username=username, full_name=full_name)
    appoint(user, office, unit, clock.today(), reason="系统初始化")
    return Given(user, office.label, password)


@transaction.atomic
def reset_administrator(username: str) -> Given:
    """Give an administrator who cannot sign in a new initial password, without second factor."""
    user = User.objects.select_for_update().filter(username=username, is_active=True).first()
    if user is None or not is_administrator(user):
        raise Impossible(f"“{username}”不是在任的系统、安全或者审计管理员。")
    password = passwords.give_initial(user)
    second_factor.remove(user)
    sessions.end(user.signed_in_sessions.all(), SessionEnd.PASSWORD_CHANGED)
    record(
        "permissions.reset_password", "重置口令", subject=user, reason="在服务器上由运维人员重置"
    )
    return Given(user, "管理员", password)
