"""Hold the rows of accreditation."""

from accreditation.models.applications import (
    Application,
    ApplicationException,
    Appointment,
    Inspection,
)
from accreditation.models.objections import Objection
from accreditation.models.plan import PlanEntry, PlanTarget
from accreditation.models.rechecks import Recheck, RecheckScore
from accreditation.models.sheets import (
    AssessorScore,
    AssessorSheet,
    CountyScore,
    SelfScore,
    VetoCheck,
)
from accreditation.models.standards import (
    Category,
    EvidenceKind,
    Item,
    Level,
    Standard,
    VetoItem,
    copy_standard,
)
from accreditation.models.titles import Title, TitleException

__all__ = [
    "Application",
    "ApplicationException",
    "Appointment",
    "AssessorScore",
    "AssessorSheet",
    "Category",
    "CountyScore",
    "EvidenceKind",
    "Inspection",
    "Item",
    "Level",
    "Objection",
    "PlanEntry",
    "PlanTarget",
    "Recheck",
    "RecheckScore",
    "SelfScore",
    "Standard",
    "Title",
    "TitleException",
    "VetoCheck",
    "VetoItem",
    "copy_standard",
]
