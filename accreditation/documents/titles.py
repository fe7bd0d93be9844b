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
            f"复核未达到合格线{plain(case.pass_line)}分，决定予以警告并限期整改。"
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


declare("recheck_decision", "复核决定书", recheck_decision, series="accreditation.recheck")
declare(
    "revocation_notice",
    "撤销告知书",
    revocation_notice,
    series="accreditation.revocation_notice",
)
declare("revocation_decision", "撤销决定书", revocation_decision, series="accreditation.revocation")
