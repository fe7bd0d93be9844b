"""Collect what a file hides or what cannot be read, and say it in Chinese."""

import re
from dataclasses import dataclass, field

from documents.inspection.refusals import Unsafe
from documents.reading.paragraphs import Paragraph, Part, Reading, without_unseen

LONGEST_TEXT = 2_000_000
SHOWN = 30
TOO_LONG = "文件的文字过多，无法逐条比对，请拆分后上传。"
NO_TEXT = "未能识别文字（可能是扫描件），请上传可复制文字的文件。"
PAGE_NUMBER = re.compile(r"[-—–－·~\s第页共/\dPpage.ivxIVX]*")
PAGE_BEHIND = re.compile(r"[\s.·…⋯]*\d{0,4}$")
WHITE = re.compile(r"\s+")


@dataclass
class Findings:
    """What was found on the way through a file."""

    insertions: int = 0
    deletions: int = 0
    comments: int = 0
    pictures: int = 0
    embedded: int = 0
    unseen: int = 0
    hidden: list[str] = field(default_factory=list)
    faint: list[str] = field(default_factory=list)

    def seen(self, text: str) -> str:
        """Return a text without characters nobody sees, and count those."""
        kept, unseen = without_unseen(text)
        self.unseen += unseen
        return kept

    def sentences(self) -> list[str]:
        """Say what was found."""
        found = []
        if self.insertions or self.deletions:
            found.append(
                f"文件带有未处理的修订（插入 {self.insertions} 处、删除 {self.deletions} 处），"
                "已按全部接受后的文字读取，请接受或者拒绝修订后再定稿。"
            )
        if self.hidden:
            found.append(f"有隐藏文字 {len(self.hidden)} 处，未计入正文：{_quoted(self.hidden)}。")
        if self.faint:
            found.append(
                f"有白色或者极小、纸面上看不清的文字 {len(self.faint)} 处，"
                f"已计入正文：{_quoted(self.faint)}。"
            )
        if self.unseen:
            found.append(f"有看不见的控制字符 {self.unseen} 个，已略去。")
        if self.comments:
            found.append(f"有批注 {self.comments} 条，未计入正文。")
        if self.pictures:
            found.append(f"有图片 {self.pictures} 张，图片里的文字没有读取。")
        if self.embedded:
            found.append(f"嵌有其他文档或者对象 {self.embedded} 个，其内容没有读取。")
        return found


def _quoted(texts: list[str]) -> str:
    """Quote the first of several texts."""
    first = WHITE.sub(" ", texts[0]).strip()
    return f"“{first[:SHOWN]}{'…' if len(first) > SHOWN else ''}”{'等' if texts[1:] else ''}"


def finished(paragraphs: list[Paragraph], findings: Findings) -> Reading:
    """Make the reading of what was collected; raise `Unsafe` where there is no text."""
    bodies = {_bare(one.text) for one in paragraphs if one.part is Part.BODY}
    kept = [_placed(one, bodies) for one in paragraphs]
    reading = Reading(_margins_last(kept), findings.sentences())
    margins = [one.text for one in kept if one.part is Part.MARGIN]
    if any("。" in text for text in margins):
        reading.defects.append(f"页眉或者页脚里有成句的文字，不计入正文：{_quoted(margins)}。")
    if not any(one.text.strip() for one in reading.counting):
        raise Unsafe(NO_TEXT)
    return reading


def _placed(paragraph: Paragraph, bodies: set[str]) -> Paragraph:
    """Take a line of a table of contents for one only if the body has such a heading."""
    if paragraph.part is not Part.CONTENTS:
        return paragraph
    heading = _bare(PAGE_BEHIND.sub("", paragraph.text))
    is_listed = not heading or heading == "目录" or heading in bodies
    return paragraph if is_listed else Paragraph(paragraph.text, Part.BODY)


def _bare(text: str) -> str:
    """Return a text without white space."""
    return WHITE.sub("", text)


def _margins_last(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Put headers and footers behind the text, each once and without page numbers."""
    texts = dict.fromkeys(one.text for one in paragraphs if one.part is Part.MARGIN)
    margins = [Paragraph(text, Part.MARGIN) for text in texts if not PAGE_NUMBER.fullmatch(text)]
    return [one for one in paragraphs if one.part is not Part.MARGIN] + margins
