"""Who may do what, and who sees what: people × verbs × relation of units (goals 1 to 4)."""

from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from guardian.models import GroupObjectPermission, UserObjectPermission

from accreditation.models import Application
from accreditation.permissions import ApplicationVerb
from permissions.cases import case_models, permission_for, verbs_about
from permissions.exceptions import grant, recuse, withdraw
from permissions.models import Post, Recusal, UnitKind, User
from permissions.people import close_account
from permissions.policy import has_in_reach, may, who_may
from permissions.posts import end_post
from permissions.roles import ADMINISTRATORS, Role
from permissions.units import move_unit
from tests.factories import make_person, make_post, make_unit

TODAY = date(2025, 9, 26)
DAY = timedelta(days=1)

COUNTY = {
    "reviewer", "second_reviewer", "assessor_a", "assessor_b", "assessor_c", "deputy",
    "director", "secretary", "auditor",
}  # fmt: skip
CITY = {"city_reviewer", "city_leader"}
TOWNSHIP = {"township_clerk", "township_leader"}
HERE = {"chief", "officer"} | TOWNSHIP
NEXT_DOOR = {"other_chief", "other_officer", "other_township_clerk", "other_township_leader"}

# verb → relation of the case's unit to 云红司法所 → who may; nobody else may.
MATRIX = {
    ApplicationVerb.VIEW: {
        "own": HERE | COUNTY | CITY,
        "below": TOWNSHIP | COUNTY | CITY,
        "beside": NEXT_DOOR | COUNTY | CITY,
        "above": COUNTY | CITY,
        "far above": CITY,
    },
    ApplicationVerb.APPLY: {
        "own": {"chief"}, "below": set(), "beside": {"other_chief"},
        "above": set(), "far above": set(),
    },
    ApplicationVerb.EDIT: {
        "own": {"chief", "officer"}, "below": set(),
        "beside": {"other_chief", "other_officer"}, "above": set(), "far above": set(),
    },
    ApplicationVerb.OPINE: {
        "own": {"township_leader"}, "below": {"township_leader"},
        "beside": {"other_township_leader"}, "above": set(), "far above": set(),
    },
    ApplicationVerb.CHECK: {
        "own": {"reviewer", "second_reviewer"}, "below": {"reviewer", "second_reviewer"},
        "beside": {"reviewer", "second_reviewer"}, "above": {"reviewer", "second_reviewer"},
        "far above": set(),
    },
    ApplicationVerb.DECIDE: {
        "own": {"secretary"}, "below": {"secretary"}, "beside": {"secretary"},
        "above": {"secretary"}, "far above": set(),
    },
    ApplicationVerb.ACCEPT: {
        relation: {"city_leader"} for relation in ("own", "below", "beside", "above", "far above")
    },
}  # fmt: skip
UNITS = {
    "own": "station", "below": "village", "beside": "other_station", "above": "bureau",
    "far above": "city_bureau",
}  # fmt: skip


def found_by(people: SimpleNamespace, verb: str, case: Any) -> set[str]:
    """Ask `may` for everybody."""
    return {person.username for person in people.all if may(person, verb, case)}


def test_may_answers_as_the_matrix_says(tree: SimpleNamespace, people: SimpleNamespace) -> None:
    found = {
        verb: {
            relation: found_by(people, verb, Application(unit=getattr(tree, unit)))
            for relation, unit in UNITS.items()
        }
        for verb in MATRIX
    }
    assert found == MATRIX


def test_two_stations_of_one_township_do_not_act_on_each_other(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    second = make_unit("371481001SFS2", "云红第二司法所", UnitKind.STATION, tree.yunhong)
    second_chief = make_person("second_chief")
    make_post(second_chief, Role.STATION_CHIEF, second)
    own, theirs = Application(unit=tree.station), Application(unit=second)
    for verb in (ApplicationVerb.VIEW, ApplicationVerb.APPLY, ApplicationVerb.EDIT):
        assert not may(people.chief, verb, theirs)
        assert not may(second_chief, verb, own)
        assert may(second_chief, verb, theirs)
    assert may(people.township_leader, ApplicationVerb.OPINE, theirs)
    chiefs = Post.objects.on(TODAY).filter(role=Role.STATION_CHIEF).reaching(second.path)
    assert {post.user for post in chiefs} == {second_chief}


def test_the_answer_names_the_post_or_says_whose_turn_it_is(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    case = Application(unit=tree.station)
    allowed = may(people.reviewer, ApplicationVerb.CHECK, case)
    assert (str(allowed.post), allowed.basis) == ("乐审核（基层科 基层科审核人）", "岗位")
    wrong_role = may(people.officer, ApplicationVerb.CHECK, case)
    assert wrong_role.reason == "由基层科审核人办理，您的岗位没有此权限。"
    wrong_place = may(people.other_chief, ApplicationVerb.APPLY, case)
    assert wrong_place.reason == "该件属于云红司法所，不在您岗位的辖区内。"


def test_the_chosen_post_carries_the_verb_where_several_do(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    deputy = people.deputy
    second = make_post(deputy, Role.COUNTY_DIRECTOR, tree.bureau)
    case = Application(unit=tree.station)
    for chosen in (second, deputy.posts.get(role=Role.COUNTY_DEPUTY)):
        deputy.acting_post = chosen
        assert may(deputy, ApplicationVerb.VIEW, case).post == chosen
    assert may(deputy, ApplicationVerb.APPOINT, case).post.role == Role.COUNTY_DEPUTY


def test_a_post_carries_the_verb_to_its_last_day(
    tree: SimpleNamespace, people: SimpleNamespace, clock: Any
) -> None:
    people.chief.posts.update(ends_on=TODAY)
    case = Application(unit=tree.station)
    assert may(people.chief, ApplicationVerb.APPLY, case)
    assert not may(people.chief, ApplicationVerb.APPLY, case, TODAY + DAY)
    clock.forward(days=1)
    assert not may(people.chief, ApplicationVerb.APPLY, case)


def test_an_inactive_person_may_nothing(tree: SimpleNamespace, people: SimpleNamespace) -> None:
    people.chief.is_active = False
    assert not may(people.chief, ApplicationVerb.APPLY, Application(unit=tree.station))
    assert not Application.objects.visible_to(people.chief).exists()


SEES = {
    "yunhong": HERE | COUNTY | CITY,
    "tieying": NEXT_DOOR | COUNTY | CITY,
    "kongzhen": {"third_chief"} | COUNTY | CITY,
    "yangan": {"fourth_chief"} | COUNTY | CITY,
}


def test_everybody_sees_exactly_the_cases_of_his_reach(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    for name, seeing in SEES.items():
        case = getattr(applications, name)
        found = {
            person.username
            for person in people.all
            if Application.objects.visible_to(person).filter(pk=case.pk).exists()
        }
        assert found == seeing, name


def test_the_walk_over_the_matrix_would_notice_a_missing_filter(
    people: SimpleNamespace, applications: SimpleNamespace, monkeypatch: Any
) -> None:
    """Positive control (goal 2): a queryset that shows all rows differs from the table."""
    monkeypatch.setattr(
        "permissions.querysets.CaseQuerySet.visible_to", lambda self, user, on=None: self.all()
    )
    with pytest.raises(AssertionError):
        test_everybody_sees_exactly_the_cases_of_his_reach(people, applications)


def test_cases_follow_a_moved_township(
    tree: SimpleNamespace, people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    """The county loses the case of a township that leaves it; the city keeps it."""
    move_unit(tree.tieying, tree.city, reason="区划调整")
    case = applications.tieying
    seen = Application.objects.visible_to
    assert not seen(people.reviewer).filter(pk=case.pk).exists()
    assert seen(people.city_reviewer).filter(pk=case.pk).exists()
    assert seen(people.other_chief).filter(pk=case.pk).exists()
    case = Application.objects.get(pk=case.pk)
    assert not may(people.reviewer, ApplicationVerb.CHECK, case)
    assert may(people.city_leader, ApplicationVerb.ACCEPT, case)


def give(case: Any, person: Any, verb: Any, by: Any, start: date = TODAY, days: int = 10) -> Any:
    """Grant an exception of eleven days."""
    return grant(case, person, verb, start, start + days * DAY, reason="协办", by=by)


def test_an_exception_opens_one_case_for_one_verb_for_a_time(
    people: SimpleNamespace, applications: SimpleNamespace, clock: Any
) -> None:
    ours, theirs = applications.yunhong, applications.tieying
    start = TODAY + DAY
    given = give(theirs, people.chief, ApplicationVerb.EDIT, people.security_admin, start)
    expected = {TODAY: False, start: True, start + 10 * DAY: True, start + 11 * DAY: False}
    for day, open_to_him in expected.items():
        clock.stand_at(day)
        answer = may(people.chief, ApplicationVerb.EDIT, theirs)
        assert bool(answer) is open_to_him, day
        assert (theirs in Application.objects.visible_to(people.chief)) is open_to_him, day
    clock.stand_at(start)
    answer = may(people.chief, ApplicationVerb.EDIT, theirs)
    assert (answer.basis, answer.post.user) == ("例外授权", people.chief)
    assert not may(people.chief, ApplicationVerb.APPLY, theirs)
    assert not may(people.officer, ApplicationVerb.EDIT, theirs)
    assert not may(people.chief, ApplicationVerb.EDIT, applications.kongzhen)
    assert may(people.chief, ApplicationVerb.EDIT, ours).basis == "岗位"
    withdraw(given, reason="办结", by=people.security_admin)
    assert not may(people.chief, ApplicationVerb.EDIT, theirs)
    assert not Application.objects.visible_to(people.chief).filter(pk=theirs.pk).exists()


def test_a_recused_person_neither_sees_nor_decides(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    case = applications.yunhong
    recuse(case, people.reviewer, reason="亲属", by=people.security_admin)
    answer = may(people.reviewer, ApplicationVerb.CHECK, case)
    assert answer.reason == "您已对该件回避，不得办理。"
    assert not Application.objects.visible_to(people.reviewer).filter(pk=case.pk).exists()
    assert may(people.reviewer, ApplicationVerb.CHECK, applications.tieying)
    assert may(people.second_reviewer, ApplicationVerb.CHECK, case)


def test_a_recusal_is_stronger_than_an_exception(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    case = applications.tieying
    give(case, people.chief, ApplicationVerb.EDIT, people.security_admin)
    recuse(case, people.chief, reason="亲属", by=people.security_admin)
    assert not may(people.chief, ApplicationVerb.EDIT, case)
    assert not Application.objects.visible_to(people.chief).filter(pk=case.pk).exists()


def test_who_took_part_goes_on_seeing_the_case_from_another_office(
    tree: SimpleNamespace, people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    people.chief.posts.update(ends_on=TODAY - DAY)
    make_post(people.chief, Role.STATION_CHIEF, tree.kongzhen_station, TODAY)
    seen = Application.objects.visible_to(people.chief)
    assert set(seen) == {applications.yunhong, applications.kongzhen}
    assert not may(people.chief, ApplicationVerb.APPLY, applications.yunhong)


def test_an_administrator_sees_no_case_whatever_he_did_before(
    tree: SimpleNamespace, people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    """Goal 33: the former chief, who took part and holds an exception, becomes administrator."""
    give(applications.tieying, people.chief, ApplicationVerb.VIEW, people.security_admin)
    people.chief.posts.update(ends_on=TODAY - DAY)
    make_post(people.chief, Role.SYSTEM_ADMIN, tree.bureau, TODAY)
    people.chief.remember_answers()
    for person in (people.chief, people.system_admin, people.security_admin, people.audit_admin):
        assert not Application.objects.visible_to(person).exists()
        for verb, case in product(ApplicationVerb, applications.all):
            assert not may(person, verb, case)


def test_no_administrator_holds_a_verb_of_cases() -> None:
    for model in case_models():
        for verb in verbs_about(model):
            assert not verb.roles & ADMINISTRATORS, verb


def everybody() -> list[User]:
    """Read everybody anew, each remembering his answers as within a request."""
    found = list(User.objects.all())
    for user in found:
        user.remember_answers()
    return found


def test_who_may_is_the_reverse_of_may(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    """Every verb, person, case; with exceptions, recusals, ended posts, closed accounts."""
    by = people.security_admin
    for verb in ApplicationVerb:
        give(applications.tieying, people.chief, verb, by)
    give(applications.tieying, people.reviewer, ApplicationVerb.SCORE, by)
    given = give(applications.kongzhen, people.officer, ApplicationVerb.APPLY, by)
    withdraw(given, reason="办结", by=by)
    recuse(applications.tieying, people.reviewer, reason="亲属", by=by)
    recuse(applications.yunhong, people.city_leader, reason="亲属", by=by)
    end_post(people.deputy.posts.get(), TODAY - DAY, reason="轮岗", by=by)
    close_account(people.secretary, reason="离职", by=people.system_admin)
    persons = everybody()
    for verb, case in product(ApplicationVerb, applications.all):
        answers = {user.pk: may(user, verb, case) for user in persons}
        carried = {(post.user_id, post.pk) for post in who_may(verb, case)}
        assert {user for user, _ in carried} == {pk for pk, answer in answers.items() if answer}
        assert {(pk, a.post.pk) for pk, a in answers.items() if a} <= carried


def test_nothing_is_granted_globally_to_anybody(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    give(applications.tieying, people.chief, ApplicationVerb.EDIT, people.security_admin)
    assert not Group.objects.exists()
    assert not User.user_permissions.through.objects.exists()
    assert not User.groups.through.objects.exists()
    assert not UserObjectPermission.objects.exists()
    assert not GroupObjectPermission.objects.exists()


def test_a_global_grant_behind_our_back_gives_nothing(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    """Django's and guardian's own grants, to the person or through a group, are not asked."""
    case, officer = applications.yunhong, people.officer
    permission = permission_for(ApplicationVerb.CHECK, Application)
    group = Group.objects.create(name="all")
    group.permissions.set(Permission.objects.all())
    officer.user_permissions.set(Permission.objects.all())
    officer.groups.add(group)
    kind = ContentType.objects.get_for_model(case)
    UserObjectPermission.objects.create(
        user=officer, permission=permission, content_type=kind, object_pk=str(case.pk)
    )
    assert not may(User.objects.get(pk=officer.pk), ApplicationVerb.CHECK, case)
    neighbour = people.other_officer
    neighbour.user_permissions.set(Permission.objects.all())
    assert not Application.objects.visible_to(neighbour).filter(pk=case.pk).exists()


def statements_of(ask: Any) -> int:
    """Count the statements of a question."""
    with CaptureQueriesContext(connection) as statements:
        ask()
    return len(statements)


def test_within_a_request_any_number_of_questions_costs_two_statements(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    """One each for posts and exceptions; the posts tell whether to ask for anything else."""
    reader = User.objects.get(pk=people.chief.pk)
    cases = list(Application.objects.select_related("unit"))
    ContentType.objects.get_for_model(Application)
    reader.remember_answers()

    def ask() -> None:
        for case in cases:
            for verb in ApplicationVerb:
                may(reader, verb, case)

    assert statements_of(ask) == 2
    assert statements_of(ask) == 0


def test_what_was_remembered_can_be_forgotten(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    """The door forgets after it holds the lock, so that a right lost meanwhile is lost."""
    reader = User.objects.get(pk=people.chief.pk)
    reader.remember_answers()
    assert may(reader, ApplicationVerb.APPLY, applications.yunhong)
    people.chief.posts.update(ends_on=TODAY - DAY)
    assert may(reader, ApplicationVerb.APPLY, applications.yunhong)
    reader.forget_posts()
    assert not may(reader, ApplicationVerb.APPLY, applications.yunhong)


def test_a_person_held_longer_than_a_request_is_asked_anew_each_time(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    assert may(people.chief, ApplicationVerb.APPLY, applications.yunhong)
    people.chief.posts.update(ends_on=TODAY - DAY)
    assert not may(people.chief, ApplicationVerb.APPLY, applications.yunhong)


def test_a_list_costs_two_statements_whether_it_is_long_or_short(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    for person, rows in ((people.reviewer, 4), (people.chief, 1)):
        reader = User.objects.get(pk=person.pk)
        reader.remember_answers()
        with CaptureQueriesContext(connection) as statements:
            assert len(Application.objects.visible_to(reader)) == rows
        assert len(statements) == 2


def test_whatever_is_in_reach_is_visible_and_nothing_else_is_by_posts_alone(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    """The short question before `visible_to` never says more than it, and for posts the same."""
    cases = list(Application.objects.select_related("unit"))
    found = 0
    for person in User.objects.all():
        visible = set(Application.objects.visible_to(person))
        in_reach = {case for case in cases if has_in_reach(person, case)}
        assert in_reach == visible, person
        found += len(in_reach)
    assert found > len(cases)
    Recusal.objects.create(
        user=people.chief, case=applications.yunhong, reason="亲属", recorded_by=people.reviewer
    )
    assert not has_in_reach(people.chief, applications.yunhong)
    people.reviewer.is_active = False
    assert not has_in_reach(people.reviewer, applications.yunhong)
