"""Legality review in Chromium: six matters, each to its end, with papers and register (LR-1)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from legality_review.models import Review
from legality_review.rules.matters import Matter, Urgency
from tests.browser import looks
from tests.browser.desk import Desk
from tests.browser.reviewing import (
    CONCLUDE,
    advises,
    concludes,
    examines,
    files,
    finds_in_register,
    hand_in_document,
    has_paper,
    publishes,
    records_meeting,
    signs,
    word_file,
)
from tests.factories import PASSWORD
from tests.legality_review.steps import TEXT, Walk, term_of

pytestmark = pytest.mark.browser


def test_a_contract_by_the_short_form_is_reviewed_by_the_station_alone(
    desk: Callable[[str], Desk], walk: Walk
) -> None:
    """One page for the clerk; the station finds it lawful; the leader signs what was reviewed."""
    walk.qualify()
    clerk, chief, leader = desk("township_clerk"), desk("chief"), desk("township_leader")
    clerk.arrive()
    clerk.choose("审查事项")
    clerk.go(clerk.link("送请合法性审查"))
    clerk.go(clerk.link("合同简易送审"))
    found = list(looks.faults(clerk.page))
    clerk.upload("合同文本", word_file())
    clerk.field("合同名称").fill("街道保洁合同")
    clerk.field("合同相对方").fill("乐陵保洁公司")
    clerk.field("合同类别").select_option(label="政府采购、购买服务")
    clerk.field("金额（万元）").fill("3")
    clerk.press("送审")
    clerk.reads("合同已送审")
    case = Review.objects.get()
    chief.take_up("街道保洁合同", "审核送审材料")
    chief.act("受理")
    chief.take_up("街道保洁合同", CONCLUDE)
    found += examines(chief, case.matter)
    concludes(chief, "出具“合法”意见")
    has_paper(chief, "合法性审查意见书")
    leader.take_up("街道保洁合同", "签发")
    leader.begin("签发")
    found += looks.faults(leader.page)
    leader.upload("签发稿", word_file((*TEXT[:3], "第三条 有效期6年。")))
    password = leader.page.get_by_role("group", name="电子签名").get_by_label("登录口令")
    password.fill(PASSWORD)
    leader.press("签发")
    asked = leader.page.get_by_role("dialog", name="签发")
    asked.get_by_role("button", name="签发").click()
    expect(leader.page.get_by_role("main")).to_contain_text("处条文不同（第三条）")
    leader.upload("签发稿", word_file())
    leader.hand_in("签发", confirms=True)
    expect(leader.page.get_by_role("region", name="下一步")).to_contain_text("已签发")
    clerk.choose("全文检索")
    clerk.page.get_by_label("检索词").fill("公共停车场")
    clerk.press("检索")
    expect(clerk.page.locator("mark").first).to_be_visible()
    assert found == []


def test_a_document_goes_up_is_amended_adopted_and_registered(
    desk: Callable[[str], Desk], walk: Walk
) -> None:
    """From the blank form to the register of what is in force, every step in the pages (LR-1)."""
    walk.qualify()
    title, matter = TEXT[0], Matter.NORMATIVE
    chief, reviewer = desk("chief"), desk("reviewer")
    clerk, leader = desk("township_clerk"), desk("township_leader")
    hand_in_document(clerk, title, walk.clock, TEXT)
    chief.take_up(title, "审核送审材料")
    chief.act("受理")
    found = examines(chief, matter)
    chief.take_up(title, CONCLUDE)
    expect(chief.page.get_by_role("main")).to_contain_text("须提请县级复审")
    chief.act("提请县级复审", {"初审意见": "拟同意。"})
    reviewer.take_up(title, "出具审查意见（县级）")
    found += examines(reviewer, matter, n3=("需要修改", "表述不准确"))
    advises(reviewer, "第二条", "改为“全天开放”。")
    concludes(reviewer, "出具“应当予以修改”意见")
    clerk.take_up(title, "修改并反馈采纳情况")
    clerk.begin("反馈采纳情况")
    found += looks.faults(clerk.page)
    revised = (*TEXT[:2], "第二条 全天开放。", TEXT[3])
    clerk.upload("修改稿", word_file(revised, "修改稿.docx"))
    clerk.field("第二条：采纳情况").select_option(label="采纳")
    clerk.hand_in("反馈采纳情况")
    clerk.go(clerk.link("文本对照"))
    expect(clerk.page.locator("ins").first).to_be_visible()
    found += looks.faults(clerk.page)
    reviewer.take_up(title, "复核修改稿（县级）")
    reviewer.act("确认已按意见修改")
    clerk.take_up(title, "提交集体讨论")
    clerk.begin("提交集体讨论")
    found += looks.faults(clerk.page)
    clerk.upload("提交讨论的文本", word_file(revised, "讨论稿.docx"))
    clerk.hand_in("提交集体讨论")
    leader.take_up(title, "集体讨论")
    found += records_meeting(leader, walk.clock.today())
    leader.take_up(title, "签发")
    expect(leader.page.get_by_role("region", name="发言表")).to_contain_text("建议缓议")
    signs(leader, word_file(revised, "签发稿.docx"), "5年")
    expect(leader.page.get_by_role("region", name="下一步")).to_contain_text("待登记编号")
    for paper in ("合法性审查意见书", "采纳情况", "集体讨论"):
        has_paper(leader, paper)
    clerk.take_up(title, "登记编号")
    found += looks.faults(clerk.page)
    clerk.act("登记编号", {"文号": "云办发〔2025〕3号"})
    expect(clerk.page.get_by_role("main")).to_contain_text("LLDR-2025-")
    clerk.take_up(title, "公布")
    publishes(clerk, walk.clock.today() + timedelta(days=40))
    clerk.take_up(title, "报送备案")
    found += files(clerk)
    reviewer.take_up(title, "备案审查")
    expect(reviewer.page.get_by_role("main")).to_contain_text("报送县（市、区）人民政府")
    reviewer.act("予以备案登记", {"备案审查意见": "内容合法，程序完备。"})
    expect(reviewer.page.get_by_role("region", name="下一步")).to_contain_text("文件在有效期内")
    for paper in ("登记编号单", "备案的报告", "备案审查意见书"):
        has_paper(reviewer, paper)
    walk.clock.forward(days=40)
    row = finds_in_register(clerk, title)
    expect(row).to_contain_text("LLDR-2025-0010001")
    found += looks.faults(clerk.page)
    assert found == []


def test_an_enforcement_decision_is_reviewed_by_the_station_alone(
    desk: Callable[[str], Desk], walk: Walk
) -> None:
    """司法所审查即为最终意见: accepted, examined, found lawful and signed within the township."""
    walk.qualify()
    walk.submitted(Matter.ENFORCEMENT)
    title = walk.case.title
    chief, leader = desk("chief"), desk("township_leader")
    chief.take_up(title, "审核送审材料")
    chief.act("受理")
    chief.take_up(title, CONCLUDE)
    found = examines(chief, walk.case.matter)
    concludes(chief, "出具“合法”意见")
    leader.take_up(title, "签发")
    leader.begin("签发")
    leader.upload("签发稿", word_file())
    leader.hand_in("签发", confirms=True)
    expect(leader.page.get_by_role("region", name="下一步")).to_contain_text("已签发")
    has_paper(leader, "合法性审查意见书")
    assert found == []


def test_a_supplement_stops_the_clock(desk: Callable[[str], Desk], walk: Walk) -> None:
    """补正: the term shows the stop and its later end; the review goes on to its end."""
    walk.accepted()
    title, due = walk.case.title, term_of(walk.case, "review").due_on
    chief, clerk = desk("chief"), desk("township_clerk")
    chief.take_up(title, CONCLUDE)
    chief.act("要求补正", {"需要补正的全部内容": "缺附件。"})
    has_paper(chief, "补正通知书")
    clerk.take_up(title, "补正材料")
    expect(clerk.page.get_by_role("region", name="期限")).to_contain_text("要求补正")
    found = list(looks.faults(clerk.page))
    walk.clock.forward(days=3)
    clerk.take_up(title, "补正材料")
    clerk.act("提交补正", {"补正情况说明": "已补附件。"})
    assert term_of(walk.case, "review").due_on > due
    chief.take_up(title, CONCLUDE)
    found += examines(chief, walk.case.matter)
    concludes(chief, "出具“合法”意见")
    assert found == []


def test_an_unlawful_document_finds_no_way_to_the_meeting(
    desk: Callable[[str], Desk], walk: Walk
) -> None:
    """不合法: the letter advises not to issue; the drafter can only abandon it or begin anew."""
    walk.accepted(Matter.NORMATIVE)
    walk.examine()
    walk.do("escalate", walk.people.chief, first_opinion="第二条设定罚款。")
    title = walk.case.title
    reviewer, clerk = desk("reviewer"), desk("township_clerk")
    reviewer.take_up(title, "出具审查意见（县级）")
    found = examines(reviewer, walk.case.matter, f2=("违法", "镇政府无权设定罚款"))
    concludes(reviewer, "出具“不合法”意见")
    clerk.take_up(title, "处理不合法意见")
    acts = clerk.page.get_by_role("region", name="我可以办理")
    expect(acts).to_contain_text("不予制定")
    expect(acts).not_to_contain_text("提交集体讨论")
    has_paper(clerk, "建议不予制定")
    clerk.take_up(title, "处理不合法意见")
    clerk.begin("不予制定")
    clerk.field("不予制定（作出、签订）的说明").fill("按意见不再制定。")
    clerk.hand_in("不予制定", confirms=True)
    found += looks.faults(clerk.page)
    assert found == []


def test_an_urgent_document_has_no_floor_and_is_reviewed_all_the_same(
    desk: Callable[[str], Desk], walk: Walk
) -> None:
    """紧急: no shortest time runs, the review stays compulsory (LR-25)."""
    today = walk.clock.today()
    walk.accepted(
        Matter.NORMATIVE, urgent_ground=Urgency.EMERGENCY, wanted_by=today + timedelta(days=60)
    )
    title, chief = walk.case.title, desk("chief")
    chief.take_up(title, CONCLUDE)
    expect(chief.page.get_by_role("main")).to_contain_text("不受最短审查时间限制")
    expect(chief.page.get_by_role("region", name="期限")).not_to_contain_text("最短审查时间")
    found = examines(chief, walk.case.matter)
    chief.act("提请县级复审", {"初审意见": "情况紧急，拟同意。"})
    reviewer = desk("reviewer")
    reviewer.take_up(title, "出具审查意见（县级）")
    found += examines(reviewer, walk.case.matter)
    concludes(reviewer, "出具“合法”意见")
    has_paper(reviewer, "合法性审查意见书")
    assert found == []
