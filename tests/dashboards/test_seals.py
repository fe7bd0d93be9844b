"""Daily seals: read by auditors, made and printed by the audit administrator alone."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from audit.models import Entry, Seal
from audit.seals import printed, seal_day

Enter = Callable[[Any], Client]
SEALS, NOW, SHEET = "/dashboards/seals/", "/dashboards/seals/now/", "/dashboards/seals/2025-09-26/"


def test_the_audit_administrator_seals_today_once(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    client = signed_in(people.audit_admin)
    assert client.post(NOW).headers["Location"] == SHEET
    client.post(NOW)
    assert Seal.objects.count() == 1
    assert "立即封存今日" not in client.get(SEALS).content.decode()


def test_the_sheet_shows_the_line_to_keep_and_printing_is_recorded(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    seal = seal_day()
    page = signed_in(people.audit_admin).get(SHEET).content.decode()
    assert printed(seal).replace("+", "&#x2B;") in page or printed(seal) in page
    entry = Entry.objects.of_act("permissions.seal_trace").get()
    assert (entry.actor_name, entry.subject_id) == ("审计员", str(seal.pk))


def test_the_auditor_reads_the_list_and_prints_nothing(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    seal = seal_day()
    client = signed_in(people.auditor)
    page = client.get(SEALS).content.decode()
    assert seal.mark in page
    assert "打印页" not in page
    assert client.get(SHEET).status_code == 403
    assert client.post(NOW).status_code == 403


@pytest.mark.parametrize("person", ["chief", "director", "system_admin", "security_admin"])
def test_nobody_else_sees_the_seals(signed_in: Enter, people: SimpleNamespace, person: str) -> None:
    assert signed_in(getattr(people, person)).get(SEALS).status_code == 403


@pytest.mark.parametrize("day", ["2025-09-25", "2025-13-01", "x"])
def test_a_day_without_a_seal_is_not_found(
    signed_in: Enter, people: SimpleNamespace, day: str
) -> None:
    seal_day()
    assert signed_in(people.audit_admin).get(f"{SEALS}{day}/").status_code == 404


def test_seals_are_paged_by_day(signed_in: Enter, people: SimpleNamespace, clock: Any) -> None:
    for _ in range(33):
        seal_day()
        clock.forward(days=1)
    client = signed_in(people.auditor)
    first = client.get(SEALS).context["page"]
    second = client.get(SEALS, {"after": first.next_key}).context["page"]
    days = [seal.day for seal in [*first.rows, *second.rows]]
    assert len(first.rows) == 31
    assert days == sorted(days, reverse=True)
    assert len(set(days)) == 33
