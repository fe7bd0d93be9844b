"""State what an evaluation must tell and what may take the place of a document (LR-32)."""

from datetime import date
from typing import Any

from django.db.models import TextChoices

from workflows.conditions import Unmet, Verdict, met_if


class Proposal(TextChoices):
    """What an evaluation proposes, and what is decided on it (LR-32)."""

    CONTINUE = "continue", "继续执行，重新登记公布"
    AMEND = "amend", "修改"
    REPEAL = "repeal", "废止"
    LAPSE = "lapse", "到期失效"


def report_defects(lawfulness: str, effect: str, opinions: str, proposal: str) -> list[str]:
    """Return which parts of the report lack, all at once."""
    told = {"合法性评估": lawfulness, "实施效果": effect, "听取意见情况": opinions}
    lacking = [name for name, text in told.items() if not text.strip()]
    found = [f"评估报告缺少：{'、'.join(lacking)}（LR-32）。"] if lacking else []
    return found if proposal in Proposal.values else [*found, "请选择评估建议（LR-32）。"]


def has_successor(case: Any, on: date) -> Verdict:
    """Nothing takes the place of a document before it is published (LR-30, LR-32)."""
    amended = case.amended_text()
    if amended is not None and amended.published_on is None:
        return Unmet(
            f"修改后的文件（{amended.number}）现为“{amended.get_state_display()}”，"
            "登记、公布后才能登记替代（LR-32）。"
        )
    coming = case.amendment
    if amended is None and coming is not None:
        return Unmet(
            f"修改稿（{coming.number}）现为“{coming.get_state_display()}”，"
            "签发、登记、公布后才能登记替代（LR-32）。"
        )
    return met_if(
        case.successors().exists(),
        "没有已公布的文件可以替代本文件。请先将修改稿送请合法性审查，签发后登记、公布（LR-32）。",
    )


def successor_defects(case: Any, successor: Any) -> list[str]:
    """Return why a document cannot take the place of another: own issuer, registered, published."""
    if successor.pk == case.pk:
        return ["不能以本文件替代本文件。"]
    found = []
    if successor.issuer_unit_id != case.issuer_unit_id:
        found.append(f"《{successor.title}》不是{case.issuer_unit}制定的文件。")
    if successor.effective_on is None:
        found.append(f"《{successor.title}》尚未登记公布，不能替代现行文件（LR-30、LR-32）。")
    return found
