"""The parts of the way from application to naming, as the people of the bureau click them."""

from datetime import date
from typing import Any

from playwright.sync_api import expect

from accreditation.models import Standard
from accreditation.rules.applications import ENTRY, MATERIALS
from accreditation.rules.scoring import Mode
from indicators import registry
from tests.accreditation.steps import FIGURES, FULL
from tests.browser.desk import Desk

SHORT_OF = "3.2"
"""The item on which the two assessors differ."""


def open_application(chief: Desk) -> str:
    """The chief opens the application and starts the self-assessment; return its title."""
    chief.arrive()
    chief.choose("创建申报")
    chief.follow("发起创建申报")
    chief.field("批次年度").fill("2025")
    chief.field("创建标准").select_option(index=1)
    chief.press("发起")
    chief.reads("已发起创建申报")
    title = chief.page.get_by_role("heading", level=1).inner_text()
    chief.act("开展自评")
    return title


def report_figures(chief: Desk) -> None:
    """The chief reports every figure of the year, with evidence."""
    chief.follow("填写自评打分表")
    chief.follow("查看、填报指标")
    for code, (numerator, denominator) in FIGURES.items():
        known = registry.indicator(code)
        chief.follow(f"填报 {known.title}")
        chief.field(known.counts).fill(str(numerator))
        if denominator is not None:
            chief.field(known.over).fill(str(denominator))
        chief.field("说明（统计口径、佐证目录）").fill("台账第1册")
        chief.upload("佐证材料")
        chief.press("填报")
        chief.reads("第1版。")


def fill_sheet(chief: Desk, title: str) -> None:
    """The chief claims every item, declares the conditions and uploads the materials."""
    chief.take_up(title, "填写并提交自评")
    chief.follow("填写自评打分表")
    chief.press("按最新指标重新计分")
    chief.reads("已按最新指标重新计分")
    for item in Standard.objects.get().items.all():
        if not item.source and item.mode != Mode.BONUS:
            chief.field(f"{item.code} 自评得分").fill(str(item.max_points))
            chief.field(f"{item.code} 佐证目录").fill("台账第1册")
    for label in ENTRY.values():
        chief.field(label).check()
    chief.press("保存自评")
    chief.reads("自评已保存。")
    chief.follow("返回案件")
    chief.follow("上传申报材料")
    for material in MATERIALS:
        chief.field("材料").select_option(material)
        chief.upload("文件")
        chief.press("上传")
        chief.reads(f"已上传“{material}”。")
    chief.follow("返回案件")


def score(assessor: Desk, title: str, *, short: bool = False) -> None:
    """An assessor scores every item on the spot."""
    assessor.take_up(title, "现场评分")
    assessor.begin("提交现场评分")
    for item in Standard.objects.get().items.all():
        field = assessor.field(f"{item.code} {item.title}")
        if item.mode == Mode.ALL_OR_NOTHING:
            field.select_option("达标")
        else:
            field.fill("1" if short and item.code == SHORT_OF else str(FULL[item.mode]))
    assessor.field("总体评价").fill("现场查看属实。")
    assessor.hand_in("提交现场评分")


def county_stage(desks: dict[str, Desk], title: str, clock: Any) -> None:
    """Formal check, two sheets that differ, party group, publicity until its last day."""
    reviewer = desks["reviewer"]
    reviewer.task(title, "形式审查").get_by_role("button", name="签收").click()
    reviewer.reads("已签收")
    reviewer.take_up(title, "形式审查")
    reviewer.act("受理")
    desks["deputy"].take_up(title, "指派评审员")
    desks["deputy"].begin("指派评审员")
    for name in ("评甲", "评乙"):
        desks["deputy"].page.get_by_label(name).check()
    desks["deputy"].hand_in("指派评审员")
    score(desks["assessor_a"], title, short=True)
    score(desks["assessor_b"], title)
    reviewer.take_up(title, "确认县级得分")
    reviewer.begin("确认县级得分")
    expect(reviewer.page.get_by_role("main")).to_contain_text("评甲")
    reviewer.page.get_by_label("确定得分").fill("3.5")
    reviewer.field(f"{SHORT_OF}理由").fill("缺一块标识牌")
    reviewer.hand_in("确认县级得分")
    desks["secretary"].take_up(title, "党组研究决定")
    desks["secretary"].act(
        "推荐", {"党组会议": "2025年第9次局党组会议", "决定内容和理由": "同意推荐。"}
    )
    reviewer.take_up(title, "县级公示")
    reviewer.act("发布县级公示", {"公示方式": "局门户网站"})
    clock.stand_at(date(2025, 10, 10))
    reviewer.take_up(title, "上报")
    refusal = reviewer.page.get_by_role("region", name="我可以办理")
    expect(refusal).to_contain_text("上报市局：还不能办理")
    clock.stand_at(date(2025, 10, 11))
    reviewer.take_up(title, "上报")
    reviewer.act("上报市局")


def city_stage(desks: dict[str, Desk], title: str, clock: Any) -> None:
    """Acceptance, publicity, naming."""
    desks["city_reviewer"].take_up(title, "市级验收")
    desks["city_reviewer"].begin("提出验收意见")
    for label, text in {
        "档案审查情况": "档案齐全。", "实地查看情况": "与申报相符。", "座谈走访情况": "群众满意。",
        "服务对象满意度（%）": "96",
    }.items():  # fmt: skip
        desks["city_reviewer"].field(label).fill(text)
    desks["city_reviewer"].field("验收建议").select_option("合格")
    desks["city_reviewer"].hand_in("提出验收意见")
    desks["city_leader"].take_up(title, "决定验收结果")
    desks["city_leader"].act("验收合格")
    desks["city_reviewer"].take_up(title, "市级公示")
    desks["city_reviewer"].act("发布市级公示", {"公示方式": "市局门户网站"})
    clock.stand_at(date(2025, 10, 18))
    desks["city_leader"].take_up(title, "命名")
    desks["city_leader"].act("命名", confirms=True)
