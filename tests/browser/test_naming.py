"""FQ-3 in Chromium: nine people take a station from its application to its plaque."""

import re
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import journey
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

NINE = (
    "chief", "township_leader", "reviewer", "deputy", "assessor_a", "assessor_b", "secretary",
    "city_reviewer", "city_leader",
)  # fmt: skip


def test_nine_people_take_a_station_from_application_to_naming(
    new_page: Any, office: Any, clock: Any
) -> None:
    """Every step starts in somebody's in-box; the papers of the naming can be taken home."""
    desks = {name: Desk(new_page(), getattr(office, name)) for name in NINE}
    chief, leader = desks["chief"], desks["township_leader"]
    title = journey.open_application(chief)
    journey.report_figures(chief)
    journey.fill_sheet(chief, title)
    chief.act("提交自评", {"自评综述": "各项任务均已完成。"})
    leader.take_up(title, "乡镇（街道）意见")
    leader.act("出具乡镇（街道）意见", {"乡镇（街道）意见": "同意申报。"})
    chief.take_up(title, "申报")
    chief.act("申报")
    journey.county_stage(desks, title, clock)
    journey.city_stage(desks, title, clock)
    _takes_the_papers_home(chief)


def _takes_the_papers_home(chief: Desk) -> None:
    """The chief finds the title in the register, its papers, and downloads them as PDF."""
    chief.arrive()
    chief.choose("称号名册")
    chief.page.get_by_role("row").filter(has_text="云红司法所").get_by_role("link").click()
    expect(chief.page.get_by_role("main")).to_contain_text("德司枫命〔2025〕1号")
    chief.page.get_by_role("region", name="关联案件").get_by_role("link").click()
    for paper in ("的决定", "荣誉证书"):
        shelf = chief.page.get_by_role("region", name="文书")
        shelf.get_by_role("link", name=re.compile(f"{paper}$")).click()
        preview = chief.page.locator("img.paper-page").first
        expect(preview).to_have_js_property("complete", True)
        assert preview.evaluate("image => image.naturalWidth") > 0
        read = PdfReader(BytesIO(chief.download("下载 PDF")))
        assert "云红司法所" in "".join(page.extract_text() for page in read.pages)
        chief.page.go_back()
