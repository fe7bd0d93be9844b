"""A page out of overlapping parts is the page of their union, wherever it begins."""

from types import SimpleNamespace

import pytest
from viewflow.workflow.lock import lock_scope

from accreditation.models import Application, Standard
from permissions.models import Recusal, Unit
from workflows.door import open_case
from workflows.flows import flow_of
from workflows.flows.base import held_by_the_door
from workflows.pages import page_of_parts, page_of_rows

SIZE = 2


@pytest.fixture
def opened(people: SimpleNamespace) -> list[Application]:
    """One application of each of four stations."""
    chiefs = [people.chief, people.other_chief, people.third_chief, people.fourth_chief]
    return [
        open_case(
            Application, by=chief, unit=chief.posts.get().unit, title="创建",
            standard=Standard.objects.get(), batch_year=2025,
        )
        for chief in chiefs
    ]  # fmt: skip


def test_parts_show_what_visible_to_shows(opened, people):
    for person in people.all:
        seen = set(Application.objects.visible_to(person))
        parts = Application.objects.visible_parts(person)
        assert {case for part in parts for case in part} == seen, person.full_name


def test_no_part_shows_a_case_from_which_the_person_is_recused(opened, people):
    case = opened[0]
    Recusal.objects.create(
        user=people.chief, case=case, reason="亲属", recorded_by=people.security_admin
    )
    parts = Application.objects.visible_parts(people.chief)
    assert case not in [seen for part in parts for seen in part]


def test_pages_of_parts_follow_one_another_without_gap_or_repetition(opened, people):
    rows = Application.objects.filter(unit__in=[case.unit_id for case in opened])
    parts = [rows, Application.objects.filter(pk=opened[0].pk), Application.objects.all()]
    shown, after = [], ""
    while True:
        page = page_of_parts(parts, after, by=("-opened_on", "-pk"), size=SIZE)
        shown += [case.pk for case in page.rows]
        after = page.next_key
        if not after:
            break
    assert shown == sorted((case.pk for case in opened), reverse=True)


def test_no_parts_are_an_empty_page():
    page = page_of_parts([], "", by=("-opened_on", "-pk"))
    assert page.rows == [] and page.next_key == ""


def test_what_is_read_along_costs_no_statement_more(tree, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = page_of_rows(Unit.objects.all(), "", by=("path", "pk"), along=("parent",))
        assert [unit.parent for unit in page.rows][1] == tree.province


@pytest.mark.django_db(transaction=True)
def test_a_flow_moves_only_inside_a_transaction():
    with pytest.raises(RuntimeError), lock_scope(held_by_the_door, flow_of(Application), 1):
        pass
