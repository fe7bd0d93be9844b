"""Every page that a role reaches is accessible and fits a desk and a phone."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.access.matrix import path_of
from tests.access.table import TABLE, Line
from tests.access.world import make_world
from tests.accreditation.steps import PATH, Walk
from tests.browser import looks

pytestmark = pytest.mark.browser

READERS = (
    "reviewer", "chief", "city_reviewer", "system_admin", "security_admin", "audit_admin",
    "township_leader",
)  # fmt: skip
"""Who looks at a page: the first of these who may."""
NO_PAGE = {
    "permissions:healthz", "permissions:sign_in", "permissions:second_step",
    "permissions:import_template", "permissions:post_import_template",
    "workflows:calendar_template", "accreditation:export_standard", "documents:paper_image",
    "documents:paper_pdf", "documents:paper_docx", "documents:file", "documents:file_view",
    "documents:register_pdf", "documents:register_xlsx", "dashboards:trail_export",
    "laws:export", "laws:import_template", "legality_review:export_documents",
    "legality_review:export_cleanup",
}  # fmt: skip
"""Addresses that give a file, or nothing to one who is signed in."""
DOERS = {
    "start_self_assessment": "chief", "submit_self_assessment": "chief",
    "give_township_opinion": "township_leader", "apply": "chief", "accept": "reviewer",
    "appoint_assessors": "deputy", "submit_sheet": "assessor_a",
    "confirm_county_score": "reviewer", "recommend": "secretary", "publish_county": "reviewer",
    "report_to_city": "reviewer", "propose_acceptance": "city_reviewer",
    "pass_acceptance": "city_leader", "publish_city": "city_reviewer",
    "name_station": "city_leader",
}  # fmt: skip
ASKS_TOO = {
    "accept": "return_for_supplement", "recommend": "decline_recommendation",
    "report_to_city": "record_objection", "pass_acceptance": "pass_conditionally",
}  # fmt: skip
"""A second act of the same step, with a form of its own."""
CLOSED_UNTIL_LATER = {"submit_self_assessment", "report_to_city", "name_station"}
"""Acts whose form opens only when the sheet is filled in, or a publicity is over."""


@pytest.fixture
def world(office: Any, tree: Any, settings: Any, tmp_path: Any) -> SimpleNamespace:
    """Something behind every address."""
    settings.FILES_ROOT = tmp_path / "files"
    return make_world(office, tree)


@pytest.fixture
def pages(sign_in: Callable[..., Page], office: Any) -> Callable[[str], Page]:
    """Give the page of a person by name; everybody signs in once."""
    open_pages: dict[str, Page] = {}

    def page_of(name: str) -> Page:
        if name not in open_pages:
            open_pages[name] = sign_in(getattr(office, name))
        return open_pages[name]

    return page_of


def shown_lines(app: str) -> Iterator[tuple[str, Line, str]]:
    """Yield the pages of an app: name, line, and who looks at it."""
    for name, lines in TABLE.items():
        if name.partition(":")[0] != app or name in NO_PAGE:
            continue
        for line in lines:
            readers = [who for who in READERS if line.get.to(who, line.at[0]) == 200]
            if readers:
                yield name, line, readers[0]


@pytest.mark.parametrize("app", sorted({name.partition(":")[0] for name in TABLE}))
def test_every_page_is_accessible_and_fits(
    pages: Callable[[str], Page], world: SimpleNamespace, app: str
) -> None:
    """Axe finds no violation and nothing overflows sideways; the pages are the resolver's."""
    found = []
    for name, line, who in shown_lines(app):
        page = pages(who)
        answer = page.goto(path_of(name, line, getattr(world, line.at[0])))
        assert answer is not None
        assert answer.status == 200, (name, who)
        found += looks.faults(page)
    assert found == []


@pytest.mark.parametrize("until", ["accept", "recommend", "name_station"])
def test_a_case_is_accessible_in_every_state(
    pages: Callable[[str], Page], office: Any, tree: Any, clock: Any, until: str
) -> None:
    """The case's page and the forms of its acts, before each act of the procedure."""
    walk = Walk(office, tree, clock)
    parts = {"accept": PATH[1:6], "recommend": PATH[6:10], "name_station": PATH[10:]}
    found = []
    for act in parts[until]:
        case = walk.before(act)
        page = pages(DOERS[act])
        for address in (case.get_absolute_url(), *_forms(case, act)):
            page.goto(address)
            assert page.url.endswith(address), (act, page.url)
            found += looks.faults(page)
    assert found == []


def _forms(case: Any, act: str) -> Iterator[str]:
    """Yield the addresses of the forms that the doer of an act can open."""
    if act not in CLOSED_UNTIL_LATER:
        yield case.act_url(act)
    if act in ASKS_TOO:
        yield case.act_url(ASKS_TOO[act])


def test_a_title_is_accessible(
    pages: Callable[[str], Page], office: Any, tree: Any, clock: Any, settings: Any, tmp_path: Any
) -> None:
    """The page of a named case, of its title and of its certificate, and the printed sheet."""
    settings.FILES_ROOT = tmp_path / "files"
    walk = Walk(office, tree, clock)
    case = walk.to("name_station")
    page = pages("chief")
    found = []
    for address in (
        case.get_absolute_url(), f"{case.get_absolute_url()}print/",
        walk.title.get_absolute_url(), "/accreditation/titles/", "/accreditation/plan/",
    ):  # fmt: skip
        page.goto(address)
        found += looks.faults(page)
    assert found == []


def test_what_is_said_of_a_wrong_address_is_accessible(
    pages: Callable[[str], Page], new_page: Callable[..., Page]
) -> None:
    """Signing in, a page that does not exist, and one that is not for this person."""
    page = new_page()
    page.goto("/sign-in/")
    found = list(looks.faults(page))
    chief = pages("chief")
    for address, status in {"/nowhere/": 404, reverse("dashboards:trail"): 403}.items():
        answer = chief.goto(address)
        assert answer is not None
        assert answer.status == status
        found += looks.faults(chief)
    assert found == []


def test_a_planted_fault_is_found(pages: Callable[[str], Page]) -> None:
    """The control: a picture without words and a table too wide for a phone are reported."""
    page = pages("chief")
    page.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML(
            "beforeend", '<img src="/static/emblem.svg"><p class="number">' + "宽".repeat(300))"""
    )
    found = " ".join(looks.faults(page))
    assert "image-alt" in found
    assert "overflows" in found
