"""Hold units, people, posts, sessions, recusals, stand-ins and dated exceptions."""

from permissions.models.cases import CaseException, Participation, Recusal
from permissions.models.people import UsedPassword, User
from permissions.models.posts import Post
from permissions.models.sessions import SessionEnd, SignedInSession
from permissions.models.stand_ins import StandIn
from permissions.models.units import PARENTS, PLACES, Unit, UnitKind, UnitMove

__all__ = [
    "PARENTS",
    "PLACES",
    "CaseException",
    "Participation",
    "Post",
    "Recusal",
    "SessionEnd",
    "SignedInSession",
    "StandIn",
    "Unit",
    "UnitKind",
    "UnitMove",
    "UsedPassword",
    "User",
]
