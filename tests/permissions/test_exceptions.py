"""Exceptions and recusals: granted, refused, withdrawn, recorded, through the pages."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accreditation.models import Application, ApplicationException
from accreditation.permissions import ApplicationVerb, TitleVerb
from audit.models import Entry
from permissions.cases import case_models, case_with_number
from permissions.exceptions import grant, granted, lift_recusal, recuse, withdraw
from permissions.models import Recusal
from permissions.policy import may
from permissions.refusals import Impossible
from tests.permissions.conftest import text_of

TODAY = date(2025, 9, 26)
DAY = timedelta(days=1)
GRANT, LIST = reverse("permissions:grant_exception"), reverse("permissions:exceptions")
RECUSE, RECUSALS = reverse("permissions:recuse"), reverse("permissions:recusals")


def test_the_kinds_of_cases_are_found_without_importing_them() -> None:
    assert Application in case_models()


def test_a_case_is_found_by_its_number(applications: SimpleNamespace) -> None:
    assert case_with_number(applications.tieying.number) == applications.tieying
    assert case_with_number("没有这个号") is None
    assert case_with_number("") is None


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (TODAY, TODAY - DAY, "“至”不能早于“自”"),
        (TODAY - 9 * DAY, TODAY - DAY, "授权期间已经过去"),
        (TODAY, TODAY + 366 * DAY, "一次最长一年"),
    ],
)
def test_periods_that_make_no_sense_are_refused(
    people: SimpleNamespace, applications: SimpleNamespace, start: date, end: date, why: str
) -> None:
    with pytest.raises(Impossible, match=why):
        grant(
            applications.tieying, people.chief, ApplicationVerb.EDIT, start, end, reason="协办",
            by=people.security_admin,
        )  # fmt: skip


def give(case: Any, person: Any, by: Any, verb: Any = ApplicationVerb.EDIT) -> Any:
    """Grant an exception until tomorrow."""
    return grant(case, person, verb, TODAY, TODAY + DAY, reason="协办", by=by)


def test_only_the_security_administrator_grants_and_never_to_himself_or_an_administrator(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    case = applications.tieying
    for person in people.all:
        if person != people.security_admin:
            with pytest.raises(PermissionDenied):
                give(case, people.chief, person)
            with pytest.raises(PermissionDenied):
                recuse(case, people.chief, reason="排挤", by=person)
    with pytest.raises(Impossible, match="不能变更本人的岗位和权限"):
        give(case, people.security_admin, people.security_admin)
    with pytest.raises(Impossible, match="没有业务岗位"):
        give(case, people.system_admin, people.security_admin)


def test_a_verb_of_another_kind_of_case_is_refused(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    with pytest.raises(Impossible, match="不是这类案件的权限"):
        give(applications.tieying, people.chief, people.security_admin, TitleVerb.REVOKE)


def test_each_grant_stays_on_record(
    people: SimpleNamespace, applications: SimpleNamespace, clock: Any
) -> None:
    first = give(applications.tieying, people.chief, people.security_admin)
    withdraw(first, reason="办结", by=people.security_admin)
    clock.forward(minutes=1)
    second = give(applications.tieying, people.chief, people.security_admin)
    assert granted() == [second, first]
    assert granted(before=second.granted_at) == [first]
    with pytest.raises(Impossible, match="已经收回"):
        withdraw(first, reason="再来一次", by=people.security_admin)
    acts = Entry.objects.filter(act__endswith="_exception").values_list("act", flat=True)
    assert list(acts.order_by("sequence")) == [
        "permissions.grant_exception",
        "permissions.withdraw_exception",
        "permissions.grant_exception",
    ]


def test_the_pages_grant_and_withdraw(
    people: SimpleNamespace, applications: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.security_admin)
    typed = {
        "case": applications.tieying.number,
        "user": "云所长（chief）",
        "verb": "accreditation.edit_application",
        "starts_on": "2025-09-26",
        "ends_on": "2025-10-26",
        "reason": "协助铁营整理台账，局长批准",
    }
    assert "例外权限已授予。" in text_of(client.post(GRANT, typed, follow=True))
    assert may(people.chief, ApplicationVerb.EDIT, applications.tieying)
    page = text_of(client.get(LIST))
    assert applications.tieying.number in page
    assert "有效" in page
    given = ApplicationException.objects.get()
    withdrawal = reverse("permissions:withdraw_exception", args=[given.uuid])
    client.post(withdrawal, {"reason": "办结"})
    assert not may(people.chief, ApplicationVerb.EDIT, applications.tieying)
    assert "已收回" in text_of(client.get(LIST))


def test_a_bad_grant_keeps_what_was_typed(
    people: SimpleNamespace, applications: SimpleNamespace, signed_in: Any
) -> None:
    typed = {
        "case": "没有这个号",
        "user": "没有这个人",
        "verb": "accreditation.edit_application",
        "starts_on": "不是日期",
        "ends_on": "2025-10-26",
        "reason": "协助整理台账",
    }
    page = text_of(signed_in(people.security_admin).post(GRANT, typed))
    assert "没有这个编号的案件，请核对后重新输入。" in page
    assert "没有这个人员。请从提示中选择，或者输入账号。" in page
    for text in ("没有这个号", "没有这个人", "不是日期", "协助整理台账"):
        assert f'value="{text}"' in page


def test_two_people_of_one_name_are_told_apart_by_account(
    people: SimpleNamespace, applications: SimpleNamespace, signed_in: Any
) -> None:
    people.officer.full_name = people.chief.full_name
    people.officer.save()
    typed = {"case": applications.tieying.number, "user": "云所长", "reason": "亲属"}
    client = signed_in(people.security_admin)
    assert "有多个同名人员，请输入账号。" in text_of(client.post(RECUSE, typed))
    client.post(RECUSE, typed | {"user": "officer"})
    assert Recusal.objects.get().user == people.officer


def test_the_pages_record_and_lift_a_recusal(
    people: SimpleNamespace, applications: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(people.security_admin)
    case = applications.tieying
    typed = {"case": case.number, "user": "乐审核", "reason": "系申报人亲属，局长决定"}
    client.post(RECUSE, typed)
    assert not may(people.reviewer, ApplicationVerb.CHECK, case)
    assert "乐审核对该件已经回避。" in text_of(client.post(RECUSE, typed))
    recusal = Recusal.objects.get()
    lift = reverse("permissions:lift_recusal", args=[recusal.uuid])
    client.post(lift, {"reason": "已换人"})
    assert may(people.reviewer, ApplicationVerb.CHECK, case)
    assert "该回避已经解除。" in text_of(client.post(lift, {"reason": "再来一次"}))
    assert "已于 2025-09-26 解除：已换人" in text_of(client.get(RECUSALS))
    acts = set(Entry.objects.filter(act__contains="recus").values_list("act", flat=True))
    assert acts == {"permissions.recuse", "permissions.lift_recusal"}


def test_nobody_lifts_his_own_recusal(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    recusal = recuse(
        applications.tieying, people.security_admin, reason="亲属", by=people.security_admin
    )
    with pytest.raises(Impossible, match="不能变更本人"):
        lift_recusal(recusal, reason="自己", by=people.security_admin)


def test_the_database_keeps_one_open_recusal(
    people: SimpleNamespace, applications: SimpleNamespace
) -> None:
    first = recuse(applications.tieying, people.chief, reason="亲属", by=people.security_admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recusal.objects.create(
            user=first.user, content_type=first.content_type, object_id=first.object_id,
            reason="又一次", recorded_by=people.security_admin,
        )  # fmt: skip


def test_the_lists_tell_the_administrator_no_more_than_the_number(
    people: SimpleNamespace, applications: SimpleNamespace, signed_in: Any
) -> None:
    """Goal 33: whoever gives rights on cases does not thereby read them."""
    give(applications.tieying, people.chief, people.security_admin)
    recuse(applications.kongzhen, people.chief, reason="亲属", by=people.security_admin)
    client = signed_in(people.security_admin)
    for page in (LIST, RECUSALS):
        text = text_of(client.get(page))
        assert applications.tieying.title not in text
        assert applications.kongzhen.title not in text
