"""Give the tests of papers a vault of their own, kinds of paper, and cases to hang them on."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from documents import numbers, papers
from documents.numbers import Series
from documents.papers import PaperKind
from permissions.models import Unit
from permissions.roles import Role

ON = date(2025, 9, 26)
SERIES = Series("test.letters", "测试函件", "乐司测〔{year}〕{n}号", unit="371481SF")


def letter(case: Any, on: date) -> dict[str, Any]:
    """Words of the test's letter."""
    return {
        "issuer": "乐陵市司法局",
        "title": f"关于{case}的复函",
        "to": "云红街道办事处",
        "paragraphs": ["来函收悉，现函复如下。"],
        "sections": [
            {"heading": "一、总体意见", "paragraphs": ["原则同意。"]},
            {"heading": "（一）具体事项", "level": 2, "paragraphs": ["按规定办理。"]},
        ],
        "attachments": ["材料清单", "打分表"],
        "unit": "乐陵市司法局",
        "cc": "德州市司法局",
        "printed_by": "乐陵市司法局办公室",
        "printed_on": "2025年9月26日",
        "notice": "示例数据",
    }


def sheet(case: Any, on: date) -> dict[str, Any]:
    """Words of the test's form."""
    return {
        "title": "自评打分表",
        "fields": [{"label": "司法所", "value": str(case)}, {"label": "年度", "value": "2025"}],
        "tables": [
            {
                "caption": "得分明细",
                "columns": ["序号", "项目", "得分"],
                "rows": [["1", "党建引领", "7.5"], ["2", "=1+1", "*8*"]],
                "widths": [1, 4, 1],
            }
        ],
        "opinions": [{"label": "乡镇意见", "paragraphs": ["同意申报。"], "signer": "李四"}],
    }


KINDS = (
    PaperKind("test_letter", "复函", letter, series="test.letters"),
    PaperKind("test_sheet", "打分表", sheet, template="form", replaces_earlier=True),
)


@pytest.fixture(autouse=True)
def vault_of_its_own(tmp_path: Path) -> Iterator[Path]:
    """Files of a test go to its own folder."""
    with override_settings(FILES_ROOT=tmp_path / "files"):
        yield tmp_path / "files"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """One numbered letter and one form are declared for the time of a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(numbers._declared, SERIES.code, SERIES)
        for kind in KINDS:
            patch.setitem(papers._declared, kind.code, kind)
        yield


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Callable[..., PaperKind]:
    """Declare a kind of paper whose words are given outright."""

    def make(words: dict[str, Any], template: str = "official") -> PaperKind:
        kind = PaperKind("test_given", "给定", lambda case, on: words, template=template)
        monkeypatch.setitem(papers._declared, kind.code, kind)
        return kind

    return make


@pytest.fixture
def units_as_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a unit stand for a case: seen by whoever holds a post that reaches it."""
    monkeypatch.setattr(
        type(Unit.objects),
        "visible_to",
        lambda manager, user: manager.reached_by(user, set(Role), user.today()),
        raising=False,
    )
    monkeypatch.setattr(Unit, "unit", property(lambda unit: unit), raising=False)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """Make a file as a browser would send it."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")
