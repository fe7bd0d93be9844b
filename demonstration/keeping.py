"""Tell how a title is kept: its yearly re-checks, and how it gets into danger (FQ-11, FQ-12)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from accreditation.models import Title
from demonstration.applying import POOR, seen
from demonstration.life import Life, Script

RECHECKED_ON = (5, 6)  # month and day: before the year since the namings in May is over


def keep(life: Life) -> Script:
    """Lead a title from its naming to the end of last month, then to its fate."""
    life.case = Title.objects.get(application=life.case)
    quiet_until = life.latest - timedelta(days=30)
    year = life.case.valid_from.year + 1
    while (day := date(year, *RECHECKED_ON)) < quiet_until:
        yield day
        life.do("start_recheck", "section.reviewer")
        yield 3
        _record(life, {"1.2": 6, "11.1": 5})
        yield 2
        life.do("maintain", "deputy")
        year += 1
    yield from FATES[life.fate](life)


def _kept(life: Life) -> Script:
    """Nothing more happens."""
    yield from ()


def _warned(life: Life) -> Script:
    """A special re-check finds too few points; the station is warned."""
    yield life.latest - timedelta(days=25)
    life.do("start_special_recheck", "section.reviewer", event="群众来电反映窗口无人值守（示例）")
    yield 3
    _record(life, POOR)
    yield 3
    life.do("warn", "deputy", requirements="恢复窗口值守，补齐调解台账（示例）。")


def _revoking(life: Life) -> Script:
    """A veto circumstance comes to light; the county proposes to revoke the title."""
    yield life.latest - timedelta(days=12)
    yield from _propose(life)


def _propose(life: Life) -> Script:
    """Re-check for a veto circumstance and propose the revocation."""
    life.do("start_special_recheck", "section.reviewer", event="发生一票否决情形（示例）")
    yield 3
    veto = life.case.standard.veto_items.first()
    _record(life, POOR, finding="经查属实（示例）。", veto=veto)
    yield 3
    life.do("propose_revocation", "deputy", grounds=f"存在一票否决情形：{veto}（示例）。")


def _revoked(life: Life) -> Script:
    """The title is revoked; the station appeals, and another leader upholds the decision."""
    yield life.latest - timedelta(days=28)
    yield from _propose(life)
    yield 2
    life.do("state_defence", "chief", statement="纠纷发生前本所已排查登记（示例）。")
    yield 3
    life.attempt("revoke", "deputy", decision="撤销。")
    life.do("revoke", "city.leader", decision="排查登记后未跟进处置（示例）。")
    yield 3
    life.do("appeal", "chief", grounds="请求复查处置记录（示例）。")
    yield 4
    life.attempt("uphold_revocation", "city.leader", decision="维持。")
    life.do("uphold_revocation", "city.deputy", decision="原决定事实清楚（示例）。")
    yield 2
    life.do("return_plaque", "section.reviewer")


def _cancelled(life: Life) -> Script:
    """The station is merged into its neighbour; the title ends without fault."""
    yield life.latest - timedelta(days=20)
    life.do("cancel", "city.leader", reason="该所拟与相邻司法所合并（示例）")


def _rechecking(life: Life) -> Script:
    """A special re-check waits for its points."""
    yield life.latest - timedelta(days=4)
    life.do("start_special_recheck", "section.reviewer", event="所长调整（示例）")


def _record(
    life: Life, faults: Mapping[str, int], finding: str = "现场核查（示例）。", veto: Any = None
) -> None:
    """Record the sheet of a re-check with so many faults by item code."""
    life.do(
        "record_recheck", "section.reviewer", observations=seen(life, faults), remarks={},
        finding=finding, veto=veto,
    )  # fmt: skip


FATES = {
    "kept": _kept,
    "warned": _warned,
    "revoking": _revoking,
    "rechecking": _rechecking,
    "revoked": _revoked,
    "cancelled": _cancelled,
}
"""What becomes of a title in these last weeks."""
