"""Give the words of the papers of a normative document (LR-30 to LR-36)."""

from datetime import date
from typing import Any

from documents.numbers import Series
from documents.numbers import declare as declare_series
from documents.papers import PaperKind
from documents.papers import declare as declare_paper
from documents.words import chinese_date
from legality_review.models import NormativeDocument
from legality_review.rules import filing
from legality_review.rules.evaluation import Proposal
from legality_review.rules.filing import Outcome
from workflows import terms

for series in (
    Series("legality_review.normative_document", "规范性文件名册", "规文册〔{year}〕{n}号"),
    Series("legality_review.filing_opinion", "备案审查意见", "乐司备审〔{year}〕{n}号"),
    Series("legality_review.alteration_proposal", "提请改变或者撤销", "乐司备提〔{year}〕{n}号"),
):
    declare_series(series)


def _ends_on(case: NormativeDocument, rule: Any) -> str:
    """Say when the newest term of a rule ends."""
    term = terms.latest(case, rule)
    return chinese_date(term.due_on) if term and term.due_on else ""


def _on(day: date | None) -> str:
    """Write a day, or nothing where there is none yet."""
    return chinese_date(day) if day else ""


def _name(case: NormativeDocument) -> str:
    """Name the document with its numbers."""
    return f"《{case.title}》（{case.document_number}，登记号{case.registration_number}）"


def registration_sheet(case: NormativeDocument, on: date) -> dict[str, Any]:
    """Give the words of the sheet of registration and number (LR-30)."""
    validity = f"{case.validity_years}年"
    former = [one.number for one in case.registrations.all()][:-1]
    return {
        "issuer": str(case.issuer_unit),
        "title": "规范性文件登记编号单",
        "number": case.registration_number,
        "fields": [
            {"label": "文件标题", "value": case.title, "wide": True},
            {"label": "制定机关", "value": str(case.issuer_unit)},
            {"label": "登记号", "value": case.registration_number},
            {"label": "文号", "value": case.document_number},
            {"label": "通过日期", "value": _on(case.adopted_on)},
            {"label": "印发日期", "value": _on(case.printed_on)},
            {"label": "有效期", "value": validity},
            {"label": "合法性审查意见书", "value": case.opinion_number},
            {"label": "原登记号", "value": "、".join(former) or "无"},
            {"label": "解释", "value": case.interpreter, "wide": True},
        ],
        "unit": str(case.issuer_unit),
    }


def filing_report(case: NormativeDocument, on: date) -> dict[str, Any]:
    """Give the words of the report with which a document is filed (LR-34)."""
    bodies = [body.label for body in filing.bodies_for(case.issuer_type, on)]
    present = case.present_materials()
    return {
        "issuer": str(case.issuer_unit),
        "title": f"关于报送《{case.title}》备案的报告",
        "to": "、".join(bodies),
        "paragraphs": [
            f"{_name(case)}已于{_on(case.published_on)}公布"
            f"（{'、'.join(case.media_labels)}），自{_on(case.effective_on)}起施行，"
            f"有效期至{_on(case.expires_on)}。"
            f"合法性审查意见书文号：{case.opinion_number or '见附件'}。",
            "现将规范性文件正式文本及有关材料报送备案，请予审查。",
        ],
        "attachments": [name for name in filing.MATERIALS if name in present],
        "unit": str(case.issuer_unit),
    }


def _told(case: NormativeDocument, outcome: str) -> str:
    """Say what the outcome of the review means for the issuer (LR-35)."""
    return {
        Outcome.REGISTERED: "经审查，予以备案登记。",
        Outcome.NOT_FOR_FILING: "经审查，不属于备案范围，不予备案。文件效力不因本意见改变。",
        Outcome.SUPPLEMENT: "经审查，备案材料不齐全。请一次性补充下列材料或者说明，"
        f"并于{_ends_on(case, filing.FILING_SUPPLEMENT)}前报送。",
        Outcome.CORRECT: "经审查，文件存在下列违法或者不当的问题。请自行修改或者废止，"
        f"并于{_ends_on(case, filing.CORRECTION)}前书面报告纠正情况；"
        "逾期不纠正的，将提请本级人民政府予以改变或者撤销。",
    }[Outcome(outcome)]


def filing_opinion(case: NormativeDocument, on: date) -> dict[str, Any]:
    """Give the words of the opinion on a filing, for each of its outcomes (LR-35)."""
    found = case.findings.last()
    return {
        "issuer": str(case.county_bureau),
        "title": "规范性文件备案审查意见书",
        "to": str(case.issuer_unit),
        "paragraphs": [
            f"你单位报送备案的{_name(case)}收悉。",
            _told(case, found.outcome),
            f"审查意见：{found.finding}",
        ],
        "unit": str(case.county_bureau),
    }


def alteration_proposal(case: NormativeDocument, on: date) -> dict[str, Any]:
    """Give the words of the proposal to the government to alter or annul a document (LR-35)."""
    return {
        "issuer": str(case.county_bureau),
        "title": f"关于提请改变或者撤销《{case.title}》的请示",
        "to": "县（市、区）人民政府",
        "paragraphs": [
            f"{case.issuer_unit}制定的{_name(case)}经备案审查，存在下列问题：{case.problems}",
            f"已要求限期纠正。{case.uncorrected_because}",
            f"现提请予以改变或者撤销。理由：{case.alteration_grounds}",
        ],
        "cc": str(case.issuer_unit),
        "unit": str(case.county_bureau),
    }


def evaluation_report(case: NormativeDocument, on: date) -> dict[str, Any]:
    """Give the words of the report of an evaluation (LR-32)."""
    found = case.current_evaluation
    if found is None:
        raise LookupError("a report is written on an evaluation")
    sections = (
        ("一、评估事由", found.occasion),
        ("二、合法性评估", found.lawfulness),
        ("三、实施效果", found.effect),
        ("四、听取意见情况", found.opinions),
        ("五、评估建议", Proposal(found.proposal).label),
    )
    return {
        "issuer": str(case.issuer_unit),
        "title": f"《{case.title}》实施情况评估报告",
        "number": case.number,
        "paragraphs": [f"{_name(case)}有效期自{_on(case.valid_from)}至{_on(case.expires_on)}。"],
        "sections": [{"heading": heading, "paragraphs": [text]} for heading, text in sections],
        "unit": str(case.issuer_unit),
    }


def repeal_notice(case: NormativeDocument, on: date) -> dict[str, Any]:
    """Give the words of the announcement that a document is repealed (LR-32, LR-36)."""
    return {
        "issuer": str(case.issuer_unit),
        "title": f"关于废止《{case.title}》的公告",
        "paragraphs": [
            f"经研究，决定自{_on(case.ended_on)}起废止{_name(case)}。{case.end_reason}",
            "特此公告。",
        ],
        "unit": str(case.issuer_unit),
    }


def lapse_notice(case: NormativeDocument, on: date) -> dict[str, Any]:
    """Give the words of the announcement that a document has lapsed by itself (LR-32, LR-36)."""
    return {
        "issuer": str(case.issuer_unit),
        "title": f"关于《{case.title}》失效的公告",
        "paragraphs": [
            f"{_name(case)}有效期至{_on(case.expires_on)}，未重新登记、编号、公布，"
            "有效期届满后自动失效，不再作为行政管理的依据。",
            "特此公告。",
        ],
        "unit": str(case.issuer_unit),
    }


for code, title, words, more in (
    ("registration_sheet", "登记编号单", registration_sheet, {"template": "form"}),
    ("filing_report", "备案报告", filing_report, {}),
    (
        "filing_opinion", "备案审查意见书", filing_opinion,
        {"series": "legality_review.filing_opinion"},
    ),
    (
        "alteration_proposal", "提请改变或者撤销的请示", alteration_proposal,
        {"series": "legality_review.alteration_proposal"},
    ),
    ("evaluation_report", "评估报告", evaluation_report, {}),
    ("repeal_notice", "废止公告", repeal_notice, {}),
    ("lapse_notice", "失效公告", lapse_notice, {}),
):  # fmt: skip
    declare_paper(PaperKind(f"legality_review.{code}", title, words, **more))
