"""Clauses: 章, 节, 条, 款, 项, 目 and the numbering of notices and contracts; numerals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.reading.clauses import Kind, clause_at, mark_of, recognise, title_of
from documents.reading.numerals import chinese_digits, number_of, numeral
from documents.reading.paragraphs import Paragraph, Part

ORDINANCE = """郑店镇人民政府文件
郑政发〔2025〕3号
郑店镇农村生活垃圾管理
办法（试行）
（2025年3月1日镇长办公会议通过）
第一章　总则
第一条　为了加强管理，制定本办法。
第二条 本办法所称垃圾，是指：
（一）生活垃圾；
（二）建筑垃圾：
1．砖瓦；
前款第（二）项所称砖瓦，由镇人民政府规定。
第三条规定的情形，不适用本办法。
第二节　罚则
第二十五条之一　情节严重的，依法处理。
第3条（适用范围）其他。
第二百零三条本办法自公布之日起施行。
郑店镇人民政府
2025年3月1日
附件1：名单
一、甲类
（一）乙类
1.丙类""".splitlines()
NOTICE = """关于印发工作方案的通知
各村：
现通知如下。
一、总体要求
以人民为中心。
（一）坚持依法。
1.一是公开
（1）网上
①官网
二、工作安排
2025年起实施。
1.1 合同金额
1.5万元以下的除外。
特此通知。
二〇二五年三月一日""".splitlines()


def labels(texts: list[str]) -> list[str]:
    """Return kind and label of every clause."""
    return [f"{one.kind.value} {one.label}".strip() for one in recognise(texts)]


def test_an_ordinance() -> None:
    assert labels(ORDINANCE) == [
        "标题", "标题", "标题", "标题", "标题", "章 第一章", "条 第一条", "条 第二条第一款",
        "项 第二条第一款第（一）项", "项 第二条第一款第（二）项",
        "目 第二条第一款第（二）项第1目", "款 第二条第二款", "款 第二条第三款", "节 第二节",
        "条 第二十五条之一", "条 第三条", "条 第二百零三条", "落款", "落款", "附件 附件1",
        "部分 附件1一", "项 附件1一（一）", "点 附件1一（一）1",
    ]  # fmt: skip
    assert title_of(recognise(ORDINANCE)) == "郑店镇农村生活垃圾管理办法（试行）"


def test_a_notice() -> None:
    assert labels(NOTICE) == [
        "标题", "正文", "正文", "部分 一", "正文 一", "项 一（一）", "点 一（一）1",
        "目 一（一）1（1）", "目 一（一）1①", "部分 二", "正文 二", "目 二1.1", "正文 二",
        "正文 二", "落款",
    ]  # fmt: skip


def test_tables_and_notes_do_not_count_as_paragraphs() -> None:
    rows = [Paragraph("第一条　标准如下："), Paragraph("1｜甲", Part.TABLE), Paragraph("其他。"),
            Paragraph("［注1］含本数。", Part.NOTE)]  # fmt: skip
    kinds = [(one.kind, one.label) for one in recognise(rows)]
    assert kinds == [
        (Kind.ARTICLE, "第一条第一款"), (Kind.TABLE, "第一条第一款"),
        (Kind.PARAGRAPH, "第一条第二款"), (Kind.NOTE, "第一条第二款"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "number", "sub"),
    [
        ("第一百二十三条　甲", Kind.ARTICLE, 123, 0), ("第 12 条 甲", Kind.ARTICLE, 12, 0),
        ("第１２条甲", Kind.ARTICLE, 12, 0), ("第二百八十条之二　甲", Kind.ARTICLE, 280, 2),
        ("第一万零一条　甲", Kind.ARTICLE, 10_001, 0), ("第二编 甲", Kind.PART, 2, 0),
        ("第十二章", Kind.CHAPTER, 12, 0), ("　　第三节　甲", Kind.SECTION, 3, 0),
        ("十一、甲", Kind.HEADING, 11, 0), ("(三)甲", Kind.ITEM, 3, 0),
        ("12．甲", Kind.POINT, 12, 0), ("3、甲", Kind.POINT, 3, 0),
        ("2.3.4 甲", Kind.SUBITEM, 4, 0), ("（7）甲", Kind.SUBITEM, 7, 0),
        ("⑮甲", Kind.SUBITEM, 15, 0), ("附　件：", Kind.ATTACHMENT, None, 0),
        ("第一条（目的）甲", Kind.ARTICLE, 1, 0),
    ],
)  # fmt: skip
def test_marks(text: str, kind: Kind, number: int | None, sub: int) -> None:
    mark = mark_of(text)
    assert mark is not None
    assert (mark.kind, mark.number, mark.sub) == (kind, number, sub)


@pytest.mark.parametrize(
    "text",
    [
        "第三条规定的", "第三条第二款所称", "第三条、第四条", "第三条至第五条", "第三条的规定",
        "第三条（二）项", "第三方责任", "一般规定", "2025年", "3.5万元", "50.5%", "十分重要",
        "附件一并公布", "第三条和第四条",
    ],
)  # fmt: skip
def test_references_and_amounts_are_no_marks(text: str) -> None:
    assert mark_of(text) is None


def test_places_in_the_text() -> None:
    joined = "\n".join(ORDINANCE)
    clauses = recognise(ORDINANCE)
    assert all(joined[one.start : one.end] == one.text for one in clauses)
    place = joined.index("建筑垃圾")
    found = clause_at(clauses, place)
    assert found is not None and found.label == "第二条第一款第（二）项"
    assert found.body == "建筑垃圾："


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"))))
def test_nothing_is_dropped(texts: list[str]) -> None:
    clauses = recognise(texts)
    assert [one.text for one in clauses] == texts
    assert [one.index for one in clauses] == list(range(len(texts)))
    assert all("\0" not in one.label for one in clauses if "\0" not in one.text)


@given(st.integers(0, 99_999_999))
def test_numerals_are_read_as_they_are_written(number: int) -> None:
    assert number_of(numeral(number)) == number
    assert number_of(str(number)) == number_of(chinese_digits(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("两千零五", 2005), ("廿", None), ("", None), ("一百二十", 120), ("〇", 0),
     ("壹佰贰拾", 120), ("三亿", 300_000_000), ("一" * 99, None)],
)  # fmt: skip
def test_numerals(text: str, number: int | None) -> None:
    assert number_of(text) == number
