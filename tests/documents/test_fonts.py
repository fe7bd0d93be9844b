"""Typefaces: the office's own first, the free ones next, and a note where only the last is left."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import pypdf
import pytest

from documents import fonts, papers, rendering
from tests.documents.conftest import ON
from tests.documents.test_papers import reader_of

CACHED = (fonts.book, fonts.chains, fonts._covered, rendering._compiler, rendering.page_images)
PACKAGE = Path(pylopdf_fonts_zh_cn.serif_path()).parent


@pytest.fixture
def only_the_package(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No Fandol and no fonts of the office: as on a machine that could not fetch them."""
    monkeypatch.setattr(fonts, "directories", lambda: [PACKAGE])
    for cached in CACHED:
        cached.cache_clear()
    yield
    for cached in CACHED:
        cached.cache_clear()


def typefaces(reader: pypdf.PdfReader) -> set[str]:
    """Return the names of the typefaces embedded in a file."""
    return {
        str(font.get_object()["/BaseFont"]).rpartition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }


def test_a_letter_is_set_in_the_typefaces_of_the_style(people: Any, tree: Any) -> None:
    paper = papers.render(papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON))
    used = " ".join(typefaces(reader_of(paper)))
    assert paper.fonts_note == ""
    assert all(face in used for face in ("FandolFang", "FandolHei", "FandolKai", "FandolSong"))


@pytest.mark.usefixtures("only_the_package", "units_as_cases")
def test_the_page_says_when_only_the_last_resort_is_left(
    people: Any, tree: Any, signed_in: Any
) -> None:
    paper = papers.render(papers.issue(tree.station, "test_letter", by=people.reviewer, on=ON))
    note = (
        "未找到规定字体，仿宋以思源宋体代替，黑体以思源黑体代替，"
        "楷体以思源宋体代替，小标宋以思源宋体代替。"
    )
    assert paper.fonts_note == note
    assert not [face for face in typefaces(reader_of(paper)) if "Fandol" in face]
    assert note in signed_in(people.chief).get(f"/documents/papers/{paper.uuid}/").content.decode()


def test_the_offices_own_fonts_are_looked_for(settings: Any, tmp_path: Path) -> None:
    settings.FONT_DIRS = [str(tmp_path), str(tmp_path / "absent")]
    assert tmp_path in fonts.directories()
    assert tmp_path / "absent" not in fonts.directories()


def test_a_machine_without_any_font_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, only_the_package: None, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "directories", lambda: [tmp_path])
    with pytest.raises(fonts.NoFonts, match="缺少中文字体"):
        fonts.chains()
