"""Compose normative documents of real size, and write them as Word and PDF files."""

import io
import random
from collections.abc import Sequence
from functools import cache

import typst
from docx import Document

from documents import fonts
from documents.reading.numerals import numeral

PER_PAGE = 560
"""Characters on a page in the layout of official documents, half-filled lines reckoned in."""
COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体"
    "制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内"
    "数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提"
    "直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计"
)
SUBJECTS = ("镇人民政府", "村民委员会", "有关部门", "经营单位", "管理单位", "任何单位和个人")
DUTIES = (
    "应当按照规定履行职责", "应当建立健全管理制度", "应当自收到申请之日起十五个工作日内作出决定",
    "不得擅自改变用途", "应当及时公布有关信息并接受监督", "可以委托符合条件的组织承担具体事务",
)  # fmt: skip
OBJECTS = ("农村生活垃圾", "集体土地承包", "小型水利设施", "公共停车秩序", "历史建筑", "养犬行为")
CLOSINGS = (
    "情节严重的，依照《中华人民共和国行政处罚法》第{}条的规定处理",
    "法律、法规另有规定的，从其规定",
    "具体办法由镇人民政府另行制定",
    "依照《公平竞争审查条例》第{}条进行审查",
)


class Drafts:
    """Composes documents; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        """Begin with a vocabulary of a few thousand words."""
        self.chance = random.Random(seed)  # noqa: S311 - nothing secret
        self.words = ["".join(self.chance.choices(COMMON, k=2)) for _ in range(3000)]

    def document(self, pages: int) -> list[str]:
        """Return the paragraphs of a document of so many pages."""
        subject = self.chance.choice(OBJECTS)
        paragraphs = [f"郑店镇{subject}管理办法", "第一章　总则"]
        length = article = 0
        while length < pages * PER_PAGE:
            article += 1
            if article % 12 == 0:
                paragraphs.append(
                    f"第{numeral(article // 12 + 1)}章　{self.chance.choice(OBJECTS)}"
                )
            added = [f"第{numeral(article)}条　{self.sentence()}", *self.items()]
            paragraphs += added
            length += sum(map(len, added)) + 12 * len(added)
        return [*paragraphs, "郑店镇人民政府", "2025年3月1日"]

    def sentence(self) -> str:
        """Return one sentence of a clause."""
        clauses = [
            f"{self.chance.choice(SUBJECTS)}对{self.chance.choice(self.words)}"
            f"{self.chance.choice(self.words)}的{self.chance.choice(OBJECTS)}"
            f"{self.chance.choice(DUTIES)}"
            for _ in range(self.chance.randint(1, 3))
        ]
        closing = self.chance.choice(CLOSINGS).format(numeral(self.chance.randint(1, 90)))
        return f"{'，'.join(clauses)}；{''.join(self.chance.choices(self.words, k=4))}{closing}。"

    def items(self) -> list[str]:
        """Return the items of a clause, often none."""
        count = self.chance.choice((0, 0, 0, 2, 4))
        return [
            f"（{numeral(number)}）{''.join(self.chance.choices(self.words, k=5))}；"
            for number in range(1, count + 1)
        ]

    def word(self) -> str:
        """Return a word of the vocabulary."""
        return self.chance.choice(self.words)


def word_file(paragraphs: Sequence[str]) -> bytes:
    """Write a document as .docx."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@cache
def _fonts() -> typst.Fonts:
    return fonts.book()


def pdf_file(paragraphs: Sequence[str]) -> bytes:
    """Write a document as PDF in the layout of an official document."""
    look = (
        "#set page(margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm))\n"
        '#set page(numbering: "— 1 —")\n'
        '#set text(font: ("Noto Serif SC", "Noto Sans SC"), size: 16pt, lang: "zh")\n'
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 0.9em)\n"
    )
    source = look + "\n\n".join(paragraphs)
    made: bytes = typst.compile(source.encode(), font_paths=_fonts())
    return made
