"""Compute the chain: pure functions from the values of a row to its digest.

A digest covers every stored value of the row but itself, the digest of the row before included.
Empty values are left out, so that a column added later does not change the digest of older rows.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

GENESIS = "0" * 64

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _strongest() -> str:
    """Name the algorithm for new rows: SM3 (GB/T 32905) where OpenSSL has it, else SHA-256."""
    try:
        hashlib.new("sm3")
    except ValueError:
        return "sha256"
    return "sm3"


KNOWN_ALGORITHMS = ("sm3", "sha256")
ALGORITHM = _strongest()


def moment_text(moment: datetime) -> str:
    """Write an aware moment the one way that digests use: UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(values: Mapping[str, object]) -> str:
    """Write a row's values the one way that digests use."""
    present = {name: value for name, value in values.items() if value != ""}
    return _ENCODER.encode(present)


def digest_of(values: Mapping[str, object], algorithm: str) -> str:
    """Compute the digest of a row's values; raise ValueError for an algorithm nobody knows here."""
    return digest_of_text(canonical(values), algorithm)


def digest_of_text(text: str, algorithm: str) -> str:
    """Compute the digest of a text that is canonical already; raise ValueError likewise."""
    if algorithm not in KNOWN_ALGORITHMS:
        raise ValueError(algorithm)
    return hashlib.new(algorithm, text.encode()).hexdigest()


def fault_of(row: Mapping[str, object], sequence: int, previous_digest: str) -> str:
    """Say in Chinese what is wrong with a row that should follow this way; empty if nothing is."""
    if row["sequence"] != sequence:
        return f"序号不连续：应为第 {sequence} 条"
    if row["previous_digest"] != previous_digest:
        return "所记前条摘要与前一条不符（本条或前一条被改动、替换或调换）"
    values = {name: value for name, value in row.items() if name != "digest"}
    try:
        expected = digest_of(values, str(row["algorithm"]))
    except ValueError:
        return f"摘要算法“{row['algorithm']}”无法识别"
    return "" if row["digest"] == expected else "内容与摘要不符（本条被改动）"
