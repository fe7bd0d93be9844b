"""Hold what comes under legality review in the demonstration: who, what, and how it goes."""

from demonstration.matters.contracts import CONTRACTS
from demonstration.matters.decisions import DECISIONS
from demonstration.matters.documents import DOCUMENTS
from demonstration.matters.enforcement import ENFORCEMENT
from demonstration.matters.waiting import WAITING

MATTERS = (*CONTRACTS, *DOCUMENTS, *DECISIONS, *ENFORCEMENT, *WAITING)

__all__ = ["MATTERS"]
