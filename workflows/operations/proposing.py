"""重定位、终止、作废、恢复办理: what one person proposes and another must confirm.

Nothing happens until it is confirmed; then it happens under the confirming person's name, and the
entry names both. A case has one open proposal at a time.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

from audit import clock
from audit.prepared import Prepared
from audit.recording import record
from permissions.models import Post, User
from permissions.policy import may, who_may
from workflows import door, flows, tasks
from workflows.door import locked
from workflows.flows import moving
from workflows.lifecycle import Case
from workflows.models.operations import Proposal
from workflows.models.tasks import Task, TaskKind
from workflows.operations.guard import all_or_refused, record_refusal
from workflows.permissions import CaseVerb
from workflows.refusals import (
    Refusal,
    RefusedByLaw,
    RefusedByPerson,
    RefusedByRace,
    RefusedByState,
)
from workflows.telling import tell, tell_holder
from workflows.vocabulary import Operation
from workflows.wording import joined

ACTS = {
    Operation.TERMINATE: "terminate",
    Operation.VOID: "void",
    Operation.REOPEN: "reopen",
}
"""The act of the lifecycle by which each of these operations changes what is legally true."""

PROPOSABLE = (*ACTS, Operation.REPOSITION)


@dataclass(frozen=True)
class Wanted:
    """What is proposed: the operation, why, and for 重定位 the task and where it shall go."""

    operation: Operation
    reason: str
    task: Task | None = None
    target: str = ""


def propose(case: Case, wanted: Wanted, *, by: User) -> Proposal:
    """提请: propose an operation; a task to confirm it goes to the leader who may."""
    try:
        with transaction.atomic():
            case = locked(case)
            by.forget_posts()
            answer = may(by, CaseVerb.PROPOSE, case)
            if not answer:
                raise RefusedByPerson(answer.reason)
            refuse_impossible(case, wanted)
            proposal = _write(case, wanted, by)
            tasks.participate(case, by)
            label = f"提请{wanted.operation.label}"
            told = {"目标环节": wanted.target} if wanted.target else {}
            _record(case, label, by, answer.post, wanted.reason, told)
            return proposal
    except Refusal as refusal:
        record_refusal(wanted.operation, case, by, refusal)
        raise


def refuse_impossible(case: Case, wanted: Wanted) -> None:
    """Refuse what cannot be done in the case as it is, whoever wants it."""
    if not wanted.reason.strip():
        raise RefusedByLaw(f"请填写{wanted.operation.label}的理由。")
    if Proposal.objects.filter(
        content_type=case.content_type(), object_id=case.pk, state=Proposal.State.OPEN
    ).exists():
        raise RefusedByRace("该件已有待确认的提请，确认后方可再提。")
    if wanted.operation == Operation.REPOSITION:
        _refuse_reposition(case, wanted)
        return
    act = case.acts().get(ACTS[wanted.operation])
    if act is None or case.state not in act.sources:
        raise RefusedByState(f"该件现为“{case.state_label}”，不能{wanted.operation.label}。")
    unmet = list(door.unmet(case, act, clock.today()))
    if unmet:
        raise RefusedByLaw(joined(unmet))


def _refuse_reposition(case: Case, wanted: Wanted) -> None:
    """Refuse a jump from a task that is over, to no step, or into another legal state."""
    task = wanted.task
    if task is None or not task.is_open or task.engine_task_id is None:
        raise RefusedByState("请选择正在办理的环节。")
    step = flows.step_of(case, wanted.target)
    if step is None or step.name == task.node:
        raise RefusedByLaw("请选择要转到的另一环节。")
    if wanted.target not in dict(reachable(task)):
        raise RefusedByLaw(
            f"该件现为“{case.state_label}”，在“{step.task_title}”环节没有可以办理的行为，"
            "或者该环节在另一分支，不能重定位到该环节。"
        )


def reachable(task: Task) -> list[tuple[str, str]]:
    """Return the steps to which a task could be repositioned: name and title.

    In the same branch, because a token that leaves its branch would be decided twice; and where
    the legal state knows an act of the step, because the flow never changes what is lawful.
    """
    case, acts = task.case, task.case.acts()
    flow = flows.flow_of_case(case)
    if flow is None:
        return []
    scopes = flow.scopes()
    return [
        (step.name, str(step.task_title))
        for step in flow.steps()
        if step.name != task.node
        and scopes.get(step.name) == scopes.get(task.node)
        and any(case.state in acts[name].sources for name in step.acts)
    ]


def _write(case: Case, wanted: Wanted, by: User) -> Proposal:
    """Write the proposal and route its confirmation to the nearest leader who may."""
    post = _leader(case, by)
    to = tasks.Routing(
        node=f"confirm_{wanted.operation}",
        title=f"确认{wanted.operation.label}",
        role=post.role,
        unit=post.unit,
    )
    (task,) = tasks.route(case, to)
    Task.objects.filter(pk=task.pk).update(kind=TaskKind.CONSENT, request=wanted.reason[:500])
    tell(task, f"{by.full_name}提请{wanted.operation.label}“{case.title}”：{wanted.reason}")
    return Proposal.objects.create(
        content_type=case.content_type(),
        object_id=case.pk,
        operation=wanted.operation,
        reason=wanted.reason,
        target=wanted.target,
        at_task=wanted.task,
        consent_task=task,
        proposed_by=by,
    )


def _leader(case: Case, by: User) -> Post:
    """Return the post that shall confirm: the nearest one whose holder is another person."""
    posts = [post for post in who_may(CaseVerb.CONFIRM, case) if post.user_id != by.pk]
    posts = [post for post in posts if post.role in CaseVerb.CONFIRM.roles]
    if not posts:
        raise RefusedByState("没有可以确认的负责人在任，请先由安全管理员任命。")
    return max(posts, key=lambda post: (len(post.unit.reach), -post.pk))


def confirm(proposal: Proposal, *, by: User, answer: str = "") -> Proposal:
    """确认: a second person confirms, and it is done at once; never by who proposed it."""
    try:
        with transaction.atomic():
            case, proposal = _opened(proposal, by)
            wanted = Wanted(
                Operation(proposal.operation), proposal.reason, proposal.at_task, proposal.target
            )
            _decide(proposal, Proposal.State.CONFIRMED, by, answer)
            if wanted.operation == Operation.REPOSITION:
                _reposition(case, wanted, by, proposal)
            else:
                _perform(case, wanted, by, proposal)
            return proposal
    except Refusal as refusal:
        record_refusal(Operation(proposal.operation), proposal.case, by, refusal)
        raise


def reject(proposal: Proposal, *, by: User, answer: str) -> Proposal:
    """不同意: a second person says no, with a reason; nothing else happens."""
    operation = Operation(proposal.operation)
    label = f"不同意{operation.label}"
    with all_or_refused(f"workflows.{operation}", label, by, lambda: proposal.case):
        case, proposal = _opened(proposal, by)
        if not answer.strip():
            raise RefusedByLaw("请填写不同意的理由。")
        _decide(proposal, Proposal.State.REJECTED, by, answer)
        tasks.participate(case, by)
        post = may(by, CaseVerb.CONFIRM, case).post
        _record(case, label, by, post, answer, {"提出人": proposal.proposed_by.full_name})
        return proposal


def _opened(proposal: Proposal, by: User) -> tuple[Case, Proposal]:
    """Lock case and proposal, read them again, and refuse who may not decide it."""
    case = locked(proposal.case)
    by.forget_posts()
    fresh = Proposal.objects.select_related("proposed_by", "at_task", "consent_task").get(
        pk=proposal.pk
    )
    if fresh.state == Proposal.State.LAPSED:
        raise RefusedByState(f"该提请已失效：{fresh.answer}。")
    if fresh.state != Proposal.State.OPEN:
        who = fresh.decided_by.full_name if fresh.decided_by else ""
        raise RefusedByRace(f"该提请已由{who}处理（{fresh.get_state_display()}）。")
    answer = may(by, CaseVerb.CONFIRM, case)
    if not answer:
        raise RefusedByPerson(answer.reason)
    if by.pk == fresh.proposed_by_id or (
        answer.on_behalf_of and answer.on_behalf_of.pk == fresh.proposed_by_id
    ):
        raise RefusedByPerson("提出人不能确认自己的提请，须由另一人确认。")
    return case, fresh


def _decide(proposal: Proposal, state: str, by: User, answer: str) -> None:
    """Close the proposal and its task."""
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, clock.now()
    proposal.answer = answer.strip()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    task = proposal.consent_task
    post = next(iter(by.posts_on(clock.today())), None)
    tasks.finish(
        task, by=by, post=post, outcome=proposal.get_state_display(), opinion=proposal.answer
    )
    told = f"您提请的{Operation(proposal.operation).label}{proposal.get_state_display()}"
    tell(task, f"“{task.case_title}”：{told}。{proposal.answer}", proposal.proposed_by)


def _reposition(case: Case, wanted: Wanted, by: User, proposal: Proposal) -> None:
    """Put the case on another step; what it leaves is marked as skipped."""
    _refuse_reposition(case, wanted)
    door.refuse_held(case)
    task = Task.objects.select_related("engine_task").get(pk=wanted.task.pk)  # type: ignore[union-attr]
    moving.go_to(case, task.engine_task, wanted.target, reason=f"重定位：{wanted.reason}")
    tasks.refresh_due_dates(case)
    for row in Task.objects.of_case(case).open().filter(node=wanted.target):
        tell_holder(row, f"“{case.title}”重定位到“{row.title}”：{wanted.reason}")
    tasks.participate(case, by)
    post = may(by, CaseVerb.CONFIRM, case).post
    told = {"自": task.title, "至": wanted.target, "提出人": proposal.proposed_by.full_name}
    _record(case, Operation.REPOSITION.label, by, post, wanted.reason, told)


def _perform(case: Case, wanted: Wanted, by: User, proposal: Proposal) -> None:
    """Perform the act of the lifecycle, and put a reopened case back on its steps."""
    move = moving.reopen if wanted.operation == Operation.REOPEN else _stay_where_it_is
    opinion = f"{wanted.reason}（提出人：{proposal.proposed_by.full_name}）"
    passage = door.Passage(wanted.operation, partial(move))
    door.perform(case, ACTS[wanted.operation], by=by, opinion=opinion, through=passage)


def _stay_where_it_is(case: Case) -> None:
    """Leave the flow to the door, which ends it when the case is over."""


def _record(
    case: Case, label: str, by: User, post: Post | None, reason: str, told: dict[str, Any]
) -> None:
    record(
        "workflows.propose_case",
        label,
        subject=case,
        subject_title=case.title,
        by=by,
        post=post,
        reason=reason,
        after=told,
    )


def open_proposal(case: Case) -> Proposal | None:
    """Return the proposal that waits for confirmation in a case, if there is one."""
    return next(iter(_open_of(case.content_type().pk, case.pk)), None)


_open_of: Prepared[Proposal] = Prepared(
    lambda kind, key: Proposal.objects.filter(
        content_type=kind, object_id=key, state=Proposal.State.OPEN
    ).select_related("proposed_by", "consent_task"),
    int,
    int,
)
