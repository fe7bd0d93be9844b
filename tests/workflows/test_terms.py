"""The ledger of terms: what is written, what follows from it, and what it refuses."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.clock import PLACE
from workflows import calendar, parameters, terms
from workflows.conditions import MET
from workflows.models import Term, TermExtension, TermStop
from workflows.reckoning import Kind, Length, Silence, Unit
from workflows.refusals import RefusedByLaw
from workflows.terms import TermRule

pytestmark = pytest.mark.django_db

REVIEW = TermRule(
    "review",
    "审核期限",
    Length(15, Unit.WORKING_DAY),
    Kind.DEADLINE,
    "国办发〔2018〕115号",
    "自受理之日起",
    most_extensions=1,
)
CHECK = TermRule(
    "check", "形式审查期限", Length(5, Unit.WORKING_DAY), Kind.DEADLINE, "FQ-6", "自收到之日起"
)
PUBLICITY = TermRule(
    "publicity", "公示期", Length(5, Unit.WORKING_DAY), Kind.FLOOR, "FQ-8", "自公示之日起"
)
ARREST = TermRule(
    "arrest",
    "逮捕决定期限",
    Length(48, Unit.HOUR),
    Kind.DEADLINE,
    "社区矫正法第47条",
    "自收到之时起",
)
LEAVE = TermRule(
    "leave", "请假申请", Length(3, Unit.DAY), Kind.LEAD, "社区矫正法实施办法第27条", "外出之日前"
)
ACCEPTED = date(2025, 3, 3)


def of(matter: Any) -> Term:
    """Return the only term of a matter."""
    term: Term = Term.objects.with_history().of_case(matter).get()
    return term


def test_start_derives_the_end_and_carries_it_to_the_case(matter: Any) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    term = of(matter)
    assert (term.due_on, term.length, term.law) == (date(2025, 3, 24), REVIEW.length, REVIEW.law)
    assert (term.state, term.starts, term.silence) == ("open", "自受理之日起", Silence.NOTHING)
    assert term.case == matter
    assert str(term) == "审核期限（15个工作日）"
    assert matter.due_on == date(2025, 3, 24)
    assert not term.is_provisional


def test_start_twice_is_refused_by_ledger_and_by_table(matter: Any) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    with pytest.raises(RefusedByLaw, match="已经起算"):
        terms.start(matter, REVIEW, ACCEPTED)
    term = of(matter)
    term.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        term.save()


def test_start_again_is_allowed_once_the_earlier_term_has_ended(matter: Any) -> None:
    terms.start(matter, CHECK, ACCEPTED)
    terms.meet(matter, CHECK, date(2025, 3, 4))
    terms.start(matter, CHECK, date(2025, 9, 26))
    assert matter.due_on == date(2025, 10, 10)
    newest = terms.latest(matter, CHECK)
    assert newest is not None and newest.started_on == date(2025, 9, 26)


def test_the_case_shows_the_nearest_end_that_can_be_missed(matter: Any) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    terms.start(matter, CHECK, ACCEPTED)
    assert matter.due_on == date(2025, 3, 10)
    terms.start(matter, PUBLICITY, date(2025, 2, 24))
    assert matter.due_on == date(2025, 3, 10)
    terms.meet(matter, CHECK, date(2025, 3, 10))
    assert matter.due_on == date(2025, 3, 24)
    terms.stop(matter, REVIEW, date(2025, 3, 10), reason="补正", law="LR-27")
    assert matter.due_on is None


def test_terms_of_another_case_are_left_alone(new_matter: Callable[[], Any]) -> None:
    one, other = new_matter(), new_matter()
    terms.start(one, CHECK, ACCEPTED)
    terms.start(other, CHECK, ACCEPTED)
    terms.meet(one, CHECK, ACCEPTED)
    assert (of(one).state, of(other).state) == ("met", "open")


def test_wd_15_stop_and_resume_move_the_end(matter: Any) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    terms.stop(matter, REVIEW, date(2025, 3, 6), reason="要求补正", law="LR-27")
    term = of(matter)
    assert (term.due_on, matter.due_on) == (None, None)
    assert term.open_stop and str(term.open_stop) == "2025-03-06— 要求补正"
    terms.resume(matter, REVIEW, date(2025, 3, 12))
    assert (of(matter).due_on, matter.due_on) == (date(2025, 3, 28), date(2025, 3, 28))
    assert TermStop.objects.get().to_on == date(2025, 3, 12)


def test_wd_15_stop_and_resume_on_one_day_cost_nothing(matter: Any) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    terms.stop(matter, REVIEW, date(2025, 3, 6), reason="要求补正", law="LR-27")
    terms.resume(matter, REVIEW, date(2025, 3, 6))
    assert of(matter).due_on == date(2025, 3, 24)
    terms.stop(matter, REVIEW, date(2025, 3, 6), reason="再次补正", law="LR-27")
    assert of(matter).due_on is None


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (date(2025, 3, 2), "早于"),
        (date(2025, 3, 25), "已于2025-03-24届满，不能中止"),
    ],
)
def test_wd_15_stop_before_the_start_or_after_the_end_is_refused(
    matter: Any, day: date, message: str
) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    with pytest.raises(RefusedByLaw, match=message):
        terms.stop(matter, REVIEW, day, reason="补正", law="LR-27")
    assert not TermStop.objects.exists()


def test_wd_15_stop_on_the_last_day_is_still_in_time(matter: Any) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    terms.stop(matter, REVIEW, date(2025, 3, 24), reason="补正", law="LR-27")
    terms.resume(matter, REVIEW, date(2025, 3, 26))
    assert of(matter).due_on == date(2025, 3, 27)


def test_wd_15_double_stop_and_resume_without_stop_are_refused(matter: Any) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    with pytest.raises(RefusedByLaw, match="没有中止"):
        terms.resume(matter, REVIEW, date(2025, 3, 5))
    terms.stop(matter, REVIEW, date(2025, 3, 6), reason="补正", law="LR-27")
    with pytest.raises(RefusedByLaw, match="自2025-03-06起已中止"):
        terms.stop(matter, REVIEW, date(2025, 3, 7), reason="补正", law="LR-27")
    with pytest.raises(RefusedByLaw, match="早于中止日"):
        terms.resume(matter, REVIEW, date(2025, 3, 5))
    terms.resume(matter, REVIEW, date(2025, 3, 12))
    with pytest.raises(RefusedByLaw, match="上一次恢复日"):
        terms.stop(matter, REVIEW, date(2025, 3, 11), reason="补正", law="LR-27")
    with pytest.raises(IntegrityError), transaction.atomic():
        TermStop.objects.create(
            term=of(matter), from_on=date(2025, 3, 9), to_on=date(2025, 3, 8), reason="x", law="x"
        )


def test_wd_17_stop_needs_reason_and_article(matter: Any) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    for reason, law in (("", "LR-27"), (" ", "LR-27"), ("补正", "")):
        with pytest.raises(RefusedByLaw, match="写明事由和依据"):
            terms.stop(matter, REVIEW, date(2025, 3, 6), reason=reason, law=law)


def test_wd_16_extension_counts_from_the_original_end(matter: Any, people: SimpleNamespace) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    terms.extend(
        matter,
        REVIEW,
        Length(5, Unit.WORKING_DAY),
        date(2025, 3, 24),
        reason="案情复杂",
        by=people.deputy,
        law="LR-26",
    )
    assert of(matter).due_on == matter.due_on == date(2025, 3, 31)
    kept = TermExtension.objects.get()
    assert (kept.by, kept.decided_on) == (people.deputy, date(2025, 3, 24))
    assert str(kept) == "延长5个工作日：案情复杂"


def extend(matter: Any, people: SimpleNamespace, on: date, **changes: Any) -> None:
    """Extend the review of a matter by five working days."""
    facts = {"reason": "案情复杂", "law": "LR-26", "by": people.deputy, **changes}
    length = facts.pop("length", Length(5, Unit.WORKING_DAY))
    terms.extend(matter, facts.pop("rule", REVIEW), length, on, **facts)


def test_wd_16_extension_is_refused_after_the_end_or_without_reason(
    matter: Any, people: SimpleNamespace
) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    with pytest.raises(RefusedByLaw, match="已于2025-03-24届满，不能延长"):
        extend(matter, people, date(2025, 3, 25))
    with pytest.raises(RefusedByLaw, match="早于"):
        extend(matter, people, date(2025, 3, 2))
    with pytest.raises(RefusedByLaw, match="写明事由"):
        extend(matter, people, date(2025, 3, 5), reason="")
    with pytest.raises(RefusedByLaw, match="写明事由"):
        extend(matter, people, date(2025, 3, 5), law="")
    with pytest.raises(RefusedByLaw, match="不能混用"):
        extend(matter, people, date(2025, 3, 5), length=Length(5, Unit.HOUR))
    assert not TermExtension.objects.exists()


def test_lr_26_extension_only_once(matter: Any, people: SimpleNamespace) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    extend(matter, people, date(2025, 3, 5))
    with pytest.raises(RefusedByLaw, match="最多延长1次"):
        extend(matter, people, date(2025, 3, 6))


def test_meet_in_time_late_and_by_postmark(new_matter: Callable[[], Any]) -> None:
    for done, posted, state in (
        (date(2025, 3, 24), None, "met"),
        (date(2025, 3, 25), None, "met_late"),
        (date(2025, 3, 27), date(2025, 3, 24), "met"),
    ):
        matter = new_matter()
        terms.start(matter, REVIEW, ACCEPTED)
        terms.meet(matter, REVIEW, done, posted_on=posted)
        term = of(matter)
        assert (term.state, term.met_on, term.posted_on) == (state, done, posted)
        assert term.due_on == date(2025, 3, 24)
        assert matter.due_on is None


def test_what_is_not_running_cannot_change(matter: Any, people: SimpleNamespace) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    terms.meet(matter, REVIEW, ACCEPTED)
    day = date(2025, 3, 5)
    for change in (
        lambda: terms.stop(matter, REVIEW, day, reason="补正", law="LR-27"),
        lambda: terms.resume(matter, REVIEW, day),
        lambda: extend(matter, people, day),
        lambda: terms.meet(matter, REVIEW, day),
        lambda: terms.miss(matter, REVIEW, day),
        lambda: terms.cancel(matter, REVIEW, day, reason="撤回"),
    ):
        with pytest.raises(RefusedByLaw, match="没有进行中的期限“审核期限”"):
            change()


def test_a_term_cannot_end_before_it_began(matter: Any) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    with pytest.raises(RefusedByLaw, match="早于期限"):
        terms.meet(matter, REVIEW, date(2025, 3, 2))
    assert of(matter).is_open


def test_miss_only_after_the_end(matter: Any) -> None:
    terms.start(matter, CHECK, ACCEPTED)
    with pytest.raises(RefusedByLaw, match="尚未届满"):
        terms.miss(matter, CHECK, date(2025, 3, 10))
    terms.miss(matter, CHECK, date(2025, 3, 11))
    assert of(matter).state == "missed"
    assert not of(matter).is_open


def test_cancel_keeps_the_reason(matter: Any) -> None:
    terms.start(matter, CHECK, ACCEPTED)
    with pytest.raises(RefusedByLaw, match="写明事由"):
        terms.cancel(matter, CHECK, ACCEPTED, reason="")
    terms.cancel(matter, CHECK, ACCEPTED, reason="名单更正，重新公示")
    term = of(matter)
    assert (term.state, term.end_reason, term.ended_on) == (
        "cancelled",
        "名单更正，重新公示",
        ACCEPTED,
    )


def test_cancel_open_leaves_no_open_term_on_a_closed_case(
    new_matter: Callable[[], Any], clock: Any
) -> None:
    closed, other = new_matter(), new_matter()
    for matter in (closed, other):
        terms.start(matter, REVIEW, ACCEPTED)
        terms.start(matter, PUBLICITY, ACCEPTED)
        terms.meet(matter, PUBLICITY, date(2025, 3, 11))
        matter.save()
    terms.cancel_open(closed, reason="办结", on=date(2025, 3, 12))
    states = dict(Term.objects.of_case(closed).values_list("code", "state"))
    assert states == {"review": "cancelled", "publicity": "met"}
    assert Term.objects.of_case(other).open().get().code == "review"
    closed.refresh_from_db()
    other.refresh_from_db()
    assert (closed.due_on, other.due_on) == (None, date(2025, 3, 24))
    terms.cancel_open(other, reason="办结")
    assert Term.objects.of_case(other).get(code="review").ended_on == clock.today()


def test_fq_8_wd_12_floor_opens_on_the_made_up_saturday(matter: Any) -> None:
    friday, saturday = date(2025, 10, 10), date(2025, 10, 11)
    before = terms.floor_has_run(matter, PUBLICITY, saturday)
    assert not before and before.reason == "“公示期”尚未起算。"
    terms.start(matter, PUBLICITY, date(2025, 9, 26))
    early = terms.floor_has_run(matter, PUBLICITY, friday)
    assert not early and "2025-10-11起方可办理" in early.reason
    with pytest.raises(RefusedByLaw, match="2025-10-11起方可办理"):
        terms.meet(matter, PUBLICITY, friday)
    assert terms.floor_has_run(matter, PUBLICITY, saturday) is MET
    terms.meet(matter, PUBLICITY, saturday)
    assert of(matter).state == "met"
    assert terms.floor_has_run(matter, PUBLICITY, saturday) is MET


def test_fq_8_a_stopped_or_cancelled_floor_has_not_run(matter: Any) -> None:
    terms.start(matter, PUBLICITY, date(2025, 9, 26))
    terms.stop(matter, PUBLICITY, date(2025, 9, 29), reason="异议核查", law="FQ-8")
    stopped = terms.floor_has_run(matter, PUBLICITY, date(2026, 1, 1))
    assert not stopped and "已中止" in stopped.reason
    terms.cancel(matter, PUBLICITY, date(2025, 9, 30), reason="名单更正")
    assert not terms.floor_has_run(matter, PUBLICITY, date(2026, 1, 1))
    with pytest.raises(RefusedByLaw, match="没有进行中"):
        terms.miss(matter, PUBLICITY, date(2026, 1, 1))


def test_a_floor_is_never_overdue_and_cannot_be_missed(matter: Any) -> None:
    terms.start(matter, PUBLICITY, date(2025, 9, 26))
    assert not Term.objects.overdue(date(2026, 1, 1)).exists()
    with pytest.raises(RefusedByLaw, match="尚未届满"):
        terms.miss(matter, PUBLICITY, date(2026, 1, 1))


def test_wd_2_hours_start_at_a_moment_and_never_stop(matter: Any, people: SimpleNamespace) -> None:
    received = datetime(2025, 9, 30, 22, 15, tzinfo=UTC)
    with pytest.raises(RefusedByLaw, match="须有起算时刻"):
        terms.start(matter, ARREST, date(2025, 10, 1))
    assert not Term.objects.exists()
    terms.start(matter, ARREST, received)
    term = of(matter)
    assert (term.started_on, term.due_on) == (date(2025, 10, 1), date(2025, 10, 3))
    assert term.due_at == received + timedelta(hours=48)
    with pytest.raises(RefusedByLaw, match="不得中止"):
        terms.stop(matter, ARREST, date(2025, 10, 1), reason="x", law="x")
    with pytest.raises(RefusedByLaw, match="不能混用"):
        extend(matter, people, received, rule=ARREST)
    overdue = Term.objects.overdue
    assert not overdue(received + timedelta(hours=48)).exists()
    assert overdue(received + timedelta(hours=48, minutes=1)).exists()
    terms.meet(matter, ARREST, received + timedelta(hours=48, seconds=1))
    assert of(matter).state == "met_late"


def test_wd_11_a_lead_can_be_neither_stopped_nor_extended(
    matter: Any, people: SimpleNamespace
) -> None:
    terms.start(matter, LEAVE, date(2025, 6, 17))
    assert matter.due_on == date(2025, 6, 13)
    with pytest.raises(RefusedByLaw, match="不得中止"):
        terms.stop(matter, LEAVE, date(2025, 6, 17), reason="x", law="x")
    with pytest.raises(RefusedByLaw, match="不能延长"):
        extend(matter, people, date(2025, 6, 17), rule=LEAVE)


def test_overdue_begins_the_day_after_the_end(matter: Any) -> None:
    terms.start(matter, CHECK, ACCEPTED)
    assert not Term.objects.overdue(date(2025, 3, 10)).exists()
    assert Term.objects.overdue(date(2025, 3, 11)).get() == of(matter)
    assert not Term.objects.overdue(datetime(2025, 3, 10, 23, tzinfo=PLACE)).exists()
    assert Term.objects.overdue(datetime(2025, 3, 11, 0, 1, tzinfo=PLACE)).exists()
    terms.meet(matter, CHECK, date(2025, 3, 12))
    assert not Term.objects.overdue(date(2025, 3, 13)).exists()


def test_law_0_2_length_follows_the_day_of_the_event(
    matter: Any, people: SimpleNamespace, own_parameters: None
) -> None:
    setting: parameters.Parameter[Length] = parameters.Parameter(
        "tests.check", "形式审查期限", Length(5, Unit.WORKING_DAY), "FQ-6", "design"
    )
    rule = TermRule("set", "形式审查期限", setting, Kind.DEADLINE, "FQ-6", "自收到之日起")
    terms.start(matter, rule, ACCEPTED)
    parameters.record(setting, "3wd", ACCEPTED, by=people.system_admin, source="局办公会纪要")
    assert of(matter).reckoning(calendar.current()).due == date(2025, 3, 10)
    terms.cancel(matter, rule, ACCEPTED, reason="重新起算")
    terms.start(matter, rule, ACCEPTED)
    assert matter.due_on == date(2025, 3, 6)
    terms.cancel(matter, rule, ACCEPTED, reason="重新起算")
    terms.start(matter, rule, ACCEPTED - timedelta(days=3))
    assert matter.due_on == date(2025, 3, 7)


def test_explain_tells_history_and_every_day(matter: Any, people: SimpleNamespace) -> None:
    terms.start(matter, REVIEW, ACCEPTED)
    terms.stop(matter, REVIEW, date(2025, 3, 6), reason="要求补正", law="LR-27")
    assert (
        "中止：2025-03-06至尚未恢复，事由：要求补正，依据：参照《行政许可法》第四十五条"
        in terms.explain(of(matter))
    )
    terms.resume(matter, REVIEW, date(2025, 3, 12))
    extend(matter, people, date(2025, 3, 20))
    lines = terms.explain(of(matter))
    assert lines[0] == "审核期限：15个工作日（最迟期限），依据：国办发〔2018〕115号"
    assert lines[1] == "自受理之日起：2025-03-03（周一）"
    assert "延长：5个工作日，2025-03-20决定，事由：案情复杂，依据：审查期限由本局确定" in lines
    assert "2025-03-28（周五）第15个工作日" in lines
    assert "届满：2025-04-07（周一）" in lines
    assert lines[-1] == "逾期不产生视为同意的效果"


def test_explain_tells_the_moment_of_hours(matter: Any) -> None:
    terms.start(matter, ARREST, datetime(2025, 10, 1, 6, 15, tzinfo=PLACE))
    assert "自收到之时起：2025-10-01 06:15" in terms.explain(of(matter))


def test_wd_18_a_term_into_the_next_year_is_provisional(matter: Any) -> None:
    terms.start(matter, REVIEW, date(2026, 12, 20))
    assert of(matter).is_provisional
    assert of(matter).due_on == date(2027, 1, 11)


def test_a_period_without_an_answer_is_refused(matter: Any) -> None:
    endless = TermRule("x", "无尽", Length(9999, Unit.YEAR), Kind.DEADLINE, "x", "自")
    with pytest.raises(RefusedByLaw, match="超出"):
        terms.start(matter, endless, ACCEPTED)


@pytest.mark.parametrize(
    ("due", "colour", "text"),
    [
        ("2025-10-11", "绿", "剩6个工作日"),
        ("2025-10-10", "绿", "剩5个工作日"),
        ("2025-09-30", "黄", "剩3个工作日"),
        ("2025-09-29", "黄", "剩2个工作日"),
        ("2025-09-27", "黄", "剩1日"),
        ("2025-09-26", "黄", "今日到期"),
        ("2025-09-25", "红", "已超期1日"),
        ("2025-09-16", "红", "已超期10日"),
    ],
)
def test_light(due: str, colour: str, text: str) -> None:
    today = date(2025, 9, 26)
    shown = terms.light(date.fromisoformat(due), today, calendar.seeded_calendar())
    assert shown is not None
    assert (shown.colour.label, shown.text) == (colour, text)


def test_light_takes_the_office_own_warning_and_nothing_where_nothing_is_due() -> None:
    known, today = calendar.seeded_calendar(), date(2025, 9, 26)
    assert terms.light(None, today, known) is None
    shown = terms.light(date(2025, 10, 10), today, known, warning_days=5)
    assert shown is not None and shown.colour == terms.Colour.YELLOW
    assert terms.WARNING_DAYS.on(today) == 3
