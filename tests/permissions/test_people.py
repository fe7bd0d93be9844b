"""Accounts: added, corrected, closed, reopened; initial passwords are shown once."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from permissions.models import User
from permissions.people import add_person, close_account, reopen_account
from permissions.refusals import Impossible
from tests.permissions.conftest import text_of

NEWCOMER = {"username": "wangwu", "full_name": "王五", "phone": "0534-6220001"}


def shown_password(page: str) -> str:
    """Read the initial password from the page that shows it."""
    return page.split("<dt>初始口令</dt><dd><code>")[1].split("</code>")[0]


def test_an_added_person_signs_in_with_the_password_shown_once_and_must_change_it(
    people: SimpleNamespace, signed_in: Any, sign_in: Any
) -> None:
    client = signed_in(people.system_admin)
    page = text_of(client.post(reverse("permissions:add_person"), NEWCOMER))
    password = shown_password(page)
    newcomer = User.objects.get(username="wangwu")
    assert newcomer.must_change_password
    again = client.get(reverse("permissions:person", args=[newcomer.uuid]))
    assert password not in text_of(again)
    assert not any(password in str(entry.__dict__) for entry in Entry.objects.all())
    assert sign_in("wangwu", password).status_code == 302
    entry = Entry.objects.of_act("permissions.add_person").get()
    assert entry.values_after == NEWCOMER


@pytest.mark.parametrize("username", ["chief", "", "有 空格", "x" * 41, "a/b"])
def test_a_bad_account_name_keeps_what_was_typed(
    people: SimpleNamespace, signed_in: Any, username: str
) -> None:
    client = signed_in(people.system_admin)
    page = text_of(
        client.post(reverse("permissions:add_person"), NEWCOMER | {"username": username})
    )
    assert 'value="王五"' in page
    assert "提交未成功" in page
    assert not User.objects.filter(full_name="王五").exists()


def test_correcting_a_person_records_before_and_after(
    people: SimpleNamespace, signed_in: Any
) -> None:
    page = reverse("permissions:correct_person", args=[people.chief.uuid])
    signed_in(people.system_admin).post(page, {"full_name": "云新所长", "phone": "110"})
    entry = Entry.objects.of_act("permissions.correct_person").get()
    assert (entry.values_before["full_name"], entry.values_after["full_name"]) == (
        "云所长",
        "云新所长",
    )


def test_a_closed_account_cannot_sign_in_until_it_is_reopened(
    people: SimpleNamespace, signed_in: Any, sign_in: Any
) -> None:
    client = signed_in(people.system_admin)
    close = reverse("permissions:close_account", args=[people.chief.uuid])
    client.post(close, {"reason": "调离"})
    assert sign_in("chief").status_code == 200
    assert "该人员" not in text_of(client.get(close))
    page = text_of(client.post(close, {"reason": "再来一次"}))
    assert "云所长的账号已经停用。" in page
    reopen = reverse("permissions:reopen_account", args=[people.chief.uuid])
    password = shown_password(text_of(client.post(reopen, {"reason": "返岗"})))
    assert sign_in("chief", password).status_code == 302
    entry = Entry.objects.of_act("permissions.close_account").get()
    assert entry.values_before["posts"] == ["云所长（云红司法所 司法所所长）"]


def test_nobody_closes_his_own_account(people: SimpleNamespace) -> None:
    with pytest.raises(Impossible, match="不能对本人的账号办理"):
        close_account(people.system_admin, reason="错", by=people.system_admin)
    with pytest.raises(Impossible, match="无需恢复"):
        reopen_account(people.chief, reason="错", by=people.system_admin)


def test_there_is_no_superuser_and_nobody_can_be_made_one(people: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError, match="no_superuser"), transaction.atomic():
        User.objects.filter(pk=people.chief.pk).update(is_superuser=True)
    with pytest.raises(IntegrityError, match="no_superuser"), transaction.atomic():
        User.objects.create(username="root", full_name="根", is_superuser=True)
    assert not hasattr(User.objects, "create_superuser")


def test_a_person_is_never_deleted_with_what_he_did(people: SimpleNamespace) -> None:
    """Abuse case (j)."""
    with pytest.raises(ProtectedError):
        people.chief.delete()


def test_the_list_of_people_costs_the_same_for_few_and_many(
    people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.auditor)
    counts = []
    for size in (0, 40):
        for number in range(size):
            add_person(username=f"p{number}", full_name=f"第{number}人")
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("permissions:people"))
        counts.append(len(statements))
    assert counts[0] == counts[1]
