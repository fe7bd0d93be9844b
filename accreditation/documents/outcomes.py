"""Give the words of the papers by which an application is held up or ends without a title."""

from datetime import date
from typing import Any

from accreditation.documents.series import HONOUR, declare, ends_on
from accreditation.models import Application
from accreditation.rules import terms as t
from documents.words import chinese_date


def supplement_notice(case: Application, on: date) -> dict[str, Any]:
    """Give the words of the notice that names all defects at once, in writing (FQ-5, WD-17)."""
    late = t.FORMAL_CHECK.title if case.is_checked_late else ""
    clock = (
        f"本告知书作出时{late}已届满；你所补正后，自收到补正材料之日起重新审查。"
        if late
        else "补正期间不计入形式审查期限，自收到补正材料之日的次日起继续计算。"
    )
    return {
        "issuer": str(case.county_bureau),
        "title": f"{HONOUR}创建补正告知书",
        "to": str(case.unit),
        "paragraphs": [
            f"你所于{chinese_date(case.applied_on)}提交的{case.level_label}{HONOUR}创建申报"
            f"（{case.number}）收悉。经形式审查，申报材料不齐全或者不符合要求，"
            "现一次性告知需要补正的全部内容：",
            case.defects,
            f"请于{ends_on(case, t.SUPPLEMENT)}（含当日）前补正。逾期未补正或者补正后仍不齐全的，"
            "本次申报转入下一批次。",
            clock,
        ],
        "unit": str(case.county_bureau),
    }


def recommendation_end(case: Application, on: date) -> dict[str, Any]:
    """Give the words by which the party group takes its recommendation back (FQ-8, FQ-17)."""
    return {
        "issuer": str(case.county_bureau),
        "title": f"关于终止推荐{case.unit}创建{HONOUR}的决定",
        "to": str(case.unit),
        "paragraphs": [
            f"{chinese_date(case.decided_on)}，经{case.meeting}研究，同意推荐你所创建"
            f"{case.level_label}{HONOUR}（{case.number}）。",
            f"此后查明：{case.end_reason}",
            f"经局党组研究，决定终止推荐，你所不再列入本批次（{case.batch_year}年）推荐名单。",
        ],
        "unit": str(case.county_bureau),
    }


def failure_notice(case: Application, on: date) -> dict[str, Any]:
    """Give the words of the notice that the city's acceptance was not passed (FQ-7, FQ-17)."""
    inspection = case.current_inspection
    seen = (
        f"本局于{chinese_date(inspection.inspected_on)}完成第{inspection.round}次验收，"
        f"服务对象满意度{inspection.satisfaction_percent}%。{inspection.problems}"
        if inspection
        else ""
    )
    return {
        "issuer": str(case.city_bureau),
        "title": f"{HONOUR}验收不合格通知书",
        "to": str(case.unit),
        "paragraphs": [
            f"{case.county_bureau}于{chinese_date(case.reported_on)}上报的你所"
            f"{case.level_label}{HONOUR}创建申报（{case.number}）收悉。{seen}",
            f"经研究，决定验收不合格，本批次（{case.batch_year}年）不予命名。"
            f"理由：{case.end_reason}",
            "你所整改完成并具备申报条件后，可以在以后批次重新申报。",
        ],
        "cc": str(case.county_bureau),
        "unit": str(case.city_bureau),
    }


declare("supplement_notice", "补正告知书", supplement_notice, series="accreditation.supplement")
declare(
    "recommendation_end",
    "终止推荐决定书",
    recommendation_end,
    series="accreditation.recommendation_end",
)
declare("failure_notice", "验收不合格通知书", failure_notice, series="accreditation.failure")
