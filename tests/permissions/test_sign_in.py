"""Signing in: done, refused, locked out, recorded (GB/T 22239 8.1.4.1, goals 34 to 36)."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry, Outcome
from permissions.models import SignedInSession
from tests.factories import PASSWORD
from tests.permissions.conftest import text_of

WRONG = "账号或者口令不正确，请核对后重新输入。"
HOME = reverse("permissions:own_sessions")


def test_signing_in_gives_a_session_on_the_list_and_an_entry(
    people: SimpleNamespace, sign_in: Any
) -> None:
    client = Client()
    answer = sign_in("chief", client=client, next="/account/sessions/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/sessions/")
    assert client.get(HOME).status_code == 200
    assert SignedInSession.objects.get().source_ip == "10.0.0.7"
    entry = Entry.objects.of_act("permissions.sign_in").get()
    assert entry.post_text == "云所长（云红司法所 司法所所长）"
    assert (entry.outcome, entry.source_ip) == (Outcome.DONE, "10.0.0.7")


def test_the_session_key_changes_at_sign_in(people: SimpleNamespace, sign_in: Any) -> None:
    """Session fixation: a key planted before signing in is worth nothing afterwards."""
    client = Client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in("chief", client=client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    intruder = Client()
    intruder.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert intruder.get(HOME).status_code == 302


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "javascript:1"])
def test_signing_in_never_leads_to_another_site(
    people: SimpleNamespace, sign_in: Any, wanted: str
) -> None:
    assert sign_in("chief", next=wanted)["Location"] == "/"


def test_nobody_learns_which_accounts_exist(people: SimpleNamespace, sign_in: Any) -> None:
    """Unknown, wrong password, closed account: the same page to the letter."""
    people.officer.is_active = False
    people.officer.save()
    pages = []
    for username, password in (
        ("nobody-here", PASSWORD),
        ("chief", "Wrong-Password-1"),
        ("officer", PASSWORD),
    ):
        answer = sign_in(username, password, client=Client())
        pages.append(
            text_of(answer).replace(username, "").split("<form")[1].split("csrfmiddlewaretoken")[0]
            + text_of(answer).replace(username, "").split("error-summary")[1]
        )
        assert answer.status_code == 200
        assert WRONG in text_of(answer)
    assert len(set(pages)) == 1


def test_what_was_typed_as_account_stays_and_the_password_does_not(
    people: SimpleNamespace, sign_in: Any
) -> None:
    answer = text_of(sign_in("chief", "Wrong-Password-1"))
    assert 'value="chief"' in answer
    assert "Wrong-Password-1" not in answer


def test_a_failure_is_recorded_without_the_password(people: SimpleNamespace, sign_in: Any) -> None:
    sign_in("chief", "Wrong-Password-1")
    entry = Entry.objects.of_act("permissions.sign_in").get()
    assert (entry.outcome, entry.actor_name, entry.actor_id) == (Outcome.FAILED, "chief", "")
    assert not any("Wrong-Password-1" in str(value) for value in entry.__dict__.values())


def fail(sign_in: Any, username: str, times: int, address: str) -> Any:
    """Fail a number of times and return the last answer."""
    return [sign_in(username, "Wrong-Password-1", address=address) for _ in range(times)][-1]


def test_five_failures_lock_the_account_at_that_address(
    people: SimpleNamespace, sign_in: Any
) -> None:
    assert fail(sign_in, "chief", 4, "10.0.0.7").status_code == 200
    locked = fail(sign_in, "chief", 1, "10.0.0.7")
    assert locked.status_code == 429
    assert "请 15 分钟后再试" in text_of(locked)
    assert sign_in("chief", address="10.0.0.7").status_code == 429
    assert Entry.objects.of_act("permissions.lock_out").filter(actor_name="chief").exists()


def test_a_lock_does_not_punish_the_office_behind_the_same_address(
    people: SimpleNamespace, sign_in: Any
) -> None:
    fail(sign_in, "chief", 6, "10.0.0.7")
    assert sign_in("officer", address="10.0.0.7").status_code == 302


def test_a_stranger_elsewhere_cannot_lock_a_person_out(
    people: SimpleNamespace, sign_in: Any
) -> None:
    fail(sign_in, "chief", 6, "203.0.113.9")
    assert sign_in("chief", address="10.0.0.7").status_code == 302


def spray(sign_in: Any, accounts: int, address: str) -> Any:
    """Try one password at many accounts from one address and return the last answer."""
    names = [f"account{number}" for number in range(accounts)]
    return [sign_in(name, "Wrong-Password-1", address=address) for name in names][-1]


def test_one_source_that_sprays_many_accounts_is_stopped(
    people: SimpleNamespace, sign_in: Any, settings: Any
) -> None:
    settings.ADDRESS_FAILURE_LIMIT = 8
    assert spray(sign_in, 8, "203.0.113.9").status_code == 200
    stopped = sign_in("chief", address="203.0.113.9")
    assert stopped.status_code == 429
    assert "您所在的地址登录失败次数过多" in text_of(stopped)
    assert Entry.objects.of_act("permissions.lock_out").get().source_ip == "203.0.113.9"
    assert sign_in("chief", address="10.0.0.7").status_code == 302


def test_a_stopped_source_may_try_again_after_a_quarter_of_an_hour(
    people: SimpleNamespace, sign_in: Any, settings: Any
) -> None:
    settings.ADDRESS_FAILURE_LIMIT = 8
    spray(sign_in, 8, "203.0.113.9")
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=16))
    assert sign_in("chief", address="203.0.113.9").status_code == 302


def test_colleagues_behind_a_stopped_address_still_sign_in(
    people: SimpleNamespace, sign_in: Any, settings: Any
) -> None:
    settings.ADDRESS_FAILURE_LIMIT = 8
    assert sign_in("officer", address="10.0.0.7").status_code == 302
    spray(sign_in, 8, "10.0.0.7")
    assert sign_in("chief", address="10.0.0.7").status_code == 429
    assert sign_in("officer", address="10.0.0.7").status_code == 302
    assert fail(sign_in, "officer", 5, "10.0.0.7").status_code == 429


def test_the_ceiling_of_an_address_is_far_above_what_an_office_mistypes() -> None:
    assert settings.ADDRESS_FAILURE_LIMIT >= 10 * settings.AXES_FAILURE_LIMIT


def guess_from_everywhere(sign_in: Any, sources: int) -> Any:
    """Fail at one account from many addresses, so that none of them is locked."""
    return [fail(sign_in, "chief", 2, f"203.0.113.{number}") for number in range(sources)][-1]


def test_an_account_guessed_from_everywhere_is_tried_once_a_minute(
    people: SimpleNamespace, sign_in: Any, settings: Any
) -> None:
    settings.ACCOUNT_FAILURE_LIMIT = 6
    guess_from_everywhere(sign_in, 3)
    slowed = sign_in("chief", address="198.51.100.1")
    assert slowed.status_code == 429
    assert "请 60 秒后再试" in text_of(slowed)
    assert sign_in("officer", address="198.51.100.1").status_code == 302
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(seconds=61))
    assert sign_in("chief", address="198.51.100.1").status_code == 302


def test_guessing_from_everywhere_locks_nobody_out_where_he_works(
    people: SimpleNamespace, sign_in: Any, settings: Any
) -> None:
    settings.ACCOUNT_FAILURE_LIMIT = 6
    assert sign_in("chief", address="10.0.0.7").status_code == 302
    guess_from_everywhere(sign_in, 3)
    assert sign_in("chief", address="198.51.100.1").status_code == 429
    assert sign_in("chief", address="10.0.0.7").status_code == 302


def test_the_limits_cost_one_statement(
    people: SimpleNamespace, sign_in: Any, settings: Any
) -> None:
    with CaptureQueriesContext(connection) as statements:
        sign_in("chief", address="10.0.0.7")
    summed = [s for s in statements if "at_address" in s["sql"]]
    assert len(summed) == 1


def test_an_unknown_account_is_locked_like_a_known_one(
    people: SimpleNamespace, sign_in: Any
) -> None:
    unknown = text_of(fail(sign_in, "nobody-here", 5, "10.0.0.7")).split("<body")[1]
    known = text_of(fail(sign_in, "chief", 5, "10.0.0.7")).split("<body")[1]
    assert unknown == known


def test_a_lock_ends_after_a_quarter_of_an_hour(people: SimpleNamespace, sign_in: Any) -> None:
    fail(sign_in, "chief", 5, "10.0.0.7")
    attempt = AccessAttempt.objects.get()
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    assert sign_in("chief", address="10.0.0.7").status_code == 302


def test_attempts_while_locked_do_not_prolong_the_lock(
    people: SimpleNamespace, sign_in: Any
) -> None:
    fail(sign_in, "chief", 5, "10.0.0.7")
    before = AccessAttempt.objects.get().attempt_time
    fail(sign_in, "chief", 3, "10.0.0.7")
    assert AccessAttempt.objects.get().attempt_time == before


def test_a_success_forgets_the_failures(people: SimpleNamespace, sign_in: Any) -> None:
    fail(sign_in, "chief", 4, "10.0.0.7")
    sign_in("chief", address="10.0.0.7")
    assert fail(sign_in, "chief", 4, "10.0.0.7").status_code == 200


def test_the_proxys_address_is_not_taken_for_the_persons(
    people: SimpleNamespace, sign_in: Any, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = ["10.9.9.9"]
    page = reverse("permissions:sign_in")
    typed = {"username": "chief", "password": "Wrong-Password-1"}
    behind = {"REMOTE_ADDR": "10.9.9.9", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}
    for _ in range(5):
        locked = Client().post(page, typed, **behind)
    assert locked.status_code == 429
    assert sign_in("chief", address="10.9.9.9").status_code == 302


def test_signing_out_needs_post_and_ends_the_session(
    people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.chief)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get(reverse("permissions:sign_out")).status_code == 405
    assert client.get(HOME).status_code == 200
    assert client.post(reverse("permissions:sign_out")).status_code == 302
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert stolen.get(HOME).status_code == 302
    assert Entry.objects.of_act("permissions.sign_out").get().actor_name == "云所长"


def test_every_form_without_its_token_is_refused_in_chinese(
    people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.chief, enforce_csrf_checks=True)
    answer = client.post(reverse("permissions:sign_out"))
    assert answer.status_code == 403
    assert "页面停留时间过长，本次提交没有生效" in text_of(answer)
    assert client.get(HOME).status_code == 200


def test_every_answer_carries_its_protecting_headers(
    people: SimpleNamespace, signed_in: Any
) -> None:
    """Goal 37, on pages, errors and redirections alike."""
    chief = signed_in(people.chief)
    for client, url in (
        (Client(), "/sign-in/"), (Client(), "/"), (Client(), "/healthz"),
        (chief, HOME), (chief, "/no/such/page/"), (chief, "/people/add/"),
    ):  # fmt: skip
        headers = client.get(url).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, url
        assert "frame-ancestors 'none'" in policy, url
        assert "unsafe" not in policy, url
        assert "no-store" in headers["Cache-Control"], url
        assert headers["Permissions-Policy"].startswith("camera=()")
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_monitor_is_told_only_that_all_is_well(db: None) -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
