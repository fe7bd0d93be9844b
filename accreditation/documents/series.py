"""Declare the series of numbers, and what all papers of accreditation say alike (FQ-9)."""

from decimal import Decimal
from typing import Any

from documents.numbers import Series
from documents.numbers import declare as declare_series
from documents.papers import PaperKind
from documents.papers import declare as declare_paper
from documents.words import chinese_date
from indicators.rules import plain
from workflows import terms
from workflows.terms import TermRule

for series in (
    Series("accreditation.application", "创建申报", "乐司枫申〔{year}〕{n}号"),
    Series("accreditation.title", "枫桥式司法所称号名册", "枫桥所册〔{year}〕{n}号"),
    Series("accreditation.plaque", "枫桥式司法所牌匾", "枫桥所牌〔{year}〕{n}号"),
    Series("accreditation.county_opinion", "县级推荐意见", "乐司枫荐〔{year}〕{n}号"),
    Series("accreditation.supplement", "补正告知", "乐司枫补〔{year}〕{n}号"),
    Series("accreditation.recommendation_end", "终止推荐决定", "乐司枫终〔{year}〕{n}号"),
    Series("accreditation.failure", "验收不合格通知", "德司枫验〔{year}〕{n}号"),
    Series("accreditation.rectification", "验收整改通知", "德司枫改〔{year}〕{n}号"),
    Series("accreditation.naming", "命名决定", "德司枫命〔{year}〕{n}号"),
    Series("accreditation.recheck", "复核决定", "乐司枫核〔{year}〕{n}号"),
    Series("accreditation.revocation_notice", "撤销告知", "乐司枫告〔{year}〕{n}号"),
    Series("accreditation.revocation", "撤销决定", "德司枫撤〔{year}〕{n}号"),
    Series("accreditation.dismissal", "不予撤销决定", "德司枫留〔{year}〕{n}号"),
    Series("accreditation.appeal", "申诉决定", "德司枫诉〔{year}〕{n}号"),
    Series("accreditation.cancellation", "注销决定", "德司枫注〔{year}〕{n}号"),
):
    declare_series(series)

HONOUR = "新时代“枫桥式司法所”"


def points(value: Decimal | None) -> str:
    """Write points, or a dash where there are none yet."""
    return "—" if value is None else plain(value)


def ends_on(case: Any, rule: TermRule) -> str:
    """Say when the newest term of a rule ends."""
    term = terms.latest(case, rule)
    return chinese_date(term.due_on) if term and term.due_on else ""


def declare(code: str, title: str, words: Any, **more: Any) -> None:
    """Declare a kind of paper of accreditation."""
    declare_paper(PaperKind(f"accreditation.{code}", title, words, **more))
