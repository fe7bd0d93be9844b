"""收回、后加签、并加签、减签、恢复办理 in Chromium, on a matter under legality review."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from legality_review.rules.matters import Matter
from tests.browser import looks
from tests.browser.desk import Desk
from tests.browser.test_operations import does
from tests.legality_review.steps import Walk
from workflows import operations
from workflows.operations.proposing import Wanted
from workflows.vocabulary import Operation

pytestmark = pytest.mark.browser

CHECK, EXAMINE, ADVISE = "审核送审材料", "逐项审查", "出具法律顾问意见"


def opens(reader: Desk, title: str) -> None:
    """Open a matter from the list of matters."""
    reader.arrive()
    reader.choose("审查事项")
    reader.follow(title)
    reader.on_case(title)


def test_the_clerk_takes_a_matter_back_until_the_station_has_looked(
    desk: Callable[[str], Desk], walk: Walk
) -> None:
    """收回: mended and handed in anew; once the chief has opened it, the page says so."""
    walk.submitted()
    title, clerk, chief = walk.case.title, desk("township_clerk"), desk("chief")
    opens(clerk, title)
    found = does(clerk, "收回", {"说明": "附件传错"})
    clerk.take_up(title, "准备材料并送审")
    clerk.act("送审")
    chief.take_up(title, CHECK)
    clerk.page.reload()
    offered = clerk.page.get_by_role("region", name="其他操作")
    clerk.go(offered.get_by_role("link").filter(has_text="收回").first)
    clerk.press("收回")
    expect(clerk.page.get_by_role("main")).to_contain_text(
        f"下一环节“{CHECK}”已由云红司法所 司法所所长打开或者办理，不能收回"
    )
    found += looks.faults(clerk.page)
    chief.act("受理")
    assert found == []


def test_counsel_asks_a_colleague_alongside_and_removes_another(
    desk: Callable[[str], Desk], walk: Walk
) -> None:
    """并加签 and 减签 of a colleague, 并加签 again; both opinions are asked for, one taken back."""
    walk.accepted(Matter.DECISION)
    walk.examine()
    title = walk.case.title
    counsel, colleague, chief = desk("counsel"), desk("county_counsel"), desk("chief")
    counsel.take_up(title, ADVISE)
    asked = {"增加何人": "county_counsel", "加签要求": "请就招标程序提出意见"}
    found = does(counsel, "并加签", asked)
    found += does(counsel, "减签", {"原因": "已电话沟通"})
    found += does(counsel, "并加签", asked)
    counsel.act("出具法律顾问意见", {"法律顾问意见": "主体适格。"})
    found += does(counsel, "收回", {"说明": "漏看附件"})
    counsel.take_up(title, ADVISE)
    counsel.act("出具法律顾问意见", {"法律顾问意见": "附件二应当修改。"})
    colleague.take_up(title, ADVISE)
    expect(colleague.page.get_by_role("region", name="下一步")).to_contain_text("请就招标程序")
    colleague.act("出具法律顾问意见", {"法律顾问意见": "程序合法。"})
    chief.take_up(title, EXAMINE)
    said = chief.page.get_by_role("main")
    expect(said).to_contain_text("已收回）：主体适格。")
    found += looks.faults(chief.page)
    chief.act("完成审查")
    chief.take_up(title, "出具审查意见")
    assert found == []


def test_a_second_reader_signs_after_the_chief(desk: Callable[[str], Desk], walk: Walk) -> None:
    """后加签: the drafter is refused with the reason; who disagrees gives it back, then agrees."""
    walk.accepted(Matter.DECISION)
    walk.examine()
    walk.do("give_counsel_opinion", walk.people.counsel, counsel_opinion="未发现问题。")
    title, chief, officer = walk.case.title, desk("chief"), desk("officer")
    chief.take_up(title, EXAMINE)
    offered = chief.page.get_by_role("region", name="其他操作")
    chief.go(offered.get_by_role("link").filter(has_text="后加签").first)
    chief.field("第一人").fill("township_clerk")
    chief.field("加签要求").fill("请复核")
    chief.press("后加签")
    expect(chief.page.get_by_role("main")).to_contain_text("云经办是该件的发起人，不能加签")
    expect(chief.field("加签要求")).to_have_value("请复核")
    found = list(looks.faults(chief.page))
    chief.field("第一人").fill("officer")
    chief.press("后加签")
    chief.reads("已后加签。")
    chief.act("完成审查")
    for verdict, words in (("不同意", "第三条漏审。"), ("同意", "同意。")):
        officer.take_up(title, EXAMINE)
        officer.go(officer.link("填写意见"))
        officer.page.get_by_label(verdict, exact=True).check()
        officer.field("意见内容").fill(words)
        officer.press("答复")
        officer.reads("已答复。")
        if verdict == "不同意":
            chief.take_up(title, EXAMINE)
            expect(chief.page.get_by_role("region", name="各环节意见")).to_contain_text(words)
            does(chief, "后加签", {"第一人": "officer", "加签要求": "请再看"})
            chief.act("完成审查")
    chief.take_up(title, "出具审查意见")
    found += looks.faults(chief.page)
    assert found == []


def test_two_persons_take_a_terminated_matter_up_again(
    desk: Callable[[str], Desk], walk: Walk
) -> None:
    """恢复办理: proposed by the section, confirmed by the deputy; the check waits as before."""
    case = walk.submitted()
    ended = operations.propose(
        case, Wanted(Operation.TERMINATE, "重复送审"), by=walk.people.reviewer
    )
    operations.confirm(ended, by=walk.people.deputy)
    reviewer, deputy, chief = desk("reviewer"), desk("deputy"), desk("chief")
    opens(reviewer, case.title)
    found = does(reviewer, "恢复办理", {"理由": "并非重复"}, "已提请恢复办理。")
    deputy.take_up(case.title, "确认恢复办理")
    deputy.go(deputy.page.get_by_role("link", name="确认或者不同意"))
    found += looks.faults(deputy.page)
    deputy.page.get_by_label("确认", exact=True).check()
    deputy.press("提交决定")
    deputy.reads("已恢复办理。")
    chief.take_up(case.title, CHECK)
    assert found == []
