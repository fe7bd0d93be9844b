"""Write the rows of tasks (待办): open them for a step, find whose turn it is, close them.

These functions guard nothing: the door and the operations (workflows.operations) do, under the
lock of the case. No row is ever deleted; what is superseded ends with its reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NoReturn
from uuid import uuid4

from django.db.models import Exists

from audit import clock
from audit.prepared import Prepared, Storing
from permissions.models import Participation, Post, Unit, User
from workflows import calendar, terms
from workflows.models.operations import Proposal
from workflows.models.tasks import DECIDING, NO_DUE_DATE, Task, TaskKind, TaskState, Verdict
from workflows.models.terms import Term
from workflows.reckoning import Kind
from workflows.refusals import RefusedByPerson, RefusedByRace, RefusedByState
from workflows.signing import Rule

_store: Storing[Task] = Storing(Task)
_store_participation: Storing[Participation] = Storing(Participation, ignores_known=True)
_ENDING = ("state", "closed_at", "closed_by", "outcome")
"""What changes of a row however it ends."""


@dataclass(frozen=True)
class Routing:
    """To whom a step is addressed: a role at a unit, or people by name and how they decide."""

    node: str
    title: str
    role: str
    unit: Unit
    term_code: str = ""
    awaits_term: bool = False
    holders: tuple[User, ...] = ()
    rule: str = ""

    @classmethod
    def of(cls, step: Any, case: Any) -> "Routing":
        """Return where a step of a flow goes for this case."""
        return cls(
            node=step.name,
            title=step.task_title,
            role=step.role,
            unit=step.unit_of(case),
            term_code=step.term.code if step.term else "",
            awaits_term=step.awaits_term,
            holders=tuple(step.holders_of(case)),
            rule=step.signing.rule if step.signing else "",
        )


def route(
    case: Any, to: Routing, *, engine_task: Any = None, former: User | None = None
) -> list[Task]:
    """Write the rows of a step: one for the post, or one for each named holder.

    Who did the step before (`former`) gets it again, if the step is addressed to a post. In turn
    (依次审批) only the first holder has a row; the list of the others is frozen in the engine's
    task. Under 主办协办 the first leads and the others assist.
    """
    people: list[User | None] = list(to.holders) or [former]
    if to.rule == Rule.IN_TURN and len(people) > 1:
        _keep_turns(engine_task, people[1:])
        people = people[:1]
    rows = [
        _row(case, to, person, engine_task, place) for place, person in enumerate(people, start=1)
    ]
    if to.rule != Rule.LEAD or len(rows) == 1:
        return _store(rows)
    lead, *assisting = rows
    lead.save()
    for row in assisting:
        row.kind, row.parent = TaskKind.ASSIST, lead
    return [lead, *_store(assisting)]


def _row(case: Any, to: Routing, person: User | None, engine_task: Any, place: int) -> Task:
    """Return a row that is not stored yet."""
    return Task(
        **_about(case),
        node=to.node,
        title=to.title,
        role=to.role,
        unit=to.unit,
        term_code=to.term_code,
        awaits_term=to.awaits_term,
        **_dates(case, to.term_code, to.awaits_term),
        engine_task=engine_task,
        holder=person,
        is_personal=bool(to.holders),
        place=place,
        round=_round(engine_task),
        created_at=clock.now(),
        claimed_at=clock.now() if person else None,
        state=TaskState.CLAIMED if person else TaskState.READY,
    )


def _round(engine_task: Any) -> int:
    """Return how many times the case has reached this step, this time included."""
    if engine_task is None or not engine_task.data.get("again"):
        return 1
    earlier = type(engine_task).objects.filter(
        process_id=engine_task.process_id, flow_task=engine_task.flow_task, pk__lt=engine_task.pk
    )
    return int(earlier.count()) + 1


def _keep_turns(engine_task: Any, people: Iterable[Any]) -> None:
    """Freeze who comes after the first."""
    engine_task.data = {**engine_task.data, "turns": [person.pk for person in people]}
    engine_task.save(update_fields=["data"])


def turns_left(engine_task: Any) -> list[int]:
    """Return the keys of those whose turn has not come yet, in order."""
    return list(engine_task.data.get("turns", ()))


def open_next_turn(case: Any, step: Any, engine_task: Any) -> Task:
    """Open the row of the next holder in turn."""
    key, *rest = turns_left(engine_task)
    engine_task.data = {**engine_task.data, "turns": rest}
    engine_task.save(update_fields=["data"])
    place = Task.objects.filter(engine_task=engine_task).count() + 1
    row = _row(case, Routing.of(step, case), User.objects.get(pk=key), engine_task, place)
    row.is_personal = True
    row.save()
    return row


def add_child(parent: Task, person: User, kind: str, *, request: str, waits: bool = False) -> Task:
    """Open a task for one more person below a task: an opinion, or one more who signs."""
    place = Task.objects.filter(engine_task=parent.engine_task_id).count() + 1
    child = Task(
        **_about(parent.case),
        node=parent.node,
        title=parent.title,
        role=parent.role,
        unit=parent.unit,
        term_code=parent.term_code,
        awaits_term=parent.awaits_term,
        due_on=parent.due_on,
        opens_on=parent.opens_on,
        sorts_on=parent.sorts_on,
        engine_task_id=parent.engine_task_id,
        parent=parent,
        kind=kind,
        holder=person,
        is_personal=True,
        place=place,
        round=parent.round,
        request=request,
        created_at=clock.now(),
        claimed_at=None if waits else clock.now(),
        state=TaskState.WAITING if waits else TaskState.CLAIMED,
    )
    child.save()
    participate(parent.case, person)
    return child


def again(task: Task) -> Task:
    """Open the same part of a step anew for its holder; what he said before is no longer valid.

    Nor is what was said after it, so that the same person can be asked again. Whoever signs
    alongside decides for himself: he keeps his turn, now below the new row.
    """
    Task.objects.filter(pk=task.pk).update(is_void=True)
    task.children.filter(kind=TaskKind.AFTER, state=TaskState.DONE).update(is_void=True)
    row = Task.objects.get(pk=task.pk)
    row.pk, row.uuid = None, uuid4()
    row.state, row.is_void, row.round = TaskState.CLAIMED, False, task.round + 1
    row.created_at = row.claimed_at = clock.now()
    row.closed_at = row.closed_by = row.closed_for = row.opened_at = None
    row.closed_post = row.verdict = row.outcome = row.opinion = row.close_reason = ""
    row.reminded_on = row.escalated_on = None
    row.save(force_insert=True)
    task.children.open().filter(kind=TaskKind.ALONGSIDE).update(parent=row)
    return row


def open_after(task: Task, still_open: Iterable[Task]) -> None:
    """Let those who sign after a task begin, now that its holder agreed; else let them go."""
    for row in still_open:
        if row.parent_id != task.pk or row.kind != TaskKind.AFTER:
            continue
        if task.verdict == Verdict.DISAGREE:
            close(row, TaskState.CANCELLED, by=None, reason="办理人未同意")
        else:
            row.state, row.claimed_at = TaskState.CLAIMED, clock.now()
            row.save(update_fields=["state", "claimed_at"])


def former_holder(case: Any, node: str) -> User | None:
    """Return who did this step last, if he is still in the post; he gets it back (退回、收回)."""
    last = (
        Task.objects.of_case(case)
        .filter(node=node, state=TaskState.DONE, kind=TaskKind.WORK, is_personal=False)
        .select_related("closed_by", "closed_for")
        .order_by("-closed_at", "-pk")
        .first()
    )
    person = (last.closed_for or last.closed_by) if last else None
    if last is None or person is None or not person.is_active:
        return None
    held = ((post.unit_id, post.role) for post in person.posts_on(clock.today()))
    return person if (last.unit_id, last.role) in held else None


def note_opening(case: Any, *, by: User, post: Post | None) -> Task:
    """Write the finished first row of a case, by which its opener finds it again."""
    now = clock.now()
    opening = Task(
        **_about(case),
        node=Task.START,
        title=case.OPENING.label,
        role=post.role if post else "",
        unit=post.unit if post else case.unit,
        state=TaskState.DONE,
        created_at=now,
        closed_at=now,
        closed_by=by,
        closed_post=str(post or ""),
        outcome=case.OPENING.label,
    )
    _store([opening])
    return opening


def _about(case: Any) -> dict[str, Any]:
    """Return what every row says of its case, so that a list needs no other table."""
    return {
        "content_type": case.content_type(),
        "object_id": case.pk,
        "case_kind": case.KIND,
        "case_uuid": case.uuid,
        "case_number": case.number,
        "case_title": case.title,
        "case_unit": case.unit,
        "case_state": str(case.state),
    }


def _dates(case: Any, term_code: str, awaits_term: bool) -> dict[str, Any]:
    """Return the dates of a task by the case's open term with this code, if there is one.

    A floor (公示), and a term that runs for somebody else and must be awaited, is no due date:
    the task carries the first day on which it can be done, and is never late.
    """
    dates: dict[str, date | None] = {"due_on": None, "opens_on": None}
    for term in terms.open_terms(case) if term_code else ():
        if term.code != term_code:
            continue
        if term.due_on and (awaits_term or term.kind == Kind.FLOOR):
            dates["opens_on"] = term.due_on + timedelta(days=1)
        else:
            dates["due_on"] = term.due_on
    return {**dates, "sorts_on": dates["due_on"] or dates["opens_on"] or NO_DUE_DATE}


def refresh_due_dates(case: Any) -> None:
    """Carry the due dates of the case's terms to its open tasks.

    A task whose due date moved is reminded of and reported anew.
    """
    for task in Task.objects.of_case(case).open().exclude(term_code=""):
        dates = _dates(case, task.term_code, task.awaits_term)
        if (dates["due_on"], dates["opens_on"]) != (task.due_on, task.opens_on):
            Task.objects.filter(pk=task.pk).update(**dates, reminded_on=None, escalated_on=None)


def participate(case: Any, user: User) -> None:
    """Remember that the user took part in the case, so that he keeps seeing it."""
    here = Participation(
        user=user, content_type=case.content_type(), object_id=case.pk, opened_on=case.opened_on
    )
    _store_participation([here])


def is_left(task: Task) -> bool:
    """Tell whether the holder of a claimed task no longer holds the post he claimed it by."""
    return Task.objects.left(clock.today()).filter(pk=task.pk).exists()


def already_done(task: Task) -> str:
    """Say who was first."""
    if task.closed_by and task.closed_at:
        moment = task.closed_at.astimezone(clock.PLACE)
        return (
            f"该件已由{task.closed_by_name}于{moment:%Y年%m月%d日 %H:%M}办理"
            f"（{task.outcome}），无需重复办理。"
        )
    return f"该件已结束：{task.close_reason or task.get_state_display()}。"


def refuse_over(case: Any, nodes: Iterable[str], by: User) -> NoReturn:
    """Refuse an act for which nothing waits: say who was first, or how the person's part ended."""
    rows = Task.objects.of_case(case).filter(node__in=list(nodes), kind__in=DECIDING)
    ended = list(rows.select_related("closed_by", "closed_for").order_by("-closed_at", "-pk"))
    last = next(iter(ended), None)
    here = [row for row in ended if last and row.engine_task_id == last.engine_task_id]
    last = next((row for row in here if row.holder_id == by.pk), last)
    if last is None or last.is_void or last.is_open:
        raise RefusedByState("该环节尚未开始，或您的部分已经办结。")
    raise (RefusedByRace if last.closed_by else RefusedByState)(already_done(last))


def open_of(case: Any) -> list[Task]:
    """Return the open tasks of a case with holder and engine's task."""
    return _open_of(case.content_type().pk, case.pk)


_open_of: Prepared[Task] = Prepared(
    lambda kind, key: (
        Task.objects.filter(content_type=kind, object_id=key)
        .open()
        .select_related("holder", "engine_task")
    ),
    int,
    int,
)


def all_of(case: Any) -> list[Task]:
    """Return every task of a case in order of arrival, with all whom it names."""
    return _all_of(case.content_type().pk, case.pk)


_all_of: Prepared[Task] = Prepared(
    lambda kind, key: (
        Task.objects.filter(content_type=kind, object_id=key)
        .select_related("holder", "closed_by", "closed_for", "unit", "engine_task")
        .order_by("pk")
    ),
    int,
    int,
)


@dataclass(frozen=True)
class Docket:
    """What the door reads at once of a locked case with open tasks; of others it knows nothing.

    `edition`, of the calendar in force; `has_terms`, whether a term of the case runs;
    `took_part`, whether the person took part before.
    """

    rows: list[Task]
    edition: Any = None
    has_terms: bool = True
    took_part: bool = False


def docket(case: Any, by: User) -> Docket:
    """Read the open tasks of a case and, in the same statement, what every act asks besides."""
    rows = _docket(case.content_type().pk, case.pk, by.pk)
    if not rows:
        return Docket(rows)
    known: Any = rows[0]
    return Docket(rows, known.edition, known.has_terms, known.took_part)


def _composed_docket(kind: int, key: int, user: int) -> Any:
    """Compose the statement of a docket."""
    case = {"content_type": kind, "object_id": key}
    rows = Task.objects.open().filter(**case).select_related("holder", "engine_task")
    return rows.annotate(
        edition=calendar.edition_in_force(),
        has_terms=Exists(Term.objects.open().filter(**case)),
        took_part=Exists(Participation.objects.filter(**case, user=user)),
    )


_docket: Prepared[Task] = Prepared(_composed_docket, int, int, int)


def task_for(waiting: Iterable[Task], nodes: Iterable[str], by: User) -> Task | None:
    """Return the task that the user is about to do of those that wait, or None if there is none.

    What he holds comes first, then what is free at a post of his, then what is free elsewhere: the
    same act may be waited for in two branches at once. Raises `RefusedByRace` when somebody else
    has claimed it, `RefusedByPerson` when it was given to others by name, `RefusedByState` when it
    waits for opinions that were asked for.
    """
    found = [row for row in waiting if row.node in nodes and row.decides]
    task = _own(found, by) or _free(found, by)
    if task is not None:
        _refuse_waiting(task, waiting)
        return task
    if found:
        names = "、".join(task.holder.full_name for task in found if task.holder)
        if all(task.is_personal for task in found):
            raise RefusedByPerson(f"该环节由{names}本人办理。")
        raise RefusedByRace(f"该件已由{names}签收，正在办理。")
    return None


def _own(found: list[Task], by: User) -> Task | None:
    """Return the task the person holds, else one of somebody he stands in for."""
    own = next((task for task in found if task.holder_id == by.pk), None)
    return own or next((task for task in found if stands_in_for_holder(by, task)), None)


def _free(found: list[Task], by: User) -> Task | None:
    """Return a task that nobody in post has claimed: one of the person's own posts, else any."""
    free = [row for row in found if row.holder_id is None or is_left(row)]
    held = {(post.unit_id, post.role) for post in by.posts_on(clock.today())}
    return next((row for row in free if (row.unit_id, row.role) in held), next(iter(free), None))


def stands_in_for_holder(user: User, task: Task) -> bool:
    """Tell whether the person stands in for the holder of this task (请假代理)."""
    if task.holder_id is None:
        return False
    arrived = task.created_at.astimezone(clock.PLACE).date()
    return any(
        standing.principal.pk == task.holder_id
        and standing.covers(task.case_kind)
        and (standing.includes_waiting or arrived >= standing.since)
        for standing in user.standing_for(clock.today())
    )


def _refuse_waiting(task: Task, waiting: Iterable[Task]) -> None:
    """Refuse to decide while opinions that were asked for are still out."""
    asked = [row for row in waiting if row.parent_id == task.pk]
    names = "、".join(child.holder.full_name for child in asked if child.holder)
    if task.state in {TaskState.WAITING, TaskState.DELEGATED}:
        raise RefusedByState(f"{task.get_state_display()}：{names}尚未答复，答复后方可办理。")
    step: Any = task.engine_task.flow_task if task.engine_task else None
    signing = step.signing if step is not None else None
    waits = signing is not None and signing.rule == Rule.LEAD and signing.waits_for_all
    if waits and any(child.kind == TaskKind.ASSIST for child in asked):
        raise RefusedByState(f"协办人{names}尚未办理完成，完成后方可办理。")


def finish(
    task: Task,
    *,
    by: User,
    post: Post | None,
    outcome: str,
    opinion: str,
    principal: User | None = None,
    verdict: str = "",
    in_batch: bool = False,
) -> None:
    """Close a task as done by this person, for himself or for whom he stands in."""
    task.holder, task.state = principal or by, TaskState.DONE
    task.closed_at, task.closed_by, task.closed_post = clock.now(), by, str(post or "")
    task.closed_for, task.verdict = principal, verdict
    task.outcome, task.opinion, task.in_batch = outcome, opinion, in_batch
    said = ("closed_post", "verdict", "opinion", "in_batch")
    task.save(update_fields=[*_ENDING, "holder", "closed_for", *said])


def close(task: Task, state: str, *, by: User | None, outcome: str = "", reason: str = "") -> None:
    """Close a task otherwise than by doing it: returned, recalled, cancelled."""
    task.state, task.closed_at, task.closed_by = state, clock.now(), by
    task.outcome, task.close_reason = outcome, reason[:200]
    task.save(update_fields=[*_ENDING, "close_reason"])


def close_children(task: Task, state: str, *, reason: str, spare: Iterable[str] = ()) -> None:
    """Close what was asked below a task that is itself withdrawn, but for the kinds to `spare`."""
    rows = task.children.open().exclude(kind__in=list(spare))
    rows.update(state=state, closed_at=clock.now(), close_reason=reason[:200])


def close_rest(engine_task: Any, *, reason: str, state: str = TaskState.CANCELLED) -> None:
    """Close what is still open of one run of a step, opinions that were asked for included."""
    Task.objects.open().filter(engine_task=engine_task).update(
        state=state, closed_at=clock.now(), close_reason=reason[:200]
    )


def mark_void(case: Any, nodes: Iterable[str]) -> None:
    """Mark what was done at these steps as no longer valid (失效); it stays on record."""
    rows = Task.objects.of_case(case).filter(node__in=list(nodes), state=TaskState.DONE)
    rows.update(is_void=True)


def void_run(engine_task: Any) -> None:
    """Mark what was done in one run of a step as no longer valid; earlier rounds stay valid."""
    Task.objects.filter(engine_task=engine_task, state=TaskState.DONE).update(is_void=True)


def cancel_open(case: Any, *, reason: str) -> int:
    """Close every open task of the case as cancelled; return how many there were.

    What waited for confirmation lapses with its task: nobody is asked about it any more.
    """
    Proposal.objects.filter(
        content_type=case.content_type(), object_id=case.pk, state=Proposal.State.OPEN
    ).update(state=Proposal.State.LAPSED, decided_at=clock.now(), answer=reason[:500])
    return (
        Task.objects.of_case(case)
        .open()
        .update(state=TaskState.CANCELLED, closed_at=clock.now(), close_reason=reason[:200])
    )


def note_opened(mine: Iterable[Task]) -> None:
    """Keep when somebody for whom these tasks wait first looked; who sent it cannot recall it."""
    fresh = [row.pk for row in mine if row.opened_at is None and row.kind != TaskKind.CONSENT]
    if fresh:
        Task.objects.filter(pk__in=fresh, opened_at=None).update(opened_at=clock.now())
