"""Open rehearsals and walk them on, for the tests of operations."""

from collections.abc import Sequence
from typing import Any

from tests.rehearsal.models import Rehearsal
from workflows.door import open_case, perform
from workflows.models.tasks import Task


class Rehearsing:
    """One rehearsal and the people around it."""

    def __init__(self, people: Any, tree: Any, panel: Sequence[Any] | None = None) -> None:
        self.people = people
        self.panel = list(panel or (people.assessor_a, people.assessor_b, people.assessor_c))
        self.case = open_case(Rehearsal, by=people.chief, unit=tree.station, title="演练合同审查")

    def fresh(self) -> Rehearsal:
        """Return the case as it now is."""
        self.case = Rehearsal.objects.get(pk=self.case.pk)
        return self.case

    def do(self, act: str, by: Any, **facts: Any) -> Rehearsal:
        """Perform an act."""
        self.case = perform(self.case, act, by=by, **facts)
        return self.case

    def to_check(self) -> "Rehearsing":
        """Hand in."""
        self.do("submit", self.people.chief, panel=self.panel)
        return self

    def to_branches(self) -> "Rehearsing":
        """Hand in and review a first time: both branches are open."""
        self.to_check()
        self.do("opine", self.people.reviewer, opinion="初审同意。")
        return self

    def to_decision(self) -> "Rehearsing":
        """Let both branches end: the deputy's turn."""
        self.to_branches()
        self.do("opine", self.people.reviewer, opinion="复审同意。")
        for person in self.panel[:2]:
            self.do("support", person)
        return self

    def tasks(self, node: str = "", **wanted: Any) -> list[Task]:
        """Return the rows of the case's tasks, in order of arrival."""
        rows = Task.objects.of_case(self.case).order_by("pk")
        return list(rows.filter(**({"node": node} if node else {}), **wanted))

    def open_nodes(self) -> list[str]:
        """Return the names of the steps at which the case waits, one for each open row."""
        rows = Task.objects.of_case(self.case).open().order_by("pk")
        return [row.node for row in rows]

    def task(self, node: str, holder: Any = None) -> Task:
        """Return the open row of a step, of one holder where a step has several."""
        rows = Task.objects.of_case(self.case).open().filter(node=node).order_by("pk")
        found = rows.filter(holder=holder) if holder else rows
        first = found.first()
        assert first is not None, f"no open task at {node}"
        return first
