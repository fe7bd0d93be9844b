"""Give the words of the papers of a title."""

from datetime import date
from typing import Any

from accreditation.documents.series import HONOUR, declare, ends_on, points
from accreditation.models import Title
from accreditation.rules import terms as t
from documents.words import chinese_date
from indicators.rules import plain


def recheck_decision(case: Title, on: date) -> dict[str, Any]:
    """Give the words of the decision on a re-check: kept or warned (FQ-11)."""
    recheck = case.current_recheck
    if recheck.outcome == recheck.Outcome.MAINTAIN:
        outcome = "复核合格，决定保持称号。"
    else:
        outcome = (
            f"{''.join(case.recheck_result().shortfalls)}决定予以警告并限期整改。"
            f"整改要求：{case.requirements}。整改期限至{ends_on(case, t.WARNING)}止。"
        )
    return {
        "issuer": str(case.county_bureau),
        "title": f"{HONOUR}称号复核决定书",
        "to": str(case.unit),
        "paragraphs": [
            f"对你所{case.get_level_display()}{HONOUR}称号（牌匾编号{case.plaque_number}）进行复核"
            f"（{recheck.occasion}），得分{points(recheck.points)}分。{recheck.finding}",
            outcome,
        ],
        "unit": str(case.county_bureau),
    }


def revocation_notice(case: Title, on: date) -> dict[str, Any]:
    """Give the words of the notice that a revocation is proposed (FQ-12)."""
    recheck = case.current_recheck
    veto = f"存在一票否决情形：{recheck.veto}。" if recheck.veto else ""
    return {
        "issuer": str(case.county_bureau),
        "title": f"拟撤销{HONOUR}称号告知书",
        "to": str(case.unit),
        "paragraphs": [
            f"经复核（{recheck.occasion}），你所得分{points(recheck.points)}分。{veto}"
            f"我局拟提请{case.city_bureau}撤销你所{HONOUR}称号。理由：{case.grounds}",
            f"你所可在{ends_on(case, t.STATEMENT)}前陈述、申辩；逾期未提出的，视为放弃陈述申辩，"
            "不影响依法作出决定。",
        ],
        "unit": str(case.county_bureau),
    }


def revocation_decision(case: Title, on: date) -> dict[str, Any]:
    """Give the words of the revocation (FQ-12)."""
    heard = f"你所陈述申辩：{case.statement}" if case.statement else "你所在期限内未提出陈述申辩。"
    until = chinese_date(case.appeal_until) if case.appeal_until else ""
    wait = t.REAPPLY_WAIT.on(on)
    return {
        "issuer": str(case.city_bureau),
        "title": f"关于撤销{case.unit}{HONOUR}称号的决定",
        "to": str(case.unit),
        "paragraphs": [
            f"{case.county_bureau}提请撤销你所{HONOUR}称号，理由：{case.grounds}",
            heard,
            f"经研究，决定撤销你所{case.get_level_display()}{HONOUR}称号，"
            f"收回牌匾（编号{case.plaque_number}）。{case.revocation_decision}",
            f"对本决定不服的，可在{until}前向本局申诉。自撤销之日起满{wait}后可以再次申报。",
        ],
        "cc": str(case.county_bureau),
        "unit": str(case.city_bureau),
    }


def recheck_sheet(case: Title, on: date) -> dict[str, Any]:
    """Give the words of the sheet of a re-check: each item with its points (FQ-11, FQ-14)."""
    recheck = case.current_recheck
    result = recheck.result()
    return {
        "issuer": str(case.county_bureau),
        "title": f"{HONOUR}称号复核评分表",
        "number": case.number,
        "paragraphs": [
            f"被复核单位：{case.unit}（{recheck.occasion}）",
            f"复核得分{plain(result.total)}分，另有加分{plain(result.bonus)}分。",
            f"一票否决：{'、'.join(result.vetoes) or '无'}。",
            f"复核情况：{recheck.finding}",
        ],
        "tables": [
            {
                "caption": "逐项得分",
                "columns": ["编号", "项目", "分值", "得分", "扣分原因"],
                "rows": [
                    [
                        score.item.code,
                        score.item.title,
                        plain(score.item.max_points),
                        plain(score.points),
                        score.remark,
                    ]
                    for score in recheck.scores.select_related("item")
                ],
                "widths": [1.2, 4, 1, 1, 5],
            }
        ],
        "unit": str(case.county_bureau),
    }


def dismissal_decision(case: Title, on: date) -> dict[str, Any]:
    """Give the words of the decision not to revoke (FQ-12)."""
    heard = f"你所陈述申辩：{case.statement}" if case.statement else "你所在期限内未提出陈述申辩。"
    return {
        "issuer": str(case.city_bureau),
        "title": f"关于不予撤销{case.unit}{HONOUR}称号的决定",
        "to": str(case.unit),
        "paragraphs": [
            f"{case.county_bureau}提请撤销你所{HONOUR}称号，理由：{case.grounds}",
            heard,
            f"经研究，决定不予撤销，保留你所{case.get_level_display()}{HONOUR}称号"
            f"（牌匾编号{case.plaque_number}）。理由：{case.revocation_decision}",
            f"下一次年度复核应于{ends_on(case, t.YEARLY_RECHECK)}前进行。",
        ],
        "cc": str(case.county_bureau),
        "unit": str(case.city_bureau),
    }


def appeal_decision(case: Title, on: date) -> dict[str, Any]:
    """Give the words of the decision on an appeal (FQ-12)."""
    is_annulled = case.revoked_on is None
    outcome = (
        "决定撤回撤销决定，恢复你所称号，视为自始未被撤销，牌匾由你所继续悬挂。"
        if is_annulled
        else "决定维持撤销决定。称号自原撤销决定作出之日起终止，"
        f"自该日起满{t.REAPPLY_WAIT.on(case.revoked_on)}后可以再次申报。"
    )
    return {
        "issuer": str(case.city_bureau),
        "title": f"关于{case.unit}{HONOUR}称号撤销申诉的决定",
        "to": str(case.unit),
        "paragraphs": [
            f"你所于{chinese_date(case.appealed_on)}对撤销{case.get_level_display()}{HONOUR}称号"
            f"（牌匾编号{case.plaque_number}）的决定提出申诉，理由：{case.appeal_grounds}",
            f"原决定理由：{case.revocation_decision}",
            f"经由未参与原决定的负责人复查：{case.appeal_decision}",
            f"{outcome}本决定为复查终结决定。",
        ],
        "cc": str(case.county_bureau),
        "unit": str(case.city_bureau),
    }


def cancellation_decision(case: Title, on: date) -> dict[str, Any]:
    """Give the words of the cancellation: neutral, the station merged or abolished (FQ-11)."""
    return {
        "issuer": str(case.city_bureau),
        "title": f"关于注销{case.unit}{HONOUR}称号的决定",
        "to": str(case.county_bureau),
        "paragraphs": [
            f"因{case.cancel_reason}，决定自{chinese_date(on)}起注销{case.unit}"
            f"{case.get_level_display()}{HONOUR}称号（{case.number}，牌匾编号"
            f"{case.plaque_number}），收回牌匾。",
            "注销不是处分，不影响承接其职能的司法所申报。",
        ],
        "cc": str(case.unit),
        "unit": str(case.city_bureau),
    }


declare("recheck_decision", "复核决定书", recheck_decision, series="accreditation.recheck")
declare(
    "revocation_notice",
    "撤销告知书",
    revocation_notice,
    series="accreditation.revocation_notice",
)
declare("revocation_decision", "撤销决定书", revocation_decision, series="accreditation.revocation")
declare("recheck_sheet", "复核评分表", recheck_sheet, template="form")
declare(
    "dismissal_decision", "不予撤销决定书", dismissal_decision, series="accreditation.dismissal"
)
declare("appeal_decision", "申诉决定书", appeal_decision, series="accreditation.appeal")
declare(
    "cancellation_decision",
    "注销决定书",
    cancellation_decision,
    series="accreditation.cancellation",
)
