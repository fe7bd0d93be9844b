"""The help page opens the first steps of one's own role; apps bring those of their field."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from permissions.roles import ADMINISTRATORS, Role
from workflows import guides
from workflows.flows import all_flows
from workflows.views.guidance import GENERAL

Enter = Callable[[Any], Client]
TEMPLATES = Path(settings.BASE_DIR) / "templates"
OPEN = '<details class="guide" open>'


def opened(page: str) -> str:
    """Return what stands in the guides that are open."""
    return "".join(part.split("</details>")[0] for part in page.split(OPEN)[1:])


@pytest.mark.parametrize(
    ("who", "mine", "not_mine"),
    [
        ("chief", ("点“开展自评”", "打开审查工作台"), "合同简易送审"),
        ("township_clerk", ("合同简易送审", "每天先看工作台"), "点“开展自评”"),
        ("township_leader", ("主要负责人最后表态",), "打开审查工作台"),
        ("reviewer", ("打开审查工作台", "一次性告知补正"), "主要负责人最后表态"),
        ("system_admin", ("当面交付初始口令",), "每天先看工作台"),
    ],
)
def test_everybody_finds_the_first_steps_of_his_own_role_open(
    signed_in: Enter, people: SimpleNamespace, who: str, mine: tuple[str, ...], not_mine: str
) -> None:
    page = signed_in(getattr(people, who)).get("/help/").content.decode()
    told = opened(page)
    assert all(words in told for words in mine)
    assert not_mine not in told
    assert not_mine in page


def test_every_role_of_every_step_has_first_steps() -> None:
    told = frozenset[Role]().union(*(guide.roles for guide in (*GENERAL, *guides.declared())))
    asked = {Role(step.role) for flow in all_flows() for step in flow.steps()}
    assert asked | ADMINISTRATORS <= told


def test_the_buttons_that_first_steps_name_exist() -> None:
    """A step that says 点“…” names an act or a button of the pages."""
    acts = {act.label for flow in all_flows() for act in flow.case_class.acts().values()}
    openings = {flow.case_class.OPENING.label for flow in all_flows()}
    pages = "".join(page.read_text() for page in TEMPLATES.rglob("*.html"))
    steps = [step for guide in (*GENERAL, *guides.declared()) for step in guide.steps]
    named = {part.split("”")[0] for step in steps for part in step.split("点“")[1:]}
    assert len(named) > 15
    assert [name for name in named - acts - openings if f">{name}<" not in pages] == []
