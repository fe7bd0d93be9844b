"""Hold the rows of accreditation."""

from accreditation.models.plan import PlanEntry, PlanTarget
from accreditation.models.standards import (
    Category,
    EvidenceKind,
    Item,
    Level,
    Standard,
    VetoItem,
    copy_standard,
)

__all__ = [
    "Category",
    "EvidenceKind",
    "Item",
    "Level",
    "PlanEntry",
    "PlanTarget",
    "Standard",
    "VetoItem",
    "copy_standard",
]
