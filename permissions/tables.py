"""Lay out who may do what: roles against verbs, generated from what the apps declare."""

from dataclasses import dataclass

from django.apps import apps

from permissions.roles import Role
from permissions.verbs import VerbEnum, all_verbs


@dataclass(frozen=True)
class VerbTable:
    """The verbs of one app as columns, every role as a row."""

    app: str
    title: str
    verbs: list[VerbEnum]
    rows: list[tuple[Role, list[bool]]]


def verb_tables() -> list[VerbTable]:
    """Return one table per app that declares verbs, in the order of the apps."""
    verbs: dict[str, list[VerbEnum]] = {}
    for verb in all_verbs():
        verbs.setdefault(verb.value.partition(".")[0], []).append(verb)
    return [
        _table(config.label, str(config.verbose_name), verbs[config.label])
        for config in apps.get_app_configs()
        if config.label in verbs
    ]


def _table(app: str, title: str, verbs: list[VerbEnum]) -> VerbTable:
    """Lay out one app."""
    rows = [(role, [role in verb.roles for verb in verbs]) for role in Role]
    return VerbTable(app, title, verbs, rows)


def as_markdown() -> str:
    """Write all tables for the documentation: a row per role, a column per verb."""
    parts = ["# 岗位权限表", "", "由各应用声明的权限生成，不手工维护；“√”表示该岗位有此权限。"]
    for table in verb_tables():
        parts += ["", f"## {table.title}", ""]
        parts.append("| 岗位 | " + " | ".join(verb.label for verb in table.verbs) + " |")
        parts.append("|---" * (len(table.verbs) + 1) + "|")
        for role, marks in table.rows:
            cells = " | ".join("√" if held else "" for held in marks)
            parts.append(f"| {role.label} | {cells} |")
    return "\n".join(parts) + "\n"
