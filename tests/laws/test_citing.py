"""Citations: recognised with title, number, articles and place; nothing else is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laws.rules.citing import citations
from laws.rules.names import plain_number, title_forms


def cited(text: str) -> list[str]:
    """Return what a text cites in one line each."""
    return [
        "".join(
            (
                one.title or one.number,
                f"（{one.number}）" if one.title and one.number else "",
                f" {one.article}" if one.article else "",
                f"-{one.sub}" if one.sub else "",
                f".{one.paragraph}" if one.paragraph else "",
                f"({one.item})" if one.item else "",
            )
        )
        for one in citations(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《行政处罚法》，制定本办法", ["行政处罚法"]),
        ("依据《行政许可法》《竞争条例》、《信访条例》", ["行政许可法", "竞争条例", "信访条例"]),
        ("《民法典》第六百八十三条", ["民法典 683"]),
        ("《民法典》 第 683 条第２款第（三）项", ["民法典 683.2(3)"]),
        ("《刑法》第一百二十条之一第一款", ["刑法 120-1.1"]),
        ("《许可法》第八条、第十二条第一款和第七条", ["许可法 8", "许可法 12.1", "许可法 7"]),
        ("《行政许可法》第八条至第十二条的规定", ["行政许可法 8", "行政许可法 12"]),
        ("《竞争条例》（国务院令第783号）第十条", ["竞争条例（国务院令第783号） 10"]),
        ("《关于加强管理的通知》(国办发[2018]37号)", ["关于加强管理的通知（国办发〔2018〕37号）"]),
        ("按照国办发〔2018〕115号文件要求", ["国办发〔2018〕115号"]),
        ("根据国务院令第713号和省政府令第336号", ["国务院令第713号", "山东省人民政府令第336号"]),
        ("按照中华人民共和国国务院令第713号", ["国务院令第713号"]),
        ("依据住房和城乡建设部令第37号", ["住房和城乡建设部令第37号"]),
        ("本办法和司发通〔2012〕12号、令第5号", ["司发通〔2012〕12号"]),
        ("《行政处罚法》（以下简称《处罚法》）。《处罚法》第八条", ["行政处罚法", "行政处罚法 8"]),
        ("《某条例》（国令第1号，以下简称“条例”）", ["某条例（国务院令第1号）"]),
        ("《行政处罚法》（2021年修订）第八条", ["行政处罚法"]),
        ("第三条第二款的规定", []), ("书名号《》", []), ("《甲》", []), ("2018年115号楼", []),
        ("《行政处罚法》规定的第八条措施", ["行政处罚法"]),
    ],
)  # fmt: skip
def test_citations(text: str, expected: list[str]) -> None:
    assert cited(text) == expected


@given(
    st.text(st.sampled_from("《》（）()〔〕第一二三十条款项之、和至以下简称“”国办发令号12 法\n"))
)
def test_places_are_those_of_the_words(text: str) -> None:
    found = citations(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.title or one.number for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


@pytest.mark.parametrize(
    ("number", "plain"),
    [
        ("国办发[2018]115号", "国办发〔2018〕115号"),
        ("国办发 ( 2018 ) 115 号", "国办发〔2018〕115号"),
        ("中华人民共和国国务院令第783号", "国务院令第783号"), ("国令783号", "国务院令第783号"),
        ("省政府令第353号", "山东省人民政府令第353号"), ("", ""),
    ],
)  # fmt: skip
def test_numbers_have_one_form(number: str, plain: str) -> None:
    assert plain_number(number) == plain


def test_titles_are_found_with_and_without_state_and_edition() -> None:
    assert "行政处罚法" in title_forms("中华人民共和国行政处罚法（2021年修订）")
    assert "中华人民共和国行政处罚法" in title_forms("行政处罚法(2021修订)")
    assert title_forms("某办法（试行）")[0] == "某办法（试行）"
    assert "某办法" not in title_forms("某办法（试行）")
