"""A page out of overlapping parts is the page of their union, wherever it begins."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from viewflow.workflow.lock import lock_scope

from accreditation.models import Application, ApplicationException, Standard
from permissions.cases import permission_for
from permissions.models import Participation, Recusal, Unit
from workflows.door import open_case
from workflows.flows import flow_of
from workflows.flows.base import held_by_the_door
from workflows.pages import page_of_parts, page_of_rows
from workflows.tasks import participate

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


def followed(parts: list[Any]) -> list[Application]:
    """Follow the pages of the newest cases to the last; return the cases they show."""
    shown: list[Application] = []
    after = ""
    while True:
        page = page_of_parts(parts, after, by=("-opened_on", "-pk"), size=SIZE)
        shown += page.rows
        after = page.next_key
        if not after:
            return shown


def test_who_took_part_far_away_reads_the_newest_first_past_every_page(opened, people):
    """The third chief took part in three cases out of his reach; the last key is the oldest case's.

    Two dates, one of them twice, so that both halves of the key decide.
    """
    days = {opened[0]: 3, opened[1]: 1, opened[3]: 3}
    for case, day in days.items():
        Application.objects.filter(pk=case.pk).update(opened_on=date(2025, 8, day))
        case.refresh_from_db(fields=["opened_on"])
        participate(case, people.third_chief)
    parts = Application.objects.visible_parts(people.third_chief)
    expected = [opened[2], opened[3], opened[0], opened[1]]
    assert followed(parts) == expected
    assert followed([part.filter(title="别的") for part in parts]) == []
    first = page_of_parts(parts, "", by=("-opened_on", "-pk"), along=("unit",), size=SIZE)
    assert first.rows == expected[:SIZE]


def test_an_excepted_case_stands_among_the_others(opened, people):
    case = opened[0]
    ApplicationException.objects.create(
        user=people.third_chief, content_object=case, reason="协办",
        permission=permission_for(Application.VIEW_VERB, Application),
        granted_by=people.security_admin,
    )  # fmt: skip
    parts = Application.objects.visible_parts(people.third_chief)
    assert followed(parts) == [opened[2], case]


def test_every_participation_bears_the_date_of_its_case(opened, people):
    Application.objects.filter(pk=opened[0].pk).update(opened_on=date(2025, 1, 2))
    Participation.objects.update(opened_on=date(2000, 1, 1))
    migration = import_module("permissions.migrations.0006_participation_newest")
    migration.copy_dates(apps, connection.schema_editor())
    assert {row.case.pk: row.opened_on for row in Participation.objects.all()} == {
        opened[0].pk: date(2025, 1, 2),
        **{case.pk: case.opened_on for case in opened[1:]},
    }


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
    assert followed(parts) == sorted(opened, key=lambda case: case.pk, reverse=True)


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
