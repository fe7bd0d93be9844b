"""Tell how a title is kept: its yearly re-checks, and how it gets into danger (FQ-11, FQ-12)."""

from datetime import date, timedelta
from decimal import Decimal

from accreditation.models import Title
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
        _record(life, "94.5")
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
    _record(life, "84")
    yield 3
    life.do("warn", "deputy", requirements="恢复窗口值守，补齐调解台账（示例）。")


def _revoking(life: Life) -> Script:
    """A veto circumstance comes to light; the county proposes to revoke the title."""
    yield life.latest - timedelta(days=12)
    life.do("start_special_recheck", "section.reviewer", event="发生一票否决情形（示例）")
    yield 3
    veto = life.case.standard.veto_items.first()
    life.do(
        "record_recheck", "section.reviewer", points=Decimal(80), finding="经查属实（示例）。",
        veto=veto,
    )  # fmt: skip
    yield 3
    life.do("propose_revocation", "deputy", grounds=f"存在一票否决情形：{veto}（示例）。")


def _rechecking(life: Life) -> Script:
    """A special re-check waits for its points."""
    yield life.latest - timedelta(days=4)
    life.do("start_special_recheck", "section.reviewer", event="所长调整（示例）")


def _record(life: Life, points: str) -> None:
    """Record what a re-check found."""
    life.do(
        "record_recheck", "section.reviewer", points=Decimal(points), finding="现场核查（示例）。"
    )


FATES = {"kept": _kept, "warned": _warned, "revoking": _revoking, "rechecking": _rechecking}
"""What becomes of a title in these last weeks."""
