"""Whoever looks at what is sensitive, and whoever is refused, leaves one entry (assurance 5)."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accreditation.models import Application
from audit.models import Entry
from audit.recording import record_view
from documents import papers
from tests.access.world import enter
from tests.accreditation.steps import Walk
from workflows import operations
from workflows.door import open_case
from workflows.models.tasks import Task
from workflows.refusals import RefusedByPerson


@pytest.fixture
def walk(people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> Walk:
    """云红's application."""
    return Walk(people, tree, clock)


def views(person: Any, **about: Any) -> list[str]:
    """Return the labels of what the person looked at, in order."""
    seen = Entry.objects.by_actor(person).filter(label__startswith="查看", **about)
    return list(seen.oldest_first().values_list("label", flat=True))


def refusals(person: Any) -> Any:
    """Return the entries of what the person was refused, in order."""
    return Entry.objects.by_actor(person).filter(outcome="refused").oldest_first()


def test_a_case_page_and_its_print_page_leave_an_entry_each(walk: Walk) -> None:
    case = walk.to("apply")
    client = enter(walk.people.deputy)
    client.get(case.get_absolute_url())
    client.get(reverse("workflows:case_print", args=["application", case.uuid]))
    assert views(walk.people.deputy) == ["查看案件"]
    assert Entry.objects.by_actor(walk.people.deputy).filter(label="打印办理情况表").count() == 1
    entry = Entry.objects.by_actor(walk.people.deputy).oldest_first().first()
    assert (entry.act, entry.subject_id) == ("accreditation.view_application", str(case.pk))
    assert entry.subject_title == case.title
    assert entry.post_text == "乐副局（乐陵市司法局 分管副局长）"


def test_a_second_look_within_the_hour_leaves_none_and_a_later_one_does(
    walk: Walk, clock: Any
) -> None:
    case = walk.to("apply")
    client, address = enter(walk.people.deputy), case.get_absolute_url()
    for _ in range(3):
        client.get(address)
    enter(walk.people.director).get(address)
    assert len(views(walk.people.deputy)) == len(views(walk.people.director)) == 1
    clock.forward(minutes=61)
    enter(walk.people.deputy).get(address)
    assert len(views(walk.people.deputy)) == 2


def test_a_look_that_is_known_costs_one_statement(walk: Walk) -> None:
    case = walk.to("apply")
    seen = {"subject": case, "by": walk.people.deputy}
    record_view(case.VIEW_VERB, "查看案件", **seen)
    with CaptureQueriesContext(connection) as statements:
        record_view(case.VIEW_VERB, "查看案件", **seen)
    assert len(statements) == 1


def test_out_of_sight_is_no_view(walk: Walk) -> None:
    case = walk.to("apply")
    assert enter(walk.people.other_chief).get(case.get_absolute_url()).status_code == 404
    assert views(walk.people.other_chief) == []


def test_looking_does_not_stand_in_the_history_of_the_case(walk: Walk) -> None:
    case = walk.to("apply")
    client = enter(walk.people.deputy)
    client.get(case.get_absolute_url())
    labels = [entry.label for entry in client.get(case.get_absolute_url()).context["history"]]
    assert "查看案件" not in labels
    assert Application.OPENING.label in labels


def test_the_assessors_sheets_are_recorded_where_they_are_shown(walk: Walk) -> None:
    case = walk.before("submit_sheet")
    walk.sheet(walk.people.assessor_a)
    walk.sheet(walk.people.assessor_b)
    enter(walk.people.reviewer).get(case.get_absolute_url())
    assert "查看评审员评分表" in views(walk.people.reviewer)


def test_no_sheet_shown_no_entry_of_it(walk: Walk) -> None:
    case = walk.to("apply")
    enter(walk.people.reviewer).get(case.get_absolute_url())
    assert views(walk.people.reviewer) == ["查看案件"]


def test_the_self_assessment_and_a_person_leave_an_entry(walk: Walk) -> None:
    case = walk.to("start_self_assessment")
    enter(walk.people.chief).get(reverse("accreditation:sheet", args=[case.uuid]))
    assert "查看自评表" in views(walk.people.chief)
    admin = walk.people.security_admin
    enter(admin).get(reverse("permissions:person", args=[walk.people.chief.uuid]))
    assert views(admin, subject_id=str(walk.people.chief.pk)) == ["查看人员"]


def test_a_page_image_of_a_paper_asked_for_alone_leaves_an_entry(walk: Walk) -> None:
    case = walk.to("start_self_assessment")
    paper = papers.issue(case, "accreditation.self_sheet", by=walk.people.chief, on=case.opened_on)
    address = reverse("documents:paper_image", args=[paper.uuid, 1])
    client = enter(walk.people.deputy)
    for _ in range(2):
        assert client.get(address).status_code == 200
    assert views(walk.people.deputy) == ["查看文书"]


def test_claiming_without_the_post_is_recorded_once_with_post_and_case(walk: Walk) -> None:
    case = walk.to("submit_self_assessment")
    task = Task.objects.of_case(case).open().get()
    address = reverse("workflows:claim", args=[task.uuid])
    assert enter(walk.people.reviewer).post(address).status_code == 403
    entry = refusals(walk.people.reviewer).get()
    assert (entry.act, entry.label, entry.subject_id) == ("workflows.claim", "签收", str(case.pk))
    assert entry.post_text == "乐审核（基层科 基层科审核人）"
    assert "您没有这一岗位" in entry.reason


def test_coming_second_to_a_claim_is_recorded(walk: Walk) -> None:
    case = walk.to("apply")
    task = Task.objects.of_case(case).open().get()
    operations.claim(task, by=walk.people.reviewer)
    address = reverse("workflows:claim", args=[task.uuid])
    assert enter(walk.people.second_reviewer).post(address).status_code == 409
    entry = refusals(walk.people.second_reviewer).get()
    assert (entry.act, "乐审核" in entry.reason) == ("workflows.claim", True)


def test_the_form_of_an_act_of_somebody_else_is_recorded_as_that_act(walk: Walk) -> None:
    case = walk.to("submit_self_assessment")
    address = case.act_url("give_township_opinion")
    assert enter(walk.people.chief).get(address).status_code == 403
    entry = refusals(walk.people.chief).get()
    assert (entry.act, entry.subject_id) == ("accreditation.opine_application", str(case.pk))
    assert entry.post_text == "云所长（云红司法所 司法所所长）"
    assert enter(walk.people.township_leader).get(address).status_code == 200
    assert not refusals(walk.people.township_leader).exists()
    assert views(walk.people.township_leader) == ["查看办理页（出具乡镇（街道）意见）"]


def test_an_act_that_the_door_refused_is_recorded_once_with_its_post(walk: Walk) -> None:
    case = walk.to("submit_self_assessment")
    address = case.act_url("give_township_opinion")
    answer = enter(walk.people.chief).post(address, {"township_opinion": "同意。"})
    assert answer.status_code == 403
    assert refusals(walk.people.chief).get().post_text == "云所长（云红司法所 司法所所长）"


def test_opening_a_case_of_another_station_is_recorded(walk: Walk) -> None:
    people, tree = walk.people, walk.tree
    with pytest.raises(RefusedByPerson):
        open_case(Application, by=people.other_chief, unit=tree.station, title="冒名申报")
    entry = refusals(people.other_chief).get()
    assert entry.act == Application.OPENING.verb
    assert entry.subject_title == "云红司法所：冒名申报"
    assert not Application.objects.exists()
    assert enter(people.deputy).get(reverse("accreditation:new_application")).status_code == 403
    assert refusals(people.deputy).count() == 1


@pytest.mark.parametrize("name", ["dashboards:trail", "permissions:units", "permissions:roles"])
def test_a_page_that_is_not_ones_own_is_recorded_once(people: SimpleNamespace, name: str) -> None:
    address = reverse(name)
    answer = enter(people.township_clerk).get(address)
    told = list(refusals(people.township_clerk).values_list("subject_title", "post_text"))
    post = "云经办（云红街道办事处 乡镇（街道）经办人）"
    assert (answer.status_code, told) == (403, [(address, post)])


def test_the_trail_is_one_of_the_pages_that_are_refused(people: SimpleNamespace) -> None:
    assert enter(people.township_clerk).get(reverse("dashboards:trail")).status_code == 403
    entry = refusals(people.township_clerk).get()
    assert (entry.act, entry.label) == ("permissions.view_trace", "查阅留痕")


def test_giving_a_task_back_holds_the_post(walk: Walk) -> None:
    case = walk.to("apply")
    task = Task.objects.of_case(case).open().get()
    operations.claim(task, by=walk.people.reviewer)
    operations.release(task, by=walk.people.reviewer, reason="另有任务")
    entry = Entry.objects.of_act("workflows.release").get()
    assert entry.post_text == "乐审核（基层科 基层科审核人）"
