"""Give the words of the permit, and the series of its numbers."""

from datetime import date
from typing import Any

from documents.numbers import Series
from documents.numbers import declare as declare_series
from documents.papers import PaperKind
from documents.papers import declare as declare_paper

declare_series(Series("permits.application", "许可申请", "测许申〔{year}〕{n}号"))
declare_series(Series("permits.permit", "许可决定", "测许决〔{year}〕{n}号"))


def permit(case: Any, on: date) -> dict[str, Any]:
    """Give the words of the paper."""
    return {
        "issuer": str(case.bureau),
        "title": "准予许可决定书",
        "to": str(case.unit),
        "paragraphs": [f"经审查，{case.title}（{case.number}）符合规定，准予许可。"],
        "unit": str(case.bureau),
    }


declare_paper(PaperKind("permits.permit", "准予许可决定书", permit, series="permits.permit"))
