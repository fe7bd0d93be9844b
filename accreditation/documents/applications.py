"""Give the words of the papers of an application."""

from datetime import date
from typing import Any

from accreditation.documents.series import HONOUR, declare, ends_on, points
from accreditation.models import Application
from accreditation.rules import terms as t
from documents.words import chinese_date
from indicators.rules import plain


def application_form(case: Application, on: date) -> dict[str, Any]:
    """Give the words of the application form (FQ-5)."""
    have = "、".join(label for label, holds in case.entry_conditions() if holds)
    materials = "、".join(stored.original_name for stored in case.materials())
    return {
        "issuer": str(case.unit),
        "title": f"{HONOUR}创建申报表",
        "number": case.number,
        "fields": [
            {"label": "申报单位", "value": str(case.unit)},
            {"label": "主管司法局", "value": str(case.county_bureau)},
            {"label": "申报批次", "value": f"{case.batch_year}年"},
            {"label": "申报级别", "value": case.level_label},
            {"label": "适用标准", "value": str(case.standard), "wide": True},
            {"label": "自评得分", "value": f"{points(case.self_total)}分"},
            {"label": "自评加分", "value": f"{points(case.self_bonus)}分"},
            {"label": "申报条件", "value": have, "wide": True},
            {"label": "申报材料", "value": materials, "wide": True},
            {"label": "自评综述", "value": case.summary, "wide": True},
        ],
        "opinions": [
            {
                "label": "司法所意见",
                "paragraphs": ["经自评，符合申报条件，现予申报。"],
                "signer": case.opened_by.full_name,
                "date": chinese_date(on),
            },
            {
                "label": "乡镇（街道）意见",
                "paragraphs": [case.township_opinion],
                "signer": case.township_by.full_name if case.township_by else "",
                "date": chinese_date(case.township_on) if case.township_on else "",
            },
        ],
        "unit": str(case.unit),
    }


def self_sheet(case: Application, on: date) -> dict[str, Any]:
    """Give the words of the self-assessment sheet with its index of evidence (FQ-5)."""
    rows = [
        [
            score.item.code,
            score.item.title,
            plain(score.item.max_points),
            plain(score.proposed) if score.item.source else "—",
            plain(score.claimed),
            "；".join(filter(None, (score.reading, score.reason))),
            score.evidence,
        ]
        for score in case.self_sheet()
    ]
    result = case.self_result()
    return {
        "issuer": str(case.unit),
        "title": f"{HONOUR}创建自评打分表",
        "number": case.number,
        "paragraphs": [f"自评总分{plain(result.total)}分，另有加分{plain(result.bonus)}分。"],
        "tables": [
            {
                "caption": "自评得分及佐证目录",
                "columns": ["编号", "项目", "分值", "系统", "自评", "数据与说明", "佐证目录"],
                "rows": rows,
                "widths": [1.2, 3, 1, 1, 1, 4, 4],
            },
            {
                "caption": "佐证材料目录",
                "columns": ["序号", "材料", "文件"],
                "rows": [
                    [str(number), stored.slot, stored.original_name]
                    for number, stored in enumerate(case.materials(), start=1)
                ],
                "widths": [1, 4, 6],
            },
        ],
        "unit": str(case.unit),
    }


def on_site_sheet(case: Application, on: date) -> dict[str, Any]:
    """Give the words of the on-site sheet: each assessor's points and the county's (FQ-6)."""
    sheets = case.points_by_assessor()
    county = {score.item_id: score for score in case.county_scores.all()}
    rows = [
        [
            item.code,
            item.title,
            plain(item.max_points),
            *[plain(given[item.pk]) for given in sheets.values()],
            plain(county[item.pk].points),
            county[item.pk].reason,
        ]
        for item in case.standard.items
    ]
    result = case.county_result()
    remarks = [
        f"{sheet.assessor.full_name}：{score.item.code} {score.remark}"
        for sheet in case.assessor_sheets.prefetch_related("scores__item")
        for score in sheet.scores.all()
        if score.remark
    ]
    return {
        "issuer": str(case.county_bureau),
        "title": f"{HONOUR}创建现场评分表",
        "number": case.number,
        "paragraphs": [
            f"被评单位：{case.unit}",
            f"评审员：{'、'.join(sheets)}",
            f"县级得分{plain(result.total)}分，另有加分{plain(result.bonus)}分。",
            f"一票否决：{'、'.join(result.vetoes) or '无'}。",
        ],
        "tables": [
            {
                "caption": "现场评分",
                "columns": ["编号", "项目", "分值", *sheets, "县级", "差异处理理由"],
                "rows": rows,
            }
        ],
        "sections": [{"heading": "扣分原因", "level": 1, "paragraphs": remarks or ["无。"]}],
        "unit": str(case.county_bureau),
    }


def county_opinion(case: Application, on: date) -> dict[str, Any]:
    """Give the words of the county's opinion to the city (FQ-3, FQ-6)."""
    is_recommended = not case.is_closed
    result = case.county_result()
    outcome = "同意推荐" if is_recommended else "不予推荐"
    return {
        "issuer": str(case.county_bureau),
        "title": f"关于{'推荐' if is_recommended else '不予推荐'}{case.unit}创建{HONOUR}的意见",
        "to": str(case.city_bureau if is_recommended else case.unit),
        "paragraphs": [
            f"{case.unit}于{chinese_date(case.applied_on)}申报{case.level_label}{HONOUR}。"
            f"经形式审查和{len(case.assessor_list)}名评审员现场评分，县级得分"
            f"{plain(result.total)}分，另有加分{plain(result.bonus)}分。",
            "".join(result.shortfalls) or "总分和各类得分均达到标准，无一票否决情形。",
            f"经{case.meeting}研究，{outcome}。{case.decision}",
        ],
        "unit": str(case.county_bureau),
    }


def publicity_notice(case: Application, on: date) -> dict[str, Any]:
    """Give the words of the publicity notice of the county or the city (FQ-8)."""
    is_county = case.publicity_level == "county"
    bureau = str(case.county_bureau if is_county else case.city_bureau)
    purpose = "推荐创建" if is_county else "命名"
    return {
        "issuer": bureau,
        "title": f"关于拟{purpose}{HONOUR}的公示",
        "paragraphs": [
            f"根据{HONOUR}创建有关规定，经评审，拟{purpose}{case.unit}为{case.level_label}"
            f"{HONOUR}，现予公示。",
            f"公示期自{chinese_date(on)}发布之日起，至{ends_on(case, case.publicity_rule())}止"
            "（发布之日不计入）。",
            f"公示期内如有异议，请以真实姓名并留联系方式向{bureau}反映，匿名反映不予登记为异议。"
            f"公示方式：{case.publicity_place}。",
        ],
        "tables": [
            {
                "caption": f"拟{purpose}名单",
                "columns": ["序号", "司法所", "批次"],
                "rows": [["1", str(case.unit), f"{case.batch_year}年"]],
            }
        ],
        "unit": bureau,
    }


def rectification_notice(case: Application, on: date) -> dict[str, Any]:
    """Give the words of the rectification notice (FQ-7)."""
    inspection = case.current_inspection
    return {
        "issuer": str(case.city_bureau),
        "title": f"{HONOUR}验收整改通知书",
        "to": str(case.unit),
        "paragraphs": [
            f"经市级验收，你所创建{HONOUR}尚有下列问题，决定限期整改。",
            f"一、发现的问题：{inspection.problems if inspection else ''}",
            f"二、整改要求：{case.requirements}",
            f"三、整改期限：至{ends_on(case, t.RECTIFICATION)}止。整改情况报送后复验一次，"
            "逾期未报送或复验不合格的，按验收不合格处理。",
        ],
        "cc": str(case.county_bureau),
        "unit": str(case.city_bureau),
    }


def naming_document(case: Application, on: date) -> dict[str, Any]:
    """Give the words of the naming document (FQ-9)."""
    return {
        "issuer": str(case.city_bureau),
        "title": f"关于命名{case.unit}为{HONOUR}的决定",
        "to": str(case.county_bureau),
        "paragraphs": [
            f"根据{HONOUR}创建有关规定，经县级评审推荐、市级验收和公示，决定命名{case.unit}为"
            f"{case.batch_year}年度{case.level_label}{HONOUR}，颁发牌匾（编号{case.plaque_number}）。",
            "称号实行动态管理，每年复核一次；出现一票否决情形或者整改后复核仍不合格的，撤销称号。",
        ],
        "tables": [
            {
                "caption": "命名名单",
                "columns": ["司法所", "级别", "牌匾编号"],
                "rows": [[str(case.unit), case.level_label, case.plaque_number]],
            }
        ],
        "unit": str(case.city_bureau),
        "cc": str(case.unit),
    }


def plaque_certificate(case: Application, on: date) -> dict[str, Any]:
    """Give the words of the certificate that goes with the plaque (FQ-9)."""
    return {
        "title": "荣誉证书",
        "number": case.plaque_number,
        "to": str(case.unit),
        "paragraphs": [f"命名你所为{case.batch_year}年度{case.level_label}{HONOUR}。"],
        "unit": str(case.city_bureau),
    }


declare("application_form", "创建申报表", application_form, template="form", replaces_earlier=True)
declare("self_sheet", "自评打分表", self_sheet, template="form", replaces_earlier=True)
declare("on_site_sheet", "现场评分表", on_site_sheet, template="form", replaces_earlier=True)
declare("county_opinion", "县级意见", county_opinion, series="accreditation.county_opinion")
declare("publicity_notice", "公示", publicity_notice)
declare(
    "rectification_notice",
    "整改通知书",
    rectification_notice,
    series="accreditation.rectification",
)
declare("naming_document", "命名决定", naming_document, series="accreditation.naming")
declare("plaque_certificate", "荣誉证书", plaque_certificate, template="certificate")
