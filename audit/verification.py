"""Recompute the whole chain and say what is broken.

Nothing is locked: entries are only ever appended, so the chain up to the head that was read first
stands still while others go on writing behind it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection

from audit import chain, stored, triggers
from audit.models import ChainHead, Entry, Seal
from audit.seals import PrintedSeal


@dataclass
class Report:
    """核验结果: how far the chain was followed and every fault found; no fault means unbroken."""

    entries: int = 0
    digest: str = chain.GENESIS
    seals: int = 0
    faults: list[str] = field(default_factory=list)
    broken: bool = False
    digests: dict[int, str] = field(default_factory=lambda: {0: chain.GENESIS})


def verify(kept: Sequence[PrintedSeal] = ()) -> Report:
    """Check entries, head, seals, the seals kept outside and the triggers."""
    report = Report()
    sealed = list(stored.rows(Seal))
    heads = list(stored.rows(ChainHead))
    wanted = {row.values.get("sequence") for row in sealed} | {seal.sequence for seal in kept}
    head = heads[0].values if len(heads) == 1 and not heads[0].fault else None
    report.faults += _entry_faults(report, head["sequence"] if head else None, wanted)
    report.faults += _head_faults(report, head)
    report.faults += _seal_faults(report, sealed)
    report.faults += _kept_faults(report, kept, sealed)
    absent = triggers.missing(connection)
    if absent:
        report.faults.append(f"数据库防护触发器缺失：{'、'.join(absent)}")
    return report


def _entry_faults(report: Report, end: int | None, wanted: set[int | None]) -> Iterator[str]:
    """Follow the chain up to the head, or to the first broken entry."""
    for row in stored.rows(Entry):
        if end is not None and row.key > end:
            return
        number = report.entries + 1
        fault = (row.fault if row.key == number else "") or chain.fault_of(
            row.values or {"sequence": row.key}, number, report.digest
        )
        if fault:
            report.broken = True
            yield f"第 {min(row.key, number)} 条留痕有误：{_gap(row.key, number) or fault}"
            return
        report.entries, report.digest = number, row.values["digest"]
        if number in wanted:
            report.digests[number] = report.digest


def _gap(found: int, expected: int) -> str:
    """Say which entry is lacking where the numbers do not follow one another."""
    if found == expected:
        return ""
    if found < expected:
        return f"序号不连续：此处应为第 {expected} 条"
    return f"此条缺失（其后一条为第 {found} 条）"


def _head_faults(report: Report, head: dict[str, object] | None) -> Iterator[str]:
    """Compare the head with the last entry; it betrays a tail cut off or appended."""
    if head is None:
        yield "链头有误：链头缺失或者无法读取"
        return
    if not report.broken and report.entries != head["sequence"]:
        report.broken = True
        yield f"第 {report.entries + 1} 条留痕有误：此条起缺失（链头为第 {head['sequence']} 条）"
    elif not report.broken and report.digest != head["digest"]:
        yield f"链头有误：所记摘要与末条（第 {report.entries} 条）不符"
    if report.broken:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT MIN(sequence) FROM audit_entry"
            " WHERE sequence > (SELECT MAX(sequence) FROM audit_chainhead)"
        )
        beyond = cursor.fetchone()[0]
    if beyond is not None:
        yield f"第 {beyond} 条留痕有误：序号超过链头"


def _seal_faults(report: Report, sealed: Sequence[stored.StoredRow]) -> Iterator[str]:
    """Check that every seal is whole, follows the one before and fits its entry."""
    previous = chain.GENESIS
    for row in sealed:
        fault = row.fault or _mark_fault(row.values, previous)
        fault = fault or _misfit(report, row.values["sequence"], row.values["digest"])
        if fault:
            yield f"封印有误（{row.values.get('day', f'编号 {row.key}')}）：{fault}"
            return
        previous = row.values["mark"]
        report.seals += 1


def _mark_fault(values: dict[str, object], previous: str) -> str:
    """Say what is wrong with a seal in itself."""
    if values["previous_mark"] != previous:
        return "所记前一封印码不符（前一封印缺失或者被改动）"
    stamped = {name: value for name, value in values.items() if name not in {"id", "mark"}}
    try:
        expected = chain.digest_of(stamped, str(values["algorithm"]))
    except ValueError:
        return f"摘要算法“{values['algorithm']}”无法识别"
    return "" if values["mark"] == expected else "封印被改动"


def _misfit(report: Report, sequence: int, digest: str) -> str:
    """Say how a seal contradicts the chain, as far as the chain could be followed."""
    if sequence > report.entries:
        return "" if report.broken else f"封至第 {sequence} 条，库内只有 {report.entries} 条"
    if report.digests[sequence] == digest:
        return ""
    return f"与第 {sequence} 条的摘要不符（此条或者以前的留痕被整体改写）"


def _kept_faults(
    report: Report, kept: Sequence[PrintedSeal], sealed: Sequence[stored.StoredRow]
) -> Iterator[str]:
    """Compare the seals kept outside with the chain and with the seals inside."""
    inside = {row.values.get("day"): row.values for row in sealed}
    for seal in kept:
        fault = _misfit(report, seal.sequence, seal.digest)
        if not fault and vars(seal).items() - inside.get(seal.day, {}).items():
            fault = "库内没有相同的封印"
        if fault:
            yield f"库外封印不符（{seal.day}）：{fault}"
