"""Work A: one whole case, eight actions of people, every one committed before the next."""

from bench import floor, server
from bench.peers import Peer, running
from bench.server import Meter
from bench.table import Section
from bench.timing import alternating, p50, p95

SECONDS, CASES, COUNTED = 90, 3, 10
TIME_GOAL, STATEMENTS_GOAL = 0.4, 0.6


def measure() -> Section:
    """Measure ours, plain viewflow and the floor in alternating rounds, then count."""
    server.create("bench_floor")
    server.rows_of("bench_floor", floor.SCHEMA)
    with running(
        ours=("bench.ours", "bench_ours"),
        plain=("bench.plain.peer", "bench_plain"),
        floor=("bench.floor", "bench_floor"),
    ) as peers:
        peers["plain"].ask("appoint")
        asked = {
            "ours": (peers["ours"], {}),
            "ours, every task claimed first": (peers["ours"], {"claimed": True}),
            "plain viewflow, claim and execute": (peers["plain"], {}),
            "plain viewflow, already assigned": (peers["plain"], {"claimed": False}),
            "floor: four statements by hand": (peers["floor"], {}),
        }
        for peer, facts in asked.values():
            peer.ask("cases", count=3, **facts)
        times = alternating(
            SECONDS,
            {
                name: lambda peer=peer, facts=facts: peer.ask("cases", count=CASES, **facts)
                for name, (peer, facts) in asked.items()
            },
        )
        costs = {name: _cost(peer, facts) for name, (peer, facts) in asked.items()}
        by_action = peers["ours"].ask("statements_by_action")
        files = peers["ours"].ask("paper_files", count=10)
    return _section(times, costs, by_action, p50(files))


def _cost(peer: Peer, facts: dict[str, bool]) -> dict[str, float]:
    """Count what one case costs the server."""
    peer.ask("flush")
    meter = Meter(peer.database)
    peer.ask("cases", count=COUNTED, **facts)
    peer.ask("flush")
    return meter.per(COUNTED)


def _section(
    times: dict[str, list[float]],
    costs: dict[str, dict[str, float]],
    by_action: dict[str, int],
    file_time: float,
) -> Section:
    plain = "plain viewflow, claim and execute"
    by_hand = p50(times["floor: four statements by hand"])
    actions = ", ".join(f"{name} {number}" for name, number in by_action.items())
    section = Section(
        "A. One whole case",
        "Submit, preliminary review with one return and re-submission, two reviewers in parallel, "
        "decision, paper issued. Ours writes trace, terms, number and paper besides; the file of "
        f"the paper is made after the commit and is not in these times ({file_time:.0f} ms). "
        f"Statements of ours without BEGIN, COMMIT and SAVEPOINT: {actions}.",
        ("who", "ms a case", "p95", "× viewflow", "× floor", "statements", "of these BEGIN etc.",
         "rows inserted", "rows updated", "log kB"),
    )  # fmt: skip
    for name, spent in times.items():
        cost = costs[name]
        section.rows.append(
            (name, p50(spent), p95(spent), p50(spent) / p50(times[plain]), p50(spent) / by_hand,
             cost["statements"], cost["control"], cost["inserted"], cost["updated"],
             cost["log"] / 1024)
        )  # fmt: skip
    section.goal(
        f"at most {TIME_GOAL} × the time of plain viewflow",
        p50(times["ours"]) / p50(times[plain]),
        TIME_GOAL,
    )
    section.goal(
        f"at most {STATEMENTS_GOAL} × its statements",
        costs["ours"]["statements"] / costs[plain]["statements"],
        STATEMENTS_GOAL,
    )
    return section
