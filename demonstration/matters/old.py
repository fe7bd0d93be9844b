"""Tell the normative documents from before the system, entered with what is known (补录)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Old:
    """A document published before the system: its numbers, its days, and what becomes of it."""

    station: str
    begins: date | int
    title: str
    document_number: str
    serial: int
    published_on: date
    years: int
    evaluated: str = ""
    rests_after: str = ""
    repealed: str = ""
    anew: str = ""


OLD = (
    Old("云红", date(2023, 2, 20), "云红街道沿街商铺门前责任管理办法", "云红街发〔2019〕7号", 7,
        date(2019, 8, 12), 5, "let_lapse"),
    Old("市中", date(2023, 2, 21), "市中街道社区工作者服务规范", "市中街发〔2021〕3号", 3,
        date(2021, 4, 6), 5, repealed="社区工作者管理已由上级统一规定（示例）。"),
    Old("铁营", date(2023, 2, 22), "铁营镇农村小型水利设施管护办法", "铁政发〔2020〕5号", 5,
        date(2020, 6, 15), 5, "decide_repeal"),
    Old("杨安镇", date(2023, 2, 23), "杨安镇村级公益事业“一事一议”管理办法", "杨政发〔2022〕2号", 2,
        date(2022, 3, 7), 5, "renew", "evaluate", anew="杨政发〔2027〕1号"),
    Old("孔镇", date(2023, 2, 24), "孔镇镇村道养护管理办法", "孔政发〔2022〕8号", 8,
        date(2022, 9, 5), 5, rests_after="start_evaluation"),
    Old("花园", 5, "花园镇农村公厕管护办法", "花政发〔2024〕1号", 1, date(2024, 1, 15), 5,
        rests_after="listed"),
)  # fmt: skip
