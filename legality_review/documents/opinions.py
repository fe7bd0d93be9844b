"""Give the words of the opinions, the answers to them and the minutes (LR-20, LR-21, LR-28)."""

from datetime import date
from typing import Any

from documents.words import chinese_date
from legality_review.documents.series import declare
from legality_review.models import Review
from legality_review.rules import procedure
from legality_review.rules.findings import Verdicts, item
from legality_review.rules.matters import REVIEWED_UNDER

LETTER: dict[str, str] = {
    "lawful": "合法性审查意见书",
    "amend": "合法性审查意见书（应当予以修改）",
    "unlawful": "合法性审查意见书（建议不予制定）",
    "procedure": "退回补正程序意见书",
}
"""The titles of the four letters (LR-20)."""


def _letter(case: Review, word: str, conclusion: list[str], **more: Any) -> dict[str, Any]:
    """Give what all four letters share: matter, bases, findings, conclusion, who reviewed."""
    counsel = [
        f"法律顾问（公职律师）{opinion.given_by.full_name}的意见：{opinion.text}"
        for opinion in case.standing_counsel_opinions.select_related("given_by")
    ]
    bodies = [str(case.drafter), *([str(case.unit)] if case.is_at_county else [])]
    return {
        "issuer": str(case.reviewing_body),
        "title": LETTER[word],
        "to": str(case.drafter),
        "paragraphs": [
            f"你单位于{chinese_date(case.submitted_on)}送请审查的“{case.title}”（{case.number}，"
            f"{case.get_matter_display()}）收悉。依据{REVIEWED_UNDER[case.matter]}，"
            "经审查，现提出意见如下：",
            *conclusion,
            *([case.reasoning] if case.reasoning else []),
            *counsel,
            f"审查人：{case.concluded_by.full_name if case.concluded_by else ''}。"
            "本意见供决策使用，征求意见、会签和参加会议不能代替合法性审查。",
        ],
        "unit": str(case.reviewing_body),
        "cc": "、".join([f"{case.drafter}主要负责人", *bodies[1:]]),
        **more,
    }


def _findings_table(case: Review) -> dict[str, Any]:
    """Give the table of what was found on each item (LR-18)."""
    return {
        "caption": "逐项审查情况",
        "columns": ["审查项目", "发现", "说明"],
        "rows": [
            [finding.asked.title, finding.get_verdict_display(), finding.note]
            for finding in case.current_findings()
        ],
        "widths": [5, 2, 4],
    }


def _advice_table(case: Review) -> dict[str, Any]:
    """Give the table of the advice on single clauses (LR-20)."""
    return {
        "caption": "修改意见",
        "columns": ["条款", "存在的问题", "法律依据", "修改意见"],
        "rows": [
            [advice.clause, advice.problem, advice.basis, advice.suggestion]
            for advice in case.advice
        ],
        "widths": [2, 4, 3, 4],
    }


def opinion_lawful(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the opinion that a text is lawful (LR-20)."""
    told = ["审查结论：合法。可以按程序提请集体讨论决定。"]
    return _letter(case, "lawful", told, tables=[_findings_table(case)])


def opinion_amend(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the opinion that clauses must be amended (LR-20, LR-21)."""
    told = [
        "审查结论：应当予以修改。请按下列意见修改，并逐条反馈采纳情况；特殊情况下未完全采纳的，"
        "应当在提请审议时详细说明理由和依据。"
    ]
    return _letter(case, "amend", told, tables=[_advice_table(case), _findings_table(case)])


def opinion_unlawful(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the opinion that a text is unlawful (LR-17, LR-20)."""
    grounds = "；".join(item(code).title for code in case.items_found(Verdicts.UNLAWFUL))
    told = [
        f"审查结论：不合法。不符合下列要求：{grounds}。",
        "建议不予制定（作出、签订）。经审查不合法的，不得提交集体讨论。",
    ]
    return _letter(case, "unlawful", told, tables=[_findings_table(case)])


def opinion_procedure(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the return to make up the procedure (LR-10, LR-20)."""
    lacking = [*procedure.defects(case, on)]
    lacking += [item(code).title for code in case.findings_of_procedure()]
    told = [
        f"审查结论：程序欠缺：{'；'.join(lacking)}。",
        "现退回你单位，请补正程序后重新送审。",
    ]
    return _letter(case, "procedure", told, tables=[_findings_table(case)])


def first_opinion(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the station's first opinion to the county (LR-12)."""
    return {
        "issuer": str(case.unit),
        "title": "合法性审查初审意见",
        "to": str(case.county_bureau),
        "paragraphs": [
            f"{case.drafter}送审的“{case.title}”（{case.number}），因{case.escalation_grounds}，"
            "提请复审。",
            f"初审意见：{case.first_opinion}",
            f"初审人：{case.first_reviewer.full_name if case.first_reviewer else ''}。",
        ],
        "tables": [_advice_table(case)] if case.advice.exists() else [],
        "unit": str(case.unit),
    }


def answers(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the feedback on each piece of advice (采纳情况反馈表, LR-21)."""
    return {
        "issuer": str(case.drafter),
        "title": "合法性审查意见采纳情况反馈表",
        "number": case.number,
        "paragraphs": [f"事项：{case.title}。审查意见书：{case.opinion_number}。"],
        "tables": [
            {
                "columns": ["条款", "修改意见", "采纳情况", "理由"],
                "rows": [
                    [
                        advice.clause,
                        advice.suggestion,
                        advice.get_adopted_display(),
                        advice.answer,
                    ]
                    for advice in case.advice
                ],
                "widths": [2, 5, 2, 4],
            }
        ],
        "unit": str(case.drafter),
    }


def minutes(case: Review, on: date) -> dict[str, Any]:
    """Give the words of the record of a deliberation: who said what, the head last (LR-28)."""
    meeting = case.last_meeting
    declined = [advice for advice in case.advice if advice.adopted in {"partly", "not"}]
    told = [
        f"讨论事项：{case.title}（{case.number}）。",
        f"审查意见书：{case.opinion_number}，结论：{case.get_conclusion_display()}。",
        *([f"法律风险说明：{case.risk_note}"] if case.risk_note else []),
        *(f"未完全采纳的意见（{a.clause}）：{a.suggestion}理由：{a.answer}" for a in declined),
        f"会议决定：{meeting.get_outcome_display()}。" if meeting else "",
        *([f"主要负责人的说明：{meeting.explanation}"] if meeting and meeting.explanation else []),
    ]
    rows = [
        [
            view.name + ("（主要负责人）" if view.is_head else ""),
            f"{view.spoken_at:%H:%M}",
            view.get_stance_display(),
            view.words,
        ]
        for view in (meeting.views.all() if meeting else ())
    ]
    held = f"{meeting.name}，{chinese_date(meeting.held_on)}" if meeting else ""
    return {
        "issuer": str(case.drafter),
        "title": "集体讨论记录",
        "number": case.number,
        "paragraphs": [held, *[line for line in told if line]],
        "tables": [
            {
                "caption": "发言和表态（按发言先后）",
                "columns": ["姓名", "时间", "态度", "意见"],
                "rows": rows,
                "widths": [3, 1.5, 1.5, 6],
            }
        ],
        "unit": str(case.drafter),
    }


declare("first_opinion", "初审意见", first_opinion, series="legality_review.opinion")
for word, words in (
    ("lawful", opinion_lawful),
    ("amend", opinion_amend),
    ("unlawful", opinion_unlawful),
    ("procedure", opinion_procedure),
):
    declare(f"opinion_{word}", LETTER[word], words, series="legality_review.opinion")
declare("answers", "采纳情况反馈表", answers, template="form")
declare("minutes", "集体讨论记录", minutes, template="form")
