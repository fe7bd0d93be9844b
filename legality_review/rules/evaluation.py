"""State what an evaluation must tell and what may take the place of a document (LR-32)."""

from typing import Any

from django.db.models import TextChoices


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
