"""Passwords: mixed, new, changed in time; initial ones changed first (GB/T 22239 8.1.4.1)."""

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Entry
from permissions import passwords
from permissions.models import User
from tests.factories import PASSWORD
from tests.permissions.conftest import text_of

CHANGE = reverse("permissions:change_password")
HOME = reverse("permissions:own_sessions")


@pytest.mark.parametrize(
    "password", ["short-A1", "onlylowercase", "lower-and-signs", "12345678901", "Password123"]
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", ["Sunny-days-ahead", "sunny-days-2025", "SunnyDays2025x"])
def test_three_kinds_of_characters_do(password: str) -> None:
    validate_password(password)


def test_a_password_like_the_account_is_refused(people: SimpleNamespace) -> None:
    people.chief.username = "sunflower-leling"
    with pytest.raises(ValidationError):
        validate_password("Sunflower-leling1", people.chief)


def change(client: Any, old: str, new: str) -> Any:
    """Type the old password and twice the new one."""
    return client.post(CHANGE, {"password": old, "new_password": new, "repeated": new})


def test_the_last_five_passwords_are_not_used_again(
    people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.chief)
    used = [PASSWORD, *(f"Sunny-Leling-{year}" for year in range(2030, 2034))]
    for old, new in pairwise(used):
        assert change(client, old, new).status_code == 302
    for former in used:
        answer = change(client, used[-1], former)
        assert "口令不得与最近 5 次使用过的相同。" in text_of(answer)
    assert change(client, used[-1], "Sunny-Leling-2040").status_code == 302
    assert change(client, "Sunny-Leling-2040", PASSWORD).status_code == 302


def test_changing_asks_for_the_present_password(people: SimpleNamespace, signed_in: Any) -> None:
    answer = change(signed_in(people.chief), "Wrong-Password-1", "Sunny-Leling-2030")
    assert "当前口令不正确，请重新输入。" in text_of(answer)
    people.chief.refresh_from_db()
    assert people.chief.check_password(PASSWORD)


def test_two_different_new_passwords_are_refused(people: SimpleNamespace, signed_in: Any) -> None:
    typed = {"password": PASSWORD, "new_password": "Sunny-Leling-2030", "repeated": "Other-1234567"}
    answer = signed_in(people.chief).post(CHANGE, typed)
    assert "两次输入的新口令不一致" in text_of(answer)


def test_an_initial_password_must_be_changed_before_anything_else(
    people: SimpleNamespace, signed_in: Any
) -> None:
    User.objects.filter(pk=people.chief.pk).update(must_change_password=True)
    client = signed_in(people.chief)
    assert client.get(HOME)["Location"] == CHANGE
    assert "初始口令或者已到期" in text_of(client.get(CHANGE))
    change(client, PASSWORD, "Sunny-Leling-2030")
    assert client.get(HOME).status_code == 200


def test_a_password_expires_after_ninety_days(
    people: SimpleNamespace, signed_in: Any, clock: Any
) -> None:
    clock.forward(days=90)
    client = signed_in(people.chief)
    assert client.get(HOME).status_code == 200
    clock.forward(seconds=1)
    assert client.get(HOME)["Location"] == CHANGE
    change(client, PASSWORD, "Sunny-Leling-2030")
    assert client.get(HOME).status_code == 200


def test_whoever_must_change_may_still_sign_out(people: SimpleNamespace, signed_in: Any) -> None:
    User.objects.filter(pk=people.chief.pk).update(must_change_password=True)
    client = signed_in(people.chief)
    client.post(reverse("permissions:sign_out"))
    assert client.get(HOME)["Location"].startswith(reverse("permissions:sign_in"))


def test_a_change_is_recorded_without_any_password(people: SimpleNamespace, signed_in: Any) -> None:
    change(signed_in(people.chief), PASSWORD, "Sunny-Leling-2030")
    entry = Entry.objects.of_act("permissions.change_password").get()
    assert not any("Sunny" in str(value) for value in entry.__dict__.values())


def test_initial_passwords_differ_and_satisfy_the_rules() -> None:
    made = {passwords.initial_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        validate_password(password)
        assert not set(password) & set("0O1lI")


def test_an_initial_password_is_hashed_at_full_strength_at_first_sign_in(
    people: SimpleNamespace, sign_in: Any, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    initial = passwords.give_initial(people.chief)
    assert people.chief.password.startswith(f"pbkdf2_sha256${passwords.INITIAL_ITERATIONS}$")
    sign_in("chief", initial)
    people.chief.refresh_from_db()
    assert not people.chief.password.startswith(f"pbkdf2_sha256${passwords.INITIAL_ITERATIONS}$")
    assert people.chief.check_password(initial)
