"""Let PostgreSQL plan a statement once for each connection instead of each time it is asked.

To read a statement of some joins and to plan it takes the server longer than to run it. A `Planned`
text is prepared on the connection when it is first asked there, and then only executed. Everything
above the cursor (wrappers, logs, SQLite) sees the text as it was written.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any

from psycopg2 import extensions

_numbers = count(1)


class Planned(str):
    """The text of a statement that differs in some of its values alone.

    `places`: for each parameter the place of the value it takes; None where it never changes.
    """

    name: str
    places: tuple[int | None, ...]
    first: list[int]

    def __new__(cls, text: str, places: Sequence[int | None]) -> "Planned":
        """Name the statement; keep where its values stand, and where each stands first."""
        planned = super().__new__(cls, text)
        planned.places = tuple(places)
        planned.name = f"planned_{next(_numbers)}"
        taken = {place for place in places if place is not None}
        planned.first = [planned.places.index(place) for place in sorted(taken)]
        return planned

    @property
    def execution(self) -> str:
        """Return the statement that executes the prepared one."""
        values = ", ".join(["%s"] * len(self.first))
        return f"EXECUTE {self.name} ({values})" if values else f"EXECUTE {self.name}"


class PlanningConnection(extensions.connection):
    """A connection that knows which statements were prepared on it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Connect; nothing is prepared yet."""
        super().__init__(*args, **options)
        self.planned: set[str] = set()


class PlanningCursor(extensions.cursor):
    """A cursor that executes what was prepared, and prepares what was not."""

    def execute(self, query: Any, vars: Any = None) -> None:
        """Run a statement; the first time it is asked on this connection, prepare it as well."""
        if isinstance(query, Planned):
            self._prepare(query, vars)
            query, vars = query.execution, [vars[n] for n in query.first]
        super().execute(query, vars)

    def _prepare(self, query: Planned, values: Sequence[Any]) -> None:
        """Prepare a statement unless it is; what never changes in it is written into it."""
        if query.name in self.connection.planned:
            return
        written = tuple(
            self.mogrify("%s", [value]).decode() if place is None else f"${place + 1}"
            for place, value in zip(query.places, values, strict=True)
        )
        super().execute(f"PREPARE {query.name} AS {query % written}")
        self.connection.planned.add(query.name)
