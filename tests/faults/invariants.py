"""What holds of every stored case, number, paper and entry, whenever somebody looks."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from viewflow.workflow import STATUS
from viewflow.workflow.models import Task as EngineTask

from accreditation.models import Application
from audit.models import Entry, Outcome
from audit.verification import verify
from documents.models import Number, NumberCounter, Paper
from permissions.models import Participation
from workflows.flows import Step, flow_of
from workflows.lifecycle import case_models
from workflows.models.tasks import DECIDING, Task, TaskKind
from workflows.models.terms import Term
from workflows.operations import copying, holding
from workflows.reckoning import Kind
from workflows.terms.ledger import open_terms
from workflows.vocabulary import Operation

HOLDING = (Operation.CLAIM, Operation.CONSULT, Operation.ADD_BEFORE, Operation.ADD_AFTER)
"""What makes a person the holder of a task of his post."""
READING = copying.ACT
"""By which act entries tell of a copy: its reader takes no part in the case."""
ENDED = {STATUS.DONE, STATUS.CANCELED}


def broken() -> list[str]:
    """Return everything that does not hold, in words; empty when all is well."""
    cases = [case for model in case_models() for case in model._default_manager.all()]
    return [
        *(f"留痕：{fault}" for fault in verify().faults),
        *_numbers(cases),
        *(f"{case.number}：{fault}" for case in cases for fault in _of_case(case)),
    ]


def _numbers(cases: list[Any]) -> Iterator[str]:
    """Numbers run from one without gap, and each is borne by exactly one case, paper or plaque."""
    for counter in NumberCounter.objects.all():
        given = Number.objects.filter(series=counter.series, year=counter.year)
        values = sorted(given.values_list("value", flat=True))
        if values != list(range(1, counter.last + 1)):
            yield f"文号 {counter}：{values}"
    plaques = Application.objects.exclude(plaque_number="")
    borne = Counter(
        [
            *(case.number for case in cases),
            *Paper.objects.exclude(number=None).values_list("number__text", flat=True),
            *plaques.values_list("plaque_number", flat=True),
        ]
    )
    given_out = Counter(Number.objects.values_list("text", flat=True))
    for text in {*borne, *given_out}:
        if borne[text] != given_out[text]:
            yield f"文号 {text}：编出 {given_out[text]} 次，使用 {borne[text]} 次"
    if Number.objects.filter(subject_id=None).exists():
        yield "文号没有归属"


def _of_case(case: Any) -> Iterator[str]:
    entries = list(Entry.objects.of_subject(case).filter(outcome=Outcome.DONE).order_by("sequence"))
    yield from _trace(case, entries)
    yield from _routing(case)
    yield from _work(case, entries)
    yield from _terms(case)
    yield from _papers(case, entries)
    took_part = dict(
        Participation.objects.filter(
            content_type=case.content_type(), object_id=case.pk
        ).values_list("user_id", "opened_on")
    )
    actors = {int(entry.actor_id) for entry in entries if entry.actor_id and entry.act != READING}
    if actors - set(took_part):
        yield "办理人没有记为参与人"
    if set(took_part.values()) - {case.opened_on}:
        yield "参与记录的立案日期不是本案的"


def _trace(case: Any, entries: list[Entry]) -> Iterator[str]:
    """What the entries tell, one after another, is what the case is."""
    told: dict[str, Any] = {}
    for entry in entries:
        told |= entry.values_after or {}
    for name in ("state", "closed_on", "process_id", "number"):
        now = getattr(case, name)
        if str(told.get(name)) != str(now):
            yield f"{name} 现为 {now}，留痕为 {told.get(name)}"


def _routing(case: Any) -> Iterator[str]:
    """The engine's steps wait where somebody has a task; a case that is over waits nowhere."""
    routed = Task.objects.of_case(case).open().exclude(kind=TaskKind.CONSENT)
    waiting = EngineTask.objects.filter(process=case.process_id).exclude(status__in=ENDED)
    ours = set(routed.values_list("engine_task", flat=True))
    engines = {
        key for key, node in waiting.values_list("pk", "flow_task") if isinstance(node, Step)
    }
    if ours != engines:
        yield f"待办 {ours} 与流程 {engines} 不一致"
    if case.is_closed == bool(ours):
        yield "办结的案件仍有待办" if ours else "在办的案件没有待办"
    if case.is_closed != (case.process.status in ENDED):
        yield f"流程为 {case.process.status}"
    states = {(task.state, task.holder_id is not None) for task in routed}
    if states & {(Task.State.READY, True), (Task.State.CLAIMED, False)}:
        yield "签收状态与办理人不一致"


def _work(case: Any, entries: list[Entry]) -> Iterator[str]:
    """Every act of a step closed one task, and every claim in force has its entry."""
    flow: Any = flow_of(type(case))
    in_steps = {case.acts()[name].label for step in flow.steps() for name in step.acts}
    acts = sum(entry.label in in_steps for entry in entries)
    rows = Task.objects.of_case(case)
    done = rows.filter(state=Task.State.DONE, kind__in=DECIDING).exclude(node=Task.START).count()
    if acts != done:
        yield f"办理 {acts} 次，办结待办 {done} 件"
    if rows.filter(node=Task.START).count() != 1:
        yield "立案记录不是一条"
    claims = Counter(entry.label for entry in entries)
    if _taken(rows) > sum(claims[operation.label] for operation in HOLDING):
        yield "签收没有留痕"


def _taken(rows: Any) -> int:
    """Count the tasks of a post that somebody took; what came back to him he had taken before."""
    taken, had = 0, set()
    for row in rows.order_by("pk"):
        who = (row.node, row.holder_id or row.closed_by_id)
        taken += bool(row.claimed_at) and not row.is_personal and who not in had
        had.add(who)
    return taken


def _terms(case: Any) -> Iterator[str]:
    """The case and its tasks show the ends of its open terms; a case that is over has none."""
    running = {term.code: term.due_on for term in Term.objects.of_case(case).open()}
    if case.is_closed and running:
        yield f"办结的案件仍有期限 {list(running)}"
    ends = [t.due_on for t in open_terms(case) if t.kind != Kind.FLOOR and t.due_on]
    if case.due_on != min(ends, default=None):
        yield f"期限 {case.due_on} 应为 {min(ends, default=None)}"
    for task in Task.objects.of_case(case).open().exclude(term_code=""):
        if task.due_on != running.get(task.term_code):
            yield f"待办期限 {task.due_on} 应为 {running.get(task.term_code)}"


def _papers(case: Any, entries: list[Entry]) -> Iterator[str]:
    """As many papers of each kind as acts that issue it."""
    labels = Counter(entry.label for entry in entries)
    owed: Counter[str] = Counter()
    for act in case.acts().values():
        owed.update(dict.fromkeys(act.papers, labels[act.label]))
    owed[holding.STAY_NOTICE] = labels[Operation.STAY.label]
    owed[holding.RESUMPTION_NOTICE] = sum(
        bool((entry.values_after or {}).get("恢复计算的期限")) for entry in entries
    )
    issued = Counter(Paper.objects.of(case).values_list("kind", flat=True))
    for kind in {*owed, *issued}:
        if owed[kind] != issued[kind]:
            yield f"文书 {kind}：应为 {owed[kind]} 份，实为 {issued[kind]} 份"
