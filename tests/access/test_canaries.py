"""Goal 2: words of one township's case stand nowhere in what another township's people get."""

import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from accreditation.models import Application
from accreditation.rules.applications import MATERIALS
from documents import papers, uploads
from documents.models import Paper
from permissions import exceptions, posts
from permissions.querysets import CaseQuerySet
from permissions.roles import Role
from tests.access.matrix import Ask, Crowd, asks, words_of
from tests.access.table import FAR
from tests.access.world import (
    begin_cleanup,
    leave_operations,
    make_office,
    matters_of,
    pdf,
    place_of,
)
from tests.accreditation.steps import Walk
from workflows import sources
from workflows.models.notices import Notice
from workflows.models.tasks import Task
from workflows.querysets import AboutCaseQuerySet

TITLE, PERSON, FILE, OPINION = "雀舌创建", "雀所长", "雀目清单", "雀跃同意"
CANARIES = (TITLE, PERSON, FILE, OPINION)
MATTER = "雀斑合同"
"""In title and text of the matters under legality review: of another case than the rest."""
RULE_ID = re.compile(r"\b(?:LR|FQ|WD|PM|RH|VL)-\d+")
"""How code names a rule; officials are told what it stands in."""
REGISTERS = {
    "documents:registers", "documents:register", "documents:register_pdf",
    "documents:register_xlsx",
}  # fmt: skip
"""A register shows every number it gave out, and neither title nor party (公文登记簿)."""
ASKED_FOR = {
    "workflows:inbox_tab": ["q=雀", "kind=application", "light=green"],
    "accreditation:applications": ["state=named", "state=self_assessing", "unit=雀"],
    "permissions:people": ["q=雀"],
    "legality_review:search": ["words=雀斑"],
    "legality_review:reviews": ["matter=contract"],
    "dashboards:trail_export": ["subject=雀"],
}

OFFERS_PEOPLE = {"workflows:operation", "workflows:stand_ins", "workflows:hand_over"}
"""Pages that offer colleagues to choose from: their names are no secret, their cases are."""


@pytest.fixture
def world(people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> SimpleNamespace:
    """云红's case is named, full of canaries; 铁营 has a case of its own."""
    people.chief.full_name = PERSON
    people.chief.save()
    walk = Walk(people, tree, clock)
    walk.to("open")
    Application.objects.filter(pk=walk.case.pk).update(title=TITLE)
    walk.to("submit_self_assessment")
    walk.do("give_township_opinion", people.township_leader, township_opinion=OPINION)
    walk.step += 1
    case = walk.to("publish_county")
    stored = uploads.receive(pdf(f"{FILE}.pdf"), by=people.chief, subject=case, slot=MATERIALS[0])
    for paper in Paper.objects.of(case):
        papers.render(paper)
    near = SimpleNamespace(
        case=case.uuid, file=stored.uuid, station=tree.station.uuid,
        paper=Paper.objects.of(case).filter(kind="accreditation.application_form").get().uuid,
        task=Task.objects.of_case(case).open().first().uuid,
    )  # fmt: skip
    matters_of(
        near, people.township_clerk, people.chief, tree.yunhong_government, tree.station, MATTER
    )
    far = place_of(tree.other_station, people.other_chief, "铁营司法所创建")
    matters_of(
        far, people.other_township_clerk, people.other_chief, tree.tieying_government,
        tree.other_station,
    )  # fmt: skip
    begin_cleanup(near, people.township_clerk, tree.station, tree.yunhong_government)
    begin_cleanup(far, people.other_township_clerk, tree.other_station, tree.tieying_government)
    leave_operations(near, people.reviewer, people)
    leave_operations(far, people.other_chief, people)
    office = make_office(people, tree, case)
    absent = SimpleNamespace(**{**vars(office), **vars(near)})
    return SimpleNamespace(near=near, far=far, office=office, absent=absent, number=case.number)


def with_filters(wanted: Iterator[Ask]) -> Iterator[tuple[Ask, str]]:
    """Yield each request as it is, and with what may be asked for in its address."""
    for ask in wanted:
        yield ask, ask.path
        if ask.method == "get":
            for query in ASKED_FOR.get(ask.name, []):
                yield ask, f"{ask.path}?{query}"


def canaries_in(crowd: Crowd, people: set[str], wanted: Iterator[Ask], *secrets: str) -> set[str]:
    """Return who got which of the canaries, other secrets and ids of rules from where."""
    found = set()
    mine = (ask for ask in wanted if ask.person in people and not _is_repeated(ask))
    for ask, path in with_filters(mine):
        answer = crowd.send(ask, path)
        told = words_of(answer.getvalue()) + str(answer.headers)
        secret = {*CANARIES, *secrets} - ({PERSON} if ask.name in OFFERS_PEOPLE else set())
        shown = {word for word in secret if word in told} | set(RULE_ID.findall(told))
        found |= {f"{ask.person} {ask.name} {word}" for word in shown}
    return found


def _is_repeated(ask: Ask) -> bool:
    """Leave the forms to one person of a township: two would type the same."""
    return ask.method == "post" and ask.person != "other_chief"


def test_nothing_of_one_township_reaches_another(crowd: Crowd, world: SimpleNamespace) -> None:
    assert canaries_in(crowd, FAR, asks(world), world.number, MATTER) == set()


def test_canaries_are_found_where_they_may_stand_and_where_a_filter_was_taken_away(
    crowd: Crowd, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(rows: Any, user: Any, on: Any = None) -> Any:
        return rows.all()

    everywhere = {*CANARIES, world.number}
    of_every_form = [
        "workflows:case", "documents:paper_pdf", "documents:paper_docx", "documents:register_xlsx",
    ]  # fmt: skip
    found = canaries_in(crowd, {"reviewer"}, asks(world, of_every_form), world.number)
    assert {f"reviewer workflows:case {word}" for word in everywhere} <= found
    assert f"reviewer documents:paper_docx {OPINION}" in found
    assert f"reviewer documents:paper_pdf {OPINION}" in found
    assert f"reviewer documents:register_xlsx {world.number}" in found
    monkeypatch.setattr(CaseQuerySet, "visible_to", everything)
    monkeypatch.setattr(CaseQuerySet, "visible_parts", lambda rows, *asked: [rows.all()])
    pages = ["workflows:case", "accreditation:applications", "documents:paper_docx"]
    found = canaries_in(crowd, FAR, asks(world, pages), world.number)
    assert {f"other_chief workflows:case {word}" for word in everywhere} <= found
    assert f"other_chief accreditation:applications {TITLE}" in found
    assert f"other_township_leader documents:paper_docx {OPINION}" in found
    monkeypatch.setattr(sources, "cited", lambda text: text)
    found = canaries_in(crowd, FAR, asks(world, ["workflows:parameters"]))
    assert "other_chief workflows:parameters FQ-6" in found


@pytest.fixture
def put_out(people: SimpleNamespace, tree: SimpleNamespace, world: SimpleNamespace) -> set[str]:
    """Take two who had worked on the case out of it: one is recused, one administers now."""
    case, security = Application.objects.get(uuid=world.near.case), people.security_admin
    for person in (people.reviewer, people.chief):
        Notice.objects.create(user=person, case=case, text=f"“{case.title}”即将到期。")
    exceptions.recuse(case, people.reviewer, reason="近亲属", by=security)
    posts.end_post(people.chief.posts.get(), date(2025, 9, 25), reason="调任", by=security)
    today = date(2025, 9, 26)
    posts.appoint(people.chief, Role.SYSTEM_ADMIN, tree.section, today, by=security)
    people.system_admin = people.chief
    return {"reviewer", "system_admin"}


def canaries_of_a_case(crowd: Crowd, people: set[str], world: SimpleNamespace) -> set[str]:
    """Return who got a canary of the case; one's own name is none, nor a number in a register."""
    found = canaries_in(crowd, people, asks(world), world.number)
    return {
        told for told in found if not told.endswith(PERSON) and told.split()[1] not in REGISTERS
    }


def test_who_was_put_out_of_a_case_finds_nothing_of_it_though_he_worked_on_it(
    put_out: set[str],
    people: SimpleNamespace,
    world: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Recused and 三员分立: in-box, counts and notices hide what the case's page hides."""
    assert canaries_of_a_case(Crowd(people), put_out, world) == set()
    monkeypatch.setattr(AboutCaseQuerySet, "told_to", lambda rows, user, on: rows.all())
    pages = asks(world, ["workflows:inbox_tab", "workflows:notices"])
    found = canaries_in(Crowd(people), put_out, pages, world.number)
    assert {
        f"reviewer workflows:inbox_tab {world.number}",
        f"reviewer workflows:notices {TITLE}",
        f"system_admin workflows:inbox_tab {world.number}",
        f"system_admin workflows:notices {TITLE}",
    } <= found
