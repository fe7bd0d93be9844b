"""Write the documents that are derived from the code: lifecycles, flows, roles, parameters."""

from pathlib import Path
from typing import Any

from permissions.roles import Role
from permissions.verbs import all_verbs
from workflows import declarations, parameters, sources
from workflows.vocabulary import Operation, beyond_standard

HEADING = "<!-- 由 manage.py write_docs 生成，请勿手工修改。 -->\n\n"
KINDS = {"step": "环节", "rest": "静候", "gateway": "判断", "start": "开始", "end": "结束"}


def documents() -> dict[Path, str]:
    """Return every generated document by its path below docs/."""
    found = {
        Path("roles.md"): roles(),
        Path("parameters.md"): bureau_parameters(),
        Path("operations.md"): operations(),
        Path("rules.md"): rules(),
    }
    for lifecycle in declarations.lifecycles():
        found[Path("lifecycles") / f"{lifecycle['kind']}.md"] = lifecycle_page(lifecycle)
    for flow in declarations.flows():
        found[Path("flows") / f"{flow['kind']}.md"] = flow_page(flow)
    return {path: HEADING + text for path, text in found.items()}


def table(columns: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def roles() -> str:
    """Return who holds which verb."""
    rows = [
        [
            verb.label,
            f"`{verb.value}`",
            "、".join(Role(role).label for role in Role if role in verb.roles),
        ]
        for verb in all_verbs()
    ]
    return "# 岗位与权限\n\n" + table(["权限", "代码", "岗位"], rows)


def bureau_parameters() -> str:
    """Return the parameters of the bureau with their defaults."""
    rows = [
        [found.label, f"`{found.key}`", parameters.in_words(found.default), found.law, found.mark]
        for found in parameters.declared()
    ]
    return "# 本局参数\n\n" + table(["参数", "代码", "默认值", "依据", "证据"], rows)


def rules() -> str:
    """Return what each rule that the code cites stands in."""
    words = "本系统的计算和办理规则"
    rows = [
        [rule, source or words] for rule, source in sorted(sources.declared().items(), key=_place)
    ]
    return "# 规则的依据\n\n" + table(["规则", "页面和文书上的依据"], rows)


def _place(declared: tuple[str, str]) -> tuple[str, int]:
    """Return where a rule stands in the list: by its letters, then by its number."""
    letters, number = declared[0].split("-")
    return letters, int(number)


def operations() -> str:
    """Return what every operation means and what it does to the clocks."""
    rows = [
        [
            operation.label,
            f"`{operation.value}`",
            operation.meaning.who,
            operation.meaning.effect,
            operation.meaning.case_clock,
            operation.meaning.task_clock,
        ]
        for operation in Operation
    ]
    columns = ["操作", "代码", "何人", "结果", "案件期限", "待办期限"]
    return "# 待办和案件的操作\n\n" + table(columns, rows)


def lifecycle_page(lifecycle: dict[str, Any]) -> str:
    """Return the legal life of a kind of case."""
    names = {state["state"]: state["label"] for state in lifecycle["states"]}
    states = [
        [state["label"], f"`{state['state']}`", "办结" if state["closed"] else ""]
        for state in lifecycle["states"]
    ]
    acts = [
        [
            act["label"],
            f"`{act['act']}`",
            "、".join(names[s] for s in act["source"]),
            "、".join(names[t] for t in act["target"]),
            _role_names(act["roles"]),
            act["law"],
        ]
        for act in lifecycle["acts"]
    ]
    opening = lifecycle["opening"]
    return (
        f"# {lifecycle['title']}\n\n"
        f"立案：{opening['label']}（{_role_names(opening['roles'])}；{opening['law']}）\n\n"
        f"## 状态\n\n{table(['状态', '代码', ''], states)}\n"
        f"## 行为\n\n{table(['行为', '代码', '自', '至', '岗位', '依据'], acts)}"
    )


def flow_page(flow: dict[str, Any]) -> str:
    """Return the nodes and edges of a flow."""
    titles = {node["node"]: node["title"] for node in flow["nodes"]}
    nodes = [
        [
            node["title"],
            KINDS[node["kind"]],
            _role_names(node.get("roles", [])),
            "、".join(f"`{act}`" for act in node.get("acts", [])),
            node.get("law", ""),
            "、".join(titles[way["to"]] for way in node.get("returns", [])),
            beyond_standard(node.get("operations", [])),
        ]
        for node in flow["nodes"]
    ]
    answers = {"yes": "是", "no": "否", "": ""}
    edges = [
        [titles[edge["from"]], titles[edge["to"]], answers[edge["answer"]]]
        for edge in flow["edges"]
    ]
    steps = table(["环节", "类型", "岗位", "行为", "依据", "可退回至", "另可办理"], nodes)
    return (
        f"# {flow['title']}（第{flow['version']}版）\n\n## 环节\n\n{steps}\n"
        f"## 走向\n\n{table(['自', '至', '条件'], edges)}"
    )


def _role_names(roles: list[str]) -> str:
    return "、".join(Role(role).label for role in roles)
