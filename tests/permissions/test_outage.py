"""The database goes away: the page says so, keeps what was typed, and gives away no secret."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from tests.factories import PASSWORD


@contextmanager
def gone(fault: type[Exception] = OperationalError) -> Iterator[None]:
    """Refuse every statement."""

    def refuse(*_: Any) -> None:
        raise fault("server closed the connection unexpectedly")

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def browser(people: Any, signed_in: Any) -> Client:
    """The chief's browser."""
    return signed_in(people.chief, raise_request_exception=False)


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
@pytest.mark.parametrize("address", ["/", "/sign-in/", "/healthz", "/accreditation/plan/?a=1"])
def test_a_page_says_what_to_do_next(browser, address, fault):
    with gone(fault):
        answer = browser.get(address)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "数据库暂时无法连接" in page
    assert f'href="{address}"' in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "server closed" not in page


def test_a_handed_in_form_is_offered_again_as_typed(browser):
    typed = {"summary": "第一行\n<b>第二行</b>，均已完成，均已完成。", "tick": ["甲", "乙"]}
    with gone():
        answer = browser.post(
            "/accreditation/applications/new/?x=1", {**typed, "csrfmiddlewaretoken": "t" * 32}
        )
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "您填写的内容没有丢失" in page
    assert 'action="/accreditation/applications/new/?x=1"' in page
    assert "\n第一行\n&lt;b&gt;第二行&lt;/b&gt;，均已完成，均已完成。</textarea>" in page
    assert page.count('name="tick"') == 2
    assert f'name="csrfmiddlewaretoken" value="{"t" * 32}"' in page


def test_what_a_foreign_page_sent_gets_no_token(browser):
    with gone():
        page = browser.post("/accreditation/applications/new/", {"a": "b"}).content.decode()
    assert "再次提交" in page
    assert "csrfmiddlewaretoken" not in page


def test_chosen_files_are_to_be_chosen_again(browser, tmp_path):
    with gone(), (tmp_path / "a.txt").open("w+") as chosen:
        chosen.write("甲")
        chosen.seek(0)
        page = browser.post("/indicators/", {"note": "台账", "files": chosen}).content.decode()
    assert "请返回上一页重新选择" in page


@pytest.mark.parametrize(
    "secret", [{"username": "chief", "password": PASSWORD}, {"old_password": PASSWORD}]
)
def test_a_password_is_never_shown_again(browser, secret):
    with gone():
        answer = browser.post("/sign-in/", secret)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert PASSWORD not in page


def test_another_fault_is_no_outage(browser, monkeypatch):
    def fail(*_: Any, **__: Any) -> None:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr("permissions.middleware.first_post", fail)
    assert browser.get("/").status_code == 500


def test_work_goes_on_when_the_database_is_back(browser):
    with gone():
        assert browser.get("/").status_code == 503
    assert browser.get("/").status_code == 200
