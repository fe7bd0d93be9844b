"""A document in force is amended: from its own page to the review of the new text (LR-32)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from legality_review.models import NormativeDocument
from tests.browser import looks
from tests.browser.desk import Desk
from tests.browser.reviewing import finds_in_register, word_file
from tests.legality_review.norm_steps import TITLE, NormWalk
from tests.legality_review.steps import TEXT, text_file

pytestmark = pytest.mark.browser


@pytest.fixture
def norm(office: Any, tree: Any, clock: Any, settings: Any, tmp_path: Any) -> NormWalk:
    """A document of 云红街道; its files lie in a folder of the test."""
    settings.FILES_ROOT = tmp_path / "files"
    return NormWalk(office, tree, clock)


def test_the_amended_text_goes_to_review_from_the_page_of_the_document(
    norm: NormWalk, desk: Callable[[str], Desk], clock: Any, office: Any
) -> None:
    """The leader begins; the clerk is led on, sees the text in force, and is shown the way back."""
    norm.to("register_filing")
    stored = text_file(office.township_clerk, TEXT, "现行文本.docx")
    NormativeDocument.objects.filter(pk=norm.case.pk).update(text_file=stored)
    clock.forward(days=30)
    leader = desk("township_leader")
    leader.go(finds_in_register(leader, TITLE).get_by_role("link", name=TITLE))
    leader.act("启动修改", {"启动修改的理由": "上位法修改。"})
    clerk = desk("township_clerk")
    clerk.take_up(TITLE, "修改并登记替代文件")
    found = list(looks.faults(clerk.page))
    acts = clerk.page.get_by_role("region", name="我可以办理")
    expect(acts).to_contain_text("登记替代文件：还不能办理")
    clerk.go(clerk.link("送审修改稿"))
    expect(clerk.page.get_by_role("region", name="现行文件正文")).to_contain_text("二十四小时开放")
    expect(clerk.field("文件名称")).to_have_value(TITLE)
    found += looks.faults(clerk.page)
    clerk.press("保存并上传材料")
    clerk.upload("文件", word_file(TEXT, "送审稿.docx"))
    clerk.press("上传")
    clerk.reads("已上传“送审稿”")
    clerk.take_up(TITLE, "修改并登记替代文件")
    expect(clerk.page.get_by_role("main")).to_contain_text("修改稿正在送审")
    found += looks.faults(clerk.page)
    assert found == []
