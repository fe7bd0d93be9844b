"""Sessions end when they should (goals 4 and 35; abuse case h)."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from permissions.models import SessionEnd, SignedInSession, Unit, User
from permissions.people import close_account, end_sessions, reset_password
from permissions.posts import end_post
from permissions.roles import Role
from tests.factories import PASSWORD, make_post
from tests.permissions.conftest import text_of

HOME = reverse("permissions:own_sessions")
SIGN_IN = reverse("permissions:sign_in")


def asked_for(client: Client, path: str) -> list[str]:
    """Return the texts of the statements that a page asks; the driver knows some by a name."""
    asked = []

    def listen(execute: Any, sql: str, *told: Any) -> Any:
        asked.append(str(sql))
        return execute(sql, *told)

    with connection.execute_wrapper(listen):
        client.get(path)
    return asked


def is_in(client: Client) -> bool:
    """Tell whether the client still gets a page of a signed-in person."""
    return client.get(HOME).status_code == 200


def test_a_session_ends_after_fifteen_idle_minutes(
    people: SimpleNamespace, signed_in: Any, clock: Any
) -> None:
    client = signed_in(people.chief)
    clock.forward(minutes=15)
    assert is_in(client)
    clock.forward(minutes=15, seconds=1)
    answer = client.get(HOME)
    assert answer["Location"] == f"{SIGN_IN}?next=%2Faccount%2Fsessions%2F&ended=idle"
    assert "您已退出登录：长时间未操作" in text_of(client.get(answer["Location"]))
    assert SignedInSession.objects.get().ended_because == SessionEnd.IDLE


def test_a_session_ends_after_twelve_hours_of_work(
    people: SimpleNamespace, signed_in: Any, clock: Any
) -> None:
    client = signed_in(people.chief)
    for _ in range(72):
        clock.forward(minutes=10)
        assert is_in(client)
    clock.forward(minutes=10)
    assert not is_in(client)
    assert SignedInSession.objects.get().ended_because == SessionEnd.TOO_OLD


def test_a_disabled_persons_open_form_is_refused(
    tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any
) -> None:
    """Abuse case (h): the form was open when the account was closed."""
    client = signed_in(people.system_admin)
    form = reverse("permissions:rename_unit", args=[tree.station.uuid])
    assert client.get(form).status_code == 200
    User.objects.filter(pk=people.system_admin.pk).update(is_active=False)
    answer = client.post(form, {"name": "别的名字", "reason": "破坏"})
    assert answer["Location"] == SIGN_IN
    assert Unit.objects.get(pk=tree.station.pk).name == "云红司法所"


def test_whoever_lost_the_post_is_refused_at_the_next_request(
    tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any, clock: Any
) -> None:
    """Goal 4, without any change of the session: rights are read anew on each request."""
    client = signed_in(people.system_admin)
    form = reverse("permissions:rename_unit", args=[tree.station.uuid])
    assert client.get(form).status_code == 200
    people.system_admin.posts.update(ends_on=clock.today().replace(day=25))
    answer = client.post(form, {"name": "别的名字", "reason": "破坏"})
    assert answer.status_code == 403
    assert Unit.objects.get(pk=tree.station.pk).name == "云红司法所"


def test_closing_an_account_ends_its_sessions(people: SimpleNamespace, signed_in: Any) -> None:
    first, second = signed_in(people.chief), signed_in(people.chief)
    close_account(people.chief, reason="调离", by=people.system_admin)
    assert not is_in(first)
    assert not is_in(second)
    assert {s.ended_because for s in SignedInSession.objects.all()} == {SessionEnd.ACCOUNT_CLOSED}


def test_ending_a_post_ends_the_sessions(
    people: SimpleNamespace, signed_in: Any, clock: Any
) -> None:
    client = signed_in(people.chief)
    end_post(people.chief.posts.get(), clock.today(), reason="轮岗", by=people.security_admin)
    assert not is_in(client)


def test_a_password_reset_by_the_administrator_ends_the_sessions(
    people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.chief)
    reset_password(people.chief, reason="忘记口令", by=people.system_admin)
    assert not is_in(client)


def test_a_restored_session_row_does_not_bring_an_ended_session_back(
    people: SimpleNamespace, signed_in: Any
) -> None:
    """Goal 35 (restore): the list outlives the store of sessions, which a backup brings back."""
    client = signed_in(people.chief)
    kept = client.session
    end_sessions(people.chief, reason="可疑", by=people.security_admin)
    kept.save(must_create=True)
    assert not is_in(client)


def test_a_session_that_is_not_on_the_list_is_ended(
    people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.chief)
    SignedInSession.objects.all().delete()
    assert not is_in(client)


def test_changing_the_password_keeps_this_session_and_ends_the_others(
    people: SimpleNamespace, signed_in: Any
) -> None:
    here, elsewhere = signed_in(people.chief), signed_in(people.chief)
    old_key = here.cookies[settings.SESSION_COOKIE_NAME].value
    new = "Windy-Leling-2026"
    typed = {"password": PASSWORD, "new_password": new, "repeated": new}
    assert here.post(reverse("permissions:change_password"), typed).status_code == 302
    assert is_in(here)
    assert here.cookies[settings.SESSION_COOKIE_NAME].value != old_key
    assert not is_in(elsewhere)


def test_a_person_sees_and_ends_his_own_sessions_only(
    people: SimpleNamespace, signed_in: Any
) -> None:
    here, elsewhere = signed_in(people.chief), signed_in(people.chief)
    neighbour = signed_in(people.other_chief)
    assert is_in(neighbour)
    listed = here.get(HOME).context["sessions"]
    assert {session.user for session in listed} == {people.chief}
    key = neighbour.session.session_key
    foreign = SignedInSession.objects.get(session_key=key).uuid
    url = reverse("permissions:end_own_session", args=[foreign])
    assert here.post(url).status_code == 404
    key = elsewhere.session.session_key
    own = SignedInSession.objects.get(session_key=key).uuid
    here.post(reverse("permissions:end_own_session", args=[own]))
    assert (is_in(here), is_in(elsewhere), is_in(neighbour)) == (True, False, True)


def test_all_other_sessions_end_at_once_and_it_is_recorded(
    people: SimpleNamespace, signed_in: Any
) -> None:
    here, *others = (signed_in(people.chief) for _ in range(3))
    here.post(reverse("permissions:end_other_sessions"))
    assert is_in(here)
    assert not any(is_in(client) for client in others)
    entry = Entry.objects.of_act("permissions.end_own_session").get()
    assert entry.values_after == {"count": 2}


def test_the_security_administrator_ends_sessions_of_others(
    people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.chief)
    page = reverse("permissions:end_sessions", args=[people.chief.uuid])
    signed_in(people.security_admin).post(page, {"reason": "可疑登录"})
    assert not is_in(client)
    entry = Entry.objects.of_act("permissions.end_sessions").get()
    assert (entry.actor_name, entry.reason) == ("安全员", "可疑登录")


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(
    people: SimpleNamespace, signed_in: Any, clock: Any
) -> None:
    client = signed_in(people.chief)
    clock.forward(minutes=16)
    answer = client.get(HOME, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == f"{SIGN_IN}?ended=idle"
    assert "云所长" not in text_of(answer)


def test_a_person_chooses_the_post_he_acts_in(
    tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any, clock: Any
) -> None:
    second = make_post(people.deputy, Role.COUNTY_DIRECTOR, tree.bureau)
    client = signed_in(people.deputy)
    url = reverse("permissions:choose_post")
    answer = client.post(url, {"post": str(second.uuid), "next": HOME})
    assert answer["Location"] == HOME
    client.post(reverse("permissions:end_other_sessions"))
    assert Entry.objects.newest_first().first().post_text == "乐副局（乐陵市司法局 局长）"
    second.ends_on = clock.today().replace(day=25)
    second.save()
    client.post(reverse("permissions:end_other_sessions"))
    assert Entry.objects.newest_first().first().post_text == "乐副局（乐陵市司法局 分管副局长）"


def test_nobody_acts_in_a_post_of_another(people: SimpleNamespace, signed_in: Any) -> None:
    client = signed_in(people.officer)
    foreign = people.chief.posts.get()
    wanted = {"post": str(foreign.uuid), "next": HOME}
    answer = client.post(reverse("permissions:choose_post"), wanted, follow=True)
    assert "您已不担任所选岗位，请重新选择。" in text_of(answer)
    client.post(reverse("permissions:end_other_sessions"))
    assert "司法所工作人员" in Entry.objects.newest_first().first().post_text


def test_a_page_asks_for_posts_once(people: SimpleNamespace, signed_in: Any) -> None:
    asked = asked_for(signed_in(people.chief), HOME)
    about_posts = [sql for sql in asked if 'FROM "permissions_post" INNER JOIN' in sql]
    assert len(about_posts) == 1


def test_a_page_asks_for_session_and_person_in_one_statement(
    people: SimpleNamespace, signed_in: Any
) -> None:
    asked = asked_for(signed_in(people.chief), reverse("permissions:own_second_factor"))
    told = (
        'FROM "django_session"',
        'FROM "permissions_signedinsession"',
        'FROM "permissions_user"',
    )
    signing_in = [sql for sql in asked if any(table in sql for table in told)]
    assert len([sql for sql in signing_in if "session" in sql]) == 1
    assert not [sql for sql in signing_in if "session" not in sql]


def test_what_was_read_along_is_not_believed_after_a_change_of_the_password(
    people: SimpleNamespace, signed_in: Any
) -> None:
    """The hash in the session is compared also where the person came along with the session."""
    client = signed_in(people.chief)
    assert is_in(client)
    people.chief.set_password("Another-password-2025")
    people.chief.save()
    assert not is_in(client)


def test_an_expired_session_is_none(people: SimpleNamespace, signed_in: Any) -> None:
    client = signed_in(people.chief)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    assert Session.objects.update(expire_date=long_ago) == 1
    assert not is_in(client)
