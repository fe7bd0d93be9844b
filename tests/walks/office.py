"""An office at work: several people do every operation at random on cases of one random flow.

Most attempts are what somebody would sensibly do; some are not, and must be refused. After each
one everything that must hold is asked of the rows as they then are.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model
from viewflow.workflow import PROCESS
from viewflow.workflow.models import Process
from viewflow.workflow.models import Task as EngineTask

from audit.models import ChainHead
from permissions import standing_in
from permissions.models import StandIn, User
from permissions.refusals import Impossible
from permissions.roles import Role
from permissions.standing_in import Arrangement
from tests.rehearsal.models import Rehearsal, State
from tests.walks.made import Chance
from tests.walks.walking import Standing, markings, places
from workflows import operations
from workflows.door import open_case, perform
from workflows.flows import CaseFlow, Step
from workflows.flows.gateways import OVER
from workflows.models.operations import Copy, Proposal, Urging
from workflows.models.tasks import DECIDING, OPEN_STATES, Task, TaskKind, TaskState, Verdict
from workflows.models.terms import Term
from workflows.operations.proposing import Wanted
from workflows.refusals import Refusal
from workflows.vocabulary import Operation

CASES = 2
WILD = 0.12
"""How often somebody tries what he would not sensibly try."""

WEIGHTS = {
    "act": 34, "claim": 7, "release": 4, "decline": 3, "transfer": 5, "consult": 4,
    "recall_consult": 2, "add_before": 3, "add_after": 3, "add_alongside": 3, "remove_signer": 4,
    "answer": 12, "send_back": 12, "take_back": 8, "urge": 2, "answer_urging": 1, "copy": 2,
    "circulate": 2, "read_copy": 1, "write_on_copy": 1, "withdraw_copy": 2, "suspend": 1,
    "stay": 1, "resume": 4, "reposition": 3, "terminate": 2, "void": 1, "reopen": 8,
    "confirm": 6, "reject": 1, "hand_over": 1, "batch": 3, "stand_in": 1, "end_stand_in": 2,
    "seal": 1, "offered": 2,
}  # fmt: skip
FOR_CLOSED = frozenset(
    {"answer_urging", "read_copy", "write_on_copy", "withdraw_copy", "reopen", "confirm", "reject"}
)
"""What is not refused because a case is over: reading, and opening it again by two persons."""
BESIDE_CASES = frozenset({"hand_over", "batch", "stand_in", "end_stand_in", "offered"})
"""What concerns people or several cases, and so is not refused because one case is over."""


class NothingToDo(Exception):
    """There is nothing on which this could be tried now."""


def _lying(model: type[Model], where: str) -> dict[int, dict[str, Any]]:
    """Return the rows of a table by their keys; read after every operation, so without detours."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {model._meta.db_table} WHERE {where} ORDER BY id"  # noqa: S608
        )
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["id"]: row for row in rows}


@dataclass
class Stored:
    """What is stored of the cases: their rows of tasks, engine tasks, the end of the chain."""

    rows: dict[int, dict[str, Any]]
    engine: dict[int, tuple[Any, str, int, str]]
    cases: dict[int, dict[str, Any]]
    entries: int


@dataclass
class Told:
    """What was done in all sequences: attempts by name, done and refused."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def operations(self) -> int:
        """Return how many operations were tried."""
        return self.done.total() + self.refused.total()


class Office:
    """Some people, some cases of one flow, and what they do with them."""

    def __init__(self, flow: type[CaseFlow], people: Any, tree: Any, random: Random) -> None:
        self.flow, self.people, self.tree, self.random = flow, people, tree, random
        self.staff = [
            people.chief, people.reviewer, people.second_reviewer, people.assessor_a,
            people.assessor_b, people.assessor_c, people.deputy, people.director, people.secretary,
        ]  # fmt: skip
        self.by_key = {person.pk: person for person in self.staff}
        self.at_post = {
            Role.STATION_CHIEF: [people.chief],
            Role.COUNTY_REVIEWER: [people.reviewer, people.second_reviewer],
            Role.COUNTY_ASSESSOR: [people.assessor_a, people.assessor_b, people.assessor_c],
            Role.COUNTY_DEPUTY: [people.deputy],
            Role.COUNTY_DIRECTOR: [people.director],
        }
        self.reachable = {Standing.of_net(marking).tokens for marking in markings(flow)}
        self.told: list[str] = []
        self.keys: list[int] = []
        for _ in range(CASES):
            self.open()
        self.now = self.read()

    def open(self) -> None:
        """Open one more case."""
        case = open_case(
            Rehearsal, by=self.people.chief, unit=self.tree.station, title="演练合同审查"
        )
        self.keys.append(case.pk)

    # -- reading

    def read(self) -> Stored:
        """Read what is stored, the cases and their tasks as they lie in the tables."""
        keys = ", ".join(map(str, self.keys))
        kind = Rehearsal.content_type().pk
        found = _lying(Rehearsal, f"id IN ({keys})")
        engine = EngineTask.objects.filter(process__in=[c["process_id"] for c in found.values()])
        (head,) = _lying(ChainHead, "TRUE").values()
        return Stored(
            _lying(Task, f"content_type_id = {kind} AND object_id IN ({keys})"),
            {
                key: (node, status, process, str(token))
                for key, node, status, process, token in engine.order_by("pk").values_list(
                    "pk", "flow_task", "status", "process_id", "token"
                )
            },
            found,
            head["sequence"],
        )

    def running(self) -> list[int]:
        """Return the keys of the cases that are not over."""
        return [key for key, case in self.now.cases.items() if case["closed_on"] is None]

    def case(self, key: int | None = None) -> Any:
        """Return a case; one that runs, if no key is given."""
        if key is None:
            keys = self.running() if self.sensible() else self.keys
            key = self.random.choice(keys or self.keys)
        return Rehearsal.objects.get(pk=key)

    def sensible(self) -> bool:
        """Tell whether the next choice is a sensible one."""
        return self.random.random() >= WILD

    def row(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Choose a row of some kind; any row at all, now and then."""
        rows = [row for row in self.now.rows.values() if row["node"] != Task.START]
        if self.sensible():
            rows = [row for row in rows if wanted(row) and self.is_going_on(row)]
        if not rows:
            raise NothingToDo
        return self.random.choice(rows)

    def is_going_on(self, row: dict[str, Any]) -> bool:
        """Tell whether something can be done in the case of a row now."""
        case = self.now.cases[row["object_id"]]
        return not case["closed_on"] and not case["held_as"]

    def holder(self, row: dict[str, Any]) -> User:
        """Return who would do a row; anybody, now and then."""
        if not self.sensible():
            return self.random.choice(self.staff)
        if row["holder_id"]:
            return self.by_key[row["holder_id"]]
        return self.random.choice(self.at_post[Role(row["role"])])

    def others(self, by: User, most: int = 2) -> list[User]:
        """Choose other people."""
        rest = [person for person in self.staff if person.pk != by.pk]
        return self.random.sample(rest, self.random.randint(1, most))

    @staticmethod
    def task(row: dict[str, Any]) -> Task:
        """Return the task of a row."""
        return Task.objects.get(pk=row["id"])

    # -- doing

    def work(self, told: Told) -> None:
        """Try one operation, see what became of it, and ask what must hold."""
        if not self.running() and self.random.random() < 0.5:
            self.open()
            self.now = self.read()
        for person in self.staff:
            person.remember_answers()  # for the length of one operation, as in a request
        (name,) = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))
        try:
            entries, key, call = getattr(self, f"_{name}")()
        except NothingToDo:
            return
        refusal: Exception | None = None
        try:
            more = call()
            entries = more if isinstance(more, int) else entries
        except Refusal as refused:
            refusal, entries = refused, 1
        except (Impossible, PermissionDenied) as refused:
            if name not in {"stand_in", "end_stand_in"}:
                raise
            refusal, entries = refused, 0
        self.told.append(f"{name}@{key}{f' ✗ {refusal}' if refusal else ''}")
        (told.refused if refusal else told.done)[name] += 1
        before, self.now = self.now, self.read()
        if name not in FOR_CLOSED | BESIDE_CASES and before.cases[key]["closed_on"]:
            assert refusal, f"{name} was done in a closed case"
        self.check(before, entries)

    def _begun(self, decides: bool = True) -> dict[str, Any]:
        return self.row(
            lambda row: (
                row["closed_at"] is None
                and (row["kind"] in DECIDING) == decides
                and row["state"] in {TaskState.READY, TaskState.CLAIMED}
                and row["kind"] != TaskKind.CONSENT
            )
        )

    def _act(self) -> Any:
        row = self._begun()
        step, case = self.flow.step(row["node"]), self.case(row["object_id"])
        act = self.random.choice(step.acts if step else ("opine",))
        if not self.sensible():
            act = self.random.choice(["submit", "opine", "support", "conclude", "terminate"])
        by = self.holder(row)
        panel = self.random.sample(
            self.at_post[Role.COUNTY_ASSESSOR], self.random.choice([1, 2, 3])
        )
        facts = {"panel": panel} if act == "submit" else {}
        return 1, case.pk, lambda: perform(case, act, by=by, opinion="同意。", **facts)

    def _seal(self) -> Any:
        case = self.case()
        by = self.random.choice([self.people.deputy, self.people.director, self.people.secretary])
        return 1, case.pk, lambda: perform(case, "seal", by=by)

    def _on(self, operation: Any, row: dict[str, Any], by: User, **facts: Any) -> Any:
        task = self.task(row)
        return 1, row["object_id"], lambda: operation(task, by=by, **facts)

    def _reason(self) -> str:
        return "事由" if self.sensible() else ""

    def _claim(self) -> Any:
        row = self.row(lambda row: row["state"] == TaskState.READY)
        return self._on(operations.claim, row, self.holder(row))

    def _release(self) -> Any:
        row = self.row(lambda row: row["state"] == TaskState.CLAIMED and not row["is_personal"])
        return self._on(operations.release, row, self.holder(row), reason=self._reason())

    def _decline(self) -> Any:
        row = self.row(lambda row: row["state"] == TaskState.READY)
        return self._on(operations.decline, row, self.holder(row), reason=self._reason())

    def _transfer(self) -> Any:
        row = self._begun()
        by = self.holder(row)
        fit = [person for person in self.at_post[Role(row["role"])] if person.pk != by.pk]
        person = self.random.choice(fit if fit and self.sensible() else self.others(by))
        return self._on(operations.transfer, row, by, reason=self._reason(), person=person)

    def _consult(self) -> Any:
        row = self._begun()
        by = self.holder(row)
        (person,) = self.others(by, 1)
        return self._on(operations.consult, row, by, reason="请提意见", person=person)

    def _recall_consult(self) -> Any:
        row = self.row(lambda row: row["state"] == TaskState.DELEGATED)
        return self._on(operations.recall_consult, row, self.holder(row), reason=self._reason())

    def _add_before(self) -> Any:
        row = self._begun()
        by = self.holder(row)
        return self._on(operations.add_before, row, by, reason="先看", people=self.others(by))

    def _add_after(self) -> Any:
        row = self._begun()
        by = self.holder(row)
        return self._on(operations.add_after, row, by, reason="后签", people=self.others(by))

    def _add_alongside(self) -> Any:
        row = self.row(lambda row: row["node"][0] == "v" and row["closed_at"] is None)
        by = self.holder(row)
        (person,) = self.others(by, 1)
        return self._on(operations.add_alongside, row, by, reason="一并", person=person)

    def _remove_signer(self) -> Any:
        row = self.row(lambda row: row["closed_at"] is None and row["parent_id"] is not None)
        by = self.random.choice([self.people.deputy, self.people.director])
        parent = self.now.rows.get(row["parent_id"] or 0)
        if parent and parent["holder_id"] and self.random.random() < 0.7:
            by = self.by_key[parent["holder_id"]]
        return self._on(operations.remove_signer, row, by, reason=self._reason())

    def _answer(self) -> Any:
        row = self._begun(decides=False)
        verdict = self.random.choice([Verdict.AGREE, Verdict.AGREE, Verdict.DISAGREE])
        return self._on(
            operations.answer, row, self.holder(row), opinion=self._reason(), verdict=verdict
        )

    def _send_back(self) -> Any:
        row = self._begun()
        by, task = self.holder(row), self.task(row)
        step = self.flow.step(row["node"])
        targets = operations.targets(task) if step and step.returns else []
        if self.sensible():
            if not targets:
                raise NothingToDo
            target = self.random.choice(targets)
            to, direct = target.node, self.random.choice(target.modes)[0] == "direct"
        else:
            to, direct = self.random.choice(["draft", "decide", "nowhere"]), True
        return self._on(operations.send_back, row, by, reason=self._reason(), to=to, direct=direct)

    def _take_back(self) -> Any:
        recalled = {step.name for step in self.flow.steps() if step.recall}
        last: dict[int, int] = {}
        for key, row in self.now.rows.items():
            if row["state"] == TaskState.DONE and row["kind"] in DECIDING:
                last[row["object_id"]] = key
        row = self.row(
            lambda row: (
                row["id"] in last.values() and row["node"] in recalled and not row["is_void"]
            )
        )
        by = self.by_key.get(row["closed_by_id"] or 0) or self.random.choice(self.staff)
        return self._on(operations.take_back, row, by, reason="漏写")

    def _urge(self) -> Any:
        row = self.row(lambda row: row["closed_at"] is None)
        return self._on(operations.urge, row, self.people.chief, reason=self._reason())

    def _answer_urging(self) -> Any:
        urging = self._one(Urging.objects.filter(task__object_id__in=self.keys))
        by = urging.task.holder or self.random.choice(self.staff)
        return (
            1,
            urging.task.object_id,
            lambda: operations.answer_urging(urging, by=by, answer=self._reason()),
        )

    def _copy(self) -> Any:
        return self._sent(operations.copy)

    def _circulate(self) -> Any:
        return self._sent(operations.circulate)

    def _sent(self, operation: Any) -> Any:
        row = self._begun()
        by = self.holder(row)
        return self._on(operation, row, by, reason="请阅", people=self.others(by))

    def _one(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        if not found:
            raise NothingToDo
        return self.random.choice(found)

    def _copies(self) -> Any:
        return Copy.objects.filter(
            content_type=Rehearsal.content_type(), object_id__in=self.keys
        ).select_related("reader", "sent_by")

    def _read_copy(self) -> Any:
        row = self._one(self._copies())
        by = row.reader if self.sensible() else self.random.choice(self.staff)
        is_known = row.read_at is not None and by == row.reader and not row.withdrawn_at
        return int(not is_known), row.object_id, lambda: operations.read_copy(row, by=by)

    def _write_on_copy(self) -> Any:
        row = self._one(self._copies())
        by = row.reader if self.sensible() else self.random.choice(self.staff)
        return (
            1,
            row.object_id,
            lambda: operations.write_on_copy(row, by=by, opinion=self._reason()),
        )

    def _withdraw_copy(self) -> Any:
        row = self._one(self._copies())
        by = row.sent_by if self.sensible() else self.random.choice(self.staff)
        return 1, row.object_id, lambda: operations.withdraw_copy(row, by=by)

    def _suspend(self) -> Any:
        case, by = self.case(), self.people.reviewer
        return 1, case.pk, lambda: operations.suspend(case, by=by, reason=self._reason())

    def _stay(self) -> Any:
        case, by = self.case(), self.people.deputy
        return (
            1,
            case.pk,
            lambda: operations.stay(case, by=by, reason="等待判决", law=self._reason()),
        )

    def _resume(self) -> Any:
        held = [key for key, case in self.now.cases.items() if case["held_as"]]
        if not held and self.sensible():
            raise NothingToDo
        case = self.case(self.random.choice(held) if held else None)
        return (
            1,
            case.pk,
            lambda: operations.resume(case, by=self.people.reviewer, reason=self._reason()),
        )

    def _propose(self, wanted: Wanted, key: int) -> Any:
        by = self.people.reviewer if self.sensible() else self.random.choice(self.staff)
        case = self.case(key)
        return 1, key, lambda: operations.propose(case, wanted, by=by)

    def _reposition(self) -> Any:
        row = self._begun()
        target = self.random.choice([step.name for step in self.flow.steps()])
        wanted = Wanted(Operation.REPOSITION, "走错环节", self.task(row), target)
        return self._propose(wanted, row["object_id"])

    def _terminate(self) -> Any:
        return self._propose(Wanted(Operation.TERMINATE, "申请人撤回"), self.case().pk)

    def _void(self) -> Any:
        return self._propose(Wanted(Operation.VOID, "误报"), self.case().pk)

    def _reopen(self) -> Any:
        over = [k for k, case in self.now.cases.items() if case["state"] == State.TERMINATED]
        if not over:
            raise NothingToDo
        return self._propose(Wanted(Operation.REOPEN, "须继续办理"), self.random.choice(over))

    def _proposal(self) -> Any:
        rows = Proposal.objects.filter(
            content_type=Rehearsal.content_type(), object_id__in=self.keys
        )
        return self._one(rows.filter(state=Proposal.State.OPEN) if self.sensible() else rows)

    def _confirm(self) -> Any:
        proposal = self._proposal()
        by = self.people.deputy if self.sensible() else self.random.choice(self.staff)

        def call() -> int:
            operations.confirm(proposal, by=by)
            return 2 if proposal.operation == Operation.VOID else 1  # its number is voided as well

        return 1, proposal.object_id, call

    def _reject(self) -> Any:
        proposal = self._proposal()
        by = self.people.director if self.sensible() else self.random.choice(self.staff)
        return (
            1,
            proposal.object_id,
            lambda: operations.reject(proposal, by=by, answer=self._reason()),
        )

    def _hand_over(self) -> Any:
        person, successor = self.random.sample(self.staff[1:7], 2)
        by = self.people.director if self.sensible() else self.random.choice(self.staff)

        def call() -> int:
            done = operations.hand_over(person, successor, by=by, reason=self._reason())
            return 1 + done.stand_ins  # each stand-in that it ends has its own entry

        return 1, self.keys[0], call

    def _batch(self) -> Any:
        row = self.row(
            lambda row: (
                row["closed_at"] is None
                and (step := self.flow.step(row["node"])) is not None
                and bool(step.batch)
            )
        )
        chosen = [
            self.task(one)
            for one in self.now.rows.values()
            if one["node"] == row["node"] and (one["closed_at"] is None or not self.sensible())
        ]
        by = self.holder(row)

        def call() -> int:
            return len(operations.perform_batch(chosen, "opine", by=by, opinion="同意。"))

        return 1, row["object_id"], call

    def _stand_in(self) -> Any:
        principal, substitute = self.random.sample(self.staff, 2)
        today = principal.today()
        wanted = Arrangement(
            principal, substitute, today, today + timedelta(days=3), "出差",
            includes_waiting=self.random.random() < 0.5,
        )  # fmt: skip
        return 1, self.keys[0], lambda: standing_in.arrange(wanted, by=principal)

    def _end_stand_in(self) -> Any:
        row = self._one(StandIn.objects.all())
        return 1, self.keys[0], lambda: standing_in.withdraw(row, reason="返岗", by=row.principal)

    def _offered(self) -> Any:
        """Do one of the plain operations that the page offers."""
        row = self._begun()
        by = self.holder(row)
        open_ones = {one.operation for one in operations.offered(self.task(row), by) if one}
        plain = [self._claim, self._release, self._decline, self._urge]
        names = {"claim", "release", "decline", "urge"} & {str(one) for one in open_ones}
        if not names:
            raise NothingToDo
        name = self.random.choice(sorted(names))
        assert len(plain) >= len(names)
        return self._on(getattr(operations, name), row, by, reason="事由")

    # -- what must hold

    def check(self, before: Stored, entries: int) -> None:
        """Ask everything that must hold after an operation."""
        now = self.now
        written = now.entries - before.entries
        assert written == entries, f"{written} entries instead of {entries}"
        assert before.rows.keys() <= now.rows.keys(), "a row was deleted"
        for key, old in before.rows.items():
            if old["closed_at"] is not None:
                changed = {name for name in old if old[name] != now.rows[key][name]}
                assert changed <= {"is_void"}, f"closed row {key} changed: {changed}"
        waiting = self._open_steps()
        proposals = set(
            Proposal.objects.filter(
                state=Proposal.State.OPEN, content_type=Rehearsal.content_type()
            ).values_list("consent_task", flat=True)
        )
        open_rows = [row for row in now.rows.values() if row["closed_at"] is None]
        for row in open_rows:
            if row["kind"] == TaskKind.CONSENT:
                assert row["id"] in proposals, f"{row['id']} asks for consent to nothing"
            else:
                assert row["engine_task_id"] in waiting, f"row {row['id']} belongs to no open step"
                assert not now.cases[row["object_id"]]["closed_on"], "a closed case has open tasks"
            self._check_waiting(row, open_rows)
        assert proposals <= {row["id"] for row in open_rows}, "a proposal nobody is asked about"
        for engine_task, name in waiting.items():
            live = [
                row
                for row in open_rows
                if row["engine_task_id"] == engine_task
                and row["state"] in {TaskState.READY, TaskState.CLAIMED}
            ]
            assert live, f"nobody can do anything at {name}"
        self._check_closed()

    def _open_steps(self) -> dict[int, str]:
        return {
            key: node.name
            for key, (node, status, *_) in self.now.engine.items()
            if status not in OVER and isinstance(node, Step)
        }

    def _check_waiting(self, row: dict[str, Any], open_rows: list[dict[str, Any]]) -> None:
        """A row that waits, waits for somebody."""
        if row["state"] in {TaskState.WAITING, TaskState.DELEGATED} and row["kind"] in DECIDING:
            children = [one for one in open_rows if one["parent_id"] == row["id"]]
            assert children, f"row {row['id']} waits for nobody"
        assert row["state"] in OPEN_STATES

    def _check_closed(self) -> None:
        """A closed case has no open term and no open engine task; a running one has a step."""
        open_engine = {
            process for _, status, process, _ in self.now.engine.values() if status not in OVER
        }
        for key, case in self.now.cases.items():
            if case["closed_on"]:
                assert case["process_id"] not in open_engine, "a closed case has an open step"
                assert not Term.objects.of_case(Rehearsal(pk=key)).open().exists()
            else:
                assert case["process_id"] in open_engine, f"case {key} is lost"
                self._check_tokens(case["process_id"])

    def _check_tokens(self, process: int) -> None:
        """No token is lost or doubled: the open steps are some that the net can reach together."""
        rows = [
            (key, node, token, status)
            for key, (node, status, of, token) in self.now.engine.items()
            if of == process
        ]
        tokens, _ = places(rows)
        assert tokens in self.reachable, f"tokens that never stand together: {tokens}"

    # -- the way home

    def bring_home(self) -> None:
        """Drive every running case to its end: nothing that was done may have stranded it."""
        Chance.goes_home = True
        for key in self.running():
            case = self.case(key)
            if case.held_as:
                operations.resume(case, by=self.people.reviewer, reason="恢复")
            for _ in range(120):
                if not self._step_home(key):
                    break
            case = self.case(key)
            left = Task.objects.of_case(case).open().values_list("node", "kind", "state", "holder")
            assert case.is_closed, f"case {key} cannot be brought to its end: {list(left)}"
            assert Process.objects.get(pk=case.process_id).status in {
                PROCESS.DONE, PROCESS.CANCELED,
            }  # fmt: skip
        self.now = self.read()
        self._check_closed()

    def _step_home(self, key: int) -> bool:
        """Do whatever can be done next in a case; False when it is over or nothing can."""
        case = self.case(key)
        if case.is_closed:
            return False
        rows = Task.objects.of_case(case).open().select_related("holder").order_by("pk")
        return any(self._finish(case, row) for row in rows)

    def _finish(self, case: Any, row: Task) -> bool:
        """Do one row, by whoever may; tell whether that was possible."""
        if row.kind == TaskKind.CONSENT:
            return False
        if row.kind not in DECIDING:
            return self._try(lambda: operations.answer(row, by=row.holder, opinion="同意。"))
        step = self.flow.step(row.node)
        people = [row.holder] if row.holder else self.at_post[Role(row.role)]
        panel = self.at_post[Role.COUNTY_ASSESSOR]
        return any(
            self._try(
                lambda act=act, by=by: perform(
                    case, act, by=by, **({"panel": panel} if act == "submit" else {})
                )
            )
            for act in step.acts  # type: ignore[union-attr]
            for by in people
        )

    @staticmethod
    def _try(call: Callable[[], Any]) -> bool:
        try:
            call()
        except Refusal:
            return False
        return True
