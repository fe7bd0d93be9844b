"""The first administrators of an empty system, and the way back in for one who is locked out."""

from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from permissions.models import Post, Unit, User
from permissions.posts import appoint
from permissions.roles import Role

FOUND = ["--found", "37=山东省", "3714=德州市", "371481=乐陵市", "371481SF=乐陵市司法局"]
ACCOUNTS = ["--accounts", "zhang=张三", "li=李四", "wang=王五"]


def run(*words: str) -> list[str]:
    """Run the command and return its lines."""
    said = StringIO()
    call_command("administrators", *words, stdout=said)
    return said.getvalue().splitlines()


def test_an_empty_system_gets_its_three_administrators(db: None, clock: Any, sign_in: Any) -> None:
    lines = run(*FOUND, *ACCOUNTS)
    posts = Post.objects.values_list("user__username", "role", "unit__code")
    assert set(posts) == {
        ("zhang", "system_admin", "371481SF"),
        ("li", "security_admin", "371481SF"),
        ("wang", "audit_admin", "371481SF"),
    }
    client = Client()
    password = lines[0].split("初始口令 ")[1]
    assert sign_in("zhang", password, client=client).status_code == 302
    page = client.get(reverse("permissions:people"))
    assert page["Location"] == reverse("permissions:change_password")


def test_from_there_everybody_else_comes_through_the_pages(db: None, clock: Any) -> None:
    run(*FOUND, *ACCOUNTS)
    newcomer = User.objects.create_user("chief", full_name="所长")
    appoint(
        newcomer, Role.COUNTY_REVIEWER, Unit.objects.get(code="371481SF"), clock.today(),
        by=User.objects.get(username="li"),
    )  # fmt: skip
    assert newcomer.posts_on(clock.today())


def test_a_system_with_an_administrator_is_not_founded_again(people: SimpleNamespace) -> None:
    with pytest.raises(CommandError, match="已有管理员在任"):
        run(*FOUND, *ACCOUNTS)


def test_one_person_does_not_get_two_offices(db: None, clock: Any) -> None:
    with pytest.raises(CommandError, match="三个不同的账号"):
        run(*FOUND, "--accounts", "zhang=张三", "zhang=张三", "wang=王五")
    assert not User.objects.exists()
    assert not Unit.objects.exists()


@pytest.mark.parametrize("words", [[], FOUND, [*FOUND, "--accounts", "zhang", "li=李", "w=王"]])
def test_half_an_order_is_refused(db: None, words: list[str]) -> None:
    with pytest.raises(CommandError):
        run(*words)


def test_a_locked_out_administrator_gets_back_in_on_the_server(
    people: SimpleNamespace, signed_in: Any, sign_in: Any
) -> None:
    TOTPDevice.objects.create(user=people.security_admin, confirmed=True)
    client = signed_in(people.security_admin)
    lines = run("--reset", "security_admin")
    assert client.get(reverse("permissions:own_sessions")).status_code == 302
    password = lines[0].split("初始口令 ")[1]
    assert sign_in("security_admin", password)["Location"] == "/"


def test_the_command_resets_administrators_only(people: SimpleNamespace) -> None:
    with pytest.raises(CommandError, match="不是在任的"):
        run("--reset", "chief")
