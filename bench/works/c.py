"""Work C: the twenty newest cases a person may see, among a million."""

from typing import Any

import psycopg2

from bench import server, tree
from bench.peers import running
from bench.rows import ours
from bench.table import Section
from bench.timing import alternating, milliseconds, p50, p95

SECONDS, TIMES = 8, 10
MOST, GROWTH = 2.0, 1.2
LIMIT = "ORDER BY opened_on DESC, id DESC LIMIT 20"
ROWS = "SELECT id, title, number, opened_on, station FROM bench_ancestors"
# Person, and the column and code of his place in the table made by hand.
PEOPLE: dict[str, tuple[int, str, str]] = {
    "station with five cases": (tree.RARE_STATION - 3000, "township", "T1753"),
    "township clerk": (1601, "township", "T154"),
    "county reviewer": (tree.DESK + 8 * 50 + 1, "county", "X68"),
    "city reviewer": (7489, "city", "C2"),
    "province": (tree.PEOPLE, "", ""),
}


class ByHand:
    """The floor: one query over a column for each level of the tree, the scope handed to it."""

    def __init__(self, database: str) -> None:
        """Open the connection."""
        self._cursor: Any = psycopg2.connect(server.url_of(database)).cursor()

    def newest(self, column: str, code: str) -> list[int]:
        """Return the keys of the twenty newest cases."""
        where = f"WHERE {column} = %s" if column else ""
        self._cursor.execute(f"{ROWS} {where} {LIMIT}", [code] if column else None)
        return [row[0] for row in self._cursor.fetchall()]

    def times(self, column: str, code: str) -> list[float]:
        """Return how long it took, time after time."""
        return [milliseconds(lambda: self.newest(column, code)) for _ in range(TIMES)]


def measure() -> Section:
    """Measure every person among a million cases and among a tenth of them."""
    server.rows_of("bench_ours", ours.NEWER_ANCESTORS)
    by_hand = ByHand("bench_ours")
    section = Section(
        "C. The twenty newest visible cases",
        "`visible_to` of the product (its posts, exceptions, participation and recusals) against "
        "one query by hand over a column for each level of the tree, which knows posts alone and "
        "is told the scope. Posts are remembered as within a request; Django builds the cases.",
        ("who", "statements", "ours p50 ms", "p95", "by hand p50", "× by hand",
         "ours at a tenth p50", "growth"),
    )  # fmt: skip
    with running(
        ours=("bench.ours", "bench_ours"), tenth=("bench.ours", "bench_ours_tenth")
    ) as peers:
        for name, (key, column, code) in PEOPLE.items():
            cost = peers["ours"].ask("newest_cost", key=key)
            missing = set(by_hand.newest(column, code)) - set(cost["keys"])
            if missing and not name.startswith("county"):
                raise RuntimeError(f"{name}: ours leaves out {missing}")
            times = alternating(
                SECONDS,
                {
                    "ours": lambda key=key: peers["ours"].ask("newest", key=key, count=TIMES),
                    "tenth": lambda key=key: peers["tenth"].ask("newest", key=key, count=TIMES),
                    "hand": lambda column=column, code=code: by_hand.times(column, code),
                },
            )
            wide, tenth, hand = p50(times["ours"]), p50(times["tenth"]), p50(times["hand"])
            section.rows.append(
                (name, cost["statements"], wide, p95(times["ours"]), hand, wide / hand, tenth,
                 wide / tenth)
            )  # fmt: skip
            section.goal(f"{name}: at most {MOST:.0f} × by hand", wide / hand, MOST)
            section.goal(f"{name}: at most {GROWTH} × at ten times the rows", wide / tenth, GROWTH)
    return section
