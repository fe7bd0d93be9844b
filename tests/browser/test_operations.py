"""The operations on tasks and cases in Chromium, on an application, each as its people see it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.accreditation.steps import Walk, first_open_day
from tests.browser import looks
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

STEP = "形式审查"


@pytest.fixture
def walk(office: Any, tree: Any, clock: Any) -> Walk:
    """The application of a station, brought on by acts."""
    return Walk(office, tree, clock)


def does(desk: Desk, label: str, typed: dict[str, str], said: str = "") -> list[str]:
    """Follow an operation on the case's page, look at its form, fill it in and hand it in."""
    offered = desk.page.get_by_role("region", name="其他操作")
    desk.go(offered.get_by_role("link").filter(has_text=label).first)
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text(label)
    found = list(looks.faults(desk.page))
    for name, text in typed.items():
        desk.field(name).fill(text)
    desk.page.get_by_role("main").get_by_role("button").first.click()
    desk.reads(said or f"已{label}。")
    return found


def claims(desk: Desk, title: str, step: str) -> None:
    """Claim a task in the in-box; the case opens."""
    desk.task(title, step).get_by_role("button", name="签收").click()
    desk.reads("已签收")
    desk.on_case(title)


def test_a_task_goes_from_hand_to_hand(desk: Callable[[str], Desk], walk: Walk) -> None:
    """签收、退签、转办; 委派 and its answer; the opinion stands on the case's page."""
    title = walk.to("apply").title
    reviewer, second, director = desk("reviewer"), desk("second_reviewer"), desk("director")
    claims(reviewer, title, STEP)
    reviewer.page.get_by_text("不该由我办理，退签").click()
    reviewer.field("退签原因").fill("外出培训")
    reviewer.press("退签")
    reviewer.reads("已退签")
    claims(reviewer, title, STEP)
    found = does(reviewer, "转办", {"转给": "second_reviewer", "转办原因": "另有任务"})
    second.take_up(title, STEP)
    asked = {"征求何人意见": "director", "需要对方答复的问题": "是否符合条件"}
    found += does(second, "委派（征求意见）", asked)
    director.take_up(title, STEP)
    next_step = director.page.get_by_role("region", name="下一步")
    director.go(next_step.get_by_role("link", name="填写意见"))
    found += looks.faults(director.page)
    director.field("意见内容").fill("符合条件，同意受理。")
    director.press("答复")
    director.reads("已答复。")
    second.take_up(title, STEP)
    opinions = second.page.get_by_role("region", name="各环节意见")
    expect(opinions).to_contain_text("符合条件，同意受理。")
    second.act("受理")
    assert found == []


def test_urging_and_circulating(desk: Callable[[str], Desk], walk: Walk, clock: Any) -> None:
    """催办 by the station and its answer; 传阅 read and answered by another station; 抄送撤回."""
    title = walk.to("apply").title
    reviewer, chief, reader = desk("reviewer"), desk("chief"), desk("other_chief")
    claims(reviewer, title, STEP)
    chief.arrive()
    chief.choose("创建申报")
    chief.follow(title)
    found = does(chief, "催办", {"催办内容": "请尽快受理"})
    reviewer.take_up(title, STEP)
    expect(reviewer.page.get_by_role("region", name="各环节意见")).to_contain_text("请尽快受理")
    reviewer.go(reviewer.link("答复催办"))
    found += looks.faults(reviewer.page)
    reviewer.field("答复").fill("正在审查")
    reviewer.field("预计办结日期").fill("2025-09-29")
    reviewer.press("答复")
    reviewer.reads("已答复催办。")
    found += does(reviewer, "传阅", {"第一人": "other_chief", "说明": "供参考"})
    reader.arrive()
    reader.choose("阅件")
    row = reader.page.get_by_role("row").filter(has_text=title)
    row.get_by_role("link", name=title).click()
    reader.on_case(title)
    expect(reader.page.get_by_role("region", name="我可以办理")).to_contain_text("没有您可以办理")
    reader.choose("阅件")
    row.get_by_text("填写传阅意见").click()
    reader.page.get_by_label("传阅意见").fill("无不同意见。")
    reader.press("提交意见")
    reader.reads("传阅意见已提交。")
    found += looks.faults(reader.page)
    reviewer.take_up(title, STEP)
    expect(reviewer.page.get_by_role("region", name="各环节意见")).to_contain_text("无不同意见。")
    found += does(reviewer, "抄送", {"第一人": "third_chief"})
    reviewer.choose("阅件")
    reviewer.page.get_by_role("link", name="我发出的").click()
    reviewer.page.get_by_role("button", name="撤回").click()
    reviewer.reads("已撤回。")
    assert found == []


def test_a_substitute_acts_for_a_leader(desk: Callable[[str], Desk], walk: Walk) -> None:
    """请假代理: arranged by the leader, seen by both, and each act says for whom it was done."""
    title = walk.to("accept").title
    deputy, director = desk("deputy"), desk("director")
    deputy.arrive()
    deputy.choose("请假代理")
    for label, text in {
        "代理人": "director", "代理自": "2025-09-26", "代理至（含当日）": "2025-10-10",
        "事由": "外出学习",
    }.items():  # fmt: skip
        deputy.field(label).fill(text)
    deputy.page.get_by_label("包括此前已经到达的待办").check()
    deputy.press("设定代理")
    deputy.reads("已设定")
    found = list(looks.faults(deputy.page))
    director.arrive()
    expect(director.page.get_by_role("main")).to_contain_text("您正在代理乐副局")
    director.take_up(title, "指派评审员")
    director.begin("指派评审员")
    for name in ("评甲", "评乙"):
        director.page.get_by_label(name).check()
    director.hand_in("指派评审员")
    opinions = director.page.get_by_role("region", name="各环节意见")
    expect(opinions).to_contain_text("乐局长代乐副局")
    assert found == []


def test_a_case_is_suspended_and_resumed(desk: Callable[[str], Desk], walk: Walk) -> None:
    """挂起: the case says so on top and takes no act; 恢复: it goes on."""
    title = walk.to("apply").title
    reviewer = desk("reviewer")
    claims(reviewer, title, STEP)
    found = does(reviewer, "挂起", {"事由": "等待上级答复"})
    expect(reviewer.page.get_by_role("main")).to_contain_text("挂起：等待上级答复")
    found += looks.faults(reviewer.page)
    found += does(reviewer, "恢复", {"事由": "已答复"})
    reviewer.act("受理")
    assert found == []


def test_a_decision_is_signed_with_the_password(desk: Callable[[str], Desk], walk: Walk) -> None:
    """电子签名: a wrong password loses nothing typed; the right one signs, and it is checked."""
    title = walk.to("confirm_county_score").title
    secretary = desk("secretary")
    secretary.take_up(title, "党组研究决定")
    secretary.begin("推荐")
    found = list(looks.faults(secretary.page))
    secretary.field("党组会议").fill("2025年第9次局党组会议")
    secretary.field("决定内容和理由").fill("同意推荐。")
    secretary.field("登录口令").fill("Wrong-password-1")
    secretary.press("推荐")
    asked = secretary.page.get_by_role("group", name="电子签名")
    expect(asked).to_contain_text("口令不正确，请重新输入")
    expect(secretary.field("决定内容和理由")).to_have_value("同意推荐。")
    expect(secretary.field("登录口令")).to_have_value("")
    secretary.hand_in("推荐")
    valid = secretary.page.get_by_role("link", name="签名有效")
    expect(valid).to_be_visible()
    secretary.page.get_by_text("查看完整流程图").click()
    expect(secretary.page.get_by_role("list", name="各环节办理情况")).to_contain_text("乐书记")
    found += looks.faults(secretary.page)
    secretary.follow("打印办理情况表")
    expect(secretary.page.get_by_role("img", name="核对二维码")).to_be_visible()
    for part in ("办理经过", "附件清单"):
        secretary.page.get_by_role("checkbox", name=part).check()
    secretary.page.get_by_role("button", name="按所选内容显示").click()
    for part in ("办理经过", "附件清单"):
        expect(secretary.page.get_by_role("table", name=part)).to_be_visible()
        expect(secretary.page.get_by_role("checkbox", name=part)).to_be_checked()
    found += looks.faults(secretary.page)
    code = secretary.page.get_by_text("核对码").locator("code").inner_text()
    answer = secretary.page.goto(f"/check/{walk.case.uuid}/{code}/")
    assert answer is not None
    expect(secretary.page.get_by_role("main")).to_contain_text("一致。")
    found += looks.faults(secretary.page)
    assert found == []


def test_a_case_is_sent_back_and_comes_straight_back(
    desk: Callable[[str], Desk], walk: Walk
) -> None:
    """退回 in the mode 改后直达: the station does its step again, and the reviewer has it back."""
    title = walk.to("apply").title
    reviewer, chief = desk("reviewer"), desk("chief")
    claims(reviewer, title, STEP)
    offered = reviewer.page.get_by_role("region", name="其他操作")
    reviewer.go(offered.get_by_role("link").filter(has_text="退回").first)
    found = list(looks.faults(reviewer.page))
    reviewer.page.get_by_label("填写并提交自评").check()
    reviewer.page.get_by_label("改后直达").check()
    reviewer.field("退回原因").fill("自评综述过于简单")
    reviewer.press("退回")
    reviewer.reads("已退回。")
    expect(reviewer.page.get_by_role("region", name="各环节意见")).to_contain_text("已失效")
    chief.take_up(title, "填写并提交自评")
    chief.act("提交自评", {"自评综述": "已经补充。"})
    reviewer.task(title, STEP)
    assert found == []


def test_two_persons_end_a_case(desk: Callable[[str], Desk], walk: Walk) -> None:
    """提请终止 by the section, 确认 by the deputy from his in-box; the case is over."""
    title = walk.to("apply").title
    reviewer, deputy = desk("reviewer"), desk("deputy")
    reviewer.take_up(title, STEP)
    does(reviewer, "终止", {"理由": "重复申报"}, "已提请终止。")
    expect(reviewer.page.get_by_role("main")).to_contain_text("已提请终止：重复申报")
    deputy.take_up(title, "确认终止")
    deputy.go(deputy.page.get_by_role("link", name="确认或者不同意"))
    found = list(looks.faults(deputy.page))
    deputy.page.get_by_label("确认", exact=True).check()
    deputy.press("提交决定")
    deputy.reads("已终止。")
    reviewer.page.reload()
    expect(reviewer.page.get_by_role("region", name="下一步")).to_contain_text("已终止")
    assert found == []


def test_ticked_tasks_are_done_in_one_go(
    desk: Callable[[str], Desk], walk: Walk, clock: Any
) -> None:
    """批量办理: a tick, the act, a result for each."""
    case = walk.to("publish_county")
    clock.stand_at(first_open_day(case, "county_publicity"))
    reviewer = desk("reviewer")
    reviewer.task(case.title, "上报市局").get_by_role("checkbox").check()
    reviewer.press("批量办理")
    asked = reviewer.page.get_by_role("dialog", name="批量办理")
    asked.get_by_role("button", name="办理", exact=True).click()
    expect(reviewer.page.get_by_role("main")).to_contain_text("已办理，现为“市级验收”")
    assert list(looks.faults(reviewer.page)) == []
