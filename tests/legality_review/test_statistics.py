"""LR-9, LR-12, LR-20 to LR-27, FQ-18: every figure is a number of rows that can be looked at."""

import hashlib
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Entry
from legality_review.models import Review
from legality_review.models.statistics import Period, events_between
from legality_review.rules.findings import Verdicts
from legality_review.rules.matters import Matter
from legality_review.rules.statistics import Adoption, Event, Figure, days, matching, working_days
from legality_review.views import statistics as page
from tests.legality_review.steps import Walk
from workflows.calendar import seeded_calendar

PAGE = "/legality-review/statistics/"
EXPORT = f"{PAGE}export/"
ROWS = f"{PAGE}rows/"


def happened(since: date = date(2025, 1, 1), until: date = date(2025, 12, 31), **by):
    """Return the figures of a period by their value."""
    events = events_between(Review.objects.filter(**by), Period(since, until, until))
    return {figure.value: len(matching(events, figure)) for figure in Figure}, events


def another(walk: Walk, **facts) -> Walk:
    """Hand in one more contract of the same township."""
    more = Walk(walk.people, walk.tree, walk.clock)
    more.submitted(Matter.CONTRACT, **facts)
    return more


def test_lr_27_the_days_of_a_supplement_are_not_used():
    stops = [(date(2025, 3, 6), date(2025, 3, 12))]
    calendar = seeded_calendar()
    assert working_days(date(2025, 3, 3), date(2025, 3, 28), stops, calendar) == 15
    assert working_days(date(2025, 3, 3), date(2025, 3, 28), (), calendar) == 19
    assert working_days(date(2025, 3, 3), date(2025, 3, 3), (), calendar) == 0


def test_lr_26_27_days_used_leave_out_the_stop_and_allow_the_extension(walk: Walk):
    walk.clock.stand_at(date(2025, 3, 3))
    walk.accepted()
    walk.clock.stand_at(date(2025, 3, 4))
    walk.do("request_supplement", walk.people.chief, defects="缺附件")
    walk.clock.stand_at(date(2025, 3, 7))
    walk.do("submit_supplement", walk.people.township_clerk, supplement="已补")
    walk.do("extend_review", walk.people.deputy, reason="疑难")
    walk.clock.stand_at(date(2025, 3, 11))
    walk.examine()
    walk.do("find_lawful", walk.people.chief, reasoning="合法。")
    counts, events = happened()
    [opinion] = matching(events, Figure.OPINION)
    assert (opinion.used, opinion.allowed, opinion.is_late) == (3, 10, False)
    assert (opinion.detail, opinion.on) == ("lawful", date(2025, 3, 11))
    assert counts["supplement"] == counts["handed_in"] == counts["opinion"] == 1
    assert counts["late"] == counts["returned"] == 0


def test_lr_26_a_review_that_ended_late_is_late_once_and_an_open_one_too(walk: Walk):
    walk.clock.stand_at(date(2025, 3, 3))
    walk.accepted()
    second = another(walk)
    walk.clock.stand_at(date(2025, 3, 13))
    walk.examine()
    walk.do("find_lawful", walk.people.chief, reasoning="合法。")
    counts, events = happened()
    assert [(e.detail, e.case) for e in matching(events, Figure.LATE)] == [
        ("check", second.case.pk), ("review", walk.case.pk),
    ]  # fmt: skip
    [opinion] = matching(events, Figure.OPINION)
    assert (opinion.used, opinion.allowed, opinion.is_late) == (8, 5, True)
    assert days([opinion]).timeliness == 0
    assert counts["late"] == 2


def test_lr_20_the_conclusion_of_an_earlier_round_stays_counted(walk: Walk):
    walk.accepted()
    walk.examine(c1=Verdicts.UNLAWFUL)
    walk.do("find_unlawful", walk.people.chief, reasoning="不合法。")
    walk.clock.forward(days=30)
    walk.do(
        "resubmit", walk.people.township_clerk, text=walk.text(walk.people.township_clerk),
        explanation="已改",
    )  # fmt: skip
    walk.do("accept", walk.people.chief)
    walk.examine()
    walk.do("find_lawful", walk.people.chief, reasoning="合法。")
    counts, events = happened()
    assert [event.detail for event in matching(events, Figure.OPINION)] == ["unlawful", "lawful"]
    assert counts["handed_in"] == 1, "the matter is one, however many rounds"
    september, _ = happened(date(2025, 9, 1), date(2025, 9, 30))
    assert (september["handed_in"], september["opinion"]) == (1, 1)


def test_lr_9_lr_12_lr_25_returned_gone_up_and_urgent_are_counted(walk: Walk):
    walk.lawful(Matter.NORMATIVE, urgent_ground="emergency", no_consultation_because="应急")
    other = another(walk)
    other.do("return_matter", walk.people.chief, reason="材料不符")
    counts, events = happened()
    assert counts["escalated"] == counts["urgent"] == counts["returned"] == 1
    assert matching(events, Figure.URGENT)[0].matter == Matter.NORMATIVE
    assert counts["handed_in"] == 2


def test_lr_21_adoption_is_shown_in_full_and_with_what_was_partly_adopted(walk: Walk):
    walk.to_amend()
    walk.revise("partly", "条件不具备", reasons=walk.text(walk.people.township_clerk))
    counts, events = happened()
    assert counts["answered"] == 1
    assert matching(events, Figure.ANSWERED)[0].detail == "partly"


def test_fq_18_a_rate_is_compared_unrounded():
    found = Adoption(adopted=22499, partly=0, declined=2501)
    assert found.rate is not None
    assert float(found.rate) == pytest.approx(89.996)
    assert found.reaches(Decimal(90)) is False
    assert Adoption(9, 0, 1).reaches(Decimal(90)) is True
    assert Adoption(0, 9, 1).full_rate == 0
    assert Adoption(0, 9, 1).reaches(Decimal(90)) is True
    assert Adoption(0, 0, 0).reaches(Decimal(90)) is None


def test_events_are_narrowed_by_township_type_and_detail():
    events = [
        Event(Figure.OPINION, 1, date(2025, 1, 1), 7, "contract", "lawful"),
        Event(Figure.OPINION, 2, date(2025, 1, 2), 8, "decision", "unlawful"),
        Event(Figure.LATE, 2, date(2025, 1, 2), 8, "decision", "review"),
    ]
    assert [e.case for e in matching(events, "opinion")] == [1, 2]
    assert [e.case for e in matching(events, "opinion", drafter=8)] == [2]
    assert [e.case for e in matching(events, "opinion", matter="contract", detail="lawful")] == [1]
    assert matching(events, "opinion", matter="contract", detail="unlawful") == []


def test_the_page_shows_figures_that_lead_to_their_rows(walk: Walk, signed_in):
    walk.to_amend()
    walk.revise()
    browser = signed_in(walk.people.reviewer)
    shown = browser.get(PAGE).content.decode()
    assert "云红街道" in shown or "云红办事处" in shown
    assert "100.00%" in shown and "达到" in shown
    rows = browser.get(
        ROWS, {"figure": "opinion", "detail": "needs_amendment", "since": "2025-01-01",
               "until": "2025-12-31"},
    )  # fmt: skip
    assert walk.case.number in rows.content.decode()
    none = browser.get(ROWS, {"figure": "opinion", "detail": "lawful"}).content.decode()
    assert walk.case.number not in none and "没有符合条件" in none


def test_every_link_of_the_page_finds_as_many_rows_as_its_figure_says(walk: Walk, signed_in):
    walk.to_amend()
    walk.revise()
    another(walk).do("return_matter", walk.people.chief, reason="材料不符")
    browser = signed_in(walk.people.reviewer)
    cells = [
        cell
        for table in browser.get(PAGE).context["tables"]
        for row in table.rows
        for cell in row
        if cell.query
    ]
    assert len(cells) > 15
    for cell in cells:
        found = browser.get(f"{ROWS}?{cell.query}").context["page"].paginator.count
        assert str(found) == cell.text, cell.query


def test_only_matters_in_sight_are_counted(walk: Walk, signed_in):
    walk.lawful()
    for person, counted in (("chief", "1"), ("reviewer", "1"), ("other_chief", "0")):
        tables = signed_in(getattr(walk.people, person)).get(PAGE).context["tables"]
        assert tables[0].rows[-1][1].text == counted, person
    assert signed_in(walk.people.system_admin).get(PAGE).status_code == 403


def test_the_period_and_the_township_narrow_the_figures(walk: Walk, signed_in):
    walk.lawful()
    browser = signed_in(walk.people.reviewer)

    def handed_in(**asked):
        return browser.get(PAGE, asked).context["tables"][0].rows[-1][1].text

    assert handed_in() == handed_in(drafter=walk.case.drafter_id) == handed_in(matter="contract")
    assert handed_in(since="2024-01-01", until="2024-12-31") == "0"
    assert handed_in(matter="decision") == "0"


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"since": "2025-05-01", "until": "2025-04-30"}, "止日不得早于起日"),
        ({"since": "1990-01-01", "until": "2025-04-30"}, "一次最多统计10年"),
        ({"since": "昨天"}, "有效"),
        ({"drafter": "999999"}, "选择"),
    ],
)
def test_what_cannot_be_counted_is_said(people, signed_in, asked, reason):
    for address in (PAGE, ROWS):
        answer = signed_in(people.reviewer).get(address, {"figure": "late", **asked})
        assert answer.status_code == 422
        assert reason in answer.content.decode()


def test_the_page_takes_as_many_statements_for_many_rows_as_for_few(
    walk: Walk, django_assert_num_queries
):
    walk.to_amend()
    walk.revise()

    def count() -> int:
        with django_assert_num_queries(10):
            return len(happened()[1])

    happened()
    few = count()
    for _ in range(4):
        more = another(walk)
        more.do("accept", walk.people.chief)
        more.do("request_supplement", walk.people.chief, defects="缺附件")
        more.do("submit_supplement", walk.people.township_clerk, supplement="已补")
        more.examine()
        more.do("find_lawful", walk.people.chief, reasoning="合法。")
    assert count() > few + 8


def test_goal_29_an_export_is_text_only_and_recorded_with_purpose_count_and_digest(
    walk: Walk, signed_in
):
    walk.lawful(title="=HYPERLINK(“http://x”)合同")
    asked = {"since": "2025-01-01", "until": "2025-12-31", "purpose": "季度通报"}
    answer = signed_in(walk.people.reviewer).post(EXPORT, asked)
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[-1] == "明细"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type in {"s", "inlineStr"} for cell in cells if cell.value is not None)
    assert any(cell.value and str(cell.value).startswith("=HYPERLINK") for cell in cells)
    told = json.loads(Entry.objects.of_act("legality_review.export_statistics").get().after)
    assert told["purpose"] == "季度通报"
    assert told["count"] == 2
    assert told["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert told["asked"]["since"] == "2025-01-01"


def test_goal_29_nothing_is_exported_without_purpose_or_above_the_limit(
    walk: Walk, signed_in, monkeypatch
):
    walk.lawful()
    browser = signed_in(walk.people.reviewer)
    answer = browser.post(EXPORT, {"purpose": " "})
    assert answer.status_code == 422 and "导出用途" in answer.content.decode()
    monkeypatch.setattr(page, "MOST_ROWS", 1)
    answer = browser.post(EXPORT, {"purpose": "通报"})
    assert answer.status_code == 422 and "超过1行" in answer.content.decode()
    assert browser.get(EXPORT).status_code == 405
    assert signed_in(walk.people.system_admin).post(EXPORT, {"purpose": "x"}).status_code == 403
    assert not Entry.objects.of_act("legality_review.export_statistics").exists()


def test_the_menu_leads_to_the_statistics(people, signed_in):
    assert reverse("legality_review:statistics") == PAGE
    assert f'href="{PAGE}"' in signed_in(people.reviewer).get(PAGE).content.decode()
