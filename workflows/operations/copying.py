"""抄送 and 传阅: let others read one case; it waits for nobody and shows them nothing else."""

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from audit import clock
from audit.recording import record
from permissions.cases import permission_for
from permissions.models import User
from workflows.models.operations import Copy
from workflows.operations.guard import Scene, all_or_refused, guarded
from workflows.refusals import RefusedByLaw, RefusedByPerson, RefusedByState
from workflows.telling import tell
from workflows.vocabulary import Operation

ACT = "workflows.copy"
READING, WRITING = "阅知", "填写传阅意见"
"""By which words entries tell of a copy after it was sent."""

READABLE_FOR = timedelta(days=365)
"""How long a copy lets its reader see the case: the longest that an exception may last."""


@guarded(Operation.COPY)
def copy(scene: Scene, *, reason: str, people: list[User]) -> dict[str, Any]:
    """抄送: send the case to people to read; nobody gets it twice."""
    return _send(scene, people, reason, asks_opinion=False)


@guarded(Operation.CIRCULATE)
def circulate(scene: Scene, *, reason: str, people: list[User]) -> dict[str, Any]:
    """传阅: like 抄送, and the readers may write an opinion; the case does not wait for it."""
    return _send(scene, people, reason, asks_opinion=True)


def _send(scene: Scene, people: list[User], message: str, *, asks_opinion: bool) -> dict[str, Any]:
    """Write a copy and the narrow right to see for each reader."""
    if not people:
        raise RefusedByLaw("请至少选择一人。")
    case = scene.case
    known = set(Copy.objects.of_case(case).in_force().values_list("reader_id", flat=True))
    for person in people:
        _refuse_reader(scene, person)
        if person.pk in known:
            raise RefusedByState(f"本件已经抄送{person.full_name}，不重复抄送。")
        known.add(person.pk)
        row = Copy.objects.create(
            content_type=case.content_type(),
            object_id=case.pk,
            case_kind=case.KIND,
            case_uuid=case.uuid,
            case_number=case.number,
            case_title=case.title,
            reader=person,
            sent_by=scene.by,
            asks_opinion=asks_opinion,
            message=message,
        )
        _let_see(case, row)
        tell(scene.task, f"{scene.by.full_name}将“{case.title}”{row.word}给您：{message}", person)
    return {"阅知人": [person.full_name for person in people]}


def _refuse_reader(scene: Scene, person: User) -> None:
    """Refuse oneself, a person without a business post, and one who is recused."""
    if person.pk == scene.by.pk:
        raise RefusedByPerson("不能抄送给本人。")
    if not person.is_active or not person.case_posts_on(clock.today()):
        raise RefusedByPerson(f"{person.full_name}没有业务岗位，不能抄送。")
    if (scene.case.content_type().pk, scene.case.pk) in person.recused_from():
        raise RefusedByPerson(f"{person.full_name}已对该件回避，不能抄送。")


def _let_see(case: Any, row: Copy) -> None:
    """Open this one case to its reader by a dated exception that goes with the copy."""
    model = type(case)
    model.exceptions.rel.related_model.objects.create(
        content_object=case,
        user=row.reader,
        permission=permission_for(model.VIEW_VERB, model),
        starts_on=clock.today(),
        ends_on=clock.today() + READABLE_FOR,
        reason=_because(row),
        granted_by=row.sent_by,
    )


def _because(row: Copy) -> str:
    """Return by which words the exception and the copy find each other."""
    return f"抄送传阅 {row.uuid}"


def pass_on(row: Copy, successor: User) -> bool:
    """Give an unread copy to the successor of its reader; False where he has one already."""
    if Copy.objects.of_case(row.case).in_force().filter(reader=successor).exists():
        return False
    _close_sight(row)
    row.reader = successor
    row.save(update_fields=["reader"])
    _let_see(row.case, row)
    return True


def _close_sight(row: Copy) -> None:
    """Withdraw the right to see that went with a copy."""
    exceptions = type(row.case).exceptions.rel.related_model.objects
    exceptions.filter(reason=_because(row)).update(withdrawn_at=clock.now())


def withdraw_copy(row: Copy, *, by: User) -> Copy:
    """撤回抄送: take a copy back while it is unread; the right to see goes with it."""
    with _noted(row, Operation.WITHDRAW_COPY.label, by):
        row = Copy.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if row.sent_by_id != by.pk:
            raise RefusedByPerson("只能由抄送人撤回。")
        if row.withdrawn_at or row.read_at:
            raise RefusedByState("对方已经阅知，或者已经撤回，不能再撤回。")
        row.withdrawn_at = clock.now()
        row.save(update_fields=["withdrawn_at"])
        _close_sight(row)
        _record(row, Operation.WITHDRAW_COPY.label, by, {"阅知人": row.reader.full_name})
        return row


def read_copy(row: Copy, *, by: User) -> Copy:
    """已阅: note that the reader has read it; reading again changes nothing."""
    with _noted(row, READING, by):
        row = _own(row, by)
        if row.read_at is None:
            row.read_at = clock.now()
            row.save(update_fields=["read_at"])
            _record(row, READING, by, {})
        return row


def write_on_copy(row: Copy, *, by: User, opinion: str) -> Copy:
    """填写传阅意见: a reader says what he thinks; once written it is not overwritten."""
    with _noted(row, WRITING, by):
        row = _own(row, by)
        if not row.asks_opinion:
            raise RefusedByState("抄送件只供阅知，不填写意见。")
        if row.opinion:
            raise RefusedByState("您已经填写传阅意见，不能改写。")
        if not opinion.strip():
            raise RefusedByLaw("请填写意见。")
        row.opinion, row.opinion_at = opinion.strip(), clock.now()
        row.read_at = row.read_at or clock.now()
        row.save(update_fields=["opinion", "opinion_at", "read_at"])
        _record(row, WRITING, by, {"意见": row.opinion})
        return row


def _noted(row: Copy, label: str, by: User) -> AbstractContextManager[None]:
    """Do something with a copy as a whole, or leave the entry of its refusal."""
    return all_or_refused(ACT, label, by, lambda: row.case)


def _own(row: Copy, by: User) -> Copy:
    """Lock a copy and refuse everybody but its reader."""
    row = Copy.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.reader_id != by.pk or row.withdrawn_at:
        raise RefusedByPerson("该件不是抄送给您的，或者已经撤回。")
    return row


def _record(row: Copy, label: str, by: User, after: dict[str, Any]) -> None:
    record(
        ACT,
        label,
        subject=row.case,
        subject_title=row.case_title,
        by=by,
        post=next(iter(by.posts_on(clock.today())), None),
        after=after,
    )
