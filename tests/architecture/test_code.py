"""Hold the text of the code to the rules of the project."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "audit",
    "permissions",
    "documents",
    "workflows",
    "laws",
    "indicators",
    "accreditation",
    "legality_review",
    "dashboards",
    "demonstration",
    "config",
)
ROOMS = {
    "__init__",
    "permissions",
    "rules",
    "lifecycle",
    "querysets",
    "models",
    "documents",
    "indicators",
    "forms",
    "views",
    "flows",
    "api",
    "urls",
    "admin",
    "apps",
    "menu",
}
DOMAIN_APPS = ("laws", "accreditation", "legality_review")
BANNED_WORDS = re.compile(r"(^|_)(helpers?|utils?|managers?|handlers?|data|info|common)(_|$)")


DJANGOS_OWN = {"get_context_data", "value_omitted_from_data"}


def sources() -> list[Path]:
    """Return the project's own modules, migrations left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [
        ROOT / name
        for name in listed
        if name.split("/")[0] in APPS and "/migrations/" not in name and (ROOT / name).exists()
    ]


SOURCES = sources()


def findings(path: Path, wanted: str) -> Iterator[str]:
    """Yield what a rule finds in a module, by the rule's name."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        found = RULES[wanted](node, path)
        if found:
            yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)} {found}"


def reads_another_clock(node: ast.AST, path: Path) -> str:
    """Only audit/clock.py asks the machine for the time."""
    if path.match("audit/clock.py") or not isinstance(node, ast.Attribute):
        return ""
    owner = node.value.id if isinstance(node.value, ast.Name) else ""
    told = {
        ("timezone", "now"),
        ("datetime", "now"),
        ("date", "today"),
        ("datetime", "today"),
        ("timezone", "localdate"),
    }
    return f"{owner}.{node.attr}" if (owner, node.attr) in told else ""


def writes_a_state(node: ast.AST, path: Path) -> str:
    """Only the acts change a case's state: no assignment, no update(state=…) on cases."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            owner = target.value if isinstance(target, ast.Attribute) else None
            if (
                isinstance(owner, ast.Name)
                and target.attr == "state"
                and owner.id in {"case", "self"}
            ):
                return "assigns the state of a case"
    return ""


def imports_inside_a_function(node: ast.AST, path: Path) -> str:
    """Imports stand at the top (design.md 10)."""
    if not isinstance(node, ast.FunctionDef):
        return ""
    inner = (n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom))
    return "imports inside a function" if next(inner, None) else ""


def has_a_vague_name(node: ast.AST, path: Path) -> str:
    """Names say what a thing is (design.md 7)."""
    named = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name not in DJANGOS_OWN
    if named and BANNED_WORDS.search(node.name.lower()):
        return f"is called {node.name}"
    return ""


def uses_gettext(node: ast.AST, path: Path) -> str:
    """Chinese stands in place; there is one audience (design.md 7)."""
    if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
        return "uses gettext"
    return ""


def overrides_save(node: ast.AST, path: Path) -> str:
    """Neither save() overrides nor signals of our own (design.md 10)."""
    if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}:
        return f"overrides {node.name}()"
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Signal":
        return "declares a signal"
    return ""


RULES = {
    rule.__name__: rule
    for rule in (
        reads_another_clock,
        writes_a_state,
        imports_inside_a_function,
        has_a_vague_name,
        uses_gettext,
        overrides_save,
    )
}
OFFENCES = {
    "reads_another_clock": "def f():\n    return timezone.now()",
    "writes_a_state": "def f(case):\n    case.state = 'named'",
    "imports_inside_a_function": "def f():\n    import json",
    "has_a_vague_name": "def case_helper(): pass",
    "uses_gettext": "from django.utils.translation import gettext",
    "overrides_save": "class A:\n    def save(self): pass",
}


@pytest.mark.parametrize("rule", RULES)
def test_no_module_breaks_the_rule(rule: str) -> None:
    """No module of ours breaks it."""
    assert SOURCES
    assert [found for path in SOURCES for found in findings(path, rule)] == []


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_bites(rule: str, tmp_path: Path) -> None:
    """Positive control: a planted offence is found."""
    planted = tmp_path / "planted.py"
    planted.write_text(OFFENCES[rule])
    tree = ast.parse(planted.read_text())
    assert any(RULES[rule](node, planted) for node in ast.walk(tree))


@pytest.mark.parametrize("app", DOMAIN_APPS)
def test_a_domain_app_has_the_known_rooms_only(app: str) -> None:
    """A new developer finds the room of any line (design.md 2)."""
    found = {
        path.relative_to(ROOT / app).parts[0].removesuffix(".py")
        for path in SOURCES
        if path.is_relative_to(ROOT / app)
    }
    assert found <= ROOMS | {"migrations", "management", "templatetags"}


def test_migrations_are_named_and_numbered_once() -> None:
    """No automatic names, no two with one number in an app."""
    names = [path for app in APPS for path in (ROOT / app / "migrations").glob("0*.py")]
    assert names
    assert not [path.name for path in names if "_auto_" in path.name]
    numbers = [(path.parent, path.name[:4]) for path in names]
    assert len(numbers) == len(set(numbers))


def test_the_readme_is_short() -> None:
    """At most 120 lines (design.md 2)."""
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120
