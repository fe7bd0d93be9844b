"""Declare the series of numbers of legality review, and what its papers say alike."""

from typing import Any

from documents.numbers import Series
from documents.numbers import declare as declare_series
from documents.papers import PaperKind
from documents.papers import declare as declare_paper
from documents.words import chinese_date
from workflows import terms

for series in (
    Series("legality_review.review", "合法性审查事项", "乐合审〔{year}〕{n}号"),
    Series("legality_review.opinion", "合法性审查意见", "乐合审意〔{year}〕{n}号"),
    Series("legality_review.notice", "合法性审查补正、退回通知", "乐合审通〔{year}〕{n}号"),
    Series("legality_review.recognition", "规范性文件认定意见", "乐合审认〔{year}〕{n}号"),
):
    declare_series(series)


def due_on(case: Any, code: str) -> str:
    """Say when the newest term with this code ends; "" where there is none."""
    found = [term for term in terms.open_terms(case) if term.code == code]
    return chinese_date(found[-1].due_on) if found and found[-1].due_on else ""


def declare(code: str, title: str, words: Any, **more: Any) -> None:
    """Declare a kind of paper of legality review."""
    declare_paper(PaperKind(f"legality_review.{code}", title, words, **more))
