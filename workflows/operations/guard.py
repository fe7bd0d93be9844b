"""Ask whether an operation is allowed: the one question behind every button, batch and API.

`can` answers with a reason; `guarded` makes a function an operation: lock, ask, do, record.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from audit import clock
from audit.models import Outcome
from audit.prepared import Prepared
from audit.recording import record, record_alone
from permissions.models import Post, User
from permissions.policy import is_recused, may
from workflows import flows, tasks
from workflows.door import locked
from workflows.flows import Step
from workflows.lifecycle import Case
from workflows.models.operations import Decline
from workflows.models.tasks import Task, TaskKind, TaskState
from workflows.permissions import CaseVerb
from workflows.refusals import (
    Refusal,
    RefusedByLaw,
    RefusedByPerson,
    RefusedByRace,
    RefusedByState,
)
from workflows.vocabulary import Operation, in_order

HOLDERS = frozenset(
    {
        Operation.TRANSFER,
        Operation.CONSULT,
        Operation.ADD_BEFORE,
        Operation.ADD_AFTER,
        Operation.ADD_ALONGSIDE,
        Operation.SEND_BACK,
        Operation.COPY,
        Operation.CIRCULATE,
    }
)
"""Operations of whoever holds the task, or could claim it now."""

WHILE_HELD = frozenset({Operation.COPY, Operation.CIRCULATE, Operation.WITHDRAW_COPY})
"""Operations that a suspended or stayed case still allows."""


@dataclass(frozen=True)
class Answered:
    """What `can` says: allowed or not, and why not."""

    operation: Operation
    allowed: bool
    reason: str = ""
    refused: str = ""

    def __bool__(self) -> bool:
        return self.allowed


@dataclass
class Scene:
    """Where an operation is done: the locked case, the task as it now is, and who does it."""

    operation: Operation
    case: Any
    task: Task
    step: Step | None
    by: User
    post: Post | None = None
    principal: User | None = None


def can(operation: Operation, task: Task, user: User) -> Answered:
    """Tell whether the person may do the operation on the task now, and if not, why."""
    try:
        demand(operation, task, user)
    except Refusal as refusal:
        return Answered(operation, False, refusal.message, refusal.kind)
    return Answered(operation, True)


def demand(operation: Operation, task: Task, user: User) -> None:
    """Raise the refusal that the person would meet if he did the operation on the task now."""
    case = task.case
    _ask(Scene(operation, case, task, flows.step_of(case, task.node), user))


def offered(task: Task, user: User) -> list[Answered]:
    """Return every operation that the task's step allows, each open or with its reason."""
    step = flows.step_of(task.case, task.node)
    return [can(operation, task, user) for operation in in_order(step.operations if step else ())]


def guarded(operation: Operation) -> Callable[..., Any]:
    """Make a function an operation on a task.

    The function takes the `Scene` and its facts and returns what the entry tells of it. As an
    operation it takes the task (only its key is believed), `by` and `reason`, and returns the task
    as it then is. A refusal is recorded and raised; nothing else is changed then.
    """

    def declare(body: Callable[..., dict[str, Any]]) -> Callable[..., Task]:
        @wraps(body)
        def run(task: Task, *, by: User, reason: str = "", **facts: Any) -> Task:
            try:
                with transaction.atomic():
                    scene = enter(operation, task, by)
                    told = body(scene, reason=reason.strip(), **facts)
                    tasks.participate(scene.case, by)
                    write(scene, told, reason)
                    return Task.objects.get(pk=task.pk)
            except Refusal as refusal:
                record_refusal(operation, task.case, by, refusal)
                raise

        return run

    return declare


def enter(operation: Operation, task: Task, by: User) -> Scene:
    """Lock the case, read the task again and ask; raise a `Refusal` where it is not allowed."""
    model: Any = ContentType.objects.get_for_id(task.content_type_id).model_class()
    case = locked(model(pk=task.object_id))
    by.forget_posts()
    fresh = _read_again(task.pk)[0]
    scene = Scene(operation, case, fresh, flows.step_of(case, fresh.node), by)
    _ask(scene)
    return scene


_read_again: Prepared[Task] = Prepared(
    lambda key: Task.objects.filter(pk=key).select_related(
        "holder", "closed_by", "closed_for", "unit"
    ),
    int,
)


def write(scene: Scene, told: dict[str, Any], reason: str) -> None:
    """Write the one entry of an operation, with its effect on the clocks."""
    meaning = scene.operation.meaning
    record(
        f"workflows.{scene.operation}",
        scene.operation.label,
        subject=scene.case,
        subject_title=scene.case.title,
        by=scene.by,
        post=scene.post,
        on_behalf_of=scene.principal,
        reason=reason,
        after={
            "环节": scene.task.title,
            **told,
            "案件期限": meaning.case_clock,
            "待办期限": meaning.task_clock,
        },
    )


def record_refusal(operation: Operation, case: Any, by: User, refusal: Refusal) -> None:
    """Leave an entry of a refused operation; it stands although everything was rolled back."""
    _record_refusal(f"workflows.{operation}", operation.label, case, by, refusal)


@contextmanager
def all_or_refused(act: str, label: str, by: User, subject: Callable[[], Any]) -> Iterator[None]:
    """Do what is inside as a whole; where it is refused, only the entry of the refusal stands."""
    try:
        with transaction.atomic():
            yield
    except Refusal as refusal:
        _record_refusal(act, label, subject(), by, refusal)
        raise


def _record_refusal(act: str, label: str, subject: Any, by: User, refusal: Refusal) -> None:
    add = record if connection.in_atomic_block else record_alone
    add(
        act,
        label,
        subject=subject,
        subject_title=getattr(subject, "title", ""),
        by=by,
        post=next(iter(by.posts_on(clock.today())), None),
        outcome=Outcome.REFUSED,
        reason=refusal.message,
    )
    refusal.is_recorded = True


def _ask(scene: Scene) -> None:
    """Raise the refusal the person would meet; fill in the post that carries him."""
    _ask_case(scene)
    _ask_sight(scene)
    asked = _QUESTIONS.get(scene.operation)
    if asked is None and scene.operation in HOLDERS:
        asked = _ask_holder
    if asked is not None:
        asked(scene)


def _ask_case(scene: Scene) -> None:
    """Ask whether case and step allow the operation at all."""
    case, label = scene.case, scene.operation.label
    if scene.step is None or scene.operation not in scene.step.operations:
        raise RefusedByState(f"“{scene.task.title}”环节不能{label}。")
    if case.is_closed and scene.operation != Operation.WITHDRAW_COPY:
        raise RefusedByState(f"该件已办结（{case.state_label}），不能{label}。")
    if case.is_held and scene.operation not in WHILE_HELD:
        raise RefusedByState(
            f"该件已{case.get_held_as_display()}（{case.held_because}），恢复后方可{label}。"
        )


def _ask_sight(scene: Scene) -> None:
    """Refuse whoever may not even see the case; a recusal takes every operation away."""
    answer = may(scene.by, scene.case.VIEW_VERB, scene.case)
    if not answer:
        took_part = scene.by.took_part_in(type(scene.case)).filter(object_id=scene.case.pk)
        if is_recused(scene.by, scene.case) or not took_part.exists():
            raise RefusedByPerson(answer.reason)
    scene.post, scene.principal = answer.post, answer.on_behalf_of


def _ask_open(scene: Scene) -> None:
    """Refuse what is done on a task that is over, and say who was first."""
    if not scene.task.is_open:
        raise RefusedByRace(tasks.already_done(scene.task))


def _ask_holder(scene: Scene) -> None:
    """Ask whether the person holds the task or could claim it, for himself or as a substitute."""
    _ask_open(scene)
    task = scene.task
    if not task.decides:
        raise RefusedByState(f"{task.get_kind_display()}只提出意见，不能{scene.operation.label}。")
    if task.state in {TaskState.WAITING, TaskState.DELEGATED}:
        raise RefusedByState(f"{task.get_state_display()}，不能{scene.operation.label}。")
    _hold(scene)


def _hold(scene: Scene) -> None:
    """Fill in who holds the task; refuse a stranger, and name who holds it."""
    task, by = scene.task, scene.by
    if task.holder_id == by.pk:
        scene.post, scene.principal = _post_at(task, by) or scene.post, None
    elif task.holder is not None and not tasks.is_left(task):
        if not tasks.stands_in_for_holder(by, task):
            raise RefusedByRace(f"该件已由{task.holder.full_name}签收，正在办理。")
        scene.post, scene.principal = _post_at(task, task.holder) or scene.post, task.holder
    else:
        scene.post, scene.principal = _candidate(task, by)


def _candidate(task: Task, by: User) -> tuple[Post, User | None]:
    """Return the post by which a free task is the person's, or that of whom he stands in for."""
    if post := _post_at(task, by):
        return post, None
    for standing in by.standing_for(clock.today()):
        principal = standing.principal
        if standing.covers(task.case_kind) and (post := _post_at(task, principal)):
            return post, principal
    raise RefusedByPerson(f"该件由{task.unit}{task.get_role_display()}签收，您没有这一岗位。")


def _post_at(task: Task, person: User) -> Post | None:
    """Return the post of a person to which the task is addressed."""
    held = person.posts_on(clock.today())
    return next((p for p in held if (p.unit_id, p.role) == (task.unit_id, task.role)), None)


def _ask_claim(scene: Scene) -> None:
    """Ask for a free task of one's own post; of two who try, one wins."""
    _ask_open(scene)
    task = scene.task
    if task.holder_id not in {None, scene.by.pk} and not tasks.is_left(task):
        assert task.holder is not None  # noqa: S101 - told by its key
        raise RefusedByRace(f"该件已由{task.holder.full_name}签收。")
    if task.holder_id != scene.by.pk:
        scene.post, scene.principal = _candidate(task, scene.by)


def _ask_release(scene: Scene) -> None:
    """Ask for a task that the person claimed himself."""
    task = scene.task
    if not task.is_open or task.holder_id != scene.by.pk:
        raise RefusedByPerson("只能退签本人已签收且尚未办结的事项。")
    if task.is_personal:
        raise RefusedByLaw("该环节指定由您本人办理，不能退签。")
    if task.state != TaskState.CLAIMED:
        raise RefusedByState(f"{task.get_state_display()}，不能退签。")
    scene.post = _post_at(task, scene.by) or scene.post


def _ask_decline(scene: Scene) -> None:
    """Ask for a free task that is offered to the person."""
    _ask_open(scene)
    if scene.task.holder_id is not None:
        raise RefusedByState("该件已经签收，不能拒签；已签收的可以退签或者转办。")
    scene.post, scene.principal = _candidate(scene.task, scene.by)
    candidate = scene.principal or scene.by
    if Decline.objects.filter(task=scene.task, by=candidate, is_over=False).exists():
        raise RefusedByState(f"{candidate.full_name}已经拒签该件。")


def _ask_answer(scene: Scene) -> None:
    """Ask for a task that wants an opinion of this person."""
    _ask_open(scene)
    if scene.task.decides or scene.task.kind == TaskKind.CONSENT:
        raise RefusedByState("该待办不是征求意见，请按环节办理。")
    if scene.task.state == TaskState.WAITING:
        raise RefusedByState("加签人尚未轮到：须待办理人先同意。")
    if scene.task.holder_id != scene.by.pk:
        raise RefusedByPerson("该意见由被征求意见的人本人提出。")
    scene.principal = None


def _ask_recall_consult(scene: Scene) -> None:
    """Ask for a task that this person delegated and nobody answered yet."""
    _ask_open(scene)
    if scene.task.state != TaskState.DELEGATED:
        raise RefusedByState("该件没有正在征求的意见。")
    _hold(scene)


def _ask_remove(scene: Scene) -> None:
    """Ask for an added signer who has not spoken; removed by who added him, or a superior."""
    _ask_open(scene)
    task, by = scene.task, scene.by
    added = task.kind in {TaskKind.BEFORE, TaskKind.AFTER, TaskKind.ALONGSIDE}
    if not added or task.parent is None:
        raise RefusedByState("只能减去加签的人。")
    if task.holder_id == by.pk:
        raise RefusedByPerson("被加签的人不能给自己减签；可以答复或者请加签的人减签。")
    if task.parent.holder_id == by.pk:
        return
    answer = may(by, CaseVerb.CONFIRM, scene.case)
    if not answer:
        raise RefusedByPerson("减签由加签的人或者其负责人办理。")
    scene.post, scene.principal = answer.post, answer.on_behalf_of


def _ask_take_back(scene: Scene) -> None:
    """Ask for a task that the person himself has done."""
    task = scene.task
    if task.state != TaskState.DONE or not task.decides or task.is_void:
        raise RefusedByState("只能收回本人已经办结且仍然有效的环节。")
    if scene.by.pk not in {task.closed_by_id, task.closed_for_id}:
        raise RefusedByPerson("只能收回本人办结的环节。")
    if task.in_batch:
        raise RefusedByState(f"“{task.title}”是批量办理的，不能收回；需要更正的，请下一环节退回。")


def _ask_urge(scene: Scene) -> None:
    """Ask whether the person has a reason to urge: opener, earlier holder, or superior."""
    _ask_open(scene)
    task, by = scene.task, scene.by
    if task.holder_id == by.pk:
        raise RefusedByPerson("不能催办本人的待办。")
    if scene.case.opened_by_id == by.pk or may(by, CaseVerb.CONFIRM, scene.case):
        return
    done = Task.objects.of_case(scene.case).filter(state=TaskState.DONE, closed_by=by)
    if not done.exists():
        raise RefusedByPerson("催办由发起人、前一环节办理人或者其负责人提出。")


def _ask_withdraw_copy(scene: Scene) -> None:
    """Nothing more: whether the copy is his and unread is asked of the copy."""


def _ask_proposer(scene: Scene) -> None:
    """Ask for who may propose what another must confirm."""
    _ask_open(scene)
    _demand(scene, CaseVerb.PROPOSE)


def _ask_hand_over(scene: Scene) -> None:
    """Handing over concerns a person, not a single task: it has a page of its own."""
    raise RefusedByState("移交在“岗位变动移交”页面一次办理。")


def _ask_batch(scene: Scene) -> None:
    """Ask whether this task can be one of a batch: nothing was added to it, nobody waits."""
    _ask_holder(scene)
    if scene.task.children.open().exists():
        raise RefusedByState("该件有加签，请单独办理。")


def _demand(scene: Scene, verb: CaseVerb) -> None:
    """Refuse whoever lacks a verb on the case; fill in the post that carries it."""
    answer = may(scene.by, verb, scene.case)
    if not answer:
        raise RefusedByPerson(answer.reason)
    scene.post, scene.principal = answer.post, answer.on_behalf_of


_QUESTIONS: dict[Operation, Callable[[Scene], None]] = {
    Operation.CLAIM: _ask_claim,
    Operation.RELEASE: _ask_release,
    Operation.DECLINE: _ask_decline,
    Operation.ANSWER: _ask_answer,
    Operation.RECALL_CONSULT: _ask_recall_consult,
    Operation.REMOVE_SIGNER: _ask_remove,
    Operation.TAKE_BACK: _ask_take_back,
    Operation.URGE: _ask_urge,
    Operation.WITHDRAW_COPY: _ask_withdraw_copy,
    Operation.REPOSITION: _ask_proposer,
    Operation.HAND_OVER: _ask_hand_over,
    Operation.BATCH: _ask_batch,
}


def eligible(scene: Scene, person: User, *, decides: bool) -> None:
    """Refuse a person to whom the task must not go.

    `decides`: he is to perform the act of the step, so he must be allowed to and no rule of four
    eyes may stand against it. Four eyes hold for who signs after as well: without him nothing
    takes effect. Nobody is asked twice in one step, and nobody recused at all.
    """
    today = clock.today()
    if person.pk == scene.by.pk:
        raise RefusedByPerson("不能选择本人。")
    if not person.is_active or not person.case_posts_on(today):
        raise RefusedByPerson(f"{person.full_name}没有业务岗位，请另选人员。")
    if (scene.case.content_type().pk, scene.case.pk) in person.recused_from():
        raise RefusedByPerson(f"{person.full_name}已对该件回避，请另选人员。")
    rows = Task.objects.filter(engine_task=scene.task.engine_task_id, is_void=False)
    here = rows.filter(holder=person).exclude(pk=scene.task.pk)
    if here.exclude(state=TaskState.CANCELLED).exists():
        raise RefusedByPerson(f"{person.full_name}在本环节已有待办或者已经表态，请另选人员。")
    if decides:
        _refuse_unable(scene, person)
    elif scene.operation == Operation.ADD_AFTER:
        _refuse_barred(scene, person)


def _refuse_unable(scene: Scene, person: User) -> None:
    """Refuse a person who could perform none of the acts of the step."""
    acts = scene.case.acts()
    names = scene.step.acts if scene.step else ()
    barred = [name for name in names if person.pk in four_eyes(scene.case, acts[name].not_by)]
    able = [n for n in names if n not in barred and may(person, acts[n].verb, scene.case)]
    if not able:
        raise RefusedByPerson(
            f"{person.full_name}不能办理“{scene.task.title}”（岗位权限或者回避要求），请另选人员。"
        )


def _refuse_barred(scene: Scene, person: User) -> None:
    """Refuse a person whom a rule of four eyes keeps from any of the acts of the step."""
    acts = scene.case.acts()
    for name in scene.step.acts if scene.step else ():
        for barred in acts[name].not_by:
            label, people = scene.case.people_of(barred)
            if person.pk in people:
                raise RefusedByPerson(f"{person.full_name}是该件的{label}，不能加签，请另选人员。")


def four_eyes(case: Case, names: tuple[str, ...]) -> set[int]:
    """Return the keys of the people whom these fields and groups of a case name."""
    found: set[int] = set()
    for name in names:
        found |= case.people_of(name)[1]
    return found
