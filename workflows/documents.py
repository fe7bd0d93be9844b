"""Give the papers that a case of any kind can have: notices of a stay and of its end (WD-17)."""

from datetime import date
from typing import Any

from documents.numbers import Series
from documents.numbers import declare as declare_series
from documents.papers import PaperKind
from documents.papers import declare as declare_paper
from documents.words import chinese_date
from permissions.models import Unit, UnitKind

STAY_NOTICE = "workflows.stay_notice"
RESUMPTION_NOTICE = "workflows.resumption_notice"


def bureau_of(case: Any) -> Unit:
    """Return the justice bureau nearest to the unit of a case; it issues these notices."""
    bureaus = Unit.objects.filter(kind=UnitKind.BUREAU, is_active=True)
    reaching = [unit for unit in bureaus if case.unit.path.startswith(unit.reach)]
    return max(reaching, key=lambda unit: len(unit.reach), default=case.unit)


def stay_notice(case: Any, on: date) -> dict[str, Any]:
    """Give the words of the notice that a case is stayed and its terms stand still."""
    issuer = str(bureau_of(case))
    return {
        "issuer": issuer,
        "title": "中止办理通知书",
        "to": str(case.unit),
        "paragraphs": [
            f"“{case.title}”（{case.number}）因{case.held_because}，决定自{chinese_date(on)}起"
            "中止办理。中止期间停止计算办理期限。",
            "中止的原因消除后，恢复办理并另行通知，期限自恢复之次日起继续计算。",
        ],
        "unit": issuer,
    }


def resumption_notice(case: Any, on: date) -> dict[str, Any]:
    """Give the words of the notice that a stayed case goes on."""
    issuer = str(bureau_of(case))
    return {
        "issuer": issuer,
        "title": "恢复办理通知书",
        "to": str(case.unit),
        "paragraphs": [
            f"“{case.title}”（{case.number}）中止的原因已经消除，决定自{chinese_date(on)}起"
            "恢复办理，办理期限自次日起继续计算。"
        ],
        "unit": issuer,
    }


for code, title, words in (
    (STAY_NOTICE, "中止办理通知书", stay_notice),
    (RESUMPTION_NOTICE, "恢复办理通知书", resumption_notice),
):
    series = declare_series(
        Series(code, title, f"乐司{title[:2]}〔{{year}}〕{{n}}号")  # 中止、恢复
    )
    declare_paper(PaperKind(code, title, words, series=series.code))
