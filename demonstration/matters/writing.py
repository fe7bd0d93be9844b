"""Fill in the blanks of the contracts that townships hand in: parties, dates, amounts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from demonstration.matters.plans import Told
from demonstration.places import full_name_of
from documents.words import chinese_date
from legality_review.rules.intake import ContractKind
from legality_review.rules.matters import Matter

CLEANING, LEASE, LAND = (
    "保洁服务合同（示范文本）", "房屋租赁合同（示范文本）", "农村土地经营权流转合同（示范文本）",
)  # fmt: skip
OF_TEMPLATE = {"cleaning": CLEANING, "lease": LEASE, "land": LAND}
KINDS = {
    "cleaning": ContractKind.PROCUREMENT, "service": ContractKind.PROCUREMENT,
    "lease": ContractKind.LEASE, "land": ContractKind.LAND, "works": ContractKind.CONSTRUCTION,
    "investment": ContractKind.INVESTMENT, "cooperation": ContractKind.COOPERATION,
}  # fmt: skip
USUAL: Mapping[str, object] = {
    "fund": "甲方年度部门预算（示例）", "procured": "询价采购（示例）",
    "quality": "符合国家标准和行业规范，没有国家标准的，符合双方确认的样品。",
    "duty": "按照约定的人员、设备和进度履行，不得转包，接受甲方的监督检查。",
    "starts": "合同生效之日", "ends": "一年期满之日", "years": "三", "people": "6",
}  # fmt: skip


def contract(
    station: str, begins: date | int, title: str, form: str, party: str, amount: float,
    words: Mapping[str, object] | None = None, **more: Any,
) -> Told:  # fmt: skip
    """Tell a contract written by one of the forms: template, service, works, cooperation."""
    facts = {
        "contract_kind": KINDS[form], "counterparty": party, "amount": Decimal(str(amount)),
        **more.pop("facts", {}),
    }  # fmt: skip
    signed = chinese_date(begins) if isinstance(begins, date) else "    年  月  日"
    filled = {
        **USUAL, "name": title, "party_a": full_name_of(station), "party_b": party,
        "amount": amount, "signed": signed, **(words or {}),
    }  # fmt: skip
    return Told(
        station, begins, Matter.CONTRACT, title, f"contracts/{form}", filled, facts=facts,
        template=OF_TEMPLATE.get(form, ""), meeting=more.pop("meeting", "镇长办公会议"), **more,
    )  # fmt: skip
