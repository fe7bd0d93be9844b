"""Notices: whose they are, the unread first, marked read once, cases only where in sight."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from permissions.roles import Role
from workflows.models import Notice
from workflows.pages import SIZE

Enter = Callable[[Any], Client]
LIST = "/notices/"


@pytest.fixture
def written(people: SimpleNamespace, tree: SimpleNamespace) -> SimpleNamespace:
    """One notice to the chief, one to his post, one to another chief."""
    return SimpleNamespace(
        mine=Notice.objects.create(user=people.chief, text="给所长本人"),
        posts=Notice.objects.create(role=Role.STATION_CHIEF, unit=tree.station, text="给本所岗位"),
        others=Notice.objects.create(user=people.other_chief, text="给铁营所长"),
    )


def test_a_person_sees_his_own_and_his_posts_notices_only(
    signed_in: Enter, people: SimpleNamespace, written: SimpleNamespace
) -> None:
    page = signed_in(people.chief).get(LIST).content.decode()
    assert "给所长本人" in page
    assert "给本所岗位" in page
    assert "给铁营所长" not in page
    assert "给铁营所长" in signed_in(people.other_chief).get(LIST).content.decode()


def test_unread_notices_come_first(
    signed_in: Enter, people: SimpleNamespace, written: SimpleNamespace
) -> None:
    written.posts.read(by=people.chief)
    rows = signed_in(people.chief).get(LIST).context["page"].rows
    assert [row.text for row in rows] == ["给所长本人", "给本所岗位"]


def test_reading_marks_once_and_lowers_the_count(
    signed_in: Enter, people: SimpleNamespace, written: SimpleNamespace
) -> None:
    client = signed_in(people.chief)
    assert client.get(LIST).context["shell"]["notices"] == 2
    client.post(reverse("workflows:read_notice", args=[written.mine.uuid]))
    written.mine.refresh_from_db()
    assert written.mine.read_by == people.chief
    assert client.get(LIST).context["shell"]["notices"] == 1
    client.post(reverse("workflows:read_all_notices"))
    assert client.get(LIST).context["shell"]["notices"] == 0
    written.others.refresh_from_db()
    assert written.others.read_at is None


def test_anothers_notice_cannot_be_marked(
    signed_in: Enter, people: SimpleNamespace, written: SimpleNamespace
) -> None:
    address = reverse("workflows:read_notice", args=[written.others.uuid])
    assert signed_in(people.chief).post(address).status_code == 404
    written.others.refresh_from_db()
    assert written.others.read_at is None


def test_pages_follow_one_another_without_gap_or_repetition(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    for number in range(SIZE + 5):
        notice = Notice.objects.create(user=people.chief, text=f"通知{number}")
        if number % 2:
            notice.read(by=people.chief)
    client = signed_in(people.chief)
    first = client.get(LIST).context["page"]
    second = client.get(LIST, {"after": first.next_key}).context["page"]
    texts = [row.text for row in [*first.rows, *second.rows]]
    assert len(texts) == len(set(texts)) == SIZE + 5
    assert second.next_key == ""


@pytest.mark.parametrize("key", ["!", "WzEsIHt9XQ==", "W3t9LCAxXQ==", "W1tdLCAxXQ=="])
def test_an_unreadable_key_gives_the_first_page(
    signed_in: Enter, people: SimpleNamespace, written: SimpleNamespace, key: str
) -> None:
    answer = signed_in(people.chief).get(LIST, {"after": key})
    assert answer.status_code == 200
    assert answer.context["page"].is_first
    assert signed_in(people.chief).get("/inbox/", {"after": key}).status_code == 200


def test_the_list_asks_the_same_whatever_the_number_of_rows(
    signed_in: Enter, people: SimpleNamespace
) -> None:
    client = signed_in(people.chief)

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(LIST).status_code == 200
        return len(asked)

    Notice.objects.create(user=people.chief, text="一")
    statements()
    few = statements()
    Notice.objects.bulk_create(Notice(user=people.chief, text=str(n)) for n in range(SIZE - 1))
    assert statements() == few
