"""The one door for legal change: button, batch, import, timer and test all go through it."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models, transaction

from audit import clock
from audit.models import Outcome
from audit.prepared import Prepared
from audit.recording import record, record_alone
from documents import numbers, papers
from permissions.models import Post, Unit, User
from permissions.policy import Answer, first_post, may
from workflows import flows, signatures, tasks, terms
from workflows.acts import Act, door_open
from workflows.calendar import of_edition
from workflows.lifecycle import Case, model_of_kind
from workflows.models.tasks import Link, Task, TaskState
from workflows.refusals import (
    Refusal,
    RefusedByLaw,
    RefusedByPerson,
    RefusedByRace,
    RefusedByState,
)
from workflows.sources import cited
from workflows.vocabulary import Operation
from workflows.wording import joined

CaseT = TypeVar("CaseT", bound=Case)


@dataclass(frozen=True)
class Passage:
    """How an operation (退回、终止 …) takes an act through the door.

    `task`, the task at which it is done; `state` and `outcome`, how that task ends; `move`, what
    the flow does instead of going on.
    """

    operation: Operation
    move: Callable[[Any], None]
    task: Task | None = None
    state: str = TaskState.DONE
    outcome: str = ""


@dataclass(frozen=True)
class Doer:
    """Who does an act: the person, the post that carries it, and whom he stands in for."""

    by: User
    post: Post | None
    principal: User | None = None


@dataclass(frozen=True)
class Said:
    """What the doer says of an act: his opinion, and whether for several cases at once."""

    opinion: str
    in_batch: bool


@dataclass(frozen=True)
class OpenAct:
    """An act of the case's present state: open to the person, or closed for a reason."""

    name: str
    label: str
    law: str
    meaning: str
    allowed: bool
    reason: str = ""
    refused: str = ""


def perform(
    case: CaseT,
    name: str,
    *,
    by: User,
    on: date | None = None,
    opinion: str = "",
    through: Passage | None = None,
    proof: signatures.Proof | None = None,
    in_batch: bool = False,
    **facts: Any,
) -> CaseT:
    """Perform an act on a case and return the case as it then is.

    In: the case (only its key is believed), the name of the act, who does it, the day (today if
    none is given), his opinion, the operation that leads here (if one does), the proof of who he
    is (for an act that is signed), whether it is one of a batch (批量办理), and the facts the act
    needs. In one transaction the case is locked and read again; state, person and law are asked;
    the act's body runs; the case is saved, papers are issued, the task is closed, the flow moves
    on and one entry is written. Raises a `Refusal` (recorded as well) and changes nothing
    otherwise.
    """
    day = on or clock.today()
    try:
        with transaction.atomic():
            said = Said(opinion, in_batch)
            return _perform(case, name, by, day, said, through, proof, facts)
    except Refusal as refusal:
        _record_refusal(case, name, by, refusal)
        raise


def befall(stale: CaseT, name: str, *, on: date | None = None) -> CaseT:
    """Let an act come about that the law itself brings about on its day; return the case.

    In: the case, the name of an act declared `by_itself`, the day. State and law are asked as in
    `perform`; nobody acts, and the entry says so. Raises a `Refusal` and changes nothing where
    the act does not fit the case, so that doing it twice does no harm. What the office suspended
    or stayed waits, except for an end: no office holds up the day of the law.
    """
    day = on or clock.today()
    with transaction.atomic():
        case = locked(stale)
        terms.remember(case)
        act = _declared(case, name)
        if not act.by_itself:
            raise LookupError(f"{name} is performed by a person")
        before = snapshot(case)
        if set(act.targets) <= set(case.CLOSED):
            case.let_go()
        _refuse_by_state(case, act, [])
        _refuse_by_law(case, act, day)
        _let_happen(case, act, None, day, {}, before)
        _come_to_rest(case, act)
        old, new = differences(before, snapshot(case))
        record(
            act.verb, act.label, subject=case, subject_title=case.title, before=old, after=new,
            reason=cited(act.law),
        )  # fmt: skip
    return case


def refuse_unentitled(case: Case, name: str, *, by: User) -> None:
    """Raise what `perform` would for state or person, before the act's form shows what it knows.

    The form of an act may tell what only its holder may read (each assessor's points), so it is
    not shown again to others. The refusal is recorded as one of `perform`.
    """
    try:
        act = _declared(case, name)
        nodes = _nodes(case, name)
        _refuse_by_state(case, act, nodes)
        answer = _refuse_by_person(case, act, by, clock.today())
        _doer(case, act, by, answer, _task(case, nodes, by, tasks.open_of(case)))
    except Refusal as refusal:
        _record_refusal(case, name, by, refusal)
        raise


def _perform(
    stale: CaseT,
    name: str,
    by: User,
    day: date,
    said: Said,
    through: Passage | None,
    proof: signatures.Proof | None,
    facts: dict[str, Any],
) -> CaseT:
    case = locked(stale)
    terms.remember(case)
    by.forget_posts()
    act = _declared(case, name)
    _refuse_other_passage(act, through)
    nodes = _nodes(case, name) if through is None else []
    _refuse_by_state(case, act, nodes)
    answer = _refuse_by_person(case, act, by, day)
    docket = _docket(case, nodes, by)
    task = _task(case, nodes, by, docket.rows) if through is None else through.task
    doer = _doer(case, act, by, answer, task)
    _refuse_by_law(case, act, day)
    signatures.refuse_unproven(case, act, by, proof)
    before = snapshot(case)
    _let_happen(case, act, by, day, facts, before)
    if not docket.took_part:
        tasks.participate(case, by)
    _move_on(case, act, task, doer, said, through, docket.rows)
    changed_before, changed_after = differences(before, snapshot(case))
    changed_after |= _signed(case, act, task, doer, day, proof, facts)
    record(
        act.verb,
        act.label,
        subject=case,
        subject_title=case.title,
        by=by,
        post=doer.post,
        on_behalf_of=doer.principal,
        before=changed_before,
        after=changed_after,
        reason=said.opinion,
    )
    return case


def _let_happen(
    case: Case,
    act: Act,
    by: User | None,
    day: date,
    facts: dict[str, Any],
    before: dict[str, Any],
) -> None:
    """Run the act's body, close the case where it is over, save what changed, issue the papers."""
    with door_open():
        getattr(case, act.name)(by=by, on=day, **facts)
    if not case.is_closed:
        case.closed_on = None
    elif case.closed_on is None:
        case.closed_on = day
        terms.cancel_open(case, reason=f"{act.label}，案件办结", on=day)
    case.save(update_fields=differences(before, snapshot(case))[1])
    for kind in act.papers:
        papers.issue(case, kind, by=by, on=day)


def _signed(
    case: Case,
    act: Act,
    task: Task | None,
    doer: Doer,
    day: date,
    proof: signatures.Proof | None,
    facts: dict[str, Any],
) -> dict[str, str]:
    """Sign what was done where the act asks for it; return what the entry tells of it."""
    if not act.signed:
        return {}
    if task is None or proof is None:
        raise LookupError(f"{act.name} is signed and must be the act of a step")
    signer = signatures.Signer(doer.by, doer.post, doer.principal, day)
    signature = signatures.sign(case, act, task, signer, proof, facts)
    return {signatures.IN_ENTRY: signature.digest}


def _move_on(
    case: Case,
    act: Act,
    task: Task | None,
    doer: Doer,
    said: Said,
    through: Passage | None,
    waiting: list[Task],
) -> None:
    """Close the task that the act did, and let the flow reach what comes next."""
    if through is not None:
        if task is not None:
            outcome = through.outcome or act.label
            tasks.close(task, through.state, by=doer.by, outcome=outcome, reason=said.opinion)
        through.move(case)
    elif task is not None:
        tasks.finish(
            task,
            by=doer.by,
            post=doer.post,
            principal=doer.principal,
            outcome=act.label,
            opinion=said.opinion,
            verdict=_verdict(case, task, act.name),
            in_batch=said.in_batch,
        )
        tasks.open_after(task, waiting)
        waiting = [row for row in waiting if row.is_open]
        if not case.is_closed:
            flows.advance(case, task, waiting)
    others = waiting if through is None and task is not None else None
    _come_to_rest(case, act, others, task)


def _come_to_rest(
    case: Case, act: Act, others: list[Task] | None = None, task: Task | None = None
) -> None:
    """End the flow of a case that is over; give the open tasks the due dates as they now are.

    `others`: what was open beside the task just done, where that is known.
    """
    if case.is_closed:
        flows.end(case, reason=f"因{act.label}办结", last=task if others == [] else None)
    # What the flow has just opened carries the dates already.
    if terms.have_changed(case) and others != []:
        tasks.refresh_due_dates(case)
    terms.forget(case)


def _docket(case: Case, nodes: list[str], by: User) -> tasks.Docket:
    """Read what the case's open tasks tell, for an act of a step, and let the terms know it."""
    docket = tasks.docket(case, by) if nodes else tasks.Docket([])
    if docket.rows:
        calendar = of_edition(docket.edition)
        terms.remember(case, calendar=calendar, known=None if docket.has_terms else [])
    return docket


def _verdict(case: Case, task: Task, name: str) -> str:
    """Return what the act says where several holders decide together."""
    step = flows.step_of(case, task.node)
    return step.signing.verdict_of(name) if step and step.signing else ""


def _nodes(case: Case, name: str) -> list[str]:
    """Return the steps of the case's flow in which the act is performed."""
    flow = flows.flow_of_case(case)
    return [step.name for step in flow.steps_of(name)] if flow else []


def _refuse_other_passage(act: Act, through: Passage | None) -> None:
    """Refuse what the law brings about, and an act of an operation that does not lead here."""
    if act.by_itself:
        raise RefusedByState(f"“{act.label}”到期依法自动发生，无须办理。")
    arrived_by = through.operation if through else None
    if act.operation != arrived_by:
        wanted = act.operation.label if act.operation else "行为"
        raise RefusedByState(f"“{act.label}”须通过“{wanted}”办理。")


def _doer(case: Case, act: Act, by: User, answer: Answer, task: Task | None) -> Doer:
    """Return who does the act and for whom; refuse what is reserved, or four eyes forbid."""
    principal = answer.on_behalf_of
    if task is not None and task.holder_id not in {None, by.pk} and not tasks.is_left(task):
        principal = task.holder
    if principal is not None:
        if act.reserved:
            raise RefusedByPerson(f"{act.label}依规须由{principal.full_name}本人办理，不得代理。")
        _refuse_four_eyes(case, act, principal, principal.full_name)
        _refuse_second_vote(task, by)
    return Doer(by, answer.post, principal)


def _refuse_second_vote(task: Task | None, by: User) -> None:
    """Refuse a substitute who has or had a vote of his own in the same countersigning."""
    if task is None or task.engine_task_id is None:
        return
    own = Task.objects.filter(engine_task=task.engine_task_id, is_personal=True, is_void=False)
    if own.filter(holder=by).exclude(pk=task.pk).exists():
        raise RefusedByPerson("您在本环节另有本人的一票，不能再代他人表态。")


def locked(case: CaseT) -> CaseT:
    """Return the case read again under its row lock."""
    fresh: CaseT | None = next(iter(_locking(type(case))(case.pk)), None)
    if fresh is None:
        raise type(case).DoesNotExist(f"{case.KIND} {case.pk}")
    return fresh


@cache
def _locking(model: type[CaseT]) -> Prepared[CaseT]:
    """Return the statement that locks a case of a kind and reads what every act asks for."""
    rows = model.objects.select_for_update(of=("self",)).select_related(*model.ALONG)
    return Prepared(lambda key: rows.filter(pk=key), int)


def _declared(case: Case, name: str) -> Act:
    try:
        return case.acts()[name]
    except KeyError:
        raise RefusedByState(f"{case.kind_label}没有“{name}”这一行为。") from None


def _refuse_by_state(case: Case, act: Act, nodes: list[str]) -> None:
    if case.state not in act.sources:
        done = Task.objects.of_case(case).filter(node__in=nodes, state=Task.State.DONE)
        last = done.select_related("closed_by").order_by("-closed_at").first()
        if last:
            raise RefusedByRace(tasks.already_done(last))
    if case.is_closed and not act.for_closed:
        raise RefusedByState(f"该件已办结（{case.state_label}），不能再{act.label}。")
    refuse_held(case)
    if case.state not in act.sources:
        raise RefusedByState(f"该件现为“{case.state_label}”，不能{act.label}。")


def refuse_held(case: Case) -> None:
    """Refuse whatever would be done in a case that is suspended or stayed."""
    if case.is_held:
        since = f"{case.held_on:%Y年%m月%d日}" if case.held_on else ""
        raise RefusedByState(
            f"该件已于{since}{case.get_held_as_display()}（{case.held_because}），恢复后方可办理。"
        )


def _refuse_by_person(case: Case, act: Act, by: User, day: date) -> Answer:
    answer = may(by, act.verb, case, day)
    if not answer:
        raise RefusedByPerson(answer.reason)
    _refuse_four_eyes(case, act, by, "您")
    return answer


def _refuse_four_eyes(case: Case, act: Act, person: User, called: str) -> None:
    """Refuse a person whom a field or group of the case names as one who must not do the act."""
    for name in act.not_by:
        label, people = case.people_of(name)
        if person.pk in people:
            raise RefusedByPerson(f"{called}是该件的{label}，{act.label}须由他人办理。")


def _task(case: Case, nodes: list[str], by: User, waiting: list[Task]) -> Task | None:
    """Return the task the act does; None for an act that belongs to no step of the flow."""
    if not nodes:
        return None
    task = tasks.task_for(waiting, nodes, by)
    if task is None:
        tasks.refuse_over(case, nodes, by)
    return task


def _refuse_by_law(case: Case, act: Act, day: date) -> None:
    reasons = list(unmet(case, act, day))
    if reasons:
        raise RefusedByLaw(joined(reasons))


def unmet(case: Case, act: Act, day: date) -> Iterator[str]:
    """Yield why the law stands against an act on that day."""
    for condition in act.conditions:
        verdict = condition(case, day)
        if not verdict:
            yield verdict.reason


def open_acts(
    case: Case, user: User, on: date | None = None, waiting: list[Task] | None = None
) -> list[OpenAct]:
    """Return every act of the case's state, each open to the user or closed for a reason.

    `waiting`: the open tasks of the case by urgency, where they were read already.
    """
    day = on or clock.today()
    found = []
    waiting = tasks.open_of(case) if waiting is None else waiting
    for act in case.acts().values():
        if act.operation or act.by_itself or case.state not in act.sources:
            continue
        if case.is_closed and not act.for_closed:
            continue
        refusal = _why_closed(case, act, user, day, waiting)
        found.append(
            OpenAct(
                act.name,
                act.label,
                cited(act.law),
                act.meaning,
                allowed=refusal is None,
                reason=refusal.message if refusal else "",
                refused=refusal.kind if refusal else "",
            )
        )
    return found


def _why_closed(case: Case, act: Act, user: User, day: date, waiting: list[Task]) -> Refusal | None:
    """Return the refusal the user would meet, or None where the act is open to him."""
    try:
        refuse_held(case)
        answer = _refuse_by_person(case, act, user, day)
        _doer(case, act, user, answer, _task(case, _nodes(case, act.name), user, waiting))
        _refuse_by_law(case, act, day)
    except Refusal as refusal:
        return refusal
    return None


def open_case(
    model: type[CaseT], *, by: User, unit: Unit, title: str, on: date | None = None, **facts: Any
) -> CaseT:
    """Open a case of a kind for a unit and start its flow; return it.

    The opening's verb and conditions are asked; the case number comes from the kind's series.
    """
    day = on or clock.today()
    case = model(unit=unit, title=title, opened_on=day, opened_by=by)
    try:
        with transaction.atomic():
            by.forget_posts()
            post = _refuse_opening(case, by, day)
            return _open(case, by=by, day=day, post=post, facts=facts)
    except Refusal as refusal:
        opening = model.OPENING
        _record_refused(opening.verb, opening.label, None, f"{unit}：{title}", by, refusal)
        raise


def _refuse_opening(case: Case, by: User, day: date) -> Post | None:
    """Ask the opening's verb and conditions; return the post that carries the verb."""
    opening = case.OPENING
    answer = may(by, opening.verb, case, day)
    if not answer:
        raise RefusedByPerson(answer.reason)
    reasons = [v.reason for v in (c(case, day) for c in opening.conditions) if not v]
    if reasons:
        raise RefusedByLaw(joined(reasons))
    return answer.post


def open_follow_up(
    origin: Case, label: str, *, by: User, on: date, title: str, meaning: str, **facts: Any
) -> Case:
    """Open a case out of an act on another one (the act is its permission) and link the two."""
    case = model_of_kind(label)(unit=origin.unit, title=title, opened_on=on, opened_by=by)
    post = may(by, case.VIEW_VERB, origin, on).post
    opened = _open(case, by=by, day=on, post=post, facts=facts)
    Link.objects.create(
        from_type=origin.content_type(),
        from_id=origin.pk,
        to_type=opened.content_type(),
        to_id=opened.pk,
        meaning=meaning,
        linked_at=clock.now(),
    )
    return opened


def _open(case: CaseT, *, by: User, day: date, post: Post | None, facts: dict[str, Any]) -> CaseT:
    with door_open():
        case.begin(by=by, on=day, **facts)
    number = numbers.reserve(case.SERIES, day.year, day)
    case.number = number.text
    flows.prepare(case)
    case.save()
    numbers.assign(number, case)
    tasks.note_opening(case, by=by, post=post)
    tasks.participate(case, by)
    flows.begin(case)
    record(
        case.OPENING.verb,
        case.OPENING.label,
        subject=case,
        subject_title=case.title,
        by=by,
        post=post,
        after=snapshot(case),
    )
    return case


def snapshot(case: models.Model) -> dict[str, Any]:
    """Return the case's own fields by name, as entries keep them.

    Lists and the like are copied, because an act may change them in place.
    """
    return {
        field.attname: deepcopy(value) if isinstance(value, list | dict) else value
        for field in case._meta.concrete_fields
        for value in [getattr(case, field.attname)]
    }


def differences(
    before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what changed: the old and the new side."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {n: before.get(n) for n in changed}, {n: after[n] for n in changed}


def _record_refusal(case: Case, name: str, by: User, refusal: Refusal) -> None:
    """Leave an entry of the refusal; it stands although the act was rolled back."""
    act = case.acts().get(name)
    verb, label = (act.verb, act.label) if act else (f"{case.KIND}.{name}", name)
    _record_refused(verb, label, case, case.title, by, refusal)


def _record_refused(
    verb: str, label: str, case: Case | None, title: str, by: User, refusal: Refusal
) -> None:
    """Write the entry of a refusal with the post in which the person acts, and mark it written."""
    write = record if connection.in_atomic_block else record_alone
    write(
        verb,
        label,
        subject=case,
        subject_title=title,
        by=by,
        post=first_post(by, clock.today()),
        outcome=Outcome.REFUSED,
        reason=refusal.message,
    )
    refusal.is_recorded = True
