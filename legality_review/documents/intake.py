"""Give the words of the papers by which a matter comes in (law.md 1.7)."""

from datetime import date
from typing import Any

from documents.words import chinese_date
from legality_review.documents.series import declare, due_on
from legality_review.models import Review
from legality_review.rules.intake import Exclusion, failed_tests
from legality_review.rules.matters import Matter


def request(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the request for a legality review (送审单, LR-8)."""
    fields = [
        ("送审单位", str(case.drafter)),
        ("审查机构", str(case.reviewing_body)),
        ("事项类型", case.get_matter_display()),
        ("制定（决定、签约）主体", case.issuer_name),
        ("事项名称", case.title),
        ("主要内容和必要性", case.summary),
        ("公开征求意见", _consulted(case)),
        ("公平竞争审查", _fair_competition(case)),
        ("希望审结日期", chinese_date(case.wanted_by) if case.wanted_by else "无"),
        ("紧急情形", case.get_urgent_ground_display() or "无"),
    ]
    if case.matter == Matter.CONTRACT:
        fields += [("合同相对方", case.counterparty), ("合同金额", case.amount_told)]
    return {
        "issuer": str(case.drafter),
        "title": "合法性审查送审单",
        "number": case.number,
        "fields": [{"label": label, "value": value} for label, value in fields if value],
        "opinions": [
            {
                "label": "送审单位意见",
                "paragraphs": ["送审材料真实、完整，请予审查。"],
                "signer": case.drafted_by.full_name if case.drafted_by else "",
                "date": chinese_date(on),
            }
        ],
        "unit": str(case.drafter),
    }


def _consulted(case: Review) -> str:
    """Say how and how long the public was asked (LR-15)."""
    if case.consulted_from is None or case.consulted_until is None:
        return case.no_consultation_because or "不涉及"
    told = (
        f"{chinese_date(case.consulted_from)}至{chinese_date(case.consulted_until)}，"
        f"{case.consultation_place}。{case.consultation_result}"
    )
    return f"{told}缩短期限的说明：{case.shortened_because}" if case.shortened_because else told


def _fair_competition(case: Review) -> str:
    """Say what the fair-competition review concluded (LR-13)."""
    if not case.touches_operators:
        return "不涉及经营者经济活动"
    told = case.get_fair_competition_display() or "未审查"
    if case.exception_ground:
        told += f"（{case.get_exception_ground_display()}，实施期限：{case.exception_until}）"
    return told


def material_list(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the list of the materials (材料清单, LR-8)."""
    files = list(case.materials())
    rows = [
        [str(place), name, "、".join(f.original_name for f in files if f.slot == name) or "缺"]
        for place, name in enumerate(case.required_materials(), start=1)
    ]
    rest = [stored for stored in files if stored.slot not in case.required_materials()]
    rows += [
        [str(place), stored.slot, stored.original_name]
        for place, stored in enumerate(rest, start=len(rows) + 1)
    ]
    return {
        "issuer": str(case.drafter),
        "title": "合法性审查送审材料清单",
        "number": case.number,
        "tables": [
            {"columns": ["序号", "材料", "文件"], "rows": rows, "widths": [1, 4, 6]},
        ],
        "unit": str(case.drafter),
    }


def supplement_notice(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the notice to supplement (补正通知书, LR-9, LR-27)."""
    until = due_on(case, "supplement")
    return {
        "issuer": str(case.reviewing_body),
        "title": "合法性审查补正通知书",
        "to": str(case.drafter),
        "paragraphs": [
            f"你单位送审的“{case.title}”（{case.number}）需要补正下列内容：",
            case.defects,
            f"请于{until}前补正。自本通知作出之日起至补正材料收齐之日止的时间，不计入审查期限。"
            "逾期未补正的，退回送审材料。",
        ],
        "unit": str(case.reviewing_body),
    }


def return_notice(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the notice that a matter goes back (退回通知书, LR-9)."""
    return {
        "issuer": str(case.reviewing_body),
        "title": "合法性审查退回通知书",
        "to": str(case.drafter),
        "paragraphs": [
            f"你单位送审的“{case.title}”（{case.number}），因下列原因予以退回：",
            case.end_reason,
            "符合送审条件后，可以重新送审。",
        ],
        "unit": str(case.reviewing_body),
    }


def recognition(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the recognition that a text is no normative document (LR-2, LR-3)."""
    lacking = failed_tests(case)
    grounds = [f"不具备下列特征：{'；'.join(lacking)}。"] if lacking else []
    if case.exclusion:
        grounds.append(f"属于{Exclusion(case.exclusion).label}。")
    return {
        "issuer": str(case.reviewing_body),
        "title": "行政规范性文件认定意见",
        "to": str(case.drafter),
        "paragraphs": [
            f"你单位送审的“{case.title}”（{case.number}），经认定不属于行政规范性文件。",
            *grounds,
            f"理由：{case.end_reason}",
            "该文件不进行统一登记、统一编号、统一印发，不报送备案；依法需要按重大行政决策或者"
            "合同审查的，请另行送审。",
        ],
        "unit": str(case.reviewing_body),
    }


declare("request", "送审单", request, template="form")
declare("material_list", "材料清单", material_list, template="form", replaces_earlier=True)
declare("supplement_notice", "补正通知书", supplement_notice, series="legality_review.notice")
declare("return_notice", "退回通知书", return_notice, series="legality_review.notice")
declare("recognition", "认定意见", recognition, series="legality_review.recognition")
