"""Every page of the administrators answers each role as the table says (goals 1, 33, 37)."""

import re
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry, Outcome
from permissions.roles import Role
from permissions.urls import signing, urlpatterns
from permissions.views import forming

SYSTEM = frozenset({"system_admin"})
SECURITY = frozenset({"security_admin"})
DIRECTORY = frozenset({"system_admin", "security_admin", "audit_admin", "auditor"})
EVERYBODY = frozenset({"everybody"})

# Who reaches which page; a page that is missing here fails the test below.
ACCESS = {
    "change_password": EVERYBODY,
    "choose_post": EVERYBODY,
    "own_sessions": EVERYBODY,
    "end_other_sessions": EVERYBODY,
    "end_own_session": EVERYBODY,
    "own_second_factor": EVERYBODY,
    "begin_second_factor": EVERYBODY,
    "confirm_second_factor": EVERYBODY,
    "disable_second_factor": EVERYBODY,
    "units": DIRECTORY,
    "unit": DIRECTORY,
    "add_unit": SYSTEM,
    "rename_unit": SYSTEM,
    "move_unit": SYSTEM,
    "dissolve_unit": SYSTEM,
    "restore_unit": SYSTEM,
    "people": DIRECTORY,
    "person": DIRECTORY,
    "add_person": SYSTEM,
    "correct_person": SYSTEM,
    "close_account": SYSTEM,
    "reopen_account": SYSTEM,
    "reset_password": SYSTEM,
    "appoint": SECURITY,
    "end_post": SECURITY,
    "end_sessions": SECURITY,
    "remove_second_factor": SECURITY,
    "roles": DIRECTORY,
    "exceptions": SECURITY,
    "grant_exception": SECURITY,
    "withdraw_exception": SECURITY,
    "recusals": SECURITY,
    "recuse": SECURITY,
    "lift_recusal": SECURITY,
    "import": SYSTEM,
    "import_template": SYSTEM,
    "import_carry_out": SYSTEM,
    "post_import": SECURITY,
    "post_import_template": SECURITY,
    "post_import_carry_out": SECURITY,
}
PAGES = sorted(pattern.name for pattern in urlpatterns if pattern not in signing)
ABOUT_UNIT = {"unit", "rename_unit", "move_unit", "dissolve_unit", "restore_unit"}
# Rows that do not exist in the small bureau: whoever may look for one gets 404.
ABOUT_NOTHING = {"withdraw_exception", "lift_recusal", "end_own_session"}
POST_ONLY = {
    "choose_post",
    "end_other_sessions",
    "end_own_session",
    "begin_second_factor",
    "confirm_second_factor",
    "disable_second_factor",
    "import_carry_out",
    "post_import_carry_out",
}


def address(name: str, tree: SimpleNamespace, people: SimpleNamespace) -> str:
    """Give the address of a page about the neighbour's station and its chief."""
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    if not pattern.pattern.converters:
        return reverse(f"permissions:{name}")
    if name in ABOUT_UNIT:
        return reverse(f"permissions:{name}", args=[tree.other_station.uuid])
    if name == "end_post":
        return reverse(f"permissions:{name}", args=[people.other_chief.posts.get().uuid])
    return reverse(f"permissions:{name}", args=[people.other_chief.uuid])


def test_every_page_stands_in_the_table() -> None:
    assert set(PAGES) == set(ACCESS)
    assert {p.name for p in signing} == {"healthz", "sign_in", "second_step", "sign_out"}


def expected(name: str, person: Any) -> set[int]:
    """Say which answers a person may get."""
    if ACCESS[name] is not EVERYBODY and person.username not in ACCESS[name]:
        return {403}
    return {404} if name in ABOUT_NOTHING else {200, 302}


def one_per_role(people: SimpleNamespace) -> list[Any]:
    """Return one person for each role."""
    by_role = {person.posts.get().role: person for person in people.all}
    assert people.all == [people.chief] or set(by_role) == set(Role)
    return list(by_role.values())


def differences(
    access: Any, tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any
) -> list[str]:
    """Ask for every page as every person and list the answers that were not expected."""
    found = []
    for person in one_per_role(people):
        client = signed_in(person)
        for name in PAGES:
            url = address(name, tree, people)
            answer = client.post(url) if name in POST_ONLY else client.get(url)
            if answer.status_code not in access(name, person):
                found.append(f"{person.username} {url} {answer.status_code}")
    return found


def test_pages_answer_each_role_as_the_table_says(
    tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any
) -> None:
    assert differences(expected, tree, people, signed_in) == []


def test_the_table_bites_when_a_guard_is_missing(
    tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any, monkeypatch: Any
) -> None:
    """Positive control: with a policy that lets everybody in, the same walk finds it."""
    people.all = [people.chief]
    monkeypatch.setattr(forming, "demand", lambda user, verb: None)
    found = differences(expected, tree, people, signed_in)
    assert f"chief {address('add_person', tree, people)} 200" in found
    assert len(found) > 20


def test_strangers_are_sent_to_sign_in(tree: SimpleNamespace, people: SimpleNamespace) -> None:
    for name in PAGES:
        url = address(name, tree, people)
        for answer in (Client().get(url), Client().post(url)):
            assert answer.status_code == 302, url
            assert answer["Location"].startswith(reverse("permissions:sign_in")), url


def test_an_address_that_does_not_exist_tells_a_stranger_nothing(db: None) -> None:
    assert Client().get("/no/such/page/").status_code == 302


def test_a_refused_page_leaves_an_entry_and_says_whose_it_is(
    people: SimpleNamespace, signed_in: Any
) -> None:
    answer = signed_in(people.chief).get(reverse("permissions:add_person"))
    assert "由系统管理员办理，您的岗位没有此权限。" in answer.content.decode()
    entry = Entry.objects.get(outcome=Outcome.REFUSED)
    assert (entry.actor_name, entry.post_text) == ("云所长", "云所长（云红司法所 司法所所长）")
    assert entry.subject_title == "/people/add/"


WRITING = ("INSERT", "UPDATE", "DELETE")
KEPT_OF_READING = re.compile(r'^(INSERT INTO|UPDATE) "audit_(entry|chainhead)"')
"""What a GET may write: the trace, that a sensitive page was looked at."""


def test_no_page_changes_anything_by_get(
    tree: SimpleNamespace, people: SimpleNamespace, signed_in: Any
) -> None:
    """Goal 36; the trace of looking is no change, the session's bookkeeping none of a page."""
    for name in sorted(set(PAGES) - POST_ONLY):
        admin = people.security_admin if ACCESS[name] == SECURITY else people.system_admin
        client = signed_in(admin)
        with CaptureQueriesContext(connection) as statements:
            client.get(address(name, tree, people))
        written = [s["sql"] for s in statements if s["sql"].startswith(WRITING)]
        assert [sql for sql in written if not KEPT_OF_READING.search(sql)] == [], name
