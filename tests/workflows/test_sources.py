"""What officials read names the law itself; the ids of rules stay in code and tests."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from workflows import sources
from workflows.acts import Act
from workflows.conditions import Unmet
from workflows.flows import all_flows
from workflows.lifecycle import case_models
from workflows.parameters import declared as parameters
from workflows.refusals import RefusedByLaw, refuse
from workflows.sources import cited

ID = re.compile(r"\b(?:LR|FQ|WD|PM|RH|VL)-\d+")
APPS = ("workflows", "accreditation", "legality_review", "indicators", "laws", "documents")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("LR-15", "国令第713号第十五条"),
        ("LR-8、LR-9", "国办发〔2018〕115号；国令第713号第二十六条"),
        ("未公开征求意见（LR-15）", "未公开征求意见（国令第713号第十五条）"),
        ("LR-9（内部时限）", "国办发〔2018〕115号；国令第713号第二十六条（内部时限）"),
        ("LR-15（国令第722号第六十二条）", "国令第722号第六十二条"),
        ("剩余期限继续计算（WD-15）", "剩余期限继续计算"),
        ("不扣除休息日（民法典第201条，WD-2）", "不扣除休息日（民法典第201条）"),
        ("方案五6；PM-23", "方案五6"),
        ("《LLDR-2025-0010001》和AB-12号合同", "《LLDR-2025-0010001》和AB-12号合同"),
        ("", ""),
    ],
)
def test_a_rule_is_shown_by_its_source(text: str, shown: str) -> None:
    assert cited(text) == shown


def test_a_refusal_says_the_law_it_rests_on() -> None:
    unmet = Unmet("未经合法性审查的，不得提交集体讨论（LR-17）。")
    with pytest.raises(RefusedByLaw) as refused:
        refuse(unmet.reason)
    assert refused.value.message == (
        "未经合法性审查的，不得提交集体讨论（国令第713号第二十五条；国办发〔2018〕115号）。"
    )
    assert str(refused.value) == refused.value.message


def test_a_rule_cannot_have_two_sources() -> None:
    with pytest.raises(ValueError, match="LR-15"):
        sources.declare({"LR-15": "某办法"})
    assert sources.declared()["LR-15"] == "国令第713号第十五条"


def ids_in_code() -> Iterator[tuple[str, str]]:
    """Yield the rules that the product names, with the file that does; docstrings too."""
    for app in APPS:
        for path in sorted((Path(settings.BASE_DIR) / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield from ((found, str(path)) for found in ID.findall(node.value))


def test_every_rule_that_the_product_names_has_a_source_declared() -> None:
    named = dict(ids_in_code())
    assert len(named) > 60
    assert {rule: path for rule, path in named.items() if rule not in sources.declared()} == {}


def bases() -> Iterator[str]:
    """Yield the basis of every act, step, term and parameter."""
    for model in case_models():
        acts: list[Act] = list(model.acts().values())
        yield from (act.law for act in acts)
        yield model.OPENING.law
    for flow in all_flows():
        yield from (step.law for step in flow.steps())
        yield from (step.term.law for step in flow.steps() if step.term)
    yield from (each.law for each in parameters())


def test_every_basis_names_something_an_official_can_look_up() -> None:
    shown = {law: cited(law) for law in bases()}
    assert [law for law, words in shown.items() if not words or ID.search(words)] == []
