"""Prove of every declared flow that each case can always be finished, properly and lawfully.

A flow is turned into its net (`net`): tokens on steps with the branches in which they lie, joins
that wait, and the legal state of the case, moved by acts, returns and gateways as the engine moves
them. All states are explored (`checking`); a fault is told with the shortest path to it.
"""

from workflows.soundness.checking import Checked, Fault, check, checked
from workflows.soundness.net import Marking, Move, Net, Token, Unsound

__all__ = ["Checked", "Fault", "Marking", "Move", "Net", "Token", "Unsound", "check", "checked"]
