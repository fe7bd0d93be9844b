"""Design 6, 9: the in-box shows what is asked, in order, page by page, at a constant price."""

from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accreditation.steps import Walk
from workflows.models.tasks import NO_DUE_DATE, Task
from workflows.pages import SIZE

TODAY = date(2025, 9, 26)


@pytest.fixture
def task(people: Any, tree: Any, clock: Any) -> Task:
    """The formal check of 云红's application, which waits for the reviewers."""
    found: Task = Task.objects.of_case(Walk(people, tree, clock).to("apply")).open().get()
    return found


@pytest.fixture
def reviewer(task: Task, people: Any, signed_in: Any) -> Client:
    """The browser of the reviewer."""
    return signed_in(people.reviewer)


def more(task: Task, number: int, **changes: Any) -> list[Task]:
    """Add tasks like this one; a change that can be called is given the place of the row."""
    like = {
        field.attname: getattr(task, field.attname)
        for field in Task._meta.concrete_fields
        if field.name not in {"id", "uuid"}
    }
    return Task.objects.bulk_create(
        Task(**like | {k: v(place) if callable(v) else v for k, v in changes.items()})
        for place in range(number)
    )


def shown(browser: Client, tab: str = "todo", **asked: str) -> Any:
    """Return what a tab gives to its template."""
    answer = browser.get(reverse("workflows:inbox_tab", args=[tab]), asked)
    assert answer.status_code == 200
    return answer.context


def statements(browser: Client, tab: str, **asked: str) -> list[str]:
    """Return the statements that a tab runs."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        shown(browser, tab, **asked)
    return [query["sql"] for query in captured.captured_queries]


def whole(browser: Client, tab: str) -> list[Task]:
    """Return the rows of every page of a tab, one after the other."""
    page = shown(browser, tab)["page"]
    rows = list(page.rows)
    while page.next_key:
        page = shown(browser, tab, after=page.next_key)["page"]
        assert not page.is_first
        rows += page.rows
    return rows


@pytest.mark.parametrize("tab", ["todo", "unclaimed", "done", "started"])
def test_the_in_box_costs_the_same_for_twenty_and_two_hundred_rows(
    reviewer: Client, task: Task, people: Any, tab: str
) -> None:
    closed = {
        "state": "done", "closed_at": task.created_at, "closed_by_id": people.reviewer.pk,
        "node": Task.START if tab == "started" else task.node,
    }  # fmt: skip
    changes = closed if tab in {"done", "started"} else {}
    more(task, 19, **changes)
    statements(reviewer, tab)
    few = statements(reviewer, tab)
    more(task, 180, **changes)
    many = statements(reviewer, tab)
    assert len(few) == len(many)
    assert len(shown(reviewer, tab)["page"].rows) == SIZE


def test_the_workbench_costs_the_same_too(reviewer: Client, task: Task) -> None:
    def price() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reviewer.get(reverse("workflows:workbench")).status_code == 200
        return len(captured)

    more(task, 19)
    price()
    few = price()
    more(task, 180)
    assert price() == few


def test_pages_by_key_show_every_row_once_in_order_far_down_too(
    reviewer: Client, task: Task
) -> None:
    """Rows that share a due date are not lost where a page ends among them."""
    more(task, 204, sorts_on=lambda place: TODAY + timedelta(days=place % 3))
    rows = whole(reviewer, "todo")
    assert [row.pk for row in rows] == [
        row.pk for row in Task.objects.open().order_by("sorts_on", "pk")
    ]
    assert len(rows) == 205


def test_a_far_page_costs_what_the_first_costs(reviewer: Client, task: Task) -> None:
    more(task, 204)
    key = ""
    first = statements(reviewer, "todo")
    for _ in range(9):
        key = shown(reviewer, "todo", after=key)["page"].next_key
    far = statements(reviewer, "todo", after=key)
    assert len(far) == len(first)
    assert not [sql for sql in far if "OFFSET" in sql]


def test_what_is_done_is_paged_from_the_newest_on(
    reviewer: Client, task: Task, people: Any, clock: Any
) -> None:
    more(
        task, 45, state="done", closed_by_id=people.reviewer.pk,
        closed_at=lambda place: task.created_at + timedelta(seconds=place // 2, microseconds=7),
    )  # fmt: skip
    rows = whole(reviewer, "done")
    assert [row.pk for row in rows] == [
        row.pk for row in Task.objects.filter(state="done", closed_by=people.reviewer).order_by(
            "-closed_at", "-pk"
        )
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["x", "bm90IGpzb24=", "WzEsMl0=", "WyIyMDI1IiwgMV0="])
def test_a_key_that_nobody_gave_out_shows_the_first_page(
    reviewer: Client, task: Task, key: str
) -> None:
    assert [row.pk for row in shown(reviewer, "todo", after=key)["page"].rows] == [task.pk]


def test_kind_and_words_narrow_the_in_box(reviewer: Client, task: Task) -> None:
    more(task, 1, case_kind="title", case_title="铁营司法所称号", case_number="乐枫称〔2025〕9号")

    def titles(**asked: str) -> list[str]:
        return sorted(row.case_title for row in shown(reviewer, "todo", **asked)["page"].rows)

    assert titles() == ["云红司法所创建", "铁营司法所称号"]
    assert titles(kind="title") == titles(q="铁营") == titles(q="称〔2025〕9") == ["铁营司法所称号"]
    assert titles(kind="application") == titles(q=task.case_number) == ["云红司法所创建"]
    assert titles(q=task.case_unit.name) == titles()
    assert (
        titles(q="孔镇") == titles(kind="nothing") == titles(kind="title", q="云红司法所创建") == []
    )


def test_the_light_narrows_the_in_box_and_counts_tell_the_same(
    reviewer: Client, task: Task
) -> None:
    """Near is within three working days: from Friday to the day before the holiday."""
    Task.objects.filter(pk=task.pk).update(state="cancelled", closed_at=task.created_at)
    days = {
        "red": [TODAY - timedelta(days=1), date(2020, 1, 1)],
        "yellow": [TODAY, date(2025, 9, 28), date(2025, 9, 30)],
        "green": [date(2025, 10, 1), NO_DUE_DATE],
    }
    for due in chain.from_iterable(days.values()):
        more(task, 1, sorts_on=due, due_on=due)
    for light, due in days.items():
        rows = shown(reviewer, "todo", light=light)["page"].rows
        assert [row.sorts_on for row in rows] == sorted(due)
    counts = shown(reviewer, "todo")["counts"]
    assert counts == {"todo": 7, "unclaimed": 7, "overdue": 2, "soon": 3}


def test_claimed_is_to_do_but_not_unclaimed(
    reviewer: Client, task: Task, people: Any, signed_in: Any
) -> None:
    other = signed_in(people.second_reviewer)
    reviewer.post(reverse("workflows:claim", args=[task.uuid]))
    assert [len(shown(reviewer, tab)["page"].rows) for tab in ("todo", "unclaimed")] == [1, 0]
    assert [len(shown(other, tab)["page"].rows) for tab in ("todo", "unclaimed")] == [0, 0]
    assert reviewer.get(reverse("workflows:inbox_tab", args=["other"])).status_code == 404
