"""Build the rows, measure, write the results: `python -m bench build` and `… run [A B C D E]`."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from bench import server, table
from bench.rows import ours, plain
from bench.rows.filling import tell
from bench.works import a, b, c, d, e

CASES = TASKS = 1_000_000
WORKS = {"A": a.measure, "B": b.measure, "C": c.measure, "D": d.measure, "E": e.measure}


def build() -> None:
    """Make the databases that are not there yet, both sides at once."""
    wanted = {
        "bench_plain": lambda: plain.build("bench_plain", TASKS),
        "bench_ours": lambda: ours.build("bench_ours", CASES),
        "bench_ours_tenth": lambda: ours.build("bench_ours_tenth", CASES // 10),
    }
    missing = {name: make for name, make in wanted.items() if not server.exists(name)}
    first = missing.pop("bench_plain", None)
    with ThreadPoolExecutor() as builders:
        beside = builders.submit(first) if first else None
        for make in missing.values():
            make()
        if beside:
            beside.result()


def run(chosen: list[str], begun: float) -> None:
    """Run the chosen works, or all of them, and write the results."""
    sections = []
    for letter in chosen or WORKS:
        tell(f"work {letter}")
        sections.append(WORKS[letter]())
        sys.stdout.write(sections[-1].text() + "\n")
        sys.stdout.flush()
    table.write(sections, time.monotonic() - begun)


def main() -> None:
    """Do what was asked."""
    begun = time.monotonic()
    asked = sys.argv[1:]
    if asked[:1] != ["run"]:
        build()
    if asked[:1] != ["build"]:
        run([letter for letter in asked if letter in WORKS], begun)


if __name__ == "__main__":
    main()
