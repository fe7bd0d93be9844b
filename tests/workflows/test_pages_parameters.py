"""Bureau parameters: what is in force, its basis, and new values from today on only."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from audit.models import Entry
from workflows.models import ParameterValue
from workflows.parameters import parameter

Enter = Callable[[Any], Client]
REMINDER = "/parameters/workflows.remind_before/"
ASKED = {
    "amount": "4",
    "unit": "wd",
    "valid_from": "2025-09-26",
    "source": "局务会议纪要8号",
    "reason": "提前提醒",
}


def test_everybody_reads_value_default_basis_and_mark(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    page = signed_in(people.officer).get("/parameters/").content.decode()
    assert "期限届满前提醒" in page
    assert "2个工作日" in page
    assert "系统设定，不是法定标准" in page


def test_a_new_value_is_recorded_and_in_force(
    signed_in: Enter, people: SimpleNamespace, clock: Any
) -> None:
    client = signed_in(people.system_admin)
    assert client.post(REMINDER, ASKED).status_code == 302
    assert str(parameter("workflows.remind_before").on(clock.today())) == "4个工作日"
    page = client.get(REMINDER).content.decode()
    assert "局务会议纪要8号；原因：提前提醒" in page
    entry = Entry.objects.of_act("workflows.record_parameter").get()
    assert "系统管理员" in entry.post_text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("valid_from", "2025-09-25"),
        ("valid_from", ""),
        ("source", " "),
        ("reason", ""),
        ("amount", "0"),
        ("unit", "个"),
    ],
)
def test_a_past_day_or_anything_missing_is_refused(
    signed_in: Enter, people: SimpleNamespace, field: str, typed: str
) -> None:
    answer = signed_in(people.system_admin).post(REMINDER, {**ASKED, field: typed})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not ParameterValue.objects.exists()


@pytest.mark.parametrize("person", ["director", "deputy", "chief", "auditor", "security_admin"])
def test_nobody_else_records(signed_in: Enter, people: SimpleNamespace, person: str) -> None:
    client = signed_in(getattr(people, person))
    assert "设定新值" not in client.get(REMINDER).content.decode()
    assert client.post(REMINDER, ASKED).status_code == 403
    assert not ParameterValue.objects.exists()


def test_an_undeclared_parameter_is_not_found(signed_in: Enter, people: SimpleNamespace) -> None:
    assert signed_in(people.system_admin).get("/parameters/no.such/").status_code == 404


def test_every_declared_parameter_has_a_page_and_a_form(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    client = signed_in(people.system_admin)
    shown = client.get("/parameters/").context["shown"]
    assert len(shown) > 10
    for row in shown:
        page = client.get(f"/parameters/{row.parameter.key}/").content.decode()
        assert row.parameter.label in page
        assert "设定新值" in page
