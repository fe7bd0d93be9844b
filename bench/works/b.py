"""Work B: the in-box among a million tasks, a whole page with its frame, in the process."""

from typing import Any

from bench import tree
from bench.peers import Peer, running
from bench.table import Section
from bench.timing import alternating, p50, p95

SECONDS, PAGES, PAGES_OF_PLAIN = 30, 10, 1
MOST_STATEMENTS, SHARE_OF_QUEUE, GROWTH = 6, 0.03, 1.2
PEOPLE = {"clerk of three townships": tree.CLERK, "reviewer of three bureaus": tree.DESK}


def measure() -> Section:
    """Measure both people's first page and a page far down, ours and plain viewflow's."""
    with running(
        ours=("bench.ours", "bench_ours"),
        tenth=("bench.ours", "bench_ours_tenth"),
        plain=("bench.plain.peer", "bench_plain"),
    ) as peers:
        section = Section(
            "B. The in-box",
            "One million tasks, fifty thousand open, 8,000 people, 1,600 townships. The whole page "
            "with session, menu, counts and template, by Django's test client.",
            ("who", "page", "tasks waiting", "statements", "p50 ms", "p95 ms",
             "× viewflow's queue, p95", "size kB"),
        )  # fmt: skip
        for name, key in PEOPLE.items():
            _person(section, peers, name, key)
        _growth(section, peers)
    return section


def _person(section: Section, peers: dict[str, Peer], name: str, key: int) -> None:
    ours, plain = peers["ours"], peers["plain"]
    first = plain.ask("inbox_cost", key=key, address="/workflow/queue/")
    last = max(1, first["pages"] * 9 // 10)
    addresses = {
        "viewflow's queue, first page": "/workflow/queue/",
        f"viewflow's queue, page {last}": f"/workflow/queue/?page={last}",
        "viewflow's in-box (own tasks only)": "/workflow/inbox/",
    }
    costs: dict[str, dict[str, Any]] = {
        "ours, first page": ours.ask("inbox_cost", key=key, page="first"),
        "ours, far down": ours.ask("inbox_cost", key=key, page="far"),
        **{
            shown: plain.ask("inbox_cost", key=key, address=address)
            for shown, address in addresses.items()
        },
    }
    times = alternating(
        SECONDS,
        {
            "ours, first page": lambda: ours.ask("inbox", key=key, page="first", count=PAGES),
            "ours, far down": lambda: ours.ask("inbox", key=key, page="far", count=PAGES),
            **{
                shown: lambda address=address: plain.ask(
                    "inbox", key=key, address=address, count=PAGES_OF_PLAIN
                )
                for shown, address in addresses.items()
            },
        },
    )
    queue = p95(times["viewflow's queue, first page"])
    for shown, spent in times.items():
        cost = costs[shown]
        section.rows.append(
            (name, shown, cost["counted"], cost["statements"], p50(spent), p95(spent),
             p95(spent) / queue, cost["kib"])
        )  # fmt: skip
    for shown in ("ours, first page", "ours, far down"):
        section.goal(
            f"{name}, {shown}: at most {MOST_STATEMENTS} statements",
            costs[shown]["statements"],
            MOST_STATEMENTS,
            "{:.0f}",
        )
        section.goal(
            f"{name}, {shown}: p95 at most {SHARE_OF_QUEUE} × viewflow's queue",
            p95(times[shown]) / queue,
            SHARE_OF_QUEUE,
            "{:.3f}",
        )


def _growth(section: Section, peers: dict[str, Peer]) -> None:
    """Compare the reviewer's first page with the same among a tenth of the rows."""
    both = {
        name: lambda name=name: peers[name].ask("inbox", key=tree.DESK, page="first", count=PAGES)
        for name in ("ours", "tenth")
    }
    times = alternating(SECONDS / 4, both)
    grown = p50(times["ours"]) / p50(times["tenth"])
    section.goal(f"first page at ten times the rows: at most {GROWTH} × the time", grown, GROWTH)
