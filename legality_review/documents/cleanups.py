"""Give the words of the papers of a clean-up: the draft for the public, and the result (LR-36)."""

from datetime import date
from typing import Any

from documents.numbers import Series
from documents.numbers import declare as declare_series
from documents.words import chinese_date
from legality_review.documents.series import declare, due_on
from legality_review.models import Cleanup
from legality_review.rules.cleanup import CONSULTATION, Conclusion

declare_series(Series("legality_review.cleanup", "规范性文件清理", "规文清〔{year}〕{n}号"))

COLUMNS = ["序号", "标题", "文号", "登记号", "公布日期", "理由"]
WIDTHS = [0.6, 4, 2, 2.4, 1.8, 3]
HEADINGS = {
    Conclusion.KEEP: "继续有效的规范性文件",
    Conclusion.AMEND: "拟修改的规范性文件",
    Conclusion.REPEAL: "废止的规范性文件",
    Conclusion.LAPSED: "失效的规范性文件",
}


def _tables(case: Cleanup) -> list[dict[str, Any]]:
    """Return one table for each conclusion that has documents."""
    lines = list(case.lines.select_related("document"))
    grouped = {one: [line for line in lines if line.conclusion == one] for one in Conclusion}
    return [
        {
            "caption": f"{HEADINGS[conclusion]}（{len(found)}件）",
            "columns": COLUMNS,
            "rows": [
                [
                    str(place),
                    line.document.title,
                    line.document.document_number,
                    line.document.registration_number,
                    str(line.document.published_on),
                    line.reason,
                ]
                for place, line in enumerate(found, start=1)
            ],
            "widths": WIDTHS,
        }
        for conclusion, found in grouped.items()
        if found
    ]


def cleanup_draft(case: Cleanup, on: date) -> dict[str, Any]:
    """Give the words of the draft on which the public is asked."""
    return {
        "title": f"{case.issuer_unit}规范性文件清理意见（公开征求意见）",
        "paragraphs": [
            f"清理范围：截至{chinese_date(case.as_of)}公布的规范性文件。公布位置：{case.draft_place}。",
            f"公开征求意见至{due_on(case, CONSULTATION.code)}。",
        ],
        "tables": _tables(case),
        "unit": str(case.issuer_unit),
    }


def cleanup_list(case: Cleanup, on: date) -> dict[str, Any]:
    """Give the words of the published result: valid, to be amended, repealed, lapsed."""
    return {
        "title": f"{case.issuer_unit}规范性文件清理结果目录",
        "paragraphs": [
            f"清理范围：截至{chinese_date(case.as_of)}公布的规范性文件。公布位置：{case.result_place}。",
            f"公开征求意见收到意见{case.opinions.count()}条。{case.handling}",
            "未列入继续有效、拟修改目录的规范性文件，不再作为行政管理的依据。",
        ],
        "tables": _tables(case),
        "unit": str(case.issuer_unit),
    }


declare("cleanup_draft", "清理意见（公开征求意见）", cleanup_draft, template="register")
declare("cleanup_list", "清理结果目录", cleanup_list, template="register")
