"""Walk the first steps of an application in Chromium: a chief and his township's leader."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.accreditation.steps import Walk

pytestmark = pytest.mark.browser


def test_township_gives_its_opinion_and_the_chief_applies(
    sign_in: Any, office: Any, tree: Any, clock: Any
) -> None:
    """The leader finds the task in his in-box, the act moves the case to the chief's."""
    case = Walk(office, tree, clock).to("submit_self_assessment")
    leader = sign_in(office.township_leader)
    leader.goto("/inbox/")
    leader.get_by_role("link", name=case.title).first.click()
    _act(leader, f"{case.act_url('give_township_opinion')}", township_opinion="同意申报。")
    expect(leader.locator("body")).to_contain_text("已")
    chief = sign_in(office.chief)
    chief.goto("/inbox/")
    expect(chief.locator("body")).to_contain_text(case.title)
    chief.goto(case.get_absolute_url())
    expect(chief.locator("body")).to_contain_text("同意申报。")


def test_the_second_of_two_deciders_reads_who_won(
    sign_in: Any, office: Any, tree: Any, clock: Any
) -> None:
    """Two tabs hold the same form; the later one is told who acted (409)."""
    case = Walk(office, tree, clock).to("apply")
    first, second = sign_in(office.reviewer), sign_in(office.second_reviewer)
    for page in (first, second):
        page.goto(case.act_url("accept"))
    _submit(first, "opinion")
    expect(first).to_have_url(re.compile(re.escape(case.get_absolute_url())))
    _submit(second, "opinion")
    expect(second.locator("body")).to_contain_text(office.reviewer.full_name)


def _act(page: Page, address: str, **facts: str) -> None:
    """Open the form of an act, fill it in and hand it in."""
    page.goto(address)
    for name, typed in facts.items():
        page.fill(f"[name={name}]", typed)
    _submit(page, next(iter(facts)))


def _submit(page: Page, field: str) -> None:
    """Hand in the form that holds the field, and confirm where the page asks."""
    page.locator(f"form:has([name={field}]) button[type=submit]").first.click()
    confirm = page.locator("dialog[open] button, .modal.show button").filter(
        has_text=re.compile("确")
    )
    if confirm.count():
        confirm.first.click()
    page.wait_for_load_state()
