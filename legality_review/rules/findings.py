"""Name what is examined, and which conclusion the findings allow (LR-5, LR-10, LR-18 to LR-20)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices

from legality_review.rules import procedure
from legality_review.rules.matters import Matter
from workflows.conditions import Verdict, met_if


class Verdicts(TextChoices):
    """What was found on one item."""

    FINE = "fine", "未发现问题"
    AMEND = "amend", "需要修改"
    UNLAWFUL = "unlawful", "违法"
    PROCEDURE = "procedure", "程序欠缺"
    NOT_APPLICABLE = "not_applicable", "不涉及"


@dataclass(frozen=True)
class Item:
    """One item of an examination: code, what is asked, and by which rule.

    A `forbidden` item names content that no document may have: found, it makes the text unlawful
    (LR-5). An item of `procedure` may say that a compulsory step lacks.
    """

    code: str
    title: str
    law: str
    forbidden: bool = False
    procedure: bool = False

    @property
    def verdicts(self) -> tuple[Verdicts, ...]:
        """Return what may be found on the item."""
        if self.forbidden:
            return (Verdicts.FINE, Verdicts.UNLAWFUL)
        found = (Verdicts.FINE, Verdicts.AMEND, Verdicts.UNLAWFUL, Verdicts.NOT_APPLICABLE)
        return (*found, Verdicts.PROCEDURE) if self.procedure else found


FORBIDDEN = (
    Item("f1", "没有增加法定职权或者减少法定职责", "LR-5", forbidden=True),
    Item(
        "f2",
        "没有设定行政许可、行政处罚、行政强制、行政征收、行政收费等事项",
        "LR-5（《行政许可法》第十七条等）",
        forbidden=True,
    ),
    Item(
        "f3",
        "没有增加办理行政许可的条件，没有规定循环证明、重复证明、无谓证明",
        "LR-5",
        forbidden=True,
    ),
    Item(
        "f4",
        "没有违法减损公民、法人和其他组织合法权益或者增加其义务",
        "LR-5",
        forbidden=True,
    ),
    Item(
        "f5",
        "没有规定应当由市场调节、企业和社会自律、公民自我管理的事项",
        "LR-5",
        forbidden=True,
    ),
    Item(
        "f6",
        "没有排除或者限制公平竞争、违法干预市场主体正常经营、违法设置市场准入和退出条件",
        "LR-5",
        forbidden=True,
    ),
)
"""Content that no normative document may have (国办发〔2018〕37号)."""

ITEMS: dict[str, tuple[Item, ...]] = {
    Matter.NORMATIVE: (
        Item("n1", "制定主体合法", "LR-18"),
        Item("n2", "未超越制定机关法定职权", "LR-18"),
        Item("n3", "内容符合宪法、法律、法规、规章和国家政策规定", "LR-18"),
        Item("n4", "引用的法律、法规、文件准确有效", "LR-18"),
        Item("n5", "有效期的规定符合要求", "LR-18、LR-31"),
        Item("n6", "符合制定程序", "LR-18", procedure=True),
        *FORBIDDEN,
    ),
    Matter.DECISION: (
        Item("d1", "决策事项符合法定权限", "LR-18（国令第713号第二十七条）"),
        Item("d2", "决策草案的形成履行法定程序", "LR-18（国令第713号第二十七条）", procedure=True),
        Item("d3", "决策草案内容符合有关法律、法规、规章和国家政策", "LR-18"),
    ),
    Matter.ENFORCEMENT: (
        Item("e1", "行政执法主体合法，执法人员具备资格", "LR-18"),
        Item("e2", "未超越法定职权，执法程序合法", "LR-18", procedure=True),
        Item("e3", "事实清楚，证据合法充分", "LR-18"),
        Item("e4", "适用法律、法规、规章准确，裁量基准适用适当", "LR-18"),
        Item("e5", "执法文书完备、规范", "LR-18"),
        Item("e6", "违法行为涉嫌犯罪的已按规定移送", "LR-18"),
    ),
    Matter.CONTRACT: (
        Item("c1", "当事人主体资格和签约权限", "LR-19"),
        Item("c2", "标的和订立程序合法（招标、采购、资产处置）", "LR-19", procedure=True),
        Item("c3", "条款完备，权利义务对等", "LR-19"),
        Item("c4", "违约责任、解除和争议解决", "LR-19"),
        Item("c5", "保密和知识产权", "LR-19"),
        Item("c6", "附件完整", "LR-19"),
        Item("c7", "签字盖章权限", "LR-19"),
        Item("c8", "资金来源落实", "LR-19"),
    ),
}
"""What is examined in each type of matter; none may be left blank (LR-18, LR-19)."""


def items_of(matter: str) -> tuple[Item, ...]:
    """Return the items of a type of matter."""
    return ITEMS[matter]


def item(code: str) -> Item:
    """Return the item with this code; `KeyError` where there is none."""
    found = {each.code: each for items in ITEMS.values() for each in items}
    return found[code]


def has_finding_on_every_item(case: Any, on: date) -> Verdict:
    """Every item has a finding (LR-18)."""
    blank = [each.title for each in case.items_without_finding()]
    return met_if(not blank, f"还有{len(blank)}项没有填写审查发现：{'；'.join(blank)}。")


def _of(case: Any, verdict: Verdicts) -> list[str]:
    """Return the items on which this was found in the present round."""
    return [item(code).title for code in case.items_found(verdict)]


def procedure_comes_first(case: Any, on: date) -> Verdict:
    """Where a compulsory step lacks, the matter only goes back to make it up (LR-10)."""
    lacking: Iterable[str] = (*procedure.defects(case, on), *_of(case, Verdicts.PROCEDURE))
    told = "、".join(lacking)
    return met_if(not told, f"程序欠缺，只能退回补正程序（LR-10）：{told}。")


def finds_nothing_unlawful(case: Any, on: date) -> Verdict:
    """Nothing that was found makes the text unlawful (LR-5, LR-20)."""
    found = _of(case, Verdicts.UNLAWFUL)
    return met_if(not found, f"存在违法情形，不能得出该结论：{'；'.join(found)}。")


def finds_nothing_to_amend(case: Any, on: date) -> Verdict:
    """Nothing that was found calls for an amendment (LR-20)."""
    found = _of(case, Verdicts.AMEND)
    advice = case.advice.count()
    return met_if(
        not found and not advice,
        f"有{len(found)}项需要修改、{advice}条修改意见，不能作出“合法”的结论。",
    )


def finds_something_to_amend(case: Any, on: date) -> Verdict:
    """An amendment is concrete: at least one piece of advice on a clause (LR-20)."""
    return met_if(case.advice.exists(), "没有具体的修改意见，不能作出“应当予以修改”的结论。")


def finds_something_unlawful(case: Any, on: date) -> Verdict:
    """Something was found that makes the text unlawful (LR-20)."""
    found = _of(case, Verdicts.UNLAWFUL)
    return met_if(found, "没有一项被认定为违法，不能作出“不合法”的结论。")
