"""The calendar's page, the import of an arrangement in two steps, and the trial reckoning."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audit.models import Entry
from workflows import calendar
from workflows.models import CalendarYear

Enter = Callable[[Any], Client]
IMPORT, CARRY_OUT = "/calendar/import/", "/calendar/import/carry-out/"
TABLE = """年,日期,放假/上班,名称,文号
2027,2027-01-01,放假,元旦,国办发明电〔2026〕9号
2027,2027-02-05,放假,春节,国办发明电〔2026〕9号
2027,2027-02-20,上班,春节,国办发明电〔2026〕9号
"""
WHY = {"source": "中国政府网", "reason": "次年安排已公布"}


def upload(client: Client, table: str = TABLE, **more: str) -> Any:
    """Hand in a table for a dry run."""
    file = SimpleUploadedFile("2027.csv", table.encode("utf-8-sig"), "text/csv")
    return client.post(IMPORT, {"file": file, **WHY, **more})


def test_wd18_a_year_shows_rest_make_up_days_and_what_is_provisional(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    client = signed_in(people.chief)
    page = client.get("/calendar/2025/").content.decode()
    assert "调休上班" in page
    assert "国办发明电〔2024〕12号" in page
    assert "暂定。" not in page
    assert "暂定。" in client.get("/calendar/2027/").content.decode()
    spans = client.get("/calendar/2025/").context["spans"]
    autumn = next(span for span in spans if span.first.month == 10 and span.mark == "休")
    assert (autumn.first.day, autumn.last.day, autumn.length) == (1, 8, 8)


@pytest.mark.parametrize("year", ["2003", "2099"])
def test_a_year_without_a_calendar_is_not_found(
    signed_in: Enter, people: SimpleNamespace, year: str
) -> None:
    assert signed_in(people.chief).get(f"/calendar/{year}/").status_code == 404


@pytest.mark.parametrize("person", ["chief", "director", "security_admin", "auditor"])
def test_only_the_system_administrator_imports(
    signed_in: Enter, people: SimpleNamespace, person: str
) -> None:
    client = signed_in(getattr(people, person))
    assert client.get(IMPORT).status_code == 403
    assert upload(client).status_code == 403
    assert client.post(CARRY_OUT, {"checked": "x"}).status_code == 403
    assert client.get("/calendar/2027/template/").status_code == 403


def test_wd18_a_dry_run_tells_and_writes_nothing_until_it_is_confirmed(
    signed_in: Enter, people: SimpleNamespace, new_matter: Any
) -> None:
    client = signed_in(people.system_admin)
    shown = upload(client)
    assert shown.status_code == 200
    assert "2027-02-20（周六，调休上班）：原为放假，改为上班" in shown.content.decode()
    assert not CalendarYear.objects.filter(year=2027).exists()
    answer = client.post(CARRY_OUT, {"checked": shown.context["checked"]})
    assert answer.headers["Location"] == "/calendar/2027/"
    row = CalendarYear.objects.get(year=2027)
    assert (row.source, row.imported_by) == ("中国政府网；次年安排已公布", "系统员")
    entry = Entry.objects.of_act("workflows.import_calendar").get()
    assert "系统管理员" in entry.post_text
    assert not calendar.current().is_provisional(row.imported_at.date().replace(year=2027, month=5))


def test_every_bad_row_is_named_and_nothing_can_be_confirmed(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    bad = TABLE + "2027,2027-13-01,放假,甲,号\n2027,2027-03-02,休息,乙,号\n"
    answer = upload(signed_in(people.system_admin), bad)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第5行：“2027-13-01”不是日期" in page
    assert "第6行：“休息”应为“放假”或者“上班”" in page
    assert "checked" not in answer.context


@pytest.mark.parametrize("missing", ["source", "reason"])
def test_source_and_reason_are_asked_for(
    signed_in: Enter, people: SimpleNamespace, missing: str
) -> None:
    answer = upload(signed_in(people.system_admin), **{missing: " "})
    assert answer.status_code == 422
    assert missing in answer.context["form"].errors


def test_a_dry_run_is_confirmed_only_by_who_made_it_and_unchanged(
    signed_in: Enter, people: SimpleNamespace, tree: SimpleNamespace
) -> None:
    checked = upload(signed_in(people.system_admin)).context["checked"]
    from_another = signed_in(people.system_admin)
    assert from_another.post(CARRY_OUT, {"checked": checked + "x"}).headers["Location"] == IMPORT
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_the_template_can_be_handed_in_as_it_is(signed_in: Enter, people: SimpleNamespace) -> None:
    client = signed_in(people.system_admin)
    template = client.get("/calendar/2027/template/").content
    file = SimpleUploadedFile("2027.xlsx", template)
    answer = client.post(IMPORT, {"file": file, **WHY})
    faults = answer.context["arrangement"].faults
    assert answer.status_code == 422
    assert {fault.text for fault in faults} == {"文号应填写，且不超过60字。"}


ASKED = {"start": "2025-09-26", "amount": "5", "unit": "wd", "kind": "deadline"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "届满：2025年10月10日"),
        ({"unit": "cd", "amount": "10"}, "届满：2025年10月9日"),
        ({"unit": "h", "amount": "48", "at": "10:00"}, "2025年9月28日 10:00"),
        ({"kind": "floor"}, "最早可以办理：2025年10月11日"),
        ({"stop_from": "2025-09-28"}, "中止计算，尚未届满"),
        ({"unit": "h"}, "须填写起算时刻"),
        ({"stop_to": "2025-09-28"}, "请同时填写起日"),
        ({"start": ""}, "这个字段是必填项"),
        ({"kind": "lead", "extra_amount": "3", "extra_unit": "wd"}, "不能中止、延长"),
    ],
)
def test_wd7_trial_answers_as_the_terms_are_kept(
    signed_in: Enter, people: SimpleNamespace, more: dict[str, str], said: str
) -> None:
    page = signed_in(people.chief).get("/trial/", {**ASKED, **more}).content.decode()
    assert said in page
