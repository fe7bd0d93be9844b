"""Seal the chain once a day, and print the seal so that a copy can be kept outside.

Whoever owns the database can rewrite the whole chain and its head without a fault inside; against
a printed seal the rewriting shows.
"""

import re
from dataclasses import dataclass

from django.db import transaction

from audit import chain, clock
from audit.models import ChainHead, Seal

PRINTED = re.compile(
    r"留痕封印 日期=(?P<day>\S+) 序号=(?P<sequence>\d+) 时间=(?P<made_at>\S+) "
    r"算法=(?P<algorithm>\w+) 摘要=(?P<digest>\w+) 封印码=(?P<mark>\w+)"
)


@dataclass(frozen=True)
class PrintedSeal:
    """封印文本: what a kept line says."""

    day: str
    sequence: int
    made_at: str
    algorithm: str
    digest: str
    mark: str


def seal_day() -> Seal:
    """Seal today where the chain stands now; on a day already sealed give that seal."""
    with transaction.atomic():
        head = ChainHead.objects.select_for_update().get()
        day = clock.today()
        return Seal.objects.filter(day=day).first() or _seal(head)


def printed(seal: Seal) -> str:
    """Write a seal as the one line to keep outside."""
    return (
        f"留痕封印 日期={seal.day.isoformat()} 序号={seal.sequence} "
        f"时间={chain.moment_text(seal.made_at)} 算法={seal.algorithm} "
        f"摘要={seal.digest} 封印码={seal.mark}"
    )


def read_printed(text: str) -> list[PrintedSeal]:
    """Read kept lines; raise ValueError naming a line that is no seal. Blank lines are skipped."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = PRINTED.fullmatch(line.strip())
        if match is None:
            raise ValueError(f"第 {number} 行不是留痕封印")
        day, sequence, *rest = match.groups()
        found.append(PrintedSeal(day, int(sequence), *rest))
    return found


def _seal(head: ChainHead) -> Seal:
    """Insert the seal that follows the last one."""
    last = Seal.objects.order_by("-id").first()
    made_at = clock.now()
    values = {
        "sequence": head.sequence,
        "digest": head.digest,
        "algorithm": chain.ALGORITHM,
        "previous_mark": last.mark if last else chain.GENESIS,
    }
    day = clock.today()
    stamped = {**values, "day": day.isoformat(), "made_at": chain.moment_text(made_at)}
    mark = chain.digest_of(stamped, chain.ALGORITHM)
    return Seal.objects.create(**values, day=day, made_at=made_at, mark=mark)
