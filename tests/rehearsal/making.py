"""Open rehearsals and walk them on, for the tests of operations."""

from collections.abc import Sequence
from typing import Any

from tests import replaying
from tests.rehearsal.models import Rehearsal
from workflows.door import open_case, perform
from workflows.models.tasks import Task


class Rehearsing:
    """One rehearsal and the people around it."""

    def __init__(self, people: Any, tree: Any, panel: Sequence[Any] | None = None) -> None:
        self.people = people
        self.panel = list(panel or (people.assessor_a, people.assessor_b, people.assessor_c))
        self.case = replaying.once(
            f"rehearsal of {tree.station.pk}",
            lambda: open_case(Rehearsal, by=people.chief, unit=tree.station, title="演练合同审查"),
        )

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
        return self._once("submit", self.people.chief, panel=self.panel)

    def to_branches(self) -> "Rehearsing":
        """Hand in and review a first time: both branches are open."""
        self.to_check()
        return self._once("opine", self.people.reviewer, opinion="初审同意。")

    def to_decision(self) -> "Rehearsing":
        """Let both branches end: the deputy's turn."""
        self.to_branches()
        self._once("opine", self.people.reviewer, opinion="复审同意。")
        for person in self.panel[:2]:
            self._once("support", person)
        return self

    def _once(self, act: str, by: Any, **facts: Any) -> "Rehearsing":
        """Perform an act of the plain path: in full once in a process, then it is put back."""
        panel = [person.pk for person in self.panel]
        name = f"{act} of {self.case.pk} by {by.pk} with {panel}"
        self.case = replaying.once(name, lambda: self.do(act, by, **facts))
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
