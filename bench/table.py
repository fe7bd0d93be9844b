"""Write what was measured as tables in `bench/RESULTS.md`."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from bench import server

RESULTS = Path(__file__).with_name("RESULTS.md")
LIBRARIES = ("Django", "django-viewflow", "django-fsm-2", "django-guardian", "psycopg2-binary",
             "waitress")  # fmt: skip


@dataclass(frozen=True)
class Goal:
    """What was to be reached, what was reached, and whether that is enough."""

    text: str
    reached: str
    is_met: bool


@dataclass
class Section:
    """What one work found: a heading, what was done, a table, and the goals."""

    title: str
    about: str
    head: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def goal(self, text: str, value: float, most: float, form: str = "{:.2f}") -> None:
        """Note a value that was to be at most so much."""
        self.goals.append(Goal(text, form.format(value), value <= most))

    def least(self, text: str, value: float, least: float, form: str = "{:.2f}") -> None:
        """Note a value that was to be at least so much."""
        self.goals.append(Goal(text, form.format(value), value >= least))

    def text(self) -> str:
        """Return the section as Markdown."""
        lines = [f"## {self.title}", "", self.about, ""]
        lines += [_row(self.head), _row(["---"] * len(self.head))]
        lines += [_row([_shown(cell) for cell in row]) for row in self.rows]
        if self.notes:
            lines += ["", *(f"* {note}" for note in self.notes)]
        if self.goals:
            lines += ["", _row(["goal", "reached", "met"]), _row(["---"] * 3)]
            lines += [_row([g.text, g.reached, "yes" if g.is_met else "no"]) for g in self.goals]
        return "\n".join(lines) + "\n"


def write(sections: Sequence[Section], seconds: float) -> None:
    """Write the results with the machine and the versions; works that were not run stay."""
    written = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    parts = {part[0]: f"## {part}" for part in written.split("\n## ")[1:]}
    parts |= {section.title[0]: section.text() for section in sections}
    head = [
        "# Results",
        "",
        f"Written by `make bench`; its last run took {seconds / 60:.0f} minutes. {machine()}",
        "",
        "Times are medians of alternating rounds of one run; read the ratios, a busy machine "
        "burdens all sides alike. What each work does stands in README.md.",
        "",
    ]
    shown = [parts[letter].rstrip("\n") for letter in sorted(parts)]
    RESULTS.write_text("\n".join(head) + "\n" + "\n\n".join(shown) + "\n", "utf-8")


def machine() -> str:
    """Say on what was measured."""
    cpuinfo = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    model = next((line.partition(": ")[2] for line in cpuinfo if "model name" in line), "unknown")
    postgres = server.rows_of("postgres", "SHOW server_version")[0][0].split()[0]
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"Machine: {os.cpu_count()} cores ({model}), Linux {platform.release()}, client and server "
        f"on the same machine, load average {os.getloadavg()[1]:.0f}; PostgreSQL {postgres} with "
        f"fsync and synchronous_commit on; Python {sys.version.split()[0]}; {libraries}."
    )


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _shown(cell: object) -> str:
    """Write a number with as many digits as say something."""
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:.0f}" if cell >= 100 else f"{cell:.1f}" if cell >= 10 else f"{cell:.2f}"
