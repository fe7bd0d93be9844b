"""Posts: dates, appointing, and administrators apart from everything else (goals 4 and 33)."""

from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from audit.models import Entry
from permissions.models import Post
from permissions.people import close_account, reopen_account, reset_password
from permissions.posts import appoint, end_post
from permissions.refusals import Impossible
from permissions.roles import ADMINISTRATORS, Role
from tests.factories import make_person, make_post
from tests.permissions.conftest import text_of

TODAY = date(2025, 9, 26)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("ends_on", "held"), [(TODAY, True), (TODAY - DAY, False), (None, True), (TODAY + DAY, True)]
)
def test_the_last_day_counts(tree: SimpleNamespace, ends_on: date | None, held: bool) -> None:
    person = make_person("newcomer")
    post = make_post(person, Role.STATION_CHIEF, tree.station, TODAY - 30 * DAY, ends_on)
    assert bool(person.posts_on(TODAY)) is held is post.is_held_on(TODAY)


def test_a_post_begins_on_its_first_day(tree: SimpleNamespace) -> None:
    person = make_person("newcomer")
    post = make_post(person, Role.STATION_CHIEF, tree.station, TODAY)
    assert (post.is_held_on(TODAY - DAY), post.is_held_on(TODAY)) == (False, True)
    assert (person.posts_on(TODAY - DAY), person.posts_on(TODAY)) == ([], [post])


def test_appointing_is_recorded_with_what_was_given(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    person = make_person("newcomer", "新来的")
    appoint(
        person, Role.STATION_OFFICER, tree.station, TODAY, reason="乐司任〔2025〕3号",
        by=people.security_admin,
    )  # fmt: skip
    entry = Entry.objects.of_act("permissions.appoint").get()
    assert entry.values_after["role"] == "司法所工作人员"
    assert entry.values_after["unit"] == "371481001SFS"
    assert (entry.actor_name, entry.reason) == ("安全员", "乐司任〔2025〕3号")


def test_only_the_security_administrator_appoints_and_never_himself(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    newcomer, himself = make_person("newcomer"), people.security_admin
    for person in people.all:
        if person != people.security_admin:
            with pytest.raises(PermissionDenied):
                appoint(newcomer, Role.STATION_OFFICER, tree.station, TODAY, by=person)
    with pytest.raises(Impossible, match="不能变更本人的岗位和权限"):
        appoint(himself, Role.STATION_CHIEF, tree.station, TODAY, by=himself)
    with pytest.raises(Impossible, match="不能变更本人的岗位和权限"):
        end_post(himself.posts.get(), TODAY, reason="自己", by=himself)


@pytest.mark.parametrize(
    ("role", "unit", "why"),
    [
        (Role.STATION_CHIEF, "bureau", "只能任职于司法所"),
        (Role.STATION_CHIEF, "yunhong", "只能任职于司法所"),
        (Role.TOWNSHIP_LEADER, "station", "只能任职于乡镇人民政府"),
        (Role.COUNTY_REVIEWER, "city_bureau", "只能任职于县（市、区）一级的司法局"),
        (Role.CITY_REVIEWER, "section", "只能任职于市一级的司法局"),
        (Role.SYSTEM_ADMIN, "station", "只能任职于司法局、科室"),
    ],
)
def test_a_role_belongs_to_its_kind_of_unit(
    tree: SimpleNamespace, people: SimpleNamespace, role: Role, unit: str, why: str
) -> None:
    with pytest.raises(Impossible, match=why):
        appoint(make_person("newcomer"), role, getattr(tree, unit), TODAY, by=people.security_admin)


def test_the_same_post_is_not_given_twice_at_the_same_time(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    with pytest.raises(Impossible, match="已经任职，不必重复任命"):
        appoint(people.chief, Role.STATION_CHIEF, tree.station, TODAY, by=people.security_admin)


def test_an_end_before_the_beginning_is_refused(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    with pytest.raises(Impossible, match="“任职至”不能早于“任职自”"):
        appoint(
            make_person("newcomer"), Role.STATION_OFFICER, tree.station, TODAY, TODAY - DAY,
            by=people.security_admin,
        )  # fmt: skip


OTHERS = sorted(set(Role) - ADMINISTRATORS)
PLACES = {
    Role.STATION_CHIEF: "station", Role.STATION_OFFICER: "station",
    Role.TOWNSHIP_CLERK: "yunhong_government", Role.TOWNSHIP_LEADER: "yunhong_government",
    Role.CITY_REVIEWER: "city_bureau", Role.CITY_LEADER: "city_bureau",
}  # fmt: skip


def unit_for(role: Role, tree: SimpleNamespace) -> Any:
    """Return a unit to which the role belongs."""
    return getattr(tree, PLACES.get(role, "bureau"))


@pytest.mark.parametrize("office", sorted(ADMINISTRATORS))
def test_an_administrator_holds_no_other_post_whichever_came_first(
    tree: SimpleNamespace, people: SimpleNamespace, office: Role
) -> None:
    """Goal 33: every other role, in both orders, through `appoint`."""
    for role in [*OTHERS, *(ADMINISTRATORS - {office})]:
        for first, second in ((office, role), (role, office)):
            person = make_person(f"{first}-{second}")
            make_post(person, first, unit_for(first, tree))
            with pytest.raises(Impossible, match="三员分立"):
                appoint(person, second, unit_for(second, tree), TODAY, by=people.security_admin)


def test_an_office_may_follow_another_post_but_not_by_a_day_overlap_it(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    person = make_person("newcomer")
    make_post(person, Role.STATION_CHIEF, tree.station, TODAY - 30 * DAY, TODAY)
    with pytest.raises(Impossible, match="三员分立"):
        appoint(person, Role.AUDIT_ADMIN, tree.bureau, TODAY, by=people.security_admin)
    appoint(person, Role.AUDIT_ADMIN, tree.bureau, TODAY + DAY, by=people.security_admin)
    assert [post.role for post in person.posts_on(TODAY)] == [Role.STATION_CHIEF]
    assert [post.role for post in person.posts_on(TODAY + DAY)] == [Role.AUDIT_ADMIN]


@contextmanager
def refused_by_the_database() -> Any:
    """Expect the database itself to refuse, and go on in the same test."""
    with pytest.raises(IntegrityError, match="三员分立"), transaction.atomic():
        yield


def test_the_database_refuses_every_other_way_of_writing(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    """create, bulk_create, save, update and raw SQL all meet the trigger."""
    admin, chief = people.audit_admin, people.chief
    held = chief.posts.get()
    fields: dict[str, Any] = {"unit": tree.station, "starts_on": TODAY}
    with refused_by_the_database():
        make_post(admin, Role.STATION_CHIEF, tree.station, TODAY)
    with refused_by_the_database():
        Post.objects.bulk_create([Post(user=admin, role=Role.AUDITOR, **fields)])
    second = make_post(chief, Role.STATION_OFFICER, tree.station, TODAY)
    with refused_by_the_database():
        second.role = Role.SYSTEM_ADMIN
        second.save()
    with refused_by_the_database():
        Post.objects.filter(pk=held.pk).update(user=admin)
    long_ago = date(2019, 1, 1)
    later = make_post(admin, Role.STATION_OFFICER, tree.station, long_ago, long_ago)
    with refused_by_the_database():
        Post.objects.filter(pk=later.pk).update(ends_on=None)
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE permissions_post SET role = 'security_admin' WHERE id = %s", [second.pk]
        )


def test_a_withdrawn_appointment_stands_in_nobodys_way(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    person = make_person("newcomer")
    post = appoint(person, Role.AUDIT_ADMIN, tree.bureau, TODAY + DAY, by=people.security_admin)
    end_post(post, TODAY, reason="改派", by=people.security_admin)
    post.refresh_from_db()
    assert post.withdrawn_at is not None
    assert not post.is_held_on(TODAY + DAY)
    assert person.posts_on(TODAY + DAY) == []
    appoint(person, Role.STATION_OFFICER, tree.station, TODAY, by=people.security_admin)


def test_ending_a_post_records_before_and_after_and_happens_once(
    people: SimpleNamespace,
) -> None:
    post = people.chief.posts.get()
    end_post(post, TODAY - DAY, reason="轮岗", by=people.security_admin)
    assert people.chief.posts_on(TODAY) == []
    entry = Entry.objects.of_act("permissions.end_post").get()
    assert (entry.values_before["ends_on"], entry.values_after["ends_on"]) == (None, "2025-09-25")
    with pytest.raises(Impossible, match="已经结束"):
        end_post(post, TODAY, reason="再来一次", by=people.security_admin)


def test_the_last_security_administrator_cannot_be_lost(
    tree: SimpleNamespace, people: SimpleNamespace
) -> None:
    only = people.security_admin
    with pytest.raises(Impossible, match="唯一的安全管理员"):
        close_account(only, reason="离职", by=people.system_admin)
    with pytest.raises(Impossible, match="唯一的安全管理员"):
        end_post(only.posts.get(), TODAY, reason="轮岗")
    second = make_person("second-security")
    make_post(second, Role.SECURITY_ADMIN, tree.bureau)
    end_post(only.posts.get(), TODAY - DAY, reason="轮岗", by=second)
    assert only.posts_on(TODAY) == []


def test_a_reopened_account_has_no_post(people: SimpleNamespace) -> None:
    """Goal 27: revoked rights are not resurrected."""
    close_account(people.chief, reason="借调", by=people.system_admin)
    _, password = reopen_account(people.chief, reason="返岗", by=people.system_admin)
    people.chief.refresh_from_db()
    assert people.chief.posts_on(TODAY) == []
    assert people.chief.must_change_password
    assert people.chief.check_password(password)


def test_nobody_takes_an_administrators_office_over_by_resetting_his_password(
    people: SimpleNamespace,
) -> None:
    with pytest.raises(Impossible, match="三员分立"):
        reset_password(people.security_admin, reason="忘记", by=people.system_admin)
    with pytest.raises(Impossible, match="不能对本人的账号办理"):
        reset_password(people.system_admin, reason="忘记", by=people.system_admin)


def test_the_page_appoints_and_shows_the_refusal_beside_what_was_typed(
    tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.security_admin)
    page = reverse("permissions:appoint", args=[people.chief.uuid])
    typed = {
        "role": "audit_admin",
        "unit": "乐陵市司法局（371481SF）",
        "starts_on": "2025-09-26",
        "ends_on": "",
        "reason": "乐司任〔2025〕4号",
    }
    refused = text_of(client.post(page, typed))
    assert "三员分立：云所长在此期间任司法所所长，不得同时担任审计管理员" in refused
    assert 'value="乐司任〔2025〕4号"' in refused
    typed |= {"role": "county_assessor"}
    assert "岗位已任命。" in text_of(client.post(page, typed, follow=True))
    assert people.chief.posts.filter(role=Role.COUNTY_ASSESSOR, unit=tree.bureau).exists()


def test_the_page_ends_a_post(people: SimpleNamespace, signed_in: Any) -> None:
    post = people.chief.posts.get()
    page = reverse("permissions:end_post", args=[post.uuid])
    typed = {"last_day": "2025-09-25", "reason": "轮岗"}
    assert signed_in(people.security_admin).post(page, typed).status_code == 302
    post.refresh_from_db()
    assert post.ends_on == date(2025, 9, 25)
