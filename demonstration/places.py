"""Set up the units of 乐陵市: its place in the province, its bureau and its sixteen stations."""

from permissions.models import Unit
from permissions.models import UnitKind as Kind
from permissions.units import add_unit

STREETS = ("云红", "市中", "胡家", "郭家")
STATIONS = {
    "云红": "yunhong",
    "铁营": "tieying",
    "花园": "huayuan",
    "杨安镇": "yanganzhen",
    "丁坞": "dingwu",
    "胡家": "hujia",
    "市中": "shizhong",
    "郑店": "zhengdian",
    "化楼": "hualou",
    "孔镇": "kongzhen",
    "黄夹": "huangjia",
    "西段": "xiduan",
    "朱集": "zhuji",
    "寨头堡": "zhaitoubao",
    "大孙": "dasun",
    "郭家": "guojia",
}
"""The stations of the plan (FQ-1) with the word that begins the accounts of their people."""
LEGAL_SERVICES = ("云红", "市中", "铁营")
"""Where a legal-service office (基层法律服务所) stands beside the judicial station."""


def add_places() -> dict[str, Unit]:
    """Add every unit and return them by the names the story uses."""
    province = add_unit(code="37", name="山东省", kind=Kind.PROVINCE, parent=None)
    city = add_unit(code="3714", name="德州市", kind=Kind.CITY, parent=province)
    county = add_unit(code="371481", name="乐陵市", kind=Kind.COUNTY, parent=city)
    bureau = add_unit(code="371481SF", name="乐陵市司法局", kind=Kind.BUREAU, parent=county)
    units = {
        "city_bureau": add_unit(code="3714SF", name="德州市司法局", kind=Kind.BUREAU, parent=city),
        "bureau": bureau,
        "section": add_unit(code="371481SFJCK", name="基层科", kind=Kind.SECTION, parent=bureau),
    }
    for order, name in enumerate(STATIONS, start=1):
        units |= _township(name, order, county)
    for name in LEGAL_SERVICES:
        place = units[f"{name}司法所"].parent
        units[f"{name}法律服务所"] = add_unit(
            code=f"{place.code}FLF",
            name=f"{name}法律服务所",
            kind=Kind.LEGAL_SERVICE_OFFICE,
            parent=place,
        )
    return units


def full_name_of(name: str) -> str:
    """Return the full name of the government (street office) of a township."""
    is_street = name in STREETS
    place = name if name.endswith("镇") else f"{name}{'街道' if is_street else '镇'}"
    return f"{place}{'办事处' if is_street else '人民政府'}"


def _township(name: str, order: int, county: Unit) -> dict[str, Unit]:
    """Add a township or street with its government, its station and two villages."""
    is_street = name in STREETS
    code = f"371481{order if is_street else 100 + order:03d}"  # as GB/T 2260 tells them apart
    government = full_name_of(name)
    kind = Kind.STREET if is_street else Kind.TOWNSHIP
    full = government.removesuffix("办事处").removesuffix("人民政府")
    place = add_unit(code=code, name=full, kind=kind, parent=county)
    for village in (1, 2):
        add_unit(
            code=f"{code}{200 + village}",
            name=f"{name}示例{'社区' if is_street else '村'}{village}",
            kind=Kind.COMMUNITY if is_street else Kind.VILLAGE,
            parent=place,
        )
    return {
        f"{name}司法所": add_unit(
            code=f"{code}SFS", name=f"{name}司法所", kind=Kind.STATION, parent=place
        ),
        f"{name}政府": add_unit(
            code=f"{code}ZF", name=government, kind=Kind.TOWNSHIP_GOVERNMENT, parent=place
        ),
    }
