"""What people type is answered in Chinese beside the field, and not lost; no mouse is needed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from indicators import registry
from tests.accreditation.steps import Walk
from tests.browser import looks
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

PROGRAM: FilePayload = {
    "name": "台账.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00" + bytes(200),
}  # fmt: skip
"""A program under the name of a PDF."""
MOST_TABS = 80


@pytest.fixture
def at_desk(new_page: Callable[..., Page], office: Any) -> Callable[..., Desk]:
    """Give the desk of a person by name, on a screen of this width."""

    def sit_down(name: str, width: int = 1366) -> Desk:
        desk = Desk(new_page(width), getattr(office, name))
        desk.arrive()
        return desk

    return sit_down


def beside(field: Locator) -> Locator:
    """Return what stands beside a field as its fault."""
    return field.locator("xpath=ancestor::*[contains(@class, 'field')][1]").locator(".error-list")


def test_a_supplement_stops_the_clock_and_the_page_says_so(
    at_desk: Callable[..., Desk], office: Any, tree: Any, clock: Any
) -> None:
    """FQ-5: the term of the formal check stands still until the station has supplemented."""
    title = Walk(office, tree, clock).to("apply").title
    reviewer = at_desk("reviewer")
    reviewer.take_up(title, "形式审查")
    reviewer.act("一次性告知补正", {"需要补正的全部内容": "缺沿街照片。"})
    terms = reviewer.page.get_by_role("region", name="期限")
    expect(terms).to_contain_text("计时已停")
    expect(terms).to_contain_text("剩余5个工作日，恢复计时后继续计算")
    chief = at_desk("chief", 390)
    chief.page.goto("/inbox/")
    chief.page.get_by_role("link", name=title, exact=True).click()
    expect(chief.page.get_by_role("main")).to_contain_text("缺沿街照片。")
    chief.act("提交补正", {"补正情况说明": "已补沿街照片。"})
    expect(chief.page.get_by_role("region", name="期限")).not_to_contain_text("计时已停")


def test_a_bad_upload_costs_nothing_that_was_typed(at_desk: Callable[..., Desk], tree: Any) -> None:
    """The page says what is wrong with the file beside it; figure, note and choice stand."""
    chief = at_desk("chief")
    known = registry.indicator("mediation_success_rate")
    chief.choose("指标")
    chief.page.get_by_role("main").get_by_role("link", name=re.compile("年指标表")).click()
    chief.follow(f"填报 {known.title}")
    note = "说明（统计口径、佐证目录）"
    for label, text in {known.counts: "21", known.over: "20", note: "台账第3册第7页"}.items():
        chief.field(label).fill(text)
    chief.upload("佐证材料", PROGRAM)
    chief.press("填报")
    expect(beside(chief.field(known.counts))).to_contain_text("计数不能大于基数。")
    expect(beside(chief.field("佐证材料"))).to_contain_text("“台账.pdf”没有收下")
    expect(chief.field(note)).to_have_value("台账第3册第7页")
    expect(chief.field(known.counts)).to_have_value("21")
    assert list(looks.faults(chief.page)) == []
    chief.field(known.counts).fill("19")
    chief.upload("佐证材料")
    chief.press("填报")
    chief.reads("第1版。")


def test_what_is_missing_is_said_beside_the_field(
    at_desk: Callable[..., Desk], office: Any, tree: Any, clock: Any
) -> None:
    """An empty form is not sent; a sheet names every wrong item and keeps every right one."""
    title = Walk(office, tree, clock).to("start_self_assessment").title
    chief = at_desk("chief")
    chief.take_up(title, "填写并提交自评")
    chief.follow("填写自评打分表")
    for code, points in {"1.1": "99", "1.2": "98"}.items():
        chief.field(f"{code} 自评得分").fill(points)
    chief.field("1.3 佐证目录").fill("支部工作手册")
    chief.press("保存自评")
    for code in ("1.1", "1.2"):
        row = chief.page.get_by_role("row").filter(has_text=re.compile(rf"^\s*{code} "))
        expect(row).to_contain_text(f"{code}自评得分应在0至")
    expect(chief.field("1.3 佐证目录")).to_have_value("支部工作手册")
    chief.field("1.1 自评得分").fill("")
    chief.press("保存自评")
    expect(beside(chief.field("1.1 自评得分"))).to_contain_text("请填写此项。")


def test_a_draft_survives_a_reload(
    at_desk: Callable[..., Desk], office: Any, tree: Any, clock: Any
) -> None:
    """What was typed is kept while it is typed, restored after a reload, and can be dropped."""
    title = Walk(office, tree, clock).to("submit_self_assessment").title
    leader = at_desk("township_leader")
    leader.take_up(title, "乡镇（街道）意见")
    leader.begin("出具乡镇（街道）意见")
    typed = leader.field("乡镇（街道）意见")
    typed.fill("拟同意，待党政办核对。")
    expect(leader.page.get_by_text("草稿已保存")).to_be_visible()
    leader.page.reload()
    expect(leader.page.get_by_text("保存的草稿")).to_be_visible()
    expect(typed).to_have_value("拟同意，待党政办核对。")
    leader.press("不用草稿，重新填写")
    leader.page.get_by_role("dialog").get_by_role("button", name="清除").click()
    expect(typed).to_have_value("")


def test_an_act_needs_no_mouse(
    at_desk: Callable[..., Desk], office: Any, tree: Any, clock: Any
) -> None:
    """From the in-box to the done act with Tab, Enter and typing; the focus is always visible."""
    title = Walk(office, tree, clock).to("submit_self_assessment").title
    leader = at_desk("township_leader")
    page = leader.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("main").get_by_role("link", name=title, exact=True))
    page.keyboard.press("Enter")
    leader.on_case(title)
    _tab_to(page, page.get_by_role("link", name="出具乡镇（街道）意见", exact=True))
    page.keyboard.press("Enter")
    _tab_to(page, leader.field("乡镇（街道）意见"))
    page.keyboard.type("同意申报。")
    _tab_to(page, page.get_by_role("button", name="出具乡镇（街道）意见", exact=True))
    page.keyboard.press("Enter")
    leader.reads("已出具乡镇（街道）意见。")


def _tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the control has the focus; each one on the way shows that it has it."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => { const look = getComputedStyle(document.activeElement);
                return look.outlineStyle !== "none" || look.boxShadow !== "none"; }"""
        )
        assert shown, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if wanted.evaluate("control => control === document.activeElement"):
            return
    raise AssertionError(f"not reached by keyboard: {wanted}")
