"""Make the small bureau of the tests: units, people and posts."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from permissions.models import Post, Unit, User
from permissions.models import UnitKind as Kind
from permissions.roles import Role
from permissions.units import add_unit

IN_POST_SINCE = date(2020, 1, 1)
PASSWORD = "Sunny-Leling-2025"

TOWNSHIPS = (
    ("yunhong", "371481001", "云红街道", Kind.STREET),
    ("tieying", "371481101", "铁营镇", Kind.TOWNSHIP),
    ("kongzhen", "371481102", "孔镇镇", Kind.TOWNSHIP),
    ("yangan", "371481103", "杨安镇", Kind.TOWNSHIP),
)
VILLAGES = (
    ("village", "371481001201", "东关村", "yunhong"),
    ("other_village", "371481101201", "铁营南村", "tieying"),
)


def make_unit(code: str, name: str, kind: Kind, parent: Unit | None) -> Unit:
    """Add a unit below its parent."""
    return add_unit(code=code, name=name, kind=kind, parent=parent)


def make_tree() -> SimpleNamespace:
    """Make the tree: three levels of government, bureaus, sections, townships, stations."""
    tree = SimpleNamespace()
    tree.province = make_unit("37", "山东省", Kind.PROVINCE, None)
    tree.city = make_unit("3714", "德州市", Kind.CITY, tree.province)
    tree.county = make_unit("371481", "乐陵市", Kind.COUNTY, tree.city)
    tree.city_bureau = make_unit("3714SF", "德州市司法局", Kind.BUREAU, tree.city)
    tree.bureau = make_unit("371481SF", "乐陵市司法局", Kind.BUREAU, tree.county)
    tree.section = make_unit("371481SFJCK", "基层科", Kind.SECTION, tree.bureau)
    for key, code, name, kind in TOWNSHIPS:
        place = make_unit(code, name, kind, tree.county)
        short = name.removesuffix("镇") if name != "孔镇镇" else "孔镇"
        station = make_unit(
            f"{code}SFS", f"{short.removesuffix('街道')}司法所", Kind.STATION, place
        )
        office = "街道办事处" if kind == Kind.STREET else "人民政府"
        government = make_unit(
            f"{code}ZF", f"{name.removesuffix('街道')}{office}", Kind.TOWNSHIP_GOVERNMENT, place
        )
        setattr(tree, key, place)
        setattr(tree, f"{key}_station", station)
        setattr(tree, f"{key}_government", government)
    for key, code, name, township in VILLAGES:
        setattr(tree, key, make_unit(code, name, Kind.VILLAGE, getattr(tree, township)))
    tree.station = tree.yunhong_station
    tree.other_station = tree.tieying_station
    return tree


# name in the fixture, full name, role, unit in the tree
PEOPLE = (
    ("chief", "云所长", Role.STATION_CHIEF, "yunhong_station"),
    ("officer", "云科员", Role.STATION_OFFICER, "yunhong_station"),
    ("other_chief", "铁所长", Role.STATION_CHIEF, "tieying_station"),
    ("other_officer", "铁科员", Role.STATION_OFFICER, "tieying_station"),
    ("third_chief", "孔所长", Role.STATION_CHIEF, "kongzhen_station"),
    ("fourth_chief", "杨所长", Role.STATION_CHIEF, "yangan_station"),
    ("township_clerk", "云经办", Role.TOWNSHIP_CLERK, "yunhong_government"),
    ("township_leader", "云主任", Role.TOWNSHIP_LEADER, "yunhong_government"),
    ("other_township_clerk", "铁经办", Role.TOWNSHIP_CLERK, "tieying_government"),
    ("other_township_leader", "铁镇长", Role.TOWNSHIP_LEADER, "tieying_government"),
    ("reviewer", "乐审核", Role.COUNTY_REVIEWER, "section"),
    ("second_reviewer", "乐复核", Role.COUNTY_REVIEWER, "section"),
    ("assessor_a", "评甲", Role.COUNTY_ASSESSOR, "bureau"),
    ("assessor_b", "评乙", Role.COUNTY_ASSESSOR, "bureau"),
    ("assessor_c", "评丙", Role.COUNTY_ASSESSOR, "bureau"),
    ("deputy", "乐副局", Role.COUNTY_DEPUTY, "bureau"),
    ("director", "乐局长", Role.COUNTY_DIRECTOR, "bureau"),
    ("secretary", "乐书记", Role.PARTY_SECRETARY, "bureau"),
    ("counsel", "云顾问", Role.LEGAL_COUNSEL, "yunhong_government"),
    ("county_counsel", "乐顾问", Role.LEGAL_COUNSEL, "bureau"),
    ("city_reviewer", "德审核", Role.CITY_REVIEWER, "city_bureau"),
    ("city_leader", "德局长", Role.CITY_LEADER, "city_bureau"),
    ("auditor", "乐审计", Role.AUDITOR, "bureau"),
    ("system_admin", "系统员", Role.SYSTEM_ADMIN, "bureau"),
    ("security_admin", "安全员", Role.SECURITY_ADMIN, "bureau"),
    ("audit_admin", "审计员", Role.AUDIT_ADMIN, "bureau"),
)


def make_person(username: str, full_name: str = "", **fields: Any) -> User:
    """Make a person who has changed his initial password; `PASSWORD` signs him in."""
    fields.setdefault("must_change_password", False)
    return User.objects.create_user(username, PASSWORD, full_name=full_name or username, **fields)


def make_post(
    user: User,
    role: Role,
    unit: Unit,
    starts_on: date = IN_POST_SINCE,
    ends_on: date | None = None,
) -> Post:
    """Put a person into a post."""
    return Post.objects.create(
        user=user, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on
    )


def make_people(tree: SimpleNamespace) -> SimpleNamespace:
    """Make one person per role and a few neighbours, named by role; `.all` lists them."""
    people = SimpleNamespace(all=[])
    for key, full_name, role, unit in PEOPLE:
        person = make_person(key, full_name)
        make_post(person, role, getattr(tree, unit))
        setattr(people, key, person)
        people.all.append(person)
    return people
