"""One-time passwords: set up, asked for, removed (goal 34)."""

import base64
import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit.models import Entry, Outcome
from permissions import second_factor
from permissions.models import User
from permissions.people import remove_second_factor
from permissions.refusals import Impossible
from tests.factories import PASSWORD
from tests.permissions.conftest import text_of

PAGE = reverse("permissions:own_second_factor")
HOME = reverse("permissions:own_sessions")
SECOND_STEP = reverse("permissions:second_step")


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    """Return what the telephone shows now, or some steps later."""
    clock = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    clock.time = time.time() + steps * device.step
    return f"{clock.token():06d}"


@pytest.fixture
def device(people: SimpleNamespace) -> TOTPDevice:
    """The chief's telephone, in use."""
    return TOTPDevice.objects.create(user=people.chief, name="手机动态口令", confirmed=True)


def test_setting_up_shows_the_secret_and_its_picture_and_asks_for_a_code(
    people: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.chief)
    assert "开始设置" in text_of(client.get(PAGE))
    client.post(reverse("permissions:begin_second_factor"))
    waiting = TOTPDevice.objects.get(user=people.chief)
    page = text_of(client.get(PAGE))
    assert second_factor.secret_of(waiting) in page
    assert 'src="data:image/svg+xml' in page
    wrong = client.post(reverse("permissions:confirm_second_factor"), {"code": "000000"})
    assert "动态口令不正确" in text_of(wrong)
    TOTPDevice.objects.update(throttling_failure_count=0)
    client.post(reverse("permissions:confirm_second_factor"), {"code": code_of(waiting)})
    assert TOTPDevice.objects.get().confirmed
    assert Entry.objects.of_act("permissions.enable_second_factor").exists()
    assert second_factor.secret_of(waiting) not in text_of(client.get(PAGE))


def test_the_address_in_the_picture_is_well_formed(device: TOTPDevice) -> None:
    address = second_factor.address_of(device)
    assert address.isascii()
    parts = urlsplit(address)
    facts = parse_qs(parts.query)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert unquote(parts.path) == "/司法行政工作平台:chief"
    assert base64.b32decode(facts["secret"][0]) == device.bin_key
    assert facts["issuer"] == ["司法行政工作平台"]


def test_signing_in_then_asks_for_the_code(
    people: SimpleNamespace, device: TOTPDevice, sign_in: Any
) -> None:
    client = Client()
    answer = sign_in("chief", client=client, next=HOME)
    assert answer["Location"] == SECOND_STEP
    assert client.get(HOME).status_code == 302, "the password alone must not let anybody in"
    answer = client.post(SECOND_STEP, {"code": code_of(device)})
    assert answer["Location"] == HOME
    assert client.get(HOME).status_code == 200
    entry = Entry.objects.of_act("permissions.sign_in").get()
    assert entry.values_after == {"factors": "口令和动态口令"}


def test_a_wrong_code_is_refused_and_recorded(
    people: SimpleNamespace, device: TOTPDevice, sign_in: Any
) -> None:
    client = Client()
    sign_in("chief", client=client)
    assert "动态口令不正确或者已用过" in text_of(client.post(SECOND_STEP, {"code": "000000"}))
    assert client.get(HOME).status_code == 302
    assert Entry.objects.of_act("permissions.sign_in").get().outcome == Outcome.FAILED


def test_a_code_works_once(people: SimpleNamespace, device: TOTPDevice, sign_in: Any) -> None:
    first, second = Client(), Client()
    code = code_of(device)
    for client in (first, second):
        sign_in("chief", client=client)
        client.post(SECOND_STEP, {"code": code})
    assert first.get(HOME).status_code == 200
    assert second.get(HOME).status_code == 302


def test_after_five_wrong_codes_the_password_is_asked_again(
    people: SimpleNamespace, device: TOTPDevice, sign_in: Any
) -> None:
    client = Client()
    sign_in("chief", client=client)
    for _ in range(5):
        client.post(SECOND_STEP, {"code": "000000"})
    TOTPDevice.objects.update(throttling_failure_count=0)
    answer = client.post(SECOND_STEP, {"code": code_of(device)})
    assert answer["Location"] == reverse("permissions:sign_in")
    assert client.get(HOME).status_code == 302


def test_the_second_step_must_follow_within_five_minutes(
    people: SimpleNamespace, device: TOTPDevice, sign_in: Any, clock: Any
) -> None:
    client = Client()
    sign_in("chief", client=client)
    clock.forward(minutes=5, seconds=1)
    answer = client.post(SECOND_STEP, {"code": code_of(device)}, follow=True)
    assert "验证超时，请重新输入账号和口令。" in text_of(answer)
    assert client.get(HOME).status_code == 302


def test_an_account_closed_between_the_steps_stays_out(
    people: SimpleNamespace, device: TOTPDevice, sign_in: Any
) -> None:
    client = Client()
    sign_in("chief", client=client)
    User.objects.filter(pk=people.chief.pk).update(is_active=False)
    client.post(SECOND_STEP, {"code": code_of(device)})
    assert client.get(HOME).status_code == 302


def test_the_second_step_without_the_first_leads_back(db: None) -> None:
    assert Client().get(SECOND_STEP)["Location"] == reverse("permissions:sign_in")


def test_removing_it_asks_for_the_password(
    people: SimpleNamespace, device: TOTPDevice, signed_in: Any
) -> None:
    client = signed_in(people.chief)
    disable = reverse("permissions:disable_second_factor")
    assert "当前口令不正确" in text_of(client.post(disable, {"password": "Wrong-Password-1"}))
    assert TOTPDevice.objects.exists()
    client.post(disable, {"password": PASSWORD})
    assert not TOTPDevice.objects.exists()
    assert Entry.objects.of_act("permissions.disable_second_factor").exists()


def test_the_security_administrator_removes_a_lost_one_but_not_his_own(
    people: SimpleNamespace, device: TOTPDevice
) -> None:
    remove_second_factor(people.chief, reason="手机遗失", by=people.security_admin)
    assert second_factor.device_of(people.chief) is None
    with pytest.raises(Impossible, match="没有启用动态口令"):
        remove_second_factor(people.chief, reason="再来一次", by=people.security_admin)
    with pytest.raises(Impossible, match="不能对本人的账号办理"):
        remove_second_factor(people.security_admin, reason="自己", by=people.security_admin)


def test_the_second_step_signs_nobody_out_who_is_in(
    people: SimpleNamespace, signed_in: Any
) -> None:
    """Goal 36: looking at a page, or a link that leads there, ends no session."""
    client = signed_in(people.chief)
    for answer in (client.get(SECOND_STEP), client.post(SECOND_STEP, {"code": "1"})):
        assert (answer.status_code, answer.url) == (302, "/")
    assert client.get(HOME).status_code == 200
