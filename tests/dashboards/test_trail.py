"""The trace for auditors: who may read, what is found, what reading and export leave behind."""

import io
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from audit.models import Entry, Outcome
from audit.recording import record
from audit.seals import printed, seal_day
from dashboards.comparison import comparison
from dashboards.views import trail

Enter = Callable[[Any], Client]
TRAIL, EXPORT, VERIFY = (
    "/dashboards/trail/",
    "/dashboards/trail/export/",
    "/dashboards/trail/verify/",
)
READERS = ["auditor", "audit_admin"]
STRANGERS = ["chief", "reviewer", "director", "city_leader", "system_admin", "security_admin"]


def leave(label: str, **facts: Any) -> Entry:
    """Record one entry."""
    with transaction.atomic():
        return record("tests.act", label, **facts)


@pytest.fixture
def entries(people: SimpleNamespace) -> SimpleNamespace:
    """Three entries to look for."""
    return SimpleNamespace(
        accepted=leave("受理", by=people.reviewer, subject_title="云红申报（乐司创〔2025〕1号）"),
        refused=leave("受理", by=people.chief, outcome=Outcome.REFUSED, reason="无权"),
        hostile=leave("登记", by=people.chief, subject_title='=HYPERLINK("x")', reason="a\x0bb"),
    )


def found(client: Client, **asked: str) -> list[int]:
    """Return the sequence numbers a search shows of the entries made here."""
    rows = client.get(TRAIL, asked).context["page"].rows
    return [row.sequence for row in rows if row.act == "tests.act"]


@pytest.mark.parametrize("person", STRANGERS)
def test_nobody_else_reads_exports_or_verifies(
    signed_in: Enter, people: SimpleNamespace, entries: SimpleNamespace, person: str
) -> None:
    client = signed_in(getattr(people, person))
    for address in (TRAIL, EXPORT, f"{TRAIL}{entries.accepted.sequence}/"):
        assert client.get(address).status_code == 403
    assert client.post(VERIFY).status_code == 403


@pytest.mark.parametrize("person", READERS)
def test_auditors_find_by_person_act_number_outcome_and_day(
    signed_in: Enter, people: SimpleNamespace, entries: SimpleNamespace, clock: Any, person: str
) -> None:
    client = signed_in(getattr(people, person))
    numbers = [entry.sequence for entry in (entries.hostile, entries.refused, entries.accepted)]
    assert found(client) == numbers
    assert found(client, person="云所长") == numbers[:2]
    assert found(client, act="受理") == numbers[1:]
    assert found(client, subject="〔2025〕1号") == numbers[2:]
    assert found(client, outcome="refused") == numbers[1:2]
    assert found(client, since="2025-09-26", until="2025-09-26") == numbers
    assert found(client, since="2025-09-27") == []
    assert found(client, until="2025-09-25") == []


def test_days_in_the_wrong_order_are_said_beside_the_field(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    answer = signed_in(people.auditor).get(TRAIL, {"since": "2025-09-26", "until": "2025-09-25"})
    assert answer.status_code == 422
    assert "止日不得早于起日" in answer.content.decode()
    assert Entry.objects.of_act("permissions.view_trace").count() == 0


def test_each_reading_leaves_exactly_one_entry(
    signed_in: Enter, people: SimpleNamespace, entries: SimpleNamespace
) -> None:
    client = signed_in(people.auditor)
    client.get(TRAIL, {"person": "云所长"})
    client.get(f"{TRAIL}{entries.accepted.sequence}/")
    left = list(Entry.objects.of_act("permissions.view_trace").oldest_first())
    assert [entry.values_after["asked"] for entry in left] == [
        {"person": "云所长"},
        {"sequence": str(entries.accepted.sequence)},
    ]
    assert {entry.actor_name for entry in left} == {"乐审计"}
    assert all("审计员（只读）" in entry.post_text for entry in left)


def test_pages_go_on_by_key(
    signed_in: Enter, people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [leave("翻页", subject_title=str(number)).sequence for number in range(5)]
    monkeypatch.setattr(trail, "SIZE", 2)
    client, seen, key = signed_in(people.auditor), [], ""
    while True:
        page = client.get(TRAIL, {"act": "翻页", "after": key}).context["page"]
        seen += [row.sequence for row in page.rows]
        key = page.next_key
        if not key:
            break
    assert seen == made[::-1]
    assert client.get(TRAIL, {"after": "9" * 30}).context["page"].is_first


def test_the_list_asks_the_same_whatever_the_number_of_rows(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    client = signed_in(people.auditor)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(TRAIL).status_code == 200
        return len(asked)

    statements()
    few = statements()
    for number in range(30):
        leave(f"第{number}条")
    assert statements() == few


def test_before_and_after_stand_in_the_words_of_the_pages(
    people: SimpleNamespace, tree: SimpleNamespace
) -> None:
    entry = leave(
        "改", subject=tree.station, before={"kind": "station", "name": "甲"},
        after={"kind": "bureau", "name": "甲", "strange": True},
    )  # fmt: skip
    lines = {line.name: (line.before, line.after, line.is_changed) for line in comparison(entry)}
    assert lines == {
        "类别": ("司法所", "司法局", True),
        "名称": ("甲", "甲", False),
        "strange": ("—", "是", False),
    }


def test_facts_that_are_no_names_stand_in_one_line(db: None) -> None:
    (line,) = comparison(leave("导入", after=["一", "二"]))
    assert (line.name, line.before, line.after) == (
        "内容",
        "—",
        json.dumps(["一", "二"], ensure_ascii=False),
    )


def test_the_export_is_text_only_and_recorded(
    signed_in: Enter, people: SimpleNamespace, entries: SimpleNamespace
) -> None:
    answer = signed_in(people.auditor).get(EXPORT, {"person": "云所长"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert '=HYPERLINK("x")' in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}
    assert "ab" in [cell.value for cell in cells]
    entry = Entry.objects.of_act("dashboards.export_trace").get()
    assert entry.values_after == {"asked": {"person": "云所长"}, "count": 2}


def test_too_many_rows_are_not_exported(
    signed_in: Enter,
    people: SimpleNamespace,
    entries: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trail, "MOST_ROWS", 1)
    answer = signed_in(people.auditor).get(EXPORT, {"act": "受理"}, follow=True)
    assert "请缩小范围后再导出" in answer.content.decode()
    assert not Entry.objects.of_act("dashboards.export_trace").exists()


def test_verification_passes_and_is_recorded(
    signed_in: Enter, people: SimpleNamespace, entries: SimpleNamespace
) -> None:
    kept = printed(seal_day())
    answer = signed_in(people.auditor).post(VERIFY, {"kept": kept}, follow=True)
    assert "核验通过" in answer.content.decode()
    entry = Entry.objects.of_act("dashboards.verify_trace").get()
    assert (entry.outcome, entry.values_after["比对库外封印"]) == ("done", 1)


def test_verification_tells_of_a_seal_that_does_not_fit(
    signed_in: Enter, people: SimpleNamespace, entries: SimpleNamespace
) -> None:
    seal = seal_day()
    forged = printed(seal).replace(seal.digest, "0" * 64)
    client = signed_in(people.auditor)
    page = client.post(VERIFY, {"kept": forged}, follow=True).content.decode()
    assert "核验不通过" in page
    assert Entry.objects.of_act("dashboards.verify_trace").get().outcome == "failed"
    assert "不是留痕封印" in client.post(VERIFY, {"kept": "x"}, follow=True).content.decode()


def test_a_long_chain_is_left_to_the_command(
    signed_in: Enter,
    people: SimpleNamespace,
    entries: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trail, "VERIFIED_HERE", 1)
    client = signed_in(people.auditor)
    assert "核验全部留痕" not in client.get(TRAIL).content.decode()
    assert "在服务器上核验" in client.post(VERIFY, follow=True).content.decode()
    assert not Entry.objects.of_act("dashboards.verify_trace").exists()
