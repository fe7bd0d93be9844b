"""Give the demonstration its people: invented names, one account for every post."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import make_password

from audit import clock
from demonstration.places import STATIONS
from permissions.models import Unit, User
from permissions.posts import appoint
from permissions.roles import Role

PASSWORD = "Fengqiao-2021"  # noqa: S105 - known to everybody who tries the demonstration
IN_POST_SINCE = date(2020, 1, 1)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
BUREAU = (
    ("section.reviewer", "秦示例", Role.COUNTY_REVIEWER, "section"),
    ("section.second", "姜示例", Role.COUNTY_REVIEWER, "section"),
    ("assessor.a", "尤示例", Role.COUNTY_ASSESSOR, "bureau"),
    ("assessor.b", "许示例", Role.COUNTY_ASSESSOR, "bureau"),
    ("assessor.c", "何示例", Role.COUNTY_ASSESSOR, "bureau"),
    ("deputy", "吕示例", Role.COUNTY_DEPUTY, "bureau"),
    ("director", "施示例", Role.COUNTY_DIRECTOR, "bureau"),
    ("party.secretary", "张示例", Role.PARTY_SECRETARY, "bureau"),
    ("counsel", "陶示例", Role.LEGAL_COUNSEL, "bureau"),
    ("city.reviewer", "孔示例", Role.CITY_REVIEWER, "city_bureau"),
    ("city.second", "戚示例", Role.CITY_REVIEWER, "city_bureau"),
    ("city.leader", "曹示例", Role.CITY_LEADER, "city_bureau"),
    ("city.deputy", "谢示例", Role.CITY_LEADER, "city_bureau"),
    ("auditor", "严示例", Role.AUDITOR, "bureau"),
    ("system.admin", "华示例", Role.SYSTEM_ADMIN, "bureau"),
    ("security.admin", "金示例", Role.SECURITY_ADMIN, "bureau"),
    ("audit.admin", "魏示例", Role.AUDIT_ADMIN, "bureau"),
)
LOCAL = (
    ("chief", "所长", Role.STATION_CHIEF, "司法所"),
    ("officer", "科员", Role.STATION_OFFICER, "司法所"),
    ("leader", "负责", Role.TOWNSHIP_LEADER, "政府"),
    ("clerk", "经办", Role.TOWNSHIP_CLERK, "政府"),
)
COUNSEL = ("云红", "市中", "杨安镇", "郑店", "孔镇")
"""Townships with a counsel of their own; the others ask the county's."""


def add_people(units: dict[str, Unit]) -> dict[str, User]:
    """Add every person with his post and return them by account."""
    people = {}
    for account, name, role, unit in BUREAU:
        people[account] = _add(account, name, role, units[unit])
    for surname, (station, word) in zip(SURNAMES, STATIONS.items(), strict=True):
        for ending, given, role, organ in LOCAL:
            account = f"{word}.{ending}"
            people[account] = _add(account, surname + given, role, units[station + organ])
        if station in COUNSEL:
            account, name = f"{word}.counsel", f"{surname}顾问"
            people[account] = _add(account, name, Role.LEGAL_COUNSEL, units[f"{station}政府"])
    return people


def _add(account: str, name: str, role: Role, unit: Unit) -> User:
    """Add a person who cannot sign in yet, and appoint him."""
    user = User(username=account, full_name=name, must_change_password=False)
    user.set_unusable_password()
    user.save()
    appoint(user, role, unit, IN_POST_SINCE)
    return user


def give_passwords(people: Iterable[User]) -> None:
    """Give everybody the password of the demonstration as of now: one dated 2021 would be over."""
    User.objects.filter(pk__in=[person.pk for person in people]).update(
        password=make_password(PASSWORD), password_changed_at=clock.now()
    )
