"""Grant and withdraw dated exceptions on single cases, record and lift recusals."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from audit import clock
from audit.recording import record
from permissions.cases import exception_models, permission_for, verbs_about
from permissions.models import CaseException, Recusal, User
from permissions.permissions import Verb
from permissions.policy import demand
from permissions.posts import refuse_own
from permissions.refusals import Impossible
from permissions.verbs import VerbEnum

LONGEST = timedelta(days=365)


@transaction.atomic
def grant(
    case: Any,
    user: User,
    verb: VerbEnum,
    starts_on: date,
    ends_on: date,
    *,
    reason: str,
    by: User,
) -> CaseException:
    """Let a person do one verb on one case for a time (协办、查阅) and return the exception.

    Raises `Impossible` with the Chinese reason; an exception widens a post and replaces none.
    """
    post = demand(by, Verb.MANAGE_EXCEPTION)
    refuse_own(user, by)
    _check_dates(starts_on, ends_on)
    if verb not in set(verbs_about(type(case))):
        raise Impossible(f"“{verb.label}”不是这类案件的权限，请另选。")
    if not user.case_posts_on(max(starts_on, clock.today())):
        raise Impossible(f"{user.full_name}在此期间没有业务岗位（管理员除外），不能授予例外权限。")
    exception: CaseException = type(case).exceptions.rel.related_model.objects.create(
        content_object=case, user=user, permission=permission_for(verb, type(case)),
        starts_on=starts_on, ends_on=ends_on, reason=reason, granted_by=by,
    )  # fmt: skip
    record(
        "permissions.grant_exception", "授予例外权限", subject=exception, by=by, post=post,
        subject_title=case.number, reason=reason, after=_values(exception, case),
    )  # fmt: skip
    return exception


def _check_dates(starts_on: date, ends_on: date) -> None:
    """Refuse a period that is empty, over, or without a near end."""
    if ends_on < starts_on:
        raise Impossible("“至”不能早于“自”。")
    if ends_on < clock.today():
        raise Impossible("授权期间已经过去，请核对日期。")
    if ends_on - starts_on > LONGEST:
        raise Impossible("例外授权一次最长一年，到期仍需要的请重新授予。")


@transaction.atomic
def withdraw(exception: CaseException, *, reason: str, by: User) -> CaseException:
    """Withdraw an exception (收回); it stays on record."""
    post = demand(by, Verb.MANAGE_EXCEPTION)
    exception = type(exception).objects.select_for_update().get(pk=exception.pk)
    if exception.withdrawn_at is not None:
        raise Impossible("该例外权限已经收回。")
    case = exception.content_object
    before = _values(exception, case)
    exception.withdrawn_at = clock.now()
    exception.save(update_fields=["withdrawn_at"])
    record(
        "permissions.withdraw_exception", "收回例外权限", subject=exception, by=by, post=post,
        subject_title=case.number, reason=reason, before=before, after=_values(exception, case),
    )  # fmt: skip
    return exception


def granted(before: datetime | None = None, size: int = 50) -> list[CaseException]:
    """Return the exceptions granted before a moment, on cases of all kinds, the newest first."""
    rows: list[CaseException] = []
    for model in exception_models():
        grants = model.objects.order_by("-granted_at").select_related(
            "user", "granted_by", "permission", "content_object"
        )
        rows += grants.filter(granted_at__lt=before)[:size] if before else grants[:size]
    return sorted(rows, key=lambda row: row.granted_at, reverse=True)[:size]


def exception_with(uuid: Any) -> CaseException | None:
    """Return the exception with this uuid, of whatever kind of case."""
    found = (model.objects.filter(uuid=uuid).first() for model in exception_models())
    return next((exception for exception in found if exception is not None), None)


@transaction.atomic
def recuse(case: Any, user: User, *, reason: str, by: User) -> Recusal:
    """Record that a person is recused (回避): he neither sees nor decides the case."""
    post = demand(by, Verb.MANAGE_RECUSAL)
    kind = ContentType.objects.get_for_model(case)
    if user.recusals.open().filter(content_type=kind, object_id=case.pk).exists():
        raise Impossible(f"{user.full_name}对该件已经回避。")
    recusal = Recusal.objects.create(
        user=user, content_type=kind, object_id=case.pk, reason=reason, recorded_by=by
    )
    record(
        "permissions.recuse", "登记回避", subject=recusal, subject_title=case.number, by=by,
        post=post, reason=reason, after={"person": user.username, "case": case.number},
    )  # fmt: skip
    return recusal


@transaction.atomic
def lift_recusal(recusal: Recusal, *, reason: str, by: User) -> Recusal:
    """Lift a recusal (解除回避); nobody lifts his own."""
    post = demand(by, Verb.MANAGE_RECUSAL)
    recusal = Recusal.objects.select_for_update().get(pk=recusal.pk)
    refuse_own(recusal.user, by)
    if recusal.lifted_at is not None:
        raise Impossible("该回避已经解除。")
    recusal.lifted_at, recusal.lifted_because = clock.now(), reason
    recusal.save(update_fields=["lifted_at", "lifted_because"])
    record(
        "permissions.lift_recusal", "解除回避", subject=recusal, by=by, post=post, reason=reason,
        subject_title=recusal.case.number,
        before={"person": recusal.user.username, "case": recusal.case.number, "lifted": False},
        after={"lifted": True},
    )  # fmt: skip
    return recusal


def _values(exception: CaseException, case: Any) -> dict[str, Any]:
    """Return what an entry says of an exception."""
    return {
        "case": case.number,
        "person": exception.user.username,
        "verb": exception.permission.codename,
        "starts_on": exception.starts_on,
        "ends_on": exception.ends_on,
        "withdrawn_at": exception.withdrawn_at,
    }
