"""The parts of a review and of the life of a document, as the people of both click them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from playwright.sync_api import FilePayload, expect

from legality_review.rules import materials
from legality_review.rules.filing import MATERIALS
from legality_review.rules.findings import items_of
from legality_review.rules.intake import NORMATIVE_TESTS
from legality_review.rules.matters import Matter
from tests.browser import looks
from tests.browser.desk import EVIDENCE, Desk
from tests.documents import made_files
from tests.legality_review.steps import TEXT

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONCLUDE = "出具审查意见"


def word_file(lines: Sequence[str] = TEXT, name: str = "合同.docx") -> FilePayload:
    """Give a real .docx as the chooser of files gives it to the page."""
    return {"name": name, "mimeType": WORD, "buffer": made_files.docx(lines)}


def hand_in_document(clerk: Desk, title: str, clock: Any, text: Sequence[str]) -> None:
    """Open a normative document, ask the public about it, and hand it in with its materials."""
    clerk.arrive()
    clerk.choose("审查事项")
    clerk.go(clerk.link("送请合法性审查"))
    clerk.go(clerk.link(Matter.NORMATIVE.label))
    clerk.field("文件名称").fill(title)
    for label in NORMATIVE_TESTS.values():
        clerk.field(label).select_option(label="是")
    clerk.press("保存并上传材料")
    for name in materials.ALWAYS[Matter.NORMATIVE]:
        add_material(clerk, name, word_file(text, f"{name}.docx"))
    clerk.go(clerk.link("返回案件"))
    clerk.begin("公开征求意见")
    clerk.field("公开征求意见开始日期").fill(f"{clock.today():%Y-%m-%d}")
    clerk.field("公开方式").fill("乐陵市政府网站")
    clerk.hand_in("公开征求意见")
    clock.forward(days=40)
    clerk.take_up(title, "公开征求意见")
    clerk.act("结束征求意见", {"征求意见及采纳情况": "收到2条意见，均已采纳。"})
    clerk.go(clerk.link("上传材料"))
    add_material(clerk, materials.CONSULTED, EVIDENCE)
    clerk.go(clerk.link("返回案件"))
    clerk.act("送审")


def add_material(clerk: Desk, name: str, file: FilePayload) -> None:
    """Upload a file for a material; the form begins with the first that lacks."""
    expect(clerk.field("材料")).to_have_value(name)
    clerk.upload("文件", file)
    clerk.press("上传")
    clerk.reads(f"已上传“{name}”。")


def examines(reviewer: Desk, matter: str, **found: tuple[str, str]) -> list[str]:
    """Fill in the findings on the desk; `found` gives verdict and note where not 未发现问题."""
    reviewer.go(reviewer.link("打开审查工作台"))
    wrong = list(looks.faults(reviewer.page))
    for item in items_of(matter):
        verdict, note = found.get(item.code, ("未发现问题", ""))
        reviewer.field(f"{item.title}：审查发现").select_option(label=verdict)
        reviewer.field(f"{item.title}：说明").fill(note)
    reviewer.press("保存审查发现")
    reviewer.reads("各项均已填写")
    reviewer.go(reviewer.link("返回案件"))
    return wrong


def advises(reviewer: Desk, clause: str, suggestion: str) -> None:
    """Give a piece of advice on the desk."""
    reviewer.go(reviewer.link("打开审查工作台"))
    advice = reviewer.page.get_by_role("region", name="修改意见")
    for label, text in {
        "条款": clause, "存在的问题": "表述不准确。", "法律依据": "《规范性文件管理办法》",
        "修改意见": suggestion,
    }.items():  # fmt: skip
        advice.get_by_label(label).fill(text)
    reviewer.press("提出修改意见")
    reviewer.go(reviewer.link("返回案件"))


def concludes(reviewer: Desk, act: str) -> None:
    """Write and sign the opinion."""
    reviewer.act(act, {"审查意见": "审查情况如上。"})


def has_paper(reader: Desk, title: str) -> None:
    """Find a paper on the case's page, look at it, and go back."""
    address = reader.page.url
    shelf = reader.page.get_by_role("region", name="文书")
    shelf.get_by_role("link").filter(has_text=title).first.click()
    expect(reader.page.locator("img.paper-page").first).to_be_visible()
    reader.page.goto(address)


def records_meeting(leader: Desk, held_on: date) -> list[str]:
    """Record a deliberation in which one member dissents and the head speaks last."""
    leader.begin("记录集体讨论")
    leader.field("会议").fill("2025年第9次主任办公会")
    leader.field("会议日期").fill(f"{held_on:%Y-%m-%d}")
    seats = (
        ("主要负责人", "云主任", "09:40", "同意", "同意，由经办部门加强宣传。"),
        ("成员1", "甲副主任", "09:10", "同意", ""),
        ("成员2", "乙委员", "09:20", "不同意", "停车费用由谁承担没有写明，建议缓议。"),
        ("成员3", "丙委员", "09:30", "同意", ""),
    )
    for seat, name, spoken_at, stance, words in seats:
        leader.field(f"{seat}姓名").fill(name)
        leader.field(f"{seat}发言时间").fill(spoken_at)
        leader.field(f"{seat}态度").select_option(label=stance)
        leader.field(f"{seat}意见").fill(words)
    leader.field("会议决定").select_option(label="通过")
    wrong = list(looks.faults(leader.page))
    leader.hand_in("记录集体讨论")
    return wrong


def signs(leader: Desk, file: FilePayload, years: str) -> None:
    """Sign the reviewed text with the validity that it states."""
    leader.begin("签发")
    leader.upload("签发稿", file)
    leader.field("文件载明的有效期（年）").select_option(label=years)
    leader.hand_in("签发", confirms=True)


def publishes(clerk: Desk, effective_on: date) -> None:
    """Publish on the website."""
    clerk.begin("公布")
    clerk.page.get_by_label("政府网站").check()
    clerk.field("公布位置").fill("乐陵市政府网站")
    clerk.field("施行日期").fill(f"{effective_on:%Y-%m-%d}")
    clerk.hand_in("公布")


def files(clerk: Desk) -> list[str]:
    """File the published document: its text and what the review has are on file already."""
    clerk.begin("报送备案")
    for label in MATERIALS:
        field = clerk.field(label)
        expect(field).to_have_accessible_description(re.compile("已在卷"))
    wrong = list(looks.faults(clerk.page))
    clerk.hand_in("报送备案")
    return wrong


def finds_in_register(reader: Desk, title: str) -> Any:
    """Find the line of a document in the register of what is valid today."""
    reader.arrive()
    reader.choose("规范性文件名册")
    reader.field("效力").select_option(label="有效")
    reader.press("查询")
    row = reader.page.get_by_role("row").filter(has_text=title)
    expect(row).to_be_visible()
    return row
