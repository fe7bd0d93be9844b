"""挂起、中止 and 恢复: nothing is done in a case for a time; 中止 also stops the clock by law."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from audit import clock
from audit.recording import record
from documents import papers
from permissions.models import User
from permissions.policy import may
from workflows import tasks, terms
from workflows.door import locked
from workflows.lifecycle import Case, Hold
from workflows.models.tasks import Task
from workflows.operations.guard import record_refusal
from workflows.permissions import CaseVerb
from workflows.refusals import Refusal, RefusedByLaw, RefusedByPerson, RefusedByState
from workflows.telling import tell_holder
from workflows.vocabulary import Operation

STAY_NOTICE = "workflows.stay_notice"
RESUMPTION_NOTICE = "workflows.resumption_notice"
"""Kinds of paper; their words stand in `workflows.documents`."""


def suspend(case: Case, *, by: User, reason: str) -> Case:
    """挂起: pause a case for an inner reason; every term runs on (the law knows no such pause)."""

    def body(locked_case: Case) -> dict[str, Any]:
        _hold(locked_case, Hold.SUSPENDED, reason)
        return {}

    return _carry_out(Operation.SUSPEND, case, by, reason, body)


def stay(case: Case, *, by: User, reason: str, law: str) -> Case:
    """中止: stay a case by an article of law; its running terms stop, and a notice is issued."""

    def body(locked_case: Case) -> dict[str, Any]:
        if not law.strip():
            raise RefusedByLaw("中止须写明依据的条款（WD-17）。")
        stopped = terms.stop_open(locked_case, clock.today(), reason=reason, law=law)
        _hold(locked_case, Hold.STAYED, f"{reason}（{law}）")
        locked_case.save()
        papers.issue(locked_case, STAY_NOTICE, by=by, on=clock.today())
        return {"依据": law, "停止计算的期限": [term.title for term in stopped]}

    return _carry_out(Operation.STAY, case, by, reason, body)


def resume(case: Case, *, by: User, reason: str) -> Case:
    """恢复: go on with a suspended or stayed case; stopped terms run on from the next day."""

    def body(locked_case: Case) -> dict[str, Any]:
        if not locked_case.is_held:
            raise RefusedByState("该件没有挂起或者中止。")
        stayed = locked_case.held_as == Hold.STAYED
        resumed = (
            terms.resume_stopped(locked_case, clock.today(), because=locked_case.held_because)
            if stayed
            else []
        )
        locked_case.let_go()
        locked_case.save()
        if stayed:
            papers.issue(locked_case, RESUMPTION_NOTICE, by=by, on=clock.today())
        return {"恢复计算的期限": [term.title for term in resumed]}

    return _carry_out(Operation.RESUME, case, by, reason, body)


def can_hold(case: Case, by: User) -> bool:
    """Tell whether the person may suspend, stay and resume this case."""
    return bool(may(by, CaseVerb.HOLD, case))


def _hold(case: Case, kind: Hold, because: str) -> None:
    """Write that nothing can be done in the case."""
    if case.is_held:
        raise RefusedByState(f"该件已{case.get_held_as_display()}。")
    case.held_as, case.held_on, case.held_because = kind, clock.today(), because[:200]


def _carry_out(
    operation: Operation,
    stale: Case,
    by: User,
    reason: str,
    body: Callable[[Case], dict[str, Any]],
) -> Case:
    """Lock the case, ask, do and write one entry; a refusal is recorded and raised."""
    try:
        with transaction.atomic():
            case = locked(stale)
            by.forget_posts()
            answer = may(by, CaseVerb.HOLD, case)
            if not answer:
                raise RefusedByPerson(answer.reason)
            if case.is_closed:
                raise RefusedByState(f"该件已办结（{case.state_label}），不能{operation.label}。")
            if not reason.strip():
                raise RefusedByLaw(f"请填写{operation.label}的事由。")
            told = body(case)
            case.save()
            tasks.participate(case, by)
            tasks.refresh_due_dates(case)
            for task in Task.objects.of_case(case).open().select_related("holder", "unit"):
                tell_holder(task, f"“{case.title}”已{operation.label}：{reason}")
            record(
                f"workflows.{operation}",
                operation.label,
                subject=case,
                subject_title=case.title,
                by=by,
                post=answer.post,
                on_behalf_of=answer.on_behalf_of,
                reason=reason,
                after={**told, "案件期限": operation.meaning.case_clock},
            )
            return case
    except Refusal as refusal:
        record_refusal(operation, stale, by, refusal)
        raise
