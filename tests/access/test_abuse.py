"""The abuse cases of the threat model, one by one, each with the hole that it must catch."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.db.models import CASCADE, PROTECT, ProtectedError
from django.urls import (
    NoReverseMatch,
    URLPattern,
    clear_url_caches,
    get_resolver,
    path,
    reverse,
)
from viewflow.workflow.flow.views import ReviveTaskView
from viewflow.workflow.models import Task as EngineTask

from accreditation.models import Application
from accreditation.rules.applications import MATERIALS
from accreditation.views.pages import ApplicationPage
from audit.models import Entry
from dashboards.views import trail
from documents import registers, uploads
from documents.models import StoredFile
from permissions import exceptions, posts
from permissions import people as accounts
from permissions.models import User, people
from permissions.querysets import CaseQuerySet, PostQuerySet, UnitQuerySet
from permissions.roles import Role
from tests import factories
from tests.access.matrix import words_of
from tests.access.world import enter, pdf
from tests.accreditation.steps import Walk, term_of
from workflows import arrangements, door
from workflows.calendar import statutory
from workflows.lifecycle import Case
from workflows.models.tasks import Draft, Task
from workflows.querysets import TaskQuerySet
from workflows.refusals import RefusedByLaw, RefusedByState
from workflows.views import cases

GOES_WITH_THE_ACCOUNT = {"otp_totp.TOTPDevice", "guardian.UserObjectPermission", "viewflow.Task"}
"""The second factor, a table of guardian that is not used, and the engine's owner, never set."""
OPINION = {"township_opinion": "同意。"}


@pytest.fixture
def walk(people: SimpleNamespace, tree: SimpleNamespace, clock: Any) -> Walk:
    """云红's application, to be led to where it is abused."""
    return Walk(people, tree, clock)


def act(case: Any, name: str, uuid: UUID | None = None) -> str:
    """Return the address of an act of an application."""
    return reverse("workflows:act", args=["application", uuid or case.uuid, name])


def state(case: Any) -> str:
    """Return the state as it is stored."""
    return str(Application.objects.get(pk=case.pk).state)


def test_a_ones_own_draft_does_not_pass_through_anothers_act(walk: Walk) -> None:
    case = walk.to("submit_self_assessment")
    chief, leader = enter(walk.people.chief), enter(walk.people.township_leader)
    address = act(case, "give_township_opinion")
    assert chief.post(f"{address}draft/", OPINION).status_code == 403
    assert not Draft.objects.exists()
    assert chief.post(address, OPINION).status_code == 403
    assert state(case) == "township_opinion"
    assert not Application.objects.get(pk=case.pk).township_agrees
    assert leader.post(address, OPINION).status_code == 302
    assert Application.objects.get(pk=case.pk).township_agrees


def test_a_a_form_handed_in_wrongly_tells_a_stranger_to_the_act_nothing(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FQ-6: the form that settles the points names each assessor's; only its holder reads it."""
    case = walk.before("submit_sheet")
    walk.sheet(walk.people.assessor_a)
    walk.sheet(walk.people.assessor_b, i1_1="0")
    address = act(case, "confirm_county_score")
    for person in (walk.people.chief, walk.people.township_leader, walk.people.assessor_a):
        answer = enter(person).post(address, {"opinion": ""})
        assert answer.status_code == 403
        assert "评乙" not in answer.content.decode()
    refused = Entry.objects.filter(label="确认县级得分", outcome="refused")
    assert refused.count() == 3
    answer = enter(walk.people.reviewer).post(address, {"opinion": ""})
    assert (answer.status_code, "评乙" in answer.content.decode()) == (422, True)
    monkeypatch.setattr("workflows.views.cases.refuse_unentitled", lambda *args, **facts: None)
    answer = enter(walk.people.chief).post(address, {"opinion": ""})
    assert (answer.status_code, "评乙" in answer.content.decode()) == (422, True)


def test_b_a_wrong_case_in_the_address_changes_neither(walk: Walk) -> None:
    case = walk.to("submit_self_assessment")
    other = enter(walk.people.other_township_leader)
    assert other.post(act(case, "give_township_opinion"), OPINION).status_code == 404
    unknown = UUID("00000000-0000-4000-8000-000000000000")
    leader = enter(walk.people.township_leader)
    assert leader.post(act(case, "give_township_opinion", unknown), OPINION).status_code == 404
    as_title = reverse("workflows:act", args=["title", case.uuid, "give_township_opinion"])
    assert leader.post(as_title, OPINION).status_code == 404
    assert not Application.objects.get(pk=case.pk).township_agrees


def test_b_an_address_whose_key_is_not_believed_would_be_caught(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = walk.to("submit_self_assessment")
    page, visible = ApplicationPage, case

    def any_case(request: Any, kind: str, uuid: UUID) -> tuple[Any, Any]:
        return page, Application.objects.get(pk=visible.pk)

    monkeypatch.setattr(cases, "visible_case", any_case)
    unknown = UUID("00000000-0000-4000-8000-000000000000")
    leader = enter(walk.people.township_leader)
    assert leader.post(act(case, "give_township_opinion", unknown), OPINION).status_code == 302
    assert Application.objects.get(pk=case.pk).township_agrees


def test_c_withdrawing_while_somebody_accepts_leaves_one_decision(walk: Walk) -> None:
    case = walk.to("apply")
    chief, reviewer = enter(walk.people.chief), enter(walk.people.reviewer)
    assert reviewer.get(act(case, "accept")).status_code == 200
    assert chief.post(act(case, "withdraw"), {"reason": "材料有误"}).status_code == 302
    assert reviewer.post(act(case, "accept"), {"opinion": "受理"}).status_code == 409
    assert state(case) == "withdrawn"
    assert not Task.objects.of_case(case).open().exists()


def test_c_a_copy_read_before_the_withdrawal_decides_nothing(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pitfall 7 of the engine; with lock, task and term all gone the database still refuses."""
    stale = walk.to("apply")
    enter(walk.people.chief).post(act(stale, "withdraw"), {"reason": "材料有误"})
    with pytest.raises(RefusedByState):
        door.perform(stale, "accept", by=walk.people.reviewer)
    monkeypatch.setattr(door, "locked", lambda case: case)
    with pytest.raises(RefusedByState):
        door.perform(stale, "accept", by=walk.people.reviewer)
    monkeypatch.setattr(door, "_task", lambda *_: None)
    with pytest.raises(RefusedByLaw, match="期限"):
        door.perform(stale, "accept", by=walk.people.reviewer)
    monkeypatch.setattr(Application, "meet", lambda case, rule, on: None)
    with pytest.raises(DatabaseError, match="状态只能按规定的行为变更"), transaction.atomic():
        door.perform(stale, "accept", by=walk.people.reviewer)
    assert state(stale) == "withdrawn"


def test_c_a_withdrawal_that_leaves_the_task_open_would_be_caught(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = walk.to("apply")
    monkeypatch.setattr(door.flows, "end", lambda case, **_: None)
    enter(walk.people.chief).post(act(case, "withdraw"), {"reason": "材料有误"})
    assert Task.objects.of_case(case).open().exists()


ENGINE_S_OWN = re.compile(r"revive|undo|cancel|unassign|reassign|execute|admin")


def doors_of_the_engine() -> list[str]:
    """Return every address that runs a page of the engine or is named like one."""
    found = []
    for name, pattern in patterns():
        view = getattr(pattern.callback, "view_class", pattern.callback)
        if view.__module__.startswith("viewflow") or ENGINE_S_OWN.search(str(pattern.pattern)):
            found.append(name)
    return found


def patterns(resolver: Any = None) -> Iterator[tuple[str, URLPattern]]:
    """Yield every address with its name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name), pattern
        else:
            yield from patterns(pattern)


def test_d_the_engines_pages_that_revive_cancel_or_undo_do_not_exist(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doors_of_the_engine() == []
    case = walk.to("apply")
    for name in ("revive", "undo", "cancel_task", "assign", "unassign", "execute"):
        assert name not in Application.acts()
        assert enter(walk.people.reviewer).post(act(case, name)).status_code == 404
    revive = path("tasks/<int:pk>/", ReviveTaskView.as_view(), name="planted")
    undo = path("tasks/<int:pk>/undo/", enter, name="planted_too")
    monkeypatch.setattr(
        get_resolver(), "url_patterns", [*get_resolver().url_patterns, revive, undo], raising=False
    )
    assert doors_of_the_engine() == ["planted", "planted_too"]
    clear_url_caches()


def test_e_a_file_of_somebody_else_is_neither_attached_nor_taken_out(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = walk.to("start_self_assessment")
    theirs = uploads.receive(pdf("铁营材料.pdf"), by=walk.people.other_chief)
    own = uploads.receive(pdf("云红材料.pdf"), by=walk.people.chief)
    chief, other = enter(walk.people.chief), enter(walk.people.other_chief)
    address = reverse("accreditation:materials", args=[case.uuid])

    def keep(stored: StoredFile) -> int:
        typed = {"slot": MATERIALS[0], "files-staged": str(stored.uuid)}
        return chief.post(address, typed).status_code

    assert keep(theirs) == 422
    assert keep(own) == 302
    assert list(StoredFile.objects.of(case)) == [own]
    file = reverse("documents:file", args=[own.uuid])
    out = reverse("accreditation:withdraw_material", args=[case.uuid, own.uuid])
    assert (other.get(file).status_code, other.post(out).status_code) == (404, 404)
    swapped = reverse("accreditation:withdraw_material", args=[case.uuid, theirs.uuid])
    assert chief.post(swapped).status_code == 404
    assert chief.get(file).status_code == 200
    monkeypatch.setattr("documents.sight.sees", lambda user, kept: True)
    assert other.get(file).status_code == 200


@pytest.mark.parametrize(
    ("name", "arguments", "asked", "status"),
    [
        ("accreditation:applications", [], {"state": "township_opinion"}, 200),
        ("accreditation:applications", [], {"unit": "371481001SFS"}, 200),
        ("workflows:inbox_tab", ["started"], {"q": "云红"}, 200),
        ("workflows:inbox_tab", ["todo"], {"kind": "application"}, 200),
        ("accreditation:plan", [], {"station": "371481001SFS"}, 200),
        ("dashboards:trail_export", [], {}, 403),
        ("documents:register_xlsx", ["accreditation.application", 2025], {}, 404),
    ],
)
def test_f_no_filter_and_no_export_reaches_another_township(
    walk: Walk, name: str, arguments: list[Any], asked: dict[str, str], status: int
) -> None:
    case = walk.to("submit_self_assessment")
    answer = enter(walk.people.other_chief).get(reverse(name, args=arguments), asked)
    assert answer.status_code == status
    told = answer.content.decode()
    assert case.number not in told and str(case.uuid) not in told
    listed = enter(walk.people.reviewer).get(reverse("accreditation:applications"))
    assert case.number in listed.content.decode()


@pytest.mark.parametrize(
    ("name", "arguments", "hole"),
    [
        ("accreditation:applications", [], (CaseQuerySet, "visible_parts")),
        ("workflows:inbox_tab", ["started"], (TaskQuerySet, "started_by")),
        ("workflows:inbox_tab", ["todo"], (TaskQuerySet, "awaiting")),
        ("accreditation:plan", [], (UnitQuerySet, "reached_by")),
        ("dashboards:trail_export", [], (trail, "demand")),
        (
            "documents:register_xlsx", ["accreditation.application", 2025],
            (registers, "series_open_to"),
        ),
    ],
)  # fmt: skip
def test_f_a_list_or_an_export_without_its_filter_would_be_caught(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, name: str, arguments: list[Any], hole: Any
) -> None:
    case = walk.to("submit_self_assessment")
    open_holes = {
        "demand": lambda user, verb: user.acting_post,
        "visible_parts": lambda rows, *asked: [rows.all()],
        "started_by": lambda rows, *asked: rows.filter(node=Task.START),
        "series_open_to": lambda user: list(registers.numbers.declared()),
    }
    monkeypatch.setattr(*hole, open_holes.get(hole[1], lambda rows, *asked: rows.all()))
    answer = enter(walk.people.other_chief).get(reverse(name, args=arguments))
    assert answer.status_code == 200
    told = words_of(answer.getvalue())
    assert case.number in told or str(case.uuid) in told


def test_g_a_one_person_office_does_not_approve_itself(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FQ-7: who inspected does not decide, although he holds both posts."""
    case = walk.before("propose_acceptance")
    alone = walk.people.city_reviewer
    factories.make_post(alone, Role.CITY_LEADER, walk.tree.city_bureau)
    walk.inspect()
    client = enter(alone)
    answer = client.post(act(case, "pass_acceptance"), {"opinion": "合格"})
    assert answer.status_code == 403
    assert "须由他人办理" in answer.content.decode()
    assert state(case) == "city_review"
    monkeypatch.setattr(Case, "people_of", lambda case, name: ("", set()))
    assert client.post(act(case, "pass_acceptance"), {"opinion": "合格"}).status_code == 302
    assert state(case) == "accepted"


def test_g_an_applicant_with_the_townships_post_gives_no_opinion_on_his_own(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = walk.to("submit_self_assessment")
    factories.make_post(walk.people.chief, Role.TOWNSHIP_LEADER, walk.tree.yunhong_government)
    chief = enter(walk.people.chief)
    assert chief.get(act(case, "give_township_opinion")).status_code == 403
    assert chief.post(act(case, "give_township_opinion"), OPINION).status_code == 403
    assert not Application.objects.get(pk=case.pk).township_agrees
    monkeypatch.setattr(Case, "people_of", lambda case, name: ("", set()))
    assert chief.post(act(case, "give_township_opinion"), OPINION).status_code == 302
    assert Application.objects.get(pk=case.pk).township_agrees


def test_g_nobody_grants_himself_anything(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = walk.to("submit_self_assessment")
    client = enter(walk.people.security_admin)
    typed = {
        "role": Role.CITY_LEADER, "unit": "德州市司法局（3714SF）", "starts_on": "2025-09-26",
        "reason": "兼任",
    }  # fmt: skip
    own = reverse("permissions:appoint", args=[walk.people.security_admin.uuid])
    client.post(own, typed)
    assert [post.role for post in walk.people.security_admin.posts.all()] == ["security_admin"]
    assert client.get(case.get_absolute_url()).status_code == 404
    typed |= {"role": Role.SECURITY_ADMIN, "unit": "乐陵市司法局基层科（371481SFJCK）"}
    client.post(own, typed)
    assert walk.people.security_admin.posts.count() == 1
    monkeypatch.setattr(posts, "refuse_own", lambda user, by: None)
    client.post(own, typed)
    assert walk.people.security_admin.posts.count() == 2


def test_h_the_open_form_of_a_disabled_person_is_worth_nothing(walk: Walk) -> None:
    case = walk.to("submit_self_assessment")
    leader = enter(walk.people.township_leader)
    address = act(case, "give_township_opinion")
    assert leader.get(address).status_code == 200
    with transaction.atomic():
        before = transaction.savepoint()
        assert enter(walk.people.township_leader).post(address, OPINION).status_code == 302
        assert Application.objects.get(pk=case.pk).township_agrees
        transaction.savepoint_rollback(before)
    accounts.close_account(walk.people.township_leader, reason="调离", by=walk.people.system_admin)
    answer = leader.post(address, OPINION)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("permissions:sign_in"))
    assert not Application.objects.get(pk=case.pk).township_agrees


def test_h_a_closed_account_that_nothing_looks_at_would_be_caught(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = walk.to("submit_self_assessment")
    leader = enter(walk.people.township_leader)
    accounts.close_account(walk.people.township_leader, reason="调离", by=walk.people.system_admin)
    leader = enter(walk.people.township_leader)
    address = act(case, "give_township_opinion")
    assert leader.post(address, OPINION).status_code == 302
    assert not Application.objects.get(pk=case.pk).township_agrees
    forgiving = property(lambda user: True, lambda user, is_active: None)
    monkeypatch.setattr(User, "is_active", forgiving)
    monkeypatch.setattr(PostQuerySet, "on", lambda rows, day: rows.all())
    monkeypatch.setattr(people, "_posts_of", people._posts)  # composed anew
    assert leader.post(address, OPINION).status_code == 302
    assert Application.objects.get(pk=case.pk).township_agrees


def test_h_a_post_that_ended_and_that_nothing_looks_at_would_be_caught(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = walk.to("submit_self_assessment")
    post = walk.people.township_leader.posts.get()
    posts.end_post(post, date(2025, 9, 25), reason="调离", by=walk.people.security_admin)
    monkeypatch.setattr(PostQuerySet, "overlapping", lambda rows, starts_on, ends_on: rows.all())
    monkeypatch.setattr(people, "_posts_of", people._posts)  # composed anew
    leader = enter(walk.people.township_leader)
    assert leader.post(act(case, "give_township_opinion"), OPINION).status_code == 302
    assert Application.objects.get(pk=case.pk).township_agrees


def test_h_the_open_form_of_a_person_whose_post_ended_is_refused(walk: Walk) -> None:
    case = walk.to("submit_self_assessment")
    leader = enter(walk.people.township_leader)
    address = act(case, "give_township_opinion")
    assert leader.get(address).status_code == 200
    post = walk.people.township_leader.posts.get()
    posts.end_post(post, date(2025, 9, 25), reason="调离", by=walk.people.security_admin)
    answer = leader.post(address, OPINION)
    assert answer.headers["Location"].startswith(reverse("permissions:sign_in"))
    assert enter(walk.people.township_leader).post(address, OPINION).status_code == 404
    assert not Application.objects.get(pk=case.pk).township_agrees


def arrangement() -> SimpleUploadedFile:
    """Return a table that makes two days of the formal check days off."""
    number = "国办发明电〔2024〕12号"
    rows = [[2025, day.date, "放假", day.name, number] for day in statutory(2025)]
    out = io.StringIO()
    csv.writer(out).writerows(
        [
            arrangements.COLUMNS,
            *rows,
            *[[2025, date(2025, 9, day), "放假", "国庆节", number] for day in (29, 30)],
        ]
    )
    return SimpleUploadedFile("2025.csv", out.getvalue().encode("utf-8-sig"), "text/csv")


def import_calendar(person: Any) -> int:
    """Put the table in force through the pages; return what the last one answered."""
    client = enter(person)
    told = {"file": arrangement(), "source": "中国政府网", "reason": "更正"}
    shown = client.post(reverse("workflows:calendar_import"), told)
    checked = shown.context["checked"] if shown.status_code == 200 else "x"
    carried = client.post(reverse("workflows:calendar_carry_out"), {"checked": checked})
    return carried.status_code


def test_i_nobody_who_works_on_cases_moves_a_due_date_by_the_calendar(walk: Walk) -> None:
    case = walk.to("apply")
    due = term_of(case, "formal_check").due_on
    assert due == date(2025, 10, 10)
    for name in ("chief", "reviewer", "deputy", "director", "city_leader", "auditor"):
        assert import_calendar(getattr(walk.people, name)) == 403
    assert term_of(case, "formal_check").due_on == due


def test_i_a_due_date_that_the_administrator_moves_is_recorded_and_told(walk: Walk) -> None:
    case = walk.to("apply")
    before = Entry.objects.of_subject(case).count()
    assert import_calendar(walk.people.system_admin) == 302
    term = term_of(case, "formal_check")
    assert term.due_on == date(2025, 10, 13)
    assert Entry.objects.of_subject(case).count() > before
    assert Entry.objects.filter(act="workflows.import_calendar", actor_name="系统员").exists()
    page = enter(walk.people.reviewer).get(reverse("workflows:notices")).content.decode()
    assert case.title in page


def test_i_an_import_open_to_all_and_a_silent_one_would_be_caught(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = walk.to("apply")
    before = Entry.objects.of_subject(case).count()
    monkeypatch.setattr("workflows.views.calendar.demand", lambda user, verb: user.acting_post)
    monkeypatch.setattr("workflows.arrangements.demand", lambda user, verb: user.acting_post)
    monkeypatch.setattr("workflows.terms.recomputing._announce", lambda *told: None)
    assert import_calendar(walk.people.reviewer) == 302
    assert term_of(case, "formal_check").due_on == date(2025, 10, 13)
    assert Entry.objects.of_subject(case).count() == before
    page = enter(walk.people.reviewer).get(reverse("workflows:notices")).content.decode()
    assert case.title not in page


def test_j_a_person_who_worked_is_never_deleted(walk: Walk) -> None:
    case = walk.to("apply")
    for person in (walk.people.chief, walk.people.township_leader):
        with pytest.raises(ProtectedError), transaction.atomic():
            person.delete()
    with pytest.raises(NoReverseMatch):
        reverse("permissions:delete_person", args=[walk.people.chief.uuid])
    assert Task.objects.of_case(case).filter(closed_by=walk.people.chief).exists()


def falling_with_a_person() -> set[str]:
    """Return the tables whose rows would go with a person who is deleted."""
    return {
        relation.related_model._meta.label
        for relation in User._meta.related_objects
        if relation.one_to_many and relation.on_delete is not PROTECT
    }


def test_j_nothing_that_tells_of_work_falls_with_a_person(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Goal 15, pitfall 23 of the engine: only what serves signing in goes."""
    walk.to("apply")
    assert falling_with_a_person() == GOES_WITH_THE_ACCOUNT
    assert not EngineTask.objects.exclude(owner=None).exists()
    done_by = Task._meta.get_field("closed_by").remote_field
    monkeypatch.setattr(done_by, "on_delete", CASCADE)
    assert falling_with_a_person() == {*GOES_WITH_THE_ACCOUNT, "workflows.Task"}


@pytest.mark.parametrize("leaves", ["account", "post", "case"])
def test_j_what_a_person_who_left_had_claimed_waits_for_his_colleagues(
    walk: Walk, leaves: str
) -> None:
    case = walk.to("apply")
    gone, colleague = walk.people.reviewer, enter(walk.people.second_reviewer)
    task = Task.objects.of_case(case).open().get()
    claim = reverse("workflows:claim", args=[task.uuid])
    inbox = reverse("workflows:inbox_tab", args=["unclaimed"])
    enter(gone).post(claim)
    assert colleague.post(claim).status_code == 409
    assert colleague.post(act(case, "accept")).status_code == 409
    assert case.number not in colleague.get(inbox).content.decode()
    if leaves == "account":
        accounts.close_account(gone, reason="调离", by=walk.people.system_admin)
    elif leaves == "case":
        exceptions.recuse(case, gone, reason="近亲属", by=walk.people.security_admin)
    else:
        posts.end_post(
            gone.posts.get(), date(2025, 9, 25), reason="调离", by=walk.people.security_admin
        )
    assert case.number in colleague.get(inbox).content.decode()
    assert colleague.post(claim).status_code == 302
    assert Task.objects.get(pk=task.pk).holder == walk.people.second_reviewer
    assert colleague.post(act(case, "accept")).status_code == 302
    assert state(case) == "county_check"


def test_j_what_a_person_had_claimed_in_his_old_post_is_no_task_of_his_new_one(walk: Walk) -> None:
    case, person, security = walk.to("apply"), walk.people.reviewer, walk.people.security_admin
    task = Task.objects.of_case(case).open().get()
    enter(person).post(reverse("workflows:claim", args=[task.uuid]))
    inbox = reverse("workflows:inbox")
    assert enter(person).get(inbox).context["counts"]["todo"] == 1
    posts.end_post(person.posts.get(), date(2025, 9, 25), reason="调任", by=security)
    posts.appoint(person, Role.COUNTY_DEPUTY, walk.tree.bureau, date(2025, 9, 26), by=security)
    shown = enter(person).get(inbox)
    assert (shown.context["counts"]["todo"], shown.context["page"].rows) == (0, [])
    release = reverse("workflows:release", args=[task.uuid])
    assert enter(person).post(release, {"reason": "调任"}).status_code == 302
    assert Task.objects.get(pk=task.pk).holder is None


def test_an_exception_opens_one_case_for_its_days_and_no_other(walk: Walk) -> None:
    case = walk.to("apply")
    client = enter(walk.people.other_chief)
    assert client.get(case.get_absolute_url()).status_code == 404
    exceptions.grant(
        case, walk.people.other_chief, Application.VIEW_VERB, date(2025, 9, 26),
        date(2025, 9, 26), reason="协查", by=walk.people.security_admin,
    )  # fmt: skip
    assert client.get(case.get_absolute_url()).status_code == 200
    assert client.post(act(case, "withdraw"), {"reason": "试"}).status_code == 403
    walk.clock.stand_at(date(2025, 9, 27))
    assert enter(walk.people.other_chief).get(case.get_absolute_url()).status_code == 404
