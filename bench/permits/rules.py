"""Set the terms of a permit."""

from workflows.reckoning import Kind, Length, Unit
from workflows.terms import TermRule

SUPPLEMENT = TermRule(
    "supplement",
    "补正期限",
    Length(5, Unit.WORKING_DAY),
    Kind.DEADLINE,
    "测速",
    "自退回之日起",
)
DECISION = TermRule(
    "decision",
    "决定期限",
    Length(20, Unit.WORKING_DAY),
    Kind.DEADLINE,
    "测速",
    "自受理之日起",
)
