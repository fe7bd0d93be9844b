"""A person at his browser: he signs in, reads, clicks, types and uploads, and knows no address."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.documents import made_files
from tests.factories import PASSWORD

EVIDENCE: FilePayload = {
    "name": "佐证.pdf", "mimeType": "application/pdf", "buffer": made_files.pdf(),
}  # fmt: skip
"""A small real PDF, as the chooser of files gives it to the page."""


class Desk:
    """What one person does in the pages, with nothing but what he sees."""

    def __init__(self, page: Page, person: Any) -> None:
        self.page, self.person = page, person

    def arrive(self) -> None:
        """Open the platform; sign in where it asks, also after the session has idled."""
        self.page.goto("/")
        account = self.page.get_by_label("账号")
        if account.is_visible():
            account.fill(self.person.username)
            self.page.locator("input[type=password]").fill(PASSWORD)
            self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("button", name="退出")).to_be_visible()

    def choose(self, entry: str) -> None:
        """Choose an entry of the menu."""
        menu = self.page.get_by_role("navigation", name="主菜单")
        menu.get_by_role("link", name=re.compile(f"^{entry}")).click()
        expect(self.page.get_by_role("navigation", name="所在位置")).to_contain_text(entry)

    def task(self, title: str, step: str) -> Locator:
        """Find the row of a task in the in-box."""
        self.arrive()
        self.choose("待办事项")
        row = self.page.get_by_role("row").filter(has_text=title).filter(has_text=step)
        expect(row).to_be_visible()
        return row

    def take_up(self, title: str, step: str) -> None:
        """Open the case of a task from the in-box."""
        self.task(title, step).get_by_role("link", name=title, exact=True).click()
        self.on_case(title)
        expect(self.page.get_by_role("region", name="下一步")).to_contain_text(step)

    def on_case(self, title: str) -> None:
        """Make sure that this is the page of the case."""
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible()

    def begin(self, act: str) -> None:
        """Open the form of an act that the case's page offers."""
        offered = self.page.get_by_role("region", name="我可以办理")
        offered.get_by_role("link", name=act, exact=True).click()
        expect(self.page.get_by_role("heading", level=1, name=act, exact=True)).to_be_visible()

    def hand_in(self, act: str, *, confirms: bool = False) -> None:
        """Hand in the form of an act, sign and confirm where asked, and read that it is done."""
        password = self.page.get_by_role("group", name="电子签名").get_by_label("登录口令")
        if password.count():
            password.fill(PASSWORD)
        self.page.get_by_role("button", name=act, exact=True).click()
        if confirms:
            asked = self.page.get_by_role("dialog", name=act)
            expect(asked).to_contain_text("不能再改动")
            asked.get_by_role("button", name=act).click()
        self.reads(f"已{act}。")

    def act(self, name: str, typed: dict[str, str] | None = None, **options: bool) -> None:
        """Perform an act: open its form, fill it in by its labels, hand it in."""
        self.begin(name)
        for label, text in (typed or {}).items():
            self.field(label).fill(text)
        self.hand_in(name, **options)

    def field(self, label: str) -> Locator:
        """Find the field with this label; its mark of a required field aside."""
        return self.page.get_by_label(re.compile(rf"^\*?\s*{re.escape(label)}$"))

    def upload(self, label: str, file: FilePayload = EVIDENCE) -> None:
        """Choose a file."""
        self.field(label).set_input_files(file)
        expect(self.page.get_by_text(f"已选：{file['name']}")).to_be_visible()

    def press(self, label: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=label, exact=True).click()

    def link(self, label: str) -> Locator:
        """Find a link of the page's content; what only a screen reader hears may follow a space."""
        words = r"\s*".join(re.escape(word) for word in label.split())
        return self.page.get_by_role("main").get_by_role("link", name=re.compile(f"^{words}$"))

    def follow(self, label: str) -> None:
        """Follow a link of the page's content."""
        self.link(label).click()

    def go(self, link: Locator) -> None:
        """Follow a link and wait for its page, so that what is judged next is the new page."""
        with self.page.expect_navigation():
            link.click()

    def reads(self, text: str) -> None:
        """Read what the platform says at the top of the page."""
        told = self.page.get_by_role("status").filter(has_text=text)
        expect(told).to_be_visible()

    def download(self, label: str) -> bytes:
        """Download what a link gives."""
        with self.page.expect_download() as caught:
            self.follow(label)
        return Path(caught.value.path()).read_bytes()
