"""Say who works next: the base of every flow, its nodes, and the ways in which it moves.

The engine is viewflow's (nodes, tokens, gateways, chart); its pages, lists and permission
checks are not used. A flow never writes a state: the door does the act and then advances it.
"""

from workflows.flows.base import CaseFlow, all_flows, flow_of, flow_of_case, step_of
from workflows.flows.gateways import End, If, Join, Parallel, is_passed
from workflows.flows.moving import advance, begin, divert, end, prepare, settle
from workflows.flows.steps import Rest, Return, Step

__all__ = [
    "CaseFlow",
    "End",
    "If",
    "Join",
    "Parallel",
    "Rest",
    "Return",
    "Step",
    "advance",
    "all_flows",
    "begin",
    "divert",
    "end",
    "flow_of",
    "flow_of_case",
    "is_passed",
    "prepare",
    "settle",
    "step_of",
]
